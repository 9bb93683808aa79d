"""Choosing: which of several is first in one thing, what it is made in, what goes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from shopguide.writing.phrasing import listed, named, quoted, say
from shopguide.writing.plan import Plan
from shopguide.writing.realiser.finding import products
from shopguide.writing.realiser.telling import Row, of, unsaid


def names(plan: Plan, name: str = "names") -> str:
    """Return names of products as a list."""
    shown = [named(one, chinese=plan.chinese) for one in plan.texts(name)]
    return listed(shown, chinese=plan.chinese)


def first(plan: Plan) -> str:
    """Return the product that is first, or those that are."""
    return names(plan) or named(plan.text("product"), chinese=plan.chinese)


def with_values(rows: Sequence[Row], *, chinese: bool) -> str:
    """Return products with a value each: 「甲」 5 小时，「乙」 3 小时."""
    told = [
        f"{named(of(row, 'name'), chinese=chinese)}{'' if chinese else ' '}{of(row, 'value')}"
        for row in rows
        if of(row, "name") and of(row, "value")
    ]
    return ("，" if chinese else "; ").join(told)


def first_of(plan: Plan) -> Iterator[str]:
    """Name the first with its value, then the others', then who states none.

    Nothing is the first of all where one of them states nothing: the values are told alone.
    """
    fact = plan.text("fact")
    value = plan.text("value")
    if fact:
        value = f"{fact} {value}" if plan.chinese else f"{fact.lower()} {value}"
    single = len(plan.texts("names")) < 2
    others = with_values(plan.rows("others"), chinese=plan.chinese)
    missing = names(plan, "missing")
    alone = bool(missing) and not others
    what = plan.text("what")
    if alone:
        yield say(
            plan,
            "alone",
            ("写明了的只有{name}：{value}。",),
            ("Only {name} states it: {value}.",),
            name=first(plan),
            value=value,
        )
    elif missing:
        yield say(
            plan,
            "as far as stated",
            ("写明了的是：{name}，{value}；{others}。",),
            ("Stated are {name}, {value}; {others}.",),
            name=first(plan),
            value=value,
            others=others,
        )
    else:
        yield say(
            plan,
            "first",
            ("比下来，{what}的是{name}：{value}。", "{what}的是{name}：{value}。"),
            ("{what}: {name}, {value}.",) if single else ("{what}: {name}, {value} each.",),
            what=what,
            name=first(plan),
            value=value,
        )
    if others and not missing:
        yield say(
            plan,
            "others",
            ("另外，{others}。", "其他的：{others}。"),
            ("The others: {others}.",) if len(plan.rows("others")) > 1
            else ("The other: {others}.",),
            others=others,
        )  # fmt: skip
    if missing:
        yield say(
            plan,
            "missing",
            ("{missing}没有写明。",),
            ("{missing} doesn't state it.",) if len(plan.texts("missing")) == 1
            else ("{missing} don't state it.",),
            missing=missing,
        )  # fmt: skip


def all_alike(plan: Plan) -> Iterator[str]:
    """Say that they are level."""
    yield say(
        plan,
        "alike",
        ("这一点{names}是一样的：{value}。",),
        ("They are level there: {names}, {value} each.",),
        names=names(plan),
        value=plan.text("value"),
    )


def stated_by(plan: Plan) -> Iterator[str]:
    """Say who states a feature or a purpose, where no number tells more."""
    missing = plan.texts("missing")
    said = "for" if plan.says("use") else "as"
    yield say(
        plan,
        "stated",
        ("写明适合“{what}”的是{names}。",) if plan.says("use") else ("写明“{what}”的是{names}。",),
        (f"{{names}} is the one listed {said} {{what}}.",) if len(plan.texts("names")) == 1
        else (f"{{names}} are listed {said} {{what}}.",),
        what=plan.text("what"),
        names=names(plan),
    )  # fmt: skip
    if missing:
        yield say(
            plan,
            "not stated",
            ("{missing}没有这样写。",),
            ("{missing} doesn't say so.",) if len(missing) == 1 else ("{missing} don't say so.",),
            missing=names(plan, "missing"),
        )


def all_state(plan: Plan) -> Iterator[str]:
    """Say that all state it, and nothing tells them apart."""
    fit, said = ("适合", "for") if plan.says("use") else ("", "as")
    all_of = "{names} are all" if len(plan.texts("names")) > 2 else "Both {names} are"
    yield say(
        plan,
        "all",
        (f"{{names}}都写明{fit}“{{what}}”，但没有数字可以分出高下。",),
        (f"{all_of} listed {said} {{what}}; nothing the shop states tells them apart.",),
        names=names(plan),
        what=plan.text("what"),
    )


def praised_for(plan: Plan) -> Iterator[str]:
    """Name the one that most buyers praise for it, by their count."""
    yield say(
        plan,
        "praised",
        ("论{what}，买家夸得更多的是{name}：{value}。",),
        ("For {what}, buyers praise {name} more often: {value}.",),
        what=plan.text("what"),
        name=first(plan),
        value=plan.text("value"),
    )
    if others := with_values(plan.rows("others"), chinese=plan.chinese):
        yield say(
            plan, "others", ("另外，{others}。",), ("For the others: {others}.",), others=others
        )


def picked(plan: Plan) -> Iterator[str]:
    """Choose one, with the reasons there are."""
    reasons = [
        one
        for one in (
            plan.text("price"),
            plan.text("stars"),
            plan.text("features"),
        )
        if one
    ]
    yield say(
        plan,
        "picked",
        ("要我选的话，我选{name}：{reasons}。", "我会选{name}：{reasons}。"),
        ("I'd go for {name}: {reasons}.", "My pick would be {name}: {reasons}."),
        name=first(plan),
        reasons=("，" if plan.chinese else ", ").join(reasons),
    )
    if cheaper := plan.text("cheaper"):
        yield say(
            plan,
            "cheaper",
            ("想省一点，就选{name}，{price}。",),
            ("If you'd rather spend less, {name} is {price}.",),
            name=named(cheaper, chinese=plan.chinese),
            price=plan.text("cheaper_price"),
        )


def first_unknown(plan: Plan) -> Iterator[str]:
    """Say that nothing stated decides it; then what buyers think."""
    word, count = plan.text("word"), plan.count("count")
    chinese = (
        ("哪款更{word}，店家都没有写明，我不能乱说。",)
        if word
        else ("这一点店家都没有写明，我不能乱说。",)
    )
    english = (
        ("None of the shops says which is {word}, so I can't tell for sure.",)
        if word
        else ("What the shops state doesn't tell which is first there, so I won't guess.",)
    )
    if count == 1:
        chinese = ("这一点店家没有写明，我不能乱说。",)
        english = ("The shop doesn't say, and I won't guess.",)
    matter = plan.text("matter")
    if matter and count > 1:
        chinese = ("{matter}这几款都没有写明，比不出来，我不能乱说。",)
        english = ("None of them states its {matter}, so I can't tell which comes first.",)
    yield say(plan, "unknown", chinese, english, word=word, matter=matter)
    if best := plan.text("best"):
        yield say(
            plan,
            "best",
            ("看买家评分的话，可以先看{best}：{stars}。",),
            ("By buyers' stars, {best} comes first: {stars}.",),
            best=named(best, chinese=plan.chinese),
            stars=plan.text("stars"),
        )


def not_made_in(plan: Plan) -> Iterator[str]:
    """Say that a thing does not come in a colour or size, and in what it does."""
    yield say(
        plan,
        "lacking",
        ("{name}没有{lacking}。",),
        ("{name} doesn't come in {lower}.",),
        name=named(plan.text("product"), chinese=plan.chinese),
        lacking=plan.text("lacking"),
        lower=plan.text("lacking").lower(),
    )
    yield say(
        plan,
        "others",
        ("现在有的是{others}。",),
        ("It comes in {others}.",),
        others=listed(plan.texts("others"), chinese=plan.chinese),
    )


def says_itself(plan: Plan) -> Iterator[str]:
    """Quote what the shop writes of a thing."""
    yield from unsaid(plan)
    name = named(plan.text("product"), chinese=plan.chinese)
    yield say(
        plan,
        "quote",
        ("{name}的介绍里写着：{text}",),
        ("The shop writes of {name}: {text}",),
        name=name,
        text=quoted(plan.text("text")),
    )


def goes_with(plan: Plan) -> Iterator[str]:
    """Offer what goes with a thing; first say what of it is not sold here."""
    yield say(
        plan,
        "lacking",
        ("{lacking}这里没有。",),
        ("I found no {lacking} here.",),
        lacking=listed(plan.texts("lacking"), chinese=plan.chinese),
    )
    name = named(plan.text("product"), chinese=plan.chinese)
    yield say(
        plan,
        "with",
        ("和{name}搭着，可以看看：", "配{name}的话，可以看看这几款：") if name
        else ("搭着用的，可以看看这几款：",),
        ("To go with {name}, have a look at these:",) if name
        else ("These could go with it:",),
        name=name,
    )  # fmt: skip
    yield from products(plan)


def nothing_beside(plan: Plan) -> Iterator[str]:
    """Say that no shop names anything beside it, and how to go on."""
    name = named(plan.text("product"), chinese=plan.chinese)
    it = "{name}" if name else ("它" if plan.chinese else "it")
    within, at = ("这个价位内，", " at that price") if plan.says("limit") else ("", "")
    yield say(
        plan,
        "nothing",
        (f"{within}店家没有写明什么和{it}搭配。想配哪一类的东西？告诉我，我来找。",),
        (f"The shop names nothing beside {it}{at}. Which kind of thing would you like with it?",),
        name=name,
    )


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "first_of": first_of,
    "all_alike": all_alike,
    "stated_by": stated_by,
    "all_state": all_state,
    "praised_for": praised_for,
    "picked": picked,
    "first_unknown": first_unknown,
    "not_made_in": not_made_in,
    "says_itself": says_itself,
    "goes_with": goes_with,
    "nothing_beside": nothing_beside,
}
