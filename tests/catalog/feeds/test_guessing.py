"""What the columns of eight kinds of files are taken for, and mappings made of the answers."""

from pathlib import Path
from typing import Any

import pytest

from catalog.feeds.guessing import beginning_of, chosen_in, guesses, is_known, mapping_from
from catalog.feeds.opening import Source
from catalog.feeds.problems import Refused
from tests.catalog.feeds.test_workbook import book

FILES: list[tuple[bytes, list[str]]] = [
    ("货号,商品名称,售价,颜色\nA,围巾,9.90,红\n".encode("gb18030"),
     ["sku", "title", "price", "option"]),
    (b"Code;Name;Price;Colour\nA;Scarf;9.90;red\n", ["", "title", "price", "option"]),
    (b"SKU\tx\nA\t12.50\n", ["sku", "price"]),
    ("id|product_name|photo\nA|Mug|https://x.example/a.jpg\n".encode("utf-16"),
     ["sku", "title", "image"]),
    (b"SKU,Name,Title,specs,variants\nA,M7,Mug,{},\"[{}]\"\n",
     ["sku", "attribute", "title", "attributes", ""]),
    (b"StockCode,UnitPrice,Category L1,category_l2,Supplier\nA,2.00,a,b,c\n",
     ["sku", "price", "category", "category", "brand"]),
    (b'{"sku2": "A", "name": "Mug", "brand": "B"}\n', ["attribute", "title", "brand"]),
    (book(["Article no", "Title EN", "标题", "Stock"], ["A", "Mug", "杯子", 3]),
     ["", "title.en", "title", "stock"]),
    (b"style_number,sku,name,size\nS,S-1,Tee,M\n", ["product_sku", "sku", "title", "option"]),
    ("商品ID,商品名,商品英文名,售价（元）,商品库存(件),商品主图,商品详情,宝贝分类\n"
     "A,围巾,Scarf,9.9,3,a.jpg,软,服装\n".encode(),
     ["sku", "title", "title.en", "price", "stock", "image", "description", "category"]),
    (b"Product SKU,Item Name,Product Price,Item Description,Product Weight\nA,Mug,3,Blue,90\n",
     ["sku", "title", "price", "description", "attribute"]),
    (b"sku,name,price usd,price eur,a,b\nA,Mug,1.00,2.00,https://x.example/1,\n",
     ["sku", "title", "price.USD", "price.EUR", "images", ""]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), FILES)
def test_columns_are_guessed(tmp_path: Path, content: bytes, expected: list[str]) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    beginning = beginning_of(Source(path), None)
    found = guesses(beginning)
    for guess, wanted in zip(found, expected, strict=True):
        assert guess == wanted or (wanted == "" and guess in ("", "sku", "attribute"))


def test_only_twenty_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("a,b\n" + "".join(f"{n},{'x' * 500}\n" for n in range(5_000)))
    beginning = beginning_of(Source(path), None)
    assert len(beginning.rows) == 20 and beginning.rows[0][0] == 2
    assert len(beginning.rows[0][1][1]) == 120


def test_formats_of_ours_and_of_others_need_no_answers(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for content, known in (
        (b"sku,title,price_cny\nA,Mug,1\n", True),
        (b"Handle,Title,Variant SKU,Variant Price\nt,T,A,1\n", True),
        (book(["sku", "title_en"], ["A", "Mug"]), True),
        (book(["货号", "名称"], ["A", "Mug"]), False),
        (b"Code,Name\nA,Mug\n", False),
        (b"sku,name,price\nA,Mug,1\n", False),
        (b"sku,price,stock\nA,1,2\n", True),
        (b'{"sku": "A", "name": "Mug"}\n', False),
    ):
        path.write_bytes(content)
        assert is_known(Source(path)) is known


def test_answers_become_a_mapping_and_are_found_in_it_again() -> None:
    columns = ["no", "name", "cny", "pic", "pics", "col", "w"]
    chosen = ["sku", "title", "price.CNY", "images", "images", "option", "attribute"]
    said: dict[str, Any] = mapping_from([*columns, "p"], [*chosen, "product_sku"])
    assert said["fields"]["images"] == {"columns": ["pic", "pics"]}
    assert said["fields"]["option.col"] == "col"
    assert chosen_in(said, columns) == chosen
    assert mapping_from(columns, chosen)["fields"]["attribute.col"] == "col"
    columns, chosen = ["no", "attr_t_kind", "attr_n_size", "specs"], ["sku", *["attribute"] * 3]
    said = mapping_from(columns, [*chosen[:3], "attributes"])
    assert said["attributes"] == {"prefixes": ["attr_n_", "attr_t_"], "object": "specs"}
    assert chosen_in(said, columns) == [*chosen[:3], "attributes"]


@pytest.mark.parametrize(
    ("chosen", "reason"), [(["title", ""], "article number"), (["sku", "sku"], "to be the same")]
)
def test_answers_that_cannot_be_are_refused(chosen: list[str], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        mapping_from(["a", "b"], chosen)
