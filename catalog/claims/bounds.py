"""In which way a figure bounds what it is about: under, at most, over, at least, about, exactly.

One grammar for prices, quantities, stock, counts and ratings, by the words beside the figure.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from catalog.claims.patterns import worded

CLOSE = Decimal("0.05")  # "about" so much, at most that share away


class Bound(StrEnum):
    """How a figure stands to the true number."""

    EXACT = "exact"
    UNDER = "under"
    MOST = "most"
    OVER = "over"
    LEAST = "least"
    ABOUT = "about"
    TOP = "top"  # the highest of them: "up to 40 hours"


_NOT = r"(?:n't|\bnot|\bnever|\bno)(?: [a-z]+){0,4}?"
_ENDS = r"\s?(?:[¥￥$€£]|us\$|usd|rmb|a |an |the |only |just |your |有|是|了|[您你])*\s?$"
_BEFORE = (
    (Bound.MOST, worded(
        rf"(?:{_NOT} (?:more|over|past|beyond|above|exceed(?:ing|s)?|later|higher|heavier"
        r"|longer|greater)(?: than)?(?: day)?|within|at (?:the )?(?:very )?most"
        r"|max(?:imum)?(?: of)?"
        r"|capped at|limited to|不超过?|不高于|不多于|不大于|未超过?|没有?超[过出]?|未超出"
        r"|不会?超[过出]|别超过?|破不了"
        rf"|超不[出过]|高不过|花不了|至多|顶多|最多(?:只|也就)?[花要付用]|最[晚迟慢]"
        rf"|上限){_ENDS}")),
    (Bound.TOP, worded(
        rf"(?:\bup to|[最多长高][多达](?:只|也就)?(?:能|可)?(?:等|要|花|用|装)?){_ENDS}")),
    (Bound.LEAST, worded(
        rf"(?:{_NOT} (?:less|fewer|under|below|lower|lighter|earlier)(?: than)?"
        r"|at (?:the )?(?:very )?least|min(?:imum)?(?: of)?|不少于|不低于|不小于|不下于?|不止低于"
        rf"|至少|起码|最少|最起码){_ENDS}")),
    (Bound.UNDER, worded(
        r"(?:\b(?:under|below|beneath|not (?:even|quite|nearly)(?: at| up to)?|nowhere near"
        r"|shy of|short of)|change from|(?:less|fewer"
        r"|cheaper|lower"
        r"|lighter|smaller|shorter|earlier) than|低于|少于|小于|轻于|短于|不到|不足"
        r"|[未不]满(?!意)|未到|不及"
        rf"|没到){_ENDS}")),
    (Bound.OVER, worded(
        r"(?:(?<!hand )(?<!turn )(?<!move )\bover|\babove|\bbeyond|\bexceed(?:s|ing)?|\btops?"
        r"|upwards of"
        r"|north of|past|(?:more|better|higher|heavier|longer|greater|larger|bigger) than"
        r"|(?<![不未没别])超过?了?"
        rf"|高[于过]|大于|多于|重于|长于|不止|突破|(?:[分价数量星]|已经?|都|早)过|逾){_ENDS}")),
    (Bound.ABOUT, worded(
        r"(?:\b(?:around|about|approximately|approx\.?|roughly|nearly|almost|close to|some|circa"
        r"|(?:it's|they're|is|was|are|were|for|just|only|maybe|probably|something) like"
        r"|in the (?:region|neighbou?rhood|ballpark|vicinity) of)"
        rf"|大?约(?:合|为|等于)?|大概|大致|差不多|将近|接近|近|左近)(?:[在是为要得花卖]"
        rf"|就是)?{_ENDS}")),
)  # fmt: skip
_BOTH = worded(r"\bno (?:fewer|less|more) (?:and|or|but) no (?:fewer|less|more)\b|不多不少")
_UNIT = r"\s?(?:[a-z%]{1,8}|[克斤元块条件人位个分星天名款颗小时毫升厘米公]{0,3})?\s?"
_AFTER = (
    (Bound.MOST, worded(
        rf"{_UNIT}(?:以内|以下|之内|or (?:less|fewer|under|below)|at (?:the )?most"
        rf"|(?:at the )?max\b"
        r"|封顶|tops\b)")),
    (Bound.UNDER, worded(r"\s?(?:[都也还](?:不用|[到用花要]不[了到]|[不没][到足满])|有找|找零"
        r"|[^，。]{0,3}找您)")),
    (Bound.LEAST, worded(
        rf"{_UNIT}(?:以上|or (?:more|over|above)|at (?:the )?least|and (?:up|more)|起步)|\+")),
    (Bound.OVER, worded(r"\s?多(?=\s?[条个人位件名份]|$)|\s?[条个人位件名]多|[- ]?(?:odd|plus)\b"
        r"|余(?=[条个人位件名])")),
    (Bound.ABOUT, worded(rf"{_UNIT}(?:左右|上下|出头|or so|or thereabouts|give or take)")),
)  # fmt: skip


# 比102克还轻: the word behind says on which side.
_SET_BY = worded(r"比\s?$")
_LESS_THAN, _MORE_THAN = (
    worded(rf"{_UNIT}[还要更]?{words}")
    for words in ("(?:轻|低|少|便宜|小|短|早|快)", "(?:重|贵|高|多|大|长|晚|慢)")
)


def bound_of(before: str, after: str) -> Bound:
    """Return how words beside a figure bound it; ``before`` and ``after`` are of its clause."""
    if _BOTH.search(before):
        return Bound.EXACT
    if _SET_BY.search(before):
        for bound, pattern in ((Bound.UNDER, _LESS_THAN), (Bound.OVER, _MORE_THAN)):
            if pattern.match(after):
                return bound
    for bound, pattern in _BEFORE:
        if pattern.search(before):
            return bound
    for bound, pattern in _AFTER:
        if pattern.match(after):
            return bound
    return Bound.EXACT


def holds(bound: Bound, said: Decimal, low: Decimal, high: Decimal) -> bool:
    """Tell whether what is said bounds every number from ``low`` to ``high``.

    Exactly that and about that must be each of them.
    """
    return {
        Bound.EXACT: low == said == high,
        Bound.UNDER: high < said,
        Bound.MOST: high <= said,
        Bound.TOP: high == said,
        Bound.OVER: low > said,
        Bound.LEAST: low >= said,
        Bound.ABOUT: all(abs(one - said) <= CLOSE * abs(one) for one in (low, high)),
    }[bound]
