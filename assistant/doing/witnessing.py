"""What a product's own page says of a question, word for word, or that it says nothing of it.

For the tools: asked before anything is said not to be stated, and beside a yes or no that rests on
a label. The sentence is the shop's statement and is told as one; nothing is concluded from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.doing.evidence import NOTHING, Evidence, Page, evidence_for, page_of
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.quoting import besides_name
from assistant.doing.telling import about
from assistant.doing.topics import speaks, topics_of
from catalog.assembling import Whole
from catalog.lexicon import lexicon
from catalog.presenting.naming import reader
from catalog.text import fold

SURE = 0.95  # where a rule knows which measure would decide
_FEW = "一二两三四五六七八九十"
_OLD = r"多大(?:能|可以|适合|才能)(?:玩|用|吃|穿|戴|坐|喝|学|骑|上)"
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|sixteen|eighteen"
# Somebody's age is asked for, or told: "safe for a two-year-old", 一岁能玩吗.
ASKS_AGE = re.compile(
    rf"(?:\d+|[{_FEW}半])个?(?:多)?(?:岁|个月)|几岁|多大的?(?:孩|宝|娃|小)|{_OLD}|年龄|婴儿|新生儿|月龄"
    rf"|(?:\d+|{_WORDS})[- ]?(?:years?|months?)[- ]old|\bage\b|\bhow old|toddler|newborn"
    rf"|\binfants?\b"
    rf"|\b(?:(?:grand)?(?:son|daughter|child|kid)|nephew|niece|he|she|boy|girl|baby|little one)"
    rf"(?:.s| is| turned)(?: (?:just|only|almost|nearly))?"
    rf" (?:{_WORDS}|\d{{1,2}})\b|\bold enough\b|\btoo young\b|年龄(?:够|小)|(?:够|太)小吗"
)
ASKS_WHICH_AGE = re.compile(rf"几岁|多大的?(?:孩|宝|娃|小)|{_OLD}|\b(?:what|which) age|how old")
# How much of it there is: that it is magnetic says nothing of how strongly.
DEGREE = re.compile(r"([强大牢够])不\1|[强牢]吗|\bhow (?:strong|well|good|bright|loud|warm)")
# A number or a time is asked for, which no label gives: "and how long until it is dry?"
# While or after what it is asked of, which no label knows of.
CONDITION = re.compile(
    r"边.{1,6}边|的?时候|一边|期间|[开关](?:着)?(?:灯|机|盖)|(?:开|关)着"
    r"|\b(?:while|when|during|after|at the same time"
    r"|with (?:the |its )?\w+ (?:on|off|open|closed))\b"
)
_DENIES = re.compile(r"不|没|无法|关闭|\b(?:no|not|never|off|without|cannot|can't|don't|isn't)\b")
HOW_MUCH = re.compile(
    r"多(?:久|长时间|少)|几[个天次度年月分小档层种]|什么时候|何时"
    r"|\bhow (?:long|many|much|often|soon|quick\w*|fast)\b|\bwhen\b"
)
NAMES_AGE = re.compile(
    rf"[一二三四五六]年级|[小中]学生|幼儿园|(?:primary|middle) school|toddlers|newborns|grown-ups"
    rf"|(?:\d+|[{_FEW}])(?:到|至|-|–)?(?:\d+|[{_FEW}]*)岁|月龄|(?:\d+|[{_FEW}])个月(?:以上|起|大|的宝)"
    rf"|(?:from|under|over|above|below|about|aged|to) (?:\d+|{_WORDS}) (?:years?|months?)"
    rf"|(?:\d+|{_WORDS})[- ](?:years?|months?)[- ](?:old|up)|\b(?:under|over|from) (?:{_WORDS})\b"
    rf"|(?:{_WORDS}) (?:years|months) up"
)


def evidence_of(asker: Asker, thing: Whole, question: str) -> Evidence:
    """Return the likeliest sentence of a product's page for a question. Two queries.

    Of an age the sentence that names one decides.
    """
    page = page_of(thing.product.pk, reader())
    if aged := age_told(page, question):
        return Evidence(aged, 1.0, answers=True, bears=True)
    found = evidence_for(besides_name(thing, question), page, asker.vectors.get(question.strip()))
    narrow = [one for one in topics_of(question) if one.alone and one.says]
    silent = narrow and not any(speaks(one, fold(found.text)) for one in narrow)
    return NOTHING if silent else found  # of a narrow matter a page has to speak


def age_told(page: Page, question: str) -> str:
    """Return the sentence that names an age, where the question is of one; "" for any other."""
    if not ASKS_AGE.search(fold(question)):
        return ""
    return next((one for one in page.sentences if NAMES_AGE.search(fold(one))), "")


def said(asker: Asker, thing: Whole, question: str, *, least: float = 0.0) -> str:
    """Return the sentence of a product's page that answers a question; "" where none does.

    ``least``: the chance that is asked for besides.
    """
    found = evidence_of(asker, thing, question)
    return found.text if found.answers and found.chance >= least else ""


def said_itself(asker: Asker, thing: Whole, question: str, *, least: float = 0.0) -> Outcome | None:
    """Return the page's own words as an answer; None where they do not answer."""
    text = said(asker, thing, question, least=least)
    return about(thing, "says_itself", {"text": text}) if text else None


def unstated(asker: Asker, thing: Whole, question: str, family: str = "") -> Outcome:
    """Say that it is not stated, with the nearest thing that is, where one bears on it."""
    found = evidence_of(asker, thing, question)
    nearest = found.text if found.bears else ""
    return about(thing, "attribute_unknown", {"attribute": family, "nearest": nearest})


def other_matters(thing: Whole, question: str, asked: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a question is also of a matter that the asked labels say nothing of.

    "Is it slippery in the rain?" is not answered by "waterproof".
    """
    if DEGREE.search(fold(question)):
        return True
    labels, left = set(asked), besides_name(thing, question)
    whole = topics_of(left)  # "heavy rain" is of no weight
    for span in sorted(lexicon().match(left), key=lambda one: -one.start):
        if (span.dimension, span.code) in labels:  # 降噪 is not asked of the noise it makes
            left = f"{left[: span.start]} {left[span.end :]}"
    return any(
        one.says and not labels & {("feature", code) for code in one.features}
        for one in topics_of(left)
        if one in whole
    )


def beside(asker: Asker, thing: Whole, question: str, outcome: Outcome) -> Outcome:
    """Return a verdict by labels with the sentence of the page that answers, if one does.

    Where nothing decides, the nearest that the page says is told instead.
    """
    found = evidence_of(asker, thing, question)
    if found.answers and CONDITION.search(fold(question)) and _DENIES.search(fold(found.text)):
        return about(thing, "says_itself", {"text": found.text})  # it has bluetooth, but not then
    if found.answers:
        return replace(outcome, facts={**outcome.facts, "text": found.text})
    open_yet = outcome.facts.get("verdict") == "unknown" and found.bears
    return replace(outcome, facts={**outcome.facts, "nearest": found.text}) if open_yet else outcome


__all__ = [
    "ASKS_AGE",
    "NOTHING",
    "beside",
    "evidence_of",
    "other_matters",
    "said",
    "said_itself",
    "unstated",
]
