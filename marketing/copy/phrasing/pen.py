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
from marketing.copy.phrasing.forming import gist, low, whole
from marketing.copy.phrasing.material import Material
from marketing.copy.phrasing.reading import Line, headless
from marketing.copy.phrasing.telling import IT, Telling
from shopguide.writing.phrasing import listed

_ORDER: dict[str, Callable[[Line], tuple[bool | int, ...]]] = {
    "benefit": lambda one: (one.kind != "detail", one.figure, one.place),
    "occasion": lambda one: (one.kind != "use", one.figure, one.place),
    "facts": lambda one: (not one.figure, one.place),
    "story": lambda one: (True, one.place),
}
_TURN = {"benefit": 0, "occasion": 1, "facts": 2, "story": 3}
_END = re.compile(r"[。.！!]$")
# Behind it stands another whole clause of an English sentence.
_JOINT = re.compile(r"; |: |, (?:and|but|so) (?=(?:it|they|you|the|a|an|there|we|its|this) )")
# What makes a sentence of an English line; one without is a point, whatever stood before it.
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|can|will|does|do|you|it|they|we|that|which|let|use|wear|choose"
    r"|(?:fit|keep|hold|fold|come|make|give|stay|take|sit|work|adjust|weigh|need|get|suit|open|close"
    r"|charge|connect|feel|dry|wick|stretch|protect|provide|include|feature|add|run|last|go)(?:s|es)?)\b",
    re.IGNORECASE,
)
ROOMY = 100  # signs of a place that takes a whole sentence of any length
LONGEST_FRAGMENT = 48  # signs of a point that is a part of a sentence
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
            if self.mentioned:
                return re.sub(f"{IT}(?:，|是)?", "", text)
            return text.replace(IT, name.this)
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

    def prose(self) -> list[str]:
        """Return the same for text in a row: fragments of the shop's list become one sentence."""
        points = {one.text for one in self.material.lines if one.bullet}
        texts = self.own()
        short = [one for one in texts if len(one) <= LONGEST_FRAGMENT
                 and (one in points or not (self.chinese or _VERB.search(one)))]  # fmt: skip
        if len(short) < 2:
            return texts
        bare = [_END.sub("", one) for one in short[:3]]
        if self.chinese:
            row = f"{'，'.join(bare)}。"
        else:
            row = f"{listed([bare[0], *(low(one) for one in bare[1:])], chinese=False)}."
        rest = [one for one in texts if one not in short[:3]]
        place = 0 if texts[0] in short[:3] else min(1, len(rest))
        return [*rest[:place], row, *rest[place:]]

    def clauses(self) -> list[str]:
        """Return the beginnings of the shop's longer English sentences that are whole alone."""
        if self.chinese:
            return []
        cut = [_JOINT.split(one, maxsplit=1)[0] for one in self.own()]
        return [f"{one}." for one in cut if one not in self.own() and len(one.split()) > 4
                and not re.match(r"(?:If|When|While|As|With|For|Unless)\b", one)]  # fmt: skip

    def turned(self, most: int) -> list[str]:
        """Return the sentences that fit a small place; each angle begins with another of them."""
        short = self.clauses()
        # One point is enough for a small place, and leaves others to the siblings.
        texts = self.prose() if most > ROOMY else self.own()
        cut = [one for one in texts if any(one.startswith(each[:-1]) for each in short)]
        fit = [one for one in (*texts, *short) if len(one) <= most]
        # Where there is room for little, the beginning of a sentence is enough of it.
        fit = [one for one in fit if most > ROOMY or one not in cut]
        fit = sorted(fit, key=lambda one: not self._leads(one))
        if not fit or self._leads(fit[0]):
            return fit
        settled = sorted(fit)  # the same for every angle
        turn = _TURN[self.angle] % len(fit)
        return settled[turn:] + settled[:turn]

    def _leads(self, text: str) -> bool:
        """Tell whether a sentence of the shop is what the angle is about."""
        return any(one.text == text and not _ORDER[self.angle](one)[0]
                   for one in self.material.lines)  # fmt: skip

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
