"""What a search asks the database for, how much each sign of relevance counts, what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    """How much each sign of relevance counts. Tuned on development queries, see docs/search.md."""

    words: float = 0.6
    vector: float = 0.4
    # How much of a word's weight counts by where it stands: body, facts, place, title.
    fields: tuple[float, float, float, float] = (0.7, 0.2, 0.5, 1.0)
    # What the characters of a Chinese word are worth where the word itself is not found.
    parts: float = 0.3
    # What a Chinese word is worth at most: titles repeat their words to be found by them.
    repeated: float = 1.2
    # What a synonym is worth beside the word that was said.
    synonym: float = 0.8
    # How far below the best cosine a product's vector score reaches zero.
    spread: float = 0.12
    length: float = 0.35
    exact: float = 1.0
    kind: float = 0.15
    wish: float = 0.15


@dataclass(frozen=True)
class Unit:
    """One word of the query, the parts that may stand for it together, and its synonyms.

    Parts are a Chinese word's characters or a model's segments: a word weighs what it weighs,
    however many it has. Synonyms are tsqueries.
    """

    term: str
    parts: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    boost: float = 1.0
    # A Chinese word's neighbouring characters: what an unknown word is known by.
    pairs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """What is asked: words, exact names, and a vector if there is one."""

    units: tuple[Unit, ...] = ()
    names: tuple[str, ...] = ()
    # The kind of product: categories of the shop, and words by which a title would name it.
    kinds: tuple[int, ...] = ()
    kind_words: tuple[str, ...] = ()
    # The categories hold more than the kind: a title that names it says more than they do.
    wider: bool = False
    # Facts that are welcome, as (dimension, code).
    wishes: tuple[tuple[str, str], ...] = ()
    vector: Sequence[float] | None = None
    encoder_id: str = ""


@dataclass(frozen=True)
class Candidate:
    """One product of the pool. ``words`` and ``vector``: 0 to about 1; ``cosine``: −1 to 1."""

    product: int
    merchant: int
    score: float
    words: float
    coverage: float
    cosine: float | None
    named: bool
    of_kind: bool = False
    # The kind's name stands somewhere in the product's texts or facts.
    mentions: bool = False
    # What share of the wishes it states, less what it contradicts: −1 to 1.
    wished: float = 0.0
    # It stands in a category of the kind, not only under its name.
    placed: bool = False
