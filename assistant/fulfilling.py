"""How much of what was asked a product is told to fulfil, so that nothing lesser stands beside it.

For finding. One thing that fulfils a wish is a better answer than three of which two do not. Each
part of a request (a use, a feature, what the kind is called more closely, a wish in free words, a
word that nothing else reads) is held against the facts, the title and the texts of what was found;
what comes off clearly worse than the best is not named. It searches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from assistant.bearing import (
    Told,
    borne_out,
    contradicted,
    denied_in,
    room_in,
    speaks,
    speaks_for,
    told_of,
)
from assistant.heeding import NO_ADULTS, OF_DEGREE
from assistant.understanding.following import leftover
from assistant.understanding.liking import ANY_DAY, GIVING
from assistant.understanding.wishing import SIZED, Phrase, content_of
from catalog.lexicon import lexicon
from catalog.search.constraining import ALSO, with_narrower
from catalog.search.offering import Hit
from catalog.search.understanding import Kind, Need, Slot
from catalog.text import fold
from catalog.text.segmenting import tagger

# How well a part is fulfilled: by a stated fact or the title, by the text only; by a text in which
# a use or a feature is only mentioned; by one that mentions what a kind is called.
STATED, WRITTEN, MENTIONED, CALLED = 1.0, 0.8, 0.5, 0.4
CLOSER = 1.0  # what a kind is called more closely: a desk lamp, among lamps
# What is spoken of and was to be lacking.
AGAINST = -0.5
# What is told in the other language only, of words in this one: half of what the best has.
UNTOLD = 0.5
# How much nearness of meaning weighs, beside a kind and where none is named, and how far apart two
# cosines are that mean nothing and everything.
NEAR, NEAR_ALONE, APART = 0.4, 1.2, 0.06
FOREIGN = 0.7  # of what is told in the other language only
# What stands further below the best is left out; a degree of something alone cuts nothing.
BEHIND = 0.45
A_DEGREE = 0.3
# Words of a request that nothing else reads weigh so much together, however many they are.
FREE_WORDS = 2.0
# Characters of words that nothing else reads; so many at least; those that say nothing of goods.
OF_CHARACTERS, FEWEST = 0.8, 2
SMALL = frozenset(
    "的了吗呢吧啊是有没不要想用买给我你他她它们这那哪什么怎能可以会来去上下里点些很太个"
)
ROOMIER = 0.5  # a tent for four, of two people
# Wishes that are a matter of fact, by what goods state.
FACTS = frozenset(("occasion", "feature", "style", "season", "pattern", "audience", "material",
                    "fit", "heel", "neckline", "sleeve", "colour"))  # fmt: skip
# What goods are made like: where nothing found is so, that is told.
OF_GOODS: tuple[Kind, ...] = ("feature", "sleeve", "neckline", "heel", "fit", "pattern",
                              "material")  # fmt: skip
# What somebody must not do without, or cannot use another of: it counts twice.
CARE = frozenset(("decaf", "sugar-free", "gluten-free", "lactose-free", "nut-free", "vegan",
                  "alcohol-free", "fragrance-free", "hypoallergenic", "bpa-free", "non-toxic",
                  "diabetic", "pregnant", "sensitive-skin", "left-handed",
                  "vegan-people"))  # fmt: skip
OF_CARE = 2.0
# Who anybody is, and who is given something: nothing is made for them in particular.
ANYBODY = frozenset(("adults", "unisex", "family", "friend", "men", "women", "girlfriend",
                     "boyfriend", "mother", "father", "teacher", "couple", "teens"))  # fmt: skip
_HAN = re.compile("[\u3400-\u9fff]")
_ABSENT = re.compile(r"^(?:no|without) (.+)$|^(.+?)[- ]free$|^(?:无|不含|零|0)(?:添加)?(.+)$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Demand:
    """One part of what was asked: what it weighs, and how far a product fulfils it, -1 to 1."""

    weight: float
    met: Callable[[Told], float | None]


def foremost(
    hits: Sequence[Hit], need: Need, phrases: Sequence[Phrase], near: Mapping[int, float]
) -> list[Hit]:
    """Return the hits that fulfil most, and what is not clearly behind them, the best first.

    ``near``: cosines of products with the request. Where an order was asked for it stays. Two
    queries, or none.
    """
    demands = [*demands_of(need), *map(of_phrase, phrases)]
    if not (demands or near) or len(hits) < 2:
        return grown_up(hits, need, {})
    told = told_of(hit.product for hit in hits)
    worth = worths([told.get(hit.product, Told()) for hit in hits], demands)
    weight = NEAR if need.of("category") else NEAR_ALONE
    by_meaning = nearness(hits, told, near, chinese=need.language.startswith("zh"))
    of = {
        hit.product: said + weight * meant
        for hit, said, meant in zip(hits, worth, by_meaning, strict=True)
    }
    best = max(of.values())
    kept = [hit for hit in hits if of[hit.product] >= best - BEHIND]
    if need.sort == "relevance":
        kept.sort(key=lambda hit: -round(of[hit.product], 2))
    return grown_up(kept, need, told)


def worths(told: Sequence[Told], demands: Sequence[Demand]) -> list[float]:
    """Return how much each product is told to fulfil, in all."""
    found = [0.0] * len(told)
    for one in demands:
        met = [one.met(each) for each in told]
        unknown = UNTOLD * max((each for each in met if each is not None), default=0.0)
        for place, each in enumerate(met):
            found[place] += one.weight * (unknown if each is None else each)
    return found


def nearness(
    hits: Sequence[Hit], told: Mapping[int, Told], near: Mapping[int, float], *, chinese: bool
) -> list[float]:
    """Return how near each hit is to the request by meaning, 1 for the nearest, 0 for far.

    A text in the other language is further off whatever it says: what has no other is measured
    against its like, and counts less.
    """
    own = {one for one in near if is_told_in(told.get(one, Told()), chinese=chinese)}
    first, other = (
        max((near[one] for one in group), default=0.0) for group in (own, near.keys() - own)
    )

    def one(product: int) -> float:
        gap = (first if product in own else other) - near.get(product, 0.0)
        return max(0.0, 1 - gap / APART) * (1.0 if product in own else FOREIGN)

    return [one(hit.product) if near else 0.0 for hit in hits]


def grown_up(hits: Sequence[Hit], need: Need, told: Mapping[int, Told]) -> list[Hit]:
    """Leave out what is stated for children or animals alone where nobody was named, unless all is.

    Two queries, or none.
    """
    if need.of("audience") or len(hits) < 2 or need.sort != "relevance":
        return list(hits)
    told = told or told_of(hit.product for hit in hits)

    def for_the_young(hit: Hit) -> bool:
        stated = told.get(hit.product, Told()).facts.get("audience")
        return isinstance(stated, list) and bool(stated) and not set(stated) - NO_ADULTS

    return [hit for hit in hits if not for_the_young(hit)] or list(hits)


# --- What was asked, part by part -----------------------------------------------------------------
def demands_of(need: Need) -> Iterator[Demand]:
    """Yield what a need asks beyond its kind, its limits and what search has filtered by."""
    for slot in need.slots:
        if slot.negated:
            continue
        if slot.kind == "category":
            yield from of_kind_name(slot)
        elif slot.kind in FACTS and slot.value not in GIVING | ANY_DAY | ANYBODY:
            yield Demand(weight_of(slot), partial(fulfilled, slot))
        elif slot.kind == "measure" and (number := _NUMBER.search(slot.surface)):
            yield Demand(1.0, partial(numbered, number[0]))
    yield from of_free_words(leftover(need))
    yield from of_characters(leftover(need))


def weight_of(slot: Slot) -> float:
    """Return what a fact weighs: most where health hangs on it, little where it is a degree."""
    if slot.value in CARE:
        return OF_CARE
    return A_DEGREE if slot.kind == "feature" and slot.value in OF_DEGREE else 1.0


def of_kind_name(slot: Slot) -> Iterator[Demand]:
    """Yield what a kind's name says beyond the kind: green of "green tea", 床头 of 床头灯.

    Nothing where the name is one of the shelf it stands on.
    """
    said = fold(slot.surface).removesuffix("s")
    names = generic_names(slot)
    if any(said in name for name in names):
        return
    closer = said
    for name in sorted(names, key=len, reverse=True):
        if name in said and len(name) < len(said):
            closer = said.replace(name, " ").strip(" -")
            break
    else:
        if not _HAN.search(said) and " " not in said:
            yield Demand(A_DEGREE, partial(titled, said))  # another word for the kind
            return
    spans = lexicon().match(closer)
    facts = [one for one in spans if one.dimension in FACTS and one.surface == closer]
    if facts:
        closer_slot = Slot(facts[0].dimension, facts[0].code, surface=closer)  # type: ignore[arg-type]
        yield Demand(CLOSER, partial(so_or_called, closer_slot, said))
    else:
        yield Demand(CLOSER, partial(called_either, said, closer))


@lru_cache(maxsize=1024)
def generic_names(slot: Slot) -> frozenset[str]:
    """Return what a kind of goods is plainly called: its shelf's names, the first of its type's."""
    kinds = lexicon().dimension("category")
    codes = [one.code for one in lexicon().match(fold(slot.surface))
             if one.dimension == "category"]  # fmt: skip
    names = {slot.name_zh, slot.name_en}
    for code in codes:
        value = kinds.values[code]
        names |= {*value.zh[:1], *value.en[:1]}
    parts = {part for name in names for part in re.split(r"\s*(?:&|/|、|与|和|\band\b)\s*", name)}
    folded = {fold(one) for one in parts if one}
    return frozenset(one.removesuffix("s") for one in folded)


def of_free_words(words: str) -> Iterator[Demand]:
    """Yield the words of a request that nothing else reads, each a part of what they weigh.

    A word that the request denies (没打耳洞) is fulfilled by a text that denies it, too.
    """
    content = sorted(
        one for one in content_of(words) | counted(words) if len(one) > 1 and one not in SIZED
    )
    folded, weight = fold(words), min(1.0, FREE_WORDS / max(1, len(content)))
    for word in content:
        alone = frozenset((word,))
        tell = denied if denied_in(folded, alone) else spoken
        yield Demand(weight, partial(told_in_language, tell, alone))


def counted(words: str) -> frozenset[str]:
    """Return the Chinese words of degree and time, which say how a thing is to be: 零下, 夜里."""
    return frozenset(one.word for one in tagger().cut(words) if one.flag[:1] in ("m", "t", "s"))


def of_characters(words: str) -> Iterator[Demand]:
    """Yield how many of a request's characters stand in a title: 剪树枝 in 修枝剪, 手小 in 小手.

    Chinese words are put together anew of the same characters; one alone says little.
    """
    letters = frozenset(_HAN.findall(words)) - SMALL
    if len(letters) >= FEWEST:
        yield Demand(OF_CHARACTERS, partial(shared, letters))


def of_phrase(phrase: Phrase) -> Demand:
    """Return a wish in free words as a part of what was asked."""

    def met(told: Told) -> float:
        if contradicted(phrase, told):
            return -1.0
        if phrase.sort == "people" and room_in(told) > int(min(phrase.content)):
            return ROOMIER
        return float(borne_out(phrase, told))

    return Demand(1.0, met)


def unmet(hits: Sequence[Hit], need: Need) -> tuple[Slot, ...]:
    """Return what was wished for, as matters of fact, and no hit is told to be; degrees aside."""
    wanted = [
        slot for kind in OF_GOODS for slot in need.of(kind)
        if slot.value and slot.value not in OF_DEGREE
    ]  # fmt: skip
    told = told_of(hit.product for hit in hits).values() if wanted else ()
    return tuple(one for one in wanted if not any(fulfilled(one, each) for each in told))


# --- How far it is fulfilled ----------------------------------------------------------------------
def fulfilled(slot: Slot, told: Told) -> float:
    """Return how far a product is told to be as a slot says: listed so, called so, described so."""
    codes = {*with_narrower(slot.kind, slot.value), *ALSO.get(slot.kind, {}).get(slot.value, ())}
    listed = told.facts.get(slot.kind)
    if isinstance(listed, list) and codes & set(listed):
        return STATED
    value = lexicon().value(slot.kind, slot.value)
    names = (slot.surface, *(value.zh + value.en if value else ()))
    absent = [one for name in names if name and (one := absent_in(name))]
    plain = [name for name in names if name and not (slot.value in CARE and absent_in(name))]
    contents = [content for name in plain if (content := content_of(name))]
    found = max((spoken(one, told, MENTIONED) for one in contents), default=0.0)
    if slot.value in CARE and absent and not found:
        return max(lacked(one, told) for one in absent)
    return found


def absent_in(name: str) -> frozenset[str]:
    """Return what a feature's name says is not there: caffeine of 无咖啡因; nothing for others."""
    match = _ABSENT.search(fold(name))
    what = next((one for one in match.groups() if one), "") if match else ""
    return content_of(what) if what else frozenset()


def lacked(content: frozenset[str], told: Told) -> float:
    """Return how far a product is told to lack something; less than nothing if it is spoken of.

    One sentence that speaks of it counts against all that deny it: somebody may not bear it.
    """
    spoken_of = [one for one in map(fold, told.sentences) if speaks(one, content)]
    if not spoken_of:
        return 0.0
    return WRITTEN if all(denied_in(one, content) for one in spoken_of) else AGAINST


def spoken(content: frozenset[str], told: Told, written: float = WRITTEN) -> float:
    """Return how far a product's title, or else a sentence of its texts, speaks for some words."""
    if speaks_for(told.title, content):
        return STATED
    return written if any(speaks_for(fold(one), content) for one in told.sentences) else 0.0


def denied(content: frozenset[str], told: Told) -> float:
    """Return how far a product's title or texts say that something is not needed, or not there."""
    texts = (told.title, *map(fold, told.sentences))
    return float(any(denied_in(one, content) for one in texts if speaks(one, content)))


def titled(words: str, told: Told) -> float | None:
    """Return how far a product is called by some words; None if told in another language."""
    chinese = bool(_HAN.search(words))
    if chinese and words in told.title:
        return STATED
    content = content_of(words)
    found = spoken(content, told, CALLED) if content else 0.0
    return found if found or is_told_in(told, chinese=chinese) else None


def so_or_called(slot: Slot, words: str, told: Told) -> float | None:
    """Return how far a product is as a slot says, or called by some words."""
    return most(fulfilled(slot, told) or None, titled(words, told))


def called_either(one: str, other: str, told: Told) -> float | None:
    """Return how far a product is called by a name, or by the closer part of it."""
    return most(titled(one, told), titled(other, told))


def told_in_language(
    tell: Callable[[frozenset[str], Told], float], word: frozenset[str], told: Told
) -> float | None:
    """Return how far a word is told of a product; None if nothing is told in its language."""
    chinese = any(_HAN.search(one) for one in word)
    return tell(word, told) or (0.0 if is_told_in(told, chinese=chinese) else None)


def shared(letters: frozenset[str], told: Told) -> float | None:
    """Return the part of some characters that a title has; 0 for one, None without Chinese."""
    title = frozenset(_HAN.findall(told.title))
    if not title:
        return None
    found = len(letters & title)
    return found / len(letters) if found >= FEWEST else 0.0


def is_told_in(told: Told, *, chinese: bool) -> bool:
    """Tell whether any text of a product is in a language."""
    return any(bool(_HAN.search(one)) is chinese for one in told.sentences)


def most(*found: float | None) -> float | None:
    """Return the best of what is known; None if nothing is."""
    return max((one for one in found if one is not None), default=None)


def numbered(number: str, told: Told) -> float:
    """Return how far a number stands in what is told of a product."""
    alone = re.compile(rf"(?<![\d.]){re.escape(number)}(?!\.?\d)")
    return STATED if any(alone.search(one) for one in (told.title, *told.sentences)) else 0.0
