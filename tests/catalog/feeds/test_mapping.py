"""Mapping files: what they can say, and that a mistake in one is named."""

import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalog.feeds.mapping import mapping_of, read_mapping
from catalog.feeds.problems import Fault, Refused
from catalog.models import Price, Product, ProductText, Stock, Variant
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.feeds.conftest import Import

pytestmark = pytest.mark.django_db

EXAMPLES = sorted((Path(__file__).parents[3] / "docs" / "mappings").glob("*.toml"))
SHOES = """
currency = "USD"
divide = 100
language = "en"
[constants]
status = "draft"
[fields]
sku = "number"
title = "name"
"title.zh-hans" = "name_cn"
category = { columns = ["group", "kind"] }
brand = { column = "maker", blank = ["n/a"] }
price = "cents"
"stock.north" = "north"
images = { column = "pictures", split = ";" }
"attribute.ean" = "ean"
[attributes]
prefixes = ["fact_"]
split = "/"
leave_out = ["secret"]
"""


def test_a_flat_csv(imported: Import, shop: Merchant) -> None:
    report = imported(
        "number;name;name_cn;group;kind;maker;cents;north;pictures;ean;fact_material;fact_secret\n"
        "1;Boot;靴子;Shoes;Boots;n/a;4995;3;https://x.example/a.jpg;0123;leather/wool;x\n"
        "2;Sandal;;Shoes;;Loom;x;;;;;\n",
        mapping=tomllib.loads(SHOES),
    )
    assert [(e.line, e.column, e.value, e.fault) for e in report.errors] == [
        (2, "pictures", "https://x.example/a.jpg", Fault.PICTURE_UNREACHABLE),
        (3, "cents", "x", Fault.PRICE),
    ]
    with as_merchant(shop):
        boot = Product.objects.get()
        assert (boot.sku, boot.status, boot.brand) == ("1", "draft", "")
        assert boot.category.path == "shoes/boots"
        assert boot.attributes == {"ean": "0123", "material": ["leather", "wool"]}
        assert dict(ProductText.objects.values_list("locale", "title")) == {
            "en": "Boot", "zh-hans": "靴子",
        }  # fmt: skip
        price = Price.objects.get()
        held = Stock.objects.select_related("warehouse").get()
    assert (price.currency, price.amount) == ("USD", Decimal("49.95"))
    assert (held.warehouse.code, held.quantity) == ("north", 3)


def test_json_lines_by_the_same_mapping(imported: Import, shop: Merchant) -> None:
    row = {"number": 1, "name": "Boot", "cents": 4995, "fact_height": 12.5, "fact_lined": True}
    report = imported([row, {"number": 2}], name="x.jsonl", mapping=tomllib.loads(SHOES))
    assert [(e.line, e.column, e.fault) for e in report.errors] == [(2, "name", Fault.NO_TITLE)]
    with as_merchant(shop):
        assert Product.objects.get().attributes == {"height": 12.5, "lined": True}


def test_variants_in_a_column(imported: Import, shop: Merchant) -> None:
    mapping = tomllib.loads(
        '[fields]\nsku = "id"\ntitle = "title"\n'
        '[variants]\nlist = "skus"\noptions = ["Colour"]\n'
        '[variants.fields]\nsku = "code"\nprice = "cost"\nstock = "count"\n'
    )
    skus = [{"code": "A-1", "Colour": "Red", "cost": "5", "count": 1},
            {"code": "A-2", "Colour": "Blue", "cost": "no", "count": 1}]  # fmt: skip
    text = "id,title,skus\n" + f'A,Mug,"{json.dumps(skus)}"'.replace('"code', '""code')
    quoted = json.dumps(skus).replace('"', '""')
    text = f'id,title,skus\nA,Mug,"{quoted}"\nB,Cup,"[{{""code"""\n'
    report = imported(text, mapping=mapping)
    assert [(e.line, e.column, e.fault) for e in report.errors] == [
        (2, "skus[1].cost", Fault.PRICE), (3, "skus", Fault.NOT_JSON_CELL),
    ]  # fmt: skip
    with as_merchant(shop):
        assert {v.sku: v.options for v in Variant.objects.all()} == {
            "A-1": {"Colour": "Red"}, "B": {},
        }  # fmt: skip


def test_rows_as_variants(imported: Import, shop: Merchant) -> None:
    mapping = tomllib.loads(
        '[fields]\nsku = "ean"\nproduct_sku = "style"\ntitle = "name"\n"option.Size" = "size"\n'
    )
    rows = [{"ean": f"{n}", "style": "S", "name": "Shirt", "size": size}
            for n, size in enumerate("SML")]  # fmt: skip
    assert imported(rows, name="x.jsonl", mapping=mapping).created == 3
    with as_merchant(shop):
        assert [v.options["Size"] for v in Product.objects.get(sku="S").variants.all()] == list(
            "SML"
        )


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_every_example_is_a_mapping(path: Path) -> None:
    assert mapping_of(read_mapping(path)).fields
    assert len(EXAMPLES) >= 4


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({}, "fields.sku"),
        ({"fields": {"sku": "a", "colour": "b"}}, "fields.colour"),
        ({"fields": {"sku": "a", "brand.en": "b"}}, "fields.brand.en"),
        ({"fields": {"sku": 7}}, "fields.sku"),
        ({"fields": {"sku": {"colum": "a"}}}, "fields.sku.colum"),
        ({"fields": {"sku": {}}}, "fields.sku"),
        ({"fields": {"sku": "a"}, "divide": 7}, "divide"),
        ({"fields": {"sku": "a"}, "language": "fr"}, "language = fr"),
        ({"fields": {"sku": "a"}, "colour": 1}, "colour"),
        ({"fields": {"sku": "a"}, "attributes": {"prefixes": "x"}}, "attributes.prefixes"),
        ({"fields": {"sku": "a"}, "attributes": []}, "attributes"),
    ],
)
def test_a_mistake_is_named(said: dict[str, Any], where: str) -> None:
    with pytest.raises(Refused) as caught:
        mapping_of(said)
    assert caught.value.value == where


def test_files_that_are_no_mapping(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("fields = [")
    for path in (bad, tmp_path / "none.toml"):
        with pytest.raises(Refused):
            read_mapping(path)
    good = tmp_path / "good.json"
    good.write_text('{"fields": {"sku": "a"}}')
    assert read_mapping(good) == {"fields": {"sku": "a"}}
