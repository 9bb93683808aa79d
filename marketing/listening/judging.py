"""Tell of each mention how it feels and what it says of what, as reviews are judged.

For the inference worker. What needs judging is a queryset; a judgement of words that have changed
meanwhile is not stored, and doing it twice changes nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict

from catalog.opinions.judges import Judge
from catalog.text.aspects import aspects
from marketing.models import Mention
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

WINDOW = 128


def judge_mentions(merchant: Merchant, *, judge: Judge, limit: int | None = None) -> int:
    """Judge a shop's mentions that need it, at most ``limit``; return how many."""
    done = 0
    while limit is None or done < limit:
        size = WINDOW if limit is None else min(WINDOW, limit - done)
        with as_merchant(merchant):
            rows = Mention.objects.filter(merchant=merchant).unjudged(judge.id)
            waiting = list(rows.order_by("pk")[:size])
        if not waiting:
            break
        # A mention has no title: its first line is none.
        judgements = judge.judge([f"\n{one.text}" for one in waiting])
        for mention, judgement in zip(waiting, judgements, strict=True):
            mention.feeling, mention.score = judgement.feeling, judgement.score
            mention.model, mention.text_hash = judge.id, hash_of(mention.text)
            mention.aspects = [asdict(one) for one in aspects(mention.text)]
        with as_merchant(merchant):
            fields = ["feeling", "score", "model", "text_hash", "aspects"]
            Mention.objects.bulk_update(waiting, fields)
        done += len(waiting)
    return done


def hash_of(text: str) -> str:
    """Return the hash that the database makes of a text."""
    return hashlib.md5(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
