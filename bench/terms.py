"""How fast titles become index terms, beside the bare word cutter of jieba.

`python -m bench.terms` takes the Chinese titles of the shared data and as many English ones made
from a word list, cuts each into index terms, and prints titles a second of processor time: the
median of three rounds, peer and product in turn. Goals: 20,000 English and 8,000 Chinese titles.
"""

import csv
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from itertools import product

import jieba

from catalog.text import index_terms, warm_up
from tests.conftest import SHARED_DATA

TITLES = SHARED_DATA / "openbg_titles_zh" / "products.csv"
WORDS = ["waterproof", "hiking", "boots", "steel", "bottle", "wireless",
         "mouse", "cotton", "shirt", "floral", "dress", "folding"]  # fmt: skip
GOALS = {"en": 20_000, "zh": 8_000}
ROUNDS, MOST = 3, 4_000


def titles() -> dict[str, list[str]]:
    """Return the titles of each language; Chinese ones only where the shared data is there."""
    made = {"en": [f"{a.title()} {b} {c}" for a, b, c in product(WORDS, repeat=3)]}
    if TITLES.exists():
        with TITLES.open(encoding="utf-8") as rows:
            made["zh"] = [row["title"] for row in csv.DictReader(rows)][:MOST]
    return made


def each_second(cut: Callable[[str], Iterable[object]], texts: list[str]) -> float:
    """Return how many texts are cut in a second of processor time."""
    started = time.process_time()
    for text in texts:
        list(cut(text))
    return len(texts) / (time.process_time() - started)


def main() -> int:
    """Measure and print; the exit code is 1 where a goal is missed."""
    warm_up()
    jieba.lcut_for_search("预热")
    met = True
    for language, texts in titles().items():
        rounds = [
            (each_second(index_terms, texts), each_second(jieba.lcut_for_search, texts))
            for _ in range(ROUNDS)
        ]
        ours, peer = (statistics.median(column) for column in zip(*rounds, strict=True))
        met = met and ours >= GOALS[language]
        print(
            f"{language}: {len(texts):,} titles, {ours:,.0f} a second "
            f"(jieba alone {peer:,.0f}; goal {GOALS[language]:,})"
        )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
