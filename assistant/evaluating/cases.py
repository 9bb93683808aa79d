"""Read scripted dialogues; say at which line and field something makes no sense."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shopguide.reading import opened

LANGUAGES = ("zh-hans", "en")
OF_CASE = frozenset(("id", "language", "kind", "page", "orders", "turns", "currency"))
OF_TURN = frozenset(("say", "press", "expect"))
OF_EXPECT = frozenset(
    ("intent", "act", "emotion", "products", "confirm", "handoff", "must", "any", "must_not",
     "order", "returns", "cart", "language", "citations", "actions", "sells")
)  # fmt: skip
OF_PRODUCTS = frozenset(
    ("min", "max", "most", "least", "currency", "category", "attributes", "in_stock", "fresh",
     "skus", "total_most", "first", "only")
)  # fmt: skip
KINDS = ("shopper", "service", "merchant")


class BadCase(ValueError):
    """A line that is no case; the message says which and why."""


@dataclass(frozen=True)
class Turn:
    """What is said or pressed, and what is demanded of the answer."""

    say: str
    press: str = ""
    expect: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One dialogue. ``orders``: what the shopper has bought before; ``page``: a product's SKU."""

    id: str
    language: str
    kind: str
    turns: tuple[Turn, ...]
    page: str = ""
    currency: str = ""
    orders: tuple[Mapping[str, Any], ...] = ()


def read_cases(path: Path) -> list[Case]:
    """Read a file of cases, packed or not; BadCase for the first line that is none, BadFile."""
    found: dict[str, Case] = {}
    with opened(path) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip() or line.startswith("//"):
                continue
            case = case_of(line, number)
            if case.id in found:
                raise BadCase(f"Line {number}: the id “{case.id}” is used twice.")
            found[case.id] = case
    if not found:
        raise BadCase("The file holds no case.")
    return list(found.values())


def case_of(line: str, number: int) -> Case:
    """Read one line."""
    try:
        said = json.loads(line)
    except ValueError as error:
        raise BadCase(f"Line {number}: this is not JSON ({error}).") from error
    if not isinstance(said, dict) or not set(said) <= OF_CASE:
        odd = ", ".join(sorted(set(said) - OF_CASE)) if isinstance(said, dict) else "no object"
        raise BadCase(f"Line {number}: unknown fields ({odd}).")
    name, language = said.get("id"), said.get("language", "en")
    if not isinstance(name, str) or language not in LANGUAGES:
        raise BadCase(f"Line {number}: “id” is text and “language” zh-hans or en.")
    kind = said.get("kind", "shopper")
    if kind not in KINDS:
        raise BadCase(f"Line {number}: “kind” is one of {', '.join(KINDS)}.")
    turns = tuple(turns_of(said.get("turns"), number))
    if not turns:
        raise BadCase(f"Line {number}: there are no turns.")
    orders = tuple(said.get("orders", ()))
    return Case(name, language, kind, turns, said.get("page", ""), said.get("currency", ""), orders)


def turns_of(rows: object, number: int) -> Iterator[Turn]:
    """Read the turns of a line."""
    for row in rows if isinstance(rows, list) else []:
        if (
            not isinstance(row, dict)
            or not set(row) <= OF_TURN
            or not ("say" in row or "press" in row)
        ):
            raise BadCase(f"Line {number}: a turn has “say” or “press”, and “expect”.")
        expect = row.get("expect", {})
        products = expect.get("products", {})
        for known, given in ((OF_EXPECT, expect), (OF_PRODUCTS, products)):
            if not set(given) <= known:
                odd = ", ".join(sorted(set(given) - known))
                raise BadCase(f"Line {number}: nothing is known of “{odd}”.")
        yield Turn(str(row.get("say", "")), str(row.get("press", "")), expect)
