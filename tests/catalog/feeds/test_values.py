"""Single values: what is taken as what, and what is refused for which reason."""

import contextlib
import datetime
import time
from decimal import Decimal
from typing import Any

import pytest

from catalog.feeds import values
from catalog.feeds.problems import Bad, Fault

PRICES = [
    ("99", "99.00"), ("99.5", "99.50"), ("1299.00", "1299.00"), ("1,299.00", "1299.00"),
    ("12,345,678", "12345678.00"), ("¥1,299.00", "1299.00"), ("￥１２９９", "1299.00"),
    ("99元", "99.00"), ("RMB 99", "99.00"), ("99 CNY", "99.00"), (" 99 ", "99.00"), ("0", "0.00"),
    ("52.0000", "52.00"), (99, "99.00"), (Decimal("14.90"), "14.90"), ("999999999999.99",) * 2,
]  # fmt: skip


@pytest.mark.parametrize(("written", "amount"), PRICES)
def test_prices_are_exact_decimals(written: Any, amount: str) -> None:
    price = values.price(written, "CNY")
    assert isinstance(price, Decimal)
    assert str(price) == amount


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("1,99", Fault.PRICE_COMMA), ("1.299,00", Fault.PRICE_COMMA),
        ("12,34,567", Fault.PRICE_COMMA), ("-5", Fault.PRICE_NEGATIVE),
        ("¥-5.00", Fault.PRICE_NEGATIVE), ("-¥5", Fault.PRICE_NEGATIVE),
        (-5, Fault.PRICE_NEGATIVE), ("NaN", Fault.PRICE_NAN), ("-inf", Fault.PRICE_NAN),
        ("Infinity", Fault.PRICE_NAN), ("1" * 13, Fault.PRICE_LARGE),
        ("9" * 400, Fault.PRICE_LARGE), ("1e3", Fault.PRICE), ("", Fault.PRICE),
        ("free", Fault.PRICE), ("1.005", Fault.PRICE_CENTS),
        ("$5", Fault.CURRENCY_SIGN), ("5 USD", Fault.CURRENCY_SIGN), (True, Fault.PRICE),
        ([], Fault.PRICE), ("1.2.3", Fault.PRICE), ("٣", Fault.PRICE),
    ],
)  # fmt: skip
def test_what_is_no_price_is_refused_with_its_reason(written: Any, fault: Fault) -> None:
    with pytest.raises(Bad) as caught:
        values.price(written, "CNY")
    assert caught.value.fault == fault


def test_cents_become_the_whole_amount() -> None:
    assert values.price("4995", "USD", divide=100) == Decimal("49.95")
    assert values.price(5, "USD", divide=100) == Decimal("0.05")
    with pytest.raises(Bad):
        values.price("49.955", "USD", divide=100)


@pytest.mark.parametrize(
    ("written", "code"),
    [("¥5", "CNY"), ("$5", "USD"), ("HK$5", "HKD"), ("5元", "CNY"), ("5 EUR", "EUR"), ("5", "")],
)
def test_a_sign_alone_says_the_currency(written: str, code: str) -> None:
    assert values.currency_of_sign(written) == code


@pytest.mark.parametrize(
    ("written", "count"), [("12", 12), (" 12 ", 12), ("12.0", 12), (0, 0), (Decimal("3.0"), 3)]
)
def test_quantities(written: Any, count: int) -> None:
    assert values.quantity(written) == count


@pytest.mark.parametrize("written", ["-1", "1.5", "many", -1, 2**31, "9" * 30, True, "1e3", None])
def test_what_is_no_quantity(written: Any) -> None:
    with pytest.raises(Bad) as caught:
        values.quantity(written)
    assert caught.value.fault == Fault.STOCK


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("  Cotton \t T-shirt ", "Cotton T-shirt"),
        ("Cot\u200bton\u202e \ufeffT-shirt", "Cotton T-shirt"),
        ("Size < 5 cm, 3 > 2", "Size < 5 cm, 3 > 2"),
        ("<b>Bold</b> &amp; new", "Bold & new"),
        ("Office\x99", "Office™"),
        ("Gobi HeatTec&reg; Tee", "Gobi HeatTec® Tee"),
        ("Fish &amp;amp; Chips, AT&T &nosuch; &#8203;", "Fish & Chips, AT&T &nosuch;"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Mug", "Mug"),
        (12, "12"),
        ("-20 °C", "-20 °C"),
        ("+ 5 g free", "+ 5 g free"),
        ("@home", "@home"),
    ],
)
def test_texts_are_cleaned(written: Any, clean: str) -> None:
    assert values.text(written, 100) == clean


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("a\x00b", Fault.CONTROL), ("a\x1bb", Fault.CONTROL), ("a\udcffb", Fault.NOT_TEXT),
        ("=1+2", Fault.FORMULA), ("@SUM(A1)", Fault.FORMULA), ("-HYPERLINK(x)", Fault.FORMULA),
        ("x" * 101, Fault.TOO_LONG), ({}, Fault.NOT_A_TEXT), (True, Fault.NOT_A_TEXT),
    ],
)  # fmt: skip
def test_what_is_no_text(written: Any, fault: Fault) -> None:
    with pytest.raises(Bad) as caught:
        values.text(written, 100)
    assert caught.value.fault == fault


def test_html_becomes_plain_lines() -> None:
    markup = (
        "<p>Soft&nbsp;cotton.</p><ul><li>Warm</li><li>Light</li></ul>"
        "<script>alert(1)</script><style>p{}</style><img src=x onerror=alert(1)>"
        "<p>A &lt;b&gt; &bull; B</p>"
    )
    assert values.text(markup, 500, rich=True) == "Soft cotton.\n• Warm\n• Light\nA <b> • B"


def test_lines_of_a_description_stay() -> None:
    assert values.text("One\r\n\n\n\n two \n", 100, rich=True) == "One\n\ntwo"


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-02-01", "2026-02-01T00:00:00+08:00"),
        ("2026/02/01", "2026-02-01T00:00:00+08:00"),
        ("2009-12-10T00:00:00Z", "2009-12-10T00:00:00+00:00"),
    ],
)
def test_dates(written: str, moment: str) -> None:
    assert values.moment(written) == datetime.datetime.fromisoformat(moment)


@pytest.mark.parametrize("written", ["31/31/2026", "2026-02-30", "soon", "0001-01-01", "", "12"])
def test_what_is_no_date(written: str) -> None:
    with pytest.raises(Bad):
        values.moment(written)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("180", 180), ("1.5", 1.5), ("007", "007"), ("yes", True), ("否", False), (True, True),
        (Decimal("23000.0"), 23000), (Decimal("2.13"), 2.13), ("12 cm", "12 cm"),
        (10**20, "1" + "0" * 20),
        ("0095205603217", "0095205603217"), ("1e5", "1e5"),
    ],
)  # fmt: skip
def test_attributes_have_the_type_they_are_written_in(written: Any, typed: Any) -> None:
    found = values.typed(written, 100)
    assert found == typed
    assert type(found) is type(typed)


@pytest.mark.parametrize("name", ["a.jpg", "/m/h/a.jpg", "https://x.example/a.jpg"])
def test_picture_names(name: str) -> None:
    assert values.picture_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["htp://x/a.jpg", "ftp://x/a.jpg", "http:///a.jpg", "javascript:alert(1)", "data:image/png,x",
     "//x/a.jpg", "https://a b/c.jpg", "file:///etc/passwd"],
)  # fmt: skip
def test_what_is_no_address_of_a_picture(name: str) -> None:
    with pytest.raises(Bad) as caught:
        values.picture_name(name)
    assert caught.value.fault == Fault.URL


@pytest.mark.parametrize("character", ["9", ",", ".", "<", "=", " ", "¥", "-", "<b", "(", "\u200b"])
def test_no_value_takes_long_to_read(character: str) -> None:
    hostile = character * 50_000
    began = time.process_time()
    for read in (
        lambda: values.price(hostile, "CNY"),
        lambda: values.quantity(hostile),
        lambda: values.moment(hostile),
        lambda: values.typed(hostile, 100),
        lambda: values.text(hostile, 100, rich=True),
        lambda: values.currency_of_sign(hostile),
        lambda: values.picture_name(hostile),
    ):
        with contextlib.suppress(Bad):
            read()
    assert time.process_time() - began < 0.7
