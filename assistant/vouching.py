"""Pages that speak of a wish in words of their own: 怕吵 beside "75 dB, lower than older models".

For owning up. Where words of a wish stand in no text, the sentence is looked for that bears on it;
it is quoted, and whoever reads it judges. Nothing is concluded, so wishes that deny are met alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.doing.evidence import Page, evidence_for, pages_of
from assistant.reasons import Pick
from assistant.turns import Turn

MOST = 2  # sentences for one wish
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
