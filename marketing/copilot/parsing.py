"""Read a question into a plan: our own grammar over the registry's words, no model.

What is recognised is taken out of the sentence, the surest first: names in quotes, a change, days,
comparison, ranking, figures, ways to break down. What is left must be a name of the shop's own
things, or the question was not understood, and that is said. It reads no figure and writes nothing.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from marketing.copilot import changing, moments, offers, phrases
from marketing.copilot.plans import Change, Days, Misunderstood, Named, Plan
from marketing.figures.spans import NOTHING, PREVIOUS, YEAR
from profiles.measuring import FACTS, METRICS, TIMES, Dimension, Metric

MOST_METRICS = 4
TIMELY = ("day", "week", "month")
# Of what is not told by product there is something near that is.
INSTEAD = {
    "revenue": "item_sales", "orders": "units", "average_order": "item_sales",
    "returns": "return_rate", "refunded": "return_rate", "visits": "shown",
}  # fmt: skip
EARLIER = {"week": "last_week", "month": "last_month", "today": "yesterday", "year": "last_year"}
GAP = " ¦ "


class Names(Protocol):
    """The shop's own names."""

    def find(self, text: str) -> Named | None:
        """Return what is called so, if anything."""

    def group(self, metric: str, ascending: bool) -> Named | None:
        """Return the products that stand first by a figure."""


@dataclass
class Sentence:
    """What is left of a question to be read."""

    text: str

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take out every place where a pattern stands; return the first."""
        first = pattern.search(self.text)
        if first:
            self.text = pattern.sub(GAP, self.text)
        return first


def clean(text: str) -> str:
    """Return a question in one form of letters."""
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = plain.replace("’", "'").replace("'s ", " ")
    return re.sub(r"\s+", " ", re.sub(r"[?!;,。！？；，、…]|\.(?!\d)", " ", plain)).strip()


def parse(
    text: str, names: Names, today: datetime.date, metrics: Iterable[Metric]
) -> Plan | Misunderstood:
    """Read a question. ``metrics``: those that the asker may read."""
    sentence = Sentence(clean(text))
    if not sentence.text:
        return Misunderstood("nothing")
    spoken = [match[1] for match in phrases.SPOKEN.finditer(sentence.text)]
    sentence.take(phrases.SPOKEN)
    if (changed := change_of(sentence, spoken, names)) is not None:
        return changed
    return figure_of(sentence, spoken, names, today, list(metrics))


# --- figures --------------------------------------------------------------------------------------
def figure_of(
    sentence: Sentence, spoken: list[str], names: Names, today: datetime.date, may: list[Metric]
) -> Plan | Misunderstood:
    """Read what is asked of the figures."""
    against = YEAR if sentence.take(phrases.YEARLY) else NOTHING
    past = bool(phrases.AGAINST_PAST.search(sentence.text))
    days, sentence.text = moments.read(sentence.text, today)
    if sentence.take(phrases.COMPARED) and against == NOTHING:
        against = compared(days, past)
    ascending, limit, ranked, good = order_of(sentence)
    chosen, by = ranking_of(sentence), ""
    if chosen:
        codes, by, ascending, ranked, good = [chosen[0]], chosen[1], chosen[2], True, False
    else:
        by = "query" if sentence.take(phrases.QUERIES) else ""
        codes = metrics_of(sentence) or (["searches"] if by else [])
    trend = bool(sentence.take(phrases.TREND))
    if "searches" in codes and "search_gaps" in codes:
        codes, by = [one for one in codes if one != "searches"], "query"
    by = by or dimension_of(sentence, codes)
    filters = filters_of(sentence, spoken, names)
    if isinstance(filters, Misunderstood):
        return filters
    if not codes and (ranked or by == "product" or filters):
        codes = ["units"]
    if not codes:
        return Misunderstood("metric", instead=tuple(str(one.label) for one in may[:8]))
    if trend and by not in TIMELY:
        by = "day"
    if good and METRICS[codes[0]].good < 0:
        ascending = not ascending
    if ranked and not by:
        by = "product"
    plan = Plan(
        intent="figure", metrics=tuple(codes[:MOST_METRICS]), dimension=by, ascending=ascending,
        limit=limit, days=days[0] if days else Days(), against=against, names=tuple(filters),
        assumed=() if days else ("days",),
    )  # fmt: skip
    return fitted(plan, ranked, {one.code for one in may})


def compared(days: list[Days], past: bool) -> str:
    """Return what a period is compared with, and keep the first of two."""
    if len(days) > 1 and days[1].code == "last_year" and days[0].code != "year":
        return YEAR
    if past and len(days) == 1 and days[0].code in EARLIER.values():
        first = next(now for now, then in EARLIER.items() if then == days[0].code)
        days[0] = Days(first)
    return PREVIOUS


def order_of(sentence: Sentence) -> tuple[bool, int, bool, bool]:
    """Return whether the lowest stand first, how many, whether it is a ranking, and of merit."""
    for pattern, ascending in ((phrases.TOP, False), (phrases.LOW, True)):
        if found := sentence.take(pattern):
            number = next(filter(None, found.groups()))
            merit = bool(re.search("best|worst|最[好差]", found[0]))
            return ascending, max(1, min(moments.number_of(number), 50)), True, merit
    return False, 5, False, False


def ranking_of(sentence: Sentence) -> tuple[str, str, bool] | None:
    """Return a ranking of products that words are about by themselves."""
    for pattern, metric, by, ascending in phrases.RANKINGS:
        if sentence.take(pattern):
            return metric, by, ascending
    return None


def metrics_of(sentence: Sentence) -> list[str]:
    """Return the figures that are named, in the order of the sentence."""
    known = sorted(
        ((word, metric.code) for metric in METRICS.values() for word in metric.words),
        key=lambda one: -len(one[0]),
    )
    found: list[tuple[int, str]] = []
    for word, code in known:
        match = phrases.words(word).search(sentence.text)
        if match:
            found.append((match.start(), code))
            blank = " " * (match.end() - match.start())
            sentence.text = sentence.text[: match.start()] + blank + sentence.text[match.end() :]
    codes = list(dict.fromkeys(code for _place, code in sorted(found)))
    if "assisted_revenue" in codes:  # 助手带来的成交额 is one figure
        codes = [one for one in codes if one != "revenue"]
    return codes


def dimension_of(sentence: Sentence, codes: list[str]) -> str:
    """Return how the figure is to be broken down: a word for it after "by", "which" or 各."""
    dimensions: dict[str, Dimension] = {}
    for code in [*codes, *("units", "orders")]:
        facts = FACTS[METRICS[code].facts]
        for one in (*facts.dimensions, *TIMES):
            dimensions.setdefault(one.code, one)
    asked = phrases.EACH.search(sentence.text)
    own = ("每", "按", "逐", "星期几", "周几", "几点", "时段", "why", "为什么", "daily", "weekly",
           "monthly", "hourly", "原因", "reason", "漏斗", "funnel")  # fmt: skip
    pairs = sorted(
        ((word, one.code) for one in dimensions.values() for word in one.words),
        key=lambda pair: -len(pair[0]),
    )
    for word, code in pairs:
        forms = (word, f"{word}s", f"{word[:-1]}ies") if word.isascii() else (word,)
        pattern = phrases.words(*forms)
        if pattern.search(sentence.text) and (asked or word.startswith(own) or len(word) > 6):
            sentence.take(pattern)
            sentence.take(phrases.words(*dimensions[code].words))
            return code
    return ""


def filters_of(sentence: Sentence, spoken: list[str], names: Names) -> list[Named] | Misunderstood:
    """Return the names that narrow the question; what is nobody's name was not understood."""
    found: list[Named] = []
    for code, pattern in phrases.CURRENCIES.items():
        if sentence.take(pattern):
            found.append(Named("currency", (code,), code))
    for text in [*spoken, *left_over(sentence.text)]:
        named = names.find(text)
        if named is None:
            return Misunderstood("name", text)
        if named not in found:
            found.append(named)
    return found


def left_over(text: str) -> list[str]:
    """Return what is left of a sentence without the words that only hold it together."""
    for pattern in (phrases.MOST, phrases.LEAST, phrases.BEST, phrases.WORST):
        text = pattern.sub(GAP, text)
    text = LONG_FILLERS.sub(GAP, text)
    parts = [trimmed(part.strip(" ¦-–—:.'\"()/%")) for part in text.split("¦")]
    return [part for part in parts if part and part not in SHORT]


# A single Chinese sign may be a part of a name, so it goes only from the ends.
SHORT = frozenset(
    one for one in (*phrases.LISTED, *phrases.FILLED) if len(one) == 1 and not one.isascii()
)
LONG_FILLERS = phrases.words(
    *(one for one in phrases.LISTED if len(one) > 1 or one.isascii()), *phrases.AROUND
)


def trimmed(text: str) -> str:
    """Take single filling signs off the ends."""
    while text and text[0] in SHORT:
        text = text[1:].strip()
    while text and text[-1] in SHORT:
        text = text[:-1].strip()
    return text


def fitted(plan: Plan, ranked: bool, may: set[str]) -> Plan | Misunderstood:
    """Return the plan with figures that can be told so; Misunderstood if there is no such way."""
    wanted = [plan.dimension] if plan.dimension else []
    wanted += [one.kind for one in plan.names]
    codes = []
    for code in plan.metrics:
        fit = code if can(code, wanted) else INSTEAD.get(code, "")
        if not fit or not can(fit, wanted):
            ways = FACTS[METRICS[code].facts].dimensions
            return Misunderstood(
                "parts", str(METRICS[code].label), tuple(str(one.label) for one in ways)
            )
        codes.append(fit)
    if not may.issuperset(codes):
        return Misunderstood("role", str(METRICS[codes[0]].label))
    intent = "figure"
    if plan.dimension:
        intent = "trend" if plan.dimension in TIMELY else "rank" if ranked else "parts"
    limit = plan.limit if ranked or intent == "figure" else 50
    return replace(plan, metrics=tuple(dict.fromkeys(codes)), intent=intent, limit=limit)


def can(code: str, wanted: list[str]) -> bool:
    """Tell whether a figure can be broken down and narrowed so."""
    return all(FACTS[METRICS[code].facts].dimension(one) for one in wanted)


# --- changes --------------------------------------------------------------------------------------
def change_of(sentence: Sentence, spoken: list[str], names: Names) -> Plan | Misunderstood | None:
    """Read a change that is asked for; None if the sentence asks for none."""
    if (offer := offers.offer_in(sentence.text)) is not None:
        named = whose(offer[1], spoken, names) if offer[1] else []
        if isinstance(named, Misunderstood):
            return named
        return Plan(intent="change", change=offer[0], names=tuple(named))
    for pattern, kind, mode, sign in changing.CHANGES:
        found = pattern.search(sentence.text)
        if found is None:
            continue
        change = stated(found, kind, mode, sign)
        rest = "".join(found.groupdict().get(part) or "" for part in "xyz")
        rest += sentence.text[: found.start()] + sentence.text[found.end() :]
        which = whose(rest, spoken, names)
        if isinstance(which, Misunderstood):
            return which
        return Plan(intent="change", change=change, names=tuple(which))
    return None


def stated(found: re.Match[str], kind: str, mode: str, sign: int) -> Change:
    """Return the change as one of those that bulk edits make."""
    said = found.groupdict()
    if kind == "status":
        return Change(kind, "set", mode)
    if kind == "copy":
        return Change(
            kind, mode, unit=changing.CHANNELS.get(said.get("channel") or "", "description")
        )
    number = said.get("n") or "0"
    if mode == "fold":  # 8折 and 85折: eight tenths, and 85 of a hundred
        share = float(number) if number[0].isdigit() else folded(number)
        share = share * 10 if share < 10 else share
        return Change(kind, "percent", f"{share - 100:g}", "%")
    unit = changing.SIGNS.get(said.get("cur") or said.get("cur2") or "", "")
    amount = number if sign > 0 else f"-{number}"
    return Change(kind, mode, amount, "%" if mode == "percent" else unit)


def folded(text: str) -> float:
    """Return 八 or 八五 as tenths."""
    digits = [moments.DIGITS[one] for one in text]
    return digits[0] + (digits[1] / 10 if len(digits) > 1 else 0)


def whose(rest: str, spoken: list[str], names: Names) -> list[Named] | Misunderstood:
    """Return which products are meant."""
    for pattern, metric, _by, ascending in phrases.RANKINGS:
        if pattern.search(rest):
            group = names.group(metric, ascending)
            return [group] if group else Misunderstood("empty", rest.strip())
    parts = [*spoken] or [
        part.strip(" ¦-–—:.'\"()/%") for part in phrases.FILLERS.sub("¦", rest).split("¦")
    ]
    found = []
    for part in filter(None, map(trimmed, parts)):
        named = names.find(part)
        if named is None or named.kind not in ("product", "brand", "category"):
            return Misunderstood("name", part)
        found.append(named)
    return found or Misunderstood("change")
