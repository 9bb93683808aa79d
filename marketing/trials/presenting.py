"""Trials as their list, their wizard and their own page show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.presenting.cards import picture_url
from catalog.presenting.naming import html_lang
from marketing.copy.channels import CHANNELS
from marketing.copy.presenting.drafts import LANGUAGES, channel_label
from marketing.copy.presenting.marking import both
from marketing.models import Trial
from marketing.trials.planning import Estimate
from marketing.trials.running import USUAL
from marketing.trials.telling import AIMS, LEAST_PEOPLE, difference, letter_of, percent, points
from profiles.experiments.counting import days_of
from profiles.experiments.deciding import Standing
from profiles.experiments.running import Results
from profiles.experiments.statistics import Comparison, Count
from profiles.models import Experiment, Stage
from profiles.models.experiment import Mode
from shopguide.charts import Lines, Point, lines

# What the market place tries on its lists, in words: profiles.recommending knows these by code.
LIST_TITLES = {"lists": gettext_lazy("How varied the lists of recommendations are")}
LIST_ARMS = {
    "as it is": gettext_lazy("As until now"),
    "diverse": gettext_lazy("More varied"),
    "focused": gettext_lazy("Closer to what is known"),
}
LOOKS = {"harm": "bad", "fault": "bad", "adopted": "good", "changed": "warn"}


def trial_row(trial: Trial, met: int) -> dict[str, Any]:
    """Return one trial as lists show it; uses its prefetched product and arms."""
    product = trial.product
    media = list(product.media.all())
    planned = trial.people * (1 + len(trial.arms.all()))
    leads = trial.running and bool(trial.winner)
    return {
        "pk": trial.pk,
        "url": reverse("merchant_trial", args=[product.merchant.slug, trial.pk]),
        "title": product.title,
        "sku": product.sku,
        "image_url": picture_url(media[0].file) if media else "",
        "channel": channel_label(trial.channel),
        "language": LANGUAGES.get(trial.locale, trial.locale),
        "aim": AIMS[trial.experiment.metric],
        "mode": Mode(trial.experiment.mode).label,
        "running": trial.running,
        "state": _("A winner to adopt") if leads else trial.get_ending_display(),
        "look": "good" if leads else LOOKS.get(trial.ending, ""),
        "met": f"{met:,}" if met else "0",
        "planned": f"{planned:,}",
        "share": min(100, round(100 * met / planned)) if planned else 0,
        "began_at": trial.began_at,
        "demo": trial.demo,
        "hypothesis": trial.hypothesis,
    }


def arm_rows(trial: Trial, found: Standing) -> list[dict[str, Any]]:
    """Return each arm with its text against the usual one, and what came of it."""
    arms, shares = [*found.arms], dict(trial.experiment.arms)
    known = {arm.name: arm for arm in trial.arms.all()}
    labels = [(name, part.label) for name, part in CHANNELS[trial.channel].parts.items()]
    widest = max((wide(one) for one in found.against.values() if one.enough), default=0.0)
    rows = []
    for name in arms:
        arm, total = known.get(name), found.totals[name]
        against = found.against.get(name)
        rows.append({
            "name": name,
            "letter": letter_of(arms, name),
            "usual": name == USUAL,
            "lang": html_lang(trial.locale),
            "sides": both(trial.control, arm.parts if arm else trial.control, labels),
            "people": f"{total.people:,}",
            "rate": percent(total.rate) if total.people >= LEAST_PEOPLE else "—",
            "share": percent(shares.get(name, 0.0)) if trial.running else "",
            "out": arm.get_out_display() if arm and arm.out else "",
            "difference": difference(against) if against and against.enough else "",
            "mark": mark_of(against),
            "interval": interval(against, widest) if against and against.enough else None,
            "can_adopt": bool(arm and arm.draft_id and not arm.out),
            "draft": arm.draft_id if arm else None,
        })  # fmt: skip
    return rows


def wide(one: Comparison) -> float:
    """Return how far an interval reaches from zero."""
    return max(abs(one.low), abs(one.high))


def mark_of(one: Comparison | None) -> str:
    """Return how a difference is marked: good, bad or nothing."""
    return "" if one is None else "good" if one.better else "bad" if one.worse else ""


def interval(one: Comparison, widest: float) -> dict[str, float]:
    """Return an interval as places between 0 and 100, with zero at 50."""

    def place(value: float) -> float:
        return round(50 + 48 * value / widest, 2) if widest else 50.0

    low, high = place(one.low), place(one.high)
    return {"low": low, "width": round(high - low, 2), "at": place(one.difference)}


def guard_rows(trial: Trial, found: Standing) -> list[dict[str, Any]]:
    """Return what must not get worse, by arm."""
    arms = [*found.arms]
    return [
        {
            "label": AIMS[name],
            "wants": _("must not fall") if name == "purchase" else _("must not rise"),
            "cells": [
                {"letter": letter_of(arms, arm), "value": guarded(counts[arm])} for arm in arms
            ],
            "hurt": found.decision.guard == name,
        }
        for name, counts in found.guards.items()
    ]


def guarded(count: Count) -> str:
    """Return the share of one arm, if it is of many."""
    return percent(count.rate) if count.people >= LEAST_PEOPLE else "—"


def chart(trial: Trial, found: Standing) -> Lines | None:
    """Return the shares of each arm as they grew by day; nothing of fewer than two days.

    The lines begin on the day on which every arm had somebody.
    """
    known = {
        (day, arm): count for day, arm, count in days_of(trial.experiment, trial.experiment.metric)
    }
    days = sorted({day for day, _arm in known})
    firsts = [min((day for day, one in known if one == arm), default=None) for arm in found.arms]
    begun = max((first for first in firsts if first), default=None)
    if None in firsts or begun is None or days[-1] <= begun:
        return None
    if sum(one.people for one in found.totals.values()) < 2 * LEAST_PEOPLE:
        return None
    series = [(name_of(found, arm), growing(known, days, arm)[days.index(begun) :])
              for arm in found.arms]  # fmt: skip
    return lines(series, say=lambda value: f"{formats.number_format(round(value, 1), 1)}%")


def name_of(found: Standing, arm: str) -> str:
    """Return what an arm is called in a chart."""
    return _("Usual text") if arm == USUAL else letter_of([*found.arms], arm)


def growing(known: Mapping[Any, Count], days: Sequence[Any], arm: str) -> list[Point]:
    """Return the share of all people so far who did it, in percent, for each day."""
    counts = [known.get((day, arm), Count(0, 0)) for day in days]
    people = accumulate(one.people for one in counts)
    did = accumulate(one.did for one in counts)
    return [
        Point(formats.date_format(day, "MONTH_DAY_FORMAT"), 100 * done / met if met else 0.0)
        for day, met, done in zip(days, people, did, strict=True)
    ]


def ranking_row(experiment: Experiment, found: Results) -> dict[str, Any]:
    """Return an experiment on the market place's lists, in words and by arm."""
    running = experiment.stage == Stage.RUNNING
    enough = all(one.people >= LEAST_PEOPLE for one in found.counts.values())
    said = {
        "adopt": _("One of them does better, as far as 95 of 100 can tell."),
        "drop": _("One of them does worse, as far as 95 of 100 can tell."),
        "stop": _("One of them hurts something else."),
        "fault": _("People were not split as planned, so its figures mean nothing"),
    }.get(found.doing, _("Not enough data yet"))
    return {
        "title": LIST_TITLES.get(experiment.code, experiment.name),
        "state": _("Running") if running else _("Over"),
        "look": "good" if running else "",
        "text": f"{AIMS[experiment.metric]} · {said}",
        "arms": [
            {"name": LIST_ARMS.get(name, name), "rate": percent(one.rate) if enough else "—",
             "people": f"{one.people:,}" if enough else "—"}
            for name, one in found.counts.items()
        ],
    }  # fmt: skip


def estimate_rows(found: Sequence[Estimate], chosen: float) -> list[dict[str, Any]]:
    """Return what each difference takes, in words."""
    return [
        {
            "value": one.lift,
            "label": percent(one.lift),
            "people": f"{one.people:,}",
            "days": days_said(one.days),
            "chosen": one.lift == chosen,
            "long": one.days is None or one.days > 90,
        }
        for one in found
    ]


def days_said(days: int | None) -> str:
    """Say how long something takes, in the unit that people use for it."""
    if days is None:
        return _("nobody can say")
    if days <= 14:
        return _("about %(days)s days") % {"days": days}
    if days <= 120:
        return _("about %(weeks)s weeks") % {"weeks": -(-days // 7)}
    if days <= 730:
        return _("about %(months)s months") % {"months": round(days / 30.4)}
    return _("more than two years")


def pace_of(trial: Trial, met: int) -> float:
    """Return how many people a day have met a trial since it began."""
    days = (timezone.now() - trial.began_at).total_seconds() / 86_400
    return met / max(1.0, days)


__all__ = ["arm_rows", "chart", "estimate_rows", "guard_rows", "pace_of", "points", "trial_row"]
