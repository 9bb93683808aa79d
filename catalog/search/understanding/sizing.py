"""Read sizes: 42码, EU 42, size 10, US 9, M, 170/92A, 32x34, A4, 36D.

For `understand`. Codes are those of the lexicon (eu-42, us-9, size-10, height-110, m, xl) where it
has one. Never converts one size system into another.
"""

import re
from collections.abc import Iterator

from catalog.lexicon.sizes import letter, size_spans

Found = tuple[int, int, str]

_LETTERS = r"[2-6]xl|x{1,4}l|x{0,2}s|[sml]"
_MARKED = re.compile(
    rf"(?<![a-z0-9'])({_LETTERS}) ?(?:码|号)|(?:(?:码|号|尺寸) ?:? ?|(?<![a-z])(?:size|in"
    rf"|an?)(?: ?: ?| ))({_LETTERS})(?![a-z0-9'])"
)
_PLAIN = re.compile(rf"(?<![a-z0-9'./&-])({_LETTERS})(?![a-z0-9'.&-])")
_LAST = re.compile(r"(?<![0-9])(?<! a)(?<! of)(?<!the) ([sml])$")
_CHINESE_SYSTEM = re.compile(
    r"(?:欧码|欧|eu) ?(\d{2}(?:\.5)?)|美码 ?(\d{1,2}(?:\.5)?)|英码 ?(\d{1,2}(?:\.5)?)"
)
_SUIT = re.compile(r"(?<![0-9])(1[4-9]\d ?/ ?\d{2,3} ?[abcy]?)(?![a-z0-9])")
_WAIST = re.compile(
    r"(?<![a-z0-9.])(\d{2} ?[x×*] ?\d{2})(?![a-z0-9.])"
    r"|(?<![a-z0-9])w ?(\d{2}) ?/? ?l ?(\d{2})(?![0-9])"
)
_WAIST_WORD = re.compile(
    r"(?<![a-z0-9.])(\d{2})(?: ?inch)?[ -]waist|waist ?(?:size )?(\d{2})(?![0-9])"
    r"|腰围 ?(\d{2})(?![0-9])"
)
_CUP = re.compile(r"(?<![a-z0-9])((?:3[0-9]|4[0-6]|[678][05]) ?[a-h])(?![a-z0-9])")
_TODDLER = re.compile(r"(?<![a-z0-9])([2-6]t)(?![a-z0-9])")
_PAPER = re.compile(r"(?<![a-z0-9])([ab][3-6])(?![a-z0-9])")
_SHOE = re.compile(
    r"(?:鞋码|尺码|码数|穿|脚长?) ?(\d{2}(?:\.5)?)(?!\d|\.\d|[a-z元块以]| ?(?:元|块|以|左右|cm"
    r"|厘米|岁|多))"
)
_NUMBER_SIGN = re.compile(r"(?<![0-9.a-z])(\d{2,3}(?:\.5)?) ?号(?!电池|楼|店|线)")
_SYSTEM_AND = re.compile(
    r"(?<![a-z0-9])(eu|us|uk) ?(\d{1,2}(?:\.5)?) ?(?:or|/|and|-|to) ?(\d{1,2}(?:\.5)?)(?![0-9a-z])"
)
_HALF = re.compile(r"(?<![0-9.])(3[3-9]|4[0-9])码半")
_AND = re.compile(
    r"(?<![a-z0-9])size (\d{1,2}(?:\.5)?) ?(?:or|/|and|-|to) ?(\d{1,2}(?:\.5)?)(?![0-9a-z])"
)


def read_sizes(text: str, query_upper: frozenset[int]) -> list[Found]:
    """Read every size of folded ``text``; ``query_upper`` are the places typed in capitals.

    A lone s, m or l counts only in capitals or beside 码, "size" and the like.
    """
    found: list[Found] = []
    taken: set[int] = set()
    for start, end, code in _candidates(text, query_upper):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            found.append((start, end, code))
    return sorted(found)


def _candidates(text: str, upper: frozenset[int]) -> Iterator[Found]:
    for match in _SUIT.finditer(text):
        yield (*match.span(1), match[1].replace(" ", ""))
    for match in _WAIST.finditer(text):
        pair = match[1] or f"{match[2]}x{match[3]}"
        yield (*match.span(), re.sub(r"[ ×*x]+", "x", pair))
    for match in _AND.finditer(text):
        yield (match.start(), match.end(1), f"size-{match[1]}")
        yield (*match.span(2), f"size-{match[2]}")
    for match in _SYSTEM_AND.finditer(text):
        yield (match.start(), match.end(2), f"{match[1]}-{match[2]}")
        yield (*match.span(3), f"{match[1]}-{match[3]}")
    for match in _HALF.finditer(text):
        yield (*match.span(), f"eu-{match[1]}.5")
    for match in _CHINESE_SYSTEM.finditer(text):
        system = "eu" if match[1] else "us" if match[2] else "uk"
        number = match[1] or match[2] or match[3]
        tail = 1 if text[match.end() : match.end() + 1] == "码" else 0
        yield match.start(), match.end() + tail, f"{system}-{number}"
    yield from size_spans(text)
    for match in _WAIST_WORD.finditer(text):
        yield (*match.span(), f"size-{match[1] or match[2] or match[3]}")
    yield from _numbers(text)
    yield from _letters(text, upper)


def _numbers(text: str) -> Iterator[Found]:
    for match in _NUMBER_SIGN.finditer(text):
        number = match[1]
        whole = float(number)
        prefix = "eu" if 33 <= whole < 52 else "height" if whole >= 59 else "size"
        yield (*match.span(), f"{prefix}-{number}")
    for match in _SHOE.finditer(text):
        prefix = "eu" if 33 <= float(match[1]) < 52 else "size"
        yield (*match.span(1), f"{prefix}-{match[1]}")
    for match in _CUP.finditer(text):
        yield (*match.span(), match[1].replace(" ", ""))
    for match in _TODDLER.finditer(text):
        yield (*match.span(), match[1])
    for match in _PAPER.finditer(text):
        yield (*match.span(), match[1])


def _letters(text: str, upper: frozenset[int]) -> Iterator[Found]:
    for match in _MARKED.finditer(text):
        group = 1 if match[1] else 2
        marked = match[0][: match.start(group) - match.start()].strip()
        if group == 2 and marked in ("in", "a", "an") and match.start(2) not in upper:
            continue
        start, end = match.span() if group == 1 else match.span(2)
        yield start, end, letter(match[group])
    for match in _LAST.finditer(text):
        yield (*match.span(1), match[1])
    for match in _PLAIN.finditer(text):
        single = len(match[1]) == 1
        if not single or match.start() in upper:
            yield (*match.span(1), letter(match[1]))


_BARE = re.compile(r"(?:(?<=[\u3400-\u9fff，、 ,])|^)(3[4-9]|4[0-7])(\.5)?(?=[ ,，、。]|$)")
_BARE_HEIGHT = re.compile(r"(?:(?<=[\u3400-\u9fff，、 ,])|^)([89]0|1[0-7]0)(?=[ ,，、。]|$)")
_LATIN_WORD_BEFORE = re.compile(r"[a-z][a-z0-9]* $")


def read_bare_size(text: str, taken: bytearray, *, shoes: bool, children: bool) -> Found | None:
    """Read the lone 42 of 跑步鞋 男 42 as a shoe size, 130 of children's clothes as a height."""
    for wanted, pattern, system in ((shoes, _BARE, "eu"), (children, _BARE_HEIGHT, "height")):
        for match in pattern.finditer(text) if wanted else ():
            model = _LATIN_WORD_BEFORE.search(text, max(0, match.start() - 16), match.start())
            if not model and not any(taken[match.start() : match.end()]):
                return (*match.span(), f"{system}-{match[0]}")
    return None
