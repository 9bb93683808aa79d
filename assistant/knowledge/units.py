"""What a question asks for, as units that a passage says or does not say.

Plain Python, for `assistant.knowledge.retrieving`. A unit is a word, or a thing that people name in
several ways in both languages (`words.toml`: postage, shipping fee, 运费, 邮费). What it is said
by is written as a tsquery over the catalogue's terms, so that index and question share every form.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from catalog.indexing.words import quote_term
from catalog.lexicon.folding import HAN_CHARACTER, fold
from catalog.text import query_terms
from catalog.text.terms import STOP_EN, STOP_ZH, stem

LONGEST_QUESTION = 500
MOST_UNITS = 24
_LATIN = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing asked for: its name, and the tsquery of all ways to say it."""

    name: str
    query: str


def units_of(question: str) -> list[Unit]:
    """List what a question asks for, each once; things of several words before single ones."""
    folded = fold(question[:LONGEST_QUESTION])
    found: dict[str, Unit] = {}
    rest = folded
    for form, group in _forms():
        if form.search(rest):
            found.setdefault(group, Unit(group, _queries()[group]))
            rest = form.sub(" ", rest)
    for word in _words(rest):
        found.setdefault(word, Unit(word, _said(word)))
    if not found:
        for word in query_terms(folded):
            found.setdefault(word, Unit(word, quote_term(word)))
    return list(found.values())[:MOST_UNITS]


def _words(text: str) -> Iterable[str]:
    """Yield the telling words of what is left: English stems, Chinese words."""
    terms = query_terms(text) if text.strip() else []
    plain = _plain()
    longer = "".join(term for term in terms if len(term) > 1)
    for term in terms:
        if HAN_CHARACTER.match(term):
            inside = len(term) == 1 and term in longer
            if not (inside or term in STOP_ZH or term in plain):
                yield term
        elif term not in STOP_EN and term not in plain:
            yield term


@lru_cache(maxsize=1)
def _plain() -> frozenset[str]:
    """Read the words that carry no subject in a question to a shop."""
    found = tomllib.loads((Path(__file__).parent / "plain.toml").read_text("utf-8"))
    english = found["en"].split()
    return frozenset({*english, *(stem(word) for word in english), *found["zh"].split()})


@lru_cache(maxsize=20_000)
def _said(word: str) -> str:
    """Return the tsquery of one word; a Chinese one is also said by its pairs of characters."""
    if not HAN_CHARACTER.match(word) or len(word) < 2:
        return quote_term(word)
    pairs = [word[place : place + 2] for place in range(len(word) - 1)]
    together = " & ".join(quote_term(pair) for pair in pairs)
    return f"({quote_term(word)} | ({together}))"


def _written(form: str) -> str:
    """Return the tsquery of one form: Chinese by pairs, English by the stems of its words."""
    if HAN_CHARACTER.search(form):
        return _said(form)
    stems = [stem(word) for word in _LATIN.findall(form) if word not in STOP_EN] or [stem(form)]
    return "(" + " <-> ".join(quote_term(one) for one in stems) + ")"


@lru_cache(maxsize=1)
def _groups() -> dict[str, list[str]]:
    """Read the things and the ways to name each."""
    found = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
    return {
        name: [fold(form) for language in ("en", "zh") for form in said.get(language, [])]
        for name, said in found.items()
    }


@lru_cache(maxsize=1)
def _queries() -> dict[str, str]:
    return {
        name: "(" + " | ".join(dict.fromkeys(_written(form) for form in forms)) + ")"
        for name, forms in _groups().items()
    }


@lru_cache(maxsize=1)
def _forms() -> list[tuple[re.Pattern[str], str]]:
    """Return each form with what it names, longest first."""
    pairs = [(form, name) for name, forms in _groups().items() for form in forms]
    pairs.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return [(_pattern(form), name) for form, name in pairs]


def _pattern(form: str) -> re.Pattern[str]:
    if HAN_CHARACTER.search(form):
        return re.compile(re.escape(form))
    words = r"[\s-]+".join(re.escape(word) + r"(?:e?s|ed|ing)?" for word in form.split())
    return re.compile(rf"\b{words}\b")
