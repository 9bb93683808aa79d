"""How well words call a thing: by its titles in any language, other names, kinds and options.

Pure code over what a product was shown as. Each word counts for one; the numbers say how sure a way
of being alike is, and were set by the scenes of ``tests/assistant/references``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.slots import Seen
from catalog.lexicon import lexicon
from catalog.lexicon.naming import Named, named
from catalog.search.wording import units_of
from catalog.text import fold, index_terms

# What a word is worth that stands in a title, whose signs stand there in their order, of which
# another name stands there, that is a single sign, that names the thing's kind, or a wider one.
SAME, IN_ORDER, OTHER_NAME, SIGN, KIND, WIDER = 1.0, 0.95, 0.85, 0.8, 0.75, 0.7
ENDS_FROM = 4  # letters of a word that ends another
UNSAID = 1.0  # what a word costs that the thing does not have
ASIDE = 0.75  # left of a name that a thing's title only describes it by: 口红 of a power bank
FOREIGN = 0.5  # left of a name whose next word is another kind of thing: a phone *case*
OF_ANY_KIND = frozenset(("clothing-set", "gift-set"))  # what any thing may come as
_QUOTED = re.compile(r"'([^']+)'")
TOLD = re.compile(r"[,，(（]| (?:with|for|in|from|and) |(?<=[\u3400-\u9fff]) ")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Likeness:
    """``share``: of the words up to the last that fits, 0 to 1; ``weight``: their sum;
    ``words``: how many words that are."""

    share: float = 0.0
    weight: float = 0.0
    words: int = 0


@dataclass(frozen=True)
class Names:
    """What a thing is called: terms as the index has them, folded text, kinds and other values.

    ``heads``: the kinds that its titles say it is, and none that only describe it.
    """

    terms: frozenset[str]
    text: str
    kinds: frozenset[str]
    values: frozenset[tuple[str, str]]
    heads: frozenset[str]


def names_of(thing: Seen) -> Names:
    """Return what a thing is called by."""
    return _names(thing.title, thing.words, thing.brand)


@lru_cache(maxsize=4096)
def _names(title: str, words: str, brand: str) -> Names:
    text = fold(f"{title} | {words} | {brand}")
    spans = lexicon().match(text)
    kinds = frozenset(one.code for one in spans if one.dimension == "category")
    values = frozenset((one.dimension, one.code) for one in spans if one.dimension != "category")
    heads = heads_in(fold(title)) | heads_in(fold(words))
    return Names(frozenset(index_terms(text)), text, kinds, values, heads)


def heads_in(title: str) -> frozenset[str]:
    """Return the kinds that a title names last, before what is told of it."""
    spans = lexicon().match(TOLD.split(title)[0])
    kinds = [one for one in spans if one.dimension == "category" and one.code not in OF_ANY_KIND]
    last = max((one.end for one in kinds), default=0)
    return frozenset(one.code for one in kinds if one.end == last)


def likeness(words: Sequence[str], thing: Seen, joints: Sequence[int] = ()) -> Likeness:
    """Return how well the first of some words call a thing; what follows them is told of it.

    ``joints``: after how many words comes what is the thing's own: 炒锅的手柄.
    """
    names = names_of(thing)
    best, total = Likeness(), 0.0
    worths, whole = worths_of(tuple(words), names), whole_names(tuple(words), names)
    for place, (word, worth) in enumerate(zip(words, worths, strict=True), start=1):
        total += worth
        if not worth:
            continue
        share, cost = total / place, UNSAID * (place - total)
        following = words[place] if place < len(words) and place not in joints else ""
        if foreign(following, names):
            share *= FOREIGN
        if worth == SAME and place not in (*joints, *whole) and aside(word, names):
            share *= ASIDE
        if total - cost > best.weight - UNSAID * (best.words - best.weight):
            best = Likeness(share, total, place)
    return best


@lru_cache(maxsize=65536)
def worths_of(words: tuple[str, ...], names: Names) -> tuple[float, ...]:
    """Return the worth of each word; those that are one name in the other language count as it."""
    worths = [worth_of(word, names) for word in words]
    place = 0
    while place < len(words):
        found = named(words[place:])
        size = found.words if found else 1
        if found and goes_by(found, names):
            worths[place : place + size] = [
                max(one, OTHER_NAME) for one in worths[place : place + size]
            ]
        place += size
    return tuple(worths)


@lru_cache(maxsize=65536)
def whole_names(words: tuple[str, ...], names: Names) -> frozenset[int]:
    """Return which words, counted from 1, are part of a name of several that a thing bears."""
    found: set[int] = set()
    for place in range(len(words)):
        name = named(words[place:])
        size = name.words if name and words[place].isascii() else 1
        if size > 1 and " ".join(words[place : place + size]).removesuffix("s") in names.text:
            found.update(range(place + 1, place + size + 1))
    return frozenset(found)


def goes_by(found: Named, names: Names, *, within: str = "") -> bool:
    """Tell whether a thing is called by each part of a name in the other language.

    ``within``: the folded text in which it must stand, the thing's own where it is "".
    """
    text = within or names.text
    terms = frozenset(index_terms(within)) if within else names.terms

    def stands(name: str) -> bool:
        return fold(name) in text if _HAN.search(name) else terms.issuperset(index_terms(name))

    return all(any(map(stands, way)) for way in found.ways)


@lru_cache(maxsize=65536)
def worth_of(word: str, names: Names) -> float:
    """Return how surely a word is one of a thing's names, 0 to 1."""
    if _HAN.search(word):
        written = _in_order(word, names.text)
    else:
        terms = index_terms(word)
        written = SAME if terms and terms[0] in names.terms else 0.0
        if not written and "-" in word:
            written = SAME * all(one in names.terms for one in terms[:1])
        if not written and len(word) >= ENDS_FROM:  # the coat, of a raincoat
            written = SIGN * any(one.endswith(word) for one in names.terms)
    if written == SAME:
        return SAME
    return max(written, OTHER_NAME * _other_name(word, names), _of_the_kind(word, names))


def _in_order(word: str, text: str) -> float:
    """Return the worth of a Chinese word: it stands in a text, or its signs do, in their order."""
    if word in text:
        return SAME if len(word) > 1 else SIGN
    bare = word.removesuffix("子").removesuffix("儿")
    if len(bare) == 1 and len(word) > 1:
        return SIGN if bare in text else 0.0
    if len(word) < 3:
        return 0.0
    gaps = f".{{0,{len(word) + 1}}}?"
    return IN_ORDER if re.search(gaps.join(map(re.escape, word)), text) else 0.0


def _other_name(word: str, names: Names) -> bool:
    """Tell whether another name of a word is a thing's: 老人 of 长者, "kids" of 儿童.

    The name of a thing that is written down stands for nothing wider: 面包刀 is not any knife.
    """
    if (found := named((word,))) and found.thing:
        return False
    for unit in units_of(word):
        for query in unit.synonyms:
            parts = _QUOTED.findall(query)
            if parts and all(one in names.terms for one in parts):
                return True
    spans = lexicon().match(fold(word))
    return any((one.dimension, one.code) in names.values for one in spans)


def _of_the_kind(word: str, names: Names) -> float:
    """Return the worth of a word that names a thing's kind, or a wider one."""
    kinds = kinds_in(word)
    if kinds & (names.heads or names.kinds):
        return KIND
    wider = lexicon().dimension("category").ancestors
    return WIDER if any(kinds & set(wider(code)) for code in names.heads or names.kinds) else 0.0


def aside(word: str, names: Names) -> bool:
    """Tell whether a word names a kind that a thing is none of: 口红 of 口红大小移动电源."""
    kinds = kinds_in(word)
    wider = lexicon().dimension("category").ancestors
    own = names.heads | {wide for code in names.heads for wide in wider(code)}
    return bool(kinds and names.heads) and not kinds & own and not own & kinds_wider(kinds)


def kinds_wider(kinds: frozenset[str]) -> set[str]:
    """Return the wider kinds of some kinds."""
    wider = lexicon().dimension("category").ancestors
    return {wide for code in kinds for wide in wider(code)}


def foreign(word: str, names: Names) -> bool:
    """Tell whether a word that follows a name makes it the name of another kind of thing."""
    kinds = kinds_in(word) if word else frozenset()
    return bool(kinds) and not worth_of(word, names)


@lru_cache(maxsize=8192)
def kinds_in(word: str) -> frozenset[str]:
    """Return the kinds of goods that a word names."""
    return frozenset(one.code for one in lexicon().match(fold(word)) if one.dimension == "category")
