"""What a shopper did, as far as they agreed that it is kept."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from pgvector.django import HalfVectorField

from shopguide.accounts.models import Shopper


class Kind(models.TextChoices):
    """What was done. Impressions say what was offered; the others what somebody did of it."""

    IMPRESSION = "impression"
    VIEW = "view"
    SEARCH = "search"
    SAVE = "save"
    CART = "cart"
    PURCHASE = "purchase"
    DISLIKE = "dislike"
    CLICK = "click"
    DWELL = "dwell"
    RETURN = "return"
    REVIEW = "review"
    FOLLOW = "follow"
    SHARE = "share"
    WHY = "why"
    SAID = "said"  # of a product, in a chat


# What somebody did themselves, in contrast to what was offered to them; words shape no taste.
DEEDS = tuple(kind for kind in Kind if kind not in (Kind.IMPRESSION, Kind.SAID))


class Event(models.Model):
    """One deed of one shopper. ``client_id``: given by whoever saw it, so that it is stored once.

    ``product`` is a number without a foreign key: a product may go, and what was done with it stays
    until it is forgotten. ``vector`` is of the words of a search, made by ``encoder_id``.
    """

    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="events")
    client_id = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    product = models.BigIntegerField(null=True, blank=True)
    words = models.CharField(max_length=200, blank=True)
    vector = HalfVectorField(null=True, blank=True)
    encoder_id = models.CharField(max_length=120, blank=True)
    # Of an impression: which list, the place in it, who ordered it, how likely it was to be there.
    shelf = models.CharField(max_length=20, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    ranker = models.CharField(max_length=60, blank=True)
    propensity = models.FloatField(null=True, blank=True)
    # Which list it was on (`Trace`), and which source brought it there.
    trace = models.UUIDField(null=True, blank=True)
    source = models.CharField(max_length=12, blank=True)
    # Of a dwell: for how long.
    seconds = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["shopper", "-at"], name="event_of_shopper"),
            models.Index(
                fields=["product", "shopper"],
                condition=~Q(kind="impression"),
                name="event_of_product",
            ),
            # How often products were shown and opened: 38 ms without it, 1.4 ms with it, for 300
            # products among 100,000 events.
            models.Index(
                fields=["product", "at"],
                condition=Q(kind__in=("impression", "click")),
                name="event_met",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["shopper", "client_id"], name="event_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="event_kind_known"),
            models.CheckConstraint(
                condition=Q(product__isnull=False) | ~Q(words=""), name="event_about_something"
            ),
            models.CheckConstraint(
                condition=Q(propensity__isnull=True) | Q(propensity__gt=0, propensity__lte=1),
                name="event_propensity_is_a_chance",
            ),
        ]
