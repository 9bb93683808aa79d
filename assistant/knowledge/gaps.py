"""Questions that nobody's knowledge answered: noted without who asked, counted, closed by people.

For the assistant, which notes them, and the portal's report. Numbers, addresses and links are
struck out before a word is kept.
"""

from __future__ import annotations

import re

from django.db.models import F
from django.utils import timezone

from assistant.knowledge.articles import cleaned
from assistant.knowledge.units import units_of
from assistant.models import Article, Gap
from catalog.lexicon.folding import fold
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

MOST_GAPS = 2_000
_LINK = re.compile(r"(?i)\b(?:https?://|www\.)\S+")
_MAIL = re.compile(r"\S+@\S+")
_NUMBER = re.compile(r"(?<!\d)\+?\d(?:[\s().-]?\d){5,}|\b(?=\w*\d)[A-Za-z0-9-]{8,}\b")


def struck(text: str) -> str:
    """Return a question without what could say who asked: links, addresses, long numbers."""
    for pattern in (_LINK, _MAIL, _NUMBER):
        text = pattern.sub("…", text)
    return " ".join(cleaned(text).split())[:300]


def gap_key(question: str) -> str:
    """Return what two ways to ask the same have in common: what is asked for, in any order."""
    return " ".join(sorted(unit.name for unit in units_of(question)))[:200] or fold(question)[:200]


def note_gap(question: str, *, merchant: Merchant | int, language: str) -> None:
    """Note that a question had no answer; the same again is counted. One statement, two at first.

    A gap that was closed opens again: what was written has not helped.
    """
    kept = struck(question)
    if not kept:
        return
    shop = merchant if isinstance(merchant, int) else merchant.pk
    spoken = "zh-hans" if language.startswith("zh") else "en"
    with as_merchant(shop):
        mine = Gap.objects.filter(merchant_id=shop)
        key, now = gap_key(kept), timezone.now()
        again = mine.filter(language=spoken, key=key)
        if again.update(times=F("times") + 1, last_at=now, closed_at=None):
            return
        if mine.count() >= MOST_GAPS:
            oldest = mine.order_by("times", "last_at").values("pk")[:100]
            mine.filter(pk__in=oldest).delete()
        Gap.objects.bulk_create(
            [Gap(merchant_id=shop, language=spoken, key=key, question=kept)], ignore_conflicts=True
        )


def close_gap(gap: Gap, *, article: Article | None = None) -> None:
    """Say that a gap needs nothing more, by an article that answers it or because it never will."""
    with as_merchant(gap.merchant_id):
        Gap.objects.filter(pk=gap.pk).update(closed_at=timezone.now(), article=article)
