"""Guess what the columns of an unknown flat file mean, for a person to confirm.

For the portal and the command. By name first, in Chinese and English, then by what the cells hold.
A guess is a proposal: the portal imports nothing by it until somebody has seen it, the command says
what it guessed and takes a mapping instead.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
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
    " stock_code variant_sku 货号 编号 编码 id 条码 商家编码 规格编码"
    " sku编码 sku_编码",
    "product_sku": "parent_sku parent group_id item_group_id style style_number spu 款号 父货号"
    " 主货号 商品款号",
    "title": "title name product_name product_title item_name 标题 商品名称 名称 商品标题 品名"
    " 名",
    "title.zh-hans": "title_zh name_zh title_cn chinese_name 中文标题 中文名 中文名称 中文品名",
    "title.en": "title_en name_en english_name 英文标题 英文名 英文名称 英文品名",
    "description": "description desc details body text product_description long_description"
    " short_description 描述 详情 介绍 简介 说明 卖点",
    "description.zh-hans": "description_zh 中文描述",
    "description.en": "description_en 英文描述",
    "brand": "brand vendor manufacturer maker supplier 品牌 厂商 品牌名",
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
# A name without its underscores → the field, and how usual the name is for it, 0 the most.
ALIASES = {
    slug(name, ""): (field, usual)
    for field, names in NAMES.items()
    for usual, name in enumerate(names.split())
}
# What stands before such a name, or behind it, and says nothing: 商品价格, 售价（元）, item price.
BEFORE = re.compile(r"^(商品|产品|宝贝|货品|product_|item_)_?")
AFTER = re.compile(r"_?(元|人民币|rmb|件|个)$")
SEVERAL = {"images", "category"}
LEVEL = re.compile(r"(category|类目|分类|品类)_?(coarse|fine|main|sub|top|[0-9一二三]|l[0-9])?")
# Facts that have a column each: attr_colour, and with their type, attr_t_colour.
PREFIX = re.compile(r"attr(?:ibute)?_(?:[a-z]_)?")
MONEY = re.compile(r"[¥$€£]?\s*[0-9]{1,9}([.,][0-9]{2})\s*([A-Z]{3}|元)?")
LISTED = {"images": "|", "related": "|"}
OPTION, FACT, FACTS = "option", "attribute", "attributes"


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
    columns = _columns(source, found.name)
    if found.name == "xlsx" and not OwnCsv.fits(",".join(columns)):
        return False
    return not _titled_otherwise(columns)


def _columns(source: Source, form: str) -> list[str]:
    """Return the columns of a file of ours; none for others' formats, whose columns are known."""
    if form == "xlsx":
        return list(Sheet(source).columns)
    if form == "csv":
        return list(Table(source).columns)
    if form == "jsonl":
        row = next(iter(objects(source, Problems(0))), (0, {}, 0))[1]
        return list(row)
    return []


def _titled_otherwise(columns: Iterable[str]) -> bool:
    """Tell whether titles stand where our formats do not look: ``sku, name, price``."""
    named = {column: column.lower().replace(" ", "_") for column in columns}
    ours = any(re.fullmatch(r"titles?(_.+)?", name) for name in named.values())
    return not ours and any(_called(column)[0].startswith("title") for column in named)


def _is_json(source: Source) -> bool:
    text = source.sample().decode(source.encoding, "replace")
    return first_line(text).lstrip().startswith("{")


def _shown(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def guesses(beginning: Beginning) -> list[str]:
    """Return for each column what it probably is, empty where there is no telling.

    Of several that could be the same, the one with the most usual name is; the others are facts.
    """
    found = []
    for place, column in enumerate(beginning.columns):
        cells = [row[place] for _line, row in beginning.rows if row[place]]
        found.append(_guess(column, cells))
    for field in set(found) - SEVERAL - {OPTION, FACT, ""}:
        places = [place for place, each in enumerate(found) if each == field]
        first = min(places, key=lambda place: _called(beginning.columns[place])[1])
        for place in places:
            found[place] = field if place == first else FACT
    if "product_sku" in found and "sku" not in found:
        found[found.index("product_sku")] = "sku"
    return found


def _guess(column: str, cells: Sequence[str]) -> str:
    name = slug(column, "_")
    price = re.fullmatch(r"(price|售价|价格)_?([a-z]{3})", name)
    if price:
        return f"price.{price[2].upper()}"
    if cells and all(cell.startswith(("{", "[{")) for cell in cells):
        return FACTS if cells[0].startswith("{") else ""  # a list of objects is for a mapping
    if field := _called(column)[0]:
        return field
    if DIMENSION_OF.get(name) in ("colour", "size"):
        return OPTION
    return _held(cells) or (FACT if cells and name else "")


def _held(cells: Sequence[str]) -> str:
    """Return what cells show by themselves that they are, "" if they do not."""
    if cells and all(cell.startswith(("http://", "https://")) for cell in cells):
        return "images"
    return "price" if cells and all(MONEY.fullmatch(cell) for cell in cells) else ""


def _called(column: str) -> tuple[str, int]:
    """Return the field that a column's name means, "" for none, and how usual the name is."""
    name = slug(column, "_")
    for called in (name, AFTER.sub("", name), BEFORE.sub("", AFTER.sub("", name))):
        if found := ALIASES.get(slug(called, "").replace("_", "")):
            return found
    return ("category", len(ALIASES)) if LEVEL.fullmatch(name) else ("", len(ALIASES))


def guessed_mapping(source: Source, form: str = "auto") -> dict[str, Any] | None:
    """Return the mapping that a file of unknown columns probably needs; None if it needs none.

    `Refused` where no column can tell articles apart.
    """
    if is_known(source, form):
        return None
    beginning = beginning_of(source, None, form)
    return mapping_from(beginning.columns, guesses(beginning))


def mapping_from(columns: Sequence[str], chosen: Sequence[str]) -> dict[str, Any]:
    """Return the mapping that says so; `Refused` where it cannot be followed."""
    fields: dict[str, Any] = {}
    attributes: dict[str, Any] = {}
    for column, field in zip(columns, chosen, strict=True):
        if not field or _is_fact_of_many(column, field, attributes):
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
    said: dict[str, Any] = {"fields": {name: _rule(name, held) for name, held in fields.items()}}
    if attributes:
        said["attributes"] = attributes
    mapping_of(said)
    return said


def _is_fact_of_many(column: str, field: str, attributes: dict[str, Any]) -> bool:
    """Tell whether a column holds facts that need no line each, and note it in ``attributes``."""
    if field == FACTS:
        return attributes.setdefault("object", column) == column
    prefix = PREFIX.match(column)
    if field != FACT or prefix is None or column == prefix[0]:
        return False
    known = {prefix[0], *attributes.get("prefixes", [])}
    attributes["prefixes"] = sorted(known, key=lambda each: (-len(each), each))
    return True


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
    attributes = said.get("attributes", {})
    if "object" in attributes:
        found[attributes["object"]] = FACTS
    heads = tuple(attributes.get("prefixes", ()))
    return [found.get(column, FACT if column.startswith(heads) else "") for column in columns]
