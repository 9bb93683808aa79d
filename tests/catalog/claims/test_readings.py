"""A figure is read by its value where the frame is new; it supports, and only the very fact."""

import pytest

from catalog.claims import check
from tests.catalog.claims.market import ledger, product, products

TEE = "CL-TS-101"


def clean(text: str, sku: str = TEE, currency: str = "CNY") -> str:
    return check(text, language="zh-hans", ledger=ledger(product(sku), currency=currency)).clean


@pytest.mark.parametrize(
    ("frame", "true", "wrong"),
    [
        ("Get to ¥{} and shipping drops off.", "99", "199"),
        ("满了{}元，邮费就没了。", "99", "199"),
        ("给足大家{}天考虑，不合适退。", "30", "14"),
        ("You'd find {} colours on the rack.", "4", "9"),
        ("问：几个颜色？答：{}个。", "4", "9"),
    ],
)
def test_a_new_frame_holds_with_the_fact_alone(frame: str, true: str, wrong: str) -> None:
    assert clean(frame.format(true)) == frame.format(true)
    assert clean(frame.format(wrong)) != frame.format(wrong)


def test_a_former_price_is_no_price_and_a_price_no_saving() -> None:
    lowered = next(one for one in products() if one.offers[0].prices["CNY"].was)
    price = lowered.prices("CNY")[0]
    held = ledger(lowered)

    def holds(text: str) -> bool:
        return check(text, language="en", ledger=held).clean == text

    assert holds(f"It stood at ¥{price.was} back then.")
    assert not holds(f"Right now it is ¥{price.was}.")
    assert not holds(f"You keep ¥{price.amount} in your pocket.")


def test_enough_for_free_shipping_is_not_enough_for_the_goods() -> None:
    assert clean("兜里揣着100元就够了。") == "兜里揣着100元就够了。"
    assert clean("走货够120元，运费算我的。") == ""
    assert clean("兜里揣着80元就够了。") == ""
