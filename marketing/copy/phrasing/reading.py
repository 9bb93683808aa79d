"""Read a shop's own description: sentences, what each tells, and where it may stand."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache

from marketing.copy.channels import CHINESE
from marketing.copy.forms import sentences
from marketing.copy.phrasing.words import word

HAN = re.compile(r"[\u3400-\u9fff]")
_TAGS = re.compile(r"<(?:/p|/div|/li|br)\s*/?>|</h\d>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,300}>")
_BULLET = re.compile(r"^\s*(?:[•·●▪◦*–—-]|\d{1,2}[.)、])\s*")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_PRONOUN = re.compile(
    r"^(?:It|They|This one|These)\s+(?:(?:is|are|has been|have been)\s+|(?:has|have)\s+(?=an? |the "
    r"|\d))?(?=[A-Za-z\d])"
)


@cache
def sign(name: str, *, chinese: bool) -> re.Pattern[str]:
    """Return what marks a sentence: caveat, care, use, leans, own, figure (words/signs.toml)."""
    return re.compile(word("signs", name, "zh" if chinese else "en"), re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One sentence of the shop: ``kind`` is fact, use, detail, care or caveat.

    ``leans``: it needs the sentence before it. ``own``: the shop speaks of itself in it.
    """

    text: str
    kind: str
    place: int
    leans: bool = False
    own: bool = False
    bullet: bool = False

    @property
    def sells(self) -> bool:
        """Tell whether it may stand in an advert, alone."""
        return self.kind in ("fact", "use", "detail") and not self.leans and not self.own

    @property
    def figure(self) -> bool:
        """Tell whether it states a number."""
        return bool(sign("figure", chinese=bool(HAN.search(self.text))).search(self.text))


def plain(text: str) -> str:
    """Return a description without markup, a line for each paragraph or point."""
    text = _TAG.sub("", _TAGS.sub("\n", text))
    text = html.unescape(text).replace("\r", "\n")
    return "\n".join(_SPACES.sub(" ", one).strip() for one in text.split("\n") if one.strip())


def split(text: str) -> list[str]:
    """Return the sentences of a text without markup."""
    return [one for line in plain(text).split("\n") for one in sentences(_BULLET.sub("", line))]


def lines_of(text: str, locale: str) -> list[Line]:
    """Return the sentences of a description with what each tells."""
    found: list[Line] = []
    for row in plain(text).split("\n"):
        bullet = bool(_BULLET.match(row))
        for one in sentences(_BULLET.sub("", row)):
            said = one.strip()
            if fit(said, locale):
                found.append(_line(said, len(found), locale, bullet=bullet))
    return found


def fit(text: str, locale: str) -> bool:
    """Tell whether a sentence is whole and in the language."""
    chinese = locale == CHINESE
    if bool(HAN.search(text)) != chinese or not 4 <= len(text) <= (120 if chinese else 260):
        return False
    words = len(HAN.findall(text)) if chinese else len(re.findall(r"[A-Za-z]{2,}", text))
    return words >= (4 if chinese else 2) and text.count("“") == text.count("”")


def _line(text: str, place: int, locale: str, *, bullet: bool) -> Line:
    chinese = locale == CHINESE
    if sign("care", chinese=chinese).search(text):
        kind = "care"
    elif sign("caveat", chinese=chinese).search(text):
        kind = "caveat"
    elif sign("use", chinese=chinese).search(text):
        kind = "use"
    else:
        kind = "fact" if sign("figure", chinese=chinese).search(text) else "detail"
    return Line(text, kind, place, bool(sign("leans", chinese=chinese).search(text)),
                bool(sign("own", chinese=chinese).search(text)), bullet)  # fmt: skip


_COMMON = {
    "are": "is", "have": "has", "were": "was", "come": "comes", "feature": "features",
    "keep": "keeps", "give": "gives", "make": "makes", "offer": "offers", "fit": "fits",
    "stretch": "stretches", "include": "includes", "provide": "provides", "look": "looks",
    "feel": "feels", "can": "can", "will": "will",
}  # fmt: skip
_SINGULAR = {one: many for many, one in _COMMON.items()}


def agreed(text: str, *, plural: bool) -> str:
    """Return an English sentence whose pronoun agrees with what the goods are called.

    A shop says "They stretch" of a "gym pant". Verbs behind "and" follow; of a verb that is not
    known nothing is left, for a wrong form is worse than a sentence less.
    """
    found = re.match(
        r"(They|It) (\w+)(?:( and )(\w+)(?= (?:in|at|on|you|your|the|with|a|for)\b))?", text
    )
    if not found or (found[1] == "They") == plural:
        return text
    known = _SINGULAR if plural else _COMMON
    verbs = [known.get(one.casefold(), "") for one in (found[2], found[4]) if one]
    if found[4] and not verbs[1] and not plural:
        verbs[1] = f"{found[4]}s"
    if not all(verbs):
        return ""
    row = (found[3] or "").join(verbs)
    return f"{'They' if plural else 'It'} {row}{text[found.end() :]}"


def finished(line: Line, *, plural: bool) -> str:
    """Return an English sentence whose pronoun agrees, with a stop; a point of a list has none."""
    text = agreed(line.text, plural=plural)
    return text if not text or line.bullet or re.search(r"[.!?:;…”\"]$", text) else f"{text}."


def headless(text: str) -> str:
    """Return an English sentence as a point: without its pronoun, with a capital."""
    bare = _PRONOUN.sub("", text)
    return bare[:1].upper() + bare[1:] if bare != text else text


def quotable(text: str, locale: str) -> bool:
    """Tell whether a buyer's sentence can be quoted: whole, short, content, of the goods."""
    chinese = locale == CHINESE
    length = len(text)
    if not fit(text, locale) or not (6 if chinese else 20) <= length <= (40 if chinese else 110):
        return False
    if sign("caveat", chinese=chinese).search(text) or sign("grudge", chinese=chinese).search(text):
        return False
    return not re.search(r"[?？“”\"\d¥$]", text)
