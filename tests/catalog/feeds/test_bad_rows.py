"""Twenty kinds of bad rows: each reported by line and column with a remedy, all good rows kept."""

import pytest

from catalog.feeds.problems import Fault
from catalog.models import Price, Product, ProductText, RowError, Variant
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.feeds.conftest import Import

pytestmark = pytest.mark.django_db

HEADER = "sku,status,title,price_cny,currency,price,image,created_at,stock\n"
GOOD_BEFORE = 'A1,live,"Mug, white",10.00,,,,,1\n'
GOOD_AFTER = "A9,live,Bowl,20.00,,,,2026-02-01,2\n"


def row(**cells: str) -> str:
    """Return a row that is good but for what a test changes."""
    good = {
        "sku": "B1", "status": "live", "title": "Cup", "price_cny": "", "currency": "",
        "price": "", "image": "", "created_at": "", "stock": "3",
    }  # fmt: skip
    return ",".join((good | cells).values()) + "\n"


# What is wrong, the row, its column, the fault, and whether the row's product is kept all the same.
BAD = [
    ("quote runaway", 'B1,live,"Cup,5.00,,,,,3\n', "title", Fault.QUOTE_OPEN, False),
    ("quote inside", 'B1,live,"Cup "big" one",5.00,,,,,3\n', "title", Fault.QUOTE_INSIDE, False),
    ("short row", "B1,live,Cup\n", "price_cny", Fault.ROW_SHORT, False),
    ("long row", row()[:-1] + ",more\n", "stock", Fault.ROW_LONG, False),
    ("SKU again", row(sku="A1"), "sku", Fault.SKU_AGAIN, False),
    ("no SKU", row(sku=""), "sku", Fault.NO_SKU, False),
    ("price 1,99", row(price_cny='"1,99"'), "price_cny", Fault.PRICE_COMMA, False),
    ("negative price", row(price_cny="-5.00"), "price_cny", Fault.PRICE_NEGATIVE, False),
    ("NaN", row(price_cny="NaN"), "price_cny", Fault.PRICE_NAN, False),
    ("overflow", row(price_cny="9" * 15), "price_cny", Fault.PRICE_LARGE, False),
    ("words as price", row(price_cny="free"), "price_cny", Fault.PRICE, False),
    ("fractions of cents", row(price_cny="1.005"), "price_cny", Fault.PRICE_CENTS, False),
    ("unknown currency", row(price="5", currency="XXX"), "currency", Fault.CURRENCY, False),
    ("sign and currency", row(price="€5", currency="CNY"), "price", Fault.CURRENCY_SIGN, False),
    ("bad address", row(image="htp://pictures/x.jpg"), "image", Fault.URL, True),
    ("script address", row(image="javascript:alert(1)"), "image", Fault.URL, True),
    ("over-long title", row(title="x" * 501), "title", Fault.TOO_LONG, False),
    ("over-long SKU", row(sku="B1" + "x" * 99), "sku", Fault.TOO_LONG, False),
    ("control characters", row(title="Cup\x07"), "title", Fault.CONTROL, False),
    ("NUL", row(title="Cup\x00"), "title", Fault.CONTROL, False),
    ("formula", row(title='"=HYPERLINK(""http://x"",""y"")"'), "title", Fault.FORMULA, False),
    ("formula +", row(title="+cmd|' /C calc'!A0"), "title", Fault.FORMULA, False),
    ("unknown status", row(status="livee"), "status", Fault.STATUS, False),
    ("bad date", row(created_at="31/31/2026"), "created_at", Fault.DATE, True),
    ("impossible date", row(created_at="2026-02-30"), "created_at", Fault.DATE, True),
    ("missing title", row(title=""), "title", Fault.NO_TITLE, False),
    ("negative stock", row(stock="-1"), "stock", Fault.STOCK, False),
    ("half a piece", row(stock="1.5"), "stock", Fault.STOCK, False),
]  # fmt: skip


@pytest.mark.parametrize("case", [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_bad_row_is_reported_and_costs_no_other(
    imported: Import, shop: Merchant, case: tuple[str, str, Fault, bool]
) -> None:
    bad, column, fault, kept = case
    report = imported(HEADER + GOOD_BEFORE + bad + GOOD_AFTER)
    assert [(e.line, e.column, e.fault) for e in report.errors] == [(3, column, fault)]
    assert report.errors[0].as_dict()["reason"] and report.errors[0].as_dict()["remedy"]
    assert (report.rows, report.failed) == (3, 0 if kept else 1)
    with as_merchant(shop):
        skus = set(Product.objects.values_list("sku", flat=True))
        assert skus == ({"A1", "A9", "B1"} if kept else {"A1", "A9"})
        stored = RowError.objects.get()
    assert (stored.line, stored.column, stored.reason) == (3, column, fault.reason)


def test_dead_picture_is_reported_and_the_product_kept(
    imported: Import, shop: Merchant, tmp_path: object
) -> None:
    report = imported(
        HEADER + GOOD_BEFORE + row(image="gone.jpg") + GOOD_AFTER, images=str(tmp_path)
    )
    assert [(e.line, e.column, e.value, e.fault) for e in report.errors] == [
        (3, "image", "gone.jpg", Fault.PICTURE_MISSING)
    ]
    assert (report.created, report.failed) == (3, 0)


def test_bytes_of_another_encoding_cost_one_row(imported: Import, shop: Merchant) -> None:
    bad = row(title="杯子").encode("gb18030")
    report = imported(
        (HEADER + GOOD_BEFORE + row(sku="A2", title="碗碗")).encode() + bad + GOOD_AFTER.encode()
    )
    assert [(e.line, e.column, e.fault) for e in report.errors] == [(4, "title", Fault.NOT_TEXT)]
    assert report.created == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_is_read(
    imported: Import, shop: Merchant, encoding: str, end: str
) -> None:
    text = HEADER + GOOD_BEFORE + row(title="白色陶瓷马克杯，三百毫升") + GOOD_AFTER
    report = imported(text.replace("\n", end).encode(encoding))
    assert report.errors == []
    assert report.created == 3
    with as_merchant(shop):
        assert ProductText.objects.get(locale="zh-hans").title == "白色陶瓷马克杯，三百毫升"


def test_mixed_line_ends_keep_their_line_numbers(imported: Import, shop: Merchant) -> None:
    report = imported(
        HEADER.replace("\n", "\r\n") + GOOD_BEFORE.replace("\n", "\r")
        + row(price_cny="x") + GOOD_AFTER
    )  # fmt: skip
    assert [(e.line, e.column) for e in report.errors] == [(3, "price_cny")]
    assert report.created == 2


def test_byte_order_mark_inside_joined_files_is_dropped(imported: Import, shop: Merchant) -> None:
    report = imported(HEADER + GOOD_BEFORE + "\ufeff" + row() + GOOD_AFTER)
    assert report.errors == []
    with as_merchant(shop):
        assert Product.objects.filter(sku="B1").exists()


def test_open_quote_at_the_end_loses_its_row_only(imported: Import, shop: Merchant) -> None:
    rows = "".join(row(sku=f"C{n}") for n in range(700))
    report = imported(HEADER + 'B1,live,"Cup,5.00,,,,,3\n' + rows)
    assert [(e.line, e.column, e.fault) for e in report.errors] == [(2, "title", Fault.QUOTE_OPEN)]
    assert (report.created, report.failed) == (700, 1)


def test_open_quote_before_quoted_rows_loses_its_row_only(imported: Import, shop: Merchant) -> None:
    rows = "".join(row(sku=f"C{n}", title='"Cup, blue"') for n in range(5))
    report = imported(HEADER + 'B1,live,"Cup,5.00,,,,,3\n' + rows)
    assert [(e.line, e.fault) for e in report.errors] == [(2, Fault.QUOTE_OPEN)]
    assert (report.created, report.failed) == (5, 1)


GROUPED = "sku,product_sku,title,option_Color,price_cny\n"


def test_conflicting_variants_of_a_product(imported: Import, shop: Merchant) -> None:
    report = imported(
        GROUPED + "P-1,P,Shirt,red,5.00\nP-2,P,Shirt,red,6.00\nP-3,P,Shirt,blue,7.00\n"
    )
    assert [(e.line, e.column, e.value, e.fault) for e in report.errors] == [
        (3, "option_Color", "Color=red", Fault.SAME_OPTIONS)
    ]
    assert (report.rows, report.created, report.failed) == (3, 2, 1)
    with as_merchant(shop):
        assert set(Variant.objects.values_list("sku", flat=True)) == {"P-1", "P-3"}


def test_rows_that_disagree_about_their_product(imported: Import, shop: Merchant) -> None:
    report = imported(GROUPED + "P-1,P,Shirt,red,5.00\nP-2,P,Blouse,blue,6.00\nP-3,P,,green,\n")
    assert [(e.line, e.column, e.value, e.fault) for e in report.errors] == [
        (3, "title", "Blouse", Fault.ROWS_DISAGREE)
    ]
    assert (report.created, report.failed) == (3, 0)
    with as_merchant(shop):
        assert ProductText.objects.get().title == "Shirt"


def test_a_bad_variant_keeps_its_good_siblings(imported: Import, shop: Merchant) -> None:
    report = imported(GROUPED + 'P-1,P,Shirt,red,"1,99"\nP-2,P,Shirt,blue,6.00\n')
    assert [(e.line, e.column) for e in report.errors] == [(2, "price_cny")]
    with as_merchant(shop):
        assert [v.sku for v in Product.objects.get(sku="P").variants.all()] == ["P-2"]
        assert str(Price.objects.get().amount) == "6.00"


def test_all_faults_of_a_row_are_reported_at_once(imported: Import, shop: Merchant) -> None:
    report = imported(GROUPED + 'P-1,P,Shirt,red,"1,99"\n,P,Shirt,"=A1+B2",-3\n')
    assert [(e.line, e.column) for e in report.errors[:4]] == [
        (2, "price_cny"), (3, "option_Color"), (3, "sku"), (3, "price_cny"),
    ]  # fmt: skip
    assert (report.rows, report.failed) == (2, 2)


def test_every_fault_says_how_to_mend_it() -> None:
    for fault in Fault:
        assert fault.reason.endswith(".") and fault.remedy.endswith(".")
        assert len(fault.reason) <= 400 and len(fault.remedy) <= 400
    assert len({fault.reason for fault in Fault}) == len(Fault)
