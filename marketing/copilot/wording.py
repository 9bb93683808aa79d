"""A plan in words, so that a person can see how a question was understood; and what was not."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.presenting.money import money
from marketing.copilot import offering
from marketing.copilot.plans import Change, Misunderstood, Plan
from marketing.copy.channels import CHANNELS
from marketing.figures.presenting import span_label
from marketing.figures.spans import COMPARISONS, NOTHING, PRESETS
from profiles.measuring import FACTS, METRICS, Metric


def in_words(plan: Plan, now: datetime.datetime) -> list[dict[str, str]]:
    """Return what was understood, piece by piece: what it is and what was read."""
    if plan.change:
        return [
            {"name": _("Change"), "value": change_words(plan.change)},
            {"name": _("Of"), "value": names_words(plan)},
        ]
    span = plan.days.span(now)
    days = span_label(span)
    if plan.days.code in PRESETS:
        days = f"{PRESETS[plan.days.code][0]} ({days})"
    found = [
        {"name": _("Figure"), "value": ", ".join(str(METRICS[one].label) for one in plan.metrics)},
        {"name": _("Days"), "value": days},
    ]
    if plan.assumed:
        found[-1]["note"] = _("you named no days")
    if plan.dimension:
        dimension = FACTS[plan.metric.facts].dimension(plan.dimension)
        found.append(
            {"name": _("Broken down by"), "value": str(dimension.label if dimension else "")}
        )
    if plan.intent == "rank":
        found.append({"name": _("Sorted"), "value": limits_words(plan)})
    if plan.names:
        found.append({"name": _("Only"), "value": names_words(plan)})
    if plan.against != NOTHING:
        found.append({"name": _("Compared with"), "value": str(COMPARISONS[plan.against])})
    return found


def limits_words(plan: Plan) -> str:
    """Return which end stands first, and how many."""
    said = _("lowest first") if plan.ascending else _("highest first")
    return f"{said}, {plan.limit}"


def names_words(plan: Plan) -> str:
    """Return what was named; of several products how many."""
    parts = []
    for one in plan.names:
        several = one.kind == "product" and len(one.values) > 1
        count = _("%(count)s products") % {"count": len(one.values)}
        parts.append(f"{one.label} ({count})" if several else one.label)
    return ", ".join(parts)


def change_words(change: Change) -> str:
    """Return a change as a person says it."""
    amount = change.amount.removeprefix("-")
    down = change.amount.startswith("-")
    if change.kind == "campaign":
        return offering.words(change)
    if change.kind == "price":
        if change.mode == "set":
            value = money(Decimal(amount), change.unit) if change.unit else amount
            return _("Set the price to %(value)s") % {"value": value}
        value = f"{amount}%" if change.mode == "percent" else (
            money(Decimal(amount), change.unit) if change.unit else amount
        )  # fmt: skip
        said = _("Lower the price by %(value)s") if down else _("Raise the price by %(value)s")
        return said % {"value": value}
    if change.kind == "stock":
        said = _("Set the stock to %(value)s") if change.mode == "set" else _(
            "Add %(value)s to the stock"
        )  # fmt: skip
        return said % {"value": amount}
    if change.kind == "status":
        return _("Put on sale") if change.amount == "live" else _("Take off sale")
    channel = CHANNELS.get(change.unit)
    return _("Have copy written: %(channel)s") % {"channel": channel.label if channel else ""}


def refusal(said: Misunderstood) -> tuple[str, str]:
    """Return why a question was not understood, and what to ask instead."""
    listed = ", ".join(said.instead)
    reasons = {
        "nothing": (_("There is nothing to read in that."), ""),
        "metric": (
            _("I did not find a figure in your question."),
            _("I know among others: %(figures)s.") % {"figures": listed},
        ),
        "name": (
            _("I did not understand “%(words)s”.") % {"words": said.words},
            _("It is no figure I know, and no product, brand, category or city of your shop."),
        ),
        "parts": (
            _("“%(figure)s” cannot be told that way.") % {"figure": said.words},
            _("It can be broken down by: %(ways)s.") % {"ways": listed},
        ),
        "role": (_("“%(figure)s” is not read to your role.") % {"figure": said.words}, ""),
        "change": (
            _("I understood a change, but not of which products."),
            _("Name a product, an article number, a brand or a category."),
        ),
        "empty": (_("There are no such products in the last 28 days."), ""),
        "currency": (
            _("Your shop has no prices in %(currency)s.") % {"currency": said.words},
            _("Name one of: %(currencies)s.") % {"currencies": listed},
        ),
        "warehouse": (_("Your shop has no warehouse yet."), ""),
        "many": (
            _("That would change %(count)s products at once; 500 are the most here.")
            % {"count": said.words},
            _("Use the list of products for more."),
        ),
        "same": (_("Nothing would change."), said.words),
        "amount": (_("That amount is not possible."), said.words),
        "segment": (
            _("Your shop has no group of people called “%(words)s”.") % {"words": said.words},
            _("Name one of: %(currencies)s.") % {"currencies": listed}
            if listed else _("Make one under Customers first."),
        ),
    }  # fmt: skip
    return reasons.get(said.why, (_("I did not understand that."), ""))


def examples(metrics: Iterable[Metric], language: str) -> list[str]:
    """Return questions to begin with, in the reader's language, that this role may ask."""
    may = {one.code for one in metrics}
    chinese = [
        ("revenue", "本月销售额环比怎么样？"), ("units", "这个月卖得最好的商品有哪些？"),
        ("return_rate", "最近90天退货率最高的商品"), ("conversion", "最近7天的转化率"),
        ("orders", "几点下单的人最多？"), ("units", "最近有哪些滞销的商品？"),
    ]  # fmt: skip
    english = [
        ("revenue", "Revenue this month compared with last month"),
        ("units", "Best sellers this month"),
        ("return_rate", "Which products come back most in the last 90 days?"),
        ("conversion", "Conversion rate in the last 7 days"),
        ("orders", "At what hour do people order?"), ("units", "Slow sellers"),
    ]  # fmt: skip
    listed = chinese if language.startswith("zh") else english
    return [text for code, text in listed if code in may]
