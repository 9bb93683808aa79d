"""Telling of several at once: a value each, who does and who does not, who has it in stock."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shopguide.writing.phrasing import listed, named, say
from shopguide.writing.plan import Plan
from shopguide.writing.realiser.choosing import names, with_values
from shopguide.writing.realiser.telling import of


def of_them(plan: Plan) -> Iterator[str]:
    """Tell one fact of each of a few things, and who does not state it."""
    rows = with_values(plan.rows("rows"), chinese=plan.chinese)
    yield say(
        plan,
        "values",
        ("{what}：{rows}。",) if plan.text("attribute") else ("{rows}。",),
        ("{what}: {rows}.",) if plan.text("attribute") else ("{rows}.",),
        what=plan.text("attribute"),
        rows=rows,
    )
    missing = plan.texts("missing")
    if missing and plan.says("nobody"):
        yield say(
            plan,
            "nobody",
            ("{what}，{missing}都没有写明，我不想乱猜。",) if plan.text("attribute")
            else ("这一点{missing}都没有写明，我不想乱猜。",),
            ("None of these states its {lower}: {missing}.",) if plan.text("attribute")
            else ("None of these says so: {missing}.",) if len(missing) > 2
            else ("Neither of these says so: {missing}.",),
            what=plan.text("attribute"),
            lower=plan.text("attribute").lower(),
            missing=names(plan, "missing"),
        )  # fmt: skip
        yield say(
            plan,
            "ask",
            ("要我帮您转给店里问一下吗？",),
            ("Shall I pass the question on to the shop?",),
        )
    elif missing:
        yield say(
            plan,
            "missing",
            ("{missing}没有写明。",),
            ("{missing} doesn't state it.",) if len(missing) == 1
            else ("{missing} don't state it.",),
            missing=names(plan, "missing"),
        )  # fmt: skip


def bracketed(plan: Plan, side: str) -> str:
    """Return the products of a side as a list, each with what decides it in brackets."""
    left, right = ("（", "）") if plan.chinese else (" (", ")")
    told = [
        named(of(row, "name"), chinese=plan.chinese)
        + (f"{left}{of(row, 'value')}{right}" if of(row, "value") else "")
        for row in plan.rows(side)
    ]
    return listed(told, chinese=plan.chinese)


# What is said of those that do, in part, and that don't: zh and en, of one and of several.
SIDES: dict[str, dict[str, tuple[str, str, str]]] = {
    "suits": {
        "yes": ("适合{purpose}的有{names}。", "{names} is right for {purpose}.",
                "{names} are right for {purpose}."),
        "no": ("{names}不太适合{purpose}。", "I wouldn't choose {names} for {purpose}.",
               "I wouldn't choose {names} for {purpose}."),
    },
    "feature": {
        "yes": ("写明“{purpose}”的是{names}。", "{names} is stated to be {purpose}.",
                "{names} are stated to be {purpose}."),
        "no": ("{names}不是“{purpose}”的。", "{names} isn't {purpose}.",
               "{names} aren't {purpose}."),
    },
    "goes": {
        "yes": ("能配{purpose}用的是{names}。", "{names} works with {purpose}.",
                "{names} work with {purpose}."),
        "no": ("{names}配不了{purpose}。", "{names} doesn't work with {purpose}.",
               "{names} don't work with {purpose}."),
    },
    "holds": {
        "yes": ("放得下{purpose}的是{names}。", "{names} has room for {purpose}.",
                "{names} have room for {purpose}."),
        "no": ("{names}放不下{purpose}。", "{names} has no room for {purpose}.",
               "{names} have no room for {purpose}."),
    },
    "plain": {
        "yes": ("可以的是{names}。", "Yes: {names}.", "Yes: {names}."),
        "no": ("不行的是{names}。", "No: {names}.", "No: {names}."),
    },
}  # fmt: skip


def who_suits(plan: Plan) -> Iterator[str]:
    """Tell which of a few things do, with what decides it, and which do not."""
    purpose = plan.text("purpose")
    sides = SIDES.get(plan.text("way") or "suits") if purpose else None
    sides = sides or SIDES["plain"]
    if not any(plan.rows(side) for side in ("yes", "partly", "no")):
        yield say(
            plan,
            "nobody",
            ("这几款都没有写明“{purpose}”：{unknown}。",),
            ("None of them is stated to be {purpose}: {unknown}.",)
            if plan.text("way") == "feature"
            else ("None of them says so for {purpose}: {unknown}.",),
            purpose=purpose,
            unknown=names(plan, "unknown"),
        )
        return
    for side in ("yes", "no"):
        chinese, one, several = sides[side]
        english = several if len(plan.rows(side)) > 1 else one
        yield say(plan, side, (chinese,), (english,), purpose=purpose, names=bracketed(plan, side))
    yield say(
        plan,
        "partly",
        ("{partly}部分适合{purpose}。",),
        ("For {purpose}, {partly} will do in part.",),
        purpose=purpose,
        partly=bracketed(plan, "partly"),
    )
    yield say(
        plan,
        "unknown",
        ("{unknown}没有写明。",),
        ("{unknown} doesn't say.",) if len(plan.texts("unknown")) == 1
        else ("{unknown} don't say.",),
        unknown=names(plan, "unknown"),
    )  # fmt: skip


def who_has(plan: Plan) -> Iterator[str]:
    """Tell which of a few things are to be had in what was named."""
    options = plan.text("options")
    which = f"（{options}）" if options and plan.chinese else f" in {options}" if options else ""
    yield say(
        plan,
        "yes",
        ("{yes}{which}有货。",) if which else ("{yes}有货。",),
        (("{yes} are to be had{which}.",) if len(plan.texts("yes")) > 1
         else ("{yes} is to be had{which}.",)) if which
        else (("{yes} are in stock.",) if len(plan.texts("yes")) > 1
              else ("{yes} is in stock.",)),
        yes=names(plan, "yes"),
        which=which,
    )  # fmt: skip
    yield say(
        plan,
        "out",
        ("{out}{which}现在缺货。",) if which else ("{out}现在缺货。",),
        ("Sold out{which}: {out}.",) if which else ("Sold out: {out}.",),
        out=names(plan, "out"),
        which=which,
    )
    yield say(
        plan,
        "no",
        ("{no}没有{options}。",),
        ("{no} doesn't come{which}.",) if len(plan.texts("no")) == 1
        else ("{no} don't come{which}.",),
        no=names(plan, "no"),
        which=which,
        options=options,
    )  # fmt: skip


SENTENCES: dict[str, Callable[[Plan], Iterator[str]]] = {
    "of_them": of_them,
    "who_suits": who_suits,
    "who_has": who_has,
}
