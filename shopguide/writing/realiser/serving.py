"""Serving: policies, the cart, what is to be confirmed and what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shopguide.writing.phrasing import capital, ended, listed, named, say, whole
from shopguide.writing.plan import Plan
from shopguide.writing.realiser.telling import of


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


def keeps(plan: Plan) -> Iterator[str]:
    """Say that a thing stays as it is, and of which the talk goes on."""
    there = listed([named(one, chinese=plan.chinese) for one in plan.texts("kept")],
                   chinese=plan.chinese)  # fmt: skip
    left = listed([named(one, chinese=plan.chinese) for one in plan.texts("left")],
                  chinese=plan.chinese)  # fmt: skip
    if there:
        yield say(plan, "kept", ("好的，{list}不动。",), ("All right, {list} stays as it is.",),
                  list=there)  # fmt: skip
    if left:
        yield say(plan, "left", ("那就只办{list}：退货还是换货？",),
                  ("So it is about {list}: send it back, or exchange it?",), list=left)  # fmt: skip


def not_among(plan: Plan) -> Iterator[str]:
    """Say that what was asked for by name is not among what the shop has written."""
    yield say(
        plan,
        "not named",
        ("您问的不在其中。",),
        ("What you asked about is not among them.",),
    )


def unanswered(plan: Plan) -> Iterator[str]:
    """Name what of several questions nothing tells, in the words it was asked in; offer to ask."""
    between = "”、“" if plan.chinese else "”, “"
    yield say(
        plan,
        "unanswered",
        ("至于“{asked}”，这一点没有写明，我不想乱说。要我转给店里的同事吗？",),
        ("As to “{asked}”: that isn't stated, and I won't guess. Shall I pass it on to the shop?",),
        asked=between.join(plan.texts("asked")),
    )


def unwritten(plan: Plan) -> Iterator[str]:
    """Say that a shop has not written of a topic; offer to ask."""
    chinese, english = _TOPICS.get(plan.text("topic"), _TOPICS[""])
    yield say(plan, "unwritten", (chinese,), (english,), shop=plan.text("shop"))
    yield say(
        plan,
        "ask",
        ("要我帮您问一下店里的同事吗？",),
        ("Shall I ask somebody at the shop?",),
    )


_TOPICS = {
    "": ("这一点{shop}没有写明。", "{shop} does not state that."),
    "payment": ("可以用哪些方式付款，{shop}没有写明。",
                "{shop} does not state which ways to pay it takes."),
    "invoicing": ("这种发票能不能开，{shop}没有写明。",
                  "{shop} does not state whether it writes such invoices."),
    "wrapping": ("能不能包成礼物，{shop}没有写明。",
                 "{shop} does not state whether it wraps things as a gift."),
}  # fmt: skip


def aspects(plan: Plan) -> Iterator[str]:
    """Say what is known of an aspect; offer to ask the shop for the rest."""
    yield from whole(plan, "says")
    if plan.facts.get("person") is True:
        yield say(
            plan,
            "person",
            ("要我帮您问一下店里的同事吗？", "需要的话，我请店里的同事给您一个准话。"),
            ("Shall I ask somebody at the shop?", "If you like, I can ask the shop's people."),
        )


def by_warranty(plan: Plan) -> Iterator[str]:
    """Say what a warranty still gives for a fault, and who sees to it."""
    yield from whole(plan, "says")
    yield say(
        plan,
        "next",
        ("接下来由店里的同事核对后办理，要我现在转给他们吗？",),
        ("The shop's people check it and see to the rest. Shall I pass it on to them now?",),
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
        ("跟您确认一下：{what}。", "这就要{what}，请您确认："),
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
    "keeps": keeps,
    "not_among": not_among,
    "unanswered": unanswered,
    "unwritten": unwritten,
    "by_warranty": by_warranty,
    "pages": pages,
    "sign_in_needed": sign_in_needed,
    "cart_added": cart_added,
    "confirm": confirm,
    "done": done,
    "kept": kept,
    "declined": declined,
    "account": account,
    "failed": failed,
}
