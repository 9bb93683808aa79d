"""Made-up contexts of the portal's pages about the catalogue as a whole: table, tree, insights."""

import datetime
from types import SimpleNamespace

from django import forms

from shopguide.charts import Point, line
from tests.journeys.samples import NAMES, Context, say

DAY = datetime.date(2026, 7, 1)
WHEN = datetime.datetime(2026, 7, 1, 9, 30, tzinfo=datetime.UTC)


class Names(forms.Form):
    """A stand-in for a form with names."""

    name_zh = forms.CharField(label="Name (Chinese)", required=False)
    name_en = forms.CharField(label="Name (English)", required=False)


class Into(forms.Form):
    """A stand-in for a choice of where to."""

    into = forms.ChoiceField(label="Into", choices=[("", "—"), ("1", "Shoes / Running shoes")])


class Definition(Names):
    """A stand-in for the definition of an attribute."""

    kind = forms.ChoiceField(
        label="Kind of value", choices=[("text", "Text"), ("number", "Number")]
    )
    unit = forms.CharField(label="Unit", required=False)
    allowed = forms.CharField(
        label="Allowed values", required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


def queries(count: int) -> list[Context]:
    """Return queries with their figures."""
    labels = (("添加同义词", "Add a synonym"), ("添加商品", "Add a product"))
    acts = [{"label": say(*pair), "url": "/merchant/search/"} for pair in labels]
    words = [("防水徒步鞋 宽楦", "wide waterproof hiking boots"), ("毛线帽", "beanie"),
             ("jumper", "跳线")]  # fmt: skip
    return [
        {"query": say(*words[n % 3]), "lang": "", "asked": 40 - n, "answered": 30, "empty": 12 - n,
         "clicks": 2, "rate": "6%", "last": DAY, "try_url": "/merchant/search/", "acts": acts,
         "why": say("如果您用别的词称呼它，请添加同义词。",
                    "If you sell it under another word, say so with a synonym.")}
        for n in range(count)
    ]  # fmt: skip


def insights(*, empty: bool = False) -> Context:
    """Return what shoppers search for, or a shop in which nobody has searched."""
    rows = [] if empty else queries(3)
    numbers = [("搜索次数", "Searches", "1,204"), ("没有结果", "Found nothing", "8%"),
               ("点开了商品", "Led to a product", "41%")]  # fmt: skip
    days = [Point(f"7/{n + 1}", 20 + (n * 7) % 23) for n in range(28)]
    return {
        "may_edit": True, "days": 28, "periods": (7, 28, 90), "chart": line(days),
        "figures": [{"label": say(zh, en), "value": value} for zh, en, value in numbers],
        "unanswered": rows, "seldom": rows, "seldom_market": rows, "wanted": rows, "most": rows,
    }  # fmt: skip


def cell(name: str, value: str, kind: str = "text", error: str = "") -> Context:
    """Return one cell."""
    options = [("draft", say("草稿", "Draft")), ("live", say("在售", "Live"))]
    return {"key": f"1/{name}", "id": name, "label": name, "column": name, "kind": kind,
            "value": value, "options": options, "error": error}  # fmt: skip


COLUMNS = (("标题", "Title"), ("状态", "Status"), ("价格 CNY", "Price CNY"), ("库存", "Stock"))


def grid() -> Context:
    """Return the table of products, one product with two variants."""
    rows = []
    for n in range(6):
        first = n % 3 != 1
        own = [cell(f"title{n}", NAMES[n % 8][n % 2]), cell(f"status{n}", "live", "select")]
        rows.append(
            {"sku": f"TB-RS-{1000 + n}", "options": say("黑色 / 40", "Black / 40"),
             "url": "/merchant/product/", "title": NAMES[n % 8][0], "first": first,
             "cells": [*(own if first else [None, None]), cell(f"price{n}", "399.00", "money"),
                       cell(f"stock{n}", str(n * 7), "whole")]}
        )  # fmt: skip
    return {
        "part": {}, "grid_url": "/merchant/grid/", "rows": rows, "base": "{}", "total": 6,
        "columns": [{"label": say(*pair)} for pair in COLUMNS], "pages": {},
        "statuses": [("live", say("在售", "Live"))],
    }  # fmt: skip


def changes(*, wrong: bool = False) -> Context:
    """Return what would change, all of it right or one cell wrong."""
    told = say("只写数字，例如 99.00。", "Write digits only, for example 99.00.")
    rows = [
        cell(f"price{n}", "x" if wrong and not n else "349.00", "money",
             told if wrong and not n else "")
        | {"title": NAMES[n][0], "sku": f"TB-RS-{1000 + n}", "url": "/merchant/product/",
           "label": say("价格 CNY", "Price CNY"), "old": "399.00", "new": "349.00",
           "clash": n == 1}
        for n in range(3)
    ]  # fmt: skip
    return {"grid_url": "/merchant/grid/", "changes": rows, "base": "{}", "wrong": wrong,
            "clash": True, "products": 3,
            "problems": [(7, say("没有这个货号。", "There is no such number."))]}  # fmt: skip


def done(what: tuple[str, str]) -> list[Context]:
    """Return what was done."""
    one = {"what": say(*what), "subject": say("跑鞋", "Runners"), "touched": 214,
           "target": say("鞋靴 / 跑步鞋", "Shoes / Running shoes"), "by": "mei@example.com",
           "created_at": WHEN, "undone": False, "undo_url": "/merchant/undo/"}  # fmt: skip
    return [one, one | {"undone": True}]


def categories() -> Context:
    """Return the shop's own tree."""
    names = [("鞋靴", "Shoes", 0), ("跑步鞋", "Running shoes", 1), ("越野", "Trail", 2),
             ("帽子", "Hats", 0)]  # fmt: skip
    own = [{"name": say(zh, en), "names": f"{zh} · {en}", "depth": depth, "count": 40 - depth,
            "url": "/merchant/category/"} for zh, en, depth in names]  # fmt: skip
    return {"may_edit": True, "rows": {"own": own, "shared": own[:2]}, "form": Names(),
            "arrangements": done(("合并类目", "Category merged"))}  # fmt: skip


def category() -> Context:
    """Return one category with what stands on it."""
    above = SimpleNamespace(name=say("鞋靴", "Shoes"))
    return {"category": SimpleNamespace(name=say("跑步鞋", "Running shoes"), parent=above),
            "weight": SimpleNamespace(products=214, below=12, categories=2),
            "names": Names(), "into": Into(auto_id="into-%s"), "wrong": ""}  # fmt: skip


def attributes() -> Context:
    """Return the shop's attributes."""
    rows = [{"name": say(zh, en), "kind": say("文字", "Text"), "unit": unit, "allowed": 4 if unit
             else 0, "count": 120, "shared": not unit, "url": "/merchant/attribute/"}
            for zh, en, unit in (("材质", "Material", ""), ("重量", "Weight", "g"),
                                 ("鞋跟高度", "Heel height", "mm"))]  # fmt: skip
    return {"may_edit": True, "rows": rows, "form": Definition(),
            "arrangements": done(("改写值", "Value renamed"))}  # fmt: skip


def attribute() -> Context:
    """Return one attribute with its values."""
    values = [{"value": value, "name": name, "count": count, "strange": strange}
              for value, name, count, strange in (("cotton", say("棉", "Cotton"), 80, False),
                                                  ("Cottn", "Cottn", 2, True))]  # fmt: skip
    return {"code": "lining", "name": say("里料", "Lining"), "fixed": False, "count": 82,
            "values": values, "form": Definition(), "into": Into(auto_id="into-%s"),
            "wrong": ""}  # fmt: skip
