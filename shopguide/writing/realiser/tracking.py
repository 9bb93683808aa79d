"""Tracking: how an order stands, which orders there are, and that there is none of a number."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shopguide.writing.phrasing import counted, named, say
from shopguide.writing.plan import Plan
from shopguide.writing.realiser.telling import Row, number, of


def order_status(plan: Plan) -> Iterator[str]:
    """Say how an order stands."""
    if plan.facts.get("missing") is True:
        yield from missing(plan)
        return
    if plan.facts.get("again") is True:
        yield from still(plan)
        return
    yield say(
        plan,
        "state",
        ("订单 {number} 目前的状态是：{state}。", "查到了，订单 {number}：{state}。"),
        ("Order {number} is at this point: {state}.", "I found order {number}: {state}."),
        number=plan.text("number"),
        state=plan.text("state"),
    )
    if plan.text("placed"):
        yield say(
            plan,
            "placed",
            ("下单时间是 {placed}。",),
            ("It was placed on {placed}.",),
            placed=plan.text("placed"),
        )
    if plan.text("tracking"):
        yield say(
            plan,
            "tracking",
            ("由{carrier}承运，运单号 {tracking}。",)
            if plan.text("carrier")
            else ("运单号 {tracking}。",),
            ("{carrier} is carrying it; the tracking number is {tracking}.",)
            if plan.text("carrier")
            else ("The tracking number is {tracking}.",),
            carrier=plan.text("carrier"),
            tracking=plan.text("tracking"),
        )
    yield from when(plan)
    for row in plan.rows("items")[:6]:
        yield f"\n- {_line(row, chinese=plan.chinese)}"


def missing(plan: Plan) -> Iterator[str]:
    """Say that an order is on record as delivered that is said not to have come."""
    values = {name: plan.text(name) for name in ("number", "delivered")}
    yield say(
        plan,
        "delivered",
        ("很抱歉。店里的记录是：订单 {number} 已于 {delivered} 送达。",)
        if plan.text("delivered")
        else ("很抱歉。店里的记录是：订单 {number} 已送达。",),
        ("I'm sorry. According to the shop, order {number} was delivered on {delivered}.",)
        if plan.text("delivered")
        else ("I'm sorry. According to the shop, order {number} has been delivered.",),
        **values,
    )
    yield say(
        plan,
        "report",
        ("您确实没收到的话，我按“未收到”转给店里去查，要现在转吗？",),
        ("If it never reached you, I can report it to the shop as not received. Shall I?",),
    )


def when(plan: Plan) -> Iterator[str]:
    """Say when it should leave and be there, or that it should have."""
    if plan.text("leaves"):
        late = plan.facts.get("leaves_late") is True
        yield say(
            plan,
            "leaves",
            ("还没有发出，按说 {day} 就该发了，已经晚了，很抱歉。",)
            if late
            else ("还没有发出，按店里的发货日应在 {day} 发出。",),
            ("It hasn't left yet; it should have on {day}, so it is late, and I'm sorry.",)
            if late
            else ("It hasn't left yet; by the shop's days it should on {day}.",),
            day=plan.text("leaves"),
        )
    if plan.facts.get("overdue") is True:
        yield say(
            plan,
            "overdue",
            ("按说 {expected} 前就该到了，已经晚了，很抱歉。要我请店里的同事去催吗？",),
            (
                "It should have been there by {expected}, so it is late, and I'm sorry. Shall I "
                "ask the shop to chase it?",
            ),
            expected=plan.text("expected"),
        )
    elif plan.text("expected"):
        yield say(
            plan,
            "expected",
            ("预计 {expected} 送达。",),
            ("It should arrive by {expected}.",),
            expected=plan.text("expected"),
        )


def still(plan: Plan) -> Iterator[str]:
    """Say in short how an order stands that was told just before, and where more is to be seen."""
    yield say(
        plan,
        "still",
        ("我这边看到的还是：{state}。", "目前仍是“{state}”。"),
        ("What I can see is still: {state}.", "It is still: {state}."),
        state=plan.text("state"),
    )
    if plan.text("delivered"):
        yield say(plan, "arrived", ("{day} 送达的。",), ("It was delivered on {day}.",),
                  day=plan.text("delivered"))  # fmt: skip
    yield from when(plan)
    if plan.text("tracking"):
        yield say(
            plan,
            "where",
            ("走到哪一站，凭运单号 {tracking} 在{carrier}那里能查到。",)
            if plan.text("carrier")
            else ("走到哪一站，凭运单号 {tracking} 能查到。",),
            ("{carrier} shows where exactly it is; the number is {tracking}.",)
            if plan.text("carrier")
            else ("The number {tracking} shows where exactly it is.",),
            tracking=plan.text("tracking"),
            carrier=plan.text("carrier"),
        )


def _line(row: Row, *, chinese: bool) -> str:
    name, quantity = named(of(row, "name"), chinese=chinese), number(row, "quantity")
    return f"{name} ×{quantity}" if quantity > 1 else name


def orders(plan: Plan) -> Iterator[str]:
    """List somebody's orders."""
    rows = plan.rows("orders")
    if not rows and plan.facts.get("guest") is True:
        yield say(
            plan, "no guest's", ("这里没有查到您的订单。",), ("I see no orders of yours here.",)
        )
        yield unseen(plan)
        return
    if not rows:
        yield say(
            plan,
            "none",
            ("您还没有订单。", "暂时没有查到您的订单。"),
            ("You have no orders yet.", "I don't see any orders of yours."),
        )
        yield say(
            plan,
            "elsewhere",
            ("如果是用别的账号买的，请先登录那个账号，或者告诉我订单号。",),
            ("Did you buy with another account? Then sign in to that one first.",),
        )
        return
    if plan.facts.get("missing") is True:
        yield say(
            plan,
            "missing",
            ("很抱歉。按店里的记录，您的订单都已送达：",),
            ("I'm sorry to hear that. According to the shop, all of your orders have been "
             "delivered:",),
        )  # fmt: skip
    elif plan.facts.get("on_the_way") is False:
        yield say(
            plan,
            "arrived",
            ("目前没有在路上的订单。您最近的订单：", "现在没有正在路上的订单，最近的是这些："),
            ("Nothing is on its way at the moment. Your latest orders:",
             "No order is on its way right now. These are your latest:"),
        )  # fmt: skip
    else:
        yield say(
            plan,
            "list",
            ("您有 {count} 笔订单：", "查到 {count} 笔订单："),
            ("You have {orders}:", "I found {orders}:"),
            count=str(len(rows)),
            orders=counted(len(rows), "order"),
        )
    comma = "，" if plan.chinese else ", "
    for row in rows[:5]:
        yield "\n- " + comma.join(
            filter(
                None, (of(row, name) for name in ("number", "goods", "placed", "state", "total"))
            )
        )
    if plan.facts.get("missing") is True:
        yield say(
            plan,
            "which missing",
            ("\n是哪一笔没收到？告诉我，我按“未收到”转给店里去查。",),
            ("\nWhich one did not reach you? Tell me, and I'll report it to the shop as not "
             "received.",),
        )  # fmt: skip


def unseen(plan: Plan) -> str:
    """Return how somebody who is not signed in gets to see their orders."""
    return say(
        plan,
        "unseen",
        ("下单时用了账号的，请先登录；没用账号的，用下单时的那个浏览器打开就能看到。",),
        ("If you ordered with an account, please sign in; without one, open this site in the "
         "browser you ordered with.",),
    )  # fmt: skip


def order_unknown(plan: Plan) -> Iterator[str]:
    """Say that there is no such order of this person; that nobody sees those of others."""
    if plan.facts.get("others") is True:
        yield say(
            plan,
            "others",
            ("别人的订单我看不到，只有下单的账号本人登录后才能查。",),
            ("I can't see other people's orders: only whoever placed one can, signed in.",),
        )
        return
    yield say(
        plan,
        "none",
        (
            "没有查到订单 {number}，麻烦核对一下订单号。",
            "您名下没有订单 {number}，请再看看号码对不对。",
        )
        if plan.text("number")
        else ("没有查到这笔订单。",),
        (
            "I can't find an order {number} of yours; could you check the number?",
            "There is no order {number} under your name. Is the number right?",
        )
        if plan.text("number")
        else ("I can't find that order.",),
        number=plan.text("number"),
    )
    if plan.facts.get("guest") is True:
        yield unseen(plan)
        return
    yield say(
        plan,
        "where",
        ("订单号在“我的订单”里可以看到。",),
        ("You'll find the numbers under “My orders”.",),
    )


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "order_status": order_status,
    "orders": orders,
    "order_unknown": order_unknown,
}
