"""Made-up contexts of numbers: figures of a shop and of the market place, questions about them."""

import datetime
from types import SimpleNamespace

from shopguide.charts import Point, funnel, line, sparkline
from tests.journeys.samples import Context, cards, pages, say

MOMENT = datetime.datetime(2026, 7, 1, 9, 30, tzinfo=datetime.UTC)
MEANING = "Orders that were not cancelled, by the day they were placed, in the shop's time zone."
WAVE = [3.0, 5, 2, 8, 6, 7, 4, 9, 12, 8]
METRICS = [
    ("未取消订单的金额", "Revenue of orders that were not cancelled"),
    ("订单", "Orders"),
    ("平均订单", "Average order"),
    ("退货率", "Sent back"),
    ("转化率", "Conversion"),
]


def drawn() -> Context:
    """Return a chart with its title."""
    points = [Point(f"Jul {n + 1}", value) for n, value in enumerate(WAVE)]
    return {"title": say("每日订单", "Orders a day"), "unit": "CNY", "chart": line(points)}


def period() -> Context:
    """Return a period and what it is compared with."""
    presets = ["今日", "昨天", "7 天", "28 天", "90 天", "本周", "上周", "本月", "上月", "今年"]
    return {
        "presets": [
            {"label": say(zh, f"Preset {n}"), "url": "/merchant/", "on": n == 3}
            for n, zh in enumerate(presets)
        ],
        "span": SimpleNamespace(code="days", first=MOMENT.date(), last=MOMENT.date()),
        "span_label": say("2026年6月3日 – 2026年7月1日", "Jun 3, 2026 – Jul 1, 2026"),
        "before_label": say("此前 28 天", "the 28 days before"),
        "until_now": True,
        "comparisons": [{"value": "before", "label": say("此前", "Before"), "selected": True}],
        "zone": "Asia/Shanghai, UTC+08:00",
        "asked": "range=28d",
    }


def tiles() -> list[Context]:
    """Return figures: long, without a trend, of too few people."""
    return [
        {
            "id": f"t{n}",
            "label": f"{say(zh, en)} · CNY" if not n else say(zh, en),
            "meaning": MEANING,
            "few": n == 3,
            "value": say("人数太少", "too few people") if n == 3 else "CN¥1,206,189.00",
            "before": "" if n == 2 else "CN¥2,055.00",
            "change": {"text": "+201%", "tone": "good"}
            if n % 2
            else {"text": "−10%", "tone": "bad"},
            "spark": sparkline(WAVE) if n != 2 else "",
            "url": "/merchant/figure/",
        }
        for n, (zh, en) in enumerate(METRICS)
    ]


def groups() -> list[Context]:
    """Return figures in groups."""
    titles = {"sales": ("销售", "Sales"), "way": ("从看到买", "From seeing to buying")}
    note = say("按下单日计算，不换算货币。", "Orders by the day they were placed.")
    return [
        {"code": code, "title": say(*title), "note": note, "tiles": tiles()}
        for code, title in titles.items()
    ]


def metrics() -> list[Context]:
    """Return what figures mean."""
    return [{"label": say(zh, en), "meaning": MEANING} for zh, en in METRICS]


def figures() -> Context:
    """Return a shop's figures with charts, the funnel and tables."""
    steps = [("看到商品", "Seen", 286), ("点开", "Opened", 259), ("下单", "Ordered", 21)]
    rows = [{"pk": n, "name": one["title"], "value": 29 - n} for n, one in enumerate(cards(5))]
    tables = [
        {"title": say(*title), "url": "/merchant/", "head": say("件数", "Pieces"), "rows": rows}
        for title in (("最好卖", "Best sellers"), ("有货却卖得最少", "In stock and hardly sold"))
    ]
    return period() | {
        "groups": groups(),
        "charts": [drawn(), drawn()],
        "funnel": funnel([Point(say(zh, en), value) for zh, en, value in steps]),
        "tables": tables,
        "metrics": metrics(),
    }


def figure(*, few: bool = False) -> Context:
    """Return one figure with what it is made of, or that it is of too few people."""
    parts = [
        {
            "name": say("助手", "Assistant") if n else "—",
            "currency": "CNY",
            "share": 40.5 * n,
            "value": "CN¥1,206,189.00",
            "before": "CN¥2,055.00",
            "change": {"text": "+201%", "tone": "good"},
            "rows": 46,
        }
        for n in range(3)
    ]
    page = {
        "few": few,
        "by": "way",
        "values": [{"currency": "CNY", "value": "CN¥1,206,189.00", "before": "CN¥2,055.00"}],
        "charts": [drawn()],
        "chosen": {"label": say("带来途径", "Brought by")},
        "dimensions": [
            {"code": "way", "label": say("途径", "Way"), "on": n == 0} for n in range(7)
        ],
        "parts": parts,
        "sql": "SELECT sum(amount) AS value\nFROM orders\nWHERE placed_at > '2026-06-03'",
    }
    cells = [{"text": "FVAVX-7SFCX", "url": "/merchant/order/"}]
    cells += [{"text": "CN¥529.00", "label": say("合计", "Total"), "end": True}]
    return period() | {
        "metric": SimpleNamespace(label=say(*METRICS[0]), meaning=MEANING),
        "facts": SimpleNamespace(label=say("订单", "Orders"), market=True),
        "page": page,
        "parts_url": "/merchant/figure/?range=28d",
        "total": 47,
        "few": few,
        "columns": [{"label": say("订单", "Order")}, {"label": say("合计", "Total"), "end": True}],
        "rows": [cells] * 4,
        "pages": pages(),
        "csv_url": "/merchant/figure.csv",
    }


def market(*, late: bool = False) -> Context:
    """Return the market place's figures for an operator, or why there are none now."""
    heads = [{"label": say(zh, en), "url": "/operator/figures/"} for zh, en in METRICS]
    cells = [{"label": head["label"], "text": "CN¥206,189.00"} for head in heads]
    weeks = {"heads": heads, "rows": [{"week": say("6月29日", "Jun 29"), "cells": cells}] * 3}
    found = {"groups": groups(), "charts": [drawn()], "weeks": weeks, "metrics": metrics()}
    return period() | found | {"late": MEANING if late else ""}


def change(state: str) -> Context:
    """Return a proposed change as a difference."""
    rows = [
        {
            "pk": n,
            "title": one["title"],
            "field": say("价格 CNY", "Price, CNY"),
            "before": "¥1,299.00",
            "after": "¥1,169.10",
        }
        for n, one in enumerate(cards(3))
    ]
    return {
        "pk": 1,
        "title": say("降价 10%", "Lower the price by 10%"),
        "state": state,
        "count": 12,
        "state_label": say("待决定", "Proposed"),
        "at": MOMENT,
        "by": "fangyun@example.com",
        "rows": rows,
        "more": 9,
        "may_decide": state == "proposed",
        "may_undo": state == "applied",
        "question": 1,
    }


def copilot(kind: str = "") -> Context:
    """Return the place to ask, an answer as a table or a chart, or a refusal."""
    text = say("上个月哪些商品退得最多？", "Which products came back most last month?")
    asked = [SimpleNamespace(pk=n, text=text, asked_at=MOMENT) for n in range(3)]
    answer = {
        "sentences": [MEANING],
        "head": (say("商品", "Product"), say("退货率", "Sent back")),
        "rows": [
            {"pk": n, "name": one["title"], "value": "12%", "before": "8%", "rows": 9}
            for n, one in enumerate(cards(4))
        ],
        "chart": drawn()["chart"] if kind == "chart" else None,
        "sql": [MEANING],
        "counted": 47,
        "url": "/merchant/figure/",
        "offers": [
            {
                "kind": "price",
                "mode": "percent",
                "amount": -10,
                "products": [1],
                "label": say("降价 10%", "Lower the price by 10%"),
            }
        ],
    }
    words = [
        {
            "name": say("问的是", "Asked for"),
            "value": say("退货率", "Sent back"),
            "note": say("上个月", "last month"),
        }
    ] * 3
    return {
        "question": asked[0] if kind else None,
        "recent": asked,
        "examples": [text] * 4,
        "changes": [change("applied"), change("proposed")],
        "may_decide": True,
        "words": words if kind else [],
        "answer": answer if kind in {"chart", "table"} else None,
        "own": [change("proposed"), change("applied")] if kind == "table" else [],
        "refused": (text, MEANING) if kind == "refused" else None,
    }
