"""Ask in one statement all that must be known of the words before they are searched.

For pages and the API: what shops want to stand first for them, what a shop's own words mean, and
whether they are a product's whole name. It searches nothing.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from catalog.search.merchandising import MOST_RULES, MOST_SYNONYMS, Rule, Synonym, key_of
from catalog.text import fold

TOLD = """
SELECT EXISTS (SELECT FROM catalog_searchdocument d
               WHERE d.names @> %(name)s::text[] AND {of_documents}),
       (SELECT jsonb_agg(jsonb_build_array(r.merchant_id, r.product_id, r.action, r.position)
                         ORDER BY r.position, r.id)
        FROM (SELECT * FROM catalog_searchrule r WHERE r.key = %(key)s AND {at} AND {of_rules}
              ORDER BY r.position, r.id LIMIT %(most_rules)s) r),
       (SELECT jsonb_agg(jsonb_build_array(r.said, r.meant) ORDER BY r.locale, r.said)
        FROM (SELECT * FROM catalog_searchsynonym r
              WHERE r.merchant_id = %(merchant)s AND {at} LIMIT %(most_synonyms)s) r)
"""
AT = "coalesce(r.starts_at <= %(at)s, TRUE) AND coalesce(r.ends_at > %(at)s, TRUE)"


@dataclass(frozen=True)
class Told:
    """``named``: the words are a product's whole title or SKU."""

    rules: tuple[Rule, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    named: bool = False


def told(
    words: str, merchant: int | None, *, at: datetime.datetime | None = None, ruled: bool = True
) -> Told:
    """Return what is known of words in the market place or one shop, at a moment. One query.

    The market place has no synonyms; ``ruled=False`` leaves the shops' rules and synonyms out.
    """
    if not words:
        return Told()
    statement = TOLD.format(
        of_documents="d.merchant_id = %(merchant)s" if merchant else "TRUE",
        of_rules="r.merchant_id = %(merchant)s" if merchant else "TRUE",
        at=AT,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "name": [fold(words).strip()],
                "key": key_of(words),
                "merchant": merchant,
                "at": at or timezone.now(),
                "most_rules": MOST_RULES,
                "most_synonyms": MOST_SYNONYMS,
            },
        )
        named, rules, synonyms = cursor.fetchone()
    if not ruled:
        return Told(named=named)
    return Told(
        tuple(Rule(*row) for row in listed(rules)),
        tuple(Synonym(*row) for row in listed(synonyms)),
        named,
    )


def listed(rows: Any) -> list[Any]:
    """Return a column of JSON as a list; none is empty."""
    found: list[Any] = json.loads(rows) if isinstance(rows, str) else rows or []
    return found
