"""How recommendations do for a shop: figures with what they mean, by source and by day."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.views._portal import member_view
from profiles.lab.fairness import fairness
from profiles.lab.serving import PERIODS, Served, served
from profiles.sources.banding import width
from shopguide.accounts.models import Merchant
from shopguide.charts import Line, Point, line

USUAL = 28


@require_safe
@member_view()
def merchant_recommended(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show what was recommended of a shop, what came of it, and how fair it is. Eight queries."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else USUAL
    found = served(merchant, days)
    context = {
        "merchant": merchant,
        "nav": "recommended",
        "days": days,
        "periods": PERIODS,
        "enough": found.enough,
        "figures": figures(found),
        "chart": chart(found, days),
        "sources": source_rows(found),
        "fair": fair_rows(merchant, days) if found.enough else None,
        "version": found.version,
        "quality": found.card.get("quality"),
    }
    return render(request, "profiles/merchant/recommended.html", context)


def fair_rows(merchant: Merchant, days: int) -> dict[str, Any]:
    """Return how fair lists are, to this shop, to small ones, and to groups of shoppers."""
    found = fairness(days)
    mine, small = found.of(merchant.pk), found.small
    return {
        "shops": [
            {"name": name, "shown": percent(one.exposure), "merit": percent(one.merit),
             "ratio": formats.number_format(round(one.ratio, 2), 2)}
            for name, one in ((_("Your shop"), mine), (_("Small shops together"), small))
            if one is not None
        ],
        "groups": [
            {"name": group_name(one.name), "opened": percent(one.rate),
             "between": " – ".join(percent(edge) for edge in one.between)}
            for one in found.parts if one.enough
        ],
        "unequal": found.unequal,
        "band": width() > 0,
    }  # fmt: skip


def group_name(code: str) -> str:
    """Return what a group of shoppers is called."""
    return {
        "cold": _("Hardly known (three deeds at most)"),
        "light": _("Known a little (twenty deeds at most)"),
    }.get(code, _("Known well"))


def percent(share: float | None) -> str:
    """Return a share as a reader sees it."""
    return "—" if share is None else f"{formats.number_format(round(100 * share, 1), 1)}%"


def figures(found: Served) -> list[dict[str, Any]]:
    """Return the figures with what each means."""
    number = formats.number_format
    return [
        {"label": _("Shoppers reached"), "value": number(found.people),
         "means": _("People who agreed and were shown something of your shop.")},
        {"label": _("Times shown"), "value": number(found.total.shown),
         "means": _("Each product in each list counts once.")},
        {"label": _("Opened"), "value": percent(found.total.rate),
         "means": _("Share of what was shown that the same person opened within a day.")},
        {"label": _("Products shown"), "value": percent(found.covered),
         "means": _("Share of your live products that was shown to anybody.")},
        {"label": _("Your share of what is shown"), "value": percent(found.exposure),
         "means": _("Of everything that was recommended in the market place.")},
        {"label": _("Your share of what is bought"), "value": percent(found.merit),
         "means": _("Of all that is bought. Far from the figure before, lists show too little"
                    " or too much.")},
    ]  # fmt: skip


def chart(found: Served, length: int) -> Line:
    """Return how often something was shown by day, days without as zero."""
    first = timezone.localdate() - datetime.timedelta(days=length - 1)
    dates = [first + datetime.timedelta(days=number) for number in range(length)]
    return line([
        Point(formats.date_format(one, "MONTH_DAY_FORMAT"),
              found.days[one].shown if one in found.days else 0)
        for one in dates
    ])  # fmt: skip


def source_rows(found: Served) -> list[dict[str, str]]:
    """Return what each source brought, the most shown first."""
    ordered = sorted(found.sources.items(), key=lambda pair: (-pair[1].shown, pair[0]))
    return [
        {"name": source_name(source), "shown": formats.number_format(one.shown),
         "opened": percent(one.rate)}
        for source, one in ordered
    ]  # fmt: skip


def source_name(source: str) -> str:
    """Return what a source is called."""
    return {
        "content": _("Like what they looked at"),
        "kind": _("Of a kind they looked at"),
        "brand": _("Of a brand they looked at"),
        "colour": _("In a colour they looked at"),
        "price": _("At a price they looked at"),
        "steps": _("Others went on to it"),
        "ease": _("Others also took it"),
        "bought": _("Bought together"),
        "stated": _("They said they like it"),
        "followed": _("Shared by somebody they follow"),
        "aspect": _("Praised for what matters to them"),
        "trending": _("Looked at these days"),
        "popular": _("Well liked"),
        "new": _("New"),
    }.get(source, _("Other"))
