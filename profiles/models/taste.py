"""What a shopper's deeds amount to by now, and what they say of themselves (`profiles.taste`)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pgvector.django import VectorField

from profiles.models.event import Kind
from shopguide.accounts.models import Shopper


class Taste(models.Model):
    """The state of one shopper's taste. ``mark``: of which deeds it was made; others are newer.

    Weights fade alike, so a taste stays right as time goes by; only a deed changes it.
    """

    shopper = models.OneToOneField(
        Shopper, primary_key=True, on_delete=models.CASCADE, related_name="taste"
    )
    encoder_id = models.CharField(max_length=120)
    mark = models.CharField(max_length=64)
    # When a deed that was done then weighed what its kind weighs.
    as_of = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)


class Interest(models.Model):
    """One kind of thing a shopper is after: a product's score is vector · product - offset.

    ``vector``: (dimensions,), the sum of what the deeds were about, each by its weight.
    """

    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="interests")
    number = models.PositiveSmallIntegerField()
    category = models.BigIntegerField(null=True)
    weight = models.FloatField()
    offset = models.FloatField()
    vector = VectorField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["shopper", "number"], name="interest_once"),
        ]


class Signal(models.Model):
    """What a shopper did with one product, or the words of a search, as one term of the sums.

    ``interest``: the number of the one it belongs to, empty where it has no vector or none that
    counts. ``facts``: brand, colours and prices of the product then.
    """

    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="signals")
    number = models.PositiveSmallIntegerField()
    interest = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    product = models.BigIntegerField(null=True)
    words = models.CharField(max_length=200, blank=True)
    weight = models.FloatField()
    offset = models.FloatField(default=0.0)
    vector = VectorField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["shopper", "number"], name="signal_once"),
        ]


class About(models.TextChoices):
    """What one may say something of."""

    CATEGORY = "category", _("Kind of product")
    BRAND = "brand", _("Brand")
    COLOUR = "colour", _("Colour")
    ASPECT = "aspect", _("Quality")
    PRICE = "price", _("Price")
    TYPE = "type", _("Way of shopping")


class Stance(models.Model):
    """What a shopper says of themselves: more (1), less (-1), or that we have it wrong (0)."""

    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="stances")
    about = models.CharField(max_length=10, choices=About.choices)
    value = models.CharField(max_length=120)
    liking = models.SmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["about", "value"]
        constraints = [
            models.UniqueConstraint(fields=["shopper", "about", "value"], name="stance_once"),
            models.CheckConstraint(
                condition=Q(liking__in=(-1, 0, 1)), name="stance_is_more_less_or_wrong"
            ),
            models.CheckConstraint(
                condition=Q(about__in=About.values), name="stance_about_something_known"
            ),
        ]
