"""All that is said of a shop as one table: reviews, chats and imported mentions, judged.

For `watching`, which counts days, and for the pages. Nothing is stored twice: words stay in their
rows, and every count is made of them at the moment of showing. What is held to be dishonest is left
out where that is asked. To be called as the merchant.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from shopguide.accounts.models import Merchant

# Products that left the catalogue say nothing any more; a mention may be of the whole shop.
HEARD = """
heard AS MATERIALIZED (
    SELECT 'review' AS kind, r.id, r.product_id, r.written_at AS at, 'review' AS source,
        o.feeling, o.score, s.id IS NOT NULL AS doubtful
    FROM catalog_review r
    JOIN catalog_reviewopinion o ON o.review_id = r.id
    JOIN catalog_product p ON p.id = r.product_id AND p.deleted_at IS NULL
    LEFT JOIN marketing_suspicion s ON s.review_id = r.id AND s.cleared_at IS NULL
    WHERE r.merchant_id = %(merchant)s AND r.written_at >= %(since)s AND r.written_at < %(until)s
        AND %(source)s IN ('', 'review') AND %(product)s IN (0, r.product_id)
    UNION ALL
    SELECT 'mention', m.id, m.product_id, m.said_at, m.source,
        m.feeling, m.score, s.id IS NOT NULL
    FROM marketing_mention m
    LEFT JOIN marketing_suspicion s ON s.mention_id = m.id AND s.cleared_at IS NULL
    WHERE m.merchant_id = %(merchant)s AND m.said_at >= %(since)s AND m.said_at < %(until)s
        AND m.feeling <> '' AND %(source)s IN ('', m.source)
        AND (%(product)s = 0 OR m.product_id = %(product)s)
),
"""
SAID = """
said AS (
    SELECT h.kind, h.id, a.aspect, a.polarity::int, a.start, a."end"
    FROM heard h JOIN catalog_aspectmention a ON h.kind = 'review' AND a.review_id = h.id
    UNION ALL
    SELECT h.kind, h.id, a.aspect, a.polarity, a.start, a."end"
    FROM heard h JOIN marketing_mention m ON h.kind = 'mention' AND m.id = h.id
    CROSS JOIN LATERAL jsonb_to_recordset(m.aspects)
        AS a(aspect text, polarity int, start int, "end" int)
)
"""
DAY = "(h.at AT TIME ZONE %(zone)s)::date"
COUNTED = "(%(doubtful)s OR NOT h.doubtful)"

DAYS = f"""
WITH {HEARD} {SAID}
SELECT h.product_id, {DAY} AS day, coalesce(s.aspect, ''), coalesce(s.polarity, 0), count(*)
FROM heard h LEFT JOIN said s ON s.kind = h.kind AND s.id = h.id AND s.polarity = -1
WHERE {COUNTED} AND h.product_id IS NOT NULL
GROUP BY 1, 2, 3, 4
"""  # noqa: S608
VOICES = f"""
WITH {HEARD.rstrip().rstrip(",")}
SELECT h.product_id, {DAY} AS day, count(*)
FROM heard h WHERE {COUNTED} AND h.product_id IS NOT NULL GROUP BY 1, 2
"""  # noqa: S608
FEELINGS = f"""
WITH {HEARD.rstrip().rstrip(",")}
SELECT {DAY} AS day, h.feeling, count(*)
FROM heard h WHERE {COUNTED} GROUP BY 1, 2
"""  # noqa: S608
ASPECTS = f"""
WITH {HEARD} {SAID}
SELECT s.aspect, {DAY} AS day, s.polarity, count(*)
FROM heard h JOIN said s USING (kind, id) WHERE {COUNTED}
GROUP BY 1, 2, 3
"""  # noqa: S608
PARTS = f"""
WITH {HEARD.rstrip().rstrip(",")}
SELECT {{part}}, h.feeling, count(*) FROM heard h WHERE {COUNTED} GROUP BY 1, 2
"""  # noqa: S608
PRODUCTS, SOURCES = PARTS.format(part="h.product_id"), PARTS.format(part="h.source")
LISTED = f"""
WITH {HEARD} {SAID}
SELECT h.kind, h.id, h.product_id, h.at, h.source, h.feeling, h.doubtful,
    coalesce((SELECT jsonb_agg(jsonb_build_object('aspect', s.aspect, 'polarity', s.polarity,
        'start', s.start, 'end', s."end") ORDER BY s.start)
        FROM said s WHERE s.kind = h.kind AND s.id = h.id), '[]'::jsonb) AS aspects,
    count(*) OVER () AS total
FROM heard h
WHERE {COUNTED} AND (%(only)s = '' OR (%(only)s = 'doubtful' AND h.doubtful)
        OR h.feeling = %(only)s)
    AND (%(aspect)s = '' OR EXISTS (
        SELECT FROM said s WHERE s.kind = h.kind AND s.id = h.id AND s.aspect = %(aspect)s
            AND %(polarity)s IN (0, s.polarity)))
ORDER BY h.at DESC, h.kind, h.id DESC LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608


@dataclass(frozen=True)
class Asked:
    """Which voices: of what, from where, in which days. ``until`` is the last day, included."""

    since: datetime.date
    until: datetime.date
    product: int = 0
    source: str = ""
    doubtful: bool = False

    @property
    def days(self) -> int:
        """Return how many days there are."""
        return (self.until - self.since).days + 1

    @property
    def before(self) -> Asked:
        """Return the same of as many days before."""
        return Asked(
            self.since - datetime.timedelta(days=self.days),
            self.since - datetime.timedelta(days=1),
            self.product, self.source, self.doubtful,
        )  # fmt: skip


@dataclass(frozen=True)
class Voice:
    """One thing that was said. ``aspects``: as the rows keep them, places count in its words."""

    kind: str
    pk: int
    product: int | None
    at: datetime.datetime
    source: str
    feeling: str
    doubtful: bool
    aspects: list[dict[str, Any]]

    @property
    def key(self) -> str:
        """Return what names it among all kinds."""
        return f"{self.kind}:{self.pk}"


def last_days(days: int, until: datetime.date | None = None, **which: Any) -> Asked:
    """Return the voices of the last days, today included."""
    last = until or timezone.localdate()
    return Asked(last - datetime.timedelta(days=days - 1), last, **which)


def complaints_by_day(
    merchant: Merchant, asked: Asked
) -> dict[tuple[int, datetime.date, str], int]:
    """Return how many voices complain of what: (product, day, aspect). One query."""
    return {(product, day, aspect): count
            for product, day, aspect, polarity, count in rows(merchant, DAYS, asked)
            if polarity == -1}  # fmt: skip


def voices_by_day(merchant: Merchant, asked: Asked) -> dict[tuple[int, datetime.date], int]:
    """Return how much is said of each product on each day. One query."""
    return {(product, day): count for product, day, count in rows(merchant, VOICES, asked)}


def feelings_by_day(merchant: Merchant, asked: Asked) -> dict[tuple[datetime.date, str], int]:
    """Return how many voices feel how on each day. One query."""
    return {(day, feeling): count for day, feeling, count in rows(merchant, FEELINGS, asked)}


def aspects_by_day(merchant: Merchant, asked: Asked) -> dict[tuple[str, datetime.date, int], int]:
    """Return how many voices call each aspect good (1) or bad (-1) on each day. One query."""
    return {(aspect, day, polarity): count
            for aspect, day, polarity, count in rows(merchant, ASPECTS, asked)}  # fmt: skip


def feelings_by_product(merchant: Merchant, asked: Asked) -> dict[tuple[int | None, str], int]:
    """Return how many voices of each product feel how; None: of the shop. One query."""
    return {(product, feeling): n for product, feeling, n in rows(merchant, PRODUCTS, asked)}


def feelings_by_source(merchant: Merchant, asked: Asked) -> dict[tuple[str, str], int]:
    """Return how many voices from each source feel how. One query."""
    return {(source, feeling): n for source, feeling, n in rows(merchant, SOURCES, asked)}


def listed(
    merchant: Merchant,
    asked: Asked,
    *,
    aspect: str = "",
    polarity: int = 0,
    only: str = "",
    limit: int = 20,
    offset: int = 0,
) -> tuple[list[Voice], int]:
    """Return some voices, the newest first, and how many there are. One query.

    ``only``: a feeling, or ``doubtful``.
    """
    found = rows(
        merchant, LISTED, asked, aspect=aspect, polarity=polarity, only=only,
        limit=limit, offset=offset,
    )  # fmt: skip
    voices = [Voice(*(*row[:7], json.loads(row[7]))) for row in found]
    return voices, (found[0][8] if found else 0)


def rows(merchant: Merchant, statement: str, asked: Asked, **more: Any) -> Sequence[Any]:
    """Return what one of the statements here finds."""
    zone = timezone.get_default_timezone()
    day = datetime.timedelta(days=1)
    values: dict[str, Any] = {
        "merchant": merchant.pk,
        "since": datetime.datetime.combine(asked.since, datetime.time(), zone),
        "until": datetime.datetime.combine(asked.until + day, datetime.time(), zone),
        "product": asked.product,
        "source": asked.source,
        "doubtful": asked.doubtful,
        "zone": str(zone),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values | more)
        return list(cursor.fetchall())
