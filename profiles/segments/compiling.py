"""A rule as one SQL statement that yields the numbers of its shoppers. Plain Python, no Django.

Every value is a parameter; the text is put together from the pieces below. Each test is a set of
shoppers that is computed once, so the cost is a few scans of one shop's orders and of the deeds on
its products, however many people there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from profiles.segments.grammar import (
    ACTIVE_DAYS,
    GONE_DAYS,
    NEW_DAYS,
    All,
    Bought,
    Country,
    Did,
    InStage,
    Language,
    LastOrder,
    Likely,
    Not,
    OfType,
    Orders,
    Price,
    Returned,
    Rule,
    Seen,
    Some,
    Spent,
    Test,
    needs_deeds,
)

# The shop's own orders; deeds on its own products of people who agree to be known; and whom it may
# write to at all: who agrees to offers, has not muted it, and is known to it by one or the other.
PEOPLE = """
agreed AS MATERIALIZED (
    SELECT DISTINCT ON (shopper_id, purpose) shopper_id, purpose, given FROM profiles_consent
    WHERE purpose IN ('marketing', 'personalisation') ORDER BY shopper_id, purpose, id DESC
), known AS MATERIALIZED (
    SELECT shopper_id FROM agreed WHERE purpose = 'personalisation' AND given
), mine AS MATERIALIZED (
    SELECT o.id, o.shopper_id, o.currency, o.total_amount, o.placed_at, o.language,
           o.address->>'country' AS country
    FROM catalog_order o
    WHERE o.merchant_id = %(shop)s AND o.state <> 'cancelled' AND o.placed_at <= %(now)s
), newest AS MATERIALIZED (
    SELECT DISTINCT ON (shopper_id) shopper_id, language, country FROM mine
    ORDER BY shopper_id, placed_at DESC, id DESC
), deeds AS MATERIALIZED (
    SELECT e.shopper_id, e.kind, e.at, e.product, p.brand, coalesce(c.path, '') AS path
    FROM catalog_product p JOIN profiles_event e ON e.product = p.id
        LEFT JOIN catalog_category c ON c.id = p.category_id
    WHERE p.merchant_id = %(shop)s AND e.kind NOT IN ('impression', 'dislike')
        AND e.at <= %(now)s AND e.shopper_id IN (SELECT shopper_id FROM known)
), people AS MATERIALIZED (
    SELECT a.shopper_id FROM agreed a WHERE a.purpose = 'marketing' AND a.given
        AND a.shopper_id NOT IN (SELECT shopper_id FROM profiles_muted WHERE merchant_id = %(shop)s)
        AND (a.shopper_id IN (SELECT shopper_id FROM mine)
             OR a.shopper_id IN (SELECT shopper_id FROM deeds))
        AND (NOT %(deeds)s OR a.shopper_id IN (SELECT shopper_id FROM known))
)
"""

UNDER = "(%({0})s = '' OR {1} = %({0})s OR starts_with({1}, %({0})s || '/'))"
OF_BRAND = "(%({0})s = '' OR {1} = %({0})s)"
BOUGHT = """SELECT m.shopper_id FROM mine m JOIN catalog_orderline l ON l.order_id = m.id
    LEFT JOIN catalog_variant v ON v.id = l.variant_id
    LEFT JOIN catalog_product p ON p.id = v.product_id
    WHERE m.placed_at >= %({since})s AND {category} AND {brand}
    GROUP BY m.shopper_id HAVING count(DISTINCT m.id) >= %({least})s"""
COUNTED = """SELECT shopper_id FROM mine WHERE placed_at >= %({since})s
    GROUP BY shopper_id HAVING count(*) {sign} %({bound})s"""
SUMMED = """SELECT shopper_id FROM mine WHERE placed_at >= %({since})s AND currency = %({currency})s
    GROUP BY shopper_id HAVING sum(total_amount) {sign} %({bound})s"""
LAST = """SELECT shopper_id FROM mine GROUP BY shopper_id
    HAVING max(placed_at) <= %({until})s AND max(placed_at) > %({after})s"""
STAGED = """SELECT shopper_id FROM mine GROUP BY shopper_id HAVING CASE
    WHEN min(placed_at) > %({new})s THEN 'new' WHEN max(placed_at) > %({active})s THEN 'active'
    WHEN max(placed_at) > %({gone})s THEN 'lapsing' ELSE 'gone' END = ANY(%({stages})s)"""
PRICED = """SELECT m.shopper_id FROM mine m JOIN catalog_orderline l ON l.order_id = m.id
    WHERE m.currency = %({currency})s GROUP BY m.shopper_id
    HAVING sum(l.unit_amount * l.quantity) / sum(l.quantity) BETWEEN %({least})s AND %({most})s"""
DONE = """SELECT shopper_id FROM deeds
    WHERE (%({kind})s = '' OR kind = %({kind})s) AND at >= %({since})s AND {category} AND {brand}
    GROUP BY shopper_id HAVING count(*) >= %({least})s"""
SEEN = """SELECT shopper_id FROM mine WHERE placed_at >= %({since})s
    UNION SELECT shopper_id FROM deeds WHERE at >= %({since})s"""
SPEAKS = """SELECT p.shopper_id FROM people p
    LEFT JOIN profiles_contact c ON c.shopper_id = p.shopper_id
    LEFT JOIN newest n ON n.shopper_id = p.shopper_id
    WHERE coalesce(nullif(c.language, ''), n.language) = ANY(%({languages})s)"""
LIVES = "SELECT shopper_id FROM newest WHERE country = ANY(%({countries})s)"
SENT_BACK = """SELECT m.shopper_id FROM mine m JOIN catalog_return r ON r.order_id = m.id
    WHERE r.asked_at >= %({since})s AND r.asked_at <= %(now)s"""
# What somebody says of themselves counts before what a model says of them.
OF_TYPE = """SELECT t.shopper_id FROM profiles_portrait t, unnest(%({types})s::text[]) c(code)
    WHERE (t.chances->>c.code)::float8 >= %({sure})s AND NOT EXISTS (
        SELECT FROM profiles_stance s WHERE s.shopper_id = t.shopper_id AND s.about = 'type'
            AND s.value = c.code AND s.liking < 0)
    UNION SELECT s.shopper_id FROM profiles_stance s
    WHERE s.about = 'type' AND s.liking > 0 AND s.value = ANY(%({types})s)"""
LIKELY = "SELECT shopper_id FROM profiles_portrait WHERE likely * 100 >= %({least})s"
# From this chance on somebody is taken to be of a type.
SURE = 0.4
EVER = 40_000
MOST = 10**12


@dataclass
class Statement:
    """A statement and its parameters while it is being put together."""

    now: datetime
    params: dict[str, Any] = field(default_factory=dict)

    def put(self, value: object) -> str:
        """Keep a value; return the name of its parameter."""
        name = f"p{len(self.params)}"
        self.params[name] = value
        return name

    def since(self, days: int | None) -> str:
        """Keep the moment so many days ago, or one before everything."""
        return self.put(self.now - timedelta(days=EVER if days is None else days))


@dataclass(frozen=True)
class Compiled:
    """Common table expressions with ``chosen`` last, and their parameters."""

    tables: str
    params: Mapping[str, Any]


def compiled(rule: Rule, *, shop: int, now: datetime) -> Compiled:
    """Return a rule as tables whose last, ``chosen``, has the numbers of its shoppers."""
    made = Statement(now, {"shop": shop, "now": now, "deeds": needs_deeds(rule)})
    tables = PEOPLE + CHOSEN.format(holds=condition(rule, made))
    return Compiled(tables, made.params)


CHOSEN = ", chosen AS (SELECT p.shopper_id FROM people p WHERE {holds})"
IN_SET, IN_NONE = "p.shopper_id IN ({0})", "p.shopper_id NOT IN ({0})"


def condition(rule: Rule, made: Statement) -> str:
    """Return the condition on ``p.shopper_id`` that a rule is."""
    if isinstance(rule, Not):
        return f"NOT {condition(rule.part, made)}"
    if isinstance(rule, All | Some):
        word = " AND " if isinstance(rule, All) else " OR "
        return f"({word.join(condition(part, made) for part in rule.parts) or 'true'})"
    parts = conditions(rule, made)
    return f"({' AND '.join(parts) or 'true'})"


def conditions(test: Test, made: Statement) -> list[str]:
    """Return what a test asks, all of which must hold."""
    if isinstance(test, Orders):
        names = {"since": made.since(test.within)}
        return bounds(COUNTED, names, test.least, test.most, made)
    if isinstance(test, Spent):
        names = {"since": made.since(test.within), "currency": made.put(test.currency)}
        return bounds(SUMMED, names, test.least, test.most, made)
    if isinstance(test, InStage):
        return [staged(test, made)]
    return [IN_SET.format(members(test, made))]


def bounds(
    text: str, names: Mapping[str, str], least: Any, most: Any, made: Statement
) -> list[str]:
    """Return the conditions of a sum between bounds; who has no order has a sum of zero."""
    found = []
    if least:
        found.append(IN_SET.format(text.format(sign=">=", bound=made.put(least), **names)))
    if most is not None:
        found.append(IN_NONE.format(text.format(sign=">", bound=made.put(most), **names)))
    return found


def staged(test: InStage, made: Statement) -> str:
    """Return the condition of being in a stage; who only looks has no order."""
    names = {
        "new": made.since(NEW_DAYS), "active": made.since(ACTIVE_DAYS),
        "gone": made.since(GONE_DAYS), "stages": made.put(list(test.stages)),
    }  # fmt: skip
    ordered = IN_SET.format(STAGED.format(**names))
    looking = IN_NONE.format("SELECT shopper_id FROM mine")
    return f"({ordered} OR {looking})" if "looking" in test.stages else ordered


def members(test: Test, made: Statement) -> str:
    """Return the statement of the shoppers for whom a test holds."""
    names: dict[str, str] = {}
    if isinstance(test, Bought | Did):
        path, brand = ("l.category", "p.brand") if isinstance(test, Bought) else ("path", "brand")
        names["category"] = UNDER.format(made.put(test.category), path)
        names["brand"] = OF_BRAND.format(made.put(test.brand), brand)
        names["least"] = made.put(test.least)
    if isinstance(test, Bought | Did | Returned | Seen):
        names["since"] = made.since(test.within)
    if isinstance(test, Did):
        names["kind"] = made.put(test.kind)
    if isinstance(test, Price):
        names["currency"] = made.put(test.currency)
        names["least"] = made.put(test.least or 0)
        names["most"] = made.put(MOST if test.most is None else test.most)
    if isinstance(test, LastOrder):
        names["until"], names["after"] = made.since(test.least), made.since(test.most)
    if isinstance(test, Language):
        names["languages"] = made.put(list(test.languages))
    if isinstance(test, Country):
        names["countries"] = made.put(list(test.countries))
    if isinstance(test, OfType):
        names["types"], names["sure"] = made.put(list(test.types)), made.put(SURE)
    if isinstance(test, Likely):
        names["least"] = made.put(test.least)
    return SETS[type(test)].format(**names)


SETS: dict[type[Any], str] = {
    Bought: BOUGHT, Did: DONE, Returned: SENT_BACK, Seen: SEEN, Price: PRICED, LastOrder: LAST,
    Language: SPEAKS, Country: LIVES, OfType: OF_TYPE, Likely: LIKELY,
}  # fmt: skip
