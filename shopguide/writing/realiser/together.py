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
    if budget:
        yield say(
            plan,
            "within",
            ("{budget}以内，可以这样搭：", "按 {budget} 的预算，我配了这一套："),
            ("Within {budget}, this goes together:", "Here is a set that stays within {budget}:"),
            budget=budget,
        )
    else:
        yield say(plan, "set", ("可以这样搭：",), ("This goes together:",))
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
    "bundle_impossible": bundle_impossible,
}
