"""Offering: a product in short, prices, coupons, what is on offer, stock."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shopguide.writing.phrasing import listed, say
from shopguide.writing.plan import Plan
from shopguide.writing.realiser.telling import of, product


def coupons(plan: Plan) -> Iterator[str]:
    """Yield what each coupon gives."""
    for row in plan.rows("coupons")[:4]:
        yield say(
            plan,
            "coupon",
            ("用优惠码 {code}：{says}。", "优惠码 {code}，{says}。"),
            ("With the code {code}: {says}.", "The code {code} gives {says}."),
            code=of(row, "code"),
            says=of(row, "says").rstrip("。."),
        )


def price(plan: Plan) -> Iterator[str]:
    """Say what it costs."""
    highest = plan.text("highest")
    name = product(plan)
    if highest and highest != plan.text("price"):
        yield say(
            plan,
            "range",
            (
                "{name}的价格从 {price} 到 {highest}，看您选哪个规格。",
                "{name}，不同规格 {price} 到 {highest} 不等。",
            ),
            (
                "{name} costs {price} to {highest}, depending on the version.",
                "{name} is from {price} to {highest}, depending on which one you choose.",
            ),
            name=name,
            price=plan.text("price"),
            highest=highest,
        )
    else:
        yield say(
            plan,
            "price",
            ("{name}现在是 {price}。", "{name}售价 {price}。"),
            ("{name} costs {price}.", "{name} is {price} at the moment."),
            name=name,
            price=plan.text("price"),
        )
    if plan.text("was"):
        yield say(
            plan,
            "was",
            ("原价 {was}。", "之前卖 {was}。"),
            ("It was {was} before.", "The earlier price was {was}."),
            was=plan.text("was"),
        )
    yield from coupons(plan)


def promotion(plan: Plan) -> Iterator[str]:
    """Say what is on offer."""
    shop = plan.text("shop")
    yield say(
        plan,
        "offers",
        ("{shop}现在有这些优惠：",) if shop else ("现在有这些优惠：",),
        ("{shop} has these offers at the moment:",)
        if shop
        else ("These offers are on at the moment:",),
        shop=shop,
    )
    for offer in plan.texts("offers")[:5]:
        yield f"\n- {offer}"
    for sentence in coupons(plan):
        yield f"\n- {sentence}"


def no_promotion(plan: Plan) -> Iterator[str]:
    """Say that nothing is on offer, without making one up."""
    yield say(
        plan,
        "none",
        (
            "目前没有进行中的优惠，页面上的价格就是实际价格。",
            "现在没有可用的优惠券，我也不能另外承诺折扣。",
        ),
        (
            "There is no offer at the moment; the price on the page is what it costs.",
            "No coupon can be used right now, and I can't promise a discount.",
        ),
    )


def in_stock(plan: Plan, state: str, options: str) -> Iterator[str]:
    """Yield how a product stands in stock."""
    left = plan.count("left")
    which = (
        f"{product(plan)}{'（' + options + '）' if options else ''}"
        if plan.chinese
        else (f"{product(plan)}{' in ' + options if options else ''}")
    )
    if state == "in":
        yield say(
            plan,
            "in",
            ("{which}有货。", "有的，{which}现在有货。"),
            ("{which} is in stock.", "Yes, {which} is in stock."),
            which=which,
        )
    elif state == "low":
        yield say(
            plan,
            "low",
            ("{which}还有 {left} 件。", "{which}只剩 {left} 件了。"),
            ("Only {left} left of {which}.", "There are {left} of {which} left.")
            if left != 1
            else ("There is just one {which} left.", "{which}: only 1 left."),
            which=which,
            left=str(left),
        )
    elif state == "out":
        yield say(
            plan,
            "out",
            ("{which}现在缺货。", "{which}暂时卖完了。"),
            ("{which} is out of stock.", "{which} is sold out at the moment."),
            which=which,
        )
    else:
        yield say(
            plan,
            "unknown",
            ("{which}的库存我查不到。",),
            ("I can't see the stock of {which}.",),
            which=which,
        )


def stock(plan: Plan) -> Iterator[str]:
    """Say whether it is there, how many if few, and what there is instead."""
    yield from in_stock(plan, plan.text("state"), plan.text("options"))
    others = plan.texts("others")
    if others:
        yield say(
            plan,
            "others",
            ("有货的还有{list}。", "{list}都还有货。"),
            ("In stock are {list}.", "You can still have {list}."),
            list=listed(others, chinese=plan.chinese),
        )
    gone = plan.texts("gone")
    if gone:
        yield say(
            plan,
            "gone",
            ("{list}现在缺货。",),
            ("Sold out at the moment: {list}.",),
            list=listed(gone, chinese=plan.chinese),
        )
    if plan.text("state") == "out" and not others:
        yield say(
            plan,
            "alert",
            ("要到货提醒的话，可以在商品页登记。",),
            ("You can ask for an alert on the product page when it is back.",),
        )


def details(plan: Plan) -> Iterator[str]:
    """Tell about one product in a few words: price, facts, stock."""
    name = product(plan)
    if plan.text("price"):
        yield say(
            plan,
            "price",
            ("{name}，售价 {price}。", "{name}现在卖 {price}。"),
            ("{name} costs {price}.", "{name} is {price}."),
            name=name,
            price=plan.text("price"),
        )
    if plan.text("stock") == "in":
        yield say(plan, "there", ("现在有货。",), ("It is in stock.",))
    elif plan.text("stock"):
        yield from in_stock(plan, plan.text("stock"), "")
    for row in plan.rows("facts"):
        what, value = of(row, "attribute"), of(row, "value")
        if what and value:
            yield f"\n- {what}：{value}。" if plan.chinese else f"\n- {what}: {value}."


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "price": price,
    "details": details,
    "promotion": promotion,
    "no_promotion": no_promotion,
    "stock": stock,
}
