"""A shop's rules move its own products only, keep every constraint, and hold for their time."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from catalog.indexing import index_products
from catalog.models import SearchRule, SearchSynonym
from catalog.search.addressing import Address
from catalog.search.asking import asked_of
from catalog.search.market import forget, market
from catalog.search.merchandising import (
    Rule,
    Synonym,
    arranged,
    key_of,
    moved,
    rules_for,
    synonyms_for,
    translated,
)
from catalog.search.searching import Results, search
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_merchant, make_product

ACTIONS = st.sampled_from(["pin", "boost", "bury"])


@given(st.lists(st.integers(1, 40), unique=True),
       st.lists(st.tuples(st.integers(0, 2), st.integers(1, 40), ACTIONS)))  # fmt: skip
def test_no_product_is_lost_and_no_shop_gains_a_place(
    ranked: list[int], said: list[tuple[int, int, str]]
) -> None:
    whose = {product: product % 3 for product in ranked}
    rules = [Rule(merchant, product, action) for merchant, product, action in said]
    order = arranged(ranked, rules, whose)
    assert sorted(order) == sorted(ranked)
    assert [whose[one] for one in order] == [whose[one] for one in ranked]


def test_pinned_first_boosted_halfway_buried_last() -> None:
    told = {
        5: Rule(1, 5, "pin", 2), 3: Rule(1, 3, "pin", 1), 9: Rule(1, 9, "boost"),
        1: Rule(1, 1, "bury"),
    }  # fmt: skip
    assert moved([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], told) == [3, 5, 2, 4, 9, 6, 7, 8, 10, 1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("jumper under 50", "sweater under 50"),
        ("JUMPER", "sweater"),
        ("jumpers", "jumpers"),
        ("红色套头衫", "红色卫衣"),
        ("warm jumper 套头衫", "warm sweater 卫衣"),
        ("a.b", "a.b"),
        ("", ""),
    ],
)
def test_words_are_replaced_whole_and_once(query: str, expected: str) -> None:
    words = [Synonym("jumper", "sweater"), Synonym("sweater", "jumper"), Synonym("套头衫", "卫衣"),
             Synonym(" ", "x"), Synonym(".", ".")]  # fmt: skip
    assert translated(query, words) == expected


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_any_text_can_be_a_synonym(query: str, said: str, meant: str) -> None:
    assert isinstance(translated(query, [Synonym(said, meant)]), str)


@pytest.fixture
def shop(db: None) -> Merchant:
    """Return a shop with three mugs and a plate, and a rival with a mug."""
    shop, rival = make_merchant("loom"), make_merchant("rival")
    for number, price in enumerate(("30.00", "20.00", "10.00")):
        make_product(shop, f"M{number}", title=f"Stoneware mug number {number}", price=price)
    make_product(shop, "P1", title="Dinner plate", price="15.00")
    make_product(rival, "R1", title="Stoneware mug of a rival")
    for one in (shop, rival):
        index_products(one)
    forget()
    return shop


def found(query: str, shop: Merchant | None, **params: str) -> Results:
    """Search as the pages do."""
    scope = market(shop.pk if shop else None)
    address = Address("/", (("q", query), *params.items()))
    words = synonyms_for(scope.merchant)
    asked = asked_of(address, scope, locale="en", currency="CNY", synonyms=words)
    return search(asked, scope, rules=rules_for(query, scope.merchant))


def skus(results: Results) -> list[str]:
    """Return what was found, in order."""
    return [hit.sku for hit in results.hits]


def rule(shop: Merchant, sku: str, action: str, query: str = "mug", **fields: object) -> None:
    """Save a rule of the shop's."""
    with as_merchant(shop):
        SearchRule.objects.create(
            merchant=shop, query=query, key=key_of(query), action=action,
            product=shop.products.get(sku=sku), **fields,
        )  # fmt: skip


def test_pin_and_bury_in_the_shops_own_search(shop: Merchant) -> None:
    before, other = skus(found("mug", shop)), skus(found("stoneware mug", shop))
    assert set(before) == {"M0", "M1", "M2"}
    rule(shop, before[2], "pin")
    rule(shop, before[0], "bury")
    assert skus(found("mug", shop)) == [before[2], before[1], before[0]]
    assert skus(found("MUG ", shop))[0] == before[2]
    assert skus(found("stoneware mug", shop)) == other, "another query has its own rules"


def test_a_pinned_product_comes_in_and_is_counted(shop: Merchant) -> None:
    rule(shop, "P1", "pin")
    results = found("mug", shop)
    assert (skus(results)[0], results.total) == ("P1", 4)
    cheap = found("mug", shop, max="12", cur="CNY")
    assert skus(cheap) == ["M2"], "a pin breaks no constraint"
    dear = found("mug", shop, sort="price_desc")
    assert skus(dear) == ["M0", "M1", "P1", "M2"], "a sort wish goes first"


def test_a_draft_is_never_pinned_in(shop: Merchant) -> None:
    make_product(shop, "D1", title="Secret jug", status="draft")
    rule(shop, "D1", "pin")
    assert "D1" not in skus(found("mug", shop))


def test_in_the_market_place_a_shop_moves_only_its_own(shop: Merchant) -> None:
    before = skus(found("mug", None))
    rule(shop, "P1", "pin")
    rule(shop, [sku for sku in before if sku != "R1"][-1], "pin")
    after = skus(found("mug", None))
    assert after.index("R1") == before.index("R1")
    assert sorted(after) == sorted(before)
    own = [sku for sku in before if sku != "R1"]
    assert next(sku for sku in after if sku != "R1") == own[-1]


def test_rules_hold_for_their_time(shop: Merchant) -> None:
    now = timezone.now()
    hour = datetime.timedelta(hours=1)
    rule(shop, "P1", "pin", starts_at=now + hour)
    rule(shop, "M2", "pin", starts_at=now - 2 * hour, ends_at=now - hour)
    assert rules_for("mug", shop.pk) == ()
    assert [one.product for one in rules_for("mug", shop.pk, at=now + 2 * hour)] == [
        shop.products.get(sku="P1").pk
    ]
    assert len(rules_for("mug", None, at=now - 1.5 * hour)) == 1


def test_synonyms_hold_in_the_shops_own_search_only(shop: Merchant) -> None:
    with as_merchant(shop):
        SearchSynonym.objects.create(merchant=shop, locale="en", said="beaker", meant="mug")
    assert {"M0", "M1", "M2"} <= set(skus(found("beaker", shop)))
    assert synonyms_for(None) == ()
