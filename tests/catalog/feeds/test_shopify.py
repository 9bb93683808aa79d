"""Shopify's CSV as its admin exports it, in both generations of column names."""

from decimal import Decimal

import pytest

from catalog.feeds.problems import Fault
from catalog.models import Price, Product, ProductText, Stock, Variant
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.feeds.conftest import Import

pytestmark = pytest.mark.django_db
CLASSIC = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,"
    "Option2 Value,Variant SKU,Variant Inventory Qty,Variant Price,Variant Compare At Price,"
    "Image Src,Image Alt Text,Status,Care (product.metafields.custom.care)\n"
)
ROWS = (
    'tee,Cotton tee,"<p>Soft &amp; light.</p><script>x()</script><ul><li>Warm</li></ul>",Loom,'
    'Tops > Tees,"summer, basic",TRUE,Color,Red,Size,M,T-R-M,-3,19.90,25.00,'
    "https://a.example/1.jpg,Front,active,Wash cold\n"
    "tee,,,,,,,,Blue,,L,,7,21.90,,https://a.example/2.jpg,,,\n"
    "tee,,,,,,,,,,,,,,,https://a.example/3.jpg,,,\n"
    "mug,Mug,,Loom,,,FALSE,Title,Default Title,,,M-1,5,9.00,,,,,\n"
)


def test_variants_texts_and_facts(shop: Merchant, imported: Import, asked: list[str]) -> None:
    report = imported(CLASSIC + ROWS, name="products_export.csv")
    assert report.failed == 0
    assert asked == [f"https://a.example/{number}.jpg" for number in (1, 2, 3)]
    with as_merchant(shop):
        tee, mug = Product.objects.get(sku="tee"), Product.objects.get(sku="mug")
        assert (tee.status, mug.status) == ("live", "draft")
        assert tee.option_names == ["Color", "Size"]
        assert tee.attributes == {"care": "Wash cold", "tags": ["summer", "basic"]}
        assert tee.category is not None and tee.category.path == "tops/tees"
        assert ProductText.objects.get(product=tee).description == "Soft & light.\n• Warm"
        assert set(Variant.objects.values_list("sku", flat=True)) == {
            "T-R-M", "tee-Blue-L", "M-1",
        }  # fmt: skip
        assert dict(Stock.objects.values_list("variant__sku", "quantity")) == {
            "T-R-M": 0, "tee-Blue-L": 7, "M-1": 5,
        }  # fmt: skip
        price = Price.objects.get(variant__sku="T-R-M")
        assert (price.amount, price.was, price.currency) == (Decimal("19.90"), 25, "CNY")
        assert Variant.objects.get(sku="M-1").options == {}


def test_the_newer_names_mean_the_same(shop: Merchant, imported: Import) -> None:
    head = "Title,URL handle,Description,Vendor,Type,Status,SKU,Option1 name,Option1 value,Price,"
    head += "Compare-at price,Inventory quantity,Product image URL\n"
    report = imported(f"{head}Tee,tee,Soft,Loom,Tops,Draft,T-1,Size,M,19.90,,4,\n", name="p.csv")
    assert (report.created, report.errors) == (1, [])
    with as_merchant(shop):
        assert Product.objects.get().status == "draft"
        assert Stock.objects.get().quantity == 4


@pytest.mark.parametrize(
    ("row", "column", "fault"),
    [
        ('t,Tee,,,,,,Size,M,,,T-1,1,"1,99",,,,,\n', "Variant Price", Fault.PRICE_COMMA),
        ("t,Tee,,,,,,Size,M,,,T-1,x,1.00,,,,,\n", "Variant Inventory Qty", Fault.STOCK),
        ("t,Tee,,,,,,Size,M,,,T-1,1,1.00,,,,odd,\n", "Status", Fault.STATUS),
        ("t,Tee,,,,,,Size,M,,,GOOD,1,1.00,,,,,\n", "Variant SKU", Fault.SKU_AGAIN),
        ("t,,,,,,,Size,M,,,T-1,1,1.00,,,,,\n", "Title", Fault.NO_TITLE),
    ],
)
def test_a_bad_row_is_named_by_shopifys_column(
    imported: Import, row: str, column: str, fault: Fault
) -> None:
    good = "good,Good,,,,,,Size,S,,,GOOD,1,1.00,,,,,\n"
    report = imported(CLASSIC + good + row, name="p.csv")
    assert [(e.line, e.column, e.fault) for e in report.errors] == [(3, column, fault)]
    assert (report.created, report.failed) == (1, 1)
