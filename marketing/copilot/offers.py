"""How coupons and campaigns are asked for: patterns in both languages, and the change they mean.

``n`` is what is taken off, ``minimum`` what the order must come to, ``days`` and ``span`` how long
it holds; ``segment`` whom a message goes to, ``x`` what it is about.
"""

from __future__ import annotations

import re

from marketing.copilot.changing import NUMBER, SIGNS
from marketing.copilot.moments import DIGITS
from marketing.copilot.plans import Change

COUPON, MESSAGE = "coupon", "message"
_CODE = r"(?:coupon|voucher|(?:discount|promo) code)s?"
_MONEY = r"(?P<unit>%|percent|per cent|yuan|rmb|dollars?|euros?|usd|cny|eur)?"
_OFF = rf"(?:(?P<cur>[$¥€£])\s*)?{NUMBER}\s*{_MONEY}(?:\s*off)?"
_OVER = (
    r"(?:.*?\b(?:over|above|from|at least|worth)\s*[$¥€£]?\s*"
    r"(?P<minimum>\d{1,6}(?:\.\d{1,2})?))?"
)
_FOR = (
    r"(?:.*?\bfor\s+(?:the next\s+)?(?P<days>\d{1,3}|a|one|two|three|four)\s*"
    r"(?P<span>days?|weeks?|months?))?"
)
_TERMS = _OVER + _FOR
_HOLDS = (
    r"(?:[^\d]*?(?:有效|期限|为期|用|持续|限)\s*(?P<days>\d{1,3}|一|两|三|四)\s*"
    r"(?P<span>天|日|周|个?星期|个?月))?"
)
_TICKET = r"(?:优惠券|代金券|折扣券|红包)"
_UNIT = r"(?P<unit>%|元|块|美元)"
_FOLD = r"(?P<fold>\d(?:\.\d)?|\d{2}|[一二三四五六七八九]五?)"
_SEND = r"(?:e-?mail|write to|message|tell|send (?:an? )?(?:letter|e-?mail|message|campaign) to)"
_MAILING = r"(?:campaign|mailing|newsletter)"
OFFERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), mode)
    for pattern, mode in (
        (rf"\b(?:make|create|give|offer|issue|set up|hand out)\b[^\d$¥€£]*{_OFF}"
         rf"\s*(?:discount )?{_CODE}\b{_TERMS}", COUPON),
        (rf"\b{_CODE}\b[^\d$¥€£]*{_OFF}{_TERMS}", COUPON),
        (rf"满\s*(?P<minimum>\d{{1,6}})\s*(?:元|块)?\s*减\s*{NUMBER}\s*(?P<unit>元|块)?{_HOLDS}",
         COUPON),
        (rf"{_FOLD}\s*折\s*的?(?:优惠)?券{_HOLDS}", COUPON),
        (rf"{_TICKET}[^\d]*?{NUMBER}\s*{_UNIT}?{_HOLDS}", COUPON),
        (rf"{NUMBER}\s*{_UNIT}\s*的?{_TICKET}{_HOLDS}", COUPON),
        (rf"\b{_SEND}\s+(?P<segment>.+?)\s+(?:about|on|introducing)\s+(?P<x>.+)", MESSAGE),
        (rf"\b(?:send|start|draft|prepare|make|create|set up)\b.*?\b{_MAILING}\b"
         r"\s*(?:about|on|for)\s+(?P<x>.+?)\s+(?:to|for)\s+(?P<segment>.+)", MESSAGE),
        (r"[给向](?P<segment>.+?)(?:发|写|推送|群发|寄)(?:一?[封条份个])?(?:邮件|消息|通知|信)?\s*"
         r"(?:介绍|关于|说说|推荐|讲讲?)(?P<x>.+?)(?:的(?:邮件|消息|通知|信))?$", MESSAGE),
    )
)  # fmt: skip
SPANS = {"day": 1, "week": 7, "month": 30, "天": 1, "日": 1, "周": 7, "星期": 7, "月": 30}
WORDED = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "一": 1, "两": 2, "三": 3, "四": 4}


def offer_in(text: str) -> tuple[Change, str] | None:
    """Return a coupon or a campaign that is asked for, and what it is about; None for neither."""
    for pattern, mode in OFFERS:
        if (found := pattern.search(text)) is not None:
            said = {name: part for name, part in found.groupdict().items() if part}
            return (message(said), said["x"]) if mode == MESSAGE else (coupon(said), "")
    return None


def message(said: dict[str, str]) -> Change:
    """Return a campaign to the people who were named."""
    people = re.sub(r"^(?:the|all|my|our)\s+", "", said["segment"].strip(" ¦="))
    return Change("campaign", MESSAGE, more=f"segment={people.replace(';', ' ')};")


def coupon(said: dict[str, str]) -> Change:
    """Return a coupon with what it takes off, from which order on and for how long."""
    amount, unit = said.get("n", "0"), said.get("unit", "")
    if "fold" in said:  # 八折 and 85折: eight tenths, and 85 of a hundred
        share = tenths(said["fold"])
        amount, unit = f"{100 - (share * 10 if share < 10 else share):g}", "%"
    share_of = unit in ("%", "percent", "per cent")
    unit = "%" if share_of else SIGNS.get(said.get("cur") or unit, "")
    more = f"minimum={said['minimum']};" if "minimum" in said else ""
    if "days" in said:
        more += f"days={days_in(said['days'], said['span'])};"
    return Change("campaign", COUPON, amount, unit, more)


def tenths(text: str) -> float:
    """Return 8, 85, 八 or 八五 as the number it is."""
    if text[0].isdigit():
        return float(text)
    digits = [DIGITS[one] for one in text]
    return digits[0] + (digits[1] / 10 if len(digits) > 1 else 0)


def days_in(number: str, span: str) -> int:
    """Return how many days "two weeks" or 三个月 are."""
    many = int(number) if number.isdigit() else WORDED[number]
    return many * SPANS[span.removeprefix("个").removesuffix("s")]
