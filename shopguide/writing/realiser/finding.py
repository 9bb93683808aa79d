"""Finding: results with count and reasons, what was given up, what comes to mind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from shopguide.writing.phrasing import counted, listed, named, quoted, say
from shopguide.writing.plan import Plan

MOST_TOLD = 3


def _of(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    return str(value) if isinstance(value, str | int | float) else ""


def products(plan: Plan, most: int = MOST_TOLD) -> Iterator[str]:
    """Yield the first products, a line each: name, price, why."""
    for row in plan.rows("products")[:most]:
        name, price, reason = _of(row, "name"), _of(row, "price"), _of(row, "reason").rstrip("。.")
        if not name:
            continue
        if plan.chinese:
            line = "\n- " + "，".join(
                one for one in (named(name, chinese=True), price, reason) if one
            )
            yield line + "。"
        else:
            priced = f"{name}, {price}" if price else name
            yield f"\n- {priced}{': ' + reason if reason else ''}."


IN_ORDER = {
    "price_asc": (("按价格从低到高，先看这几款：",), ("Sorted by price, low to high:",)),
    "price_desc": (("按价格从高到低，先看这几款：",), ("Sorted by price, high to low:",)),
    "rating": (("按评分从高到低，先看这几款：",), ("Sorted by rating:",)),
    "newest": (("按上架时间，先看最近的几款：",), ("Sorted by when they came in:",)),
}


def found(plan: Plan) -> Iterator[str]:
    """Yield how many fit, or that it is the one."""
    count, wish = plan.count("count"), plan.text("wish")
    if count != 1 and not wish and plan.text("order") in IN_ORDER:
        yield say(plan, "order", *IN_ORDER[plan.text("order")])
    elif count == 1:
        yield say(
            plan,
            "one",
            ("有一款符合您说的{wish}：", "正好找到一款：") if wish else ("找到一款：",),
            ("There is one that fits {wish}:", "I found one for {wish}:")
            if wish
            else ("I found one:", "There is one that fits:"),
            wish=wish,
        )
    elif not count:
        yield say(
            plan,
            "vague",
            ("跟“{wish}”最接近的是这几款：", "按“{wish}”找，先看这几款：")
            if wish
            else ("先看这几款：",),
            ("The closest to “{wish}”:", "For “{wish}”, have a look at these first:")
            if wish
            else ("Have a look at these first:",),
            wish=wish,
        )
    elif wish:
        yield say(
            plan,
            "wish",
            (
                "按“{wish}”找到 {count} 款，先看这几款：",
                "“{wish}”一共有 {count} 款，我先挑了这几款：",
                "符合“{wish}”的有 {count} 款，您可以先看看：",
            ),
            (
                "I found {counted} for “{wish}”. These come first:",
                "“{wish}”: {counted} fit. Here are the best matches:",
                "There are {counted} for “{wish}”; have a look at these first:",
            ),
            wish=wish,
            count=f"{count:,}",
            counted=counted(count, "product"),
        )
    else:
        yield say(
            plan,
            "count",
            ("找到 {count} 款，先看这几款：", "一共 {count} 款，我先挑了这几款："),
            (
                "I found {counted}. These come first:",
                "There are {counted}; have a look at these first:",
            ),
            count=f"{count:,}",
            counted=counted(count, "product"),
        )


def given_up(plan: Plan) -> str:
    """Tell which wishes could not be kept; nothing where all were."""
    relaxed = plan.texts("relaxed")
    return (
        say(
            plan,
            "relaxed",
            (
                "完全符合的没有，所以我放宽了{list}。",
                "说明一下：没有全部符合的，{list}这一条我放宽了。",
            ),
            (
                "Nothing fits everything you asked for, so I left out {list}.",
                "To be open about it: nothing matched fully, so I gave up {list}.",
            ),
            list=listed([quoted(one) for one in relaxed], chinese=plan.chinese),
        )
        if relaxed
        else ""
    )


def search_results(plan: Plan) -> Iterator[str]:
    """Say what was found, first what had to be given up."""
    yield given_up(plan)
    if plan.text("changed"):
        yield say(
            plan,
            "changed",
            ("好的，已经改成{changed}。", "明白，{changed}。"),
            ("All right: {changed}.", "Sure, {changed}."),
            changed=plan.text("changed"),
        )
    if ruled_out := plan.texts("ruled_out"):
        yield say(
            plan,
            "ruled out",
            ("明白，不要{list}；刚才这几款里本来就没有，还是先看它们：",),
            ("Understood, no {list}. None of these was one, so they still come first:",),
            list=listed(ruled_out, chinese=plan.chinese),
        )
    elif plan.says("still") and not plan.texts("relaxed"):
        yield say(
            plan,
            "still",
            ("按这个条件，先看的还是这几款：", "加上这一条，排在前面的还是这几款："),
            ("With that in mind, these still come first:", "That leaves the same ones in front:"),
        )
    else:
        yield from found(plan)
    yield from products(plan)
    if plan.count("count") > len(plan.rows("products")[:MOST_TOLD]) and plan.says("more"):
        yield "\n" + say(
            plan,
            "narrow",
            (
                "想再缩小范围的话，可以告诉我预算、用途或喜欢的颜色。",
                "预算、场合、材质，随便说一样，我就能挑得更准。",
            ),
            (
                "Tell me your budget, the occasion or a colour, and I'll choose more closely.",
                "A budget or a use would help me choose more closely.",
            ),
        )


def other_results(plan: Plan) -> Iterator[str]:
    """Offer others after "not interested", saying what is different now."""
    changed = plan.text("changed")
    if changed:
        yield say(
            plan,
            "other",
            ("好的，这几款不再给您看了，这次换成{changed}。", "明白，那我换个方向：{changed}。"),
            (
                "Fair enough, you won't see those again. This time: {changed}.",
                "Understood. Let me try something different: {changed}.",
            ),
            changed=changed,
        )
    else:
        yield say(
            plan,
            "other",
            ("好的，那我换几款给您看看：", "明白，换一批："),
            ("Fair enough, here are some others:", "Let me show you something else:"),
        )
    yield from products(plan)


def further_results(plan: Plan) -> Iterator[str]:
    """Offer more of what is looked for."""
    last = plan.count("count") <= len(plan.rows("products"))
    yield say(
        plan,
        "last" if last else "further",
        ("还有这几款，符合的就都在这里了：",) if last else ("还有这几款：", "再给您看几款："),
        ("Here is the rest of what fits:",) if last
        else ("Here are a few more:", "There are these, too:"),
    )  # fmt: skip
    yield from products(plan)


def recalled(plan: Plan) -> Iterator[str]:
    """List again what was shown before."""
    told = plan.rows("products")
    every = plan.count("count") <= len(told)
    yield say(
        plan,
        "every" if every else "last",
        ("我们看过的有这些：", "到现在看过这些：") if every else ("看过的不少，最近的是这些：",),
        ("So far we have looked at these:", "This is what we have looked at:")
        if every
        else ("There were quite a few; these came last:",),
    )
    yield from products(plan, len(told))


def explained(plan: Plan) -> Iterator[str]:
    """Say what was asked for, the reason of each thing, and that nothing else counts."""
    wishes = plan.texts("wishes")
    told = "、".join(wishes) if plan.chinese else ", ".join(wishes)
    yield say(
        plan,
        "asked for" if wishes else "why",
        ("您说过的是{wishes}，所以给您看了：",) if wishes else ("给您看的理由是：",),
        ("You asked for: {wishes}. That is why you see:",) if wishes else ("The reason was:",),
        wishes=told,
    )
    yield from products(plan, len(plan.rows("products")))
    yield say(
        plan,
        "nothing else",
        ("\n这里挑选只看您说的话、店家写明的内容和买家评价。",),
        ("\nOnly what you say, what the shops state and what buyers think counts here.",),
    )


def only_one(plan: Plan) -> Iterator[str]:
    """Say that there is no second."""
    yield say(
        plan,
        "only",
        ("刚才只列出了一款，就是{product}。",),
        ("There is only one in the list: {product}.",),
        product=named(plan.text("product"), chinese=plan.chinese),
    )


def leaning(plan: Plan) -> Iterator[str]:
    """Offer what was found in the order of what was wished for less or more of."""
    name, several = plan.text("name"), len(plan.rows("products")) > 1
    if plan.says("edge"):
        yield say(
            plan,
            "leaning edge",
            ("符合的里面没有写明“{name}”的了，还是这一款：",),
            ("Nothing else that fits the rest is stated to be “{words}”. It stays with:",),
            name=name or plan.text("words"),
            words=plan.text("words"),
        )
    elif name and several:
        yield say(
            plan,
            "leaning by",
            ("“{name}”的排在前面：", "好的，“{name}”的先看："),
            ("{name} first:", "{name} first, then:"),
            name=name,
        )
    elif name:
        yield say(
            plan, "leaning one", ("“{name}”的有这一款：",), ("Then this one ({words}):",),
            name=name, words=plan.text("words"),
        )  # fmt: skip
    else:
        yield say(
            plan,
            "leaning",
            ("“{words}”，那先看这几款：", "好的，“{words}”，按这个来排："),
            ("With that in mind (“{words}”), these come first:",),
            words=plan.text("words"),
        )
    yield from products(plan)


def storied(plan: Plan) -> Iterator[str]:
    """Tell what comes to mind at a story, and leave the kind open where none was named."""
    several = len(plan.rows("products")) > 1
    if plan.says("named"):
        yield say(
            plan,
            "of the kind",
            ("按您说的情况，我会先看这几款：", "照您说的，可以先看看这几款：")
            if several
            else ("按您说的情况，我会先看这一款：",),
            ("For that I'd look at these first:", "Going by what you say, I'd start with these:")
            if several
            else ("For that I'd look at this one first:",),
        )
        yield from products(plan)
        return
    yield say(
        plan,
        "told",
        ("听您这么说，我会先看看这几款：", "照您说的情况，我先想到这几款：")
        if several
        else ("听您这么说，我先想到这一款：",),
        ("From what you tell me, I'd start with these:", "Going by that, these come to mind:")
        if several
        else ("From what you tell me, this one comes to mind:",),
    )
    yield from products(plan)
    yield "\n" + say(
        plan,
        "kind",
        ("要是您想的是别的东西，说一下是哪一类就行。",),
        ("If you had something else in mind, just name the kind of thing.",),
    )


def favourites(plan: Plan) -> Iterator[str]:
    """Offer what most people have reviewed."""
    one = len(plan.rows("products")) == 1
    yield say(
        plan,
        "one" if one else "favourites",
        ("找到一款：",) if one
        else ("按买家评价的多少，先看这几款：", "买家评价得最多的是这几款："),
        ("I found this one:",) if one
        else ("By the number of reviews, these lead:", "Going by how many have reviewed them:"),
    )  # fmt: skip
    yield from products(plan)


def recommend(plan: Plan) -> Iterator[str]:
    """Recommend with the reason."""
    person, occasion, because = plan.text("person"), plan.text("occasion"), plan.text("because")
    if person and occasion:
        yield say(
            plan,
            "gift",
            ("{occasion}送{person}，我会先考虑这几款：", "送{person}的{occasion}礼物，可以看看："),
            (
                "For {person} and {occasion}, I'd look at these first:",
                "Here are some ideas for {person}, {occasion}:",
            ),
            person=person,
            occasion=occasion,
        )
    elif person:
        yield say(
            plan,
            "person",
            ("送{person}的话，可以看看这几款：", "给{person}，我先挑了这几款："),
            ("For {person}, I'd start with these:", "Here are some ideas for {person}:"),
            person=person,
        )
    elif because:
        yield say(
            plan,
            "because",
            ("{because}，所以先推荐这几款：",),
            ("{because}, so I'd suggest these:",),
            because=because,
        )
    else:
        yield say(
            plan,
            "plain",
            ("可以看看这几款：", "我先推荐这几款："),
            ("You might like these:", "I'd suggest these:"),
        )
    yield from products(plan)


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "search_results": search_results,
    "other_results": other_results,
    "further_results": further_results,
    "explained": explained,
    "recalled": recalled,
    "only_one": only_one,
    "leaning": leaning,
    "favourites": favourites,
    "recommend": recommend,
    "storied": storied,
}
