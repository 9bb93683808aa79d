"""Made-up contexts of pages about people: teams, keys, webhooks, the log, privacy."""

import datetime
from types import SimpleNamespace

from shopguide.accounts.forms import InviteForm, KeyForm, ReplayForm, WebhookChangeForm
from shopguide.accounts.models import DeliveryState, Kind, Role
from shopguide.charts import Point, line
from tests.journeys.samples import Context, cards, say

MOMENT = datetime.datetime(2026, 7, 1, 9, 30, tzinfo=datetime.UTC)


def team() -> Context:
    """Return a team of three with an open invitation."""
    members = [
        SimpleNamespace(
            pk=n, user_id=n, user=SimpleNamespace(email=f"{name}@example.com"), role=role.value,
            get_role_display=role.label, created_at=MOMENT, suspended_at=MOMENT if n == 3 else None,
        )
        for n, (name, role) in enumerate(
            [("fangyun", Role.OWNER), ("shenmo.with.a.rather.long.name", Role.EDITOR),
             ("xuyan", Role.AGENT)], 1
        )
    ]  # fmt: skip
    waiting = [
        SimpleNamespace(pk=1, email="new@example.com", get_role_display=Role.ANALYST.label,
                        usable=True, expires_at=MOMENT)
    ]  # fmt: skip
    return {"form": InviteForm(), "team": members, "waiting": waiting, "roles": Role.choices}


def keys() -> Context:
    """Return a new key and two old ones."""
    rows = [
        SimpleNamespace(
            pk=n, name=say("库存系统", "Stock system"), prefix=f"sgk_1234ab{n}", expires_at=ends,
            revoked_at=gone, over=gone is not None, last_used_at=MOMENT if n else None,
            rights=[say("读取订单", "Read orders")],
        )
        for n, (ends, gone) in enumerate([(None, None), (MOMENT, None), (None, MOMENT)])
    ]  # fmt: skip
    return {"form": KeyForm(), "keys": rows, "secret": "sgk_1234abcd_" + "x" * 43}


def webhook() -> Context:
    """Return an address with three deliveries."""
    hook = SimpleNamespace(
        pk=1, url="https://stock.example.com/hooks/shopguide/orders", active=True,
        overlap_until=MOMENT,
    )  # fmt: skip
    tries = [{"status": 503, "ms": 120, "said": "busy"}, {"status": None, "ms": 9, "said": ""}]
    sent = [
        SimpleNamespace(
            pk=n, about="order:ABCDE-23456", state=state, attempts=n,
            get_state_display=DeliveryState(state).label, tries=tries[:n], next_at=MOMENT,
            event=SimpleNamespace(kind="order.shipped", at=MOMENT),
        )
        for n, state in enumerate(("queued", "done", "failed"))
    ]  # fmt: skip
    first = {"url": hook.url, "kinds": ["order.placed", "stock.out"]}
    return {"hook": hook, "secret": "whsec_" + "A" * 44, "deliveries": sent, "state": "",
            "states": DeliveryState.choices, "form": WebhookChangeForm(initial=first),
            "again": ReplayForm(initial={"since": MOMENT}), "conflict": True,
            "told": [Kind.ORDER_PLACED.label]}  # fmt: skip


def log() -> Context:
    """Return three entries of the log."""
    changed = [
        {"name": "amount", "before": "99.00", "after": "89.00"},
        {"name": "title", "before": "", "after": say("加绒连帽卫衣", "Fleece hoodie") * 6},
    ]
    entries = [
        {"at": MOMENT, "who": "fangyun@example.com", "thing": say("价格", "Price"), "row": "42",
         "act": say("修改", "changed"), "rows": rows, "changes": changed[:n]}
        for n, rows in enumerate((200, 1, 1))
    ]  # fmt: skip
    return {"entries": entries, "older": "?before=7", "asked": {}, "people": [(1, "a@example.com")],
            "things": [("catalog_price", say("价格", "Price"))],
            "acts": [("update", say("修改", "changed"))]}  # fmt: skip


def privacy() -> Context:
    """Return a shopper's privacy page with a file that is done."""
    names = [("购物车", "Cart"), ("订单", "Orders"), ("地址", "Addresses")]
    switches = [
        {"code": f"p{n}", "name": say("个性化推荐", "Personal recommendations"), "on": n == 1,
         "text": say("您看过和买过的，可以影响展示顺序。", "What you look at may order it.")}
        for n in range(4)
    ]  # fmt: skip
    export = SimpleNamespace(created_at=MOMENT, state="done", size=48_213, number="x",
                             get_state_display=say("完成", "Done"))  # fmt: skip
    return {"nav": "privacy", "switches": switches, "history": [], "erasure": None,
            "known": [{"name": say(*pair), "count": 3} for pair in names],
            "exports": [export]}  # fmt: skip


def for_you() -> Context:
    """Return a page of what fits, with what it is drawn from."""
    because = say("因为您看过“加绒连帽卫衣”", "Because you looked at “Fleece-lined hoodie”")
    listed = [{**one, "product": n, "reason": because} for n, one in enumerate(cards(6), 1)]
    drawn = [
        {"deed": say("看过", "looked at"), "what": say("加绒连帽卫衣", "Fleece-lined hoodie"),
         "url": "#", "product": 1, "words": "", "share": 5},
        {"deed": say("搜索过", "searched for"), "what": say("保暖卫衣 300元以内", "warm hoodie"),
         "url": "", "product": "", "words": "warm hoodie", "share": 3},
    ]  # fmt: skip
    return {"nav": "for_you", "agreed": True, "cards": listed, "signals": drawn, "disliked": 2,
            "unknown": True}  # fmt: skip


def start() -> Context:
    """Return the first questions."""

    def choices(*pairs: tuple[str, str]) -> list[tuple[SimpleNamespace, bool]]:
        return [(SimpleNamespace(value=en, name=say(zh, en)), n == 0)
                for n, (zh, en) in enumerate(pairs)]  # fmt: skip

    return {"nav": "for_you", "any_price": True,
            "kinds": choices(("鞋靴", "Shoes"), ("茶具", "Tea sets"), ("耳机", "Headphones")),
            "prices": choices(("低价位", "low prices"), ("较高价位", "the dearer things"))[1:],
            "brands": choices(("Tingbu", "Tingbu"), ("Loom & Linen", "Loom & Linen"))}  # fmt: skip


def portrait() -> Context:
    """Return what a model takes somebody to be."""
    names = [("先比较再下单", "compares before buying"), ("在挑礼物", "looks for gifts")]
    types = [
        {"code": f"t{n}", "name": say(*pair), "said": n == 1, "percent": 71,
         "because": [] if n else [say("您搜索过“鞋 对比”。", "You searched for “shoes vs”.")]}
        for n, pair in enumerate(names)
    ]  # fmt: skip
    return {"types": types, "likely_percent": 24, "deeds": 24, "likely": say(
        "您可能会在几天内下单。", "You may order something in the next days.")}  # fmt: skip


def taste() -> Context:
    """Return a page of somebody's taste, with everything that it can hold."""
    kinds = [("鞋靴", "Shoes"), ("茶具", "Tea sets"), ("耳机", "Headphones")]
    traits = [
        {"value": f"v{n}", "name": say(*pair), "percent": 60 // n, "last": MOMENT,
         "evidence": say("依据 6 次行为", "from 6 deeds"), "liking": n - 2}
        for n, pair in enumerate(kinds, 1)
    ]  # fmt: skip
    said = [{"about": "brand", "value": "Tingbu", "name": "Tingbu", "more": more}
            for more in (True, False)]  # fmt: skip
    return {"nav": "for_you", "agreed": True, "deeds": 24, "can_undo": True, "said": said,
            "sentences": [say("您最常看鞋靴和茶具。", "You look most at shoes and tea sets.")],
            "groups": [{"about": "category", "title": say("商品种类", "Kinds of products"),
                        "traits": traits}],
            "portrait": portrait(),
            "wrong": [{"value": "deal", "name": say("看重价格", "looks for good prices")}],
            "words": [say("跑步鞋", "running shoes")],
            "opinions": [{"name": say("电池", "battery"), "said": say("批评", "complained about"),
                          "times": say("1 次", "1 time")}],
            "aside": [{**one, "product": n} for n, one in enumerate(cards(2), 1)],
            "kinds": [{"value": "home", "name": say("家居", "Home")}]}  # fmt: skip


def recommended() -> Context:
    """Return how recommendations do for a shop."""
    numbers = [("触达的顾客", "Shoppers reached", "84"), ("展示次数", "Times shown", "1,930"),
               ("点开", "Opened", "9.4%")]  # fmt: skip
    figures = [{"label": say(zh, en), "value": value, "means": say("说明", "What it means.")}
               for zh, en, value in numbers]  # fmt: skip
    days = [Point(f"7/{n + 1}", 20 + (n * 7) % 23) for n in range(28)]
    rows = [{"name": say("同类商品", "Of a kind they looked at"), "shown": "812", "opened": "9.1%"}]
    return {"days": 28, "periods": (7, 28, 84), "enough": True, "figures": figures,
            "chart": line(days), "sources": rows, "version": 3, "quality": 0.287}  # fmt: skip
