"""Pages that speak of a wish in words of their own: 怕吵 beside "75 dB, lower than older models".

For owning up. Where words of a wish stand in no text, the sentence is looked for that bears on it;
it is quoted, and whoever reads it judges. Nothing is concluded, so wishes that deny are met alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.doing.evidence import Page, evidence_for, pages_of
from assistant.reasons import Pick
from assistant.turns import Reply, Turn
from catalog.models import ProductText

# What points at a thing that was talked of.
POINTS = re.compile(r"[这那]个|[这那]款|它|\b(?:it|its|them|they|this|that|these|those)\b")
MOST = 2  # sentences for one wish
MOST_MEANT = 3  # things whose pages are read for a question that nothing else understood
Row = dict[str, str]


def vouched(turn: Turn, picks: Sequence[Pick], wishes: Sequence[str]) -> dict[str, list[Row]]:
    """Return by wish which of what is offered says something that answers it. Two queries.

    Wishes of which no page speaks are left out.
    """
    if not wishes or not picks:
        return {}
    pages = pages_of([one.hit.product for one in picks], turn.language)
    found = {words: _rows(turn, picks, pages, words) for words in wishes}
    return {words: rows for words, rows in found.items() if rows}


def from_pages(turn: Turn) -> Reply | None:
    """Return what a page of the things talked of answers; None where none does.

    For what nothing else understood: "do you sell spare heads for it?", 停电了会怎么样.
    """
    named = any(one.known for one in turn.reading.said.of("category"))
    if named and not POINTS.search(turn.reading.text.casefold()):
        return None  # another thing is looked for
    skus = turn.state.focus or tuple(one.sku for one in turn.state.visible)
    products = turn.products(skus[:MOST_MEANT]) or tuple(filter(None, (turn.asker.product,)))
    vector = turn.asker.vectors.get(turn.reading.text)
    titles = {turn.known[one.sku]: one.title for one in turn.state.visible if one.sku in turn.known}
    for pk, page in pages_of(products, turn.language).items():
        found = evidence_for(turn.reading.text, page, vector)
        if found.answers:
            name = titles.get(pk) or title_of(pk, turn.language)
            plan = turn.plan("says_itself", product=name, text=found.text, named=True)
            return Reply((plan,), turn.state, products=(pk,))
    return None


def points(turn: Turn) -> bool:
    """Tell whether a message points at something that was talked of."""
    return bool(turn.reading.references or POINTS.search(turn.reading.text.casefold()))


def title_of(product: int, locale: str) -> str:
    """Return a product's title in a language. One query."""
    rows = ProductText.objects.filter(product=product, locale=locale, arm="")
    return rows.values_list("title", flat=True).first() or ""


def _rows(turn: Turn, picks: Sequence[Pick], pages: dict[int, Page], words: str) -> list[Row]:
    """Return which of what is offered speaks of one wish, with its sentence."""
    vector = turn.asker.vectors.get(words)
    said = [
        (one, evidence_for(words, pages[one.hit.product], vector))
        for one in picks if one.hit.product in pages
    ]  # fmt: skip
    return [
        {"name": one.seen(turn.language).title, "text": evidence.text}
        for one, evidence in said if evidence.answers
    ][:MOST]  # fmt: skip
