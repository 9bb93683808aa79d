"""Made-up contexts of the merchant portal."""

import datetime
from types import SimpleNamespace

from django import forms

from tests.journeys.samples import NAMES, Context, cards, say

STATES = {"running": ("进行中", "Running"), "done": ("完成", "Done"), "failed": ("失败", "Failed")}


def rows() -> list[Context]:
    """Return a merchant's product rows."""
    return [
        {
            "pk": n,
            "edit_url": "/merchant/product/",
            "url": "/product/",
            "image_url": each["image_url"],
            "titles": [
                {"text": NAMES[n % 8][0], "lang": "zh-Hans"},
                {"text": NAMES[n % 8][1], "lang": "en"},
            ],
            "sku": f"TB-RS-{1000 + n}",
            "status": "draft" if n == 2 else "live",
            "status_label": say("草稿", "Draft") if n == 2 else say("在售", "Live"),
            "price": each["price"],
            "stock": None if n == 3 else 12 * n,
            "encoded": n % 4 != 1,
        }
        for n, each in enumerate(cards(9))
    ]


def job(state: str) -> SimpleNamespace:
    """Return an import in some state."""
    return SimpleNamespace(
        pk=7,
        step="import",
        file_name="spring-catalogue-final-v3-新品.csv",
        url="/merchant/import/",
        state=state,
        get_state_display=say(*STATES[state]),
        over=state != "running",
        percent=62,
        seconds_left=41,
        rows=12840,
        created=310,
        updated=27,
        unchanged=12499,
        failed=4,
        created_at=datetime.datetime(2026, 7, 1, 9, 30, tzinfo=datetime.UTC),
    )


def checked_import() -> Context:
    """Return an import that was checked, with the file's first rows."""
    checked = job("done")
    checked.step, checked.dry, checked.mapping = "checked", True, {"fields": {}}
    cells = ["TB-RS-1", "重磅纯棉圆领短袖T恤 " * 4, "99.00", "", "https://img.example/a.jpg", "红"]
    columns = ["货号", "商品名称", "售价", "Former price", "Picture address", "颜色"]
    preview = {"columns": columns, "rows": [(line, cells) for line in range(2, 22)]}
    return {"job": checked, "may_edit": True, "preview": preview, "errors": row_errors()}


def undone_import() -> Context:
    """Return an import that is taken back, with what was edited since."""
    undone = job("done")
    undone.step, undone.updated, undone.failed = "undo", 1240, 3
    return {"job": undone, "may_edit": True, "errors": row_errors(), "errors_total": 3}


def columns() -> Context:
    """Return the columns of an unknown file with what they probably are."""
    choices = [
        ("", say("不导入", "Leave out")),
        ("sku", say("货号（SKU）", "Article number (SKU)")),
    ]
    names = ["货号", "A rather long name of a column, as exports have them", "售价", "颜色"]
    return {
        "job": job("done"),
        "choices": choices,
        "columns": [
            {
                "number": n,
                "name": name,
                "chosen": "" if n else "sku",
                "cells": ["A-1", "", "长" * 60],
            }
            for n, name in enumerate(names)
        ],
    }  # fmt: skip


def row_errors() -> list[Context]:
    """Return rows that an import refused."""
    reason = say("价格不是数字", "The price is not a number.")
    remedy = say("只写数字，例如 99.00", "Write digits only, for example 99.00.")
    return [
        {
            "line": n * 17,
            "column": "price_cny",
            "value": "九十九" * n,
            "reason": reason,
            "remedy": remedy,
        }
        for n in (1, 2, 9)
    ]


def proposals() -> Context:
    """Return facts to confirm, one with two languages and one against what is stated now."""
    english = {"field": say("标题", "Title"), "lang": "en", "before": "Trail running shoe with a ",
               "marked": "waterproof", "after": " membrane and a grippy outsole"}  # fmt: skip
    chinese = {"field": say("描述", "Description"), "lang": "zh-Hans", "before": "鞋面采用",
               "marked": "防水", "after": "薄膜，下雨天也能放心跑，清洗时请勿机洗。"}  # fmt: skip
    rows = [
        {
            "pk": n + 1, "product": n + 1,
            "title": NAMES[n % 8][1], "sku": f"TB-RS-{1000 + n}", "code": "feature",
            "name": say("功能", "Features") if n % 2 else say("重量", "Weight"),
            "value": say("防水", "Waterproof") if n % 2 else "480 g", "editable": "480",
            "unit": "g", "present": "" if n % 2 else "455 g", "verdict": "open", "percent": 90,
            "evidence": [english, chinese][: 1 + n % 2],
        }
        for n in range(5)
    ]  # fmt: skip
    chips = [
        {"code": "feature", "name": say("功能", "Features"), "count": 118, "selected": True},
        {"code": "weight_g", "name": say("重量", "Weight"), "count": 27, "selected": False},
    ]
    labels = (("待确认", "To be confirmed"), ("已确认", "Confirmed"), ("已拒绝", "Rejected"))
    return {
        "may_edit": True, "part": {"code": "feature", "verdict": "", "page": "1"}, "rows": rows,
        "tabs": [{"label": say(*pair), "url": "/merchant/facts/", "selected": pair == labels[0]}
                 for pair in labels],
        "chips": chips, "everything": 145, "total": 118, "newest": 900, "chosen": chips[0],
        "pages": {},
    }  # fmt: skip


CROP = (("left", ("距左侧（%）", "From the left, %"), "10"),
        ("top", ("距顶部（%）", "From the top, %"), "0"),
        ("width", ("宽度（%）", "Width, %"), "70"),
        ("height", ("高度（%）", "Height, %"), "90"))  # fmt: skip


def product_form(*, clash: bool = False) -> Context:
    """Return a product's form; ``clash``: two editors changed the same, and a price is none."""

    def field(key: str, label: str, value: str = "", kind: str = "text", **more: object) -> Context:
        return {"key": key, "id": key.replace(":", "-"), "label": label, "kind": kind,
                "value": value, "error": "", **more}  # fmt: skip

    def cells(key: str, colour: str) -> list[Context]:
        price = field(f"price:{key}:CNY", f"{say('价格', 'Price')} {key}", "399.00", short="CNY")
        former = field(f"was:{key}:CNY", f"{say('原价', 'Former price')} {key}", "499.00")
        wrong = say("只写数字，例如 99.00。", "Write digits only, for example 99.00.")
        if clash and key == "1":
            price |= {"value": "三百", "error": wrong}
        return [
            field(f"option:{key}:0", f"{say('颜色', 'Colour')} {key}", colour,
                  short=say("颜色", "Colour")),
            field(f"option:{key}:1", f"{say('尺码', 'Size')} {key}", "42",
                  short=say("尺码", "Size")),
            price | ({} if key == "new" else {"former": former}),
            field(f"stock:{key}:1", f"{say('库存', 'Stock')} {key}", "12",
                  short=say("主仓", "Main")),
        ]  # fmt: skip

    statuses = [("draft", say("草稿", "Draft")), ("live", say("在售", "Live"))]
    form = {
        "base": "{}",
        "texts": [
            {"name": name, "lang": lang, "source": say("商家撰写", "Written by the shop"),
             "fields": [field(f"title:{lang}", f"{say('标题', 'Title')} ({name})", title),
                        field(f"description:{lang}", f"{say('描述', 'Description')} ({name})",
                              f"{title}\n{title}", "area", rows=5)]}
            for name, lang, title in (("中文", "zh-Hans", NAMES[0][0]),
                                      ("English", "en", NAMES[0][1]))
        ],
        "status": field("status", say("状态", "Status"), "live", "select", options=statuses),
        "category": field("category", say("类目", "Category"), "1", "select",
                          options=[("1", say("鞋靴 / 跑步鞋", "Shoes / Running shoes"))]),
        "brand": field("brand", say("品牌", "Brand"), "Tingbu"),
        "option_names": field("option_names", say("规格项", "Options"), "colour, size"),
        "facts": [field("fact:weight_g", say("重量", "Weight"), "480", unit="g",
                        help=say("由 mei@example.com 根据“480 克”确认",
                                 "Confirmed by mei@example.com from “480 g”")),
                  field("fact:feature", say("功能", "Features"), "waterproof, reflective")],
        "new_fact": [field("new-fact-name", say("其他属性", "Another attribute")),
                     field("new-fact-value", say("值", "Value"))],
        "columns": [say("颜色", "Colour"), say("尺码", "Size")],
        "currencies": ["CNY"],
        "warehouses": [say("主仓", "Main")],
        "variants": [
            {"sku": field(f"sku:{n}", say("货号", "Article number"), f"TB-RS-100{n}"),
             "cells": cells(str(n), colour),
             "active": field(f"active:{n}", f"{say('在售', 'Offered')} {n}", "1", "check")}
            for n, colour in enumerate(("Black", "雾霾蓝", "Rose"), 1)
        ],
        "new_variant": {"sku": field("new-sku:0", say("新货号", "New article number")),
                        "cells": cells("new", "")},
        "media": [
            {"url": f"/picture/shoe-{n}.svg", "options": "Black",
             "fields": [field(f"alt_zh:{n}", say("图片说明（中文）", "What it shows (Chinese)"),
                              "黑色跑鞋"),
                        field(f"alt_en:{n}", say("图片说明（英文）", "What it shows (English)")),
                        field(f"order:{n}", say("次序", "Place"), str(n))],
             "remove": field(f"remove:{n}", say("删除此图片", "Remove this picture"), "", "check"),
             "whole_url": f"/picture/shoe-{n}.svg", "cropped": n == 1,
             "crop": [field(f"crop_{side}:{n}", say(*label), value, "whole")
                      for side, label, value in CROP]}
            for n in (1, 2)
        ],
        "related": field("related", say("搭配商品", "Goes with"), "TB-RS-1009", "area", rows=3),
        "wrong": [],
    }  # fmt: skip
    shown: Context = {"product": SimpleNamespace(pk=7, title=NAMES[0][1]), "form": form,
                      "public_url": "/product/", "pages": {}}  # fmt: skip
    if clash:
        form["wrong"] = [{"id": "price-1-CNY", "label": say("价格", "Price") + " CNY · TB-RS-1001",
                          "text": say("只写数字。", "Write digits only.")}]  # fmt: skip
        shown["conflicts"] = [{"key": "brand", "id": "brand", "label": say("品牌", "Brand"),
                               "theirs": "Tingbu Outdoor", "mine": "听步"}]  # fmt: skip
        when = datetime.datetime(2026, 7, 1, 9, 30, tzinfo=datetime.UTC)
        shown["draft"] = SimpleNamespace(saved_at=when)
    return shown


class PriceForm(forms.Form):
    """A stand-in for the form of a bulk price change."""

    mode = forms.ChoiceField(label="How", choices=[("percent", "Change by per cent")])
    amount = forms.DecimalField(label="Amount or per cent", help_text="-10 lowers by a tenth.")


def bulk_new() -> Context:
    """Return the choice of what to change of many products."""
    kinds = [("price", say("价格", "Price")), ("stock", say("库存", "Stock")),
             ("status", say("状态", "Status")), ("brand", say("品牌", "Brand"))]  # fmt: skip
    some = [{"title": NAMES[n][0], "sku": f"TB-{n}"} for n in range(5)]
    shown = [
        {"kind": kind, "label": label, "form": PriceForm(auto_id=f"{kind}-%s")}
        for kind, label in kinds
    ]
    return {"total": 132, "some": some, "forms": shown,
            "chosen": {"q": "", "status": "", "newest": 9}}  # fmt: skip


def bulk() -> Context:
    """Return a finished bulk edit."""
    edit = {
        "url": "/merchant/bulk/", "what": say("价格：−10% CNY", "Price: −10% CNY"),
        "by": "mei@example.com", "state": "done", "get_state_display": say("完成", "Done"),
        "created_at": datetime.datetime(2026, 7, 1, 9, 30, tzinfo=datetime.UTC),
        "total": 132, "changed": 128, "unchanged": 1, "refused": 3, "may_undo": True,
    }  # fmt: skip
    reason = say("该币种没有价格。", "It has no price in this currency.")
    refused = [{"title": NAMES[n][0], "sku": f"TB-{n}", "url": "/merchant/product/",
                "reason": reason} for n in range(3)]  # fmt: skip
    done = SimpleNamespace(pk=1, over=True, percent=100, state="done")
    return {"job": done, "edit": edit, "refused": refused}


def merchandising(*, empty: bool = False) -> Context:
    """Return a query's results with rules, or a query without results in a shop without any."""
    labels = {"pin": say("置顶", "Pinned"), "boost": say("靠前", "Higher"), "": ""}
    rows = [
        {
            "place": n + 1, "product": n, "title": NAMES[n % 8][0], "lang": "zh-Hans",
            "sku": f"TB-RS-{1000 + n}", "url": "/product/", "image_url": f"/picture/shoe-{n}.svg",
            "before": None if n == 1 else 5 - n, "moved": n < 2, "schedule": "",
            "action": action, "action_label": labels[action],
        }
        for n, action in enumerate(("pin", "pin", "boost", "", ""))
    ]  # fmt: skip
    start = datetime.datetime(2026, 11, 1, 0, 0, tzinfo=datetime.UTC)
    rules = [{"query": say("跑步鞋", "running shoes"), "url": "/merchant/search/", "product": n,
              "title": NAMES[n][1], "live": n > 0, "action_label": labels["pin"],
              "starts_at": start if n else None, "ends_at": None,
              "schedule": say("未开始", "not begun") if n else ""} for n in range(2)]  # fmt: skip
    words = [{"pk": 1, "language": "English", "said": "trainers", "meant": "sneakers",
              "starts_at": None, "ends_at": None, "schedule": ""}]  # fmt: skip
    return {
        "may_edit": True, "query": say("跑步鞋", "running shoes"), "at": "",
        "preview": {"rows": [] if empty else rows, "total": 0 if empty else 5, "absent": [],
                    "shop_url": "/shop/"},
        "rules": [] if empty else rules, "synonyms": [] if empty else words,
        "synonym_form": PriceForm(auto_id="synonym-%s"), "wrong": "",
    }  # fmt: skip


def starting() -> Context:
    """Return a shop's first steps, some of them done."""
    titles = [("导入商品", "Bring your products in"), ("设置价格", "Set prices"),
              ("发布上架", "Publish"),
              ("调整店内搜索", "Shape the search of your shop")]  # fmt: skip
    why = say("有图片的商品更受关注。", "Products with a picture are looked at first.")
    steps = [{"code": str(n), "title": say(*pair), "why": why, "url": "/merchant/products/",
              "label": say("查看商品", "See the products"), "done": n < 2}
             for n, pair in enumerate(titles)]  # fmt: skip
    return {"steps": steps, "done": 2, "next": "2"}
