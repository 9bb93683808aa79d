"""What is searched for, in counts by day: nobody's id, no moment, no order of queries."""

from django.db import models
from django.db.models import Q

from shopguide.accounts.models import Merchant


class SearchCount(models.Model):
    """How often one query was asked in one place on one day, and what came of it.

    ``merchant`` None: asked in the market place, whoever was shown. A shop's own rows are of its
    own search (``shop``), or of the market place's searches in which its products stood on the
    first page (``market``). ``empty``: nothing was found. ``clicks``: a product was opened from
    the results.
    """

    class Place(models.TextChoices):
        """Where it was asked."""

        SHOP = "shop"
        MARKET = "market"

    merchant = models.ForeignKey(
        Merchant, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    place = models.CharField(max_length=6, choices=Place.choices)
    day = models.DateField()
    locale = models.CharField(max_length=10)
    key = models.CharField(max_length=200)
    query = models.CharField(max_length=200)
    asked = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "place", "day", "locale", "key"],
                name="search_count_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(merchant__isnull=False) | Q(place="market"),
                name="search_count_of_whom",
            ),
        ]
        indexes = [models.Index(fields=["day"], name="search_count_day")]
