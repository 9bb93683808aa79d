"""What of a search's results keeps to what was said."""

import pytest

from assistant.heeding import denial, is_shelf
from catalog.search.understanding import Slot
from catalog.text import fold


@pytest.mark.parametrize(
    ("title", "lacks"),
    [
        ("头戴式无线耳机（无降噪）", True),
        ("Wireless Headphones (No Noise Cancelling)", True),
        ("Headphones without noise cancelling", True),
        ("头戴式主动降噪蓝牙耳机", False),
        ("Over-Ear Noise-Cancelling Headphones", False),
    ],
)
def test_a_title_that_says_it_lacks_a_feature(title: str, lacks: bool) -> None:
    assert bool(denial("feature", "noise-cancelling").search(fold(title))) is lacks


def test_a_shelf_of_just_this_kind() -> None:
    beauty = {"name_zh": "美妆个护", "name_en": "Beauty", "value": "7"}
    tees = {"name_zh": "T恤", "name_en": "T-shirts", "value": "3"}
    assert not is_shelf(Slot("category", surface="口红", **beauty))  # type: ignore[arg-type]
    assert is_shelf(Slot("category", surface="t恤", **tees))  # type: ignore[arg-type]
    assert is_shelf(Slot("category", surface="tees", **tees))  # type: ignore[arg-type]
    assert not is_shelf(Slot("category", surface="dog bed", value="pet-bed", known=False))
