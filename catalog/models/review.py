"""What buyers say, with stars."""

from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import MD5, Concat
from django.utils import timezone

from catalog.models.product import Product
from shopguide.accounts.models import Merchant


class ReviewQuerySet(models.QuerySet["Review"]):
    """The vocabulary of reviews."""

    def written(self) -> Self:
        """Keep reviews that say something beside their stars."""
        return self.exclude(title="", body="")

    def with_buyers(self) -> Self:
        """Tell of each review whether a buyer wrote it (``verified``), and their ``pictures``."""
        from catalog.models.buyer_review import BuyerReview, ReviewPicture

        theirs = BuyerReview.objects.filter(review=OuterRef("pk"))
        files = ReviewPicture.objects.filter(own__review=OuterRef("pk")).order_by("pk")
        return self.annotate(verified=Exists(theirs), pictures=ArraySubquery(files.values("file")))

    def unjudged(self, model: str) -> Self:
        """Keep written reviews that this model has not judged as they stand now."""
        from catalog.models.opinion import ReviewOpinion

        words = MD5(Concat(F("title"), Value("\n"), F("body"), output_field=models.TextField()))
        judged = ReviewOpinion.objects.filter(
            review=OuterRef("pk"), model=model, text_hash=OuterRef("words_hash")
        )
        return self.written().annotate(words_hash=words).filter(~Exists(judged))


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
    # The shop's public answer.
    reply = models.TextField(blank=True, default="", db_default="")
    replied_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["product", "source_id"], name="review_once"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="review_stars"),
        ]

    @property
    def text(self) -> str:
        """Return the words that are judged: the title, a line break, the body."""
        return f"{self.title}\n{self.body}"
