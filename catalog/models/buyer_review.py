"""What a buyer writes of what was delivered: private until it is shown as a review."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.order import OrderLine
from catalog.models.product import Product
from catalog.models.review import Review
from shopguide.accounts.models import Merchant, Shopper


class Showing(models.TextChoices):
    """Whether everybody sees it."""

    SHOWN = "shown", _("Shown")
    HELD = "held", _("Held for a look")
    REFUSED = "refused", _("Not shown")


class BuyerReview(models.Model):
    """One buyer's review of one delivered line; ``review`` is what everybody sees of it, if any.

    ``why``: codes of what a look is needed for, as ``link``.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="reviews")
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="buyer_reviews", db_constraint=False
    )
    line = models.OneToOneField(
        OrderLine, on_delete=models.CASCADE, related_name="buyer_review", db_constraint=False
    )
    review = models.OneToOneField(
        Review, null=True, on_delete=models.SET_NULL, related_name="buyer", db_constraint=False
    )
    stars = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    author = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=Showing.choices)
    why = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="buyer_review_stars"),
            models.CheckConstraint(
                condition=Q(state__in=Showing.values), name="buyer_review_state_known"
            ),
            models.UniqueConstraint(fields=["merchant", "id"], name="buyer_review_of_its_shop"),
        ]


class ReviewPicture(models.Model):
    """A picture that belongs to a buyer's review."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    own = models.ForeignKey(
        BuyerReview, on_delete=models.CASCADE, related_name="pictures", db_constraint=False
    )
    file = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]
