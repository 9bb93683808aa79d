"""Wishes in words that no list of features knows: "into dinosaurs", 胃不好, "no small parts".

For finding and for owning up to what nobody states. Only what stands where grammar says that it is
a wish is one; the words around it are talk. No database.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from assistant.understanding.company import company_in
from assistant.understanding.cues import WORDS, cues
from catalog.lexicon.naming import other_names
from catalog.search.understanding import Need, Slot
from catalog.text import fold
from catalog.text.segmenting import tagger

Place = tuple[int, int]
Sort = Literal["likes", "without", "qualities", "conditions", "purposes", "things", "people"]
SORTS: tuple[Sort, ...] = ("without", "likes", "conditions", "qualities", "things", "purposes")
LONGEST = 48  # characters
MOST = 4  # wishes of one message
# What says so plainly what is wanted that the rest of a message is talk.
NAMING: tuple[Sort, ...] = ("things", "likes")
# A longer battery, in which a kind that nobody sells by itself is a part.
OF_PARTS = frozenset(("qualities",))
AMOUNTS = frozenset(("price", "size", "measure", "rating"))
# What is no colour, no stuff and nothing unwanted where it says whom or what a thing is for.
SERVED = frozenset(("colour", "material", "word"))
# Beside what slots say, these say no more: a long flight.
SIZED = frozenset(("long", "short", "big", "small", "large", "little", "whole", "real"))
_CUES = cues("wishes")
_HAS = re.compile(r"\b(?:with|ha(?:s|ve|ving))\b|带|配", re.IGNORECASE)
_NEGATIVE = re.compile(
    r"(?:isn't|aren't|doesn't|does not|don't|won't|can't|cannot|wouldn't|not|without|no) "
    r"|[不别没无]"
)
_HAN = re.compile("[\u3400-\u9fff]")
_AND = re.compile(r",? (?:and|or|&) |[和跟与、]")
_WORD = re.compile(r"[a-z][a-z'-]*[a-z]")
_TELLING = ("n", "v", "a", "i", "l", "j", "b", "g", "x")  # tags of words that say something
_AILS = re.compile(r"不(?:太|是很|怎么)?(?:好|行|佳)|(?:is|are) (?:bad|poor)|doesn't|can't")
_EDGES = re.compile(
    r"^(?:a|an|the|some|any|is|are|be) |(?: please| too| as well| though| instead)+$"
    r"|^(?:妈妈?|爸爸?|老婆|老公|孩子|女儿|儿子|爷爷|奶奶|有没有)(?=.{2})",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?:es|s|ed|ing|ly|y|ies)$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wish as it was said, of what sort, and the words that a text must have to bear it out.

    English words are stems.
    """

    words: str
    sort: Sort
    content: frozenset[str]

    def as_text(self) -> str:
        """Return it as the dialogue keeps it."""
        return f"{self.sort}:{self.words}"

    @classmethod
    def of(cls, text: str) -> Phrase | None:
        """Read one that was kept; None for anything else."""
        sort, _colon, words = text.partition(":")
        if sort == "people":
            return for_so_many(words)
        content = content_of(words)
        return cls(words, sort, content) if sort in SORTS and content else None


def for_so_many(words: str) -> Phrase | None:
    """Return the wish that a thing is for so many people, which the first number says."""
    count = re.search(r"\d+", words)
    return Phrase(words, "people", frozenset((count[0],))) if count else None


def wishes_in(said: Need) -> tuple[Phrase, ...]:
    """Return the wishes of a message that are neither slots nor talk, in their order."""
    return tuple(wish for _place, _whole, wish in found_in(said))


def found_in(said: Need) -> list[tuple[Place, Place, Phrase]]:
    """Return wishes with where they stand, alone and with their cue, in their order."""
    found: list[tuple[Place, Place, Phrase]] = []
    query, taken = fold(said.query), bytearray(len(said.query))
    if len(query) != len(said.query):
        return []
    if company := company_in(query):
        place, count = company
        words = f"{count}个人用" if _HAN.search(query) else f"for {count} people"
        found.append((place, place, Phrase(words, "people", frozenset((str(count),)))))
        taken[slice(*place)] = b"\1" * (place[1] - place[0])
    for sort in SORTS:
        for (start, end), whole in sorted(places(sort, query)):
            named = sort != "conditions" and any(  # 不粘锅
                one.start <= whole[0] < one.end for one in said.slots
            )
            wish = (
                None if named or any(taken[start:end]) else wish_at(said, (start, end), whole, sort)
            )
            if wish is not None:
                found.append(((start, end), whole, wish))
                taken[start:end] = b"\1" * (end - start)
    return sorted(found, key=lambda one: one[0])[:MOST]


def wish_at(said: Need, place: Place, whole: Place, sort: Sort) -> Phrase | None:
    """Return the wish that stands at a place; None where slots say it, or nothing is said."""
    start, end = place
    inside = [one for one in said.slots if one.start < end and start < one.end]
    words = trimmed(said.query[slice(*(whole if sort == "without" else place))])
    if sort == "things" and (inside or said.of("category")):
        return None
    told = any(one.kind in AMOUNTS or (one.negated and one.kind != "word") for one in inside)
    if len(words) > LONGEST or told:
        return None
    parts = all(one.kind == "category" and not one.known for one in inside)
    if (
        denies(sort, words)
        or ails(sort, words)
        or sort == "likes"
        or (sort in OF_PARTS and parts and _HAS.search(said.query[slice(*whole)]))
    ):
        content = content_of(words)
        return Phrase(words, sort, content) if content else None
    whose = [one for one in inside if one.kind in ("audience", "category")]
    if sort == "conditions" and any(one.start == start for one in whose):
        return None  # "my sister is having a baby"
    content = content_of(open_words(said, start, end))
    if not content or (inside and content <= SIZED):
        return None
    last = min((one.start for one in inside if one.end == end), default=end)
    return Phrase(trimmed(said.query[start:last]), sort, content)


def denies(sort: str, words: str) -> bool:
    """Tell whether a wish says what is not to be: "isn't noisy", "small parts" of "without"."""
    return sort == "without" or bool(_NEGATIVE.match(fold(words)))


def ails(sort: str, words: str) -> bool:
    """Tell whether a wish says what ails somebody: 睡眠也不太好 wants no sleepwear."""
    return sort == "conditions" and bool(_AILS.search(fold(words)))


def plainer(said: Need) -> Need:
    """Return a need without what wishes deny, and without the talk around a thing or a liking.

    "Doesn't smell of rubber" looks for no rubber; of "my dog pulls like crazy, do you have a
    harness" the dog and the harness are looked for.
    """
    found = found_in(said)
    denied = [whole for _place, whole, wish in found
              if denies(wish.sort, wish.words) or wish.sort == "people"]  # fmt: skip
    gone = [*denied, *(place for place, _whole, wish in found if ails(wish.sort, wish.words))]
    within = [whole for _place, whole, wish in found
              if wish.sort in OF_PARTS and _HAS.search(said.query[slice(*whole)])]  # fmt: skip
    served = [place for place, _whole, wish in found if wish.sort == "purposes"]
    slots = tuple(
        one for one in said.slots
        if not (one.kind in SERVED and stands_in(one, served, said.query))
        and (one.kind == "word" or not any(
            a <= one.start and one.end <= b
            for a, b in (*gone, *(within if one.kind == "category" and not one.known else ()))
        ))
    )  # fmt: skip
    said = replace(said, slots=slots, cuts=(*said.cuts, *denied))
    query = fold(said.query)
    naming = [one for sort in NAMING for one, _whole in places(sort, query)]
    content = [one for one in naming if any(one[0] < b.end and b.start < one[1] for b in slots)]
    content += [place for place, _whole, wish in found if wish.sort in NAMING]
    if not content or len(query) != len(said.query):
        return said
    kept = sorted([*(place for place, _whole, _wish in found), *content,
                   *((one.start, one.end) for one in slots)])  # fmt: skip
    return replace(said, fillers=(*said.fillers, *between(kept, len(said.query))))


def stands_in(slot: Slot, served: Sequence[Place], query: str) -> bool:
    """Tell whether a slot says what a thing is for, and nothing of the thing: "for iced coffee".

    A colour that somebody is to wear is one of the thing: "for women in black".
    """
    worn = query[: slot.start].endswith(("in ", "In "))
    return not worn and any(a <= slot.start and slot.end <= b for a, b in served)


def between(kept: Sequence[Place], length: int) -> Iterator[Place]:
    """Yield the places outside some places, which are in order."""
    last = 0
    for start, end in kept:
        if start > last:
            yield last, start
        last = max(last, end)
    if last < length:
        yield last, length


def places(sort: Sort, query: str) -> Iterator[tuple[Place, Place]]:
    """Yield where wishes of a sort stand, alone and with their cue; joined likings one by one."""
    for match in _CUES[sort].finditer(query):
        name = next((name for name, words in match.groupdict().items() if words), "")
        if not name:
            continue
        start, end = match.span(name)
        if sort == "likes":
            for one in _AND.finditer(query, start, end):
                yield (start, one.start()), (start, one.start())
                start = one.end()
        yield (start, end), (match.start(), match.end())


def spoken_words(words: str) -> frozenset[str]:
    """Return the words of a liking as they were said, without the s of several.

    Garden lunches are no gardening.
    """
    bare = _CUES["empty"].sub(" ", fold(words))
    english = {one.removesuffix("s") for one in _WORD.findall(bare) if len(one) > 2}
    return frozenset(english) or content_of(words)


def trimmed(words: str) -> str:
    """Return a wish without what hangs on its edges."""
    words = _EDGES.sub("", words.strip(" ,.;:!?，。；：！？"))
    return words.strip(" ,.;:!?，。；：！？的")


def open_words(said: Need, start: int, end: int) -> str:
    """Return the words of a place that stand in no slot."""
    gone = [*said.cuts, *((one.start, one.end) for one in said.slots)]
    return "".join(
        " " if any(a <= place < b for a, b in gone) else said.query[place]
        for place in range(start, end)
    )


@lru_cache(maxsize=4096)
def content_of(words: str) -> frozenset[str]:
    """Return the words of a phrase that say something of goods; of English ones the stems."""
    folded = fold(words)
    english = {stem(one) for one in _WORD.findall(_CUES["empty"].sub(" ", folded)) if len(one) > 2}
    runs = "".join(letter if _HAN.match(letter) else " " for letter in folded).split()
    chinese = {
        one.word for run in runs for one in tagger().cut(run)
        if one.flag.startswith(_TELLING) and not _CUES["empty"].fullmatch(one.word)
    }  # fmt: skip
    return frozenset(english | chinese)


def stem(word: str) -> str:
    """Return an English word without its commonest endings."""
    if len(word) <= 3:
        return word
    cut = _ENDS.sub("", word)
    return cut if len(cut) > 2 else word


@lru_cache(maxsize=1)
def _twins() -> dict[str, frozenset[str]]:
    """Return what a word is called besides, in either language."""
    found: dict[str, set[str]] = {}
    for line in tomllib.loads((WORDS / "twins.toml").read_text("utf-8"))["twins"]:
        words = line.replace("=", " ").split()
        for one in words:
            found.setdefault(one, set()).update(words)
    return {word: frozenset(others) for word, others in found.items()}


def called_also(word: str) -> frozenset[str]:
    """Return a word of a wish with what it is called besides, in either language."""
    return _twins().get(word, frozenset((word,))) | set(other_names(word))
