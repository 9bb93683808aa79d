"""What buyers have written of something that the shop does not state: their own words, counted.

For serving, where neither data nor pages answer: "will the enamel chip?"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.doing.outcome import Asker, Outcome
from assistant.doing.quoting import besides_name
from assistant.doing.telling import about, live_one
from assistant.doing.topics import topics_of
from assistant.doing.witnessing import NOTHING, evidence_of, said_itself
from catalog.assembling import Whole
from catalog.models import Review
from catalog.presenting.naming import reader
from catalog.text import fold, query_terms

# Whether a folded text speaks of something.
Speaks = Callable[[str], bool]

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

    def speaks(text: str) -> bool:
        return any(word in text for word in words)

    return of_reviews(thing, speaks) if thing else None


def of_reviews(thing: Whole, speaks: Speaks) -> Outcome | None:
    """Return sentences of reviews that speak of something, the reader's language first. A query."""
    rows = Review.objects.filter(product=thing.product).written().order_by("-pk")
    said = [row for row in rows[:MOST_READ] if speaks(fold(row.title)) or speaks(fold(row.body))]
    if not said:
        return None
    said = [row for row in said if row.language == reader()] or said
    quotes = [
        {"text": sentence_with(row.body if speaks(fold(row.body)) else row.title, speaks),
         "author": row.author}
        for row in said[:MOST_QUOTES]
    ]  # fmt: skip
    facts = {"count": len(said), "quotes": quotes}
    return about(thing, "mentioned", facts)


def told_elsewhere(
    asker: Asker, thing: Whole, question: str, *, least: float = 0.0
) -> Outcome | None:
    """Return what facts, the title or the text say of a question, else what reviews do.

    ``least``: the chance that is asked for of the text besides.
    """
    from assistant.doing.stating import own_told

    if told := own_told(asker, thing, question):
        return told
    if told := said_itself(asker, thing, question, least=least):
        return told
    heard = heard_of_it(thing, question)
    nearest = evidence_of(asker, thing, question) if heard else NOTHING
    if heard and nearest.bears:
        return replace(heard, facts={**heard.facts, "nearest": nearest.text})
    return heard


def heard_of_it(thing: Whole, question: str) -> Outcome | None:
    """Return what reviews say of a known matter, by its words; None for any other question."""
    ways = [one.says for one in topics_of(besides_name(thing, question)) if one.says]
    return heard_by(thing, ways)


def heard_by(thing: Whole, ways: Sequence[re.Pattern[str]]) -> Outcome | None:
    """Return what reviews say by some ways of saying it; None for no way, or where none does."""

    def speaks(text: str) -> bool:
        return any(way.search(text) for way in ways)

    return of_reviews(thing, speaks) if ways else None


def telling_words(question: str, title: str) -> list[str]:
    """Return the words of a question that tell what it is about, besides the thing's own name."""
    named = fold(title)
    terms = [one for one in query_terms(fold(question)) if one not in _PLAIN and one not in named]
    return [
        one for one in terms if (len(one) > 1 if _HAN.match(one) else len(one) >= FEWEST_LETTERS)
    ]


def sentence_with(text: str, speaks: Speaks) -> str:
    """Return the sentence of a review that speaks of something."""
    parts = [one.strip() for one in re.split(r"(?<=[.!?。！？])\s*|\n", text) if one.strip()]
    best = next((one for one in parts if speaks(fold(one))), text)
    return best[:LONGEST]
