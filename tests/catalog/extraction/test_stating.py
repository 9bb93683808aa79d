"""Proposals as facts: codes, types and units as the catalogue states them."""

import pytest

from catalog.extraction.stating import Fact, NotAValue, corrected, named, stated


@pytest.mark.parametrize(
    ("proposal", "fact"),
    [
        (("material", "cotton", None), ("material", "cotton", "")),
        (("weight", "480", "g"), ("weight_g", 480, "g")),
        (("weight", "1.5", "lb"), ("weight_lb", 1.5, "lb")),
        (("battery", "10000", "mah"), ("capacity_mah", 10000, "mAh")),
        (("screen_size", "6.7", "in"), ("screen_in", 6.7, "″")),
        (("composition", "cotton 80", "%"), ("cotton_pct", 80, "%")),
        (("composition", "faux-leather 20", "%"), ("faux_leather_pct", 20, "%")),
        (("dimensions", "30x40", "cm"), ("dimensions", "30 × 40 cm", "")),
        (("water_resistance", "IPX7", None), ("water_rating", "IPX7", "")),
        (("water_resistance", "50", "m"), ("water_m", 50, "m")),
        (("bluetooth_version", "5.3", None), ("bluetooth_version", "5.3", "")),
    ],
)
def test_a_proposal_is_a_typed_fact(
    proposal: tuple[str, str, str | None], fact: tuple[str, object, str]
) -> None:
    said = stated(*proposal)
    assert (said.code, said.value, said.unit) == fact
    assert type(said.value) is type(fact[1])


@pytest.mark.parametrize(
    ("attribute", "value", "unit"),
    [("weight", "12", "oz"), ("battery", "5000", "mah"), ("water_resistance", "50", "m"),
     ("water_resistance", "IPX5", None), ("dimensions", "10x20", "cm"), ("heel_height", "3", "in"),
     ("composition", "spandex 5", None), ("memory", "16", "gb")],
)  # fmt: skip
def test_what_would_be_stated_has_its_name_before(
    attribute: str, value: str, unit: str | None
) -> None:
    fact = stated(attribute, value, unit)
    assert fact.name_zh and fact.name_en
    assert named(fact.code) == (fact.name_zh, fact.name_en, fact.unit)


@pytest.mark.parametrize("code", ["", "_", "pct", "own_code", "sleepiness_pct", "weightless"])
def test_a_code_of_a_shops_own_has_no_name_here(code: str) -> None:
    assert named(code)[:2] == ("", "")


def test_a_correction_keeps_the_type() -> None:
    weight = stated("weight", "480", "g")
    assert corrected(weight, " 500.5 ").value == 500.5
    assert corrected(stated("material", "cotton", None), "Linen").value == "linen"
    assert corrected(stated("material", "cotton", None), "moon dust").value == "moon dust"


@pytest.mark.parametrize("words", ["", "  ", "heavy", "-3", "nan", "inf", "1e99"])
def test_what_is_no_number_is_no_weight(words: str) -> None:
    with pytest.raises(NotAValue):
        corrected(stated("weight", "480", "g"), words)


@pytest.mark.parametrize("words", ["x" * 201, "a\0b"])
def test_what_is_too_long_or_cannot_be_stored_is_no_value(words: str) -> None:
    with pytest.raises(NotAValue):
        corrected(Fact("material", "cotton", "code"), words)
