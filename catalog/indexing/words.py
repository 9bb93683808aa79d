"""The words of a document: terms with their places and weights, and what a text denies."""

import re
from collections.abc import Iterable
from typing import Any

from catalog.lexicon import DIMENSIONS, lexicon
from catalog.lexicon.folding import HAN_CHARACTER
from catalog.text import index_terms

# A tsvector counts places up to 16,383 and 256 of one word; long manuals gain nothing beyond this.
MOST_TERMS_A_FIELD = 2_000
# Weights of a tsvector by where a term stands; `Weights.fields` of a search gives their worth.
TITLE, PLACE, FACTS, BODY = "A", "B", "C", "D"


class Words:
    """Collects the terms of a document with their places and weights."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = {}
        self.next = 1
        self.length = 0

    def add(self, weight: str, text: str, *, counted: bool = True) -> None:
        """Add a field; ``counted`` fields make the document longer, lists of facts do not."""
        terms = index_terms(affirmed(text))[:MOST_TERMS_A_FIELD]
        for term in terms:
            self.places.setdefault(term, []).append(f"{min(self.next, 16_383)}{weight}")
            self.next += 1
        if counted:
            self.length += word_count(terms)
        self.next += 8  # a gap, so that words of two fields are never neighbours

    def literal(self) -> str:
        """Return the tsvector in Postgres's own text form: no parser sees our terms again."""
        return " ".join(
            f"{quote_term(term)}:{','.join(places[:255])}" for term, places in self.places.items()
        )


DENIER = re.compile(
    r"(?i)\b(?:not|isn['’]t|no|without(?: (?:an?|any))?)\s+(?:fully\s+|completely\s+)?|[不非无]"
)
DENIABLE = frozenset({"feature", "material"})
FURTHEST = 24  # characters of a fact's name


def affirmed(text: str) -> str:
    """Return a text without the facts that it denies: "(Not Waterproof)" is not found by them.

    What is a name with its denial (无线, "no pull") stays.
    """
    kept, since = [], 0
    for denier in DENIER.finditer(text):
        if denier.start() < since:
            continue
        spans = lexicon().match(text[denier.start() : denier.end() + FURTHEST])
        first = next(iter(spans), None)
        if first and first.dimension in DENIABLE and first.start == len(denier[0]):
            kept += [text[since : denier.start()], " "]
            since = denier.start() + first.end
    return "".join([*kept, text[since:]])


def word_count(terms: Iterable[str]) -> int:
    """Count a text's words; a Chinese text is as long as it has characters, however cut."""
    return sum(len(term) == 1 or not HAN_CHARACTER.match(term) for term in terms)


def quote_term(term: str) -> str:
    """Return a term as tsvector and tsquery literals write it."""
    return "'" + term[:500].replace("\\", "\\\\").replace("'", "''") + "'"


def fact_words(attributes: dict[str, Any]) -> Iterable[str]:
    """Return what attributes add to the words: values, and their names in both languages."""
    for code, value in attributes.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, bool):
                if one:
                    yield code.replace("_", " ")
            elif isinstance(one, str):
                yield one
                yield from names_of(code, one)
            else:
                yield f"{one}"


def option_words(variants: Iterable[Any]) -> list[str]:
    """Return the distinct option values of variants, with their names in both languages."""
    found: dict[str, None] = {}
    for variant in variants:
        for value in variant.options.values():
            found[str(value)] = None
        for dimension, code in variant.codes.items():
            found.update(dict.fromkeys(names_of(dimension, str(code))))
    return list(found)


def names_of(dimension: str, code: str) -> list[str]:
    """Return the vocabulary's display names of a code, in both languages; none if unknown."""
    if dimension not in DIMENSIONS:
        return []
    entry = lexicon().value(dimension, code)
    return [entry.display("en"), entry.display("zh-hans")] if entry else []
