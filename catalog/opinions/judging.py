"""Give written reviews their opinion rows: the feeling, and what is said of what.

For the inference worker. What needs judging is a queryset: reviews whose words' hash this judge
has not seen. A judgement of words that have changed meanwhile is not stored; doing it twice
changes nothing. It never touches a review.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from catalog.models import Review
from catalog.opinions.judges import Judge, Judgement
from catalog.text.aspects import aspects
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

WINDOW = 128

FRESH = """
WITH judged AS (
    SELECT j.* FROM jsonb_to_recordset(%(rows)s::jsonb) AS j(
        review bigint, hash text, feeling text, score double precision, mentions jsonb)
    -- The review may have gone, or changed its words, while the model read.
    JOIN catalog_review r ON r.id = j.review AND md5(r.title || E'\\n' || r.body) = j.hash
    WHERE r.merchant_id = %(merchant)s
)
"""
STORE_OPINIONS = (
    FRESH
    + """
INSERT INTO catalog_reviewopinion
    (review_id, merchant_id, product_id, model, text_hash, feeling, score)
SELECT j.review, r.merchant_id, r.product_id, %(model)s, j.hash, j.feeling, j.score
FROM judged j JOIN catalog_review r ON r.id = j.review
ON CONFLICT (review_id) DO UPDATE SET model = excluded.model, text_hash = excluded.text_hash,
    feeling = excluded.feeling, score = excluded.score
"""
)
FORGET_MENTIONS = (
    FRESH
    + """
DELETE FROM catalog_aspectmention a USING judged j WHERE a.review_id = j.review
"""
)
STORE_MENTIONS = (
    FRESH
    + """
INSERT INTO catalog_aspectmention
    (review_id, merchant_id, product_id, aspect, polarity, start, "end")
SELECT j.review, r.merchant_id, r.product_id, m.aspect, m.polarity, m.start, m."end"
FROM judged j JOIN catalog_review r ON r.id = j.review
CROSS JOIN LATERAL jsonb_to_recordset(j.mentions)
    AS m(aspect text, polarity smallint, start int, "end" int)
ON CONFLICT (review_id, aspect, polarity) DO NOTHING
"""
)


def judge_reviews(
    merchant: Merchant,
    *,
    judge: Judge,
    limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Judge the shop's reviews that need it, at most ``limit``; return how many were judged."""
    done = 0
    while limit is None or done < limit:
        size = WINDOW if limit is None else min(WINDOW, limit - done)
        with as_merchant(merchant):
            reviews = list(Review.objects.filter(merchant=merchant).unjudged(judge.id)[:size])
        if not reviews:
            break
        judgements = judge.judge([review.text for review in reviews])
        with as_merchant(merchant):
            store(reviews, judgements, judge.id)
        done += len(reviews)
        if progress:
            progress(done)
    return done


def store(reviews: Sequence[Review], judgements: Sequence[Judgement], model: str) -> None:
    """Write what was judged: (n,), (n,). Three statements."""
    rows = [row(*pair) for pair in zip(reviews, judgements, strict=True)]
    values: dict[str, str | int] = {
        "rows": json.dumps(rows),
        "model": model,
        "merchant": reviews[0].merchant_id,
    }
    with connection.cursor() as cursor:
        for statement in (STORE_OPINIONS, FORGET_MENTIONS, STORE_MENTIONS):
            cursor.execute(statement, values)


def row(review: Review, judgement: Judgement) -> dict[str, Any]:
    """Return one review's judgement as the statements read it."""
    text = review.text
    digest = hashlib.md5(text.encode("utf-8", "surrogatepass"), usedforsecurity=False)
    return {
        "review": review.pk,
        "hash": digest.hexdigest(),
        "feeling": judgement.feeling,
        "score": judgement.score,
        "mentions": [
            {"aspect": one.aspect, "polarity": one.polarity, "start": one.start, "end": one.end}
            for one in aspects(text)
        ],
    }
