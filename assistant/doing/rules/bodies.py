"""What a question says of a body: its measures, with units or without.

For sizing. "178/75", 身高178, "5'10 and 170 lbs", 脚长24.5厘米.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.doing.rules.measures import Heard, heard
from catalog.text import fold

# What is measured, by the words beside the number; the first that stands nearest decides.
PARTS: tuple[tuple[str, str], ...] = (
    ("foot", r"脚长|脚(?!踝)|foot(?: length)?|feet(?= (?:are|is|measure))"),
    ("head", r"头围|head"),
    ("wrist", r"手腕|腕围|wrist"),
    ("hand", r"手长|手掌|hand"),
    ("neck", r"脖围|颈围|neck"),
    ("back", r"背长|back length|back"),
    ("chest", r"胸围|chest|bust"),
    ("waist", r"腰围|腰|waist"),
    ("hip", r"臀围|hips?"),
    ("height", r"身高|高|tall|height"),
    ("weight", r"体重|重|weigh(?:t|s|ing)?"),
)
NEAR = 14
_BARE = re.compile(
    r"(?P<part>身高|体重|腰围|胸围|臀围|头围|脚长|腕围|手长|height|weight|waist|chest"
    r"|bust|hips?|foot)"
    r" ?(?:is|是|about|大概|约|:|：)? ?(?P<number>\d{2,3}(?:\.\d)?)"
    r"(?![\d.]| ?(?:cm|mm|kg|公斤|斤|厘米|"
    r"公分|磅|lb|in|英寸|码|号|元|块|寸|m\b|米|g\b))"
)
_PAIR = re.compile(r"(?<!\d)(1[4-9]\d)(?:cm)? ?[/,，、 ] ?(\d{2,3})(?:kg|公斤|斤)?(?!\d)")


def body_of(question: str) -> dict[str, Heard]:
    """Return the measures of a body that a question states: millimetres and grams by part."""
    text, found = fold(question), {}
    for one in heard(question):
        part = _part_of(text, one)
        if part and part not in found:
            found[part] = one
    for match in _BARE.finditer(text):
        part = _name_of(match["part"])
        found.setdefault(part, _plain(part, match["number"], match))
    pair = _PAIR.search(text)
    if pair and "height" not in found and "weight" not in found:
        found["height"] = _plain("height", pair[1], pair)
        found["weight"] = _plain(
            "weight", pair[2], pair, half="斤" in pair[0] and "公斤" not in pair[0]
        )
    return found


def _name_of(word: str) -> str:
    return next(part for part, words in PARTS if re.search(words, word))


def _plain(part: str, number: str, match: re.Match[str], *, half: bool = False) -> Heard:
    """Read a number without a unit: centimetres, or kilograms of a weight."""
    mass = part == "weight"
    value = Decimal(number) * (500 if half else 1000 if mass else 10)
    return Heard("mass" if mass else "length", value, value, match[0].strip(), *match.span())


def _part_of(text: str, one: Heard) -> str:
    if one.dimension not in ("length", "mass"):
        return ""
    if one.dimension == "mass":
        return "weight"
    before, after = text[max(0, one.start - NEAR) : one.start], text[one.end : one.end + NEAR]
    before = re.split(r"[,，。;；、]|\band\b", before)[-1]
    after = re.split(r"[,，。;；、]|\band\b", after)[0]
    near: list[tuple[int, str]] = []
    for part, words in PARTS:
        if part == "weight":
            continue
        for match in re.finditer(words, before):
            near.append((len(before) - match.end(), part))
        if behind := re.search(words, after):
            near.append((behind.start() + 1, part))
    if near:
        return min(near)[1]
    return "height" if Decimal(800) <= one.low <= Decimal(2200) else ""
