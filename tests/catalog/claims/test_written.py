"""What code writes of the rows passes the check, whatever words it happens to be made of."""

import pytest

from catalog.claims import check
from catalog.claims.claim import Fact
from tests.catalog.claims.market import ledger, product

SHOE, KNIFE, KETTLE = "TB-RN-101", "SW-KN-502", "SW-KT-202"


@pytest.mark.parametrize(
    ("sku", "text"),
    [
        (SHOE, "Wide-Fit Cushioned Running Shoe, Entry Model in size 43 is in stock."),
        (SHOE, "Yes, size 43 is in stock."),
        (SHOE, "Lightest first:"),
        (KNIFE, "「中式切片菜刀」，不锈钢、轻便。"),
        (KETTLE, "「不锈钢鸣笛烧水壶 3升」，不锈钢、电磁炉通用。"),
        ("TB-TN-102", "Family Camping Tent for Four: for 4 people."),
        ("SW-LP-605", "「亚麻罩落地灯」，易安装。"),
        ("SW-TA-709", "「薄荷洋甘菊草本茶」，有机、无糖。"),
        ("TL-TY-501", "If you are in danger, please call your local emergency number."),
        ("NI-HP-101", "The closest the page comes to that: “x”."),
    ],
)
def test_what_the_rows_say_is_not_lost(sku: str, text: str) -> None:
    language = "en" if text.isascii() or "“" in text else "zh-hans"
    facts = ledger(product(sku), currency="USD" if language == "en" else "CNY", given=("x",))
    assert check(text, language=language, ledger=facts, unread=True).clean == text


def test_a_size_that_is_sold_out_is_still_found_out() -> None:
    text = "In blue, size 45 is in stock."
    assert not check(text, language="en", ledger=ledger(product(SHOE)), unread=True).clean


def test_a_sentence_that_code_reckoned_holds_as_it_stands() -> None:
    told = "按店里的规则，2027年1月22日前可以退货或换货。退回运费由店铺承担。"
    facts = ledger(product("CL-TS-101"))
    assert check(told, language="zh-hans", ledger=facts, unread=True).clean != told
    held = ledger(product("CL-TS-101"), reckoned=(told,))
    assert check(told, language="zh-hans", ledger=held, unread=True).clean == told


def test_what_code_wrote_is_never_mended() -> None:
    facts = ledger(product("NI-HP-101"))
    assert check("续航30小时。", language="zh-hans", ledger=facts).clean == "续航38小时。"
    assert not check("续航30小时。", language="zh-hans", ledger=facts, mends=False).clean


def test_a_cited_page_is_believed_but_not_on_money() -> None:
    page = "Seams are mended free of charge. It costs $5.00."
    facts = ledger(product("CL-TS-101"), currency="USD", passages=(Fact(page, "article:1"),))
    found = check(page, language="en", ledger=facts, unread=True).clean
    assert found.strip() == "Seams are mended free of charge."
