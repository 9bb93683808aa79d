"""Sentences with every fact taken out: ``{price_1}`` in the place of "$14.90".

A model sees slots and never a figure, a name or somebody's words, so it can neither change nor
follow them. What comes back is filled by code, if it holds each slot once and no figure of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shopguide.writing.plan import Plan

SLOT = re.compile(r"\{[a-z_]+_\d+\}")
# Amounts, figures, codes with a figure, quotes and names in brackets that no fact holds whole.
_FIGURE = re.compile(
    r"“[^”]*”|「[^」]*」|[¥$€£]\s?[\d.,]*\d|[A-Za-z]*-?\d+(?:[.,:/-]\d+)*\s?%?|[×]\d+"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_NUMERAL = re.compile(
    r"[零一二两三四五六七八九十百千万半]+\s?(?:元|块|折|件|天|个|年|小时|克|公斤|%|成|倍|星|条|位)"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|half|twice|percent|free)\b"
)
_FOREIGN = re.compile(
    r"https?:|www\.|[<>`|\\{}]|\[[^\]]*\]\(|\b(?:system|assistant|user)\s?:"
    r"|ignore (?:all|previous)",
    re.IGNORECASE,
)
LONGEST = 400


@dataclass(frozen=True)
class Slotted:
    """A sentence without its facts, and the facts by slot."""

    text: str
    values: Mapping[str, str]
    chinese: bool

    @property
    def worth_writing(self) -> bool:
        """Tell whether there is anything but facts and layout in it."""
        return not self.text.startswith("\n") and bool(re.search(r"[^\W\d_]{2}", self._bare))

    @property
    def _bare(self) -> str:
        return SLOT.sub("", self.text)

    def filled(self, written: str) -> str | None:
        """Return another wording with the facts in their places; None where it cannot be shown."""
        text = written.strip()
        if not 0 < len(text) <= min(LONGEST, 3 * len(self.text) + 60):
            return None
        if sorted(SLOT.findall(text)) != sorted(SLOT.findall(self.text)):
            return None
        bare = SLOT.sub("", text)
        if re.search(r"\d", bare) or _FOREIGN.search(bare) or "\n" in text:
            return None
        if _more(_NUMERAL, bare, self._bare) or bool(_HAN.search(bare)) != self.chinese:
            return None
        return SLOT.sub(lambda slot: self.values[slot[0]], text)


def _more(pattern: re.Pattern[str], written: str, meant: str) -> bool:
    """Tell whether a wording says something of a kind that was not to be said."""
    return bool(set(pattern.findall(written.casefold())) - set(pattern.findall(meant.casefold())))


def slotted(sentence: str, plan: Plan) -> Slotted:
    """Take the plan's facts, and every figure and quote, out of one of its sentences."""
    values: dict[str, str] = {}

    def slot(name: str, value: str) -> str:
        key = f"{{{name}_{len(values) + 1}}}"
        values[key] = value
        return key

    text = sentence
    for name, value in sorted(_named(plan.facts), key=lambda one: -len(one[1])):
        parts = re.split(r"(\{[a-z_]+_\d+\})", text)
        for place in range(0, len(parts), 2):
            while value in parts[place]:
                parts[place] = parts[place].replace(value, "\0", 1)
                before, after = parts[place].split("\0", 1)
                parts[place] = before + slot(name, value) + after
                if SLOT.search(parts[place]):
                    break
        text = "".join(parts)
    parts = re.split(r"(\{[a-z_]+_\d+\})", text)
    for place in range(0, len(parts), 2):
        parts[place] = _FIGURE.sub(lambda one: slot("figure", one[0]), parts[place])
    return Slotted("".join(parts), values, plan.chinese)


def _named(value: object, name: str = "fact") -> Iterator[tuple[str, str]]:
    """Yield every text of the facts with a name for its slot."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _named(
                one, re.sub(r"[^a-z]+", "_", str(key).casefold()).strip("_") or "fact"
            )
    elif isinstance(value, str):
        if len(value.strip()) > 1:
            yield name, value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield name, f"{value:,}" if isinstance(value, int) else str(value)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _named(one, name)
