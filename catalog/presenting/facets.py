"""Facets as links: a value adds itself to the search or takes itself away.

The counts are the search's own. Of the categories only the level that helps is shown: the first on
which the results part.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from catalog.presenting.frame import Frame
from catalog.presenting.money import money
from catalog.presenting.naming import (
    dimension_name,
    reader,
    size_key,
    swatch,
    value_name,
)
from catalog.search.addressing import FACETS
from catalog.search.counting import Facet, FacetValue

MOST_FACETS = 9
# A fact that fewer of the found products state narrows by chance.
STATED_BY = 0.3


def facets_of(frame: Frame) -> list[dict[str, Any]]:
    """Return the facets worth choosing from, those of the place first."""
    found = {facet.code: facet for facet in frame.results.facets}
    facets: list[dict[str, Any] | None] = [category_facet(frame, found.get("category"))]
    facets += [value_facet(frame, found[code]) for code in ("brand", *FACETS) if code in found]
    shown = [facet for facet in facets if facet][: MOST_FACETS - 1]
    shop = shop_facet(frame, found.get("merchant"))
    return [*shown, shop] if shop else shown


def value_facet(frame: Frame, facet: Facet) -> dict[str, Any] | None:
    """Return a brand's or a dimension's facet; nothing where there is no choice."""
    stated = sum(value.count for value in facet.values)
    picked = any(value.picked for value in facet.values)
    if not picked and (len(facet.values) < 2 or stated < STATED_BY * frame.results.total):
        return None
    values = list(facet.values)
    if facet.code == "size":
        values.sort(key=lambda value: size_key(value.value))
    return {
        "code": facet.code,
        "name": dimension_name(facet.code),
        "values": [linked(frame, facet.code, value) for value in values],
    }


def linked(frame: Frame, code: str, value: FacetValue) -> dict[str, Any]:
    """Return one value with the address that it leads to."""
    change = frame.address.minus if value.picked else frame.address.plus
    return {
        "label": value_name(code, value.value),
        "code": value.value,
        "count": value.count,
        "selected": value.picked,
        "url": change(code, value.value).url(),
        "swatch": swatch(code, value.value),
    }


def category_facet(frame: Frame, facet: Facet | None) -> dict[str, Any] | None:
    """Return the categories to choose from: below the chosen one, else where the results part."""
    if facet is None or frame.category:
        return None
    counts = {int(value.value): value.count for value in facet.values}
    chosen = int(frame.address.first("category") or 0)
    values = [category_value(frame, chosen, counts.get(chosen, 0), chosen=True)] if chosen else []
    below = level_below(frame, counts, chosen) if chosen else parting_level(frame, counts)
    values += [category_value(frame, pk, counts[pk]) for pk in below]
    if not chosen and len(values) < 2:
        return None
    return {"code": "category", "name": dimension_name("category"), "values": values}


def category_value(frame: Frame, pk: int, count: int, *, chosen: bool = False) -> dict[str, Any]:
    """Return one category; the chosen one leads back to the one above it."""
    entry = frame.market.categories.get(pk)
    above = str(entry.parent or "") if entry and chosen else str(pk)
    return {
        "label": frame.category_name(pk),
        "code": str(pk),
        "count": count,
        "selected": chosen,
        "url": frame.address.having(category=above).url(),
    }


def level_below(frame: Frame, counts: dict[int, int], pk: int | None) -> list[int]:
    """Return the categories directly below one (None: the roots) that hold results."""
    entries = frame.market.categories
    return [one for one in counts if one in entries and entries[one].parent == pk]


def parting_level(frame: Frame, counts: dict[int, int]) -> list[int]:
    """Return the first level on which the results are not all in one place."""
    level = level_below(frame, counts, None)
    while len(level) == 1:
        below = level_below(frame, counts, level[0])
        if not below:
            break
        level = below
    return level


def shop_facet(frame: Frame, facet: Facet | None) -> dict[str, Any] | None:
    """Return the shops that sell what was found."""
    if facet is None or frame.shop:
        return None
    chosen = frame.address.first("shop")
    values = []
    for value in facet.values:
        shop = frame.market.shops.get(int(value.value))
        if shop:
            selected = shop.slug == chosen
            values.append(
                {
                    "label": shop.names[reader()],
                    "code": shop.slug,
                    "count": value.count,
                    "selected": selected,
                    "url": frame.address.having(shop="" if selected else shop.slug).url(),
                }
            )
    if len(values) < 2 and not chosen:
        return None
    return {"code": "shop", "name": dimension_name("merchant"), "values": values}


def price_form(frame: Frame) -> dict[str, Any] | None:
    """Return the price as a form, in the currency in which the results are priced."""
    facet = next((one for one in frame.results.facets if one.code == "price"), None)
    low, high = (frame.address.first(name) for name in ("min", "max"))
    if facet is None or (facet.minimum is None and not (low or high)):
        return None
    rest = frame.address.without(("min", "max", "cur"))
    return {
        "min": low,
        "max": high,
        "lowest": facet.minimum,
        "highest": facet.maximum,
        "currency": facet.currency,
        "action": frame.address.path,
        "hidden": [*rest.params, ("cur", facet.currency)],
    }


def selected(frame: Frame) -> list[dict[str, str]]:
    """Return what was clicked, each with the address without it."""
    return [
        {"label": label, "remove_url": frame.address.without(names).url()}
        if len(names) > 1
        else {"label": label, "remove_url": frame.address.minus(names[0], value).url()}
        for label, names, value in clicks(frame)
    ]


def clicks(frame: Frame) -> Iterable[tuple[str, tuple[str, ...], str]]:
    """Yield each click as its label, the parameters it is made of, and its value."""
    address = frame.address
    if not frame.shop and (shop := frame.shop_by(address.first("shop"))):
        yield shop.names[reader()], ("shop",), shop.slug
    if address.first("category"):
        pk = address.first("category")
        yield frame.category_name(int(pk)) or _("Category"), ("category",), pk
    for name in ("brand", *FACETS):
        for value in address.all(name):
            yield value_name(name, value), (name,), value
    if price := frame.results.asked.price:
        yield range_text(price.minimum, price.maximum, price.currency), ("min", "max", "cur"), ""
    if stars := address.first("rating"):
        yield _("%(stars)s stars and up") % {"stars": stars}, ("rating",), stars
    if address.first("stock"):
        yield _("In stock only"), ("stock",), "1"


def range_text(low: Any, high: Any, currency: str) -> str:
    """Return a price range in short."""
    if low is None or high is None:
        return f"≤ {money(high, currency)}" if low is None else f"≥ {money(low, currency)}"
    return f"{money(low, currency)} – {money(high, currency)}"
