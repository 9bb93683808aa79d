"""What is searched for as a merchant reads it: queries, figures, and what may help each."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from catalog.presenting.naming import html_lang
from catalog.search.noticing import Asked, Hint, Totals
from shopguide.accounts.models import Merchant
from shopguide.charts import Line, Point, line

Row = dict[str, Any]


def figures(found: Totals) -> list[dict[str, str]]:
    """Return the three numbers at the top: searches, without result, led to a product."""
    answered = found.asked - found.empty
    return [
        {"label": _("Searches"), "value": f"{found.asked:,}"},
        {"label": _("Found nothing"), "value": percent(found.empty, found.asked)},
        {"label": _("Led to a product"), "value": percent(min(found.clicks, answered), answered)},
    ]


def percent(part: int, whole: int) -> str:
    """Return a share in per cent, a dash of nothing."""
    return f"{part * 100 / whole:.0f}%" if whole > 0 else "—"


def chart(days: Mapping[datetime.date, int], length: int) -> Line:
    """Return searches by day, days without any as zero."""
    first = timezone.localdate() - datetime.timedelta(days=length - 1)
    dates = [first + datetime.timedelta(days=number) for number in range(length)]
    return line([Point(formats.date_format(one, "MONTH_DAY_FORMAT"), days.get(one, 0))
                 for one in dates])  # fmt: skip


def query_row(shop: Merchant, row: Asked) -> Row:
    """Return one query with its figures and the page where it can be tried."""
    return {
        "query": row.query,
        "lang": html_lang(row.locale),
        "language": "中文" if row.locale == "zh-hans" else "English",
        "asked": row.asked,
        "answered": row.asked - row.empty,
        "empty": row.empty,
        "clicks": row.clicks,
        "rate": percent(min(row.clicks, row.asked - row.empty), row.asked - row.empty),
        "last": row.last,
        "try_url": search_url(shop, q=row.query),
    }


def rows_of(shop: Merchant, rows: Sequence[Asked]) -> list[Row]:
    """Return queries with their figures."""
    return [query_row(shop, row) for row in rows]


def unanswered_rows(shop: Merchant, rows: Sequence[Asked], hints: Sequence[Hint]) -> list[Row]:
    """Return queries without result, each with what may help it, the likeliest first."""
    return [
        query_row(shop, row) | advice(shop, row, hint)
        for row, hint in zip(rows, hints, strict=True)
    ]


def advice(shop: Merchant, row: Asked, hint: Hint) -> Row:
    """Return what to say about a query without result, and the pages that mend it."""
    synonym = {
        "label": _("Add a synonym"),
        "url": search_url(shop, q=row.query, say=row.key, locale=row.locale) + "#synonyms",
    }
    product = {"label": _("Add a product"), "url": product_url(shop, row)}
    if hint.kind == "done":
        return {"why": _("You have added a synonym since."), "acts": []}
    if hint.kind == "product":
        why = _("You sell nothing in “%(kind)s”.") % {"kind": hint.about}
        return {"why": why, "acts": [product, synonym]}
    if hint.kind == "demand":
        why = _("You have such products, but none that is “%(demand)s”.") % {"demand": hint.about}
        return {"why": why, "acts": [product, synonym]}
    why = _("If you sell it under another word, say so with a synonym.")
    return {"why": why, "acts": [synonym, product]}


def wanted_rows(shop: Merchant, rows: Sequence[Asked]) -> list[Row]:
    """Return what nobody in the market place sells, with the page that adds it."""
    return [
        query_row(shop, row)
        | {"acts": [{"label": _("Add a product"), "url": product_url(shop, row)}]}
        for row in rows
    ]


def search_url(shop: Merchant, **said: str) -> str:
    """Return the page of the shop's search for a query."""
    return f"{reverse('merchant_search', args=[shop.slug])}?{urlencode(said)}"


def product_url(shop: Merchant, row: Asked) -> str:
    """Return the form of a new product with a query as its title."""
    asked = urlencode({"title": row.query, "locale": row.locale})
    return f"{reverse('merchant_product_new', args=[shop.slug])}?{asked}"
