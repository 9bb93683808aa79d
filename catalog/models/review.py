"""What buyers say, with stars."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from catalog.models.product import Product
from shopguide.accounts.models import Merchant


class Review(models.Model):
    """One opinion of one product. ``source_id`` keeps an import from storing it twice."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="reviews", db_constraint=False
    )
    stars = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    author = models.CharField(max_length=120, blank=True)
    source_id = models.CharField(max_length=64)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["product", "source_id"], name="review_once"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="review_stars"),
        ]
