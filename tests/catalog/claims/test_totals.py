"""Sums that follow from facts: they stand where they are right, and go or are mended where not."""

import pytest

from catalog.claims import check
from tests.catalog.claims import market

SOCKS = "CL-AC-801"  # 49 yuan, 7.90 dollars; free shipping from 99 yuan
HAT = "CL-TS-101"


def said(text: str, *skus: str, language: str = "zh-hans") -> str:
    """Return what of a text may be said of products."""
    currency = "CNY" if language == "zh-hans" else "USD"
    chosen = [market.product(one) for one in skus or (SOCKS,)]
    held = market.ledger(*chosen, currency=currency, locale=language)
    return check(text, language=language, ledger=held).clean


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("买两件共98元。", "zh-hans"),
        ("If you buy two, it's $15.80 in total.", "en"),
        ("售价49元，再买50元即可包邮。", "zh-hans"),
        ("At $7.90, you are $52.10 short of free shipping.", "en"),
        ("An order of $80 ships free.", "en"),
    ],
)
def test_a_right_sum_stays(text: str, language: str) -> None:
    assert said(text, language=language) == text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("售价49元，再买99元即可包邮。", "zh-hans"),
        ("At $7.90, you are $60 short of free shipping.", "en"),
        ("An order of $30 ships free.", "en"),
    ],
)
def test_a_wrong_sum_does_not(text: str, language: str) -> None:
    assert said(text, language=language) != text


def test_two_products_together() -> None:
    names = [market.product(one).titles["en"] for one in (SOCKS, HAT)]
    prices = [market.product(one).prices("USD")[0].amount for one in (SOCKS, HAT)]
    right = f"The {names[0]} and the {names[1]} cost ${sum(prices)} together."
    wrong = right.replace(str(sum(prices)), str(prices[0] + 1))
    assert said(right, SOCKS, HAT, language="en") == right
    assert said(wrong, SOCKS, HAT, language="en") in (right, "")


def test_a_share_of_stars_is_reckoned() -> None:
    stars = market.product(SOCKS).reviews.stars
    share = round(100 * stars[5] / sum(stars.values()))
    text = f"{share}% of buyers gave it five stars."
    assert said(text, language="en") == text
    assert said(f"{share - 9}% of buyers gave it five stars.", language="en") in (text, "")


@pytest.mark.parametrize(
    "text",
    [
        "It's $9.90 in your wallet, more than enough for this.",
        "The crossed-out price reads $5.",
        "Weighs less than 1 g.",
    ],
)
def test_what_may_be_meant_otherwise_is_left_out_and_not_mended(text: str) -> None:
    assert said(text.replace("9.90", "3.90"), language="en") == ""


def test_marks_of_a_list_are_read_past() -> None:
    text = "- **Price:** $7.90\n- **Stock:** 3000 units"
    assert said(text, language="en").startswith("- **Price:** $7.90")
    assert "3000" not in said(text, language="en")


@pytest.mark.parametrize(
    "text",
    ["It's $7.90 and comes with a carrying case.", "It's $7.90, and a torch is on the house."],
)
def test_an_extra_that_no_text_of_the_shop_has_goes(text: str) -> None:
    assert said(text, language="en") == ""


def test_a_comparison_that_begins_with_the_other_product() -> None:
    names = {one: market.product(one).titles["en"] for one in (SOCKS, HAT)}
    text = f"Compared with the {names[HAT]}, the {names[SOCKS]} is cheaper."
    turned = f"Compared with the {names[SOCKS]}, the {names[HAT]} is cheaper."
    assert said(text, SOCKS, HAT, language="en") == text
    assert said(turned, SOCKS, HAT, language="en") == ""
