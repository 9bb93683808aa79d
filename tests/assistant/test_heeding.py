"""What of a search's results keeps to what was said."""

import pytest

from assistant.heeding import denial, is_shelf, of_kind
from catalog.indexing import index_products
from catalog.search.market import read_market
from catalog.search.understanding import Slot, understand
from catalog.text import fold
from tests.catalog.factories import make_category, make_merchant, make_product


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


@pytest.mark.django_db
def test_goods_that_stand_in_no_category_are_of_the_kind_their_title_names_last() -> None:
    shop = make_merchant("aster")
    place = make_category("laptops", name_en="Laptops")
    placed = make_product(shop, "A", title="Aster 13 laptop", category=place)
    loose = make_product(shop, "B", title="Aster 14 Notebook PC 8 GB")
    other = make_product(shop, "C", title="Sleeve for 14 inch laptop: backpack")
    index_products(shop)
    need = understand(
        "laptop", vocabulary=read_market(None, 0).vocabulary, locale="en", currency="USD"
    )
    found = of_kind([placed.pk, loose.pk, other.pk], need)
    assert found == ([placed.pk, loose.pk], False)
