"""The words behind voices and alerts, read from their rows at the moment of showing.

For pages and commands. Words that are gone are not quoted; the passage that says so is marked.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.models import Review
from marketing.listening.voices import Voice
from marketing.models import Mention, OpinionAlert

AROUND = 60  # characters shown on either side of a passage


@dataclass(frozen=True)
class Quote:
    """What one voice says. ``before``, ``quote`` and ``after`` are its words around a passage."""

    key: str
    source: str
    site: str
    at: datetime.datetime
    language: str
    stars: int | None
    before: str
    quote: str
    after: str

    @property
    def kind(self) -> str:
        """Return review or mention."""
        return self.key.partition(":")[0]

    @property
    def pk(self) -> int:
        """Return the row's number."""
        return int(self.key.partition(":")[2])


def quotes_of(alert: OpinionAlert, *, most: int = 20) -> list[Quote]:
    """Return what was said of an alert's aspect, those that count first. Three queries at most."""
    rows = rows_of(alert.voices[: most * 2])
    found = []
    for key in alert.voices:
        row = rows.get(key)
        said = passage(row, alert.aspect, -1) if row is not None else None
        if row is not None and said:
            found.append(quoted(key, row, said))
    return found[:most]


def quoted_voices(voices: Sequence[Voice], aspect: str = "") -> dict[str, Quote]:
    """Return the words of voices by key, the passage about an aspect marked."""
    rows = rows_of([one.key for one in voices])
    found = {}
    for one in voices:
        row = rows.get(one.key)
        if row is not None:
            told = [said for said in one.aspects if said["aspect"] == aspect]
            found[one.key] = quoted(one.key, row, told[0] if told else None)
    return found


def rows_of(keys: Sequence[str]) -> dict[str, Review | Mention]:
    """Return reviews and mentions by key; those that are gone are left out. Three queries."""
    parted = [key.partition(":") for key in keys]
    reviews = [int(pk) for kind, _sign, pk in parted if kind == "review"]
    mentions = [int(pk) for kind, _sign, pk in parted if kind == "mention"]
    found: dict[str, Review | Mention] = {}
    for one in Review.objects.filter(pk__in=reviews).prefetch_related("aspects"):
        found[f"review:{one.pk}"] = one
    for mention in Mention.objects.filter(pk__in=mentions):
        found[f"mention:{mention.pk}"] = mention
    return found


def passage(row: Review | Mention, aspect: str, polarity: int) -> Mapping[str, Any] | None:
    """Return where a row says this of an aspect; None if it says so no more."""
    if isinstance(row, Mention):
        told = [
            one for one in row.aspects if (one["aspect"], one["polarity"]) == (aspect, polarity)
        ]
        return told[0] if told else None
    for one in row.aspects.all():
        if (one.aspect, one.polarity) == (aspect, polarity):
            return {"start": one.start, "end": one.end}
    return None


def quoted(key: str, row: Review | Mention, said: Mapping[str, Any] | None) -> Quote:
    """Return the words around a passage, or the beginning where none is meant."""
    text = row.text
    start, end = (said["start"], said["end"]) if said else (0, 0)
    first, last = max(0, start - AROUND), min(len(text), (end or 200) + AROUND)
    where = (row.source, row.site) if isinstance(row, Mention) else ("review", "")
    return Quote(
        key,
        *where,
        row.said_at if isinstance(row, Mention) else row.written_at,
        row.language,
        row.stars,
        ("…" if first else "") + text[first:start].lstrip("\n"),
        text[start:end],
        text[end:last] + ("…" if last < len(text) else ""),
    )
