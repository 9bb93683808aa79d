"""The rules of segments: a small typed grammar in JSON, read and checked. No Django.

A rule is a tree: ``{"all": [rule, …]}``, ``{"any": [rule, …]}``, ``{"not": rule}`` or one test,
``{"is": "bought", "category": "shoes", "within": 90}``. Tests speak of what one shop may know: its
own orders, deeds on its own products, and how somebody wants to be written to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

MOST_TESTS, DEEPEST = 24, 5
MOST_DAYS, MOST_TIMES = 3650, 10_000
MOST_MONEY = Decimal("99999999")
STAGES = ("looking", "new", "active", "lapsing", "gone")
CURRENCIES = ("CNY", "USD", "EUR", "GBP", "HKD", "JPY")
DEEDS = ("view", "save", "cart", "share")
# What a trained model may take somebody to be (`profiles.portraits`).
TYPES = ("deal", "quality", "gift", "explorer", "comparer", "regular")
# A customer is new for so many days after the first order, active for so many after the last one,
# and gone after so many.
NEW_DAYS, ACTIVE_DAYS, GONE_DAYS = 30, 60, 180


class WrongRule(ValueError):
    """A rule that cannot be read; the message names the place in it."""


@dataclass(frozen=True)
class Bought:
    """Orders with such a thing: at least so many, within so many days."""

    category: str = ""
    brand: str = ""
    within: int | None = None
    least: int = 1


@dataclass(frozen=True)
class Orders:
    """How many orders, within so many days."""

    least: int = 0
    most: int | None = None
    within: int | None = None


@dataclass(frozen=True)
class Spent:
    """The sum of orders in a currency, within so many days; nobody without orders is below it."""

    currency: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    within: int | None = None


@dataclass(frozen=True)
class LastOrder:
    """The last order is at least and less than so many days ago."""

    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class InStage:
    """Where somebody is in their life as a customer of this shop."""

    stages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Price:
    """What the things they buy cost on average."""

    currency: str = ""
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True)
class Did:
    """Deeds on this shop's products: at least so many, within so many days. Empty kind: any."""

    kind: str = ""
    category: str = ""
    brand: str = ""
    within: int | None = None
    least: int = 1


@dataclass(frozen=True)
class Seen:
    """Was here, by an order or a deed, within so many days."""

    within: int | None = 30


@dataclass(frozen=True)
class Language:
    """Wants to be written to in one of these languages."""

    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Country:
    """The last order went to one of these countries."""

    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Returned:
    """Sent something back, within so many days."""

    within: int | None = None


@dataclass(frozen=True)
class OfType:
    """A model takes them to shop in one of these ways, and they have not called it wrong."""

    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Likely:
    """A model gives an order within a week at least this chance, in percent."""

    least: int = 0


@dataclass(frozen=True)
class All:
    """All of these hold; of none, everybody."""

    parts: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Some:
    """One of these holds."""

    parts: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Not:
    """This does not hold."""

    part: Rule


Test = (Bought | Orders | Spent | LastOrder | InStage | Price | Did | Seen | Language | Country
        | Returned | OfType | Likely)  # fmt: skip
Rule = All | Some | Not | Test
TESTS: dict[str, type[Any]] = {
    "bought": Bought, "orders": Orders, "spent": Spent, "last_order": LastOrder,
    "stage": InStage, "price": Price, "did": Did, "seen": Seen, "language": Language,
    "country": Country, "returned": Returned, "type": OfType, "likely": Likely,
}  # fmt: skip


# --- Reading --------------------------------------------------------------------------------------
def read(rule: object) -> Rule:
    """Return a rule that was kept or sent as JSON; WrongRule if it is none."""
    if rule == {}:
        return All()
    found = _node(rule, "rule", 0)
    if sum(1 for _one in tests_of(found)) > MOST_TESTS:
        raise WrongRule(f"rule: more than {MOST_TESTS} tests")
    return found


def _node(rule: object, where: str, depth: int) -> Rule:
    if not isinstance(rule, Mapping) or not rule or depth > DEEPEST:
        raise WrongRule(f"{where}: not a rule")
    if "is" in rule:
        return _test(rule, where)
    if len(rule) != 1:
        raise WrongRule(f"{where}: one of all, any, not")
    word, inside = next(iter(rule.items()))
    if word == "not":
        return Not(_node(inside, f"{where}.not", depth + 1))
    if word not in ("all", "any") or not isinstance(inside, list) or len(inside) > MOST_TESTS:
        raise WrongRule(f"{where}: one of all, any, not")
    parts = tuple(_node(one, f"{where}.{word}.{n}", depth + 1) for n, one in enumerate(inside))
    if word == "any" and not parts:
        raise WrongRule(f"{where}.any: empty")
    return All(parts) if word == "all" else Some(parts)


def _test(rule: Mapping[str, object], where: str) -> Test:
    kind = TESTS.get(rule["is"]) if isinstance(rule["is"], str) else None
    if kind is None:
        raise WrongRule(f"{where}.is: one of {', '.join(TESTS)}")
    known = {one.name for one in fields(kind)}
    if extra := {str(name) for name in rule} - known - {"is"}:
        raise WrongRule(f"{where}: {', '.join(sorted(extra))} is unknown")
    values = {name: CHECKS[name](rule[name], f"{where}.{name}") for name in known if name in rule}
    made: Test = kind(**values)
    if problem := faults(made):
        raise WrongRule(f"{where}: {problem}")
    return made


def faults(test: Test) -> str:
    """Return what is wrong with a test as a whole, nothing if it is fine."""
    least, most = getattr(test, "least", None), getattr(test, "most", None)
    counts = isinstance(test, Bought | Did | Orders | LastOrder | Likely)
    money = isinstance(test, Spent | Price)
    wrong = {
        "least is a whole number": counts and not isinstance(least, int),
        "at least once": isinstance(test, Bought | Did) and least == 0,
        "a chance from 1 to 100": isinstance(test, Likely) and not 1 <= int(least or 0) <= 100,
        "days are needed": isinstance(test, Seen) and test.within is None,
        "a currency is needed": isinstance(test, Spent | Price) and not test.currency,
        "a bound is needed": money and least is None and most is None,
        "one at least": isinstance(test, InStage | Language | Country | OfType)
        and not _words(test),
        "least is above most": least is not None and most is not None and least > most,
    }
    return next((said for said, found in wrong.items() if found), "")


def _words(test: InStage | Language | Country | OfType) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(test, fields(test)[0].name)
    return found


def _text(most: int) -> Callable[[object, str], str]:
    def check(value: object, where: str) -> str:
        if not isinstance(value, str) or len(value) > most or "\x00" in value:
            raise WrongRule(f"{where}: a text of at most {most} characters")
        return value

    return check


def _chosen(known: Sequence[str], *, empty: bool = False) -> Callable[[object, str], str]:
    def check(value: object, where: str) -> str:
        if not isinstance(value, str) or (value not in known and not (empty and not value)):
            raise WrongRule(f"{where}: one of {', '.join(known)}")
        return value

    return check


def _several(pattern: str) -> Callable[[object, str], tuple[str, ...]]:
    def check(value: object, where: str) -> tuple[str, ...]:
        good = isinstance(value, list) and len(value) <= 60
        if not good or not all(isinstance(v, str) and re.fullmatch(pattern, v) for v in value):  # type: ignore[attr-defined]
            raise WrongRule(f"{where}: a list of words")
        return tuple(dict.fromkeys(value))  # type: ignore[call-overload]

    return check


def _days(value: object, where: str) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_DAYS:
        raise WrongRule(f"{where}: whole days from 1 to {MOST_DAYS}")
    return value


def _number(value: object, where: str) -> int | Decimal | None:
    """Return a count, or an amount of money written as a text."""
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TIMES:
        return value
    try:
        amount = Decimal(value) if isinstance(value, str) and len(value) <= 14 else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or not 0 <= amount <= MOST_MONEY:
        raise WrongRule(f"{where}: a number from 0 on")
    return amount


CHECKS: dict[str, Callable[[object, str], Any]] = {
    "category": _text(400), "brand": _text(120), "within": _days, "least": _number,
    "most": _number, "currency": _chosen(CURRENCIES),
    "kind": _chosen(DEEDS, empty=True), "stages": _several("|".join(STAGES)),
    "types": _several("|".join(TYPES)),
    "languages": _several("en|zh-hans"), "countries": _several("[A-Z]{2}"),
}  # fmt: skip


# --- Looking at rules -----------------------------------------------------------------------------
def tests_of(rule: Rule) -> Iterator[Test]:
    """Yield the tests of a rule, from left to right."""
    if isinstance(rule, All | Some):
        for part in rule.parts:
            yield from tests_of(part)
    elif isinstance(rule, Not):
        yield from tests_of(rule.part)
    else:
        yield rule


def needs_deeds(rule: Rule) -> bool:
    """Tell whether a rule reads what people looked at: then they must agree to be known."""
    return any(
        isinstance(one, Did | Seen | OfType | Likely)
        or (isinstance(one, InStage) and "looking" in one.stages)
        for one in tests_of(rule)
    )


def written(rule: Rule) -> dict[str, Any]:
    """Return a rule as JSON; `read` makes it the same again."""
    if isinstance(rule, Not):
        return {"not": written(rule.part)}
    if isinstance(rule, All | Some):
        return {"all" if isinstance(rule, All) else "any": [written(part) for part in rule.parts]}
    word = next(name for name, kind in TESTS.items() if isinstance(rule, kind))
    plain = type(rule)
    values = {
        one.name: getattr(rule, one.name)
        for one in fields(rule)
        if getattr(rule, one.name) != getattr(_plain(plain), one.name)
    }
    return {"is": word} | {name: _json(value) for name, value in values.items()}


def _plain(kind: type[Any]) -> Any:
    return kind()


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
