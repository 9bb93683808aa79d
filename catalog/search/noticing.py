"""What a shop can learn from what is searched for: read from counts, with what to do about it.

For the portal. It reads a shop's own counts, and of the market place's only what so many searches
had in common that nobody can be known by it. It runs no search.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, QuerySet, Sum
from django.utils import timezone

from catalog.models import SearchCount, SearchDocument, SearchSynonym
from catalog.search.addressing import Address
from catalog.search.asking import need_of
from catalog.search.constraining import kinds_of
from catalog.search.market import market
from catalog.search.understanding import Need
from shopguide.accounts.models import Merchant

PERIODS = (7, 28, 90)
SHOWN = 20
# Fewer searches say nothing about how often something is opened.
ENOUGH = 5
SELDOM = 0.1
# Of the whole market place a shop sees only what was asked so often.
OFTEN = 3
MARKET, SHOP = SearchCount.Place.MARKET, SearchCount.Place.SHOP
# Rows of sums, one for each query.
Queries = QuerySet[Any, Any]
NARROWING = frozenset({"price", "rating", "colour", "size", "material", "brand", "audience"})


@dataclass(frozen=True)
class Asked:
    """One query over a period: how often asked, without result, and opened from; last when."""

    query: str
    key: str
    locale: str
    asked: int
    empty: int
    clicks: int
    last: datetime.date

    @property
    def rate(self) -> float:
        """Return how many of the answered searches led to a product, 0 to 1."""
        answered = self.asked - self.empty
        return min(1.0, self.clicks / answered) if answered > 0 else 0.0


@dataclass(frozen=True)
class Totals:
    """All searches of one place over a period."""

    asked: int
    empty: int
    clicks: int


def counts(whose: Merchant | None, place: str, days: int) -> QuerySet[SearchCount]:
    """Return the rows of a shop, or of the whole market place, over the last days."""
    since = timezone.localdate() - datetime.timedelta(days=days - 1)
    return SearchCount.objects.filter(merchant=whose, place=place, day__gte=since)


def totals(whose: Merchant | None, place: str, days: int) -> Totals:
    """Return the sums over a period. One query."""
    found = counts(whose, place, days).aggregate(
        asked=Sum("asked", default=0),
        empty=Sum("empty", default=0),
        clicks=Sum("clicks", default=0),
    )
    return Totals(**found)


def by_day(whose: Merchant, place: str, days: int) -> dict[datetime.date, int]:
    """Return how many searches there were on each day that had any. One query."""
    rows = counts(whose, place, days).values("day").annotate(total=Sum("asked")).order_by("day")
    return dict(rows.values_list("day", "total"))


def queries(whose: Merchant | None, place: str, days: int) -> Queries:
    """Return one row for each query of a period, whatever the days."""
    rows: Queries = counts(whose, place, days).order_by().values("key", "locale")
    return rows.annotate(
        total=Sum("asked"), nothing=Sum("empty"), opened=Sum("clicks"),
        last=Max("day"), written=Max("query"),
    )  # fmt: skip


def asked_of(rows: Queries) -> list[Asked]:
    """Return the first of some rows."""
    columns = ("written", "key", "locale", "total", "nothing", "opened", "last")
    return [Asked(*row) for row in rows.values_list(*columns)[:SHOWN]]


def unanswered(shop: Merchant, days: int) -> list[Asked]:
    """Return what was asked in the shop's own search and found nothing, the most asked first."""
    rows = queries(shop, SHOP, days).filter(nothing__gt=0)
    return asked_of(rows.order_by("-nothing", "-last", "key"))


def seldom_opened(shop: Merchant, place: str, days: int) -> list[Asked]:
    """Return what was answered often and hardly ever led to a product of the shop."""
    rows = queries(shop, place, days).annotate(answered=F("total") - F("nothing"))
    rows = rows.filter(answered__gte=ENOUGH, opened__lt=F("answered") * SELDOM)
    return asked_of(rows.order_by("-answered", "key"))


def most_asked(shop: Merchant, days: int) -> list[Asked]:
    """Return what is asked most in the shop's own search."""
    return asked_of(queries(shop, SHOP, days).filter(total__gt=0).order_by("-total", "key"))


def wanted_in_market(days: int) -> list[Asked]:
    """Return what several searches of the market place asked for and no shop could answer."""
    rows = queries(None, MARKET, days).filter(nothing__gte=OFTEN)
    return asked_of(rows.order_by("-nothing", "-last", "key"))


@dataclass(frozen=True)
class Hint:
    """What may help a query: ``kind`` is synonym, product, demand or done.

    ``about``: the kind of product that the shop lacks, or the demand that nothing fulfils.
    """

    kind: str
    about: str = ""


def hints(shop: Merchant, rows: Sequence[Asked]) -> list[Hint]:
    """Return for each query without result what may help. Two queries; reads each sentence."""
    said = SearchSynonym.objects.filter(merchant=shop).values_list("locale", "said")
    taught = set(said)
    needs = [need_of_query(shop, row) for row in rows]
    kinds = {pk for need in needs for pk in kinds_of(need)}
    placed = SearchDocument.objects.filter(merchant=shop, categories__overlap=list(kinds))
    sold = {pk for places in placed.values_list("categories", flat=True)[:5_000] for pk in places}
    return [
        hint_of(row, need, (row.locale, row.key) in taught, sold)
        for row, need in zip(rows, needs, strict=True)
    ]


def need_of_query(shop: Merchant, row: Asked) -> Need:
    """Return a query as the shop's search reads it."""
    scope = market(shop.pk)
    address = Address("", (("q", row.query),))
    return need_of(address, scope, locale=row.locale, currency=scope.currency(""))


def hint_of(row: Asked, need: Need, taught: bool, sold: set[int]) -> Hint:
    """Return what may help one query: the nearest cause that its words show."""
    if taught:
        return Hint("done")
    wanted = [slot for slot in need.slots if slot.kind == "category" and not slot.negated]
    if wanted and not set(kinds_of(need)) & sold:
        return Hint("product", wanted[0].label(row.locale))
    demands = [slot for slot in need.slots if slot.kind in NARROWING]
    if demands and (wanted or not need.text.strip()):
        return Hint("demand", demands[0].label(row.locale))
    return Hint("synonym")
