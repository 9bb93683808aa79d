"""What the realiser says of true facts passes the ledger whole: nothing of ours is lost to it."""

from collections.abc import Mapping

import pytest

from catalog.claims import check
from catalog.claims.facts import ProductFacts
from catalog.text.aspects import NAMES
from shopguide.writing import Plan, joined, write
from shopguide.writing.acts import ACTS
from tests.catalog.claims.market import ledger, product

CURRENCIES = {"zh-hans": "CNY", "en": "USD"}
# Says of a product something that is not so of the one in the ledger.
NOT_SO = {"no_reviews", "review_digest"}


def facts(language: str) -> dict[str, dict[str, object]]:
    """Return true facts of two T-shirts for the acts that state the most."""
    zh = language == "zh-hans"
    tee, linen = product("CL-TS-101"), product("CL-TS-102")
    names = [tee.titles[language], linen.titles[language]]
    prices = [price(tee, language), price(linen, language)]
    aspect, (good, bad) = next(iter(tee.reviews.aspects.items()))
    called = NAMES[aspect]["zh" if zh else "en"][0]
    shop = "云织衣坊" if zh else "Cloudloom"
    return {
        "price": {"product": names[0], "price": prices[0]},
        "stock": {"product": names[0], "state": "out",
                  "options": "白色，XXL" if zh else "white, XXL"},
        "compare": {
            "products": names,
            "winners": [{"what": "更便宜" if zh else "Cheaper", "product": names[0],
                         "value": prices[0], "other": prices[1]}],
        },
        "search_results": {
            "count": 23, "wish": "T恤" if zh else "t-shirt",
            "products": [{"name": names[0], "price": prices[0]},
                         {"name": names[1], "price": prices[1]}],
        },
        "review_digest": {
            "product": names[0], "judged": 9, "positive": tee.reviews.feelings["positive"],
            "negative": tee.reviews.feelings["negative"], "stars": "4.3",
            "aspects": [{"name": called, "good": good, "bad": bad}],
        },
        "delivery": {
            "shop": shop,
            "methods": [{"name": "普通快递" if zh else "Standard parcel", "least": 2, "most": 4,
                         "price": "¥8.00" if zh else "$6.00",
                         "free_from": "¥99.00" if zh else "$60.00"}],
        },
        "promotion": {
            "shop": shop,
            "coupons": [{"code": "CLOUD10", "says": "打九折" if zh else "10% off"}],
        },
    }  # fmt: skip


def price(one: ProductFacts, language: str) -> str:
    """Return a product's lowest price as it is read."""
    sign = "¥" if language == "zh-hans" else "$"
    return f"{sign}{one.prices(CURRENCIES[language])[0].amount}"


def said(act: str, language: str, given: Mapping[str, object], seed: str) -> str:
    return joined(write(Plan(act, language, given, seed=seed)), language)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_facts_alone_carry_the_sentences(language: str) -> None:
    """Nothing is ``given``: every figure is found in products, shop and reviews."""
    for act, stated in facts(language).items():
        chosen = [product("CL-TS-101")]
        if act in ("compare", "search_results"):
            chosen.append(product("CL-TS-102"))
        made = ("23", "T恤", "t-shirt") if act == "search_results" else ()
        held = ledger(*chosen, currency=CURRENCIES[language], locale=language, given=made)
        for seed in "abcd":
            text = said(act, language, stated, seed)
            found = check(text, language=language, ledger=held, unread=True)
            lost = [(one.text, one.fact) for one in found.claims if one.verdict != "supported"]
            assert found.clean == text, lost


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_the_realiser_says_without_facts_claims_nothing(language: str) -> None:
    held = ledger(product("CL-TS-101"), currency=CURRENCIES[language], locale=language)
    for act in sorted(set(ACTS) - NOT_SO):
        for seed in "abcdef":
            text = said(act, language, {}, seed)
            assert check(text, language=language, ledger=held, unread=True).clean == text, text
