"""How a shop, or each of several, delivers, and what each takes back or answers for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shopguide.writing.phrasing import capital, counted, ended, filled, say, whole
from shopguide.writing.plan import Plan
from shopguide.writing.realiser.telling import Row, number, of


def _days(row: Row, *, chinese: bool) -> str:
    least, most = number(row, "least"), number(row, "most")
    if not most:
        return ""
    if least == most or not least:
        return f"{most} 天" if chinese else counted(most, "day")
    return f"{least} 到 {most} 天" if chinese else f"{least} to {counted(most, 'day')}"


def delivery(plan: Plan) -> Iterator[str]:
    """Say how it is shipped, for how much, and how long it takes."""
    methods = plan.rows("methods")
    if not methods:
        yield say(
            plan,
            "none",
            ("这家店没有写明配送方式，我帮您问问店家吧。",),
            ("The shop doesn't state how it ships; I can ask for you.",),
        )
    elif plan.text("country"):
        yield say(
            plan,
            "there",
            ("可以寄到{country}：",),
            ("Yes, it is sent to {country}:",),
            country=plan.text("country"),
        )
    elif plan.text("shop"):
        yield say(
            plan,
            "ways",
            ("{shop}的配送方式：", "{shop}可以这样发货："),
            ("{shop} ships like this:", "Here is how {shop} delivers:"),
            shop=plan.text("shop"),
        )
    for row in methods[:4]:
        yield _method(plan, row)
    if plan.text("leaves"):
        yield "\n" + ended(plan.text("leaves"), chinese=plan.chinese)


def _method(plan: Plan, row: Row) -> str:
    days, price, free = _days(row, chinese=plan.chinese), of(row, "price"), of(row, "free_from")
    values = {"name": of(row, "name"), "days": days, "price": price, "free": free}
    if plan.chinese:
        parts = ["{name}：" + ("{days}送达" if days else "")]
        parts += ["运费 {price}"] if price else []
        parts += ["满 {free} 包邮"] if free else []
        return filled("\n- " + "，".join(parts).replace("：，", "：") + "。", values, chinese=True)
    parts = (["{days}"] if days else []) + (["{price}"] if price else [])
    parts += ["free from {free}"] if free else []
    return "\n- " + capital(filled("{name}: " + ", ".join(parts) + ".", values, chinese=False))


def deliveries(plan: Plan) -> Iterator[str]:
    """Say how each of some shops sends, in a line each."""
    rows, country = plan.rows("shops"), plan.text("country")
    if country and not plan.facts.get("seen"):
        yield say(
            plan,
            "there",
            ("可以寄到{country}的店：", "这些店可以寄到{country}："),
            ("These shops send to {country}:",),
            country=country,
        )
    elif len(rows) > 1 and not plan.facts.get("seen"):
        yield say(
            plan,
            "each",
            ("各家店的配送方式不同：", "怎么发货由各家店自己定："),
            ("Each shop delivers in its own way:", "How it is sent depends on the shop:"),
        )
    elif len(rows) > 1:
        yield say(
            plan,
            "open",
            ("刚才看的商品来自 {count} 家店，分别是这样发货的：",),
            ("What you have seen comes from {count} shops; this is how each delivers:",),
            count=str(len(rows)),
        )
    for row in rows:
        line = _shop_line(plan, row)
        alone = len(rows) == 1 and (plan.facts.get("seen") or not country)
        yield line.removeprefix("\n- ") if alone else line


def _shop_line(plan: Plan, row: Row) -> str:
    shop, leaves = of(row, "shop"), of(row, "leaves")
    methods = row.get("methods")
    ways = [_way(one, chinese=plan.chinese) for one in methods] if isinstance(methods, list) else []
    if plan.chinese:
        told = "；".join([*ways, *([f"现在下单 {leaves}发出"] if leaves else [])])
        return f"\n- {shop}：{told}。"
    told = "; ".join([*ways, *([f"ordered now it leaves on {leaves}"] if leaves else [])])
    return f"\n- {shop}: {told}."


def _way(row: Row, *, chinese: bool) -> str:
    days, price, free = _days(row, chinese=chinese), of(row, "price"), of(row, "free_from")
    if chinese:
        parts = [f"{of(row, 'name')} {price}".strip(), f"{days}送达" if days else ""]
        parts.append(f"满 {free} 包邮" if free else "")
        return "，".join(filter(None, parts))
    parts = [f"{of(row, 'name')} {price}".strip(), days, f"free from {free}" if free else ""]
    return ", ".join(filter(None, parts))


def each_shop(plan: Plan) -> Iterator[str]:
    """Say what each shop holds by, shops with the same rule in one line, and ask which is meant."""
    rows, topic = plan.rows("shops"), plan.text("topic")
    yield from whole(plan, "first")
    if rows and plan.facts.get("all"):
        yield say(
            plan,
            "same",
            ("关于{topic}，各家店的规定都一样：",),
            ("On {topic}, all shops hold by the same:",),
            topic=topic,
        )
        yield ended(of(rows[0], "says"), chinese=plan.chinese)
    elif rows:
        yield say(
            plan,
            "own",
            ("{topic}由各家店自己定：", "各家店的{topic}规定不一样："),
            ("Each shop has its own rule on {topic}:", "On {topic} it depends on the shop:"),
            topic=topic,
        )
        between = "：" if plan.chinese else ": "
        for row in rows:
            told = ended(of(row, "says"), chinese=plan.chinese)
            yield f"\n- {of(row, 'shop')}{between}{told}"
    if plan.facts.get("asks_later"):
        return
    yield "\n" + say(
        plan,
        "which",
        ("告诉我是哪家店或哪件商品，我给您说全。", "说一下店名或商品，我把完整的规定告诉您。"),
        ("Name a shop or a product and you get its rule in full.",
         "Which shop or product do you have in mind? Then I can tell you all of it."),
    )  # fmt: skip


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "delivery": delivery,
    "deliveries": deliveries,
    "each_shop": each_shop,
}
