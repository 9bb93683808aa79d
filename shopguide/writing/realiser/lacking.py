"""Lacking: what nothing is stated to be, what is not sold, what comes nearest, nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from shopguide.writing.phrasing import counted, filled, listed, named, quoted, say
from shopguide.writing.plan import Plan
from shopguide.writing.realiser.finding import MOST_TOLD, products
from shopguide.writing.realiser.telling import of


def nearest(plan: Plan) -> Iterator[str]:
    """Say that nothing fits in all, and offer what comes nearest."""
    yield say(
        plan,
        "nearest",
        (
            "完全符合的没有。不限“{without}”的话，接近的有这些：",
            "没有全部符合的。“{without}”放宽一下，可以看看：",
        ),
        (
            "Nothing fits all of that. Without “{without}”, these come nearest:",
            "I have nothing with all of that. Leaving “{without}” aside, there is this:",
        ),
        without=plan.text("without"),
    )
    yield from products(plan)


def unstated(plan: Plan) -> Iterator[str]:
    """Say that nobody states what was remarked, and offer others of the kind, or the same."""
    yield say(
        plan,
        "unstated",
        ("“{words}”这一点，这几款都没有写明，我没法按它来挑。",),
        ("None of them says anything on “{words}”, so I can't choose by that.",),
        words=plan.text("words"),
    )
    other = plan.says("other")
    yield say(
        plan,
        "other" if other else "same",
        ("除了刚才的，还有这几款可以比较：",) if other else ("其他条件符合的有这些：",),
        ("Besides those, there are these to compare:",)
        if other
        else ("These fit the rest of what you asked for:",),
    )
    yield from products(plan)


def unborne(plan: Plan) -> Iterator[str]:
    """Own up to wishes that nothing of what was offered is stated to fulfil."""
    one = plan.count("count") == 1
    if likings := plan.texts("likings"):
        yield say(
            plan,
            "likings",
            ("不过从店家写的来看，{this}都和{list}没有关系。",),
            ("{this} has to do with {list}, though, as far as the shops say.",),
            this=("它" if plan.chinese else "Nothing in it")
            if one
            else ("这几款" if plan.chinese else "None of these"),
            list=listed(likings, chinese=plan.chinese),
        )
    if people := plan.text("people"):
        yield say(
            plan,
            "people",
            ("写明够{people}个人用的，这里面没有。",),
            ("None of these is stated to be for {people} people.",),
            people=people,
        )
    if words := plan.texts("words"):
        yield say(
            plan,
            "words",
            ("{list}这一点，{this}的介绍里没有提到。",),
            ("On {list}, the shops' texts say nothing for {this}.",),
            this=("它" if plan.chinese else "it")
            if one
            else ("这几款" if plan.chinese else "these"),
            list=listed([quoted(one) for one in words], chinese=plan.chinese),
        )
    if denied := plan.texts("denied"):
        yield say(
            plan,
            "denied",
            ("{list}这一点，店家没有写明，我没法替您保证，介意的话下单前先问问店家。",),
            ("Whether {list} holds, the shops don't say; if it matters, ask before you order.",),
            list=listed([quoted(one) for one in denied], chinese=plan.chinese),
        )


def speaks_of(plan: Plan) -> Iterator[str]:
    """Quote what pages say that bears on a wish."""
    for place, row in enumerate(plan.rows("rows")):
        yield say(
            plan,
            f"page{place}",
            ("关于{words}，{name}的介绍里写着：{text}",)
            if not place
            else ("{name}写的是：{text}",),
            ("On {words}, the page of {name} says: {text}",)
            if not place
            else ("{name} says: {text}",),
            words=quoted(plan.text("words")),
            name=named(of(row, "name"), chinese=plan.chinese),
            text=quoted(of(row, "text")),
        )


def pages_say(plan: Plan) -> Iterator[str]:
    """Quote what pages say of something in which nothing can be set against each other."""
    yield say(
        plan,
        "pages",
        ("店家没有直接比较过这一点，介绍里写的是：",),
        ("The shops don't set them against each other in that; what their pages say:",),
    )
    for place, row in enumerate(plan.rows("rows")):
        yield "\n- " + say(
            plan,
            f"page{place}",
            ("{name}：{text}",),
            ("{name}: {text}",),
            name=named(of(row, "name"), chinese=plan.chinese),
            text=quoted(of(row, "text")),
        )


def not_sold(plan: Plan) -> Iterator[str]:
    """Say that a kind of thing is not sold here, and offer others of its use."""
    yield say(
        plan,
        "not sold",
        ("这里没有{wish}，同类的{kind}有这些：", "这里没有{wish}。{use}用得上的有这些："),
        (
            "We have no {wish} here. Of other {kind} there is this:",
            "We have no {wish} here. For {use} there is this:",
        ),
        wish=plan.text("wish"),
        kind=plan.text("kind"),
        use=plan.text("use") if plan.chinese else plan.text("use").lower(),
    )
    yield from products(plan)


def not_named(plan: Plan) -> Iterator[str]:
    """Say that nothing is called what is looked for, and offer what comes nearest."""
    if not plan.rows("products"):
        yield say(
            plan,
            "not here",
            ("这里没有卖{wish}的。", "{wish}这里没有卖的。"),
            (
                "I'm afraid nothing here is called “{wish}”.",
                "There is no “{wish}” in the shops here.",
            ),
            wish=plan.text("wish"),
        )
        return
    yield say(
        plan,
        "not named",
        ("这里没有叫“{wish}”的商品，比较接近的是这几款：",),
        ("Nothing here is called “{wish}”. What comes nearest:",),
        wish=plan.text("wish"),
    )
    yield from products(plan)


def ways_on(plan: Plan) -> Iterator[str]:
    """Yield what giving one wish up would bring; there is always a way on."""
    ways = [row for row in plan.rows("ways") if of(row, "without")]
    for row in ways[:MOST_TOLD]:
        count = row.get("count")
        many = count if isinstance(count, int) else 0
        yield "\n- " + filled(
            ("去掉“{without}”，就有 {count} 款。" if many else "可以去掉“{without}”再找。")
            if plan.chinese
            else (
                "Without “{without}” there are {counted}."
                if many != 1
                else "Without “{without}” there is {counted}."
            ),
            {
                "without": of(row, "without"),
                "count": f"{many:,}",
                "counted": counted(many, "product"),
            },
            chinese=plan.chinese,
        )
    if not ways:
        examples = plan.texts("examples")[:3]
        if examples:
            yield say(
                plan,
                "instead",
                ("要不要看看{list}？", "可以试试{list}。"),
                ("Would you like to look at {list} instead?", "You could try {list}."),
                list=listed(examples, chinese=plan.chinese, word="或" if plan.chinese else "or"),
            )
        else:
            yield say(
                plan,
                "else",
                ("换个说法，或者少一个条件，我再帮您找找。",),
                ("Try other words or one wish fewer, and I'll look again.",),
            )


def nothing_found(plan: Plan) -> Iterator[str]:
    """Say that nothing fits, and how it could go on."""
    wish = plan.text("wish")
    if wish:
        yield say(
            plan,
            "none",
            ("没有找到完全符合“{wish}”的商品。", "“{wish}”暂时没有合适的。"),
            ("I couldn't find anything for “{wish}”.", "Nothing here fits “{wish}” just now."),
            wish=wish,
        )
    else:
        yield say(
            plan, "none", ("没有找到符合条件的商品。",), ("I couldn't find anything that fits.",)
        )
    if plan.text("least"):
        yield say(
            plan,
            "least",
            ("这一类里价格低的从 {least} 起。", "这类商品 {least} 起。"),
            ("They begin at {least} here.", "Prices for these begin at {least}."),
            least=plan.text("least"),
        )
        ways = [
            row for row in plan.rows("ways") if not of(row, "without").startswith(("≤", "¥", "$"))
        ]
        plan = replace(plan, facts={**plan.facts, "ways": ways, "examples": []})
        if not ways:
            return
    yield from ways_on(plan)


def at_the_edge(plan: Plan) -> Iterator[str]:
    """Say that nothing lies below or above what was shown, and what comes first in that order."""
    if plan.text("side") == "dearer":
        yield say(
            plan,
            "dearer",
            ("再往上没有了。按价格从高到低，先看这几款：",),
            ("Nothing above that fits. From the top of the price range down:",),
        )
    else:
        yield say(
            plan,
            "cheaper",
            (
                "再往下没有了。按价格从低到高，先看这几款：",
                "更低的价位没有合适的。从低到高是这几款：",
            ),
            (
                "Nothing below that fits. By price, these come first:",
                "I have nothing below that. By price, these come first:",
            ),
        )
    yield from products(plan)


def no_more(plan: Plan) -> Iterator[str]:
    """Say that all has been shown."""
    yield say(
        plan,
        "all",
        ("符合条件的已经都给您看过了。", "这个条件下没有别的了。"),
        ("You've seen everything that fits.", "There are no others that fit."),
    )
    yield from ways_on(plan)


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "nearest": nearest,
    "unstated": unstated,
    "unborne": unborne,
    "speaks_of": speaks_of,
    "pages_say": pages_say,
    "not_sold": not_sold,
    "not_named": not_named,
    "nothing_found": nothing_found,
    "at_the_edge": at_the_edge,
    "no_more": no_more,
}
