"""A name as a tsquery: all of its words, and a Chinese one as a word."""

import pytest

from catalog.search.wording import phrase


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("running shoe", "'run' & 'shoe'"),
        ("t shirt", "'tshirt' & 'shirt'"),
        ("T-Shirt", "'tshirt' & 'shirt'"),
        ("速干T恤", "'速干' & '恤'"),
        ("T恤", "'恤'"),
        ("u盘", "'u' & '盘'"),
        ("手机座", "'手机座'"),
    ],
)
def test_no_part_of_a_name_is_lost(name: str, query: str) -> None:
    assert phrase(name) == query
