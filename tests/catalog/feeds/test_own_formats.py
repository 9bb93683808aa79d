"""Our own CSV and JSON Lines: columns, grouping, and lines that are no products."""

import gzip
import json
import lzma
from decimal import Decimal
from typing import Any

import pytest

from catalog.feeds.problems import Fault, Refused
from catalog.models import Price, Product, ProductText, Stock, Variant
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.feeds.conftest import Import, tee

pytestmark = pytest.mark.django_db

FULL = """\
SKU,Product SKU,Status,Brand,Category,title_zh,title_en,description_en,price_cny,price_usd,\
was_usd,stock_main,stock_South,option_Color,option_Size,attr_material,attr_weight_g,attr_season
P-1,P,live,Loom,bags,帆布包,Canvas bag,"Roomy,
with a pocket.",99.00,14.90,19.90,3,4,Navy Blue,M,棉,450,春|夏
Q,,draft,,,,Mug,,,,,0,,,,,,
P-2,P,,,,,,,"1,099.00",,,,,Red,M,,,
"""


def test_all_columns_of_our_csv(imported: Import, shop: Merchant) -> None:
    report = imported(FULL)
    assert report.errors == []
    assert (report.rows, report.created) == (3, 3)
    with as_merchant(shop):
        bag = Product.objects.get(sku="P")
        assert (bag.status, bag.brand, bag.option_names) == ("live", "Loom", ["Color", "Size"])
        assert bag.attributes == {
            "material": "cotton",
            "weight_g": 450,
            "season": ["spring", "summer"],
        }
        texts = {text.locale: text for text in bag.texts.all()}
        assert (texts["zh-hans"].title, texts["en"].title) == ("帆布包", "Canvas bag")
        assert texts["en"].description == "Roomy,\nwith a pocket."
        one, two = bag.variants.all()
        assert (one.sku, one.options) == ("P-1", {"Color": "Navy Blue", "Size": "M"})
        assert (one.codes, two.codes["colour"]) == ({"colour": "navy", "size": "m"}, "red")
        prices = {p.currency: (p.amount, p.was) for p in one.prices.select_related("price_list")}
        assert prices == {
            "CNY": (Decimal(99), None), "USD": (Decimal("14.90"), Decimal("19.90")),
        }  # fmt: skip
        held = Stock.objects.filter(variant=one).values_list("warehouse__code", "quantity")
        assert dict(held) == {"main": 3, "South": 4}
        assert [p.amount for p in two.prices.all()] == [Decimal(1099)]
        mug = Product.objects.get(sku="Q")
        assert (mug.status, mug.variants.get().sku, mug.variants.get().options) == (
            "draft",
            "Q",
            {},
        )
    assert imported(FULL).unchanged == 3


def test_rows_of_a_product_need_not_stand_together(imported: Import, shop: Merchant) -> None:
    rows = [f"P{n % 50}-{n},P{n % 50},Shirt {n % 50},{n}" for n in range(400)]
    report = imported("sku,product_sku,title,option_size\n" + "\n".join(rows))
    assert (report.created, report.errors) == (400, [])
    with as_merchant(shop):
        assert Product.objects.count() == 50
        assert {p.variants.count() for p in Product.objects.all()} == {8}


def test_a_row_without_product_sku_is_a_product(imported: Import, shop: Merchant) -> None:
    imported("sku,title,option_size,price,currency\nA,Shirt,M,9.5,usd\nB,Mug,,¥8,\n")
    with as_merchant(shop):
        assert Variant.objects.get(sku="A").options == {"size": "M"}
        assert Variant.objects.get(sku="B").options == {}
        currencies = Price.objects.values_list("variant__sku", "price_list__currency")
        assert set(currencies) == {("A", "USD"), ("B", "CNY")}


def test_a_price_without_currency_is_in_the_shops_own(imported: Import, shop: Merchant) -> None:
    assert imported("sku,title,price\nA,Mug,8\n").errors == []
    shop.currencies = []
    shop.save()
    report = imported("sku,title,price\nA,Mug,8\n")
    assert [(e.line, e.column, e.fault) for e in report.errors] == [(2, "price", Fault.NO_CURRENCY)]


def test_unknown_columns_are_named_and_left_out(imported: Import, shop: Merchant) -> None:
    report = imported("sku,title,colour of box\nA,Mug,red\n")
    assert [(e.line, e.column, e.fault) for e in report.errors] == [
        (1, "colour of box", Fault.COLUMN_UNKNOWN)
    ]
    assert (report.created, report.failed) == (1, 0)


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_any_separator(imported: Import, shop: Merchant, mark: str) -> None:
    text = 'sku,title,price_cny\nA,"Mug, Cup; Bowl | x",8\n'.replace(",", mark)
    assert imported(text.replace(f"Mug{mark} Cup", "Mug, Cup")).errors == []
    with as_merchant(shop):
        assert Price.objects.get().amount == 8


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_packed_files(imported: Import, shop: Merchant, pack: Any) -> None:
    assert imported(pack(FULL.encode()), name="file.csv.gz").created == 3
    lines = "\n".join(json.dumps(tee(f"T{n}")) for n in range(3))
    assert imported(pack(lines.encode()), name="file.xz").created == 3


@pytest.mark.parametrize(
    ("line", "column", "fault"),
    [
        ("oops", "", Fault.NOT_JSON),
        ('{"sku": "A", ', "", Fault.NOT_JSON),
        ("[1, 2]", "", Fault.NOT_JSON),
        ("[" * 100_000, "", Fault.NOT_JSON),
        ('{"sku": "A", "title": "x", "stock": ' + "9" * 5000 + "}", "", Fault.NOT_JSON),
        ('{"title": "Mug"}', "sku", Fault.NO_SKU),
        ('{"sku": ["A"], "title": "Mug"}', "sku", Fault.NOT_A_TEXT),
        ('{"sku": "A"}', "title", Fault.NO_TITLE),
        ('{"sku": "A", "title": {"fr": "Tasse"}}', "title.fr", Fault.LOCALE),
        ('{"sku": "A", "title": "Mug", "variants": {}}', "variants", Fault.NOT_A_LIST),
        ('{"sku": "A", "title": "M", "variants": [7]}', "variants[0].sku", Fault.NO_SKU),
        ('{"sku": "A", "title": "M", "options": "size"}', "options", Fault.NOT_A_LIST),
        ('{"sku": "A", "title": "M", "prices": [1]}', "prices", Fault.NOT_AN_OBJECT),
        ('{"sku": "A", "title": "M", "prices": {"CNY": NaN}}', "prices.CNY", Fault.PRICE_NAN),
        ('{"sku": "A", "title": "M", "prices": {"CNY": 1e99}}', "prices.CNY", Fault.PRICE_LARGE),
        ('{"sku": "A", "title": "M", "prices": {"XYZ": 1}}', "prices.XYZ", Fault.CURRENCY),
        ('{"sku": "A", "title": "M", "stock": {"main": -1}}', "stock.main", Fault.STOCK),
        ('{"sku": "A", "title": "M\\u0000"}', "title", Fault.CONTROL),
        ('{"sku": "A", "title": "M\\ud800"}', "title", Fault.NOT_TEXT),
    ],
)
def test_lines_that_are_no_products(
    imported: Import, shop: Merchant, line: str, column: str, fault: Fault
) -> None:
    good = json.dumps(tee())
    report = imported(f"{good}\n{line}\n\n{json.dumps(tee('T2'))}\n", name="file.jsonl")
    assert (report.errors[0].line, report.errors[0].column, report.errors[0].fault) == (
        2, column, fault,
    )  # fmt: skip
    assert {e.line for e in report.errors} == {2}
    assert (report.rows, report.created, report.failed) == (3, 2, 1)


@pytest.mark.parametrize(
    ("changes", "column", "fault"),
    [
        ({"description": {"en": "x" * 50_001}}, "description.en", Fault.TOO_LONG),
        ({"attributes": [1]}, "attributes", Fault.NOT_AN_OBJECT),
        ({"attributes": {"care": "a\x07"}}, "attributes.care", Fault.CONTROL),
        ({"related": "T2"}, "related", Fault.NOT_A_LIST),
        ({"reviews": {}}, "reviews", Fault.NOT_A_LIST),
        ({"media": "a.jpg"}, "media", Fault.NOT_A_LIST),
        ({"created_at": "soon"}, "created_at", Fault.DATE),
    ],
)
def test_what_only_adds_is_left_out_and_the_product_kept(
    imported: Import, shop: Merchant, changes: dict[str, Any], column: str, fault: Fault
) -> None:
    report = imported([tee(**changes)])
    assert [(e.column, e.fault) for e in report.errors] == [(column, fault)]
    assert (report.created, report.failed) == (1, 0)


def test_a_variant_must_have_each_option(imported: Import, shop: Merchant) -> None:
    product = tee()
    del product["variants"][1]["options"]["size"]
    report = imported([product])
    assert [(e.column, e.fault) for e in report.errors] == [
        ("variants[1].options.size", Fault.OPTION_MISSING)
    ]
    with as_merchant(shop):
        assert [v.sku for v in Variant.objects.all()] == ["T1-white"]


def test_the_same_sku_twice_in_a_file(imported: Import, shop: Merchant) -> None:
    again = tee("T2")
    again["variants"][0]["sku"] = "T1-white"
    report = imported([tee(), again, tee("T1", title={"en": "Other"})])
    assert [(e.line, e.column, e.value, e.fault) for e in report.errors] == [
        (2, "variants[0].sku", "T1-white", Fault.SKU_AGAIN),
        (3, "sku", "T1", Fault.SKU_AGAIN),
    ]
    with as_merchant(shop):
        assert ProductText.objects.get(product__sku="T1", locale="en").title == "Cotton T-shirt"


def test_a_refused_product_leaves_its_sku_to_the_next(imported: Import, shop: Merchant) -> None:
    report = imported([tee(status="nonsense"), tee()])
    assert (report.created, report.failed, len(report.errors)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.csv"),
        (b"\n\n\n", "blank.csv"),
        (b"name,price\nx,1\n", "foreign.csv"),
        (b"PK\x03\x04xxxx", "catalogue.xlsx"),
        (b'[{"sku": "A"}]', "array.json"),
    ],
)
def test_files_that_are_no_catalogue_are_refused(
    imported: Import, shop: Merchant, content: bytes, name: str
) -> None:
    with pytest.raises(Refused) as caught:
        imported(content, name=name)
    assert caught.value.reason and caught.value.remedy
    with as_merchant(shop):
        assert not Product.objects.exists()


def test_a_header_alone_is_an_empty_catalogue(imported: Import, shop: Merchant) -> None:
    report = imported("sku,title\n")
    assert (report.rows, report.errors) == (0, [])


def test_hidden_characters_do_not_reach_the_shop(imported: Import, shop: Merchant) -> None:
    hidden = "Mug\u200b\u202e\U000e0041 <script>alert(1)</script><b>new</b>"
    imported([tee("T1", title={"en": hidden}, description={"en": "<p>a</p><p>b &lt;i&gt;</p>"})])
    with as_merchant(shop):
        text = ProductText.objects.get(locale="en")
    assert (text.title, text.description) == ("Mug new", "a\n\nb <i>")
