"""Serving: policies, orders, the cart, what is to be confirmed and what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shopguide.writing.phrasing import capital, counted, named, say
from shopguide.writing.plan import Plan
from shopguide.writing.realiser.telling import Row, number, of


def ended(text: str, *, chinese: bool) -> str:
    """Return a text with a full stop where it has no end."""
    plain = text.strip()
    if not plain or plain.endswith(("。", ".", "！", "!", "？", "?", "”", "：", ":")):
        return plain
    return plain + ("。" if chinese else ".")


def policy(plan: Plan) -> Iterator[str]:
    """Say a shop's written rule, each part one sentence."""
    shop, topic = plan.text("shop"), plan.text("topic")
    if shop and topic:
        yield say(
            plan,
            "topic",
            ("关于{topic}，{shop}的规定是这样的：", "{shop}的{topic}规则："),
            ("This is what {shop} says about {topic}:", "{topic} at {shop}:"),
            topic=topic,
            shop=shop,
        )
    elif shop:
        yield say(plan, "shop", ("{shop}的规定是这样的：",), ("This is {shop}'s rule:",), shop=shop)
    for one in plan.texts("says"):
        yield ended(one, chinese=plan.chinese)
    if plan.text("source"):
        yield say(
            plan,
            "source",
            ("（依据：{source}）",),
            ("(Source: {source}.)",),
            source=plan.text("source"),
        )


def knowledge(plan: Plan) -> Iterator[str]:
    """Answer with the shop's own words."""
    if plan.text("title"):
        yield say(
            plan, "title", ("“{title}”里写道：",), ("“{title}” says:",), title=plan.text("title")
        )
    yield ended(plan.text("text"), chinese=plan.chinese)


def pages(plan: Plan) -> Iterator[str]:
    """Say what each shop has written, where none was meant."""
    yield say(
        plan,
        "each",
        ("这要看是哪家店，我查到这些：", "各家店自己定，写明了的有："),
        ("That is for each shop to say; this is what I find:",
         "It depends on the shop. These have written of it:"),
    )  # fmt: skip
    for row in plan.rows("shops"):
        text = of(row, "says").rstrip("。.")
        yield (
            f"\n- {of(row, 'shop')}：{text}。"
            if plan.chinese
            else f"\n- {of(row, 'shop')}: {text}."
        )


def aspects(plan: Plan) -> Iterator[str]:
    """Say what is known of an aspect; offer to ask the shop for the rest."""
    for one in plan.texts("says"):
        text = ended(one, chinese=plan.chinese)
        yield text if plan.chinese else capital(text)
    if plan.facts.get("person") is True:
        yield say(
            plan,
            "person",
            ("要我帮您问一下店里的同事吗？", "需要的话，我请店里的同事给您一个准话。"),
            ("Shall I ask somebody at the shop?", "If you like, I can ask the shop's people."),
        )


def by_warranty(plan: Plan) -> Iterator[str]:
    """Say what a warranty still gives for a fault, and who sees to it."""
    values = {name: plan.text(name) for name in ("number", "what", "until")}
    if plan.facts.get("granted") is True:
        yield say(
            plan,
            "granted",
            ("可以{what}：订单 {number} 还在保修期内，到 {until}。",),
            ("Yes, the warranty covers that: order {number} has it until {until}. "
             "You get: {what}.",),
            **values,
        )  # fmt: skip
    else:
        yield say(
            plan,
            "other",
            ("订单 {number} 还在保修期内（到 {until}），保修给的是：{what}。",),
            ("Order {number} is still under warranty until {until}, which gives you: {what}.",),
            **values,
        )
    yield say(
        plan,
        "next",
        ("接下来由店里的同事核对后办理，要我现在转给他们吗？",),
        ("The shop's people check it and see to the rest. Shall I pass it on to them now?",),
    )


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
    """Say by when it should be there, or that it should have been."""
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


def order_unknown(plan: Plan) -> Iterator[str]:
    """Say that there is no such order of this person."""
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
    yield say(
        plan,
        "where",
        ("订单号在“我的订单”里可以看到。",),
        ("You'll find the numbers under “My orders”.",),
    )


def sign_in_needed(plan: Plan) -> Iterator[str]:
    """Ask to sign in first."""
    yield say(
        plan,
        "sign in",
        ("这一步需要先登录，登录后我们接着办。", "为了保护您的信息，请先登录，对话会保留。"),
        (
            "Please sign in first; we'll carry on from here.",
            "To keep your information safe, please sign in. Our conversation stays.",
        ),
    )


def cart_added(plan: Plan) -> Iterator[str]:
    """Say what is in the cart now."""
    quantity = plan.count("quantity") or 1
    values = {
        "product": named(plan.text("product"), chinese=plan.chinese),
        "quantity": str(quantity),
    }
    yield say(
        plan,
        "added",
        (
            "已经把{product}加入购物车，数量 {quantity}。",
            "好的，{product}已放进购物车，共 {quantity} 件。",
        ),
        (
            "{product} is in your cart ({quantity}).",
            "I've put {quantity} × {product} into your cart.",
        )
        if quantity > 1
        else ("{product} is in your cart.", "I've put {product} into your cart."),
        **values,
    )
    if plan.text("total"):
        yield say(
            plan,
            "total",
            ("购物车现在合计 {total}。",),
            ("Your cart comes to {total}.",),
            total=plan.text("total"),
        )


def confirm(plan: Plan) -> Iterator[str]:
    """Say exactly what would be done, and ask."""
    yield say(
        plan,
        "what",
        ("跟您确认一下：{what}。", "我将为您{what}，请确认："),
        ("Let me check before I do it: {what}.", "Please confirm: {what}."),
        what=plan.text("what").rstrip("。."),
    )
    for line in plan.texts("lines"):
        yield f"\n- {line}"
    yield ("\n" if plan.texts("lines") else "") + say(
        plan,
        "yes",
        (
            "确认请回复“确认”，不办请回复“取消”。",
            "没问题的话请点“确认”，在您确认之前我什么都不会改动。",
        ),
        ("Shall I go ahead? Answer “yes” or “no”.", "Nothing changes until you confirm. Go ahead?"),
    )


def done(plan: Plan) -> Iterator[str]:
    """Say what was done."""
    yield say(
        plan,
        "done",
        ("已办好：{what}。", "好了，{what}。"),
        ("Done: {what}.", "That's done: {what}."),
        what=plan.text("what").rstrip("。."),
    )
    for line in plan.texts("lines"):
        yield f"\n- {line}"


def kept(plan: Plan) -> Iterator[str]:
    """Say that nothing was changed."""
    yield say(
        plan,
        "kept",
        ("好的，那就不办了，一切保持原样。", "明白，没有做任何改动。"),
        ("All right, I've left everything as it was.", "No problem, nothing was changed."),
    )


def declined(plan: Plan) -> Iterator[str]:
    """Say that the rules do not allow it, why, and what can be done instead."""
    what = plan.text("what").rstrip("。.")
    yield say(
        plan,
        "no",
        ("抱歉，{what}办不了。", "很抱歉，现在不能{what}。") if what else ("抱歉，这个办不了。",),
        ("I'm sorry, I can't {what}.", "Unfortunately it isn't possible to {what}.")
        if what
        else ("I'm sorry, that isn't possible.",),
        what=what,
    )
    for reason in plan.texts("reasons"):
        yield ended(reason, chinese=plan.chinese)
    if plan.text("instead"):
        yield say(
            plan,
            "instead",
            ("您可以{instead}。", "不过可以{instead}。"),
            ("What you can do: {instead}.", "Instead, you could {instead}."),
            instead=plan.text("instead").rstrip("。."),
        )
    else:
        yield say(
            plan,
            "person",
            ("需要的话，我帮您转给店里的同事看看。",),
            ("If you like, I can ask somebody at the shop to have a look.",),
        )


def account(plan: Plan) -> Iterator[str]:
    """Say where things of the account are done."""
    said = [ended(one, chinese=plan.chinese) for one in plan.texts("says")]
    said = said if plan.chinese else [capital(one) for one in said]
    yield from said or [
        say(
            plan,
            "account",
            ("账户信息可以在“我的账户”里查看和修改。",),
            ("You can see and change that under “My account”.",),
        )
    ]


def failed(plan: Plan) -> Iterator[str]:
    """Say that something went wrong on our side, and that nothing was changed."""
    yield say(
        plan,
        "failed",
        (
            "抱歉，刚才出了点问题，没有办成，您的订单没有任何变化。",
            "不好意思，系统没能完成这一步，什么都没有改动。",
        ),
        (
            "Sorry, something went wrong on our side, and nothing was changed.",
            "I couldn't finish that because of a fault on our side. Nothing has changed.",
        ),
    )
    yield say(
        plan,
        "again",
        ("请稍后再试，或者转人工。",),
        ("Please try again in a moment, or ask for a person.",),
    )


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "policy": policy,
    "knowledge": knowledge,
    "aspects": aspects,
    "by_warranty": by_warranty,
    "pages": pages,
    "order_status": order_status,
    "orders": orders,
    "order_unknown": order_unknown,
    "sign_in_needed": sign_in_needed,
    "cart_added": cart_added,
    "confirm": confirm,
    "done": done,
    "kept": kept,
    "declined": declined,
    "account": account,
    "failed": failed,
}
