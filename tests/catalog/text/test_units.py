"""Quantities in one spelling."""

import pytest

from catalog.text.units import quantities, without_thousands


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("500ml", ["500ml"]), ("1.5 l", ["1500ml"]), ("0.5升", ["500ml"]), ("2 liters", ["2000ml"]),
        ("43.2 cm", ["432mm"]), ("6mm", ["6mm"]), ("1.8米", ["1800mm"]), ("15.6-inch", ["15.6in"]),
        ('27" monitor', ["27in"]), ("1.2kg", ["1200g"]), ("3斤", ["1500g"]), ("16 oz", ["16oz"]),
        ("20000mah", ["20000mah"]), ("1tb", ["1024gb"]), ("65w", ["65w"]), ("1.5千瓦", ["1500w"]),
        ("30x40x50cm", ["300mm", "400mm", "500mm"]), ("30 × 40 厘米", ["300mm", "400mm"]),
        ("3 in 1", []), ("2 in pack", []), ("size 10", []), ("b12", []), ("5 gold rings", []),
    ],
)  # fmt: skip
def test_quantities(text: str, base: list[str]) -> None:
    assert [term for quantity in quantities(text) for term in quantity.base] == base


def test_thousands_separators_go_and_lists_stay() -> None:
    assert without_thousands("5,000 mah") == "5000 mah"
    assert without_thousands("1,5 or 2,50") == "1,5 or 2,50"
