"""The shop's own words: brands in two languages, categories and where a product type is found."""

import pytest

from catalog.lexicon import lexicon
from catalog.search.understanding import Vocabulary
from tests.catalog.search.understanding.conftest import Read

ROWS = [
    ("shoes", "鞋靴", "Shoes"),
    ("shoes/running", "跑步鞋", "Running shoes"),
    ("clothing", "服装", "Clothing"),
    ("clothing/trousers", "裤子", "Trousers & jeans"),
    ("clothing/outerwear", "外套", "Outerwear"),
    ("clothing/outerwear/jackets", "夹克与大衣", "Jackets & coats"),
    ("sports", "运动", "Sports"),
    ("sports/fitness", "健身器材", "Fitness equipment"),
    ("kitchen/wok-wares", "炒具", "Wokwares"),
]


@pytest.fixture(scope="module")
def shop() -> Vocabulary:
    rows = [(path, {"zh-hans": chinese, "en": english}, ()) for path, chinese, english in ROWS]
    return Vocabulary.build(lexicon(), categories=rows, brands=["Nike", ("Acme", ["阿克米"])])


FOUND = {
    "running shoes": ["shoes/running"],
    "跑鞋 男": ["shoes/running"],
    "boots": ["shoes"],
    "牛仔裤": ["clothing/trousers"],
    "jeans": ["clothing/trousers"],
    "coat": ["clothing/outerwear/jackets"],
    "Outerwear": ["clothing/outerwear"],
    "Jackets & coats": ["clothing/outerwear/jackets"],
    "wokwares": ["kitchen/wok-wares"],
    "炒具": ["kitchen/wok-wares"],
}


@pytest.mark.parametrize("query", FOUND)
def test_a_product_type_is_found_in_the_shops_category(
    read: Read, shop: Vocabulary, query: str
) -> None:
    slots = read(query, words=shop).of("category")
    assert [slot.value for slot in slots] == FOUND[query]
    assert all(slot.known for slot in slots)


def test_a_category_is_named_as_the_shop_names_it(read: Read, shop: Vocabulary) -> None:
    (slot,) = read("jeans", words=shop).of("category")
    assert (slot.label("zh-hans"), slot.label("en")) == ("裤子", "Trousers & jeans")


def test_a_type_the_shop_does_not_have_is_said_to_be_unknown(read: Read, shop: Vocabulary) -> None:
    (slot,) = read("necklace", words=shop).of("category")
    assert (slot.value, slot.known) == ("necklace", False)
    assert slot.as_json("en")["known"] is False


def test_a_department_is_no_kind(read: Read, shop: Vocabulary) -> None:
    (slot,) = read("doormat", words=shop).of("category")
    assert (slot.known, slot.label("en")) == (False, "Doormat")
    (slot,) = read("yoga mat", words=shop).of("category")
    assert (slot.value, slot.known) == ("yoga-mat", False)


def test_a_wider_category_is_known_as_such(read: Read, shop: Vocabulary) -> None:
    assert [slot.wider for slot in read("boots", words=shop).of("category")] == [True]
    assert [slot.wider for slot in read("running shoes", words=shop).of("category")] == [False]


def test_what_is_unwanted_denies_no_wider_category(read: Read, shop: Vocabulary) -> None:
    (slot,) = read("shoes, no boots", words=shop).of("category", negated=True)
    assert (slot.value, slot.known) == ("boots", False)


def test_parents_may_be_given_where_ids_are_no_paths(read: Read) -> None:
    rows = [
        ("7", {"zh-hans": "鞋子", "en": "Shoes"}, (), None),
        ("8", {"zh-hans": "鞋", "en": "Footwear"}, (), "7"),
    ]
    words = Vocabulary.build(lexicon(), categories=rows)
    assert [slot.value for slot in read("boots", words=words).of("category")] == ["8"]


@pytest.mark.parametrize("query", ["nike 跑鞋", "耐克跑鞋", "NIKE shoes"])
def test_a_brand_is_known_in_both_languages(read: Read, shop: Vocabulary, query: str) -> None:
    assert [slot.value for slot in read(query, words=shop).of("brand")] == ["Nike"]


def test_a_brand_may_bring_its_own_names(read: Read, shop: Vocabulary) -> None:
    assert [slot.value for slot in read("阿克米的鞋", words=shop).of("brand")] == ["Acme"]


def test_a_brand_the_shop_does_not_have_is_a_word(read: Read, shop: Vocabulary) -> None:
    need = read("adidas shoes", words=shop)
    assert need.of("brand") == ()
    assert "adidas" in need.text


def test_vocabularies_do_not_share_their_words(read: Read, shop: Vocabulary) -> None:
    other = Vocabulary.build(lexicon(), categories=[], brands=["Other"])
    assert read("Nike", words=other).of("brand") == ()
    assert read("other", words=shop).of("brand") == ()
    assert other.shared is shop.shared
