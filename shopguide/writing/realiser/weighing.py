"""Weighing up: products side by side, and what buyers say for and against."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from shopguide.writing.phrasing import counted, filled, listed, named, quoted, say
from shopguide.writing.plan import Plan
from shopguide.writing.realiser.telling import Row, nearest, number, of, product, unsaid


def compare(plan: Plan) -> Iterator[str]:
    """Compare: who wins in what, with both values; then the differences; then what is the same."""
    names = plan.texts("products") or [of(row, "name") for row in plan.rows("products")]
    for row in plan.rows("undecided")[:2]:
        yield _undecided(plan, row, len(names))
    shown = [named(name, chinese=plan.chinese) for name in names]
    short = called(names, chinese=plan.chinese)
    yield say(
        plan,
        "open",
        ("{list}的区别主要在这几点：", "帮您比了一下{list}："),
        ("Here is how {list} differ:", "I compared {list}:"),
        list=listed(shown, chinese=plan.chinese),
    )
    for row in plan.rows("winners")[:4]:
        name = _winning(row, names, short) or named(of(row, "product"), chinese=plan.chinese)
        wordings = (
            (
                ("\n- {what}：{name}，{value}，另一款 {other}。",),
                ("\n- {what}: {name}, {value} against {other}.",),
            )
            if of(row, "other")
            else (("\n- {what}：{name}，{value}。",), ("\n- {what}: {name}, {value}.",))
        )
        yield say(
            plan,
            "winner",
            *wordings,
            what=of(row, "what"),
            name=name,
            value=of(row, "value"),
            other=of(row, "other"),
        )
    for row in plan.rows("differences")[:6]:
        yield _difference(plan, row, short)
    same = plan.texts("same")
    if same:
        yield "\n" + say(
            plan,
            "same",
            ("{list}是一样的。", "相同的是{list}。"),
            ("They share {list}.", "The same in both: {list}.")
            if len(names) == 2
            else ("They share {list}.",),
            list=listed(same, chinese=plan.chinese),
        )
    if not (plan.rows("winners") or plan.rows("differences") or same):
        yield say(
            plan,
            "nothing",
            ("页面上写明的信息里，我没看到区别。",),
            ("I see no difference in what the shop states.",),
        )


ORDINALS = {True: ("第一款", "第二款", "第三款", "第四款"),
            False: ("the first", "the second", "the third", "the fourth")}  # fmt: skip
# So many columns of text may the names of two things fill in each row; a Han character fills two.
BRIEF, WIDE = 72, 0x2E7F


def called(names: Sequence[str], *, chinese: bool) -> list[str]:
    """Return what things are called row by row: by name, or by place where names are long or alike.

    Names that market sellers write fill a line each; two lines of them hide what differs.
    """
    width = sum(len(name) + sum(ord(sign) > WIDE for sign in name) for name in names)
    if len(set(names)) == len(names) and width <= BRIEF * len(names) / 2:
        return [named(name, chinese=chinese) for name in names]
    return list(ORDINALS[chinese][: len(names)])


def _winning(row: Row, names: Sequence[str], short: Sequence[str]) -> str:
    """Return what the winner of a row is called; "" where its name alone does not tell which."""
    name = of(row, "product")
    place = row.get("place")
    if isinstance(place, int) and 0 <= place < len(short):
        return short[place]
    return short[names.index(name)] if names.count(name) == 1 and len(short) == len(names) else ""


def _undecided(plan: Plan, row: Row, count: int) -> str:
    """Say that what was asked cannot be told, because who does not state it."""
    missing, stated = row.get("missing"), row.get("stated")
    lacking = [str(one) for one in missing] if isinstance(missing, list) else []
    having = [one for one in stated if isinstance(one, dict)] if isinstance(stated, list) else []
    what = of(row, "what")
    if not having:
        return say(
            plan,
            "none states",
            ("{all}都没有写明{what}，比不出来。",) if count > 2
            else ("两款都没有写明{what}，比不出来。",),
            ("None of them states the {lower}, so I can't tell.",) if count > 2
            else ("Neither states its {lower}, so I can't tell.",),
            all=f"{count} 款", what=what, lower=what.lower(),
        )  # fmt: skip
    told = [_stated(one, chinese=plan.chinese) for one in having]
    return say(
        plan,
        "some state",
        ("{what}：{told}；{missing}没有写明，所以比不出来。",),
        ("{what}: {told}; {missing} doesn't state it, so I can't tell.",)
        if len(lacking) == 1
        else ("{what}: {told}; {missing} don't state it, so I can't tell.",),
        what=what,
        told=("，" if plan.chinese else ", ").join(told),
        missing=listed([named(one, chinese=plan.chinese) for one in lacking], chinese=plan.chinese),
    )


def _stated(row: Row, *, chinese: bool) -> str:
    name = named(of(row, "name"), chinese=chinese)
    return filled(
        "{name}{value}" if chinese else "{name} {value}",
        {"name": name, "value": of(row, "value")},
        chinese=chinese,
    )


def _difference(plan: Plan, row: Row, shown: list[str]) -> str:
    values = row.get("values")
    found = [str(one) for one in values] if isinstance(values, list | tuple) else []
    unknown = "未写明" if plan.chinese else "not stated"
    gap = "" if plan.chinese else " "
    told = [
        f"{value or unknown} ({name})"
        if name in ORDINALS[False]
        else f"{name}{gap}{value or unknown}"
        for name, value in zip(shown, found, strict=False)
    ]
    colon, comma, stop = ("：", "，", "。") if plan.chinese else (": ", "; ", ".")
    return f"\n- {of(row, 'name')}{colon}{comma.join(told)}{stop}"


def review_digest(plan: Plan) -> Iterator[str]:
    """Say what buyers write: how many of how many, each aspect for and against, in their words."""
    if plan.says("named"):
        name = plan.text("product")
        yield f"\n{named(name, chinese=True)}：" if plan.chinese else f"\n{name}:"
    judged, positive, negative = (plan.count(one) for one in ("judged", "positive", "negative"))
    if not judged:
        yield from no_reviews(plan)
        return
    yield say(
        plan,
        "counts",
        (
            "{judged} 条评价里，{positive} 条满意，{negative} 条不满意。",
            "一共 {judged} 条写了字的评价：好评 {positive} 条，差评 {negative} 条。",
        ),
        ("Of {reviews}, {positive} {are} positive and {negative} negative.",)
        if judged != 1
        else ("There is 1 written review, {feeling}.",),
        judged=f"{judged:,}",
        positive=str(positive),
        negative=str(negative),
        are="is" if positive == 1 else "are",
        reviews=counted(judged, "written review"),
        feeling="positive" if positive else "negative" if negative else "mixed",
    )
    if plan.text("stars"):
        yield say(
            plan,
            "stars",
            ("平均 {stars} 星。",),
            ("The average is {stars} out of 5 stars.",),
            stars=plan.text("stars"),
        )
    for row in plan.rows("aspects")[:5]:
        yield _aspect(plan, row)
    for row in plan.rows("quotes")[:3]:
        yield review_quote(plan, row)


def _aspect(plan: Plan, row: Row) -> str:
    told = _counts(number(row, "good"), number(row, "bad"), chinese=plan.chinese)
    name = of(row, "name")
    return f"\n- {name}：{told}。" if plan.chinese else f"\n- {name}: {told}."


def _counts(good: int, bad: int, *, chinese: bool) -> str:
    """Return how many are in favour and against."""
    if chinese:
        told = [f"{good} 人说好"] if good else []
        return "，".join([*told, *([f"{bad} 人说不好"] if bad else [])])
    told = [f"{counted(good, 'buyer')} in favour"] if good else []
    told += [f"{bad} against" if good else f"{counted(bad, 'buyer')} against"] if bad else []
    return ", ".join(told)


def review_quote(plan: Plan, row: Row) -> str:
    author = of(row, "author")
    text = quoted(of(row, "text"))
    if plan.chinese:
        return filled(
            "\n{author}写道：{text}", {"author": author or "有买家", "text": text}, chinese=True
        )
    return f"\n{author or 'One buyer'} writes: {text}"


def rated(plan: Plan) -> Iterator[str]:
    """Say how many have rated it, and how on average."""
    count = plan.count("count")
    yield say(
        plan,
        "rated",
        ("{product}有 {count} 条评价，平均 {stars} 星。",
         "{product}平均 {stars} 星，一共 {count} 条评价。"),
        ("{product} has {counted}, {stars} stars on average.",
         "{product} averages {stars} stars over {counted}.")
        if count != 1
        else ("{product} has one review, of {stars} stars.",),
        product=product(plan),
        count=f"{count:,}",
        counted=counted(count, "review"),
        stars=plan.text("stars"),
    )  # fmt: skip


def no_reviews(plan: Plan) -> Iterator[str]:
    """Say that nobody has written yet."""
    yield say(
        plan,
        "none",
        ("{product}还没有买家写过评价。", "目前没有{product}的文字评价。"),
        ("Nobody has reviewed {product} yet.", "There are no written reviews of {product} yet."),
        product=product(plan),
    )


def mentioned(plan: Plan) -> Iterator[str]:
    """Say that the shop does not state it, and what buyers have written of it."""
    yield from unsaid(plan)
    said = (
        (
            ("店家没有写明这一点，不过有买家提到过：", "这一点页面上没有写，买家的评价里倒是有："),
            ("The shop doesn't state that, but buyers mention it:",
             "That isn't stated, but it comes up in reviews:"),
        ) if not (plan.says("named") or plan.text("nearest"))
        else (("{product}的买家提到过：",), ("Buyers of {product} mention it:",))
    )  # fmt: skip
    name = named(plan.text("product"), chinese=plan.chinese)
    yield from nearest(plan)
    yield say(plan, "unstated", *said, product=name)
    for row in plan.rows("quotes"):
        yield review_quote(plan, row)


def review_topic(plan: Plan) -> Iterator[str]:
    """Say what buyers write of one matter: how many for and against, and their own words."""
    good, bad = plan.count("good"), plan.count("bad")
    told = _counts(good, bad, chinese=plan.chinese)
    yield say(
        plan,
        "topic",
        ("关于{product}的{subject}，评价里{said}。",) if told
        else ("关于{product}的{subject}，评价里提到：",),
        ("On the {subject} of {product}: {said}.",) if told
        else ("Buyers of {product} mention the {subject}:",),
        product=product(plan),
        subject=plan.text("subject"),
        said=told,
    )  # fmt: skip
    for row in plan.rows("quotes")[:2]:
        yield review_quote(plan, row)


def unheard(plan: Plan) -> Iterator[str]:
    """Say that no review speaks of a matter, and in a line how the things are rated."""
    names = [named(one, chinese=plan.chinese) for one in plan.texts("names")]
    yield say(
        plan,
        "unheard",
        (
            "{names}的评价里都没提到{subject}。"
            if len(names) > 1
            else "{names}的评价里没提到{subject}。",
        ),
        ("The reviews of {names} don't mention the {subject}.",),
        names=listed(names, chinese=plan.chinese, word="" if plan.chinese else "or"),
        subject=plan.text("subject"),
    )
    rows = [(named(of(row, "name"), chinese=plan.chinese), of(row, "value"))
            for row in plan.rows("overall")]  # fmt: skip
    told = [f"{name}{'' if plan.chinese else ' '}{value}".strip() for name, value in rows]
    yield say(
        plan,
        "overall",
        ("总体评价：{told}。",),
        ("Overall: {told}.",),
        told=("，" if plan.chinese else "; ").join(told),
    )


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "compare": compare,
    "review_digest": review_digest,
    "no_reviews": no_reviews,
    "rated": rated,
    "review_topic": review_topic,
    "unheard": unheard,
    "mentioned": mentioned,
}
