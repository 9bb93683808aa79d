"""What buyers have written of something that the shop does not state: their own words, counted.

For serving, where neither data nor pages answer: "will the enamel chip?"
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.doing.outcome import Asker, Outcome
from assistant.doing.stating import about
from assistant.doing.telling import live_one
from catalog.models import Review
from catalog.text import fold, query_terms

MOST_READ, MOST_QUOTES, LONGEST = 400, 2, 140
FEWEST_LETTERS = 4
_HAN = re.compile("[\u3400-\u9fff]")
# Words of questions that reviews hold anyway.
_PLAIN = frozenset(
    [
        "will",
        "would",
        "does",
        "could",
        "should",
        "have",
        "been",
        "very",
        "much",
        "many",
        "good",
        "well",
        "nice",
        "really",
        "just",
        "like",
        "use",
        "using",
        "used",
        "this",
        "that",
        "they",
        "them",
        "with",
        "from",
        "about",
        "what",
        "when",
        "which",
        "there",
        "their",
        "your",
        "people",
        "wear",
        "need",
        "work",
        "works",
        "long",
        "last",
        "lasts",
        "size",
        "colour",
        "color",
        "make",
        "made",
        "thing",
        "会不",
        "不会",
        "可以",
        "能不",
        "这个",
        "那个",
        "是不",
        "怎么",
        "什么",
        "多久",
        "使用",
        "质量",
        "东西",
        "一个",
        "有没",
        "没有",
        "喜欢",
        "不错",
        "好用",
        "很好",
        "收到",
        "买的",
        "商品",
    ]
)


def mentioned(asker: Asker, product: int, question: str) -> Outcome | None:
    """Return reviews that mention what is asked about; None where none does. Two queries."""
    thing = live_one(product)
    words = telling_words(question, thing.product.title if thing else "")
    if thing is None or not words:
        return None
    return quoted(product, words)


def quoted(product: int, words: Sequence[str]) -> Outcome | None:
    """Return reviews that hold one of some words; None where none does. Two queries."""
    thing = live_one(product)
    if thing is None:
        return None
    rows = Review.objects.filter(product=thing.product).written().order_by("-pk")
    said = [
        (row.body if any(word in fold(row.body) for word in words) else row.title, row.author)
        for row in rows[:MOST_READ]
        if any(word in fold(f"{row.title} {row.body}") for word in words)
    ]
    if not said:
        return None
    quotes = [{"text": sentence_with(text, words), "author": author} for text, author in said]
    facts = {"count": len(said), "quotes": quotes[:MOST_QUOTES]}
    return about(thing, "mentioned", facts)


def telling_words(question: str, title: str) -> list[str]:
    """Return the words of a question that tell what it is about, besides the thing's own name."""
    named = fold(title)
    terms = [one for one in query_terms(fold(question)) if one not in _PLAIN and one not in named]
    return [
        one for one in terms if (len(one) > 1 if _HAN.match(one) else len(one) >= FEWEST_LETTERS)
    ]


def sentence_with(text: str, words: Sequence[str]) -> str:
    """Return the sentence of a review that holds one of some words."""
    parts = [one.strip() for one in re.split(r"(?<=[.!?。！？])\s*|\n", text) if one.strip()]
    best = next((one for one in parts if any(word in fold(one) for word in words)), text)
    return best[:LONGEST]
