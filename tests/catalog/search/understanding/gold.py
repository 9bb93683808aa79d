"""The gold queries and how an answer is scored against them.

A label names what a shopper asked for: kind and code as in the lexicon, bounds inclusive. Every
third query is the test split and takes no part in tuning.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalog.search.understanding import Need, Vocabulary, understand

FILE = Path(__file__).parent / "gold.jsonl"
BRANDS = (
    "Nike", "adidas", "New Balance", "Puma", "Uniqlo", "Apple", "Samsung", "Sony", "Philips", "HP",
    "Dyson", "Logitech", "Anker", "Bosch", "Dell", "Canon", "Casio", "Columbia", "Levi's",
    "Thermos", "华为", "小米", "李宁", "安踏", "联想", "美的", "苏泊尔", "海尔", "回力", "波司登",
)  # fmt: skip
CURRENCY = {"zh-hans": "CNY", "en": "USD"}
Fact = tuple[Any, ...]


def rows() -> list[dict[str, Any]]:
    """Read the gold queries."""
    return [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


def vocabulary() -> Vocabulary:
    """Return the vocabulary the gold queries are labelled for."""
    return Vocabulary.from_lexicon(brands=BRANDS)


def expected(row: dict[str, Any]) -> set[Fact]:
    """Return the facts a query states, by its label."""
    facts = {_labelled(slot) for slot in row["slots"]}
    return facts | ({("sort", row["sort"])} if "sort" in row else set())


def answered(need: Need) -> set[Fact]:
    """Return the facts that were understood."""
    facts: set[Fact] = {("sort", need.sort)} if need.sort != "relevance" else set()
    for slot in need.slots:
        if slot.kind == "price":
            stated = slot.currency_stated
            facts.add(
                ("price", _number(slot.minimum), _number(slot.maximum), slot.currency, stated)
            )
        elif slot.kind == "measure":
            facts.add(("measure", _number(slot.minimum), _number(slot.maximum), slot.unit))
        elif slot.kind == "rating":
            facts.add(("rating", _number(slot.minimum)))
        else:
            facts.add((slot.kind, slot.value, slot.negated))
    return facts


def _labelled(slot: dict[str, Any]) -> Fact:
    low, high = _number(slot.get("minimum")), _number(slot.get("maximum"))
    if slot["kind"] == "price":
        return ("price", low, high, slot["currency"], slot["stated"])
    if slot["kind"] == "measure":
        return ("measure", low, high, slot["unit"])
    if slot["kind"] == "rating":
        return ("rating", low)
    return (slot["kind"], slot["value"], slot.get("negated", False))


def _number(limit: Any) -> Decimal | None:
    return None if limit is None else Decimal(limit).normalize()


@dataclass
class Score:
    """Counts of facts: right, invented, missed."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    def add(self, wanted: set[Fact], given: set[Fact]) -> None:
        """Count one query."""
        self.right += len(wanted & given)
        self.invented += len(given - wanted)
        self.missed += len(wanted - given)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall, 1 where there was nothing."""
        total = 2 * self.right + self.invented + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass
class Report:
    """Scores over all facts, and over prices, units and negations alone."""

    overall: Score = field(default_factory=Score)
    price: Score = field(default_factory=Score)
    unit: Score = field(default_factory=Score)
    negation: Score = field(default_factory=Score)
    wrong: list[str] = field(default_factory=list)

    def add(self, row: dict[str, Any], need: Need) -> None:
        """Count one query, and note it where it is not exactly right."""
        wanted, given = expected(row), answered(need)
        self.overall.add(wanted, given)
        for name, part in (("price", prices), ("unit", units), ("negation", negations)):
            getattr(self, name).add(part(wanted), part(given))
        if wanted != given:
            missed, invented = sorted(map(str, wanted - given)), sorted(map(str, given - wanted))
            self.wrong.append(f"{row['id']} {row['query']}: missed {missed}, invented {invented}")


def prices(facts: Iterable[Fact]) -> set[Fact]:
    """Keep the limits of prices."""
    return {fact[:3] for fact in facts if fact[0] == "price"}


def units(facts: Iterable[Fact]) -> set[Fact]:
    """Keep currencies (said or not), measures and sizes, each of which hangs on its unit."""
    money = {("unit", *fact[3:]) for fact in facts if fact[0] == "price"}
    return money | {fact for fact in facts if fact[0] in ("measure", "size")}


def negations(facts: Iterable[Fact]) -> set[Fact]:
    """Keep what is unwanted."""
    return {
        fact
        for fact in facts
        if fact[0] not in ("price", "measure", "rating", "sort") and fact[2] is True
    }


def report(split: str, language: str = "") -> Report:
    """Understand every query of a split (and language, zh or en) and score it."""
    words = vocabulary()
    result = Report()
    for row in rows():
        if row["split"] == split and row["locale"].startswith(language):
            currency = CURRENCY[row["locale"]]
            need = understand(
                row["query"], vocabulary=words, locale=row["locale"], currency=currency
            )
            result.add(row, need)
    return result
