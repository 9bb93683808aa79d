"""A made-up market place of any size: product-like titles in two languages, clustered vectors.

Words follow Zipf's law, so some stand in a third of all titles and some in one. Kinds of product
share words and a region of the vector space, as real ones do. Everything comes from one seed.
"""

import random
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

WIDTH = 384
KINDS = 160
WORDS = 30_000
SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "zu", "pla", "tro", "gri", "sta")
HAN = "纯棉圆领短袖防水透气户外登山无线蓝牙耳机陶瓷马克杯儿童双肩包充电保温桌灯毛巾手表键盘鼠标帐篷"


@dataclass(frozen=True)
class Row:
    """One product: its texts, brand, price and kind."""

    title_en: str
    title_zh: str
    body: str
    brand: str
    price: Decimal
    kind: int


@dataclass(frozen=True)
class Corpus:
    """Products and their vectors (n, WIDTH), unit length."""

    rows: list[Row]
    vectors: NDArray[np.float32]


def words(chance: random.Random) -> list[str]:
    """Return the vocabulary, commonest first; each word is spelled once."""
    made: dict[str, None] = {}
    while len(made) < WORDS:
        made["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))] = None
    return list(made)


def corpus(size: int, *, seed: int = 7) -> Corpus:
    """Make a corpus. About 25,000 products a second."""
    chance, draw = random.Random(seed), np.random.default_rng(seed)
    vocabulary = words(chance)
    # Zipf with exponent 1: rank r has weight 1/r; each product draws 8 title and 24 body words.
    weights = 1 / np.arange(1, WORDS + 1)
    drawn = draw.choice(WORDS, size=(size, 32), p=weights / weights.sum())
    kinds = draw.integers(0, KINDS, size)
    han = ["".join(chance.choices(HAN, k=2)) for _ in range(2_000)]
    han_weights = 1 / np.arange(1, len(han) + 1)
    chosen = draw.choice(len(han), size=(size, 5), p=han_weights / han_weights.sum())
    prices = np.exp(draw.normal(4, 1, size)).clip(1, 9_999)
    rows = [
        Row(
            title_en=" ".join([f"kind{kinds[i]}", *(vocabulary[w] for w in drawn[i, :8])]),
            title_zh="".join(han[w] for w in chosen[i]),
            body=" ".join(vocabulary[w] for w in drawn[i, 8:]),
            brand=brand_of(chance),
            price=Decimal(f"{prices[i]:.2f}"),
            kind=int(kinds[i]),
        )
        for i in range(size)
    ]
    return Corpus(rows, clustered(kinds, draw))


def brand_of(chance: random.Random) -> str:
    """Return one of 100 brands: each has one product in a hundred."""
    return f"Brand{chance.randrange(100):02d}"


def clustered(kinds: NDArray[np.int64], draw: np.random.Generator) -> NDArray[np.float32]:
    """Return a vector for each product: its kind's direction, a sub-kind's, and its own."""
    centres = draw.normal(size=(KINDS, WIDTH))
    sub_kinds = draw.normal(size=(KINDS * 20, WIDTH))
    made = np.empty((len(kinds), WIDTH), np.float32)
    for start in range(0, len(kinds), 10_000):
        part = kinds[start : start + 10_000]
        sub = part * 20 + draw.integers(0, 20, len(part))
        own = draw.normal(size=(len(part), WIDTH))
        made[start : start + 10_000] = centres[part] + 0.7 * sub_kinds[sub] + 0.7 * own
    return made / np.linalg.norm(made, axis=1, keepdims=True)
