"""Read what a profile is made of, and take parts of it back. For the taste page and the API."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from catalog.models import AspectMention, BuyerReview, Order
from catalog.models.order import OrderState
from catalog.search.market import market
from profiles.knowing.profile import Known, Paid, Profile, Said, profile_of
from profiles.models import DEEDS, About, Event, Kind, Portrait, Stance
from profiles.noting import undo_key
from profiles.taste.refreshing import as_json, refresh
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper

# The newest so many deeds say enough of anybody.
MOST_DEEDS = 1_000
UNDO_S = 600

DEEDS_SQL = """
SELECT e.kind, e.at, e.product, e.words, d.categories[1], d.brand, d.facets, (
           SELECT jsonb_object_agg(o.currency, o.amount) FROM (
               SELECT currency, min(amount) AS amount FROM catalog_searchoffer
               WHERE product_id = e.product AND amount IS NOT NULL GROUP BY currency) o), (
           SELECT jsonb_agg(DISTINCT o.codes->>'size') FROM catalog_searchoffer o
           WHERE o.product_id = e.product AND o.codes ? 'size' AND e.kind IN ('cart', 'purchase')
           HAVING count(DISTINCT o.codes->>'size') = 1)
FROM (SELECT * FROM profiles_event WHERE shopper_id = %(shopper)s AND kind = ANY(%(kinds)s)
          AND at <= %(at)s ORDER BY at DESC, id DESC LIMIT %(most)s) e
LEFT JOIN catalog_searchdocument d ON d.product_id = e.product
"""


def known_of(shopper: Shopper, at: datetime) -> list[Known]:
    """Return a shopper's deeds up to a moment with the facts of their products. One query."""
    categories = market().categories
    kinds = [str(kind) for kind in DEEDS if kind != Kind.DISLIKE]
    with connection.cursor() as cursor:
        cursor.execute(
            DEEDS_SQL, {"shopper": shopper.pk, "kinds": kinds, "at": at, "most": MOST_DEEDS}
        )
        rows = cursor.fetchall()
    found = []
    for kind, when, product, words, category, brand, facets, amounts, sizes in rows:
        one_size = json.loads(sizes) if isinstance(sizes, str) else sizes
        entry = categories.get(category or 0)
        found.append(
            Known(
                kind, when, product, words, entry.path if entry else "", brand or "",
                tuple(as_json(facets).get("colour", ())), tuple(one_size or ()),
                {code: float(amount) for code, amount in as_json(amounts).items()},
            )
        )  # fmt: skip
    return found


def profile_now(shopper: Shopper, at: datetime | None = None) -> Profile:
    """Return a shopper's profile as of a moment, now if none. Four queries."""
    at = at or timezone.now()
    with as_shopper(shopper):
        orders = Order.objects.filter(shopper=shopper).exclude(state=OrderState.CANCELLED)
        paid = [
            Paid(one.placed_at, one.currency, float(one.total_amount), one.things)
            for one in orders.annotate(things=Count("lines"))[:MOST_DEEDS]
        ]
        reviews = BuyerReview.objects.filter(shopper=shopper).exclude(review=None)
        spoken = AspectMention.objects.filter(review__in=reviews.values("review"))
        rows = spoken.values_list("aspect", "polarity", "review__written_at")[:MOST_DEEDS]
        said = [Said(*row) for row in rows]
        return profile_of(known_of(shopper, at), at, paid=paid, said=said)


# --- Saying and taking back -------------------------------------------------------------------
def say(shopper: Shopper, about: About, value: str, liking: int) -> None:
    """Keep what a shopper says of themselves; 0 takes it back."""
    with as_shopper(shopper):
        if liking:
            Stance.objects.update_or_create(
                shopper=shopper, about=about, value=value,
                defaults={"liking": liking, "at": timezone.now()},
            )  # fmt: skip
        else:
            Stance.objects.filter(shopper=shopper, about=about, value=value).delete()


def forget_trait(shopper: Shopper, about: About, value: str) -> int:
    """Delete the deeds that a trait is drawn from; return how many. An undo brings them back."""
    with as_shopper(shopper):
        rows = [one for one in known_of(shopper, timezone.now()) if one.product is not None]
        products = {one.product for one in rows if value in values_of(one, about)}
        return take_back(shopper, Event.objects.filter(shopper=shopper, product__in=products))


def values_of(deed: Known, about: About) -> tuple[str, ...]:
    """Return what a deed says of one side of a shopper; a category is of those above it too."""
    if about == About.CATEGORY:
        steps = deed.category.split("/")
        return tuple("/".join(steps[: n + 1]) for n in range(len(steps)))
    if about == About.COLOUR:
        return deed.colours
    return (deed.brand,) if about == About.BRAND else ()


def forget_since(shopper: Shopper, span: timedelta | None) -> int:
    """Delete the deeds of the last hours or days, all without a span; return how many."""
    with as_shopper(shopper):
        events = Event.objects.filter(shopper=shopper)
        if span is not None:
            events = events.filter(at__gt=timezone.now() - span)
        return take_back(shopper, events)


def take_back(shopper: Shopper, events: Any) -> int:
    """Delete deeds and what was made of them; they wait ten minutes for an undo, no longer."""
    rows = list(events)
    if not rows:
        return 0
    Event.objects.filter(pk__in=[one.pk for one in rows]).delete()
    Portrait.objects.filter(shopper=shopper).delete()  # a worker makes it of what is left
    refresh(shopper)
    cache.set(undo_key(shopper), rows, UNDO_S)
    return len([one for one in rows if one.kind != Kind.IMPRESSION])


def undo(shopper: Shopper) -> int:
    """Bring back what was forgotten last, within ten minutes; return how many."""
    rows: Sequence[Event] = cache.get(undo_key(shopper)) or ()
    cache.delete(undo_key(shopper))
    with as_shopper(shopper):
        for one in rows:
            one.pk = None
        return len(Event.objects.bulk_create(rows, ignore_conflicts=True))
