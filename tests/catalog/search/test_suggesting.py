"""Suggestions over the demo market place: the same thing however it is typed, and quickly."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import SearchDocument
from catalog.search.market import Market
from catalog.search.suggesting import Suggestion, suggestions

pytestmark = pytest.mark.django_db


def first_product(typed: str, market: Market) -> str:
    """Return the SKU of the first product suggested."""
    return next(one.value for one in suggestions(typed, market) if one.kind == "product")


def test_chinese_pinyin_and_a_typing_error_find_the_same(demo_market: Market) -> None:
    found = {
        first_product(typed, demo_market) for typed in ("lanya", "蓝牙", "bluetoth", "Bluetooth")
    }
    assert len(found) == 1


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("erji", "category", "耳机"),
        ("headp", "category", "Headphones"),
        ("mouse", "category", "Mice"),
        ("保温", "category", "保温杯"),
        ("baowenbei", "category", "保温杯"),
        ("clou", "brand", "Cloudloom"),
        ("wireless mo", "query", "wireless mouse"),
    ],
)
def test_names_are_completed(demo_market: Market, typed: str, kind: str, text: str) -> None:
    found = [(one.kind, one.text) for one in suggestions(typed, demo_market)]
    assert (kind, text) in found


def test_counts_are_those_of_the_category(demo_market: Market) -> None:
    (one,) = [
        one for one in suggestions("headphones", demo_market)
        if one.kind == "category" and one.text == "Headphones"
    ]  # fmt: skip
    assert one.count == SearchDocument.objects.filter(categories__contains=[int(one.value)]).count()


def test_products_are_named_in_the_readers_language(demo_market: Market) -> None:
    for locale in ("en", "zh-hans"):
        product = next(
            one for one in suggestions("CL-HD-201", demo_market, locale=locale)
            if one.kind == "product"
        )  # fmt: skip
        assert (product.value, product.locale) == ("CL-HD-201", locale)


def test_letters_alike_help_where_no_word_does(demo_market: Market) -> None:
    assert any("Hoodie" in one.text for one in suggestions("pulover hodie", demo_market))


@pytest.mark.parametrize(
    "typed", ["", "a", " ", "'", "\\", ":*&|!()", "%_", "𠮷", "qqqqzzzz", "\ud800"]
)
def test_anything_may_be_typed(demo_market: Market, typed: str) -> None:
    assert all(isinstance(one, Suggestion) for one in suggestions(typed, demo_market))


def test_every_prefix_of_a_sentence_takes_two_statements(demo_market: Market) -> None:
    sentence = "wireless 鼠标 jingyin"
    suggestions(sentence, demo_market)
    for end in range(1, len(sentence) + 1):
        with CaptureQueriesContext(connection) as queries:
            suggestions(sentence[:end], demo_market)
        assert len(queries) <= 2
