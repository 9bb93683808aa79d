"""The overview of what people say: figures and what they were, charts, aspects, products."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Feeling, Product
from catalog.presenting.opinions import aspect_name
from marketing.listening.asked import DOUBTFUL, Filters
from marketing.listening.voices import Asked
from marketing.models import Source
from shopguide.accounts.models import Merchant
from shopguide.charts import Line, Point, bars, line, sparkline

Row = dict[str, Any]
Felt = Mapping[tuple[datetime.date, str], int]
Told = Mapping[tuple[str, datetime.date, int], int]
SHOWN = 8
FEW = 5  # voices under which a share says nothing
SMOOTH = 7


def said_url(merchant: Merchant, filters: Filters, **other: Any) -> str:
    """Return where the very voices are listed."""
    return reverse("merchant_mentions", args=[merchant.slug]) + filters.query(**other)


def figures(
    merchant: Merchant, filters: Filters, now: Felt, before: Felt, doubts: int
) -> list[Row]:
    """Return the numbers at the top, each with the rows behind it."""
    heard, former = sum(now.values()), sum(before.values())
    rows = [figure(_("Voices"), f"{heard:,}", f"{former:,}", said_url(merchant, filters))]
    for feeling, label in (
        (Feeling.POSITIVE, _("Content")),
        (Feeling.NEGATIVE, _("Unhappy")),
    ):
        share, was = (percent(total(felt, feeling), sum(felt.values())) for felt in (now, before))
        rows.append(figure(label, share, was, said_url(merchant, filters, only=feeling)))
    url = said_url(merchant, filters, only=DOUBTFUL)
    return [*rows, {"label": _("Doubted, not counted"), "value": f"{doubts:,}", "url": url}]


def figure(label: str, value: str, before: str, url: str) -> Row:
    """Return one number with what it was in the days before."""
    return {"label": label, "value": value, "before": before, "url": url,
            "before_label": _("The same days before")}  # fmt: skip


def total(felt: Felt, feeling: str) -> int:
    """Return how many feel so."""
    return sum(count for (_day, one), count in felt.items() if one == feeling)


def percent(part: int, whole: int) -> str:
    """Return a share in per cent; a dash of too few."""
    return f"{part * 100 / whole:.0f}%" if whole >= FEW else "—"


def days_of(asked: Asked) -> list[datetime.date]:
    """Return all days, those without a voice too."""
    return [asked.since + datetime.timedelta(days=number) for number in range(asked.days)]


def charts(asked: Asked, felt: Felt) -> list[Row]:
    """Return voices by day, and the share of unhappy ones over the seven days up to each."""
    days = days_of(asked)
    heard = Counter[datetime.date]()
    for (day, _feeling), count in felt.items():
        heard[day] += count
    return [
        {"title": _("Voices a day"), "unit": "", "chart": by_day(days, heard)},
        {"title": _("Unhappy, of seven days each"), "unit": "%",
         "chart": unhappy(days, heard, felt)},
    ]  # fmt: skip


def by_day(days: Sequence[datetime.date], counts: Mapping[datetime.date, int]) -> Line:
    """Return counts over days as a line."""
    return line([Point(label(day), counts.get(day, 0)) for day in days])


def unhappy(days: Sequence[datetime.date], heard: Mapping[datetime.date, int], felt: Felt) -> Line:
    """Return the share of unhappy voices, smoothed so that a quiet day does not jump."""
    points = []
    for place, day in enumerate(days):
        span = days[max(0, place - SMOOTH + 1) : place + 1]
        whole = sum(heard.get(one, 0) for one in span)
        bad = sum(felt.get((one, str(Feeling.NEGATIVE)), 0) for one in span)
        points.append(Point(label(day), round(100 * bad / whole, 1) if whole else 0.0))
    return line(points)


def label(day: datetime.date) -> str:
    """Return a day as an axis shows it."""
    return formats.date_format(day, "MONTH_DAY_FORMAT")


def aspect_rows(merchant: Merchant, filters: Filters, now: Told, before: Told) -> list[Row]:
    """Return what is said of each aspect, the most complained of first."""
    asked = filters.asked
    rows = []
    for aspect in {aspect for aspect, _day, _side in now}:
        good, bad = sides(now, aspect)
        _good, was = sides(before, aspect)
        by = [now.get((aspect, day, -1), 0) for day in days_of(asked)]
        rows.append(
            {
                "name": aspect_name(aspect),
                "good": good,
                "bad": bad,
                "was": was,
                "change": change(bad, was),
                "worse": bad > was,
                "spark": sparkline([*map(float, by)]) if any(by) else "",
                "good_url": said_url(merchant, filters, aspect=aspect, said="good"),
                "bad_url": said_url(merchant, filters, aspect=aspect, said="bad"),
            }
        )
    return sorted(rows, key=lambda row: (-row["bad"], -row["good"], row["name"]))


def sides(told: Told, aspect: str) -> tuple[int, int]:
    """Return how many call an aspect good, and how many bad."""
    good, bad = (
        sum(n for (one, _day, side), n in told.items() if (one, side) == (aspect, wanted))
        for wanted in (1, -1)
    )
    return good, bad


def change(now: int, before: int) -> str:
    """Say how a number has changed; nothing where it has not."""
    return f"{now - before:+d}".replace("-", "−") if now != before else "±0"


def product_rows(
    merchant: Merchant, filters: Filters, felt: Mapping[tuple[int | None, str], int]
) -> list[Row]:
    """Return the products with the most unhappy voices. One query with their texts."""
    heard, bad = Counter[int](), Counter[int]()
    for (product, feeling), count in felt.items():
        if product is not None:
            heard[product] += count
            bad[product] += count * (feeling == Feeling.NEGATIVE)
    worst = sorted(bad, key=lambda one: (-bad[one], -heard[one], one))[:SHOWN]
    known = Product.objects.filter(pk__in=worst).prefetch_related("texts").in_bulk()
    return [
        {
            "title": known[one].title,
            "heard": heard[one],
            "bad": bad[one],
            "share": percent(bad[one], heard[one]),
            "url": filters.query(product=one) or "?",
            "bad_url": said_url(merchant, filters, product=one, only=Feeling.NEGATIVE),
        }
        for one in worst
        if one in known and bad[one]
    ]


def source_bars(felt: Mapping[tuple[str, str], int]) -> list[Any]:
    """Return how much is heard from where."""
    heard = Counter[str]()
    for (source, _feeling), count in felt.items():
        heard[source] += count
    names = dict(Source.choices)
    points = [Point(str(names[one]), count) for one, count in heard.most_common()]
    return bars(points, say=lambda count: ngettext("%d voice", "%d voices", int(count)) % count)
