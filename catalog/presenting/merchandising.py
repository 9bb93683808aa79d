"""A shop's search rules and their effect as people read them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from catalog.models import SearchRule, SearchSynonym
from catalog.presenting.cards import picture_url, product_url
from catalog.presenting.naming import html_lang, reader
from catalog.search.searching import Results


def preview_rows(
    with_rules: Results,
    without: Results,
    rules: Mapping[int, SearchRule],
    at: datetime.datetime,
) -> list[dict[str, Any]]:
    """Return the first page in its order, each product with its rule and its place without."""
    places = {product: place for place, product in enumerate(without.ranked, 1)}
    rows = []
    for place, hit in enumerate(with_rules.hits, 1):
        title, locale = hit.title(reader())
        rule = rules.get(hit.product)
        rows.append(
            {
                "place": place,
                "product": hit.product,
                "title": title,
                "lang": html_lang(locale),
                "sku": hit.sku,
                "url": product_url(hit.merchant, hit.sku),
                "image_url": picture_url(hit.pictures[0]["file"]) if hit.pictures else "",
                "before": places.get(hit.product),
                "moved": places.get(hit.product) != place,
                "action": rule.action if rule else "",
                "action_label": rule.get_action_display() if rule else "",
                "schedule": schedule(rule, at) if rule else "",
            }
        )
    return rows


def absent(
    results: Results, rules: Iterable[SearchRule], at: datetime.datetime
) -> list[dict[str, str]]:
    """Return pinned products that shoppers do not see: not live, or against what is demanded."""
    shown = set(results.ranked)
    pins = [rule for rule in rules if rule.action == "pin" and rule.product_id not in shown]
    return [
        {"title": rule.product.title, "sku": rule.product.sku}
        for rule in pins
        if (rule.starts_at or at) <= at and (rule.ends_at is None or rule.ends_at > at)
    ]


def schedule(row: SearchRule | SearchSynonym, at: datetime.datetime) -> str:
    """Return whether a rule holds at a moment: nothing if it does and always will."""
    if row.starts_at and row.starts_at > at:
        return _("not begun")
    if row.ends_at and row.ends_at <= at:
        return _("over")
    return _("for a time") if row.ends_at else ""


def rule_rows(rules: Iterable[SearchRule], at: datetime.datetime) -> list[dict[str, Any]]:
    """Return all rules, those of a query together."""
    return [
        {
            "query": rule.query,
            "url": "{}?{}".format(
                reverse("merchant_search", args=[rule.product.merchant.slug]),
                urlencode({"q": rule.query}),
            ),
            "product": rule.product_id,
            "title": rule.product.title,
            "sku": rule.product.sku,
            "live": rule.product.status == "live",
            "action_label": rule.get_action_display(),
            "starts_at": rule.starts_at,
            "ends_at": rule.ends_at,
            "schedule": schedule(rule, at),
        }
        for rule in rules
    ]


def synonym_rows(synonyms: Iterable[SearchSynonym], at: datetime.datetime) -> list[dict[str, Any]]:
    """Return all synonyms by language."""
    return [
        {
            "pk": one.pk,
            "language": one.get_locale_display(),
            "said": one.said,
            "meant": one.meant,
            "starts_at": one.starts_at,
            "ends_at": one.ends_at,
            "schedule": schedule(one, at),
        }
        for one in synonyms
    ]
