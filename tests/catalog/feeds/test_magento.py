"""The Magento export: configurables with their simples in any order, store views, HTML, images."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalog.feeds.formats import format_of
from catalog.feeds.magento import Magento
from catalog.feeds.opening import Source
from catalog.feeds.problems import Fault
from catalog.models import Price, Product, ProductText, Variant
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.feeds.conftest import Import

pytestmark = pytest.mark.django_db

COLUMNS = [
    "sku", "store_view_code", "attribute_set_code", "product_type", "categories", "name",
    "description", "short_description", "product_online", "visibility", "price", "special_price",
    "special_price_to_date", "base_image", "additional_images", "additional_attributes", "qty",
    "configurable_variations", "related_skus",
]  # fmt: skip


def export(*rows: dict[str, str]) -> str:
    """Return an export with these rows."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def simple(sku: str, colour: str, **changes: str) -> dict[str, str]:
    return {
        "sku": sku, "product_type": "simple", "name": f"Hoodie-{colour}", "price": "52.0000",
        "attribute_set_code": "Top", "product_online": "1", "qty": "7.0000",
        "visibility": "Not Visible Individually",
        "additional_attributes": f"has_options=0,size=M,color={colour}",
    } | changes  # fmt: skip


def hoodie(**changes: str) -> dict[str, str]:
    return {
        "sku": "H", "product_type": "configurable", "name": "Hoodie", "price": "52",
        "attribute_set_code": "Top", "product_online": "1", "visibility": "Catalog, Search",
        "categories": "Default Category/Gear,Default Category/Men/Tops/Hoodies, Warm"
        ",Default Category",
        "description": "<p>Warm.</p><ul><li>Hood</li></ul><script>x()</script>",
        "additional_attributes": "has_options=1,material=Wool,climate=Cool|Windy,"
        'care="Wash, cold",eco=Yes',
        "configurable_variations": "sku=H-B,size=M,color=Black|sku=H-R,size=M,color=Red",
    } | changes  # fmt: skip


ROWS = [simple("H-B", "Black"), hoodie(), simple("H-R", "Red", price="48", qty="0")]


@pytest.mark.parametrize("order", [[0, 1, 2], [1, 0, 2], [2, 0, 1]])
def test_configurable_and_simples_in_any_order(
    imported: Import, shop: Merchant, order: list[int]
) -> None:
    report = imported(export(*(ROWS[n] for n in order)))
    assert (report.rows, report.created, report.errors) == (3, 3, [])
    with as_merchant(shop):
        product = Product.objects.get()
        assert (product.sku, product.status, product.option_names) == (
            "H",
            "live",
            ["size", "color"],
        )
        assert product.category.path == "men/tops/hoodies-warm"
        assert product.attributes == {
            "material": "wool", "climate": ["Cool", "Windy"], "care": "Wash, cold", "eco": True,
        }  # fmt: skip
        text = product.texts.get()
        assert (text.title, text.description) == ("Hoodie", "Warm.\n• Hood")
        variants = {v.sku: v for v in product.variants.all()}
        assert variants["H-B"].options == {"size": "M", "color": "Black"}
        assert variants["H-B"].codes == {"size": "m", "colour": "black"}
        amounts = dict(Price.objects.values_list("variant__sku", "amount"))
        assert amounts == {"H-B": Decimal(52), "H-R": Decimal(48)}
        assert variants["H-B"].stock.get().quantity == 7
    assert imported(export(*ROWS)).unchanged == 3


def test_a_simple_product_by_itself(imported: Import, shop: Merchant) -> None:
    imported(
        export(
            simple("S", "Red", visibility="Catalog, Search", special_price="40"),
            simple("N", "Red"),
            simple("O", "Red", product_online="2", visibility="Catalog"),
            simple("D", "Red", special_price="40", special_price_to_date="1/1/20",
                   visibility="Catalog"),
        )
    )  # fmt: skip
    with as_merchant(shop):
        assert dict(Product.objects.values_list("sku", "status")) == {
            "S": "live", "N": "draft", "O": "draft", "D": "live",
        }  # fmt: skip
        special, former = Price.objects.get(variant__sku="S"), Price.objects.get(variant__sku="D")
    assert (special.amount, special.was) == (Decimal(40), Decimal(52))
    assert (former.amount, former.was) == (Decimal(52), None)


def test_texts_of_a_store_view_in_our_language(imported: Import, shop: Merchant) -> None:
    report = imported(
        export(*ROWS, {"sku": "H", "store_view_code": "zh_CN", "name": "连帽衫"},
               {"sku": "H", "store_view_code": "fr", "name": "Sweat"})
    )  # fmt: skip
    assert (report.rows, report.created, report.errors) == (5, 5, [])
    with as_merchant(shop):
        titles = dict(ProductText.objects.values_list("locale", "title"))
    assert titles == {"zh-hans": "连帽衫", "en": "Hoodie"}


def test_a_bad_child_is_reported_on_its_own_line(imported: Import, shop: Merchant) -> None:
    report = imported(export(ROWS[0], ROWS[1], simple("H-R", "Red", price="1,99", qty="x")))
    assert [(e.line, e.column, e.fault) for e in report.errors] == [
        (4, "price", Fault.PRICE_COMMA), (4, "qty", Fault.STOCK),
    ]  # fmt: skip
    assert (report.created, report.failed) == (2, 1)
    with as_merchant(shop):
        assert [v.sku for v in Variant.objects.all()] == ["H-B"]


def test_a_bundle_with_the_price_of_its_parts_has_none(imported: Import, shop: Merchant) -> None:
    imported(export(simple("B", "Red", product_type="bundle", price="0.0000")))
    with as_merchant(shop):
        assert not Price.objects.exists()


def test_it_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(export(*ROWS))
    assert format_of(Source(path)) is Magento


def test_the_currency_is_the_shops_else_dollars(imported: Import, shop: Merchant) -> None:
    def currencies() -> set[Any]:
        with as_merchant(shop):
            return set(Price.objects.values_list("price_list__currency", flat=True))

    imported(export(*ROWS))
    assert currencies() == {"CNY"}
    shop.currencies = []
    shop.save()
    imported(export(*ROWS))
    assert currencies() == {"CNY", "USD"}
