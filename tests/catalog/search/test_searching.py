"""Search over the demo market place: constraints, counts, pages, relaxations, personal order."""

import random
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from django.db import connection

from catalog.models import Product, SearchDocument, SearchOffer
from catalog.search import counting
from catalog.search.constraining import ALSO, Asked, serves, with_narrower
from catalog.search.filtering import SEXES_AND_AGES, Filters, PriceBound
from catalog.search.market import Market
from catalog.search.retrieving import build, retrieve
from catalog.search.searching import Results, search
from catalog.search.signs import Query, Unit, Weights
from catalog.search.understanding import Vocabulary, understand
from shopguide.accounts.tenancy import as_everyone
from shopguide.inference.fakes import FakeEncoder

pytestmark = pytest.mark.django_db
ENCODER = FakeEncoder()


def ask(market: Market, query: str, *, locale: str = "en", **clicked: object) -> Results:
    currency = "CNY" if locale == "zh-hans" else "USD"
    need = understand(query, vocabulary=market.vocabulary, locale=locale, currency=currency)
    vector = ENCODER.encode_queries([need.sentence])[0].tolist() if need.sentence else None
    asked = Asked(need=need, locale=locale, currency=currency, **clicked)  # type: ignore[arg-type]
    return search(asked, market, vector=vector, encoder_id=ENCODER.id)


def offers_now(product: int) -> list[SearchOffer]:
    return list(SearchOffer.objects.filter(product_id=product))


def stated_now(product: int, dimension: str) -> set[str]:
    facets = SearchDocument.objects.get(pk=product).facets
    return {str(value) for value in facets.get(dimension, [])}


COLOURS = {
    "black": "黑色",
    "white": "白色",
    "blue": "蓝色",
    "gray": "灰色",
    "red": "红色",
    "green": "绿色",
}
THINGS = [
    ("t-shirt", "T恤"),
    ("hoodie", "卫衣"),
    ("running shoes", "跑鞋"),
    ("backpack", "双肩包"),
    ("headphones", "耳机"),
    ("mouse", "鼠标"),
    ("thermos", "保温杯"),
    ("tent", "帐篷"),
    ("lamp", "台灯"),
    ("notebook", "笔记本"),
    ("towel", "毛巾"),
    ("jacket", "外套"),
]


def random_query(chance: random.Random) -> tuple[str, str, str | None, PriceBound]:
    """Return a query, its language, the colour and the price it demands."""
    chinese = chance.random() < 0.5
    colour = chance.choice([None, *COLOURS])
    thing = chance.choice(THINGS)[chinese]
    if chinese:
        bound = PriceBound("CNY", None, Decimal(chance.randrange(30, 800)))
        phrase = chance.choice(["{}元以内", "不超过{}元", "{}块以下", "预算{}元以内"]).format(
            bound.maximum
        )
        words = f"{COLOURS[colour] if colour else ''}{thing}"
        query = chance.choice([f"{words} {phrase}", f"{phrase}的{words}"])
        return query, "zh-hans", colour, bound
    bound = PriceBound("USD", None, Decimal(chance.randrange(5, 120)))
    phrase = chance.choice(["under ${}", "below {} dollars", "at most ${}", "up to {} USD"])
    words = f"{colour + ' ' if colour else ''}{thing}"
    return f"{words} {phrase.format(bound.maximum)}", "en", colour, bound


def test_no_random_query_breaks_its_constraints(demo_market: Market, full: bool) -> None:
    """Price and colour are fulfilled by one and the same offer, in every hit."""
    chance = random.Random(20261122)
    found = 0
    offers_of, stated = cache(offers_now), cache(stated_now)  # nothing is sold meanwhile
    for _ in range(10_000 if full else 400):
        query, locale, colour, bound = random_query(chance)
        results = ask(demo_market, query, locale=locale, size=10)
        for hit in results.hits:
            fitting = [
                offer
                for offer in offers_of(hit.product)
                if offer.currency == bound.currency
                and offer.amount is not None
                and offer.amount <= bound.maximum
                and (
                    colour is None
                    or offer.codes.get("colour") in with_narrower("colour", colour)
                    or (
                        "colour" not in offer.codes
                        and stated(hit.product, "colour") & set(with_narrower("colour", colour))
                    )
                )
            ]
            assert fitting, (query, hit.sku)
            assert hit.amount is not None
            assert hit.amount <= bound.maximum
            found += 1
    assert found > 400


def test_totals_and_facets_equal_a_count_by_hand(demo_market: Market) -> None:
    chance = random.Random(7)
    for _ in range(30):
        query, locale, _colour, bound = random_query(chance)
        results = ask(demo_market, query, locale=locale, size=1000)
        assert results.total == len(results.hits) == len(set(results.ranked))
        counted = {facet.code: facet for facet in results.facets}
        brands: dict[str, int] = {}
        for hit in results.hits:
            brands[hit.brand] = brands.get(hit.brand, 0) + 1
        shown = (
            {value.value: value.count for value in counted["brand"].values} if results.hits else {}
        )
        assert shown == {brand: count for brand, count in brands.items() if brand}
        colours: dict[str, set[int]] = {}
        for hit in results.hits:
            for offer in offers_now(hit.product):
                if offer.currency != bound.currency or offer.amount is None:
                    continue
                if offer.amount > bound.maximum:
                    continue
                values = (
                    [offer.codes["colour"]]
                    if "colour" in offer.codes
                    else [*stated_now(hit.product, "colour")]
                )
                if _colour:
                    values = [v for v in values if v in with_narrower("colour", _colour)]
                for value in values:
                    colours.setdefault(value, set()).add(hit.product)
        if _colour is None and results.hits:
            assert {value.value: value.count for value in counted["colour"].values} == {
                value: len(products) for value, products in colours.items()
            }


def test_pages_share_one_order_and_one_total(demo_market: Market) -> None:
    whole = ask(demo_market, "shoes", size=1000)
    pages = [ask(demo_market, "shoes", size=5, page=page) for page in range(1, 4)]
    assert {page.total for page in pages} == {whole.total}
    shown = [hit.product for page in pages for hit in page.hits]
    assert shown == [hit.product for hit in whole.hits][: len(shown)]


def test_what_nobody_sells_is_declined(demo_market: Market) -> None:
    for query in ("asdfgh qwerty zxcvb", "qqqqq wwwww", "xkcdplugh frobnicate", "噩髽鬅魑"):
        assert ask(demo_market, query).total == 0


def test_what_says_no_sex_is_for_both_and_what_says_the_other_is_not(demo_market: Market) -> None:
    hits = ask(demo_market, "双肩包 女生", locale="zh-hans", size=100).hits
    stated = [stated_now(hit.product, "audience") for hit in hits]
    assert any(not said & set(SEXES_AND_AGES) for said in stated), "students' bags are for women"
    other = set(SEXES_AND_AGES) - {"women"}
    assert not [
        said for said in stated if said & other and not said & {*ALSO["audience"]["women"], "women"}
    ]


def test_an_unwanted_kind_is_left_out_by_its_place_or_its_name(demo_market: Market) -> None:
    names = {one.names["en"]: one.pk for one in demo_market.categories.values()}
    shown = ask(demo_market, "shoes but not running shoes", size=100).hits
    places = [set(SearchDocument.objects.get(pk=hit.product).categories) for hit in shown]
    assert places
    assert not [place for place in places if names["Running shoes"] in place]
    plants = ask(demo_market, "garden things, no plants", size=100).hits
    assert not [hit for hit in plants if "Plant" in str(hit.titles)]
    snacks = ask(demo_market, "snacks, no nuts", size=100).hits
    assert snacks
    assert not [hit for hit in snacks if "Nuts" in str(hit.titles)]


def test_a_kind_that_is_none_of_the_shop_is_declined_whatever_else_fits(
    demo_market: Market,
) -> None:
    for query in ("pearl hair clip", "lace curtain", "phone holder for driving"):
        assert ask(demo_market, query).total == 0, query


@pytest.mark.parametrize(
    ("query", "served"), [("华为手机壳", True), ("toner for HP", True), ("华为手机", False)]
)
def test_the_brand_of_what_a_thing_serves_is_no_demand(query: str, served: bool) -> None:
    words = Vocabulary.from_lexicon(brands=["华为", "HP"])
    need = understand(query, vocabulary=words, locale="en", currency="USD")
    assert need.of("brand")
    assert serves(need) is served


def test_relaxations_are_minimal_and_true(demo_market: Market) -> None:
    results = ask(demo_market, "黑色 跑鞋 5元以内", locale="zh-hans")
    assert results.total == 0
    assert results.relaxed
    sizes = {len(relaxation.without) for relaxation in results.relaxed}
    assert sizes == {1}, "one constraint is enough here"
    price = next(r for r in results.relaxed if r.without[0].kind == "price")
    assert price.gain > 0
    assert price.lowest is not None
    assert price.lowest > 5
    reachable = ask(demo_market, f"黑色 跑鞋 {price.lowest}元以内", locale="zh-hans")
    assert reachable.total > 0


def test_a_product_without_a_price_never_meets_a_bound(demo_market: Market) -> None:
    unpriced = set(SearchOffer.objects.filter(amount=None).values_list("product_id", flat=True))
    assert unpriced
    everything = ask(demo_market, "", size=1000)
    assert unpriced <= {hit.product for hit in everything.hits}
    bounded = ask(demo_market, "", size=1000, price=PriceBound("CNY", None, Decimal(10**6)))
    assert bounded.total > 0
    assert not unpriced & {hit.product for hit in bounded.hits}


def test_taste_changes_the_order_and_nothing_else(demo_market: Market) -> None:
    need = understand("shoes", vocabulary=demo_market.vocabulary, locale="en", currency="USD")
    vector = ENCODER.encode_queries([need.sentence])[0].tolist()
    asked = Asked(need=need, size=1000)
    plain = search(asked, demo_market, vector=vector, encoder_id=ENCODER.id)
    orders = set()
    for liking in ("women's sandals river", "men waterproof boots winter"):
        taste = ENCODER.encode_documents([liking])[0].tolist()
        personal = search(asked, demo_market, vector=vector, encoder_id=ENCODER.id, taste=taste)
        assert personal.total == plain.total
        assert personal.facets == plain.facets
        prices = {hit.product: (hit.amount, hit.currency) for hit in plain.hits}
        assert {hit.product: (hit.amount, hit.currency) for hit in personal.hits} == prices
        orders.add(tuple(personal.ranked))
    assert len(orders) == 2


def test_sorting_by_price_orders_by_the_offer_that_fits(demo_market: Market) -> None:
    results = ask(demo_market, "t-shirt", size=1000, sort="price_asc")
    amounts = [hit.amount for hit in results.hits if hit.amount is not None]
    assert len(amounts) > 3
    assert amounts == sorted(amounts)
    assert all(hit.amount is not None for hit in results.hits[: len(amounts)])


def test_without_a_vector_words_answer_and_say_so(demo_market: Market) -> None:
    need = understand(
        "wireless mouse", vocabulary=demo_market.vocabulary, locale="en", currency="USD"
    )
    results = search(Asked(need=need), demo_market, vector=None, encoder_id=ENCODER.id)
    assert results.degraded
    assert "mouse" in results.hits[0].title("en")[0].lower()


def amounts(results: Results) -> list[Decimal]:
    return [hit.amount for hit in results.hits if hit.amount is not None]


def test_cheap_is_one_wish_among_others_and_a_clicked_order_is_exact(demo_market: Market) -> None:
    said = ask(demo_market, "cheap waterproof shoes", size=30)
    fits = ["waterproof" in stated_now(hit.product, "feature") for hit in said.hits]
    assert fits == sorted(fits, reverse=True) and {*fits} == {True, False}
    for group in (True, False):
        prices = [one for one, fit in zip(amounts(said), fits, strict=True) if fit is group]
        assert prices == sorted(prices)
    clicked = ask(demo_market, "waterproof shoes", size=30, sort="price_asc")
    assert amounts(clicked) == sorted(amounts(clicked)) != amounts(said)
    assert said.parted and not clicked.parted
    assert not ask(demo_market, "cheapest hoodie").parted


def test_what_is_for_another_season_contradicts_a_wish(demo_market: Market) -> None:
    seen = set()
    for wanted in ("summer", "winter"):
        fitting = {wanted, *ALSO["season"][wanted]}
        wishes = tuple(("season", code) for code in sorted(fitting))
        vector = ENCODER.encode_queries([wanted])[0].tolist()
        for one in retrieve(Query(vector=vector, encoder_id=ENCODER.id, wishes=wishes), Filters()):
            stated = stated_now(one.product, "season")
            assert one.wished == (1 if stated & fitting else -1 if stated else 0)
            seen.add(one.wished)
    assert seen == {1, 0, -1}


def test_exact_names_and_skus_come_first(demo_market: Market) -> None:
    for product in Product.objects.live().order_by("?")[:40].prefetch_related("texts"):
        for asked_for in [product.sku, *(text.title for text in product.texts.all())]:
            results = ask(demo_market, asked_for)
            assert results.hits, asked_for
            assert results.hits[0].product == product.pk, asked_for


@pytest.mark.parametrize(
    ("query", "locale", "said"),
    [
        ("深度学习模型需要大量训练数据", "zh-hans", 0),
        ("\x00\x01 ' OR 1=1 -- \\ :* & | !", "en", 0),
        ("🧥" * 300, "en", 0),
        ("a" * 20_000, "en", 0),
        ("(((((", "en", 0),
        ("'':*", "en", 0),
    ],
)
def test_odd_input_is_answered(demo_market: Market, query: str, locale: str, said: int) -> None:
    assert ask(demo_market, query, locale=locale).total >= said


def test_retrieval_uses_the_indexes(demo_market: Market) -> None:
    """The word index serves words and the vector index vectors, under the application's role."""
    query = Query(
        units=(Unit("mous"),),
        names=("mouse",),
        vector=ENCODER.encode_queries(["mouse"])[0].tolist(),
        encoder_id="e5-small-q4",
    )
    statement, params = build(query, Filters(), Weights())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "document_terms" in plan
    assert "document_names" in plan
    assert "embedding_e5_small_q4" in plan


def test_counts_of_very_many_products_are_kept_until_the_set_changes(
    demo_market: Market, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(counting, "KEPT_FROM", 10)
    monkeypatch.setattr(counting, "_kept", {})
    need = understand("", vocabulary=demo_market.vocabulary, locale="en", currency="USD")
    asked = Asked(need=need, size=5)
    first = search(asked, demo_market)
    monkeypatch.setattr(counting, "KEPT_FROM", 10**9)
    exact = search(asked, demo_market)
    monkeypatch.setattr(counting, "KEPT_FROM", 10)
    with django_assert_num_queries(2):  # what is found, and the page
        again = search(replace(asked, page=2), demo_market)
    assert first.facets == exact.facets == again.facets
    with as_everyone():
        SearchDocument.objects.filter(pk=first.ranked[0]).delete()
    assert search(asked, demo_market).facets != first.facets
