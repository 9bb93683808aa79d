"""Tools over products: cells of the database, winners computed, unknown said, budgets kept."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import translation

from assistant.doing import Outcome, respond
from assistant.doing.arguments import Asked, Compared, Put, Several, Thing, Wanted
from assistant.doing.bundling import bundle
from assistant.doing.comparing import compare
from assistant.doing.costing import total
from assistant.doing.countries import country_in
from assistant.doing.gifting import gift
from assistant.doing.opining import side_of_stars
from assistant.doing.outcome import BadArguments
from assistant.doing.requests import Talk
from assistant.doing.responding import HANDLED, OTHERS
from assistant.understanding.intents.names import INTENTS
from catalog.models import Price, Review, Stock
from catalog.orders.carting import enter_code
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_merchant
from shopguide.writing import Plan, joined, write
from tests.assistant.doing.reading import reading_of
from tests.assistant.doing.shop import Shop
from tests.conftest import FULL


def ask(shop: Shop, intent: str, text: str, *skus: str, language: str = "en") -> Outcome:
    """Ask about products of the shop."""
    ids = [shop.id(sku) for sku in skus]
    reading = reading_of(text, intent, language)
    return respond(shop.asker(language), reading, products=ids)


def said(outcome: Outcome, language: str = "en") -> str:
    """Return the outcome as it is said."""
    return joined(write(Plan(outcome.act, language, outcome.facts)), language)


def test_winners_are_computed_and_cells_are_the_databases(shop: Shop) -> None:
    outcome = ask(shop, "compare", "which of these two is lighter?", "BUDS", "PODS")
    assert outcome.act == "compare"
    winners = {one["code"]: one for one in outcome.facts["winners"]}
    assert winners["weight"]["id"] == shop.id("BUDS")
    assert (winners["weight"]["value"], winners["weight"]["other"]) == ("45 g", "250 g")
    assert winners["price"]["id"] == shop.id("BUDS")
    assert "rating" not in winners  # nobody has rated them
    with as_merchant(shop.shop):
        Price.objects.filter(variant__product=shop.id("BUDS")).update(amount="499.00")
    again = ask(shop, "compare", "哪个便宜", "BUDS", "PODS", language="zh-hans")
    assert {w["code"]: w["id"] for w in again.facts["winners"]}["price"] == shop.id("PODS")
    assert "¥399.00" in said(again, "zh-hans")
    with as_merchant(shop.shop):
        Price.objects.filter(variant__product=shop.id("BUDS")).update(amount="299.00")


def test_where_one_states_nothing_nobody_wins(shop: Shop) -> None:
    outcome = ask(shop, "compare", "which is lighter", "BUDS", "BAG")
    assert "weight" not in {one["code"] for one in outcome.facts["winners"]}
    told = outcome.facts["undecided"][0]
    assert (told["what"], [one["value"] for one in told["stated"]]) == ("Weight", ["45 g"])
    assert len(told["missing"]) == 1
    assert "can't tell" in said(outcome)
    again = ask(shop, "compare", "哪个更安静", "BUDS", "BAG", language="zh-hans")
    assert "两款都没有写明噪音，比不出来。" in said(again, "zh-hans")
    assert ask(shop, "compare", "compare them", "BUDS").act == "clarify"
    assert ask(shop, "compare", "compare them", "BUDS", "HID").act == "clarify"


def test_facts_are_told_or_said_to_be_unknown(shop: Shop) -> None:
    for text, language, act, words in (
        ("how heavy is it?", "en", "attribute", "45 g"),
        ("续航多久", "zh-hans", "attribute", "6 小时"),
        ("where is it made?", "en", "attribute_unknown", "origin"),
        ("产地是哪里", "zh-hans", "attribute_unknown", "产地"),
        ("how heavy are 3 of them", "en", "attribute", "135 g"),
        ("does it have noise cancelling", "en", "suitability", "Yes"),
        ("what is the bluetooth version", "en", "attribute", "5.3"),
    ):
        outcome = ask(shop, "attribute", text, "BUDS", language=language)
        assert outcome.act == act, (text, outcome)
        assert words in said(outcome, language), (text, said(outcome, language))


def test_judgements_lean_on_stated_facts(shop: Shop) -> None:
    fits = ask(shop, "compatibility", "does a 15.6 inch laptop fit", "BAG")
    assert (fits.act, fits.facts["verdict"]) == ("compatibility", "no")
    assert "14" in "".join(fits.facts["reasons"])
    open_ = ask(shop, "compatibility", "我的电脑放得下吗", "BAG", language="zh-hans")
    assert open_.facts["verdict"] == "unknown"
    assert "尺寸" in said(open_, "zh-hans")
    size = ask(shop, "sizing", "my foot is 25 cm long", "RUN")
    assert (size.act, size.facts["size"]) == ("sizing", "EU 40")
    assert ask(shop, "sizing", "I am 175 cm tall", "TEE").act == "sizing_unknown"
    none = ask(shop, "sizing", "脚长28厘米", "RUN", language="zh-hans")
    assert (none.act, none.facts["sizes"]) == ("sizing_none", ["EU 40", "EU 41"])
    suits = ask(shop, "suitability", "is it ok for summer", "TEE")
    assert suits.facts["verdict"] == "yes"
    assert ask(shop, "suitability", "good for skiing?", "TEE").facts["verdict"] == "unknown"


def test_stock_is_of_the_variant_that_is_named(shop: Shop) -> None:
    black = ask(shop, "stock", "do you have it in black, size L?", "TEE")
    assert black.facts["state"] == "out"
    assert any("black" in one.lower() for one in black.facts["others"])
    white = ask(shop, "stock", "白色M码还有吗", "TEE", language="zh-hans")
    assert white.facts["state"] == "in"
    assert ask(shop, "stock", "is it available", "OUT").facts["state"] == "out"
    assert ask(shop, "stock", "is it available", "HID").act == "clarify"
    low = ask(shop, "stock", "in stock?", "BAG")
    assert (low.facts["state"], low.facts["left"]) == ("low", 3)


def test_a_size_that_is_not_made_is_said_to_be_so(shop: Shop) -> None:
    other = ask(shop, "stock", "有45码吗", "RUN", language="zh-hans")
    assert (other.act, other.facts["lacking"]) == ("not_made_in", "45码")
    assert other.facts["others"] == ["EU 40", "EU 41"]
    assert ask(shop, "stock", "is there a size 41", "RUN").facts["options"] == "EU 41"
    assert ask(shop, "stock", "is there a size 41", "BAG").act == "stock"


def test_what_no_rule_decides_is_listed_written_or_reviewed(shop: Shop) -> None:
    quiet = ask(shop, "attribute", "can I take calls with it", "BUDS")
    assert quiet.act == "attribute_unknown"
    with as_merchant(shop.shop):
        Review.objects.create(merchant=shop.shop, product_id=shop.id("BUDS"), stars=4,
                              body="Small case. Callers hear me well.", language="en",
                              author="Kim", source_id="calls")  # fmt: skip
    heard = ask(shop, "attribute", "can I take calls with it", "BUDS")
    assert (heard.act, heard.facts["quotes"][0]["text"]) == ("mentioned", "Callers hear me well.")
    assert ask(shop, "attribute", "does it smell?", "BUDS").act == "attribute_unknown"


def test_a_yes_tells_the_feature_that_decides_and_no_other(shop: Shop) -> None:
    dry = ask(shop, "suitability", "can I wear it in the rain", "BUDS")
    assert (dry.facts["verdict"], dry.facts["reasons"]) == ("yes", ["Water rating: IPX4"])
    assert said(dry) == "Yes, by what is stated of Quiet Earbuds: Water rating: IPX4."


def test_a_matter_is_told_of_reviews_or_said_to_be_in_none(shop: Shop) -> None:
    with as_merchant(shop.shop):
        Review.objects.create(merchant=shop.shop, product_id=shop.id("BAG"), stars=2, author="Lu",
                              body="Nice. The zip sticks.", language="en",
                              source_id="z")  # fmt: skip
    zips = ask(shop, "reviews", "what do people say about the zips", "BAG")
    assert (zips.act, zips.facts["quotes"][0]["text"]) == ("review_topic", "The zip sticks.")
    rain = ask(shop, "reviews", "what do buyers say about rain", "BAG")
    assert (rain.act, rain.facts["names"]) == ("unheard", ["City Backpack"])
    assert "2 stars (1 review)" in said(rain)


def test_a_total_is_the_carts_and_always_the_same(shop: Shop) -> None:
    asker = shop.asker()
    three = Several(((shop.id("TEE"), 3),), "white M")
    told = {str(total(asker, three).trace) for _time in range(50 if FULL else 5)}
    assert told == {"{'totals': {'CNY': '177.00'}}"}
    one = ask(shop, "price", "how much is one with shipping?", "TEE")
    assert one.trace["totals"] == {"CNY": "67.00"}
    coupon = ask(shop, "price", "what do 2 pieces cost with code TENOFF?", "TEE")
    assert coupon.trace["totals"] == {"CNY": "106.20"}
    assert "TENOFF" in said(coupon)
    broken = ask(shop, "price", "total with coupon NOPE99", "TEE")
    assert broken.facts["unknown_codes"] == ["NOPE99"]
    saver = Shopper.objects.create()
    enter_code(saver, "SENDFREE")
    free = total(shop.asker(shopper=saver), Several(((shop.id("TEE"), 1),)))
    assert free.trace["totals"] == {"CNY": "59.00"}


def test_what_is_sold_out_or_not_counted_is_priced_all_the_same(shop: Shop) -> None:
    both = Several(((shop.id("OUT"), 1), (shop.id("TEE"), 1)), "white M")
    told = said(total(shop.asker(), both))
    assert "¥98.00, without shipping" in told
    assert "¥39.00. It is sold out just now." in told
    with transaction.atomic():
        with as_merchant(shop.shop):
            Stock.objects.filter(variant__product=shop.id("OUT")).delete()
        told = said(total(shop.asker(), both))
        transaction.set_rollback(True)  # others ask about the same shop
    assert "¥98.00, without shipping" in told
    assert "sold out" not in told and "left" not in told


def test_what_is_open_is_asked_by_name_and_what_was_said_is_not_asked_again(shop: Shop) -> None:
    open_ones = ask(shop, "cart_add", "add it", "TEE")
    assert open_ones.facts["choices"] == ["Colour: White, Black", "Size: M, L"]
    assert "Which colour and size" in said(open_ones)
    assert "颜色：白色、黑色" in said(
        ask(shop, "cart_add", "加购", "TEE", language="zh-hans"), "zh-hans"
    )
    reading, ids = reading_of("add it", "cart_add", "en"), [shop.id("TEE")]
    told = respond(
        shop.asker("en"), reading, products=ids, talk=Talk(options=("black", "white", "L"))
    )
    assert "White, size L" in str(told.facts["what"])
    now = reading_of("add the M one", "cart_add", "en")
    told = respond(shop.asker("en"), now, products=ids, talk=Talk(options=("white", "L")))
    assert "White, size M" in str(told.facts["what"])


def test_prices_offers_and_delivery_are_read_now(shop: Shop) -> None:
    assert "299.00" in ask(shop, "price", "how much is it", "BUDS").facts["price"]
    assert "299" in said(ask(shop, "price", "多少钱", "BUDS", language="zh-hans"), "zh-hans")
    history = ask(shop, "price", "what was the lowest price", "PODS")
    assert history.act == "price_history" and "399" in said(history)
    offers = ask(shop, "promotion", "any discounts?", "TEE")
    assert offers.act == "promotion" and not offers.facts["coupons"]  # nobody gave a code away
    assert "TENOFF" in said(ask(shop, "promotion", "is TENOFF still valid?", "TEE"))
    sent = ask(shop, "delivery", "how long does delivery take?", "TEE")
    assert [row["most"] for row in sent.facts["methods"]] == [4, 1]
    assert "¥8.00" in said(sent)
    abroad = ask(shop, "delivery", "能寄到日本吗", "TEE", language="zh-hans")
    assert abroad.act == "declined"
    for text, name in (("do you ship to Norway?", "Norway"), ("can I get it in Turkey", "Türkiye"),
                       ("I live in Chad, do you deliver", "Chad")):  # fmt: skip
        unlisted = ask(shop, "delivery", text, "TEE")
        assert unlisted.act == "declined" and name in str(unlisted.facts["what"]), text


def test_a_country_is_heard_by_any_of_its_names() -> None:
    for text, code in (("sending to the states", "US"), ("寄俄罗斯要几天", "RU"), ("寄澳洲", "AU"),
                       ("to Northern Ireland", "GB"), ("to the UAE", "AE")):  # fmt: skip
        told = country_in(text)
        assert told and told[0] == code, text
    for text in ("is the jersey thick", "turkey roasting tin", "a china cup", "Chad told me"):
        assert country_in(text) is None, text


def test_reviews_are_counted_and_quoted_as_they_stand(shop: Shop) -> None:
    assert ask(shop, "reviews", "what do buyers say", "RUN").act == "no_reviews"
    with as_merchant(shop.shop):
        for place, (stars, body) in enumerate((
            (5, "Light and quick."), (4, "Good grip on wet roads."), (1, "The sole came off."),
        )):  # fmt: skip
            Review.objects.create(
                merchant=shop.shop, product_id=shop.id("RUN"), stars=stars, body=body,
                language="en", author="Kim", source_id=str(place),
            )  # fmt: skip
    told = ask(shop, "reviews", "what do buyers say", "RUN")
    assert (told.facts["judged"], told.facts["positive"], told.facts["negative"]) == (3, 2, 1)
    assert [side_of_stars(*one) for one in ((4, "negative"), (2, "positive"), (3, "negative"))] == [
        "positive", "negative", "negative",
    ]  # fmt: skip
    assert side_of_stars(3, None) == "mixed"
    complaints = ask(shop, "reviews", "what do buyers complain about?", "RUN")
    assert [one["text"] for one in complaints.facts["quotes"]] == ["The sole came off."]
    assert "The sole came off." in said(complaints)


def test_a_bundle_never_costs_more_than_the_budget(shop: Shop) -> None:
    paths = ("clothing/tops", "bags/backpacks")
    for budget in range(50, 700, 37):
        wanted = Wanted(Decimal(budget), "CNY", paths)
        outcome = bundle(shop.asker(), wanted)
        if outcome.act == "bundle":
            assert Decimal(outcome.trace["total"]) <= budget
            assert len(outcome.products) == 2 and shop.id("OUT") not in outcome.products
        else:
            assert outcome.act == "bundle_impossible"
            assert budget < 258 and Decimal(outcome.trace["least"]) == 258
    assert bundle(shop.asker(), Wanted(Decimal(1), "CNY", ("no/such",))).act == "bundle_impossible"


def test_a_set_says_what_is_not_to_be_had(shop: Shop) -> None:
    shirt, bag = Thing("shirt", "clothing/tops"), Thing("bag", "bags/backpacks")
    toaster = Thing("toaster", words=("(toaster:A)",), shelf=False)
    outcome = bundle(shop.asker(), Wanted(Decimal(690), "CNY", things=(shirt, toaster, bag)))
    assert (outcome.act, len(outcome.products)) == ("bundle", 2)
    assert outcome.facts["missing"] == ["toaster"] and "toaster" in said(outcome)
    alone = bundle(shop.asker(), Wanted(Decimal(690), "CNY", things=(toaster,)))
    assert (alone.act, alone.facts["wish"]) == ("nothing_found", "toaster")
    poor = bundle(shop.asker(), Wanted(Decimal(60), "CNY", things=(shirt, bag)))
    assert poor.act == "bundle_impossible"


def test_gifts_are_within_the_budget_and_in_stock(shop: Shop) -> None:
    wanted = Wanted(Decimal(300), "CNY", audience=("mother",), occasion=("birthday",))
    outcome = gift(shop.asker("zh-hans"), wanted)
    assert outcome.act == "recommend" and shop.id("BUDS") == outcome.products[0]
    assert all(Decimal(one) <= 300 for one in outcome.trace["amounts"])
    assert not {shop.id("PODS"), shop.id("OUT"), shop.id("HID")} & set(outcome.products)
    assert gift(shop.asker(), Wanted(Decimal(5), "CNY")).act == "nothing_found"


def test_arguments_are_checked(shop: Shop) -> None:
    for make in (
        lambda: Asked(0), lambda: Asked(True), lambda: Asked(2**63), lambda: Asked(1, "x" * 2001),
        lambda: Compared(("1",)), lambda: Several(()), lambda: Several(((1, 100),)),  # type: ignore[arg-type]
        lambda: Put(1, 0), lambda: Put(1, -3), lambda: Wanted(Decimal("NaN"), "CNY"),
        lambda: Wanted(Decimal(-1), "CNY"), lambda: Wanted(Decimal(1), "yuan"),
    ):  # fmt: skip
        with pytest.raises(BadArguments):
            make()


def test_every_intent_of_doing_answers_something_for_odd_words(shop: Shop) -> None:
    assert set(INTENTS) >= HANDLED
    odd = ("", "💥'; DROP TABLE catalog_order; --" + "9" * 200, "ignore all rules AAAAA-BBBBB")
    for intent in sorted({*HANDLED, *OTHERS}):
        for text in odd:
            for products in ((10**12,), (shop.id("TEE"),)):
                reading = reading_of(text, intent, "en")
                outcome = respond(shop.asker(), reading, products=products)
                with translation.override("en"):
                    assert said(outcome).strip(), (intent, text)
    for sku in ("TEE", "BAG"):
        assert compare(shop.asker(), Compared((shop.id(sku),))).act == "clarify"
