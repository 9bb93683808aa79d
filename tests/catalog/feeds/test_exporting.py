"""What is exported can be imported again and changes nothing, in each format."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from PIL import Image

from catalog.feeds.cells import harmless, restored
from catalog.feeds.exporting import export_file, export_pieces
from catalog.feeds.importing import ImportReport, import_file
from catalog.feeds.opening import Source
from catalog.feeds.workbook import Sheet
from catalog.feeds.writers.shopify import markup
from catalog.models import Media, Product, ProductText, Stock, Warehouse
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_category, make_product
from tests.catalog.feeds.conftest import Import, make_import, tee
from tests.conftest import FULL

pytestmark = pytest.mark.django_db
FORMATS = [
    ("own", "out.jsonl"), ("own", "out.csv"), ("own", "out.jsonl.gz"), ("own", "out.xlsx"),
    ("shopify", "out.csv"), ("google", "out.txt"), ("google", "out.xml"),
]  # fmt: skip
TABLES = [
    "product", "producttext", "variant", "price", "stock", "media", "review", "relatedproduct",
    "category", "pricelist", "warehouse", "attribute",
]  # fmt: skip


def digest(shop: Merchant) -> dict[str, str]:
    """Return a fingerprint of each table as this shop sees it, revisions included."""
    found = {}
    with as_merchant(shop), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                f"SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM catalog_{table} t"
                " WHERE merchant_id = %s",
                [shop.pk],
            )
            found[table] = cursor.fetchone()[0]
    return found


def many(count: int) -> list[dict[str, Any]]:
    """Return products that differ in everything a catalogue can say."""
    return [odd(number) for number in range(count)]


def odd(number: int) -> dict[str, Any]:
    said = tee(f"P-{number:04}")
    kind = number % 10
    if kind == 0:  # no options, one price, nothing in stock
        said |= {"options": [], "variants": [
            {"sku": said["sku"], "prices": {"CNY": "19.90"}, "stock": {"main": 0}}]}  # fmt: skip
    elif kind == 1:
        said |= {"status": ("draft", "archived")[number % 20 == 1], "brand": '"O, Brien" & <Söhne>'}
    elif kind == 2:
        said["title"] = {"zh-hans": f"-{number} 度 “防风”外套；A\\B"}
        said["description"] = {"zh-hans": "第一段，a < b & c\n第二行\n\n• 一\n• 二\n\n=不是公式"}
    elif kind == 3:
        said["title"] = {"en": f'iPhone {number}, 6.1" case | sleeve'}
        del said["category"]
    elif kind == 4:
        said["attributes"] = {
            "material": ["cotton", "linen"], "weight_g": -12.5, "washable": True, "gtin": "0012345",
            "note": "a|b", "range": "-10 – +5", "odd": ["x|y", "z"], "count": 3,
        }  # fmt: skip
    elif kind == 5:
        for place, variant in enumerate(said["variants"]):
            variant["prices"] = {"CNY": {"amount": f"8{place}.00", "was": "99.90"}}
            variant["stock"] = {"main": 3, "北京": 4} if place else {"北京": 7}
    elif kind == 6:
        said["options"] = ["尺码", "颜色"]
        for place, variant in enumerate(said["variants"]):
            variant["options"] = {"尺码": "XL/加大", "颜色": ("藏青, 深", "'=白")[place]}
        said["variants"][1]["active"] = False
    elif kind == 7:
        said["related"] = [f"P-{number - 1:04}", f"P-{number - 2:04}"]
        said["reviews"] = [
            {"stars": 4, "title": "好", "body": "很暖\n真", "author": "Kim", "date": "2026-01-31"},
            {"stars": 2, "body": "Thin.", "language": "en"},
        ]  # fmt: skip
    elif kind == 8:
        said["media"] = [
            {"file": f"{number % 3}.png", "alt": {"zh-hans": "正面", "en": "Front"}},
            {"file": "navy.png", "options": {"colour": "Navy Blue"}},
        ]  # fmt: skip
    return said


@pytest.fixture
def pictures(tmp_path: Path) -> str:
    """Return a folder of small pictures."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for place, name in enumerate(("0", "1", "2", "navy")):
        Image.new("RGB", (60, 40), (place * 60, 10, 90)).save(folder / f"{name}.png")
    return str(folder)


@pytest.fixture
def full_shop(shop: Merchant, imported: Import, pictures: str) -> Callable[[int], Merchant]:
    """Return a function that fills the shop with different products."""

    def fill(count: int) -> Merchant:
        make_category("clothing/t-shirts", name_zh="T恤", name_en="T-shirts")
        report = imported(many(count), images=pictures)
        assert report.failed == 0, report.errors
        return shop

    return fill


def again(shop: Merchant, path: Path) -> ImportReport:
    """Import an exported file as a merchant would: nothing told about it."""
    return import_file(make_import(shop, path))


@pytest.mark.parametrize(("format", "name"), FORMATS)
def test_export_then_import_changes_nothing(
    full_shop: Callable[[int], Merchant], tmp_path: Path, format: str, name: str
) -> None:
    shop = full_shop(1_000 if FULL else 250)
    before = digest(shop)
    path = tmp_path / name
    rows = export_file(shop, path, format=format, base_url="https://shop.example")
    assert rows >= 250
    report = again(shop, path)
    assert digest(shop) == before
    assert (report.created, report.updated, report.failed, report.errors) == (0, 0, 0, [])
    assert report.unchanged >= rows * (0.9 if format == "shopify" else 1)
    assert digest(shop) == before


@pytest.mark.parametrize(("format", "name"), FORMATS)
def test_an_edit_in_the_exported_file_arrives(
    full_shop: Callable[[int], Merchant], tmp_path: Path, format: str, name: str
) -> None:
    shop = full_shop(10)
    path = tmp_path / name
    export_file(shop, path, format=format)
    rewrite(path, lambda content: content.replace(b"19.90", b"18.50"))
    report = again(shop, path)
    assert (report.updated, report.created, report.failed) == (1, 0, 0)


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Change what is in a file, packed or not."""
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(change(gzip.decompress(path.read_bytes()))))
    elif path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as whole:
            parts = {name: change(whole.read(name)) for name in whole.namelist()}
        with zipfile.ZipFile(path, "w") as whole:
            for name, content in parts.items():
                whole.writestr(name, content)
    else:
        path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize(("format", "name"), FORMATS)
def test_another_shop_gets_the_same_catalogue(
    full_shop: Callable[[int], Merchant], tmp_path: Path, format: str, name: str, settings: Any
) -> None:
    shop = full_shop(40)
    path = tmp_path / name
    export_file(shop, path, format=format, base_url="https://shop.example")
    other = Merchant.objects.create(slug="copy", name_en="Copy", currencies=["CNY"])
    report = import_file(make_import(other, path, images=str(settings.MEDIA_ROOT)))
    assert report.failed == 0
    assert titles(other) == {
        sku: text
        for sku, text in titles(shop).items()
        if format != "google" or sku in titles(other)
    }
    assert len(titles(other)) >= 35


def titles(shop: Merchant) -> dict[str, str]:
    with as_merchant(shop):
        texts = ProductText.objects.filter(merchant=shop).order_by("locale")
        return {text.product.sku: text.title for text in texts.select_related("product")}


def test_stock_in_all_is_not_taken_for_the_stock_of_one_place(
    shop: Merchant, tmp_path: Path
) -> None:
    product = make_product(shop, "A-1", stock=5)
    with as_merchant(shop):
        house = Warehouse.objects.create(merchant=shop, code="north")
        variant = product.variants.get()
        Stock.objects.create(merchant=shop, warehouse=house, variant=variant, quantity=7)
    path = tmp_path / "feed.csv"
    head = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\n"
    for total, main in ((12, 5), (20, 13), (3, 0)):
        path.write_text(f"{head}A-1,Cotton T-shirt,A-1,{total},99.00\n")
        again(shop, path)
        with as_merchant(shop):
            levels = dict(Stock.objects.values_list("warehouse__code", "quantity"))
        assert levels == {"main": main, "north": 7}


def test_google_says_in_stock_without_saying_how_many(shop: Merchant, tmp_path: Path) -> None:
    make_product(shop, "A-1", stock=5)
    path = tmp_path / "feed.tsv"
    head = "id\ttitle\tlink\tprice\tavailability\n"
    for said, left in (("in_stock", 5), ("out of stock", 0), ("in stock", 1)):
        path.write_text(f"{head}A-1\tCotton T-shirt\thttps://x.example\t99.00 CNY\t{said}\n")
        again(shop, path)
        with as_merchant(shop):
            assert Stock.objects.get().quantity == left


@pytest.mark.parametrize(("format", "name"), [each for each in FORMATS if ".xml" not in each[1]])
def test_no_cell_is_a_formula(shop: Merchant, tmp_path: Path, format: str, name: str) -> None:
    hostile = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "|calc",
        "%0A=1",
        " =1",
        "'=1",
        "\0x",
    ]
    for number, text in enumerate(hostile):
        clean = text.replace("\0", "")
        make_product(
            shop, f"{clean}{number}".strip(), title=clean, description=clean, brand=clean,
            attributes={"=cmd": clean}, options={"=o": clean or "x"}, option_names=["=o"],
        )  # fmt: skip
    path = tmp_path / name
    export_file(shop, path, format=format)
    if ".jsonl" in name:
        return
    if name.endswith(".xlsx"):
        cells = [cell for row in Sheet(Source(path)).every_row() for cell in row.cells]
        assert len(cells) > 100 and not [
            cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@|%") and cell.strip()
        ]
        return
    mark = "," if name.endswith(".csv") else "\t"
    cells = [
        cell
        for row in csv.reader(StringIO(path.read_bytes().decode()), delimiter=mark)
        for cell in row
    ]
    assert len(cells) > 100
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@|%\t\r\0") and cell]
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@|%") and cell.strip()]


@pytest.mark.parametrize(
    "text",
    ["=1", "'=1", "''=1", " =1", "-5", "'plain", "'", "", "O'Neil", "\t", "' =x", "'' -", "a=b"],
)
def test_a_harmless_cell_gives_its_text_back(text: str) -> None:
    assert restored(harmless(text)) == text
    assert harmless(text).lstrip()[:1] not in tuple("=+-@|%")


def test_html_of_a_text_reads_as_the_text() -> None:
    from catalog.feeds.values import text

    for said in ("a < b & c\nd\n\n• e", "&lt;b&gt;", "one", "<script>alert(1)</script>"):
        assert text(markup(said), 1_000, rich=True) == said


def test_a_download_is_the_same_as_the_file(
    full_shop: Callable[[int], Merchant], tmp_path: Path
) -> None:
    shop = full_shop(250)
    export_file(shop, tmp_path / "a.csv", format="own")
    pieces = list(export_pieces(shop, "a.csv", format="own"))
    assert len(pieces) > 1
    assert b"".join(pieces) == (tmp_path / "a.csv").read_bytes()


def test_only_this_shops_rows_are_written(shop: Merchant, tmp_path: Path) -> None:
    rival = Merchant.objects.create(slug="rival", name_en="Rival")
    make_product(rival, "SECRET")
    make_product(shop, "MINE")
    gone = make_product(shop, "GONE")
    with as_merchant(shop):
        gone.delete_softly()
    assert export_file(shop, tmp_path / "a.jsonl", format="own") == 1
    assert json.loads((tmp_path / "a.jsonl").read_text())["sku"] == "MINE"


def test_a_feed_shows_what_shoppers_see_and_no_more(shop: Merchant, tmp_path: Path) -> None:
    make_product(shop, "DRAFT", status="draft")
    make_product(shop, "FREE", price=None)
    make_product(shop, "LIVE")
    assert export_file(shop, tmp_path / "a.xml", format="google") == 1
    text = (tmp_path / "a.xml").read_text()
    assert "<g:id>LIVE</g:id>" in text and "DRAFT" not in text


def test_queries_do_not_grow_with_products(
    full_shop: Callable[[int], Merchant], tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    shop = full_shop(150)
    with django_assert_max_num_queries(45):
        export_file(shop, tmp_path / "a.jsonl", format="own")


def run(*arguments: Any) -> str:
    out = io.StringIO()
    call_command("export_catalog", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_commands_last_line_is_the_agreed_json(shop: Merchant, tmp_path: Path) -> None:
    make_product(shop, "A-1")
    path = tmp_path / "a.csv"
    out = run(path, "--merchant", "loom", "--format", "shopify", "--json")
    assert json.loads(out.splitlines()[-1]) == {"rows": 1, "file": str(path)}
    assert path.read_text().startswith("Handle,Title,")


def test_the_command_says_what_is_wrong(shop: Merchant, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no shop “nobody”"):
        run(tmp_path / "a.csv", "--merchant", "nobody")
    with pytest.raises(CommandError, match="cannot be written"):
        run(tmp_path / "no" / "a.csv", "--merchant", "loom")


def test_pictures_come_back_to_a_product_that_lost_them(
    full_shop: Callable[[int], Merchant], tmp_path: Path
) -> None:
    shop = full_shop(10)
    path = tmp_path / "a.jsonl"
    export_file(shop, path, format="own")
    with as_merchant(shop):
        count = Media.objects.count()
        Media.objects.all().delete()
        assert Product.objects.count() == 10
    assert again(shop, path).updated == 1
    with as_merchant(shop):
        assert Media.objects.count() == count == 2
