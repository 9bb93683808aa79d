"""Turn what is left of a sentence into units for retrieval: words, their parts, their synonyms.

A word's synonyms are the vocabulary's other names for it in both languages, so that 蓝牙耳机 finds
"Bluetooth headphones" by words too. It knows no database.
"""

import re

from catalog.indexing import quote_term
from catalog.lexicon import lexicon
from catalog.lexicon.naming import names_in
from catalog.search.signs import Unit
from catalog.search.understanding import Need, Slot
from catalog.text import fold, query_terms
from catalog.text.segmenting import pairs

HAN = re.compile(r"[\u3400-\u9fff]")
HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,}")
_LED = re.compile(r"(?<=\b[a-z]) (?=[a-z])", re.IGNORECASE)
# Longer sentences are stories: the rarest words of the first terms decide anyway.
MOST_UNITS = 24
# Synonyms that share a name with half the shop say nothing.
MOST_SYNONYMS = 8


def units_of(text: str) -> tuple[Unit, ...]:
    """Return the words to look for, in order, each with its parts and synonyms."""
    terms = query_terms(text)
    synonyms = synonyms_by_term(text)
    units: list[Unit] = []
    covered: set[str] = set()
    for place, term in enumerate(terms):
        if term in covered:
            continue
        parts = parts_of(term, terms[place + 1 :])
        covered.update(parts)
        others = tuple(synonyms.get(term, ()))[:MOST_SYNONYMS]
        units.append(Unit(term, parts, others, pairs=pairs_of(term)))
    return tuple(units[:MOST_UNITS])


def parts_of(term: str, following: list[str]) -> tuple[str, ...]:
    """Return what may stand for a term together: its characters, or a model's segments."""
    if len(term) > 1 and HAN.search(term):
        return tuple(dict.fromkeys(HAN.findall(term)))
    if len(term) > 3 and any(letter.isdigit() for letter in term) and not term.isdigit():
        parts = []
        for other in following:
            if other == term or other not in term:
                break
            parts.append(other)
        return tuple(parts) if len(parts) > 1 else ()
    return ()


def pairs_of(term: str) -> tuple[str, ...]:
    """Return a Chinese word's neighbouring characters, where the word is more than a pair."""
    return tuple(dict.fromkeys(pairs(term))) if len(term) > 2 and HAN.search(term) else ()


def kind_words(need: Need) -> tuple[str, ...]:
    """Return tsqueries by which a title would name the kind of product that was asked for.

    All words of a name must be there, in the title.
    """
    found: dict[str, None] = {}
    for slot in need.slots:
        if slot.kind != "category" or slot.negated:
            continue
        for name in kind_names(slot):
            # One character that nobody said, as in 茶具 for 龙井, names no kind.
            if (len(name) > 1 or name == slot.surface) and (query := phrase(name)):
                found[" & ".join(f"{word}:A" for word in query.split(" & "))] = None
    return tuple(f"({query})" for query in found)


def kind_names(slot: Slot) -> list[str]:
    """Return what a kind of product is called: as it was said, by the shop, by the vocabulary.

    A wider category's name is not the kind's. Where the shop has no category of it, narrower kinds
    are of that kind too.
    """
    names = [slot.surface] if slot.wider else [slot.surface, slot.name_zh, slot.name_en]
    kinds = lexicon().dimension("category")
    said = [one.code for one in lexicon().match(slot.surface) if one.dimension == "category"]
    codes = [*said, slot.value] if slot.value in kinds.values else said
    if not slot.known:
        codes += [code for code in kinds.values for one in codes if kinds.within(code, one)]
    for code in dict.fromkeys(codes):
        names += [*kinds.values[code].zh, *kinds.values[code].en]
    return names


def synonyms_by_term(text: str) -> dict[str, list[str]]:
    """Return for each term of a vocabulary word its names in the other language, as tsqueries.

    Names in the same language are left to the vector: as words they brought accessories and other
    senses to the top (nDCG@10 .746 with them, .779 without, on the English development set).
    """
    found: dict[str, list[str]] = {}
    for span in lexicon().match(text):
        value = lexicon().value(span.dimension, span.code)
        if value is None:
            continue
        others = value.en if HAN.search(span.surface) else value.zh
        queries = [query for name in others if (query := phrase(name))]
        for term in query_terms(span.surface):
            if len(term) > 1 or not HAN.match(term):
                found.setdefault(term, []).extend(queries)
    for surface, others in names_in(fold(text)):
        queries = [query for name in others if (query := phrase(name))]
        for term in query_terms(surface):
            if len(term) > 1 or not HAN.match(term):
                found.setdefault(term, queries)  # the vocabulary's own names go before
    return found


def phrase(name: str) -> str:
    """Return a name as a tsquery: all of its words; a Chinese one as a word.

    A character that is no word by itself counts with its neighbours: 手机座 is more than 手机, and
    速干T恤 more than 速干. A letter that leads a word is one with it: a t shirt is no shirt.
    """
    terms = query_terms(_LED.sub("-", name))
    words = [term for term in terms if len(term) > 1 or not HAN.match(term)]
    if len("".join(words)) < len(name) and HAN_NAME.fullmatch(name):
        words = list(dict.fromkeys([*words, *pairs(name)]))
    elif words and HAN.search(name):
        within = "".join(words)
        words += [term for term in terms if HAN.match(term) and term not in within]
    return " & ".join(quote_term(word) for word in (words or terms))
