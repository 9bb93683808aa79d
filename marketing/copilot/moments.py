"""Read periods out of a sentence, Chinese or English: names, counts of days, months, dates."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable

from marketing.copilot.plans import Days
from marketing.figures.spans import OWN

Day = datetime.date
Maker = Callable[[re.Match[str], Day], Days | None]
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december")  # fmt: skip
DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
          "十": 10, "半": 0}  # fmt: skip
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
           "twelve": 12, "thirty": 30, "a": 1, "the": 1, "": 1}  # fmt: skip
UNITS = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 365,
         "天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "个月": 30,
         "月": 30, "季度": 90, "年": 365}  # fmt: skip
PLAIN = (
    (r"\btoday\b|今天|今日|当天", "today"),
    (r"\byesterday\b|昨天|昨日", "yesterday"),
    (r"\b(?:this|the current) week\b|本周|这周|这个星期|这星期|这一周", "week"),
    (r"\b(?:last|previous) week\b|上周|上个星期|上星期|上一周", "last_week"),
    (r"\b(?:this|the current) month\b|本月|这个月|当月", "month"),
    (r"\b(?:last|previous) month\b|上月|上个月", "last_month"),
    (r"\b(?:this|the current) year\b|今年|本年", "year"),
    (r"\b(?:last|previous) year\b|去年", "last_year"),
)


def number_of(text: str) -> int:
    """Return a small number in digits, English or Chinese."""
    text = text.strip()
    if text.isdigit():
        return int(text)
    if text in NUMBERS:
        return NUMBERS[text]
    tens, ten, ones = text.partition("十")
    if ten:
        return (DIGITS.get(tens, 1) or 1) * 10 + DIGITS.get(ones, 0)
    return DIGITS.get(text, 0)


def between(first: Day, last: Day) -> Days:
    """Return days as a plan keeps them."""
    return Days(OWN, first.isoformat(), last.isoformat())


def whole_month(year: int, month: int) -> Days:
    """Return a month."""
    return between(Day(year, month, 1), Day(year, month, calendar.monthrange(year, month)[1]))


def past_year(month: int, today: Day) -> int:
    """Return the year of the last such month that has begun."""
    return today.year if month <= today.month else today.year - 1


def last_days(found: re.Match[str], today: Day) -> Days | None:
    """Read "last 14 days", 最近两周."""
    count = number_of(found["count"] or "")
    if found["unit"] in ("月", "年") and not found["count"]:
        return None
    days = (count * UNITS[found["unit"].rstrip("s")] if count else 15) or 1
    if days in (7, 28, 90):
        return Days(f"{days}d")
    return between(today - datetime.timedelta(days=min(days, 1100) - 1), today)


def named_month(found: re.Match[str], today: Day) -> Days | None:
    """Read "in March", "March 2025"."""
    month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(found["month"][:3]))
    return whole_month(int(found["year"] or past_year(month, today)), month)


def chinese_month(found: re.Match[str], today: Day) -> Days | None:
    """Read 3月, 去年3月, 2025年3月."""
    month = number_of(found["month"])
    if not 1 <= month <= 12:
        return None
    year = past_year(month, today)
    if found["which"]:
        year = today.year - 1 if found["which"] == "去年" else today.year
    return whole_month(int(found["year"] or year), month)


def chinese_day(found: re.Match[str], today: Day) -> Days | None:
    """Read 10月5日, and from one to another."""
    try:
        ends = [
            dated(today, int(found[f"month{n}"] or found["month1"]), int(found[f"day{n}"]))
            for n in (1, 2) if found[f"day{n}"]
        ]  # fmt: skip
    except ValueError:
        return None
    return between(ends[0], ends[-1])


def dated(today: Day, month: int, day: int) -> Day:
    """Return the last such day that is not in the future."""
    this = Day(today.year, month, day)
    return this if this <= today else Day(today.year - 1, month, day)


def iso(found: re.Match[str], today: Day) -> Days | None:
    """Read 2026-10-01, and from one to another."""
    try:
        ends = [Day.fromisoformat(one.replace("/", "-")) for one in
                (found["first"], found["last"] or found["first"])]  # fmt: skip
    except ValueError:
        return None
    if found["since"] and not found["last"]:
        ends[1] = max(ends[0], today)
    return between(min(ends), max(ends))


def before_yesterday(_found: re.Match[str], today: Day) -> Days | None:
    """Read 前天."""
    day = today - datetime.timedelta(days=2)
    return between(day, day)


def plainly(code: str) -> Maker:
    """Return what reads a period that has a name."""
    return lambda _found, _today: Days(code)


DATE = r"\d{4}[-/]\d{2}[-/]\d{2}"
COUNTED = "|".join(sorted(UNITS, key=len, reverse=True))
READERS: tuple[tuple[re.Pattern[str], Maker], ...] = (
    (re.compile(rf"(?P<since>since |from |自|从)?(?P<first>{DATE})"
                rf"(?:\s*(?:to|until|till|and|through|到|至|–|-|~)\s*(?P<last>{DATE}))?"
                r"(?:以来|起)?"), iso),
    (re.compile(r"(?:从)?(?P<month1>\d{1,2})月(?P<day1>\d{1,2})[日号]?"
                r"(?:\s*(?:到|至|-|~)\s*(?:(?P<month2>\d{1,2})月)?(?P<day2>\d{1,2})[日号]?)?"),
     chinese_day),
    (re.compile(r"(?P<which>去年|今年)?(?:(?P<year>\d{4})年)?"
                r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?!\d)"), chinese_month),
    (re.compile(r"\b(?:in |during |for )?(?:the )?(?:last|past|previous|recent)\s+"
                r"(?P<count>\d{1,4}|one|two|three|four|five|six|seven|ten|twelve|thirty)\s+"
                r"(?P<unit>days?|weeks?|months?|quarters?|years?)\b"), last_days),
    (re.compile(r"\b(?:in |over |during )?the (?P<count>)past (?P<unit>week|month|quarter|year)\b"),
     last_days),
    (re.compile(rf"(?:最近|近|过去|前)(?:的)?(?P<count>\d{{1,4}}|[一二两三四五六七八九十半]{{1,3}})"
                rf"(?:个)?(?P<unit>{COUNTED})"), last_days),
    (re.compile(r"\b(?:in |during |of )?(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|"
                r"may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|"
                r"dec(?:ember)?)\b(?:\s+(?P<year>20\d\d))?"), named_month),
    (re.compile("前天|the day before yesterday"), before_yesterday),
    *((re.compile(pattern), plainly(code)) for pattern, code in PLAIN),
)  # fmt: skip


def read(text: str, today: Day) -> tuple[list[Days], str]:
    """Return the periods of a sentence in its order, and the sentence without them."""
    found: list[tuple[int, Days]] = []
    for pattern, make in READERS:

        def put(match: re.Match[str], make: Maker = make) -> str:
            days = make(match, today)
            if days is None:
                return match[0]
            found.append((match.start(), days))
            return " " * (match.end() - match.start())

        text = pattern.sub(put, text)
    return [days for _place, days in sorted(found, key=lambda one: one[0])], text
