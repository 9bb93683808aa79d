"""From an address to a question."""

from decimal import Decimal

import pytest

from catalog.search.addressing import Address
from catalog.search.asking import asked_of, need_of, slot_key
from catalog.search.constraining import with_narrower
from catalog.search.filtering import PriceBound
from catalog.search.market import Market
from catalog.search.understanding import Vocabulary

MARKET = Market(
    merchant=None, revision=1, vocabulary=Vocabulary.from_lexicon(), products=9, coverage={},
    option_dimensions=frozenset(), currencies=("CNY", "USD"), categories={}, shops={},
)  # fmt: skip


def at(**params: str) -> Address:
    """Return an address with these parameters."""
    return Address("/search/").having(**params)


def test_a_slot_that_was_taken_away_stays_away() -> None:
    query = "red hoodie under $60, not leather"
    need = need_of(at(q=query), MARKET, locale="en", currency="USD")
    for slot in need.slots:
        kept = need_of(at(q=query, no=slot_key(slot)), MARKET, locale="en", currency="USD").slots
        assert [one.kind for one in kept] == [one.kind for one in need.slots if one != slot]


def test_taking_every_slot_away_leaves_none() -> None:
    address = at(q="red hoodie under $60")
    for slot in need_of(address, MARKET, locale="en", currency="USD").slots:
        address = address.plus("no", slot_key(slot))
    assert need_of(address, MARKET, locale="en", currency="USD").slots == ()


def test_exact_takes_words_as_written() -> None:
    read = need_of(at(q="lanya"), MARKET, locale="en", currency="USD")
    assert read.corrections
    assert not need_of(at(q="lanya", exact="1"), MARKET, locale="en", currency="USD").corrections


@pytest.mark.parametrize(
    ("params", "bound"),
    [
        ({}, None),
        ({"min": "5"}, PriceBound("USD", Decimal(5), None)),
        ({"min": "9", "max": "5"}, PriceBound("USD", Decimal(5), Decimal(9))),
        ({"max": "5", "cur": "CNY"}, PriceBound("CNY", None, Decimal(5))),
    ],
)
def test_the_price_form(params: dict[str, str], bound: PriceBound | None) -> None:
    assert asked_of(at(**params), MARKET, locale="en", currency="USD").price == bound


def test_clicks_become_demands() -> None:
    address = at(category="7", rating="4", stock="1", sort="newest").plus("colour", "red")
    asked = asked_of(address.at_page(2), MARKET, locale="en", currency="USD", category=3)
    assert (asked.category, asked.rating, asked.in_stock) == (7, Decimal(4), True)
    assert (asked.picked, asked.order, asked.page) == ((("colour", ("red",)),), "newest", 2)
    assert asked_of(at(), MARKET, locale="en", currency="USD", category=3).category == 3


def test_a_size_that_is_a_number_is_found_however_it_is_written() -> None:
    for said in ("42码跑步鞋", "running shoes size 42", "EU 42"):
        sizes = need_of(at(q=said), MARKET, locale="en", currency="USD").of("size")
        assert {"42", "eu-42", "size-42"} <= set(with_narrower("size", sizes[0].value)), said
    assert with_narrower("size", "us-9") == with_narrower("size", "us-9")[:1] == ["us-9"]
    assert with_narrower("size", "m")[0] == "m"
