"""Reckoning: totals with their working, prices of the past, sizes that do not fit, money back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shopguide.writing.phrasing import counted, filled, listed, named, quoted, say
from shopguide.writing.plan import Plan
from shopguide.writing.realiser.telling import Row, number, of, product


def total(plan: Plan) -> Iterator[str]:
    """Say what everything costs, with the working: each line, coupons, shipping."""
    if not plan.facts.get("goods_only"):
        yield say(
            plan,
            "total",
            ("一共 {total}。", "合计 {total}。"),
            ("That comes to {total} in all.", "The total is {total}."),
            total=plan.text("total"),
        )
    elif len(plan.rows("lines")) > 1:
        yield say(
            plan,
            "goods total",
            ("加起来是 {total}，不含运费：",),
            ("Together they are {total}, without shipping:",),
            total=plan.text("total"),
        )
    else:
        yield say(plan, "price alone", ("价格是这样的：",), ("Here is the price:",))
    yield from working(plan)


def working(plan: Plan) -> Iterator[str]:
    """Yield what a total is made of: lines, coupons, shipping."""
    for row in plan.rows("lines")[:8]:
        yield _line(plan, row)
    for row in plan.rows("discounts"):
        values = {"code": of(row, "code"), "amount": of(row, "amount")}
        chinese, english = "\n- 优惠码 {code}：减 {amount}。", "\n- Code {code}: {amount} off."
        yield filled(chinese if plan.chinese else english, values, chinese=plan.chinese)
    if plan.text("shipping"):
        yield "\n- " + say(
            plan,
            "shipping",
            ("运费：{shipping}。",),
            ("Shipping: {shipping}.",),
            shipping=plan.text("shipping"),
        )
    for code in plan.texts("unknown_codes"):
        yield "\n" + say(
            plan,
            "unknown code",
            ("优惠码 {code} 现在用不了。",),
            ("The code {code} is not valid at the moment.",),
            code=code,
        )


def sum_unknown(plan: Plan) -> Iterator[str]:
    """Say which part of a sum is not known, and what the rest costs."""
    yield say(
        plan,
        "sum unknown",
        ("{list}我们还没看过，这一份我没法算进去。",),
        ("We haven't looked at {list} yet, so I can't add that up.",),
        list=listed([quoted(one) for one in plan.texts("unknown")], chinese=plan.chinese),
    )
    for row in plan.rows("products")[:4]:
        name = named(of(row, "name"), chinese=plan.chinese)
        values = {"name": name, "price": of(row, "price")}
        chinese, english = "\n- {name}：{price}。", "\n- {name}: {price}."
        yield filled(chinese if plan.chinese else english, values, chinese=plan.chinese)


def _line(plan: Plan, row: Row) -> str:
    quantity, options = number(row, "quantity"), of(row, "options")
    priced = bool(of(row, "total"))
    name = named(of(row, "name"), chinese=plan.chinese)
    if options:
        name += f"（{options}）" if plan.chinese else f" ({options})"
    values = {"name": name, "each": of(row, "each"), "total": of(row, "total"), "n": str(quantity)}
    chinese = "{name}：{each} × {n} = {total}。" if quantity > 1 else "{name}：{total}。"
    english = "{name}: {each} × {n} = {total}." if quantity > 1 else "{name}: {total}."
    if not priced:
        chinese, english = "{name}，{n} 件。", "{name}, {n}."
    said = filled("\n- " + (chinese if plan.chinese else english), values, chinese=plan.chinese)
    left = row.get("left")
    if left == 0:
        said += "（现在缺货）" if plan.chinese else " It is sold out just now."
    elif isinstance(left, int):
        said += f"（现在只有 {left} 件）" if plan.chinese else f" Only {left} left now."
    return said


def cart_told(plan: Plan) -> Iterator[str]:
    """Say what is in the cart, and what it comes to."""
    count = plan.count("count")
    yield say(
        plan,
        "cart",
        ("购物车里有 {count} 件，合计 {total}：",) if plan.text("total")
        else ("购物车里有 {count} 件：",),
        ("There {are} {counted} in your cart, {total} in all:",) if plan.text("total")
        else ("There {are} {counted} in your cart:",),
        count=f"{count:,}",
        counted=counted(count, "thing"),
        are="is" if count == 1 else "are",
        total=plan.text("total"),
    )  # fmt: skip
    yield from working(plan)


def cart_changed(plan: Plan) -> Iterator[str]:
    """Say that the cart was changed, and how it stands now."""
    yield say(
        plan, "changed", ("好了，改好了。", "已经改好。"), ("Done.", "All right, that's changed.")
    )
    yield from cart_told(plan)


def cart_empty(plan: Plan) -> Iterator[str]:
    """Say that nothing is in the cart."""
    yield say(
        plan,
        "empty",
        ("办好了，购物车现在是空的。",)
        if plan.says("done")
        else ("购物车现在是空的。", "购物车里现在没有东西。"),
        ("Done: your cart is empty now.",)
        if plan.says("done")
        else ("Your cart is empty.", "There is nothing in your cart at the moment."),
    )


def price_history(plan: Plan) -> Iterator[str]:
    """Say what it costs, the lowest of thirty days, and when the price changed."""
    name = product(plan)
    yield say(
        plan,
        "now",
        ("{name}现在 {price}。",),
        ("{name} costs {price} now.",),
        name=name,
        price=plan.text("price"),
    )
    if plan.text("lowest"):
        yield say(
            plan,
            "lowest",
            ("近 {days} 天最低是 {lowest}。",),
            ("Its lowest price in the last {days} days was {lowest}.",),
            lowest=plan.text("lowest"),
            days=str(plan.count("days")),
        )
    rows = plan.rows("moments")
    for row in rows:
        values = {"day": of(row, "day"), "price": of(row, "price")}
        chinese, english = "\n- {day}起：{price}。", "\n- From {day}: {price}."
        yield filled(chinese if plan.chinese else english, values, chinese=plan.chinese)
    if not rows:
        yield say(
            plan,
            "never",
            ("有记录以来没有调过价。",),
            ("It hasn't changed since it has been recorded.",),
        )


def refund_status(plan: Plan) -> Iterator[str]:
    """Say what money goes back for an order, and how its returns stand."""
    values = {"number": plan.text("number"), "payment": plan.text("payment")}
    yield say(
        plan,
        "payment",
        ("订单 {number} 的付款状态：{payment}。",),
        ("The payment of order {number} is: {payment}.",),
        **values,
    )
    for row in plan.rows("refunds")[:4]:
        yield _refund(plan, row)
    for row in plan.rows("returns")[:3]:
        values = {"number": of(row, "number"), "state": of(row, "state")}
        chinese, english = "\n- 售后单 {number}：{state}。", "\n- Return {number}: {state}."
        yield filled(chinese if plan.chinese else english, values, chinese=plan.chinese)


def _refund(plan: Plan, row: Row) -> str:
    done = row.get("done") is True
    transfer = of(row, "way") == "transfer"
    if plan.chinese:
        text = "{amount} 已退回。" if done else "{amount} 正在退回。"
        text = "{amount} 由店家转账退回。" if transfer else text
    else:
        text = "{amount} has gone back to you." if done else "{amount} is on its way back to you."
        text = "{amount} goes back by a transfer that the shop makes." if transfer else text
    return filled("\n- " + text, {"amount": of(row, "amount")}, chinese=plan.chinese)


def stars_only(plan: Plan) -> Iterator[str]:
    """Say how it is rated where nobody has written anything."""
    yield say(
        plan,
        "stars",
        ("{product}有 {count} 个评分，平均 {stars} 星，还没有文字评价。",),
        ("{product} has {count} ratings, {stars} out of 5 on average; nobody has written yet.",),
        product=product(plan),
        count=str(plan.count("count")),
        stars=plan.text("stars"),
    )
    for row in plan.rows("quotes")[:1]:
        yield quoted(of(row, "text"))


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "total": total,
    "sum_unknown": sum_unknown,
    "cart_told": cart_told,
    "cart_changed": cart_changed,
    "cart_empty": cart_empty,
    "price_history": price_history,
    "refund_status": refund_status,
    "stars_only": stars_only,
}
