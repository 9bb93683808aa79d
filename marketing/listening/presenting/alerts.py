"""Alerts in the reader's words: what, when, how much more than usual, and the words themselves."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.presenting.naming import html_lang
from catalog.presenting.opinions import aspect_name
from marketing.listening.quoting import Quote
from marketing.listening.voices import Voice
from marketing.models import AlertState, OpinionAlert, Reason, Source, Suspicion
from shopguide.accounts.models import Merchant
from shopguide.charts import Line, Point, line

Row = dict[str, Any]
TONES = {AlertState.OPEN: "bad", AlertState.TAKEN: "warn", AlertState.CLOSED: ""}
AROUND = datetime.timedelta(days=28)


def alert_row(alert: OpinionAlert, merchant: Merchant) -> Row:
    """Return an alert as a line of a list. The product with its texts must be there."""
    return {
        "pk": alert.pk,
        "url": reverse("merchant_alert", args=[merchant.slug, alert.pk]),
        "product": alert.product.title,
        "sku": alert.product.sku,
        "aspect": aspect_name(alert.aspect),
        "when": span(alert.first_day, alert.last_day),
        "seen": alert.seen,
        "usual": usual(alert.expected),
        "doubtful": alert.doubtful,
        "mostly_doubtful": alert.doubtful * 2 > alert.seen,
        "state": alert.state,
        "state_label": alert.get_state_display(),
        "tone": TONES[AlertState(alert.state)],
        "who": str(alert.assigned_to or ""),
        "found_at": alert.found_at,
    }


def span(first: datetime.date, last: datetime.date) -> str:
    """Return a day, or from which to which."""
    days = [formats.date_format(day, "MONTH_DAY_FORMAT") for day in (first, last)]
    return days[0] if first == last else " – ".join(days)


def usual(expected: float) -> str:
    """Say how many complaints are usual in so many days."""
    if expected < 0.1:
        return _("usually there are hardly any")
    count = formats.number_format(round(expected, 1), 1)
    return _("%(count)s are usual") % {"count": count}


def chances(p: float) -> str:
    """Say how seldom so many complaints come by chance."""
    days = 1 / max(p, 1e-12)
    if days >= 36_500:
        return _("By chance this would not happen once in a hundred years.")
    rounded = int(float(f"{days:.1g}"))
    return ngettext(
        "By chance this would happen once in %(days)s day.",
        "By chance this would happen once in %(days)s days.",
        rounded,
    ) % {"days": f"{rounded:,}"}


def alert_chart(alert: OpinionAlert, counts: Mapping[tuple[int, datetime.date, str], int]) -> Line:
    """Return the complaints of an alert's aspect around it, day by day."""
    days = (alert.last_day - (first := alert.first_day - AROUND)).days + 1
    dates = [first + datetime.timedelta(days=number) for number in range(days)]
    return line([
        Point(formats.date_format(day, "MONTH_DAY_FORMAT"),
              counts.get((alert.product_id, day, alert.aspect), 0))
        for day in dates
    ])  # fmt: skip


def quote_row(quote: Quote, merchant: Merchant, *, doubt: Suspicion | None = None) -> Row:
    """Return one voice's words, where they were said, and what can be done about them."""
    review = quote.kind == "review"
    return {
        "key": quote.key,
        "source": str(Source(quote.source).label),
        "site": quote.site,
        "at": quote.at,
        "stars": quote.stars,
        "lang": html_lang(quote.language) if quote.language else "",
        "before": quote.before,
        "quote": quote.quote,
        "after": quote.after,
        "answer_url": f"{reverse('merchant_reviews', args=[merchant.slug])}#review-{quote.pk}"
        if review
        else "",
        "doubt": doubt_row(doubt, merchant) if doubt else None,
    }


def doubt_row(doubt: Suspicion, merchant: Merchant) -> Row:
    """Return why something is doubted, and where it can be counted again."""
    return {
        "reasons": [str(Reason(one).label) for one in doubt.reasons],
        "cleared": doubt.cleared_at is not None,
        "url": reverse("merchant_doubt", args=[merchant.slug, doubt.pk]),
    }


def voice_rows(
    voices: Iterable[Voice],
    quotes: Mapping[str, Quote],
    doubts: Mapping[str, Suspicion],
    titles: Mapping[int, str],
    merchant: Merchant,
) -> list[Row]:
    """Return voices as the list shows them: words, product, feeling, aspects."""
    return [
        quote_row(quotes[one.key], merchant, doubt=doubts.get(one.key))
        | {
            "feeling": one.feeling,
            "product": titles.get(one.product or 0, ""),
            "aspects": [
                {"name": aspect_name(said["aspect"]), "good": said["polarity"] > 0}
                for said in one.aspects
            ],
        }
        for one in voices
        if one.key in quotes
    ]
