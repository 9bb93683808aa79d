"""A text with its marks, and two texts with what differs: plain pieces that a page sets.

It decides nothing: claims and warnings come with the draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from marketing.copy.examining import NO_FACT
from marketing.copy.saying import doubt_said, fact_said, rule_said

# A Chinese character, a word with its marks, a space, or one other sign.
TOKEN = re.compile(
    r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+(?:['’.,-][^\W\u3400-\u9fff]+)*|\s+|.", re.S
)
BLANK = re.compile(r"\n\s*\n")
LONGEST = 6_000
SEVERITY = {"blocked": 0, "unfounded": 1, "doubted": 2, "warned": 3, "fact": 4}


@dataclass(frozen=True)
class Piece:
    """Some words of a text: plain if ``kind`` is empty; ``note`` says what is behind a mark."""

    text: str
    kind: str = ""
    note: str = ""


def notes_of(draft: Any) -> list[dict[str, Any]]:
    """Return every claim and warning of a draft as a mark: part, start, end, kind, note."""
    marks = [
        dict(one) | {
            "mark": "fact" if one.get("verdict") == "supported" else "unfounded",
            "note": fact_said(one) or NO_FACT,
        }
        for one in draft.claims
    ]  # fmt: skip
    return marks + [
        dict(one) | {
            "mark": "blocked" if one.get("blocks", True) else "warned",
            "note": rule_said(one)[0],
        }
        for one in draft.warnings
    ] + [
        dict(one) | {"mark": "doubted", "note": doubt_said(one)[0]} for one in draft.doubted
    ]  # fmt: skip


def marked(name: str, text: str, notes: Iterable[Mapping[str, Any]]) -> list[Piece]:
    """Return a part in pieces, each mark once; where marks overlap the gravest stands."""
    placed = sorted(
        (SEVERITY[one["mark"]], *found, one)
        for one in notes
        if one.get("part", name) == name and (found := span(one, text))
    ) if text else []  # fmt: skip
    taken: list[tuple[int, int, Mapping[str, Any]]] = []
    for _grave, start, end, one in sorted(placed, key=lambda row: row[:3]):
        if all(end <= other[0] or start >= other[1] for other in taken):
            taken.append((start, end, one))
    pieces, at = [], 0
    for start, end, one in sorted(taken, key=lambda row: row[:2]):
        pieces += [Piece(text[at:start])] if start > at else []
        pieces.append(Piece(text[start:end], str(one["mark"]), str(one["note"])))
        at = end
    return pieces + ([Piece(text[at:])] if at < len(text) else [])


def dense(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces without the empty lines between paragraphs, as a list of texts shows them."""
    return [replace(one, text=BLANK.sub("\n", one.text)) for one in pieces]


def span(one: Mapping[str, Any], text: str) -> tuple[int, int] | None:
    """Return where a note's words stand in a part, None if they do not."""
    words, start = str(one.get("text", "")), one.get("start")
    if not words:
        return None
    if isinstance(start, int) and text[start : start + len(words)] == words:
        return start, start + len(words)
    found = text.find(words)
    return (found, found + len(words)) if found >= 0 else None


def difference(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces, with what is gone marked in one and what is new in the other."""
    old, new = TOKEN.findall(before[:LONGEST]), TOKEN.findall(after[:LONGEST])
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = kind == "equal"
        put(left, "".join(old[a:b]), "" if same else "gone")
        put(right, "".join(new[c:d]), "" if same else "new")
    return left, right


def put(pieces: list[Piece], text: str, kind: str) -> None:
    """Add words to a side, if there are any."""
    if text:
        pieces.append(Piece(text, kind))


def both(
    live: Mapping[str, str], parts: Mapping[str, str], labels: Sequence[tuple[str, Any]]
) -> list[dict[str, Any]]:
    """Return each part of a channel as it stands now and as the draft has it."""
    rows = []
    for name, label in labels:
        left, right = difference(live.get(name, ""), parts.get(name, ""))
        rows.append({"name": name, "label": label, "left": left, "right": right})
    return rows
