"""How many people a trial needs and how long it takes, from the product's own traffic.

For the wizard and for beginning. Only people count who agreed to personalisation: nobody else meets
a trial. A product that few have seen borrows its rate from the shop, and says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from catalog.models import Product
from profiles.experiments.counting import METRICS, WINDOW
from profiles.experiments.statistics import people_needed
from profiles.models import Kind
from profiles.models.experiment import Mode
from shopguide.accounts.tenancy import as_everyone

# The channels whose text shoppers meet on the site, and what may be the aim of each.
AIMS: dict[str, tuple[str, ...]] = {
    "title": ("click", "cart", "purchase"),
    "description": ("cart", "save", "purchase"),
    "bullets": ("cart", "save", "purchase"),
}
LIFTS = (0.1, 0.2, 0.3, 0.5)
DAYS = 28
# A month is what somebody waits for; the smallest difference that can be found in it is proposed.
PATIENT = 28
# A product's own rate counts as so many people of the shop's, and without any these stand in.
BORROWED = 60
USUAL = {"click": 0.1, "cart": 0.08, "save": 0.05, "purchase": 0.03}
LEAST, MOST = 0.002, 0.9
# A shifting split shows the worse text to few, so its verdict needs more people. With so many more
# a planted difference is found as often as with halves: see docs/experiments.md.
SHIFTING = 2.0


@dataclass(frozen=True)
class Traffic:
    """Of so many people in `DAYS` days so many did it; ``rate`` is what to expect.

    ``borrowed``: the rate is mostly the shop's, or a usual one.
    """

    people: int
    did: int
    rate: float
    borrowed: bool

    @property
    def a_day(self) -> float:
        """Return how many new people a day are to be expected."""
        return self.people / DAYS


@dataclass(frozen=True)
class Estimate:
    """What it takes to find one difference: people an arm, and days; None for nobody a day."""

    lift: float
    people: int
    days: int | None


# Who met a product first when, and whether they did it after, by whether it is this product.
TRAFFIC_SQL = """
WITH met AS (
    SELECT e.shopper_id, e.product, min(e.at) AS at FROM profiles_event e
    WHERE e.kind = %(seen)s AND e.at > now() - %(since)s
        AND e.product IN (SELECT id FROM catalog_product WHERE merchant_id = %(merchant)s)
    GROUP BY e.shopper_id, e.product
)
SELECT met.product = %(product)s AS own, count(*), count(*) FILTER (WHERE EXISTS (
    SELECT FROM profiles_event d WHERE d.shopper_id = met.shopper_id AND d.product = met.product
        AND d.kind = ANY(%(kinds)s) AND d.at >= met.at AND d.at < met.at + %(window)s))
FROM met GROUP BY own
"""


def traffic(product: Product, aim: str) -> Traffic:
    """Return who met a product lately and what they did. One query.

    A title is met in lists, so for clicks those count who were shown it there.
    """
    asked: dict[str, Any] = {
        "seen": str(Kind.IMPRESSION if aim == "click" else Kind.VIEW),
        "since": timedelta(days=DAYS),
        "merchant": product.merchant_id,
        "product": product.pk,
        "kinds": [str(kind) for kind in METRICS[aim].kinds],
        "window": WINDOW,
    }
    with as_everyone(), connection.cursor() as cursor:
        cursor.execute(TRAFFIC_SQL, asked)
        found = {own: (people, did) for own, people, did in cursor.fetchall()}
    people, did = found.get(True, (0, 0))
    others, theirs = found.get(False, (0, 0))
    usual = (theirs + BORROWED * USUAL[aim]) / (others + BORROWED)
    rate = (did + BORROWED * usual) / (people + BORROWED)
    return Traffic(people, did, min(MOST, max(LEAST, rate)), people < BORROWED)


def estimates(found: Traffic, arms: int, mode: str = Mode.AB) -> list[Estimate]:
    """Return what each difference takes to be found, the smallest first."""
    return [estimate(found, lift, arms, mode) for lift in LIFTS if found.rate * (1 + lift) < 1]


def estimate(found: Traffic, lift: float, arms: int, mode: str = Mode.AB) -> Estimate:
    """Return what it takes to find one difference with so many arms, the usual text among them."""
    people = people_needed(found.rate, lift, alpha=0.05 / max(1, arms - 1))
    people = math.ceil(people * (SHIFTING if mode == Mode.BANDIT else 1))
    days = math.ceil(arms * people / found.a_day) if found.a_day > 0 else None
    return Estimate(lift, people, days)


def proposed(found: Sequence[Estimate]) -> Estimate:
    """Return the smallest difference that a patient person can wait for, else the largest."""
    soon = [one for one in found if one.days is not None and one.days <= PATIENT]
    return soon[0] if soon else found[-1]
