"""The parts of a dialogue state: a held slot with its origin, a shown product, an open question.

Plain values and their JSON. A need is rebuilt of held slots so that search sees the same thing
whether it was said at once or over ten turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args

from catalog.search.understanding.need import Kind, Need, Slot

if TYPE_CHECKING:
    from catalog.search.understanding import Sort

# For whom a thing is, and that it is a present, no text says in the shopper's words.
OF_NO_TEXT = {
    "audience": frozenset(("men", "women", "boys", "girls", "mother", "father", "girlfriend",
                           "boyfriend", "grandparents", "friend", "teacher")),
    "occasion": frozenset(("gift",)),
}  # fmt: skip
MOST_AMOUNT = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Held:
    """A slot, the turn in which it was said, and the words that said it.

    ``cut``: the words only filter and take no part in ranking.
    """

    slot: Slot
    turn: int = 0
    words: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A product as it was shown: what references like "the cheaper blue one" are resolved by.

    ``words``: further words it may be called by (options, category, colour names), any language.
    """

    sku: str
    title: str = ""
    price: Decimal | None = None
    currency: str = ""
    rating: Decimal | None = None
    brand: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing of a set that was put together: the kind as it was asked for, and how many."""

    sku: str
    kind: str = ""
    pieces: int = 1

    def as_json(self) -> list[Any]:
        """Return it for the database."""
        return [self.sku, self.kind, self.pieces]

    @classmethod
    def of(cls, kept: Any) -> Part:
        """Read one back. Errors: TypeError, ValueError."""
        sku, kind, pieces = kept
        if isinstance(pieces, bool) or not isinstance(pieces, int) or pieces < 1:
            raise TypeError("pieces")
        return cls(_text(sku), _text(kind), pieces)


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that was put to the shopper: its kind, what may be chosen, in which turn."""

    kind: str
    options: tuple[str, ...] = ()
    turn: int = 0

    @classmethod
    def of(cls, kept: Any) -> Pending | None:
        """Read one back; None stays None. Errors: TypeError, ValueError."""
        if kept is None:
            return None
        kind, options, turn = kept
        if not isinstance(turn, int):
            raise TypeError("turn")
        return cls(_text(kind), tuple(_text(one) for one in options), turn)


def rebuilt(held: Sequence[Held], topic: str, sort: Sort, locale: str, language: str) -> Need:
    """Write held slots and free words as one need whose query holds all their words."""
    query, slots, cuts, fillers = "", [], [], []
    parts: list[tuple[str, Held | None]] = [(topic, None), *((one.words, one) for one in held)]
    places: dict[str, tuple[int, int]] = {}
    for words, one in parts:
        start, end = places.get(words, (0, 0))
        if words and not end:
            query += " " * bool(query) + words
            start, end = places[words] = len(query) - len(words), len(query)
        if one is not None:
            slots.append(_placed(one.slot, start, end))
            if (one.cut or one.slot.negated) and end:
                cuts.append((start, end))
            elif one.slot.value in OF_NO_TEXT.get(one.slot.kind, ()) and end:
                fillers.append((start, end))
    return Need(query, locale, language, tuple(slots), sort, cuts=tuple(dict.fromkeys(cuts)),
                fillers=tuple(dict.fromkeys(fillers)))  # fmt: skip


def _placed(slot: Slot, start: int, end: int) -> Slot:
    from dataclasses import replace

    return replace(slot, start=start, end=end)


def held_json(held: Held) -> dict[str, Any]:
    """Return a held slot for the database; empty fields are left out."""
    slot = held.slot
    fields: dict[str, Any] = {"kind": slot.kind, "turn": held.turn, "words": held.words}
    texts = ("value", "surface", "currency", "unit", "name_zh", "name_en")
    fields |= {name: text for name in texts if (text := getattr(slot, name))}
    fields |= {name: True for name in ("negated", "currency_stated") if getattr(slot, name)}
    limits = {"minimum": slot.minimum, "maximum": slot.maximum}
    fields |= {name: str(limit) for name, limit in limits.items() if limit is not None}
    fields |= {"cut": True} if held.cut else {}
    return fields if slot.known else fields | {"unknown": True}


def held_from(kept: Any) -> Held:
    """Read a held slot back. Errors: KeyError, TypeError, ValueError, ArithmeticError."""
    if kept["kind"] not in get_args(Kind) or not isinstance(kept["turn"], int):
        raise ValueError("no such kind")
    names = ("value", "surface", "currency", "unit", "name_zh", "name_en")
    texts = {name: _text(kept.get(name, "")) for name in names}
    slot = Slot(
        kept["kind"],
        value=texts["value"],
        surface=texts["surface"],
        negated=bool(kept.get("negated")),
        minimum=_amount(kept.get("minimum")),
        maximum=_amount(kept.get("maximum")),
        currency=texts["currency"],
        currency_stated=bool(kept.get("currency_stated")),
        unit=texts["unit"],
        known=not kept.get("unknown"),
        name_zh=texts["name_zh"],
        name_en=texts["name_en"],
    )
    return Held(slot, kept["turn"], _text(kept["words"]), bool(kept.get("cut")))


def seen_json(seen: Seen) -> dict[str, str]:
    """Return a shown product for the database; empty fields are left out."""
    fields = {name: str(getattr(seen, name) or "") for name in Seen.__slots__}
    return {name: text for name, text in fields.items() if text}


def seen_from(kept: Any) -> Seen:
    """Read a shown product back. Errors: KeyError, TypeError, ValueError, ArithmeticError."""
    texts = {name: _text(kept.get(name, "")) for name in ("title", "currency", "brand", "words")}
    limits = {name: _amount(kept.get(name)) for name in ("price", "rating")}
    return Seen(_text(kept["sku"]), **texts, **limits)  # type: ignore[arg-type]


def _amount(text: Any) -> Decimal | None:
    if text is None:
        return None
    amount = Decimal(_text(text))
    if not (amount.is_finite() and 0 <= amount < MOST_AMOUNT):
        raise ValueError("no such amount")
    return amount


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
