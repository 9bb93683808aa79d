"""Days that a message names: a day ahead (by Friday, 周五前), or when something was (上周, 前几天).

For planning and the tools. Pure code over folded words and a given today; it asks no clock.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.understanding.cues import number_of
from catalog.text import fold

_WEEKDAYS_ZH = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIXED = {
    "christmas eve": (12, 24), "christmas": (12, 25), "xmas": (12, 25), "圣诞节": (12, 25),
    "圣诞": (12, 25), "new year": (1, 1), "元旦": (1, 1), "valentine": (2, 14), "情人节": (2, 14),
}  # fmt: skip
_NEAR = {"大后天": 3, "后天": 2, "明天": 1, "明日": 1, "明晚": 1, "今天": 0, "今晚": 0, "今日": 0,
         "day after tomorrow": 2, "tomorrow": 1, "today": 0, "tonight": 0}  # fmt: skip
_WEEK_ZH = re.compile(
    r"(?P<week>这|本|下下|下|上)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])"
)
_WEEK_EN = re.compile(
    r"\b(?P<week>next|this|last)? ?(?P<day>mon|tue|wed|thu|fri|sat|sun)"
    r"(?:day|s|sday|nesday|rs|rsday|urday)?s?\b|\b(?P<week2>next|this|last)? ?weekend\b"
)
_OF_MONTH = re.compile(
    r"(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})[号日]"
    rf"|\b(?P<name>{'|'.join(_MONTHS)})[a-z]*\.? (?:the )?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b"
    rf"|\b(?P<day3>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<name2>{'|'.join(_MONTHS)})[a-z]*\b"
    r"|\b(?:on|by|before|until|for) the (?P<day4>\d{1,2})(?:st|nd|rd|th)\b"
)
# When it is ordered, which is not by when it is to be there.
_ORDERED = re.compile(
    r"(?:今[天晚]|现在|明天)(?:就)?(?:买|下单|拍|订)"
    r"|\b(?:order\w*|buy|bought|pay)(?: it| this| them)? (?:today|now|tonight|tomorrow)\b"
)
_BEFORE = re.compile(r"\bbefore\b")
_ARRIVES = re.compile(
    r"到|送|收|拿|来得?及|赶得?上|赶不上"
    r"|\b(?:arriv\w+|here|com(?:e|es|ing)|get|reach|deliver\w*|have (?:it|them)|in time|make it"
    r"|receive|need (?:it|them|this|the|a|an|my|two|some)|there)\b"
)
# It has arrived already: 今天收到的.
_PAST = re.compile(
    r"(?:收|拿|送|寄)?到(?:的|了)(?!吗|么|没)|\b(?:came|got (?:it|them|my|the)|arrived|received)\b"
)


_IN_TIME = re.compile(r"前|赶|来得?及|\b(?:by|before|in time|until)\b")
# Within so many days; of giving back that is a rule's, and no day.
_IN_DAYS = re.compile(
    r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})天(?:之?内|以内)"
    r"|\b(?:within|in)(?: the next)? (?P<n2>\d{1,2}|one|two|three|four|five|six|seven|ten) days\b"
)
_GIVES_BACK = re.compile(r"退|换|\b(?:return|refund|exchange|back)")
_ANY_DAY = date(2000, 1, 3)


@dataclass(frozen=True)
class Day:
    """A day that was named. ``before``: it is to have happened before that day."""

    day: date
    before: bool = False

    @property
    def last(self) -> date:
        """Return the last day that is still in time."""
        return self.day - timedelta(days=1) if self.before else self.day


def arrives_by(text: str, today: date, *, going_on: bool = False) -> Day | None:
    """Return by which day something is to have arrived; None where that is not asked.

    ``going_on``: arriving was talked of just before, so that a day alone asks it again.
    """
    folded = _ORDERED.sub(" ", fold(text))
    found = day_in(folded, today)
    if found is None or _PAST.search(folded):
        return None
    return found if going_on or _ARRIVES.search(folded) else None


def asks_a_day(text: str, *, going_on: bool = False) -> bool:
    """Tell whether a message asks if something will have arrived by a day, whichever today is."""
    return arrives_by(text, _ANY_DAY, going_on=going_on) is not None


def day_in(text: str, today: date) -> Day | None:
    """Return the first day from today on that a folded text names."""
    for way in (_within, _near, _of_week, _of_month, _fixed):
        if found := way(text, today):
            day, after = found
            chinese = text[after:].lstrip("之以的 ").startswith("前")
            return Day(day, before=chinese or bool(_BEFORE.search(text)))
    return None


def _within(text: str, today: date) -> tuple[date, int] | None:
    match = _IN_DAYS.search(text)
    count = number_of(match["n"] or match["n2"]) if match and not _GIVES_BACK.search(text) else None
    return (today + timedelta(days=count), match.end()) if match and count else None


def _near(text: str, today: date) -> tuple[date, int] | None:
    for words, ahead in _NEAR.items():
        if (place := text.find(words)) >= 0:
            return today + timedelta(days=ahead), place + len(words)
    return None


def _of_week(text: str, today: date) -> tuple[date, int] | None:
    if match := _WEEK_ZH.search(text):
        if match["week"] == "上":
            return None
        monday = today - timedelta(days=today.weekday())
        weeks = {"下": 1, "下下": 2}.get(match["week"] or "", 0)
        day = monday + timedelta(days=7 * weeks + _WEEKDAYS_ZH[match["day"]])
        return (day if day >= today else day + timedelta(days=7)), match.end()
    if (match := _WEEK_EN.search(text)) and "last" not in (match["week"], match["week2"]):
        wanted = _WEEKDAYS.index(match["day"]) if match["day"] else 5
        ahead = (wanted - today.weekday()) % 7
        following = "next" in (match["week"], match["week2"])
        sooner = following and ahead + today.weekday() < 7
        return today + timedelta(days=ahead + (7 if sooner else 0)), match.end()
    return None


def _of_month(text: str, today: date) -> tuple[date, int] | None:
    match = _OF_MONTH.search(text)
    if match is None:
        return None
    day = int(next(match[name] for name in ("day", "day2", "day3", "day4") if match[name]))
    name = match["name"] or match["name2"]
    month = int(match["month"]) if match["month"] else _MONTHS.index(name) + 1 if name else None
    return (found, match.end()) if (found := _coming(today, month, day)) else None


def _fixed(text: str, today: date) -> tuple[date, int] | None:
    if not _IN_TIME.search(text):
        return None  # a present for Christmas
    for words, (month, day) in _FIXED.items():
        place = text.find(words)
        if place >= 0 and (found := _coming(today, month, day)):
            return found, place + len(words)
    return None


def _coming(today: date, month: int | None, day: int) -> date | None:
    """Return the next day of that number from today on; None where there is none."""
    for ahead in range(24):
        year, place = divmod(today.year * 12 + today.month - 1 + ahead, 12)
        here = place + 1
        if month not in (None, here) or not 1 <= day <= monthrange(year, here)[1]:
            continue
        if (found := date(year, here, day)) >= today:
            return found
    return None


# --- When something was ---------------------------------------------------------------------------
_N = r"(?P<{0}>\d{{1,2}}|[一二两三四五六七八九十]|an?|one|two|three|four|five|six|a couple of)"
_AGO = re.compile(
    rf"{_N.format('n')}个?(?P<unit>天|周|星期|礼拜|月)(?:之?前|以前)"
    rf"|\b{_N.format('n2')} (?P<unit2>day|week|month)s? (?:ago|back)\b"
)
_LAST_WEEK = re.compile(r"上个?(?:周|星期|礼拜)|\blast week\b")
_LAST_MONTH = re.compile(r"上个?月|\blast month\b")
_THIS_WEEK = re.compile(r"[这本]个?(?:周|星期|礼拜)|\bthis week\b|\bearlier this week\b")
_YESTERDAY = re.compile(r"昨(?:天|日|晚)|\byesterday\b|\blast night\b")
_BEFORE_THAT = re.compile(r"前天(?!后)|\bday before yesterday\b")
_TODAY = re.compile(
    r"今(?:天|早|晨)|刚(?:刚|才)?(?:下|买|拍|订)|\b(?:today|this morning|just now)\b"
)
_LATELY = re.compile(
    r"前(?:几|两|些)天|前阵子|这几天|最近(?:几天)?(?:买|下|拍|订)"
    r"|\b(?:the other day|a few days (?:ago|back)|recently|couple of days ago)\b"
)
_IN_MONTH = re.compile(
    r"(?<!\d)(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:份|里|初|中|底)?(?![\d一二三])"
    rf"|\b(?:in|from|during|back in|of|for) (?:last )?(?P<name>{'|'.join(_MONTHS)})[a-z]*\b(?! \d)"
)
_UNITS = {"天": 1, "day": 1, "周": 7, "星期": 7, "礼拜": 7, "week": 7, "月": 30, "month": 30}


def span_in(text: str, today: date) -> tuple[date, date] | None:
    """Return from when to when something was, by a folded text; None where that is not said."""
    if match := _AGO.search(text):
        unit = _UNITS[match["unit"] or match["unit2"]]
        said = (match["n"] or match["n2"]).replace("a couple of", "2")
        back, loose = (number_of(said) or 1) * unit, unit // 2
        return today - timedelta(days=back + loose), today - timedelta(days=back - loose)
    if (match := _IN_MONTH.search(text)) and (found := _month_of(match, today)):
        return found
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    spans = (
        (_YESTERDAY, today - timedelta(days=1), today - timedelta(days=1)),
        (_BEFORE_THAT, today - timedelta(days=2), today - timedelta(days=2)),
        (_LAST_WEEK, monday - timedelta(days=7), monday - timedelta(days=1)),
        (_LAST_MONTH, (first - timedelta(days=1)).replace(day=1), first - timedelta(days=1)),
        (_THIS_WEEK, monday, today),
        (_LATELY, today - timedelta(days=8), today),
        (_TODAY, today, today),
    )
    return next(((start, end) for words, start, end in spans if words.search(text)), None)


def _month_of(match: re.Match[str], today: date) -> tuple[date, date] | None:
    """Return the first and the last day of the last such month; None where there is none."""
    said = match["month"]
    month = number_of(said) if said else _MONTHS.index(match["name"]) + 1
    if month is None or not 1 <= month <= 12:
        return None
    year = today.year if month <= today.month else today.year - 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


_AFTER = re.compile(
    r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3}|半)(?P<zh>个月|年)"
    r"|\b(?P<n2>\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|half a)"
    r"(?: and a half)? (?P<en>month|year)s?\b"
)


def months_in(text: str) -> int | None:
    """Return a time that is named, in months: 八个月, "after two years"; None for none."""
    match = _AFTER.search(fold(text))
    if match is None:
        return None
    said, unit = match["n"] or match["n2"], match["zh"] or match["en"]
    if said in ("半", "half a"):
        return 6 if unit in ("年", "year") else None
    count = number_of(said)
    return count * (12 if unit in ("年", "year") else 1) if count else None
