"""Guess what the columns of an unknown flat file mean, for a person to confirm.

For the portal. By name first, in Chinese and English, then by what the cells hold. A guess is a
proposal: nothing is imported by it until somebody has seen it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop as _

from catalog.feeds.delimited import Table
from catalog.feeds.formats import first_line, format_of
from catalog.feeds.mapped import Mapped
from catalog.feeds.mapping import mapping_of
from catalog.feeds.naming import DIMENSION_OF, slug
from catalog.feeds.opening import Source
from catalog.feeds.own_csv import OwnCsv
from catalog.feeds.own_jsonl import objects
from catalog.feeds.problems import Problems, Refused
from catalog.feeds.workbook import Sheet

ROWS_SEEN, MOST_COLUMNS, LONGEST_SHOWN = 20, 200, 120
# What a column can be → what it is called in the wild.
NAMES = {
    "sku": "sku id item_id article article_number article_no product_id code product_code item_code"
    " variant_sku 货号 编号 编码 id 条码 商家编码 规格编码"
    " sku编码 sku_编码",
    "product_sku": "parent_sku parent group_id item_group_id style style_number spu 款号 父货号"
    " 主货号 商品款号",
    "title": "title name product_name product_title item_name 标题 商品名称 名称 商品标题 品名"
    " 名",
    "title.zh-hans": "title_zh name_zh title_cn chinese_name 中文标题 中文名 中文名称 中文品名",
    "title.en": "title_en name_en english_name 英文标题 英文名 英文名称 英文品名",
    "description": "description desc details body text product_description 描述 详情 介绍"
    " 简介 说明 卖点",
    "description.zh-hans": "description_zh 中文描述",
    "description.en": "description_en 英文描述",
    "brand": "brand vendor manufacturer maker 品牌 厂商 品牌名",
    "category": "category categories product_type department type 类目 分类 类别 品类 所属分类",
    "price": "price sale_price selling_price unit_price retail_price 价格 售价 单价 现价"
    " 销售价 零售价 一口价",
    "was": "was old_price list_price compare_at_price original_price msrp rrp 原价 划线价 市场价"
    " 吊牌价",
    "currency": "currency currency_code 币种 货币",
    "stock": "stock quantity qty inventory stock_quantity on_hand 库存 数量 库存数量 库存量"
    " 可售库存 现货",
    "image": "image picture image_url photo main_image image_link 图片 主图 图片地址 图片链接"
    " 主图链接",
    "images": "images pictures additional_images gallery 图片列表 附图 轮播图 详情图",
    "status": "status state 状态 上架状态",
    "related": "related related_skus 相关商品 关联商品",
}  # fmt: skip
ALIASES = {slug(name, "_"): field for field, names in NAMES.items() for name in names.split()}
# What stands before such a name, or behind it, and says nothing: 商品价格, 售价（元）, item price.
BEFORE = re.compile(r"^(商品|产品|宝贝|货品|product_|item_)_?")
AFTER = re.compile(r"_?(元|人民币|rmb|件|个)$")
SEVERAL = {"images", "category"}
MONEY = re.compile(r"[¥$€£]?\s*[0-9]{1,9}([.,][0-9]{2})\s*([A-Z]{3}|元)?")
LISTED = {"images": "|", "related": "|"}
OPTION, FACT = "option", "attribute"


class Beginning(NamedTuple):
    """The first rows of a file as they stand in it, by column."""

    columns: list[str]
    rows: list[tuple[int, list[str]]]


def beginning_of(source: Source, said: dict[str, Any] | None, form: str = "auto") -> Beginning:
    """Return the columns and the first twenty rows; `Refused` for what cannot be read."""
    rows = list(islice(_rows(source, said, form), ROWS_SEEN))
    columns: dict[str, None] = {}
    for _line, row in rows:
        columns |= dict.fromkeys(list(row)[:MOST_COLUMNS])
    names = list(columns)[:MOST_COLUMNS]
    shown = [(line, [_shown(row.get(name)) for name in names]) for line, row in rows]
    return Beginning(names, shown)


def _rows(source: Source, said: dict[str, Any] | None, form: str) -> Iterator[tuple[int, Any]]:
    problems = Problems(0)
    if said:
        yield from Mapped(source, problems, mapping_of(said)).rows()
        return
    try:
        reader: Any = format_of(source, form)(source, problems)
    except Refused:
        reader = None
    if hasattr(reader, "rows"):
        yield from reader.rows()
    elif _is_json(source):
        yield from ((line, row) for line, row, _size in objects(source, problems))
    else:
        table = Sheet(source) if source.is_zip else Table(source)
        for line, cells in table.rows(problems):
            yield line, dict(zip(table.columns, cells, strict=True))


def is_known(source: Source, form: str = "auto") -> bool:
    """Tell whether the file is in a format that needs no mapping."""
    try:
        found = format_of(source, form)
    except Refused:
        return False
    return found.name != "xlsx" or _has_our_columns(source)


def _has_our_columns(source: Source) -> bool:
    return OwnCsv.fits(",".join(Sheet(source).columns))


def _is_json(source: Source) -> bool:
    text = source.sample().decode(source.encoding, "replace")
    return first_line(text).lstrip().startswith("{")


def _shown(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def guesses(beginning: Beginning) -> list[str]:
    """Return for each column what it probably is, empty where there is no telling."""
    taken: set[str] = set()
    found = []
    for place, column in enumerate(beginning.columns):
        cells = [row[place] for _line, row in beginning.rows if row[place]]
        guess = _guess(column, cells)
        if guess in taken and guess not in SEVERAL | {OPTION, FACT}:
            guess = FACT
        taken.add(guess)
        found.append(guess)
    if "product_sku" in taken and "sku" not in taken:
        found[found.index("product_sku")] = "sku"
    return found


def _guess(column: str, cells: Sequence[str]) -> str:
    name = slug(column, "_")
    price = re.fullmatch(r"(price|售价|价格)_?([a-z]{3})", name)
    if price:
        return f"price.{price[2].upper()}"
    for called in (name, AFTER.sub("", name), BEFORE.sub("", AFTER.sub("", name))):
        if called in ALIASES:
            return ALIASES[called]
    if DIMENSION_OF.get(name) in ("colour", "size"):
        return OPTION
    if cells and all(cell.startswith(("http://", "https://")) for cell in cells):
        return "images"
    if cells and all(MONEY.fullmatch(cell) for cell in cells):
        return "price"
    return FACT if cells and name else ""


def mapping_from(columns: Sequence[str], chosen: Sequence[str]) -> dict[str, Any]:
    """Return the mapping that says so; `Refused` where it cannot be followed."""
    fields: dict[str, Any] = {}
    for column, field in zip(columns, chosen, strict=True):
        if not field:
            continue
        name = f"{field}.{column}" if field in (OPTION, FACT) else field
        if name not in fields:
            fields[name] = [column]
        elif field in SEVERAL:
            fields[name].append(column)
        else:
            raise Refused(
                _("Two columns are to be the same."), _("Choose one of them."), column[:80]
            )
    if "sku" not in fields:
        raise Refused(
            _("No column is the article number."), _("Choose the column that tells articles apart.")
        )
    if "product_sku" not in fields and any(name.startswith(f"{OPTION}.") for name in fields):
        for name in [name for name in fields if name.startswith(f"{OPTION}.")]:
            fields[name.replace(OPTION, FACT, 1)] = fields.pop(name)
    said = {"fields": {name: _rule(name, held) for name, held in fields.items()}}
    mapping_of(said)
    return said


def _rule(name: str, columns: list[str]) -> Any:
    if len(columns) > 1:
        return {"columns": columns}
    mark = LISTED.get(name)
    return {"column": columns[0], "split": mark} if mark else columns[0]


def chosen_in(said: dict[str, Any] | None, columns: Sequence[str]) -> list[str] | None:
    """Return what a mapping says of each column, None if there is no mapping."""
    if not said:
        return None
    found: dict[str, str] = {}
    for name, rule in said.get("fields", {}).items():
        held = [rule] if isinstance(rule, str) else rule.get("columns") or [rule.get("column")]
        head = name.partition(".")[0]
        for column in held:
            found[column] = head if head in (OPTION, FACT) else name
    return [found.get(column, "") for column in columns]
