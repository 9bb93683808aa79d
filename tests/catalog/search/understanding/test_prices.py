"""Prices: bounds, ranges, bands, currencies, and everything that only looks like a price."""

from decimal import Decimal

import pytest

from catalog.search.understanding import Vocabulary, understand
from tests.catalog.search.understanding.conftest import Read

STATED, ASSUMED = True, False

# query: (minimum, maximum, currency, currency stated)
PRICES = {
    "300元以内": (None, 300, "CNY", STATED),
    "三百块以下": (None, 300, "CNY", STATED),
    "一百多": (100, 200, "CNY", ASSUMED),
    "一百多块": (100, 200, "CNY", STATED),
    "两百左右": (160, 240, "CNY", ASSUMED),
    "200-300元": (200, 300, "CNY", STATED),
    "2k–3k 手机": (2000, 3000, "CNY", ASSUMED),
    "1.5万以下": (None, 15000, "CNY", ASSUMED),
    "¥199 耳机": ("159.2", "238.8", "CNY", STATED),
    "￥199以下": (None, 199, "CNY", STATED),
    "300RMB以内": (None, 300, "CNY", STATED),
    "CNY 300以下": (None, 300, "CNY", STATED),
    "50块以内": (None, 50, "CNY", STATED),
    "人民币500以下": (None, 500, "CNY", STATED),
    "不超过500": (None, 500, "CNY", ASSUMED),
    "别超过400": (None, 400, "CNY", ASSUMED),
    "至少100块": (100, None, "CNY", STATED),
    "500元以上": (500, None, "CNY", STATED),
    "２００元以下": (None, 200, "CNY", STATED),
    "1,299元以内": (None, 1299, "CNY", STATED),
    "1，299元以内": (None, 299, "CNY", STATED),
    "１，２９９元以内": (None, 1299, "CNY", STATED),
    "两三百": (200, 300, "CNY", ASSUMED),
    "三四百块钱": (300, 400, "CNY", STATED),
    "几十块": (10, 100, "CNY", STATED),
    "十几块": (10, 20, "CNY", STATED),
    "一百五左右": (120, 180, "CNY", ASSUMED),
    "一千五以内": (None, 1500, "CNY", ASSUMED),
    "1万2以内": (None, 12000, "CNY", ASSUMED),
    "1-2万": (10000, 20000, "CNY", ASSUMED),
    "2到3千": (2000, 3000, "CNY", ASSUMED),
    "百元以内": (None, 100, "CNY", STATED),
    "上千元的": (1000, None, "CNY", STATED),
    "200出头": (200, 240, "CNY", ASSUMED),
    "预算800": (None, 800, "CNY", ASSUMED),
    "预算一千左右": (800, 1200, "CNY", ASSUMED),
    "价格在300到500之间": (300, 500, "CNY", ASSUMED),
    "200以上500以下": (200, 500, "CNY", ASSUMED),
    "9.9包邮": ("7.92", "11.88", "CNY", ASSUMED),
    "100美元以下": (None, 100, "USD", STATED),
    "HK$800以下": (None, 800, "HKD", STATED),
    "50欧元以内": (None, 50, "EUR", STATED),
    "under $50": (None, 50, "USD", STATED),
    "<50 USD": (None, 50, "USD", STATED),
    "between 20 and 30 dollars": (20, 30, "USD", STATED),
    "$20-$30": (20, 30, "USD", STATED),
    "$5–10": (5, 10, "USD", STATED),
    "at most fifty bucks": (None, 50, "USD", STATED),
    "over 100": (100, None, "USD", ASSUMED),
    "100+": (100, None, "USD", ASSUMED),
    "around 80": (64, 96, "USD", ASSUMED),
    "under 100 please": (None, 100, "USD", ASSUMED),
    "£30 or less": (None, 30, "GBP", STATED),
    "up to €100": (None, 100, "EUR", STATED),
    "less than two hundred dollars": (None, 200, "USD", STATED),
    "under a hundred bucks": (None, 100, "USD", STATED),
    "under one fifty": (None, 150, "USD", ASSUMED),
    "a couple hundred bucks": (160, 240, "USD", STATED),
    "not less than 40 dollars": (40, None, "USD", STATED),
    "don't want to spend more than $45": (None, 45, "USD", STATED),
    "I have 50 dollars": (None, 50, "USD", STATED),
    "my budget is 150": (None, 150, "USD", ASSUMED),
    "price range 100-150": (100, 150, "USD", ASSUMED),
    "starting at $1000": (1000, None, "USD", STATED),
    "$1.5k or less": (None, 1500, "USD", STATED),
    "over 50 and under 100": (50, 100, "USD", ASSUMED),
    "HK$500 backpack max": (None, 500, "HKD", STATED),
    "under 100 in usd": (None, 100, "USD", STATED),
    "no leather over 100": (100, None, "USD", ASSUMED),
    "gifts for kids under 25": (None, 25, "USD", ASSUMED),
}


@pytest.mark.parametrize("query", PRICES)
def test_a_price_is_read(read: Read, query: str) -> None:
    low, high, currency, stated = PRICES[query]
    price = read(query).price
    assert price is not None
    assert (price.minimum, price.maximum) == (_decimal(low), _decimal(high))
    assert (price.currency, price.currency_stated) == (currency, stated)


def _decimal(limit: int | str | None) -> Decimal | None:
    return None if limit is None else Decimal(limit)


NO_PRICE = [
    "iphone 15", "iphone 15 pro max", "500ml", "42码", "size 10", "under 5 kg", "屏幕小于6寸",
    "14 inch laptop", "8GB ram", "at least 16gb ram", "windows 11", "ps4 controller",
    "usb 3.0 cable",
    "2 pack socks", "set of 4 mugs", "nike air max 90", "5号电池", "七分袖", "3件套", "4人帐篷",
    "2024年新款", "一块手表", "三星手机", "304不锈钢", "100%纯棉", "jeans 30-32", "cheap usb cable",
    "便宜的雨伞", "别太贵", "budget laptop", "kids under 3", "for women over 50", "65w充电器",
    "galaxy s24", "a4 paper", "20% off", "3-5岁", "128g手机", "1080p webcam", "size 32x34",
    "iphone 7 plus cases", "iphone 15 max", "小米14+", "rating above 4", "4 stars and up",
    "百搭外套", "千鸟格围巾", "万向轮行李箱", "满300减50",
]  # fmt: skip


@pytest.mark.parametrize("query", NO_PRICE)
def test_what_only_looks_like_a_price_is_none(read: Read, query: str) -> None:
    assert read(query).price is None


def test_a_bare_dollar_is_the_shops_own_dollar(vocabulary: Vocabulary) -> None:
    need = understand("under $50", vocabulary=vocabulary, locale="en", currency="HKD")
    assert need.price is not None
    assert (need.price.currency, need.price.currency_stated) == ("HKD", True)


def test_a_yen_sign_is_yen_only_where_the_shop_sells_in_yen(vocabulary: Vocabulary) -> None:
    prices = [
        understand("¥500", vocabulary=vocabulary, locale="en", currency=home).price
        for home in ("JPY", "USD")
    ]
    assert [price and price.currency for price in prices] == ["JPY", "CNY"]


# query: (unit, minimum, maximum)
MEASURES = {
    "500ml玻璃杯": ("ml", 500, 500),
    "under 5 kg suitcase": ("kg", None, 5),
    "屏幕小于6寸的手机": ("inch", None, 6),
    "14 inch laptop": ("inch", 14, 14),
    "laptop with at least 16gb ram": ("gb", 16, None),
    "128g手机": ("gb", 128, 128),
    "500g坚果": ("g", 500, 500),
    "2T移动硬盘": ("tb", 2, 2),
    "高度在30厘米以下的台灯": ("cm", None, 30),
    "monitor larger than 27 inches": ("inch", 27, None),
    "烧水壶1.5升以上": ("l", "1.5", None),
    '55" tv': ("inch", 55, 55),
}


@pytest.mark.parametrize("query", MEASURES)
def test_a_measure_keeps_its_unit(read: Read, query: str) -> None:
    unit, low, high = MEASURES[query]
    (measure,) = read(query).of("measure")
    assert (measure.unit, measure.minimum, measure.maximum) == (unit, _decimal(low), _decimal(high))


def test_two_measures_stay_apart(read: Read) -> None:
    found = [(slot.unit, slot.maximum) for slot in read("8G+256G 手机").of("measure")]
    assert found == [("gb", 8), ("gb", 256)]
