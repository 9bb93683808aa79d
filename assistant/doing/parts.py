"""Which of its own facts a question asks of a thing, by what its shop calls them.

For the tools. Shops state hundreds of facts under names of their own ("display diagonal",
表带材质); a question names them in its own words ("how big is the screen", 表带是什么材质的). A
name is meant where its words are those of the question; a shared number or a shared word among many
is nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from assistant.doing.qualities import forms
from catalog.assembling import Whole
from catalog.search.understanding.quantities import quantities_of
from catalog.text import fold
from catalog.text.segmenting import tagger

WRITTEN = Path(__file__).parent / "parts.toml"
# So much of a name's words must be asked for where all that is asked for is in it.
MOSTLY = 0.5
BESIDE = 2  # further words of a name whose first was asked for outright: "black toner page yield"
LONGEST_VALUE = 24  # characters of a value that a question may name
_HAN = re.compile("[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z][a-z0-9]+")
# What is asked for by name: "how many pages", "what processor", "which connector".
_ASKED = re.compile(
    r"\b(?:how many|how much|what (?:kind|type|sort) of"
    r"|what(?:'s| is| are)?(?: the| its| their)?|which)"
    r" (?P<what>(?!(?:is|are|does|do|of|ones?|it|they|this|that|people|about|the)\b)"
    r"[a-z0-9 -]{2,40}?)"
    r"(?= (?:does|do|is|are|has|have|can|will|of|in|on|for|comes?)\b|[?.!,]|$)"
)
_STOP = frozenset(
    re.findall(
        r"[a-z]+",
        """
the and does did do has have had is are was it its this that these those they them one
ones how what which who many much for with from come comes get got can could will would
should you your there any some not but so ok tell know about me my our out use used need
want first second third last both all please also too very or in on of to at
""",
    )
)
# Which one is meant, and nothing that is asked of it: 第一个, 前两款.
# 内存多大 asks for the memory, and 多大 alone for the size.
_HOW_BIG = re.compile("多大")
_WHICH = re.compile(r"[第前后][一二两三四五六]?[个款件条双只台瓶盒]|最后[一]?[个款件条双只台瓶盒]")
_EMPTY_HAN = frozenset("是的有吗呢么什多少几个款这那它能会可以怎样哪种吧啊了要在和与用穿戴")


@lru_cache(maxsize=1)
def _written() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Return which word stands for each, words that say nothing, and words of what is apart."""
    rows = tomllib.loads(WRITTEN.read_text("utf-8"))
    alike: dict[str, str] = {}
    for line in rows["alike"]:
        first, *others = line.split()
        alike |= {_stem(one): first for one in (first, *others)}
    weak, apart = (frozenset(map(_stem, rows[name].split())) for name in ("weak", "apart"))
    return alike, weak, apart


def _stem(word: str) -> str:
    """Return an English word in the singular."""
    return re.sub(r"(?<=[sxz])es$|(?<=[cs]h)es$|(?<=[a-z][^su])s$", "", word)


@lru_cache(maxsize=16384)
def words_in(text: str) -> frozenset[str]:
    """Return the words of a folded name or question, each as the one that stands for it."""
    alike, _weak, _apart = _written()
    found = {_meant(one, alike) for one in _LATIN.findall(text) if one not in _STOP}
    for run in _HAN.findall(text):
        found |= _of_run(run, alike)
    return frozenset(found)


def _meant(word: str, alike: Mapping[str, str]) -> str:
    """Return the word that stands for an English one, and for what is made of it: biggest."""
    known = (alike[one] for one in map(_stem, forms(word)) if one in alike)
    return next(known, _stem(word))


def _of_run(run: str, alike: Mapping[str, str]) -> set[str]:
    """Return the words of a Chinese run: those that are known by several names first."""
    left, found = run, set[str]()
    for name in sorted((one for one in alike if not one.isascii()), key=len, reverse=True):
        if name in left:
            found.add(alike[name])
            left = left.replace(name, " ")
    for part in left.split():
        found |= {one.word for one in tagger().cut(part) if not set(one.word) <= _EMPTY_HAN}
    return found


def asked_for(question: str) -> frozenset[str]:
    """Return the words of what a question asks for: of "how many pages does it print" the pages."""
    text = fold(question)
    named = _ASKED.search(text)
    words = words_in(named["what"] if named else text)
    return words - {"size"} or words if _HOW_BIG.search(text) else words


def own_facts(thing: Whole, question: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the codes of a thing's facts that a question names, all that are named alike well.

    ``names``: by code, folded, in any language.
    """
    alike, weak, apart = _written()
    asked = asked_for(question) - weak
    named = bool(_ASKED.search(fold(question)))
    title = words_in(titles_of(thing)) - set(alike.values())
    best: tuple[float, float, bool] = (0.0, 0.0, False)
    found: list[str] = []
    for code, called in names.items():
        for name in called:
            words = words_in(name)
            own = words - weak or words
            common = asked & own
            if not common:
                continue
            left = len(own - title - common)
            score = (len(common) / len(asked), 1 / (1 + left), not (own & apart - asked))
            near = left <= (BESIDE if named else 0) or len(common) >= MOSTLY * len(own - title)
            if left and not (near and len(common) == len(asked)):
                continue
            if len(common) < MOSTLY * len(asked):
                continue
            if score > best:
                best, found = score, [code]
            elif score == best and code not in found:
                found.append(code)
    return found


def telling(name: str) -> frozenset[str]:
    """Return the words of a folded name that say of which part or measure it is."""
    return words_in(name) - _written()[1]


def is_apart(name: str) -> bool:
    """Tell whether a folded name is of a box, or of the least or the most there can be."""
    return bool(words_in(name.replace("_", " ")) & _written()[2])


def titles_of(thing: Whole) -> str:
    """Return a thing's titles, folded."""
    return fold(" ".join(one.title for one in thing.product.texts.all()))


def by_value(thing: Whole, question: str) -> list[str]:
    """Return the codes whose value is one of those that a question names: "original or copied"."""
    text = fold(question)
    values = {
        code: fold(value)
        for code, value in thing.product.attributes.items()
        if isinstance(value, str) and 1 < len(value) <= LONGEST_VALUE
    }
    return [code for code, told in values.items() if re.search(_whole(told), text)]


def _whole(words: str) -> str:
    """Return a pattern of whole words, in one number or the other."""
    plain = re.escape(words)
    return rf"(?<![a-z0-9]){plain}(?:e?s)?(?![a-z0-9])" if words.isascii() else plain


def titled(thing: Whole, question: str) -> list[str]:
    """Return the words of a yes-or-no question that a thing's title has, where it has them all."""
    _alike, weak, _apart = _written()
    title = titles_of(thing)
    asked = [one for one in said_in(fold(question)) if one not in weak]
    there = [one for one in asked if re.search(_whole(one), title)]
    return there if asked and len(there) == len(asked) else []


def said_in(text: str) -> list[str]:
    """Return the content words of a folded question as they were said."""
    found = [one for one in re.findall(r"[a-z0-9][a-z0-9.-]+", text) if one not in _STOP]
    for run in _HAN.findall(_WHICH.sub(" ", text)):
        found += [one.word for one in tagger().cut(run) if not set(one.word) <= _EMPTY_HAN]
    return found


# What an amount in a title is of, by the word that asks for it: kinds of units.
OF_AMOUNTS = {
    "capacity": ("ml", "l", "gb", "tb", "mah", "gal"), "weight": ("kg", "g", "lb", "oz", "jin"),
    "size": ("inch", "cm", "mm"), "length": ("m", "cm", "ft", "inch"), "memory": ("gb",),
    "storage": ("gb", "tb"), "power": ("w",), "battery": ("mah",), "screen": ("inch",),
}  # fmt: skip


NAMES = {
    "capacity": ("容量", "capacity"), "weight": ("重量", "weight"), "size": ("尺寸", "size"),
    "length": ("长度", "length"), "memory": ("内存", "memory"), "storage": ("存储容量", "storage"),
    "power": ("功率", "power"), "battery": ("电池容量", "battery"),
    "screen": ("屏幕尺寸", "screen size"),
}  # fmt: skip


def amount_asked(question: str) -> tuple[str, str]:
    """Return the names, zh and en, of the amount that a question asks for; "" for none."""
    asked = asked_for(question)
    return next((names for word, names in NAMES.items() if word in asked), ("", ""))


def amount_in_title(thing: Whole, question: str) -> str:
    """Return the one amount of a thing's title that a question asks for: 70ml; "" for none."""
    asked = next((one for one in NAMES if one in asked_for(question)), "")
    units = OF_AMOUNTS.get(asked, ())
    title = titles_of(thing)
    found = {
        title[one.start : one.end].strip()
        for one in (quantities_of(title, "CNY") if units else ())
        if one.unit is not None and one.unit.kind == "measure" and one.unit.code in units
    }
    return found.pop() if len(found) == 1 else ""


def with_unit(thing: Whole, value: object) -> str:
    """Return a number as a title has it with its unit: 15.6" for a 15.6 without; "" for none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    for text in (one.title for one in thing.product.texts.all()):
        for one in quantities_of(fold(text), "CNY"):
            measured = one.unit is not None and one.unit.kind == "measure"
            if measured and one.low == one.high == Decimal(str(value)):
                whole = text if len(fold(text)) == len(text) else fold(text)
                return whole[one.start : one.end].strip()
    return ""
