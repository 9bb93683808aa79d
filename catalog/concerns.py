"""What in a shop waits for a person: each concern is the rows it counts and the list of them.

For the portal's overview. The list that a concern leads to is narrowed by the same queryset, so a
number is always the number of rows that its link shows. Other departments `register` theirs. All
concerns are counted in one query, each by its own scalar subquery.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import IntegerField, Q, QuerySet, Value
from django.db.models.expressions import Combinable, RawSQL
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from catalog.models import (
    AttributeProposal,
    BuyerReview,
    CatalogImport,
    Order,
    Product,
    Return,
    Review,
    SearchCount,
)
from catalog.models.buyer_review import Showing
from catalog.orders.listing import Listed
from catalog.search import noticing
from shopguide.accounts.models import Merchant, Role

ALL = tuple(Role)
READERS = (Role.OWNER, Role.EDITOR, Role.ANALYST)
RECENT = datetime.timedelta(days=30)
SEARCH_DAYS = 28


@dataclass(frozen=True)
class Concern:
    """Rows that wait, the page that lists them, and in which roles it is one's own work."""

    code: str
    label: str | Promise
    note: str | Promise
    icon: str
    page: str
    rows: Callable[[Merchant], QuerySet[Any]]
    asked: tuple[tuple[str, str], ...] = ()
    roles: Sequence[str] = ALL

    def url(self, merchant: Merchant) -> str:
        """Return the address of the list; nothing where there is none."""
        try:
            where = reverse(self.page, args=[merchant.slug])
        except NoReverseMatch:
            return ""
        return f"{where}?{urlencode(self.asked)}" if self.asked else where


def to_ship(merchant: Merchant) -> QuerySet[Order]:
    """Return the orders that wait for a parcel."""
    return Listed(state="to_ship").narrow(Order.objects.of(merchant))


def lacking(code: str) -> Callable[[Merchant], QuerySet[Product]]:
    """Return what gives a shop's products that lack something."""
    return lambda merchant: Product.objects.of(merchant).lacking(code)


def facts_waiting(merchant: Merchant) -> QuerySet[AttributeProposal]:
    """Return the facts that wait to be confirmed, each once."""
    return AttributeProposal.objects.filter(merchant=merchant).open().once()


def bad_imports(merchant: Merchant) -> QuerySet[CatalogImport]:
    """Return the imports of the last days that could not take every row."""
    since = timezone.now() - RECENT
    rows = CatalogImport.objects.filter(merchant=merchant, dry=False, undoes=None)
    return rows.filter(failed__gt=0, created_at__gte=since)


def worrying_reviews(merchant: Merchant) -> QuerySet[Review]:
    """Return unhappy reviews of the last days, by their stars or their words, without an answer."""
    since = timezone.now() - RECENT
    unhappy = Q(stars__lte=2) | Q(opinion__feeling="negative")
    return Review.objects.filter(unhappy, merchant=merchant, written_at__gte=since, reply="")


def held_reviews(merchant: Merchant) -> QuerySet[BuyerReview]:
    """Return the reviews that nobody reads until the shop has looked at them."""
    return BuyerReview.objects.filter(merchant=merchant, state=Showing.HELD)


def returns_waiting(merchant: Merchant) -> QuerySet[Return]:
    """Return the returns that are not over."""
    return Return.objects.of(merchant).open()


def unanswered_searches(merchant: Merchant) -> QuerySet[SearchCount, dict[str, object]]:
    """Return what was asked in the shop's own search and found nothing, as its list shows it."""
    rows: Any = noticing.queries(merchant, noticing.SHOP, SEARCH_DAYS)
    return rows.filter(nothing__gt=0)[: noticing.SHOWN]


CONCERNS: list[Concern] = [
    Concern("to_ship", _("Orders to ship"), _("Placed, paid or packed, not yet on their way."),
            "truck", "merchant_orders", to_ship, (("state", "to_ship"),)),
    Concern("returns", _("Returns under way"), _("Asked for, approved, or on their way back."),
            "undo", "merchant_returns", returns_waiting),
    Concern("held", _("Reviews that wait for a look"),
            _("Nobody reads them until you have decided."),
            "eye", "merchant_reviews", held_reviews),
    Concern("reviews", _("Opinions to answer"),
            _("Unhappy reviews of the last 30 days without your answer."),
            "star", "merchant_reviews", worrying_reviews, (("look", "1"),)),
    Concern("stock", _("Products running out"), _("On sale, three or fewer left of a variant."),
            "box", "merchant_products", lacking("stock"), (("lacking", "stock"),), READERS),
    Concern("price", _("Products without a price"), _("They are found, but cannot be bought."),
            "tag", "merchant_products", lacking("price"), (("lacking", "price"),), READERS),
    Concern("picture", _("Products without a picture"), _("Shoppers pass them by."),
            "picture", "merchant_products", lacking("picture"), (("lacking", "picture"),), READERS),
    Concern("translation", _("Products in one language only"),
            _("Some shoppers read them in a language that is not theirs."),
            "language", "merchant_products", lacking("translation"),
            (("lacking", "translation"),), READERS),
    Concern("facts", _("Facts to confirm"), _("Read out of your texts; they count once confirmed."),
            "check", "merchant_proposals", facts_waiting, (), READERS),
    Concern("imports", _("Imports with bad rows"), _("Of the last 30 days; each row says why."),
            "upload", "merchant_imports", bad_imports, (("bad", "1"),), READERS),
    Concern("searches", _("Searches that found nothing"),
            _("In your shop, in the last 28 days; a synonym often helps."),
            "search", "merchant_insights", unanswered_searches,
            (("days", str(SEARCH_DAYS)),), READERS),
]  # fmt: skip


def register(concern: Concern) -> None:
    """Add a concern of another department; registered again it takes the former's place."""
    CONCERNS[:] = [one for one in CONCERNS if one.code != concern.code] + [concern]


def concerns_for(role: str) -> list[Concern]:
    """Return what concerns somebody in this role."""
    return [concern for concern in CONCERNS if role in concern.roles]


def count(merchant: Merchant, concerns: Iterable[Concern]) -> dict[str, int]:
    """Return how many rows each concern has. One query. To be called as the merchant."""
    counted = {f"n_{one.code}": number_of(one.rows(merchant)) for one in concerns}
    if not counted:
        return {}
    row: Any = Merchant.objects.filter(pk=merchant.pk).values(**counted).first()
    return {name.removeprefix("n_"): number for name, number in row.items()}


def number_of(rows: QuerySet[Any]) -> Combinable:
    """Return how many rows a queryset has, as a part of another query.

    Written out as it stands by itself: conditions in SQL may name its tables, which a subquery of
    Django's would rename.
    """
    try:
        if not rows.query.group_by and not rows.query.is_sliced:
            rows = rows.order_by().values("pk")
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return Value(0)
    return RawSQL(f"SELECT count(*) FROM ({sql}) counted", params, IntegerField())  # noqa: S608, S611
