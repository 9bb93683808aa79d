"""Real catalogues that stand beside the checkout: every row comes in, and a second time none."""

import resource
from pathlib import Path
from typing import Any

import pytest

from catalog.feeds.importing import ImportReport, import_file
from catalog.feeds.mapping import read_mapping
from catalog.models import Category, Media, Price, Product, ProductText, Stock, Variant
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.feeds.conftest import make_import
from tests.conftest import FULL
from tests.shared import shared_file

pytestmark = pytest.mark.django_db

MAPPINGS = Path(__file__).parents[3] / "docs" / "mappings"


def run(shop: Merchant, file: str, mapping: str = "", **fields: Any) -> ImportReport:
    if mapping:
        fields["mapping"] = read_mapping(MAPPINGS / f"{mapping}.toml")
    return import_file(make_import(shop, shared_file(file), **fields))


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.failed


def test_the_magento_export_with_its_pictures(shop: Merchant, full: bool) -> None:
    folder = str(shared_file("magento_luma/images")) if full else ""
    report = run(shop, "magento_luma/magento_export_1994_skus.csv.gz", images=folder)
    assert (report.rows, *counts(report)) == (1994, 1994, 0, 0, 0)
    with as_merchant(shop):
        assert (Product.objects.count(), Variant.objects.count()) == (147, 1847)
        assert (Price.objects.count(), Stock.objects.count()) == (1847, 1847)
        hoodie = Product.objects.get(sku="MH01")
        assert hoodie.category.path == "men/tops/hoodies-sweatshirts"
        assert hoodie.attributes["material"] == "wool"
        assert "<p>" not in hoodie.texts.get().description
        codes = {v.codes["colour"] for v in hoodie.variants.all()}
        assert codes == {"black", "gray", "orange"}
        if full:
            # Three of the 675 pictures that the export names are not in the folder.
            assert [e.fault.name for e in report.errors] == ["PICTURE_MISSING"] * 3
            assert Media.objects.values("file").distinct().count() >= 600
            front = Media.objects.filter(product=hoodie, source="/m/h/mh01-black_main.jpg")
            assert [m.options for m in front] == [{"color": "Black"}]
    again = run(shop, "magento_luma/magento_export_1994_skus.csv.gz", images=folder)
    assert counts(again) == (0, 0, 1994, 0)


def test_the_flat_luma_file(shop: Merchant) -> None:
    report = run(shop, "magento_luma/products.csv", "magento_luma")
    assert (report.rows, *counts(report)) == (197, 197, 0, 0, 0)
    assert [e.fault.name for e in report.errors] == ["PICTURES_NONE"]
    with as_merchant(shop):
        assert Variant.objects.count() == 1847 + 50
        hoodie = Product.objects.get(sku="MH01")
        assert hoodie.option_names == ["size", "color"]
        assert hoodie.attributes["climate"] == ["All-weather", "Cool", "Indoor", "Spring", "Windy"]
    assert counts(run(shop, "magento_luma/products.csv", "magento_luma")) == (0, 0, 197, 0)


def test_openbg(shop: Merchant) -> None:
    report = run(shop, "openbg_titles_zh/products.csv", "openbg_titles_zh")
    assert (report.rows, *counts(report), report.errors) == (997, 997, 0, 0, 0, [])
    with as_merchant(shop):
        assert set(ProductText.objects.values_list("locale", flat=True)) == {"zh-hans"}
        assert not Price.objects.exists()
        assert Category.objects.filter(merchant=shop, parent=None).count() == 5
    again = run(shop, "openbg_titles_zh/products.csv", "openbg_titles_zh")
    assert counts(again) == (0, 0, 997, 0)


def test_multicpr(shop: Merchant) -> None:
    report = run(shop, "multicpr_ecom_mini_zh/corpus.tsv.gz", "multicpr_corpus")
    assert (report.rows, *counts(report), report.errors) == (4498, 4498, 0, 0, 0, [])


@pytest.mark.skipif(not FULL, reason="nineteen thousand products are part of make test-all")
def test_chorus_in_small_memory(shop: Merchant) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = run(shop, "chorus_icecat/products.jsonl.xz", "chorus_icecat")
    assert (report.rows, *counts(report)) == (19406, 19406, 0, 0, 0)
    assert {e.fault.name for e in report.errors} <= {"CONTROL", "PICTURE_UNREACHABLE"}
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 110 * 1024
    with as_merchant(shop):
        toner = Product.objects.get(sku="3920564")
        assert (toner.brand, toner.attributes["black_toner_page_yield"]) == ("Xerox", 23000)
        assert str(Price.objects.get(variant__sku="3920564").amount) == "49.95"
    again = run(shop, "chorus_icecat/products.jsonl.xz", "chorus_icecat")
    assert counts(again) == (0, 0, 19406, 0)
