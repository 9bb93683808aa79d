"""Sizing: which size to take, by a body, by what is usually worn, and what is missing to tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shopguide.writing.phrasing import listed, named, quoted, say
from shopguide.writing.plan import Plan
from shopguide.writing.realiser.serving import ended
from shopguide.writing.realiser.telling import of, product, reasons
from shopguide.writing.realiser.weighing import review_quote


def sizing(plan: Plan) -> Iterator[str]:
    """Recommend a size, with its reason, and the neighbour where it is between two."""
    several = [named(one, chinese=plan.chinese) for one in plan.texts("names")]
    between = plan.texts("between")
    either = len(between) == 2
    size = plan.text("size")
    if several:
        yield say(
            plan,
            "of several",
            ("{names}建议您选 {size}。",),
            ("Of {names} I'd take {size}.",),
            names=listed(several, chinese=plan.chinese),
            size=size,
        )
    elif either:
        yield say(
            plan,
            "either",
            ("{first} 和 {second} 您都能穿。",),
            ("{first} and {second} would both fit.",),
            first=between[0],
            second=between[1],
        )
    else:
        yield say(
            plan,
            "size",
            ("建议您选 {size}。", "{size} 比较合适。"),
            ("I'd take {size}.", "{size} should fit."),
            size=size,
        )
    yield from reasons(plan)
    if either:
        yield say(
            plan,
            "between",
            ("喜欢宽松选 {second}，喜欢合身选 {first}。",),
            ("Take {second} if you like it roomy, {first} if you like it close.",),
            first=between[0],
            second=between[1],
        )


def between_sizes(plan: Plan) -> Iterator[str]:
    """Advise who wavers between two sizes, with what the chart says of each."""
    sizes = plan.texts("sizes")
    if len(sizes) != 2:
        return
    yield say(
        plan,
        "between",
        ("在 {first} 和 {second} 之间的话，喜欢宽松选 {second}，喜欢合身选 {first}。",),
        ("Between {first} and {second}, take {second} if you like it roomy and {first} if you "
         "like it close.",),
        first=sizes[0],
        second=sizes[1],
    )  # fmt: skip
    if told := plan.texts("reasons"):
        yield say(plan, "chart", ("店家的尺码表是这样写的：",), ("By the shop's chart:",))
        for one in told:
            yield f"\n- {ended(one, chinese=plan.chinese)}"


def sizes_converted(plan: Plan) -> Iterator[str]:
    """Tell what a size of another system is in the shop's chart."""
    rows = [(of(row, "what"), of(row, "value")) for row in plan.rows("rows")]
    if plan.chinese:
        told = "；".join(f"{what} 对应 {value} 码" for what, value in rows)
        yield f"按店家的尺码表，{told}。" if told else ""
    else:
        told = "; ".join(f"{what} is size {value}" for what, value in rows)
        yield f"By the shop's size chart, {told}." if told else ""


def usual_size(plan: Plan) -> Iterator[str]:
    """Say whether the size that is usually worn will do, by what is known of how it turns out."""
    yield say(
        plan,
        "has it",
        ("{product}有 {size} 码。",)
        if plan.text("size")[:1].isdigit()
        else ("{product}有 {size}。",),
        ("{product} comes in {size}.",),
        product=product(plan),
        size=plan.text("size"),
    )
    yield say(
        plan,
        "written",
        ("店家写着：{text}",),
        ("The shop writes: {text}",),
        text=quoted(plan.text("text")) if plan.text("text") else "",
    )
    for row in plan.rows("quotes")[:2]:
        yield review_quote(plan, row)
    if plan.says("unsaid"):
        yield say(
            plan,
            "unsaid",
            ("偏大还是偏小，店家和买家都没有提到，按平时的码选就行。",),
            ("Neither the shop nor any buyer says that it runs small or large, so I'd keep to "
             "your usual size.",),
        )  # fmt: skip
    if told := plan.texts("reasons"):
        yield say(
            plan,
            "chart",
            ("尺码表上，{told}，可以再对一下。",),
            ("The chart says {told}, if you want to check.",),
            told="；".join(told) if plan.chinese else "; ".join(told),
        )


def sizing_unknown(plan: Plan) -> Iterator[str]:
    """Say what is missing to recommend a size."""
    needs = plan.texts("needs")
    if plan.says("unsaid"):
        yield say(
            plan,
            "unsaid",
            ("{product}偏大还是偏小，店家没有写明，买家评价里也没人提到。",),
            ("Neither the shop nor any buyer says whether {product} runs small or large.",),
            product=product(plan),
        )
    if sizes := plan.texts("sizes"):
        yield say(
            plan,
            "sizes",
            ("店家只列了这些尺码：{list}，没有和别国尺码的对照，我不随便换算。",),
            ("The shop lists {list} and no table for other systems, so I won't convert by guess.",),
            list=listed(sizes, chinese=plan.chinese),
        )
    if needs:
        yield say(
            plan,
            "needs",
            ("告诉我您的{list}，我按尺码表帮您对。",),
            ("Tell me your {list} and I'll check the size chart.",),
            list=listed(needs, chinese=plan.chinese),
        )
    else:
        yield say(
            plan,
            "none",
            ("{product}没有尺码表，我不敢乱推荐尺码。",),
            ("There is no size chart for {product}, so I'd rather not guess a size.",),
            product=product(plan),
        )
        yield say(plan, "ask", ("要我帮您问一下店家吗？",), ("Shall I ask the shop for you?",))


def sizing_none(plan: Plan) -> Iterator[str]:
    """Say that none of the sizes fits, and which there are."""
    yield say(
        plan,
        "none",
        ("{product}没有适合您的尺码。", "按您说的，{product}的尺码都不合适。"),
        ("None of the sizes of {product} would fit.", "{product} doesn't come in your size."),
        product=product(plan),
    )
    for reason in plan.texts("reasons")[:2]:
        yield ended(reason, chinese=plan.chinese)
    sizes = plan.texts("sizes")
    if sizes:
        yield say(
            plan,
            "sizes",
            ("现有尺码：{list}。",),
            ("It comes in {list}.",),
            list=listed(sizes, chinese=plan.chinese),
        )


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "sizing": sizing,
    "sizing_unknown": sizing_unknown,
    "sizing_none": sizing_none,
    "between_sizes": between_sizes,
    "sizes_converted": sizes_converted,
    "usual_size": usual_size,
}
