"""Understand a shopper's sentence: slots, sort wish, corrections, and the words that remain.

For search, the assistant and `manage.py search`. It decides by vocabulary and grammar alone: no
model, no database, no guess that it does not report. It never raises, whatever is typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from catalog.search.understanding.correcting import Reading, read_unknown
from catalog.search.understanding.fillers import empty_places, polite_places
from catalog.search.understanding.mark import Mark
from catalog.search.understanding.marks import marks_of, unique, without_wider
from catalog.search.understanding.matching import Match, match_names
from catalog.search.understanding.need import Correction, Need, Slot, Sort
from catalog.search.understanding.negating import negate
from catalog.search.understanding.pieces import Folded, Piece, cleaned, folded, is_han, pieces_of
from catalog.search.understanding.reading import Readings, read_grammar
from catalog.search.understanding.sizing import read_bare_size
from catalog.search.understanding.vocabulary import Vocabulary
from catalog.search.understanding.wishes import Wish
from catalog.text.languages import language_of

Place = tuple[int, int]
MOST_SLOTS = 40
MOST_CAPITALS = 4  # "XL" and "M" in a Chinese query; more of them is a shouted sentence
_SKU = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z0-9._/-]*[0-9])[A-Za-z0-9][A-Za-z0-9._/-]{2,39}(?![A-Za-z0-9])"
)
_MOST_SKUS = 4
# What is another thing if an animal is to have it: 猫玩具, "a bed for my dog".
_ANIMALS = frozenset({"pets", "dogs", "cats"})
# Amounts of data, and what in a whole thing they are of; by itself each is sold too.
_OF_DATA = frozenset(("mb", "gb", "tb"))
_HELD_BY_A_WHOLE = frozenset((
    "内存", "运存", "运行内存", "硬盘", "固态硬盘", "固态", "存储", "memory", "ram", "ssd", "hdd",
    "hard drive", "storage",
))  # fmt: skip
_OF_ANIMALS = {"toy": "pet-toy", "bed": "pet-bed", "bowl": "pet-bowl", "food": "pet-food"}
_YOUNG = frozenset({"kids", "boys", "girls", "baby", "toddlers"})
_SORTS: dict[str, Sort] = {
    "price_asc": "price_asc", "price_desc": "price_desc", "rating": "rating", "newest": "newest",
}  # fmt: skip


def understand(
    query: str, *, vocabulary: Vocabulary, locale: str, currency: str, correct: bool = True
) -> Need:
    """Read ``query`` as a need. ``currency`` (ISO 4217) holds where the shopper names none.

    ``correct``: False takes every word as it is written. The first 400 characters are read.
    Cost: about 1 ms for a sentence; the first Chinese one of a process loads the dictionary.
    """
    query = cleaned(query)
    text = folded(query)
    pieces = pieces_of(text.text)
    readings = read_grammar(
        text.text,
        pieces,
        _capitals(query, text),
        vocabulary,
        currency=currency,
        skus=_skus(text, vocabulary),
    )
    pieces, matches, corrections = _matched(text, pieces, readings, vocabulary, correct=correct)
    marks = marks_of(text.text, pieces, matches, vocabulary)
    marks += _bare_size(text.text, readings, marks, vocabulary)
    denied = negate(text.text, [*readings.marks, *marks], readings.taken, vocabulary)
    cuts = [*readings.cuts, *denied.cuts]
    cuts += [(mark.start, mark.end) for mark in denied.marks if mark.negated or mark.kind == "size"]
    polite, empty = _spoken(text, denied.marks, cuts, corrections)
    return Need(
        query,
        locale,
        language_of(query).language,
        _slots(text, _of_animals(_measured(text.text, denied.marks), vocabulary), vocabulary),
        _sort(readings.wishes),
        corrections,
        _places(text, [*cuts, *polite]),
        _places(text, empty),
    )


def _matched(
    text: Folded, pieces: list[Piece], readings: Readings, vocabulary: Vocabulary, *, correct: bool
) -> tuple[list[Piece], list[Match], tuple[Correction, ...]]:
    """Match names, correct what is unknown, and match again if anything was."""
    matches = match_names(text.text, pieces, vocabulary, readings.taken)
    if not correct:
        return pieces, matches, ()
    free = _free(pieces, matches, readings)
    unknown = read_unknown(pieces, free, vocabulary)
    if not unknown:
        return pieces, matches, ()
    corrections = tuple(_correction(text, pieces, reading) for reading in unknown)
    pieces = _corrected(pieces, unknown)
    return pieces, match_names(text.text, pieces, vocabulary, readings.taken), corrections


def _capitals(query: str, text: Folded) -> frozenset[int]:
    """Return the folded places typed in capitals; a query all in capitals tells nothing."""
    if query.isupper() and sum(char.isupper() for char in query) > MOST_CAPITALS:
        return frozenset()
    return frozenset(place for place, at in enumerate(text.offsets[:-1]) if query[at].isupper())


def _skus(text: Folded, vocabulary: Vocabulary) -> list[Mark]:
    """Ask the shop whether a word that looks like a SKU is one."""
    if vocabulary.skus is None:
        return []
    marks = []
    for match in list(_SKU.finditer(text.query))[:_MOST_SKUS]:
        answer = vocabulary.skus(match[0])
        if answer:
            start, end = _folded_place(text, *match.span())
            marks.append(Mark("sku", answer if isinstance(answer, str) else match[0], start, end))
    return marks


def _folded_place(text: Folded, start: int, end: int) -> Place:
    first = next((i for i, at in enumerate(text.offsets) if at >= start), len(text.text))
    last = next((i for i, at in enumerate(text.offsets) if at >= end), len(text.text))
    return first, max(first, last)


def _free(pieces: Sequence[Piece], matches: Sequence[Match], readings: Readings) -> list[bool]:
    """Tell for each piece whether nothing explains it yet."""
    named = {place for match in matches for place in range(match.first, match.last)}
    return [
        place not in named and not readings.taken[piece.start] for place, piece in enumerate(pieces)
    ]


def _corrected(pieces: Sequence[Piece], readings: Sequence[Reading]) -> list[Piece]:
    """Put what words are read as in their place; all pieces of a correction share its span."""
    result: list[Piece] = []
    place = 0
    for reading in readings:
        if reading.first < place:
            continue
        result.extend(pieces[place : reading.first])
        start, end = pieces[reading.first].start, pieces[reading.last - 1].end
        whole = reading.last - reading.first == len(reading.texts)
        for offset, piece_text in enumerate(reading.texts):
            if whole:
                kept = pieces[reading.first + offset]
                result.append(replace(kept, text=piece_text, han=is_han(piece_text)))
            else:
                glued = offset > 0 or pieces[reading.first].glued
                result.append(Piece(piece_text, start, end, glued, is_han(piece_text)))
        place = reading.last
    return [*result, *pieces[place:]]


def _correction(text: Folded, pieces: Sequence[Piece], reading: Reading) -> Correction:
    start, end = text.place(pieces[reading.first].start, pieces[reading.last - 1].end)
    joint = "" if reading.reason != "typo" else " "
    return Correction(text.query[start:end], joint.join(reading.texts), start, end, reading.reason)


def _bare_size(
    text: str, readings: Readings, marks: Sequence[Mark], vocabulary: Vocabulary
) -> list[Mark]:
    """Read a lone number as a size where shoes or children's clothes are asked for, in Chinese."""
    if any(mark.kind == "size" for mark in readings.marks):
        return []
    types = [mark.value for mark in marks if mark.kind == "category"]
    shoes = any(vocabulary.within(code, "shoes") for code in types)
    young = any(mark.kind == "audience" and mark.value in _YOUNG for mark in marks)
    children = young and any(vocabulary.within(code, "clothing") for code in types)
    found = read_bare_size(text, readings.taken, shoes=shoes, children=children)
    return [Mark("size", found[2], found[0], found[1])] if found else []


def _measured(text: str, found: Sequence[Mark]) -> list[Mark]:
    """Return marks without parts that a measure is of, where a whole is named: 16G内存的电脑."""
    ends = {mark.end for mark in found if mark.kind == "measure" and mark.unit in _OF_DATA}
    kinds = [mark for mark in found if mark.kind in ("category", "shop-category")]
    parts = {
        (mark.start, mark.end) for mark in kinds
        if text[mark.start : mark.end] in _HELD_BY_A_WHOLE
        and len(text[: mark.start].rstrip()) in ends
    }  # fmt: skip
    if all((mark.start, mark.end) in parts for mark in kinds):
        return [*found]
    return [mark for mark in found if mark not in kinds or (mark.start, mark.end) not in parts]


def _of_animals(found: Sequence[Mark], vocabulary: Vocabulary) -> list[Mark]:
    """Return what counts; a toy, bed or bowl as an animal's where an animal is to have it."""
    marks = unique(without_wider(found, vocabulary))
    if not any(mark.kind == "audience" and mark.value in _ANIMALS for mark in marks):
        return [*marks]
    return [_animals_own(mark, vocabulary) for mark in marks]


def _animals_own(mark: Mark, vocabulary: Vocabulary) -> Mark:
    if mark.kind == "category" and mark.value in _OF_ANIMALS:
        return replace(mark, value=_OF_ANIMALS[mark.value])
    if mark.kind == "shop-category":
        for code, own in _OF_ANIMALS.items():
            if mark.value in vocabulary.category_ids.get(code, ()):
                return replace(mark, kind="category", value=own)
    return mark


def _slots(text: Folded, marks: Sequence[Mark], vocabulary: Vocabulary) -> tuple[Slot, ...]:
    """Write marks as slots; a product type becomes the shop's categories."""
    slots: list[Slot] = []
    for mark in marks:
        start, end = text.place(mark.start, mark.end)
        slot = Slot(
            "price",
            mark.value,
            mark.negated,
            text.query[start:end],
            start,
            end,
            mark.minimum,
            mark.maximum,
            mark.currency,
            mark.stated,
            mark.unit,
        )
        slots.extend(_named(slot, mark, vocabulary))
    return tuple(dict.fromkeys(slots))[:MOST_SLOTS]


def _named(slot: Slot, mark: Mark, vocabulary: Vocabulary) -> list[Slot]:
    wider = mark.kind == "category" and mark.value in vocabulary.widened
    if wider and mark.negated:  # "no nuts" does not deny all food
        return [replace(slot, kind="category", known=False)]
    if mark.kind == "category":
        found = vocabulary.categories_of(mark.value)
    elif mark.kind == "shop-category":
        found = ((mark.value, True),)
    else:
        return [replace(slot, kind=mark.kind)]  # type: ignore[arg-type]
    slots = []
    for value, known in found:
        name_zh, name_en = vocabulary.names_of("category", value)
        slots.append(
            replace(
                slot, kind="category", value=value, known=known, name_zh=name_zh, name_en=name_en,
                wider=wider,
            )
        )  # fmt: skip
    return slots


def _sort(wishes: Sequence[Wish]) -> Sort:
    return next((_SORTS[wish.meaning] for wish in wishes if wish.meaning in _SORTS), "relevance")


def _spoken(
    text: Folded, marks: Sequence[Mark], cuts: Sequence[Place], corrections: Sequence[Correction]
) -> tuple[list[Place], list[Place]]:
    """Find polite and empty words outside slots, cuts and corrections."""
    free = bytearray(b"\1" * len(text.text))
    corrected = (_folded_place(text, one.start, one.end) for one in corrections)
    for start, end in (*((mark.start, mark.end) for mark in marks), *cuts, *corrected):
        free[start:end] = b"\0" * (end - start)
    polite = list(polite_places(text.text, free))
    for start, end in polite:
        free[start:end] = b"\0" * (end - start)
    brands = [(mark.start, mark.end) for mark in marks if mark.kind == "brand"]
    empty = [
        (start, end)
        for start, end in empty_places(text.text, free)
        if not any(start < right and left < end for left, right in brands)
    ]
    return polite, empty


def _places(text: Folded, spans: Sequence[Place]) -> tuple[Place, ...]:
    """Translate folded places to the query, joined where they touch."""
    joined: list[Place] = []
    for start, end in sorted(text.place(start, end) for start, end in spans if start < end):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
