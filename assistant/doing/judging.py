"""Judging one product: whether it suits, which size to take, what it goes with.

By rules over what the shop states (`rules`); where they cannot decide, the answer is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.doing.arguments import Asked
from assistant.doing.mentioning import told_elsewhere
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.quoting import besides_name
from assistant.doing.rules.fitting import RULES as FITTING
from assistant.doing.rules.fitting import Verdict, asked_flags, fits
from assistant.doing.rules.measures import heard
from assistant.doing.rules.suiting import asked_codes, suits
from assistant.doing.stating import attribute, listed_told
from assistant.doing.telling import (
    about,
    codes_told,
    facts_told,
    live_one,
    phrase,
)
from assistant.doing.topics import is_narrow, topics_of
from assistant.doing.witnessing import (
    ASKS_AGE,
    ASKS_WHICH_AGE,
    SURE,
    beside,
    other_matters,
    said_itself,
    unstated,
)
from catalog.assembling import Whole
from catalog.lexicon import lexicon
from catalog.text import fold


def names_a_use(question: str) -> bool:
    """Tell whether a question names a person, a use, a season or a feature."""
    return bool(asked_codes(question))


def suitability(asker: Asker, asked: Asked) -> Outcome:
    """Tell whether a product suits a person, a use or a season, by limits and what is listed."""
    thing = live_one(asked.product)
    if thing is None:
        return Outcome("clarify", {"about": "product"})
    limit = fits(thing.product.attributes, asked.question)
    found = suits(thing.product.attributes, besides_its_name(thing, asked.question))
    if not found.asked:  # "is it reflective?", of the reflective harness
        whole = suits(thing.product.attributes, asked.question)
        found = whole if whole.answer == "yes" else found
    labels = [("feature", code) for code in limit.listed]
    measured = limit.answer != "unknown" and not labels
    by_page = page_first(asker, thing, asked.question, [*found.asked, *labels])
    if by_page and not measured:
        return by_page
    if limit.answer != "unknown":
        return by_limit(asker, asked, thing, limit, codes_told(found.asked))
    if topics_of(asked.question) and not names_a_use(asked.question):
        return attribute(asker, asked)  # "is it heavy to lift?"
    purpose = codes_told(found.asked) or "、".join(limit.words)
    if found.answer == "unknown" and (told := undecided(asker, thing, asked.question, purpose)):
        return told
    dimensions = dict.fromkeys(dimension for dimension, _code in found.asked)
    facts: dict[str, Any] = {
        "verdict": found.answer,
        "purpose": purpose or that(asker),
        "reasons": facts_told(thing, [one for one in dimensions if one in TELLING])
        if found.answer != "yes"
        else [],
        "feature": bool(dimensions) and QUALITIES.issuperset(dimensions),
    }
    outcome = about(thing, "suitability", facts, codes=tuple(dimensions))
    return beside(asker, thing, asked.question, outcome)


def undecided(asker: Asker, thing: Whole, question: str, purpose: str) -> Outcome | None:
    """Return what is said of a matter that no label decides; None where it is only not stated."""
    if told := evidence(asker, thing, question):
        listed = told.act == "listed_as" and purpose and not told.facts.get("text")
        return replace(told, facts={**told.facts, "unsaid": purpose}) if listed else told
    return None if purpose else unstated(asker, thing, question)


def page_first(
    asker: Asker, thing: Whole, question: str, asked: Sequence[tuple[str, str]]
) -> Outcome | None:
    """Return what the page says where labels would answer something else, or of an age.

    Where it says nothing of it either, labels still decide nothing: "made for school" is no
    answer to whether it leaks in a school bag.
    """
    if ASKS_AGE.search(fold(question)):
        which = ASKS_WHICH_AGE.search(fold(question))
        told = said_itself(asker, thing, question)
        return told or (unstated(asker, thing, question) if which else None)
    if not asked or not other_matters(thing, question, asked):
        return None
    return told_elsewhere(asker, thing, question) or unstated(asker, thing, question)


def evidence(asker: Asker, thing: Whole, question: str, *, least: float = 0.0) -> Outcome | None:
    """Return what is listed, written or reviewed of a matter that no rule decides.

    ``least``: the chance from which on a sentence that is no label's is quoted.
    """
    listed = listed_told(asker, thing, question)
    return listed or told_elsewhere(asker, thing, question, least=least)


# What a thing is or has, as against whom, when and what it is for.
QUALITIES = frozenset({"feature", "material", "colour", "pattern", "style", "fit", "neckline",
                       "sleeve", "heel"})  # fmt: skip
# What a shop lists instead is worth telling: for whom else, for which season.
TELLING = frozenset(("audience", "season", "material", "fit"))


def by_limit(asker: Asker, asked: Asked, thing: Whole, limit: Verdict, purpose: str) -> Outcome:
    """Tell what one stated limit, or a feature that decides, comes to."""
    measures = [one.words for one in heard(asked.question)]
    said: dict[str, Any] = {
        "verdict": limit.answer,
        "purpose": purpose or ", ".join(measures) or that(asker),
        "reasons": reasons_of(thing, limit),
        "limit": True,
    }
    return about(thing, "suitability", said, codes=limit.codes)


def reasons_of(thing: Whole, verdict: Verdict) -> list[str]:
    """Return the stated facts that decided: the features that did, not all there are."""
    if verdict.listed and verdict.answer == "unknown":
        return []
    told = codes_told(("feature", code) for code in verdict.listed)
    return [told] if told else facts_told(thing, verdict.codes)


ASKS_FOR_WHOM = re.compile(
    r"适合|合适|能用|\b(?:suit\w*|good for|right for|ok for|meant for|for (?:a|my|the))\b"
)


def besides_its_name(thing: Whole, question: str) -> str:
    """Return a question without words of the thing's own name: "does the travel adapter work…"."""
    question = besides_name(thing, question)
    if ASKS_FOR_WHOM.search(question):
        return question
    names = fold(" ".join(one.title for one in thing.product.texts.all()))
    left = fold(question)
    for span in sorted(lexicon().match(left), key=lambda one: -one.start):
        if left[span.start : span.end] in names:
            left = f"{left[: span.start]} {left[span.end :]}"
    return left


def that(asker: Asker) -> str:
    """Return what stands for a use that has no name."""
    return phrase(asker, "这个用途", "that")


NEEDS = {
    "height": ("身高", "height"), "weight": ("体重", "weight"), "foot": ("脚长", "foot length"),
    "waist": ("腰围", "waist"), "chest": ("胸围", "chest"), "hip": ("臀围", "hips"),
    "head": ("头围", "head size"), "wrist": ("手腕围", "wrist size"),
    "hand": ("手长", "hand length"),
    "back": ("背长", "back length"), "neck": ("颈围", "neck size"),
    "laptop_inches": ("电脑的尺寸（英寸）", "laptop's size in inches"),
    "tablet_inches": ("平板的尺寸（英寸）", "tablet's size in inches"),
    "phone_length": ("手机的长度", "phone's length"), "watts": ("设备的功率", "device's watts"),
    "case_thickness": ("手机壳的厚度", "case's thickness"), "depth": ("水深", "depth"),
    "desk_thickness": ("桌板的厚度", "desk's thickness"), "voltage": ("电压", "voltage"),
    "jack": ("插头的直径", "plug's diameter"), "strap_width": ("表带的宽度", "strap's width"),
    "bed_width": ("床的宽度", "bed's width"), "temperature": ("最低温度", "lowest temperature"),
    "thickness": ("粗细", "thickness"), "distance": ("里程", "distance"),
}  # fmt: skip


def compatibility(asker: Asker, asked: Asked) -> Outcome:
    """Tell whether a product goes with another thing, by stated facts alone."""
    thing = live_one(asked.product)
    if thing is None:
        return Outcome("clarify", {"about": "product"})
    question, other = asked.question, live_one(asked.other) if asked.other else None
    verdict = fits(thing.product.attributes, question if other else besides_name(thing, question))
    if verdict.answer == "unknown" and other is not None:
        verdict = fits(thing.product.attributes, f"{question} {stated_of(other)}")
        if verdict.answer == "unknown":
            verdict = fits(other.product.attributes, f"{question} {stated_of(thing)}")
    name = other.product.title if other else partner(thing, question, verdict)
    reasons = reasons_of(thing, verdict)
    if other is None and (told := by_itself(asker, asked, thing, verdict)):
        return told
    if verdict.answer == "unknown":
        reasons = needed(asker, thing, verdict) or reasons
    if verdict.answer == "unknown" and not (name or reasons):
        # 起静电吗: nothing it is to go with was named
        return attribute(asker, replace(asked, question=besides_name(thing, question).strip()))
    silent = verdict.answer == "unknown" and other is None and not reasons
    least = SURE if _HOLDS.search(question.casefold()) else 0.0  # 能装下A4的本子吗
    if silent and (told := evidence(asker, thing, question, least=least)):
        measures = ", ".join(one.words for one in heard(question))
        return replace(told, facts={**told.facts, "unsaid": measures}) if measures else told
    facts = {"other": name, "verdict": verdict.answer, "reasons": reasons,
             "holds": bool(_HOLDS.search(question.casefold()))}  # fmt: skip
    outcome = about(thing, "compatibility", facts, codes=verdict.codes)
    return beside(asker, thing, question, outcome) if silent else outcome


def by_itself(asker: Asker, asked: Asked, thing: Whole, verdict: Verdict) -> Outcome | None:
    """Return what labels or the page tell of one thing alone; None where measures must decide."""
    question = besides_name(thing, asked.question)
    flagged = asked_flags(question)
    if verdict.listed and flagged:
        return by_feature(asker, thing, question, verdict)
    if not (flagged or heard(question)) and is_narrow(question):
        return attribute(asker, asked)  # 能连两个手机吗
    if verdict.answer != "unknown":
        return None
    return said_itself(
        asker, thing, question, least=SURE if verdict.needs or heard(question) else 0.0
    )


def needed(asker: Asker, thing: Whole, verdict: Verdict) -> list[str]:
    """Return which measures of the shopper's would decide, with what they are held against."""
    needs = [NEEDS[n][0 if asker.chinese else 1] for n in verdict.needs if n in NEEDS]
    if not needs:
        return []
    what = ("、" if asker.chinese else " and ").join(needs)
    ask = phrase(
        asker, "告诉我{what}，我就能帮您对", "Tell me your {what} and I can check", what=what
    )
    return [*facts_told(thing, [code_needing(one) for one in verdict.needs]), ask]


def by_feature(asker: Asker, thing: Whole, question: str, verdict: Verdict) -> Outcome:
    """Tell whether the shop lists the feature that decides: fit for the oven, Type-C."""
    purpose = codes_told(("feature", code) for code in verdict.listed)
    if verdict.answer == "unknown" and (told := evidence(asker, thing, question)):
        return told
    facts = {"verdict": verdict.answer, "purpose": purpose, "reasons": [], "feature": True}
    outcome = about(thing, "suitability", facts, codes=verdict.codes)
    return beside(asker, thing, question, outcome)


def code_needing(need: str) -> str:
    """Return the attribute that a missing measure would be held against."""
    return next((rule.code for rule in FITTING if rule.needs == need), "")


def stated_of(thing: Whole) -> str:
    """Return another product's stated measures as words, for the rules to read."""
    return " ".join([thing.product.title, *facts_told(thing, thing.product.attributes)])


# What is to go into it, not with it.
_HOLDS = re.compile(
    r"装得?下|装进|装[^饰备修]|[能可]以?放|放得?[下进]|放进|塞|容纳|盛"
    r"|\b(?:holds?|carry|store|(?:room|space) for|fits? (?:in|into|inside)|put .{1,24} in(?:to)?)\b"
)
_RESULT = re.compile(r"得?[下进上了]|得")
_PARTNER = re.compile(
    r"(?:支持|support(?:s|ed)?(?: with)?|works? with|compatible with) ?"
    r"(?!my |the |an? |your |it\b|this|that)"
    r"([a-zA-Z0-9./+-]{2,20}(?: [a-zA-Z0-9./+-]{1,20})?)(?=吗|么|不|\?|$| or)|"
    r"\b(?:my|an?|the|your) ([\w .\"″'-]{2,40}?)(?= fit| in it|\?|$| with| work|,|\.)"
    r"|(?:配|放|装|给|兼容|适配|用在|搭配|连接|连)(?:得下|下|上|进)?(?:我的|一台|一个|我家的)?"
    r"([\w .\"″-]{2,20}?)(?=吗|么|用|\?|？|$|能|可以|，)"
)


def partner(thing: Whole, question: str, verdict: Verdict) -> str:
    """Return what the product is to go with, in the shopper's own words."""
    match = _PARTNER.search(question)
    named = next((group for group in match.groups() if group), "") if match else ""
    named = "" if _RESULT.fullmatch(named.strip()) else named  # 15寸的电脑放得下吗
    own = any(word in fold(named) for word in re.findall(r"[a-z]{4,}", fold(thing.product.title)))
    return ("" if own else named.strip()) or ", ".join(verdict.words)
