"""Whether recommendations are fair: to groups of shoppers, and to shops large and small.

For the ``fairness`` command and the portal's page. Quality for a group is the share of what it was
shown that it opened. A shop's merit is its share of what people did without having been led there
by a list, so that being shown does not make its own merit. Counts of people who agreed; nothing is
told of fewer than `LEAST_PEOPLE`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from django.db import connection

from shopguide.accounts.tenancy import as_everyone

LEAST_PEOPLE = 5
# Known by so many deeds at most; all others are known well.
COLD, LIGHT = 3, 20
# The worst served group must reach this share of the best (the four-fifths rule).
LEAST_SHARE = 0.8
# How many deeds' worth of merit the size of a shop's catalogue is, where little was done yet.
PRIOR = 20.0
Z = 1.96

GROUPS_SQL = """
WITH known AS MATERIALIZED (
    SELECT shopper_id, count(*) AS deeds FROM profiles_event
    WHERE kind NOT IN ('impression', 'dislike', 'said') GROUP BY shopper_id
), shown AS MATERIALIZED (
    SELECT e.shopper_id, EXISTS (
        SELECT FROM profiles_event v WHERE v.shopper_id = e.shopper_id
        AND v.product = e.product AND v.kind IN ('view', 'click', 'cart', 'purchase')
        AND v.at >= e.at AND v.at < e.at + interval '1 day') AS opened
    FROM profiles_event e
    WHERE e.kind = 'impression' AND e.at > now() - make_interval(days => %(days)s)
)
SELECT CASE WHEN coalesce(k.deeds, 0) <= %(cold)s THEN 'cold'
            WHEN k.deeds <= %(light)s THEN 'light' ELSE 'heavy' END AS part,
       count(DISTINCT s.shopper_id), count(*), count(*) FILTER (WHERE s.opened)
FROM shown s LEFT JOIN known k ON k.shopper_id = s.shopper_id GROUP BY 1
"""

SHOPS_SQL = """
WITH shops AS MATERIALIZED (
    SELECT merchant_id, count(*) AS products FROM catalog_searchdocument GROUP BY merchant_id
), shown AS MATERIALIZED (
    SELECT d.merchant_id, count(*) AS times FROM profiles_event e
    JOIN catalog_searchdocument d ON d.product_id = e.product
    WHERE e.kind = 'impression' AND e.at > now() - make_interval(days => %(days)s)
    GROUP BY d.merchant_id
), wanted AS MATERIALIZED (
    SELECT d.merchant_id, sum(w.worth) AS worth FROM profiles_event e
    JOIN catalog_searchdocument d ON d.product_id = e.product
    JOIN (VALUES ('view', 1.0), ('click', 1.0), ('save', 2.0), ('cart', 2.0), ('purchase', 4.0))
        w(kind, worth) ON w.kind = e.kind
    WHERE e.at > now() - make_interval(days => %(days)s) AND NOT EXISTS (
        SELECT FROM profiles_event i WHERE i.shopper_id = e.shopper_id
        AND i.product = e.product AND i.kind = 'impression'
        AND i.at <= e.at AND i.at > e.at - interval '1 day')
    GROUP BY d.merchant_id
)
SELECT m.id, m.slug, s.products, coalesce(n.times, 0), coalesce(w.worth, 0)::float8
FROM shops s JOIN accounts_merchant m ON m.id = s.merchant_id
LEFT JOIN shown n ON n.merchant_id = m.id LEFT JOIN wanted w ON w.merchant_id = m.id
ORDER BY m.slug
"""


@dataclass(frozen=True)
class Part:
    """A group of shoppers: how many, what they were shown, and opened of it."""

    name: str
    people: int
    shown: int
    opened: int

    @property
    def enough(self) -> bool:
        """Tell whether this is a figure of many."""
        return self.people >= LEAST_PEOPLE

    @property
    def rate(self) -> float:
        """Return the share that was opened."""
        return self.opened / self.shown if self.shown else 0.0

    @property
    def between(self) -> tuple[float, float]:
        """Return Wilson's interval around the rate, 95 %."""
        if not self.shown:
            return 0.0, 1.0
        n, p = self.shown, self.rate
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Share:
    """A shop's shares: of what is shown, and of what is wanted without being shown."""

    merchant: int
    slug: str
    products: int
    exposure: float
    merit: float
    small: bool = False

    @property
    def ratio(self) -> float:
        """Return exposure by merit: 1 is fair, below it the shop is shown too little."""
        return self.exposure / self.merit if self.merit else 1.0


@dataclass(frozen=True)
class Fairness:
    """All of it, over so many days."""

    days: int
    parts: list[Part] = field(default_factory=list)
    shops: list[Share] = field(default_factory=list)
    shown: int = 0

    @property
    def gap(self) -> float | None:
        """Return what the worst served group reaches of the best; None of fewer than two."""
        rates = [one.rate for one in self.parts if one.enough]
        return min(rates) / max(rates) if len(rates) > 1 and max(rates) > 0 else None

    @property
    def unequal(self) -> bool:
        """Tell whether groups are served unequally, beyond what chance may do."""
        found = [one for one in self.parts if one.enough]
        return any(
            low.rate < LEAST_SHARE * high.rate and low.between[1] < high.between[0]
            for low in found
            for high in found
        )

    @property
    def spread(self) -> float:
        """Return how far exposure is from merit over all shops: half the sum of differences.

        0 is exactly by merit, 1 could not be further (total variation).
        """
        return sum(abs(one.exposure - one.merit) for one in self.shops) / 2

    @property
    def small(self) -> Share | None:
        """Return the small shops together as one."""
        found = [one for one in self.shops if one.small]
        return together(found) if found else None

    def of(self, merchant: int) -> Share | None:
        """Return one shop's shares."""
        return next((one for one in self.shops if one.merchant == merchant), None)


def together(shares: Sequence[Share]) -> Share:
    """Return several shops as one."""
    return Share(
        0, "", sum(one.products for one in shares), sum(one.exposure for one in shares),
        sum(one.merit for one in shares), small=True,
    )  # fmt: skip


def fairness(days: int = 28) -> Fairness:
    """Return how fair recommendations were in so many days. Two statements."""
    with as_everyone(), connection.cursor() as cursor:
        cursor.execute(GROUPS_SQL, {"days": days, "cold": COLD, "light": LIGHT})
        found = {row[0]: Part(*row) for row in cursor.fetchall()}
        cursor.execute(SHOPS_SQL, {"days": days})
        rows = cursor.fetchall()
    parts = [found[name] for name in ("cold", "light", "heavy") if name in found]
    return Fairness(days, parts, shares_of(rows), sum(row[3] for row in rows))


def shares_of(rows: Sequence[tuple[int, str, int, int, float]]) -> list[Share]:
    """Return shares of counts; small are shops with less than half the median's products."""
    if not rows:
        return []
    sizes = sorted(row[2] for row in rows)
    middle = sizes[len(sizes) // 2]
    shown, products = sum(row[3] for row in rows), sum(sizes)
    wanted = sum(row[4] for row in rows) + PRIOR
    return [
        Share(
            pk, slug, count, times / shown if shown else 0.0,
            (worth + PRIOR * count / products) / wanted, small=count < middle / 2,
        )
        for pk, slug, count, times, worth in rows
    ]  # fmt: skip


def as_json(found: Fairness) -> dict[str, Any]:
    """Return a report for a command."""
    return {
        "days": found.days,
        "groups": {
            one.name: {"people": one.people, "shown": one.shown, "opened": round(one.rate, 4),
                       "between": [round(edge, 4) for edge in one.between]}
            for one in found.parts if one.enough
        },
        "gap": None if found.gap is None else round(found.gap, 4),
        "unequal": found.unequal,
        "shops": {
            one.slug: {"products": one.products, "exposure": round(one.exposure, 4),
                       "merit": round(one.merit, 4), "ratio": round(one.ratio, 4),
                       "small": one.small}
            for one in found.shops
        },
        "small": None if found.small is None else round(found.small.ratio, 4),
        "spread": round(found.spread, 4),
    }  # fmt: skip
