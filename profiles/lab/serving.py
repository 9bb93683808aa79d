"""How recommendations do for one shop: what was shown, what came of it, and what is fair of it.

For the portal's page. Counts of shoppers who agreed, over a time; below five people nothing is
told, so that no figure is one person's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from profiles.sources.learning import live
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone

LEAST_PEOPLE = 5
PERIODS = (7, 28, 84)

# What was shown of a shop, and whether the same shopper opened it within a day.
SHOWN_SQL = """
WITH mine AS MATERIALIZED (
    SELECT product_id FROM catalog_searchdocument WHERE merchant_id = %(merchant)s
), shown AS MATERIALIZED (
    SELECT e.shopper_id, e.product, e.at, e.source, e.at::date AS day,
           EXISTS (SELECT FROM profiles_event v WHERE v.shopper_id = e.shopper_id
                   AND v.product = e.product AND v.kind IN ('view', 'click', 'cart', 'purchase')
                   AND v.at >= e.at AND v.at < e.at + interval '1 day') AS opened
    FROM profiles_event e
    WHERE e.kind = 'impression' AND e.at > now() - make_interval(days => %(days)s)
        AND e.product IN (SELECT product_id FROM mine)
)
SELECT source, day, count(*), count(*) FILTER (WHERE opened), array_agg(DISTINCT shopper_id::text),
       array_agg(DISTINCT product)
FROM shown GROUP BY source, day
"""

# A shop's share of what was shown in all, and of what was bought in all.
SHARES_SQL = """
SELECT (SELECT count(*) FILTER (WHERE d.merchant_id = %(merchant)s)::float8
            / nullif(count(*), 0)
        FROM profiles_event e JOIN catalog_searchdocument d ON d.product_id = e.product
        WHERE e.kind = 'impression' AND e.at > now() - make_interval(days => %(days)s)),
       (SELECT count(*) FILTER (WHERE l.merchant_id = %(merchant)s)::float8 / nullif(count(*), 0)
        FROM catalog_orderline l JOIN catalog_order o ON o.id = l.order_id
        WHERE o.placed_at > now() - make_interval(days => %(days)s)),
       (SELECT count(*) FROM catalog_searchdocument WHERE merchant_id = %(merchant)s)
"""


@dataclass
class Tally:
    """Of one source, or of all: how often shown, how often opened within a day."""

    shown: int = 0
    opened: int = 0

    @property
    def rate(self) -> float | None:
        """Return the share that was opened, None of nothing."""
        return self.opened / self.shown if self.shown else None


@dataclass
class Served:
    """What recommendations did for a shop. ``quality``: of the live version, NDCG@10."""

    people: int = 0
    total: Tally = field(default_factory=Tally)
    sources: dict[str, Tally] = field(default_factory=dict)
    days: dict[date, Tally] = field(default_factory=dict)
    covered: float = 0.0
    exposure: float | None = None
    merit: float | None = None
    version: int = 0
    card: Mapping[str, object] = field(default_factory=dict)

    @property
    def enough(self) -> bool:
        """Tell whether these are figures of many."""
        return self.people >= LEAST_PEOPLE


def served(shop: Merchant, days: int) -> Served:
    """Return how recommendations did for a shop in so many days. Three queries."""
    found, people, products = Served(), set(), set()
    asked = {"merchant": shop.pk, "days": days}
    with as_everyone(), connection.cursor() as cursor:
        cursor.execute(SHOWN_SQL, asked)
        for source, day, shown, opened, who, which in cursor.fetchall():
            for tally in (
                found.total,
                found.sources.setdefault(source or "other", Tally()),
                found.days.setdefault(day, Tally()),
            ):
                tally.shown += shown
                tally.opened += opened
            people |= set(who)
            products |= set(which)
        cursor.execute(SHARES_SQL, asked)
        found.exposure, found.merit, live_products = cursor.fetchone()
    found.people = len(people)
    found.covered = len(products) / live_products if live_products else 0.0
    if (version := live()) is not None:
        found.version, found.card = version.version, version.card
    return found
