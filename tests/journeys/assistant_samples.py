"""Made-up contexts of the assistant: a conversation with all that an answer may hold, the inbox."""

import datetime
import uuid
from types import SimpleNamespace

from tests.journeys.samples import Context, cards, say

MOMENT = datetime.datetime(2026, 7, 1, 9, 30, tzinfo=datetime.UTC)
NUMBER = uuid.UUID("3b9f1f52-7a51-4d0e-9a2c-5f3f8f1f0a11")


def bubble(pk: int, voice: str, text: str, **more: object) -> Context:
    """Return one message as its template gets it."""
    plain: Context = {
        "pk": pk, "voice": voice, "pending": False, "stopped": False, "failed": False,
        "text": text, "lang": "", "parts": [{"kind": "text", "text": text}], "table": {},
        "citations": [], "why": {}, "actions": [], "suggestions": [], "thumb": None,
        "rateable": False, "by": say("店铺", "The shop"), "at": MOMENT,
    }  # fmt: skip
    return {**plain, **more}


def conversation() -> Context:
    """Return a conversation with cards, a comparison, sources, a question and a person."""
    offered = [{**one, "reason": say("舒适，4.7 星", "comfortable, 4.7 stars")} for one in cards(3)]
    found = bubble(
        2, "assistant", say("先看这几款：", "These come first:"), rateable=True,
        parts=[{"kind": "text", "text": say("先看这几款：", "These come first:")},
               {"kind": "cards", "cards": offered}],
        why={"rule": say("查询了搜索。", "The search was asked."), "writer": "realiser",
             "claims": [{"text": "¥99.00", "source": "catalog.price:12"}]},
    )  # fmt: skip
    table = {"columns": [one["title"] for one in offered[:2]], "url": "/compare/",
             "rows": [{"name": say("价格", "Price"), "cells": ["¥99", ""]}]}  # fmt: skip
    asked = bubble(
        4, "assistant", say("退货需在 30 天内。", "Within 30 days."), table=table, rateable=True,
        thumb=-1, citations=[{"title": say("退货", "Returns"), "url": "/shop/"}],
        actions=[{"text": say("放进购物车", "Put it into the cart")}],
        suggestions=[{"text": "≤ ¥300", "name": "drop", "value": "price"},
                     {"text": say("查看订单", "See the order"), "url": "/orders/"}],
    )  # fmt: skip
    return {
        "page": {
            "conversation": SimpleNamespace(pk=NUMBER, stars=None),
            "messages": [
                bubble(1, "shopper", say("舒适的T恤", "a comfortable t-shirt")),
                found,
                bubble(3, "shopper", "x" * 90),
                asked,
                bubble(5, "agent", say("我来帮您。", "Let me help you.")),
            ],
            "last": 5,
            "chips": [{"index": 0, "label": "≤ ¥300", "kind": "price"}],
            "shop": say("云织", "Cloudloom"),
            "product": say("纯棉T恤", "Cotton T-shirt"),
            "from": "/product/",
        },
        "others": [
            {"title": say("跑鞋", "running shoes"), "url": "/ask/", "at": MOMENT,
             "with_people": False}
        ],
    }  # fmt: skip


def begun() -> Context:
    """Return the page before the first word."""
    return {"page": {"messages": [], "chips": [], "last": 0, "from": "", "product": ""}}


def row(pk: int) -> Context:
    """Return one line of the inbox."""
    return {
        "title": say("拉链坏了", "the zip is broken"), "url": "/merchant/chat/", "unread": pk == 1,
        "reason": say("要求转人工", "asked for a person"), "said_at": MOMENT, "stars": 4,
        "who": "" if pk == 1 else "agent@example.com", "state": say("等待客服", "Waiting"),
    }  # fmt: skip


def inbox() -> Context:
    """Return the inbox with a few conversations."""
    tabs = ("open", "unread", "mine", "unassigned", "settled")
    return {
        "page": {
            "rows": [row(1), row(2)], "total": 2, "pages": [],
            "tabs": [{"code": one, "on": one == "open", "count": 2} for one in tabs],
            "figures": SimpleNamespace(reply_s=60.0, settle_s=600.0, stars=4.5),
        }
    }  # fmt: skip


def chat() -> Context:
    """Return one handed-over conversation."""
    colleague = SimpleNamespace(pk=3, email="colleague@example.com")
    return {
        "page": {
            **row(1),
            "conversation": SimpleNamespace(pk=NUMBER, assigned_to_id=3),
            "open": True, "mine": False, "snoozed_until": None, "colleague": colleague.email,
            "summary": say("“拉链坏了”", "“the zip is broken”"), "handed_at": MOMENT,
            "messages": [bubble(1, "shopper", say("拉链坏了", "the zip is broken")),
                         bubble(2, "agent", say("抱歉。", "Sorry."))],
            "notes": [SimpleNamespace(text=say("第三次了", "third time"), by=colleague.email,
                                      at=MOMENT)],
            "orders": [], "members": [colleague], "text": "",
            "canned": [SimpleNamespace(pk=1, title=say("致歉", "sorry"))],
        }
    }  # fmt: skip


def canned() -> Context:
    """Return the canned replies."""
    one = SimpleNamespace(pk=1, title=say("致歉", "sorry"), text=say("非常抱歉。", "We are sorry."))
    return {"page": {"rows": [one]}}
