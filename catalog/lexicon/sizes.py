"""Read numbered sizes and lists of letter sizes: EU 42, US 9.5, 42码, size 8, 110cm, S/M/L.

For the lexicon's matcher. It never converts one size system into another.
"""

import re
from collections.abc import Iterator

_NUMBER = r"\d{1,3}(?:\.5)?"
_LETTER = r"(?:[2-6]xl|x{1,4}l|x{0,2}s|[sml])"
_SYSTEM = re.compile(r"(?<![a-z0-9])(eu|us|uk)\s?(?:size\s?)?(\d{1,2}(?:\.5)?)(?![\d.]*[a-z0-9])")
_AFTER = re.compile(r"(?<![a-z0-9.\-])(\d{1,2}(?:\.5)?)\s?(eu|us|uk)(?![a-z0-9])")
_CODE = re.compile(rf"(?<![\d.])({_NUMBER})\s?(?:码|碼)")
_SIZE = re.compile(rf"(?<![a-z])size[:\s]\s?({_NUMBER})(?![\d.]*[a-z0-9%])")
_HEIGHT = re.compile(
    r"(?:身高|适合|建议身高|建议)\s?(\d{2,3})(?:-\d{2,3})?\s?(?:cm|厘米)"
    r"|(?<![\d.])(7\d|[89]0|1[0-7]0)\s?cm\s?(?:身高|宝宝|儿童)"
)
_MONTHS = re.compile(r"(?<![\d.])(\d{1,2})\s?(?:-\s?(\d{1,2})\s?)?(个月|months?|m(?=\s))(?![a-z])")
_YEARS = re.compile(r"(?<![\d.])(\d{1,2})\s?-\s?(\d{1,2})\s?(岁|years?|yrs?)(?![a-z])")
_NAMED = re.compile(rf"(?:(?<![a-z])(?:sizes?|sz)[:.\s]\s?|尺码[:\s]?\s?)({_LETTER})(?![a-z0-9])")
_LIST = re.compile(rf"(?<![a-z0-9]){_LETTER}(?:\s?[/,、|]\s?{_LETTER})+(?![a-z0-9])")
_ONE = re.compile(_LETTER)
_FEET = range(33, 52)
_ALIASES = {"xxxxl": "4xl", "xxxl": "xxxl", "2xl": "xxl", "3xl": "xxxl"}


def letter(surface: str) -> str:
    """Give the code of a folded letter size."""
    return _ALIASES.get(surface, surface)


def _chinese_code(number: str) -> str:
    whole = float(number)
    if whole in _FEET or int(whole) in _FEET:
        return f"eu-{number}"
    return f"height-{number}" if whole >= 59 else f"size-{number}"


def _letters(folded: str) -> Iterator[tuple[int, int, str]]:
    for found in _NAMED.finditer(folded):
        yield found.start(1), found.end(1), letter(found[1])
    for listed in _LIST.finditer(folded):
        for found in _ONE.finditer(folded, listed.start(), listed.end()):
            yield found.start(), found.end(), letter(found[0])


def size_spans(folded: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and code of each numbered or listed size in folded text."""
    if not any(c.isdigit() for c in folded) and not _LIST.search(folded):
        yield from _letters(folded)
        return
    for found in _SYSTEM.finditer(folded):
        yield found.start(), found.end(), f"{found[1]}-{found[2]}"
    for found in _AFTER.finditer(folded):
        yield found.start(), found.end(), f"{found[2]}-{found[1]}"
    for found in _CODE.finditer(folded):
        yield found.start(), found.end(), _chinese_code(found[1])
    for found in _SIZE.finditer(folded):
        yield found.start(), found.end(), f"size-{found[1]}"
    for found in _HEIGHT.finditer(folded):
        yield found.start(), found.end(), f"height-{found[1] or found[2]}"
    yield from _letters(folded)
