"""Which products are of a measure that was named: "at least 16 GB of RAM", 10公斤的, "15 metres".

For finding. A measure is held against the facts that bear its name, against amounts in titles and
against numbers that stand without a unit under a name that such a unit belongs to; units of one
dimension are converted. Where something keeps it, what does not is left out; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from assistant.bearing import Told, told_of
from assistant.doing.parts import is_apart, telling, words_in
from assistant.doing.rules.measures import UNITS
from catalog.search.offering import Hit
from catalog.search.understanding import Need, Slot
from catalog.search.understanding.quantities import quantities_of
from catalog.text import fold

NEARLY = Decimal("0.05")  # how far what is stated may be off what was said exactly
# Under which names a number without a unit is one of such a unit.
NAMED_FOR = {
    "length": frozenset(("length",)), "screen": frozenset(("size", "screen")),
    "mass": frozenset(("weight",)), "data": frozenset(("memory", "storage", "capacity")),
    "volume": frozenset(("capacity",)), "power": frozenset(("power",)),
    "charge": frozenset(("capacity", "battery")), "voltage": frozenset(("voltage",)),
    "rate": frozenset(("frequency", "refresh")),
}  # fmt: skip
BESIDE = 1  # further words of such a name: "cable length"
# Of which further names an amount with its unit may be.
TOLD_FOR = {"length": frozenset(("width", "height", "depth", "size", "screen", "thickness"))}
GRAMS_FROM = Decimal(50)  # a weight without a unit: 2900 is of grams, 1.3 of kilograms
Limits = tuple[Decimal | None, Decimal | None]


def of_measure(hits: Sequence[Hit], need: Need) -> tuple[list[Hit], tuple[Slot, ...]]:
    """Return the hits that keep the measures that were named, and the measures that none keeps.

    Two queries, or none.
    """
    kept, unmet = list(hits), list[Slot]()
    slots = [one for one in need.of("measure") if one.unit in UNITS]
    told = told_of(hit.product for hit in hits) if slots and hits else {}
    for slot in slots:
        words = named_beside(slot, need)
        those = [hit for hit in kept if keeps(slot, told.get(hit.product, Told()), words)]
        if those:
            kept = those
        else:
            unmet.append(slot)
    return kept, tuple(unmet)


def named_beside(slot: Slot, need: Need) -> frozenset[str]:
    """Return the words that say of what a measure is: RAM of "16 GB of RAM".

    Only those that its unit can be of: "16 GB of RAM, under 2 kg" names no memory of two kilograms.
    """
    dimension = UNITS[slot.unit][0]
    screen = NAMED_FOR["screen"] if dimension == "length" else frozenset[str]()
    named = NAMED_FOR.get(dimension, frozenset()) | TOLD_FOR.get(dimension, frozenset()) | screen
    beside = f"{slot.surface} {need.query}"
    kinds = {word for one in need.of("category") for word in words_in(fold(one.surface))}
    return (words_in(fold(beside)) & named) - kinds


def keeps(slot: Slot, told: Told, words: frozenset[str]) -> bool:
    """Tell whether a product is stated to be of a measure; ``words``: of what it is measured."""
    limits = limits_of(slot)
    dimension, base = UNITS[slot.unit]
    facts = {code: value for code, value in told.facts.items() if not is_apart(fold(code))}
    if words and (own := plainest(facts, words)):
        return any(within(one, limits) for one in stated_in(own, dimension, base, slot.unit))
    amounts = list(amounts_in(told.title, dimension))
    if any(within(one, limits) for one in amounts):
        return True
    if amounts and not facts:
        return False
    numbers = stated_in(facts, dimension, base, slot.unit)
    return any(within(one, limits) for one in numbers)


def plainest(facts: Mapping[str, object], words: frozenset[str]) -> dict[str, object]:
    """Return the facts that bear a name, those that say least besides: memory, not its clock."""
    besides = {code: len(named(code) - words) for code in facts if named(code) & words}
    least = min(besides.values(), default=0)
    return {code: facts[code] for code, count in besides.items() if count == least}


def named(code: str) -> frozenset[str]:
    """Return the words of a fact's code that say what it is of."""
    return telling(fold(code.replace("_", " ")))


def limits_of(slot: Slot) -> Limits:
    """Return the limits of a slot in the base unit; what was said exactly, a little wider."""
    base = UNITS[slot.unit][1]
    low, high = (None if one is None else one * base for one in (slot.minimum, slot.maximum))
    if low is not None and low == high:
        return low * (1 - NEARLY), low * (1 + NEARLY)
    return low, high


def within(value: Decimal, limits: Limits) -> bool:
    """Tell whether a value lies between two limits, each of which may be open."""
    low, high = limits
    return (low is None or value >= low) and (high is None or value <= high)


def amounts_in(text: str, dimension: str) -> Iterator[Decimal]:
    """Yield the amounts of a dimension that stand in a folded text, in the base unit."""
    for one in quantities_of(text, "CNY"):
        unit = one.unit
        if unit is not None and unit.kind == "measure" and unit.code in UNITS:
            its, base = UNITS[unit.code]
            if its == dimension:
                yield one.high * base


def stated_in(
    facts: Mapping[str, object], dimension: str, base: Decimal, unit: str
) -> Iterator[Decimal]:
    """Yield what facts state of a dimension, in its base unit."""
    for code, values in facts.items():
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, str) and is_told_for(code, dimension):
                yield from amounts_in(fold(value), dimension)
            elif not isinstance(value, bool | str) and isinstance(value, int | float):
                yield from number_of(code, Decimal(str(value)), dimension, base, unit)


def is_told_for(code: str, dimension: str) -> bool:
    """Tell whether a fact is of a dimension by its name; of one without names any may be."""
    names = NAMED_FOR.get(dimension, frozenset()) | TOLD_FOR.get(dimension, frozenset())
    return not names or bool(named(code) & names)


def number_of(
    code: str, value: Decimal, dimension: str, base: Decimal, unit: str
) -> Iterable[Decimal]:
    """Return a number in the base unit: by the unit of its code, else by what bears its name."""
    its, of_code = UNITS.get(code.rsplit("_", 1)[-1], ("", Decimal(1)))
    if its and "_" in code:
        return [value * of_code] if its == dimension else []
    name = "screen" if unit == "inch" else dimension
    own = NAMED_FOR.get(name, frozenset())
    if not named(code) & own or len(named(code) - own) > BESIDE:
        return []
    if dimension == "mass":
        return [value if value >= GRAMS_FROM else value * 1000]
    return [value * base]
