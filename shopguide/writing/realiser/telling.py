"""Telling about products: facts, prices, stock, fit, comparison, what buyers say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from shopguide.writing.phrasing import filled, named, quoted, say
from shopguide.writing.plan import Plan

Row = Mapping[str, object]


def of(row: Row, name: str) -> str:
    """Return a field of a record as text."""
    value = row.get(name)
    return str(value) if isinstance(value, str | int | float) else ""


def number(row: Row, name: str) -> int:
    """Return a count of a record."""
    value = row.get(name)
    return value if isinstance(value, int) else 0


def product(plan: Plan) -> str:
    """Return the product's name as a sentence holds it, or what stands for it."""
    name = plan.text("product")
    if name:
        return named(name, chinese=plan.chinese)
    return "这款" if plan.chinese else "it"


def _owner(plan: Plan) -> str:
    """Return the product as the owner of a fact: 「…」的, "its", "the … has"."""
    name = plan.text("product")
    return f"{named(name, chinese=True)}的" if name else "这款的"


def pairs(plan: Plan, name: str) -> list[str]:
    """Return facts as "Weight 180 g" in one list."""
    join = "" if plan.chinese else " "
    found = []
    for row in plan.rows(name):
        what, value = of(row, "attribute"), of(row, "value")
        if what and value:
            found.append(
                filled("{a}" + join + "{b}", {"a": what, "b": value}, chinese=True)
                if plan.chinese
                else f"{what.lower()} {value}"
            )
    return found


def attribute(plan: Plan) -> Iterator[str]:
    """Answer what one fact is."""
    english: tuple[str, ...] = (
        ("{product}: {attribute} {value}.", "The {lower} of {product} is {value}.")
        if plan.text("product")
        else ("Its {lower} is {value}.", "{attribute}: {value}.")
    )
    what = plan.text("attribute")
    if _is_several(what):
        english = tuple(re.sub(r"(lower}(?: of {product})?) is", r"\1 are", one) for one in english)
    yield say(
        plan,
        "value",
        ("{owner}{attribute}是{value}。", "{owner}{attribute}：{value}。"),
        english,
        owner=_owner(plan),
        product=product(plan),
        attribute=what,
        lower=what if what[:2].isupper() else what[:1].lower() + what[1:],
        value=plan.text("value"),
    )
    more = pairs(plan, "more")
    if more:
        yield say(
            plan,
            "more",
            ("另外，{list}。",),
            ("Also: {list}.",),
            list="，".join(more) if plan.chinese else ", ".join(more),
        )
    yield from written(plan)
    if plan.text("source"):
        yield say(
            plan,
            "source",
            ("（信息来自{source}）",),
            ("(From {source}.)",),
            source=plan.text("source"),
        )


def _is_several(name: str) -> bool:
    """Tell whether a fact's English name is of several: "Colours", but not "Thickness"."""
    return name.endswith("s") and not name.endswith(("ss", "us", "is"))


def states_so(plan: Plan) -> Iterator[str]:
    """Say yes or no as the shop states it, of a fact by its name or of words of its title."""
    no = plan.text("verdict") == "no"
    words = ("、" if plan.chinese else ", ").join(plan.texts("words"))
    if words:
        yield say(
            plan,
            "titled",
            ("是的，{product}的标题里写明了：{words}。",),
            ("Yes: the title of {product} says “{words}”.",),
            product=product(plan),
            words=words,
        )
        return
    what = plan.text("attribute")
    yield say(
        plan,
        "flag",
        ("{product}：{attribute}，店家写的是“否”。",) if no
        else ("{product}：{attribute}，店家写的是“是”。",),
        ("No: for {product} the shop states “{lower}: no”.",) if no
        else ("Yes: for {product} the shop states “{lower}: yes”.",),
        product=product(plan),
        attribute=what,
        lower=what if what[:2].isupper() else what[:1].lower() + what[1:],
    )  # fmt: skip


def attribute_unknown(plan: Plan) -> Iterator[str]:
    """Quote the sentence that comes closest, else say that it is not stated; offer to ask."""
    if plan.text("nearest"):
        yield from closest(plan)
        return
    if not plan.text("attribute"):
        yield say(
            plan,
            "unstated",
            ("这一点{product}没有写明，我不能乱说。", "{product}没有写明这一点，我不想乱猜。"),
            ("The shop doesn't state that for {product}, and I won't guess.",
             "I don't find that stated for {product}, and I'd rather not guess."),
            product=product(plan),
        )  # fmt: skip
    yield say(
        plan,
        "unknown",
        (
            "{owner}{attribute}，店家没有写明，我不能乱说。",
            "{product}没有标注{attribute}，我不想乱猜。",
        ),
        (
            "The shop doesn't state the {lower} of {product}, and I won't guess.",
            "I don't know the {lower} of {product}: the page doesn't say.",
        ),
        owner=_owner(plan),
        product=product(plan),
        attribute=plan.text("attribute"),
        lower=plan.text("attribute").lower(),
    )
    yield say(
        plan,
        "ask",
        ("要我帮您问一下店家吗？", "需要的话，我可以转给店家确认。"),
        ("Shall I ask the shop for you?", "I can pass the question on to the shop."),
    )


def closest(plan: Plan) -> Iterator[str]:
    """Quote the sentence nearest to the question; whether it answers is for the reader to judge."""
    yield say(
        plan,
        "closest",
        ("{product}的页面上，跟这个最相关的一句是：{text}",),
        ("The closest the page of {product} comes to that: {text}",),
        product=product(plan),
        text=quoted(plan.text("nearest")),
    )
    yield say(
        plan,
        "further",
        ("更多的店家没有写明，要我帮您问一下吗？", "要是还不够清楚，我可以帮您问店家。"),
        ("More than that isn't stated; shall I ask the shop?",
         "If that leaves it open, I can ask the shop for you."),
    )  # fmt: skip


def nearest(plan: Plan) -> Iterator[str]:
    """Quote the nearest thing that a page says, where it does not answer outright."""
    yield say(
        plan,
        "nearest",
        ("页面上最接近的一句是：{text}", "页面上相关的是这一句：{text}"),
        ("The nearest thing the page says: {text}", "What the page says near that: {text}"),
        text=quoted(plan.text("nearest")) if plan.text("nearest") else "",
    )


def unsaid(plan: Plan) -> Iterator[str]:
    """Say of which measure nothing is stated."""
    yield say(
        plan,
        "unsaid",
        ("{unsaid}合不合适，店家没有写明。",),
        ("Whether {unsaid} will do isn't stated.",),
        unsaid=plan.text("unsaid"),
    )


def written(plan: Plan) -> Iterator[str]:
    """Quote what the shop writes of it, beside a fact or a verdict."""
    yield say(
        plan,
        "quote",
        ("介绍里写着：{text}",),
        ("It writes: {text}",),
        text=quoted(plan.text("text")) if plan.text("text") else "",
    )


def listed_as(plan: Plan) -> Iterator[str]:
    """Tell the features that the shop lists of what was asked, and what it writes of it."""
    yield from unsaid(plan)
    yield say(
        plan,
        "listed",
        ("{product}标注的相关特点：{features}。",),
        ("What the shop lists for {product}: {features}.",),
        product=product(plan),
        features=plan.text("features"),
    )
    yield from written(plan)


HAS_IT = (
    ("是的，{purpose}。", "有的，{purpose}。"),
    ("Yes: {purpose}.", "Yes, that is stated: {purpose}."),
)


def suitability(plan: Plan) -> Iterator[str]:
    """Say whether it suits, and by which facts."""
    verdict, purpose = plan.text("verdict"), plan.text("purpose")
    said: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
        "yes": (
            ("适合{purpose}。", "可以的，适合{purpose}。"),
            ("Yes, it suits {purpose}.", "Yes, it is made for {purpose}."),
        ),
        "no": (
            ("不太适合{purpose}。", "{purpose}的话，这款不合适。"),
            ("I wouldn't choose it for {purpose}.", "It isn't meant for {purpose}."),
        ),
        "partly": (
            ("部分适合{purpose}。", "{purpose}的话，有几点要留意。"),
            ("Partly: for {purpose} there are a few things to know.",),
        ),
    }
    chinese, english = said.get(
        verdict,
        (
            ("是否适合{purpose}，店家没有写明，我不能打包票。",),
            ("The shop doesn't say whether it suits {purpose}, so I can't promise that.",),
        ),
    )
    if verdict in ("yes", "no") and plan.says("limit") and plan.texts("reasons"):
        yield _by_limit(plan, verdict)
        return
    if verdict == "yes" and plan.says("feature"):
        chinese, english = HAS_IT
    if verdict not in said and plan.says("feature"):
        chinese = ("是否{purpose}，店家没有写明，我不能打包票。",)
        english = ("The shop doesn't say whether it is {purpose}, so I can't promise that.",)
    yield say(plan, "verdict", chinese, english, purpose=purpose)
    yield from reasons(plan)
    yield from written(plan)
    yield from nearest(plan)


def _by_limit(plan: Plan, verdict: str) -> str:
    """Say yes or no together with what decides it: "Yes: waterproof"."""
    told = [one.strip().rstrip("。.") for one in plan.texts("reasons")[:4]]
    return say(
        plan,
        "limit",
        ("可以，{product}写明了：{told}。",) if verdict == "yes"
        else ("不行，{product}写明了：{told}。",),
        ("Yes, by what is stated of {product}: {told}.",) if verdict == "yes"
        else ("No, by what is stated of {product}: {told}.",),
        product=product(plan),
        told=("，" if plan.chinese else ", ").join(told),
    )  # fmt: skip


def reasons(plan: Plan) -> Iterator[str]:
    for reason in plan.texts("reasons")[:4]:
        text = reason.strip()
        if text:
            end = (
                ""
                if text.endswith(("。", ".", "！", "!", "？", "?"))
                else "。"
                if plan.chinese
                else "."
            )
            yield text + end


def compatibility(plan: Plan) -> Iterator[str]:
    """Say whether two things go together, and why."""
    name = plan.text("other")
    other = named(name, chinese=plan.chinese) if name else "它" if plan.chinese else "that"
    said: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
        "yes": (
            ("可以，{product}能配{other}用。", "能用，{product}和{other}是匹配的。"),
            ("Yes, {product} works with {other}.", "Yes, {product} and {other} go together."),
        ),
        "no": (
            ("不行，{product}和{other}不匹配。", "{product}配不了{other}。"),
            ("No, {product} doesn't work with {other}.", "{product} and {other} don't match."),
        ),
    }
    within: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
        "yes": (("可以，{product}放得下{other}。",), ("Yes, {product} has room for {other}.",)),
        "no": (("{product}放不下{other}。",), ("No, {product} has no room for {other}.",)),
        "unknown": (
            ("{product}放不放得下{other}，店家没有写明，我不能确定。",),
            ("Whether {product} has room for {other}, the shop doesn't say.",),
        ),
    }
    chinese, english = (within if plan.says("holds") else said).get(
        plan.text("verdict"),
        (
            ("{product}能不能配{other}，资料里没有写明，我不能确定。",),
            ("I can't tell whether {product} works with {other}: the shop doesn't say.",),
        ),
    )
    yield say(plan, "verdict", chinese, english, product=product(plan), other=other)
    yield from reasons(plan)
    yield from nearest(plan)


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "attribute": attribute,
    "attribute_unknown": attribute_unknown,
    "states_so": states_so,
    "listed_as": listed_as,
    "suitability": suitability,
    "compatibility": compatibility,
}
