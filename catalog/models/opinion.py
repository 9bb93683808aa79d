"""What a review feels and what it says of what, as a model read it from the words."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product
from catalog.models.review import Review
from shopguide.accounts.models import Merchant


class Feeling(models.TextChoices):
    """What a review feels on the whole; neutral where it says both or neither."""

    POSITIVE = "positive", _("Positive")
    NEUTRAL = "neutral", _("Mixed")
    NEGATIVE = "negative", _("Negative")


class ReviewOpinion(models.Model):
    """One review as one model reads it. Stale when the words' hash or the model is another."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="opinions", db_constraint=False
    )
    review = models.OneToOneField(
        Review, on_delete=models.CASCADE, primary_key=True, related_name="opinion"
    )
    model = models.CharField(max_length=120)
    text_hash = models.CharField(max_length=32)
    feeling = models.CharField(max_length=10, choices=Feeling.choices)
    score = models.FloatField()  # -1 negative to 1 positive

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(feeling__in=Feeling.values), name="opinion_feeling_known"
            ),
            models.CheckConstraint(condition=Q(score__range=(-1, 1)), name="opinion_score_range"),
        ]


class AspectMention(models.Model):
    """A review calls an aspect good (1) or bad (-1); ``start`` to ``end`` are the words that do.

    Places count characters of the review's title, a line break and its body.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="aspect_mentions", db_constraint=False
    )
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="aspects")
    aspect = models.CharField(max_length=30)
    polarity = models.SmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "aspect", "polarity"], name="aspect_once_per_review"
            ),
            models.CheckConstraint(condition=Q(polarity__in=(-1, 1)), name="aspect_good_or_bad"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="aspect_has_words"),
        ]
