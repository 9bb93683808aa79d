"""What a shop may set: rules of return and exchange, warranties, changes of orders, shipping days.

For the deciding functions, the portal's form and the demo. Plain data that goes to JSON and back
unchanged; `PolicyError` names the field that makes no sense. It decides nothing.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

E = TypeVar("E", bound=StrEnum)
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
MOST_RULES, MOST_DAYS, MOST_MONTHS, MOST_NAMED = 40, 730, 240, 200


class Reason(StrEnum):
    """Why something comes back."""

    CHANGED_MIND = "changed_mind"
    DOES_NOT_FIT = "does_not_fit"
    NOT_AS_DESCRIBED = "not_as_described"
    FAULTY = "faulty"
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"


# What the shop answers for, whatever else it has written.
FAULTS = (Reason.NOT_AS_DESCRIBED, Reason.FAULTY, Reason.DAMAGED, Reason.WRONG_ITEM)


class Condition(StrEnum):
    """How it comes back, the best first."""

    SEALED = "sealed"
    UNUSED = "unused"
    USED = "used"


CONDITIONS = tuple(Condition)


class Payer(StrEnum):
    """Who pays for the way back."""

    SHOPPER = "shopper"
    SHOP = "shop"


class Way(StrEnum):
    """How money goes back: the way it came, or by a transfer that the shop makes."""

    ORIGINAL = "original"
    TRANSFER = "transfer"


class Remedy(StrEnum):
    """What a warranty gives."""

    REPAIR = "repair"
    REPLACE = "replace"
    REFUND = "refund"


class ShippingBack(StrEnum):
    """When the first shipping is refunded too, once everything has come back."""

    NEVER = "never"
    FAULT = "fault"
    ALWAYS = "always"


class PolicyError(Exception):
    """A field that makes no sense: ``field`` as in ``rules.2.return_days``."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.field = name


@dataclass(frozen=True)
class Rule:
    """Who may give what back, and how. Empty categories, articles and reasons mean all.

    ``condition``: the worst that is still taken. No days: not at all.
    """

    code: str
    categories: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    return_days: int = 0
    exchange_days: int = 0
    condition: Condition = Condition.UNUSED
    payer: Payer = Payer.SHOPPER
    ways: tuple[Way, ...] = (Way.ORIGINAL, Way.TRANSFER)
    fee_percent: Decimal = Decimal(0)


@dataclass(frozen=True)
class Warranty:
    """How long the shop answers for faults, and by what."""

    code: str
    months: int
    remedies: tuple[Remedy, ...] = (Remedy.REPAIR,)
    categories: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Policy:
    """All of a shop's written policies. Of rules and warranties the first that fits decides."""

    rules: tuple[Rule, ...] = ()
    warranties: tuple[Warranty, ...] = ()
    # States of an order in which the shopper may still do it alone.
    cancel: tuple[str, ...] = ("placed", "paid", "packed")
    readdress: tuple[str, ...] = ("placed", "paid")
    automatic: bool = False
    shipping_back: ShippingBack = ShippingBack.FAULT
    invoices: bool = True
    on_delivery: bool = True  # whether an order may be paid when it is handed over
    # Orders before this hour leave the same working day.
    cut_off: datetime.time = datetime.time(16)
    workdays: tuple[int, ...] = (0, 1, 2, 3, 4)  # Monday is 0
    closed: tuple[datetime.date, ...] = ()
    zone: str = "Asia/Shanghai"


HYGIENE = ("beauty", "baby/feeding", "jewellery/earrings", "clothing/underwear")
PERISHABLE = ("groceries", "garden/plants")
STANDARD = Policy(
    rules=(
        Rule(
            "faulty", reasons=FAULTS, return_days=15, exchange_days=15,
            condition=Condition.USED, payer=Payer.SHOP,
        ),
        Rule("perishable", categories=PERISHABLE),
        Rule("hygiene", categories=HYGIENE, return_days=7, condition=Condition.SEALED),
        Rule("standard", return_days=7, exchange_days=15),
    ),
    warranties=(
        Warranty("electronics", 12, (Remedy.REPAIR, Remedy.REPLACE), categories=("electronics",)),
        Warranty("goods", 3, (Remedy.REPLACE, Remedy.REFUND)),
    ),
)  # fmt: skip

STATES_BEFORE_SHIPPING = ("placed", "paid", "packed")


def to_json(policy: Policy) -> dict[str, Any]:
    """Return the policy as JSON holds it."""
    plain = asdict(policy)
    for rule in plain["rules"]:
        rule["fee_percent"] = str(rule["fee_percent"])
    plain["cut_off"] = policy.cut_off.strftime("%H:%M")
    plain["closed"] = [day.isoformat() for day in policy.closed]
    return _listed(plain)


def from_json(stored: Mapping[str, Any]) -> Policy:
    """Read a policy; what is not said is as in `STANDARD`, what makes no sense is PolicyError."""
    given = replace(
        STANDARD,
        **{
            name: read(stored[name], name)
            for name, read in READERS.items()
            if stored.get(name) is not None
        },
    )
    check(given)
    return given


def check(policy: Policy) -> None:
    """Raise PolicyError for what contradicts itself."""
    for name, rows in (("rules", policy.rules), ("warranties", policy.warranties)):
        codes = [row.code for row in rows]
        if len(codes) > MOST_RULES:
            raise PolicyError(name)
        for place, code in enumerate(codes):
            if not CODE.fullmatch(code) or code in codes[:place]:
                raise PolicyError(f"{name}.{place}.code")
    for place, rule in enumerate(policy.rules):
        if rule.return_days and not rule.ways:
            raise PolicyError(f"rules.{place}.ways")


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _listed(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_listed(one) for one in value]
    return str(value) if isinstance(value, StrEnum) else value


# --- Reading -------------------------------------------------------------------------------------
def _one(kind: type[E], value: Any, name: str) -> E:
    try:
        return kind(value)
    except ValueError as error:
        raise PolicyError(name) from error


def _some(kind: type[E], value: object, name: str) -> tuple[E, ...]:
    found = [_one(kind, one, name) for one in _list(value, name)]
    return tuple(one for one in kind if one in found)


def _list(value: object, name: str) -> Sequence[Any]:
    if not isinstance(value, list | tuple) or len(value) > MOST_NAMED:
        raise PolicyError(name)
    return value


def _names(value: object, name: str) -> tuple[str, ...]:
    found = _list(value, name)
    if not all(isinstance(one, str) and 0 < len(one) <= 200 for one in found):
        raise PolicyError(name)
    return tuple(dict.fromkeys(one.strip().strip("/") for one in found))


def _whole(value: object, name: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise PolicyError(name)
    return value


def _yes(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise PolicyError(name)
    return value


def _percent(value: object, name: str) -> Decimal:
    try:
        found = Decimal(str(value))
    except InvalidOperation as error:
        raise PolicyError(name) from error
    if not found.is_finite() or not 0 <= found <= 100:
        raise PolicyError(name)
    return found


def _rules(value: object, name: str) -> tuple[Rule, ...]:
    return tuple(_rule(one, f"{name}.{place}") for place, one in enumerate(_list(value, name)))


def _rule(said: object, name: str) -> Rule:
    if not isinstance(said, Mapping):
        raise PolicyError(name)
    blank = Rule("")
    return Rule(
        code=str(said.get("code", "")),
        categories=_names(said.get("categories", ()), f"{name}.categories"),
        skus=_names(said.get("skus", ()), f"{name}.skus"),
        reasons=_some(Reason, said.get("reasons", ()), f"{name}.reasons"),
        return_days=_whole(said.get("return_days", 0), f"{name}.return_days", MOST_DAYS),
        exchange_days=_whole(said.get("exchange_days", 0), f"{name}.exchange_days", MOST_DAYS),
        condition=_one(Condition, said.get("condition", blank.condition), f"{name}.condition"),
        payer=_one(Payer, said.get("payer", blank.payer), f"{name}.payer"),
        ways=_some(Way, said.get("ways", blank.ways), f"{name}.ways"),
        fee_percent=_percent(said.get("fee_percent", 0), f"{name}.fee_percent"),
    )


def _warranties(value: object, name: str) -> tuple[Warranty, ...]:
    return tuple(_warranty(one, f"{name}.{place}") for place, one in enumerate(_list(value, name)))


def _warranty(said: object, name: str) -> Warranty:
    if not isinstance(said, Mapping):
        raise PolicyError(name)
    return Warranty(
        code=str(said.get("code", "")),
        months=_whole(said.get("months", 0), f"{name}.months", MOST_MONTHS),
        remedies=_some(Remedy, said.get("remedies", (Remedy.REPAIR,)), f"{name}.remedies"),
        categories=_names(said.get("categories", ()), f"{name}.categories"),
        skus=_names(said.get("skus", ()), f"{name}.skus"),
    )


def _states(value: object, name: str) -> tuple[str, ...]:
    found = _list(value, name)
    if not set(found) <= set(STATES_BEFORE_SHIPPING):
        raise PolicyError(name)
    return tuple(state for state in STATES_BEFORE_SHIPPING if state in found)


def _time(value: object, name: str) -> datetime.time:
    try:
        return datetime.time.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError as error:
        raise PolicyError(name) from error


def _days(value: object, name: str) -> tuple[int, ...]:
    days = {_whole(one, name, 6) for one in _list(value, name)}
    if not days:
        raise PolicyError(name)
    return tuple(sorted(days))


def _dates(value: object, name: str) -> tuple[datetime.date, ...]:
    try:
        return tuple(sorted({datetime.date.fromisoformat(str(one)) for one in _list(value, name)}))
    except ValueError as error:
        raise PolicyError(name) from error


def _zone(value: object, name: str) -> str:
    try:
        return ZoneInfo(str(value)).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PolicyError(name) from error


READERS: dict[str, Any] = {
    "rules": _rules,
    "warranties": _warranties,
    "cancel": _states,
    "readdress": _states,
    "automatic": _yes,
    "shipping_back": lambda value, name: _one(ShippingBack, value, name),
    "invoices": _yes,
    "on_delivery": _yes,
    "cut_off": _time,
    "workdays": _days,
    "closed": _dates,
    "zone": _zone,
}
