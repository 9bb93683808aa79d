"""Where things are: links to categories, the way down to them, departments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from catalog.presenting.cards import picture_url
from catalog.presenting.frame import Frame
from catalog.presenting.naming import reader
from catalog.search.addressing import Address
from catalog.search.featuring import Department
from catalog.search.market import CategoryEntry, Market


def place_name(entry: CategoryEntry) -> str:
    """Return a category's name in the reader's language."""
    return entry.names.get(reader()) or entry.path.rsplit("/", 1)[-1]


def category_url(entry: CategoryEntry, market: Market) -> str:
    """Return a category's own page; a shop's own category names the shop."""
    address = Address(reverse("category", args=[entry.path]))
    owner = market.shops.get(entry.merchant or 0)
    return address.having(shop=owner.slug if owner else "").url()


def line_of(entry: CategoryEntry, market: Market) -> list[CategoryEntry]:
    """Return a category and those above it, the root first."""
    line = [entry]
    while (above := market.categories.get(line[0].parent or 0)) and above not in line:
        line.insert(0, above)
    return line


def crumbs_of(entry: CategoryEntry, market: Market, *, here: bool = True) -> list[dict[str, str]]:
    """Return the way to a category; ``here``: the last step is this page and leads nowhere."""
    crumbs = [
        {"name": place_name(one), "url": category_url(one, market)}
        for one in line_of(entry, market)
    ]
    if here:
        crumbs[-1]["url"] = ""
    return crumbs


def narrower_of(frame: Frame) -> list[dict[str, Any]]:
    """Return the categories directly below the page's that hold results, with their counts."""
    facet = next((one for one in frame.results.facets if one.code == "category"), None)
    counts = {int(value.value): value.count for value in facet.values} if facet else {}
    below = [
        entry
        for entry in frame.market.categories.values()
        if frame.category and entry.parent == frame.category.pk and entry.pk in counts
    ]
    return [
        {
            "name": place_name(entry),
            "url": frame.address.on(category_url(entry, frame.market).partition("?")[0]).url(),
            "count": counts[entry.pk],
        }
        for entry in below
    ]


def departments_of(departments: Sequence[Department], market: Market) -> list[dict[str, Any]]:
    """Return the departments as tiles."""
    return [
        {
            "name": place_name(market.categories[one.category]),
            "url": category_url(market.categories[one.category], market),
            "image_url": picture_url(one.picture),
            "count": one.count,
        }
        for one in departments
    ]
