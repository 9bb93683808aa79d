"""The pen: sentences about one product for one text, each held against the facts before it stays.

A pen has an angle, which orders what is told, a tone, and a seed, by which wordings are chosen; so
the same brief always reads the same, and its variants do not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from marketing.copy.channels import Part
from marketing.copy.forms import standing
from marketing.copy.phrasing.forming import gist, whole
from marketing.copy.phrasing.material import Material
from marketing.copy.phrasing.reading import Line, headless
from marketing.copy.phrasing.telling import IT, Telling

_ORDER: dict[str, Callable[[Line], tuple[bool | int, ...]]] = {
    "benefit": lambda one: (one.kind != "detail", one.figure, one.place),
    "occasion": lambda one: (one.kind != "use", one.figure, one.place),
    "facts": lambda one: (not one.figure, one.place),
    "story": lambda one: (True, one.place),
}
_TURN = {"benefit": 0, "occasion": 1, "facts": 2, "story": 3}
_END = re.compile(r"[。.！!]$")
SHORT = 4  # signs; what is shorter may stand in another sentence by chance


@dataclass
class Pen(Telling):
    """One text in the making. ``used``: what has been said, so that nothing is said twice.

    ``shown``: a headline above, whose features need no second telling.
    """

    material: Material
    angle: str
    tone: str = "plain"
    seed: str = ""
    liked: Sequence[str] = ()
    avoided: Sequence[str] = ()
    used: set[str] = field(default_factory=set)
    shown: str = ""
    mentioned: bool = False

    def pick(self, what: str, chinese: Sequence[str], english: Sequence[str]) -> str:
        """Return one of the wordings in the language, always the same for seed and place."""
        wordings = chinese if self.chinese else english
        liked = [one for one in wordings if any(standing(self.liked, one))]
        wordings = liked or wordings
        key = f"{self.seed}\x1f{self.angle}\x1f{what}".encode()
        place = int.from_bytes(hashlib.blake2b(key, digest_size=4).digest(), "big")
        return wordings[place % len(wordings)]

    def allowed(self, text: str) -> bool:
        """Tell whether a sentence is true, lawful and in the shop's words."""
        if not text or any(standing(self.avoided, text)):
            return False
        return self.material.holds(text)

    def kept(self, texts: Iterable[str]) -> list[str]:
        """Return the sentences that may stay and were not said yet; they count as said."""
        found = []
        for one in texts:
            words = self.spoken(one)
            if one and not self.said(one) and self.allowed(words):
                self._remember(one)
                found.append(words)
        return found

    def spoken(self, text: str) -> str:
        """Return a sentence with its subject: the name the first time, then a pronoun or none."""
        name = self.material.name
        if IT not in text:
            return name.again(text) if self.mentioned else text
        if self.chinese:
            return (
                text.replace(IT, name.this) if not self.mentioned else re.sub(f"{IT}，?", "", text)
            )
        pronoun = "They" if name.plural else "It"
        first = self.pick("subject", (), (name.the, name.this))
        return text.replace(IT, pronoun if self.mentioned else first)

    def _remember(self, text: str) -> None:
        self.used.add(gist(text))
        self.mentioned = self.mentioned or IT in text or text != self.material.name.again(text)

    def said(self, text: str) -> bool:
        """Tell whether a text, or what holds it or is held by it, was said before."""
        mine = gist(text)
        return mine in self.used or any(
            mine in one or one in mine for one in self.used if min(len(mine), len(one)) > SHORT
        )

    def first(self, part: Part, *candidates: str, least: int = 1) -> str:
        """Return the first candidate that fits its place and may be said."""
        most = part.limit(self.material.locale)
        for one in candidates:
            words = self.spoken(one)
            if least <= part.length(words) <= most and self.allowed(words):
                self._remember(one)
                self.used |= {gist(clause) for clause in re.split(r"[，,：:]", one)}
                return words
        return ""

    def packed(self, part: Part, texts: Iterable[str], *, most: int = 99) -> str:
        """Return as many sentences in a row as fit, in their order; one too long is left out."""
        space, said = ("" if self.chinese else " "), ""
        for one in texts:
            words = self.spoken(one)
            longer = said + space + words if said else words
            fits = most and part.length(longer) <= part.limit(self.material.locale)
            if fits and self.kept([one]):
                said, most = longer, most - 1
        return said

    # --- the shop's own sentences ---------------------------------------------------------------

    def own(self, *kinds: str) -> list[str]:
        """Return the shop's sentences that sell, of these kinds or all, as the angle orders."""
        lines = [
            one for one in self.material.lines if one.sells and (one.kind in kinds or not kinds)
        ]
        first = sorted(lines, key=_ORDER[self.angle])
        ahead = [one for one in first if not _ORDER[self.angle](one)[0]]
        rest = first[len(ahead) :]
        # Where an angle has no sentence of its own, it still begins with another than its siblings.
        turn = _TURN[self.angle] % len(rest) if rest and not ahead else 0
        return [one.text for one in (*ahead, *rest[turn:], *rest[:turn])]

    def points(self) -> list[str]:
        """Return the same as points of a list: no pronoun before, no stop behind."""
        return [_END.sub("", headless(one)) for one in self.own()]

    def heads(self) -> list[str]:
        """Return those of the points that can be headlines: whole, without a figure."""
        listed = {_END.sub("", headless(one.text)) for one in self.material.lines if one.bullet}
        said = [one for one in self.points() if one not in listed and len(one.split()) > 3
                and not re.search(r"\d", one)]  # fmt: skip
        return [one for one in said if not re.match(r"(?:If|For|With|You)\b", one)]

    def notes(self) -> list[str]:
        """Return what is to be known and how it is cared for, in the shop's order."""
        return [one.text for one in self.material.lines if one.kind in ("care", "caveat")]

    def clause(self, most: int) -> str:
        """Return the first clause of a Chinese sentence that stands by itself, to begin with."""
        for one in self.own("detail", "fact"):
            begins = re.split(r"[，；：。]", one)
            if len(begins) > 2 and 6 <= len(begins[0]) <= most and whole(begins[0], self.material):
                return begins[0]
        return ""
