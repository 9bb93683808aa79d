"""Which products keep a measure that was named: by facts, titles and numbers without a unit."""

from decimal import Decimal

import pytest

from assistant.bearing import Told
from assistant.of_measure import keeps, named_beside
from catalog.search.understanding import Slot, Vocabulary, understand


def measure(low: str, high: str, unit: str) -> Slot:
    limits = [Decimal(one) if one else None for one in (low, high)]
    return Slot("measure", minimum=limits[0], maximum=limits[1], unit=unit)


AT_LEAST_16 = measure("16", "", "gb")


@pytest.mark.parametrize(
    ("slot", "words", "told", "kept"),
    [
        (AT_LEAST_16, "memory", Told("aster 13", facts={"internal_memory": [16]}), True),
        (AT_LEAST_16, "memory", Told("aster 13 512 gb", facts={"internal_memory": [8]}), False),
        (AT_LEAST_16, "", Told("stick 64 gb"), True),
        (measure("10", "10", "kg"), "", Told("滚筒洗衣机 10公斤"), True),
        (measure("10", "10", "kg"), "", Told("滚筒洗衣机 8公斤"), False),
        (measure("12", "18", "m"), "", Told("patch cable 50 ft"), True),
        (measure("12", "18", "m"), "", Told("patch cable 15 ft"), False),
        (measure("", "2", "kg"), "", Told("aster", facts={"weight": [1310]}), True),
        (measure("", "2", "kg"), "", Told("aster", facts={"package_weight": [1.2]}), False),
        (measure("", "2", "kg"), "", Told("aster", facts={"重量": ["1.3kg"]}), True),
        (measure("24", "24", "inch"), "", Told("filter", facts={"display_size": [24]}), True),
    ],
)  # fmt: skip
def test_whether_a_measure_is_kept(slot: Slot, words: str, told: Told, kept: bool) -> None:
    assert keeps(slot, told, frozenset(words.split())) is kept


def test_a_measure_is_named_only_by_what_its_unit_can_be_of() -> None:
    need = understand(
        "laptop with 16gb ram, weight under 2 kg", vocabulary=Vocabulary.from_lexicon(),
        locale="en", currency="USD",
    )  # fmt: skip
    named = {slot.unit: named_beside(slot, need) for slot in need.of("measure")}
    assert named == {"gb": {"memory"}, "kg": {"weight"}}
