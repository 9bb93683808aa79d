"""The gold set and its measure; `python -m tests.catalog.extraction.gold` prints a report.

How it was labelled: everything the text says of the product itself, in title or description, as
lexicon codes and as numbers in the unit written. A value inside a compound counts (羽绒服 is down,
hiking boots are for hiking). What is denied, compared with, optional elsewhere or about another
product does not. 男女 and "men and women" are unisex; 秋冬 is two seasons. The labels were fixed
before the first reader existed and have not been changed since.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalog.extraction import propose

GOLD = Path(__file__).parent / "gold.jsonl"
Key = tuple[str, str, str | None]


def products(split: str | None = None) -> list[dict[str, Any]]:
    """Read the labelled products of one split, or all."""
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    return [row for row in rows if split in (None, row["split"])]


def labels(product: dict[str, Any]) -> set[Key]:
    """Return what the product's text states, as labelled."""
    return {(a["attribute"], a["value"], a.get("unit")) for a in product["attributes"]}


@dataclass
class Score:
    """Counts of right, wrong and missed values, for each attribute."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, stated: set[Key], proposed: set[Key]) -> None:
        """Count one product."""
        self.right.update(key[0] for key in stated & proposed)
        self.wrong.update(key[0] for key in proposed - stated)
        self.missed.update(key[0] for key in stated - proposed)

    def f1(self, attribute: str | None = None) -> float:
        """Return F1 of one attribute, or micro-F1 of all."""
        counts = (self.right, self.wrong, self.missed)
        right, wrong, missed = (c.total() if attribute is None else c[attribute] for c in counts)
        return 2 * right / max(2 * right + wrong + missed, 1)

    def report(self) -> str:
        """Write one line for each attribute."""
        names = sorted({*self.right, *self.wrong, *self.missed})
        lines = [
            f"{name:18}{self.right[name]:6}{self.wrong[name]:6}{self.missed[name]:6}{self.f1(name):8.3f}"
            for name in names
        ]
        head = f"{'attribute':18}{'right':>6}{'wrong':>6}{'missed':>6}{'F1':>8}"
        return "\n".join([head, *lines, f"{'micro':36}{self.f1():8.3f}"])


def measure(rows: list[dict[str, Any]]) -> Score:
    """Score the proposals on labelled products."""
    score = Score()
    for row in rows:
        found = propose(row["title"], row["description"], row["language"], row["category"])
        score.add(labels(row), {proposal.key for proposal in found})
    return score


if __name__ == "__main__":
    for part in ("dev", "test", None):
        print(f"\n{part or 'all'}\n{measure(products(part)).report()}")
