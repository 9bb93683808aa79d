"""Together: things for a budget, their total, and what an order or a set holds, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from shopguide.writing.phrasing import listed, named, quoted, say
from shopguide.writing.plan import Plan
from shopguide.writing.realiser.telling import of


def _item(row: Mapping[str, object], *, chinese: bool) -> str:
    quantity, price = row.get("quantity"), of(row, "price")
    times = f" ×{quantity}" if isinstance(quantity, int) and quantity > 1 else ""
    name = named(of(row, "name"), chinese=chinese)
    return f"\n- {name}{times}{('，' if chinese else ', ') + price if price else ''}"


def items(rows: Sequence[Mapping[str, object]], *, chinese: bool) -> Iterator[str]:
    """Yield what a bundle or an order holds, a line each."""
    for row in rows:
        yield _item(row, chinese=chinese)


def bundle(plan: Plan) -> Iterator[str]:
    """Say what goes together, the total, and what is left of the budget."""
    budget = plan.text("budget")
    if plan.texts("out") or plan.texts("into"):
        yield changed(plan)
    elif budget:
        yield say(
            plan,
            "within",
            ("{budget}以内，可以这样搭：", "按 {budget} 的预算，我配了这一套："),
            ("Within {budget}, this goes together:", "Here is a set that stays within {budget}:"),
            budget=budget,
        )
    else:
        yield say(plan, "set", ("可以这样搭：",), ("This goes together:",))
    yield from whole(plan)
    if missing := [quoted(one) for one in plan.texts("missing")]:
        yield say(
            plan,
            "missing",
            (
                "{list}这里没有找到，所以没放进来。",
                "说明一下：没有找到{list}，这一样要在别处买了。",
            ),
            ("I found no {list} here, so that is left out.", "What I couldn't find here: {list}."),
            list=listed(missing, chinese=plan.chinese),
        )


def whole(plan: Plan) -> Iterator[str]:
    """Say what a set holds, what it comes to, and what is left of the budget."""
    yield from items(plan.rows("items"), chinese=plan.chinese)
    if plan.text("total"):
        yield "\n" + say(
            plan,
            "total",
            ("合计 {total}。", "一共 {total}。"),
            ("Together that is {total}.", "The total is {total}."),
            total=plan.text("total"),
        )
    if plan.text("left"):
        yield say(
            plan,
            "left",
            ("比预算还省 {left}。", "预算还剩 {left}。"),
            ("That leaves {left} of your budget.",),
            left=plan.text("left"),
        )


def changed(plan: Plan) -> str:
    """Say what went out of a set, and what came into it."""
    out, into = (
        listed([named(one, chinese=plan.chinese) for one in plan.texts(name)], chinese=plan.chinese)
        for name in ("out", "into")
    )
    if out and into:
        return say(
            plan,
            "swapped",
            ("换好了，{out}换成了{into}：", "{out}已换成{into}，现在这一套是："),
            ("Done, {into} instead of {out}:", "{out} is out, {into} is in. The set is now:"),
            out=out,
            into=into,
        )
    if into:
        return say(
            plan,
            "added",
            ("加上{into}，现在这一套是：", "{into}加进来了："),
            ("With {into} added, the set is now:", "I've added {into}:"),
            into=into,
        )
    return say(
        plan,
        "dropped",
        ("{out}拿掉了，还有：", "去掉{out}之后是这些："),
        ("Without {out}, that leaves:", "{out} is out. What is left:"),
        out=out,
    )


WHY = {
    "cheaper": (("{kind}再往下没有了",),
                ("I have no {kind} below that",)),
    "dearer": (("{kind}再往上没有了",), ("I have no {kind} above that",)),
    "swap": (("没有找到这样的{kind}",), ("I found no {kind} like that here",)),
    "add": (("没有找到{kind}",), ("I found no {kind} here",)),
    "drop": (("这一套只剩这一样了",), ("There is nothing left to take out",)),
    "beyond": (("再加{kind}就超出预算了", "{kind}放进来会超出预算"),
               ("A {kind} like that would go beyond the budget",)),
}  # fmt: skip


def set_kept(plan: Plan) -> Iterator[str]:
    """Say why a set stays as it is, what would come nearest, and the set."""
    chinese, english = WHY.get(plan.text("why"), WHY["swap"])
    ending = "。" if plan.chinese else "."
    kind = plan.text("kind")
    told = (quoted(kind) if kind else "东西") if plan.chinese else kind or "thing"
    yield say(plan, "why", chinese, english, kind=told) + ending
    if plan.text("nearest"):
        yield say(
            plan,
            "nearest",
            ("最接近的是{name}，{price}。",),
            ("The nearest is {name}, {price}.",),
            name=named(plan.text("nearest"), chinese=plan.chinese),
            price=plan.text("price"),
        )
    yield say(plan, "stays", ("这一套先不变：",), ("So the set stays as it is:",))
    yield from whole(plan)


def bundle_impossible(plan: Plan) -> Iterator[str]:
    """Say that the budget does not reach, and what would."""
    yield say(
        plan,
        "impossible",
        ("{budget}的预算凑不齐这一套。", "按 {budget} 的预算，还差一点。"),
        ("{budget} isn't enough for all of that.", "I can't fit all of that into {budget}."),
        budget=plan.text("budget"),
    )
    if plan.text("least"):
        yield say(
            plan,
            "least",
            ("这一套至少要 {least}。", "全部买齐至少要 {least}。"),
            ("All of it together comes to at least {least}.",),
            least=plan.text("least"),
        )
    yield say(
        plan,
        "fewer",
        ("要不要少买一样，或者把预算放宽一点？",),
        ("Shall I leave something out, or would you like to spend a little more?",),
    )


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "bundle": bundle,
    "set_kept": set_kept,
    "bundle_impossible": bundle_impossible,
}
