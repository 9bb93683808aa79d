"""Two to four products side by side: a row for each fact, told apart where they differ.

Every cell comes from the database at the moment of showing; what a shop has not stated stays open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.choosing import choose
from catalog.models import Attribute, Product
from catalog.presenting.facts import facts_of
from catalog.presenting.product import pictures, price_line, stock_line

LEAST, MOST = 2, 4
STOCK = {"in": "In stock", "low": "In stock", "choose": "In stock", "out": "Out of stock"}


def compare_url(products: Sequence[int], *, only: bool = False) -> str:
    """Return where these products stand side by side."""
    asked = [("id", str(pk)) for pk in products] + ([("only", "1")] if only else [])
    return f"{reverse('compare')}?{urlencode(asked)}"


def comparison(
    products: Sequence[Product],
    definitions: Mapping[tuple[int, str], Attribute],
    currency: str,
    *,
    only: bool,
) -> dict[str, Any]:
    """Return the columns and the rows; with ``only`` the rows in which they differ."""
    ids = [one.pk for one in products]
    columns = [column(one, ids, currency, only=only) for one in products]
    rows = [
        row(_("Price"), [one["price"] for one in columns]),
        row(_("Stock"), [one["stock"] for one in columns]),
        row(_("Brand"), [one.brand for one in products]),
        row(_("Shop"), [one.merchant.name for one in products]),
        *fact_rows(products, definitions),
    ]
    rows = [one for one in rows if any(cell for cell in one["cells"])]
    return {
        "columns": columns,
        "rows": [one for one in rows if one["differs"] or not only],
        "only": only,
        "only_url": compare_url(ids, only=not only),
        "same": sum(not one["differs"] for one in rows),
    }


def column(product: Product, ids: Sequence[int], currency: str, *, only: bool) -> dict[str, Any]:
    """Return one product's head: picture, title, price, where it is and how to take it out."""
    choice = choose(product, {})
    shown = price_line(choice, currency)
    media = pictures(list(product.media.all()), choice)
    rest = [pk for pk in ids if pk != product.pk]
    stock = stock_line(choice)["state"]
    price = shown["price"]
    return {
        "title": product.title,
        "url": reverse("product", args=[product.merchant.slug, product.sku]),
        "picture": media[0] if media else None,
        "price": _("from %(price)s") % {"price": price} if shown["price_from"] else price,
        "stock": _(STOCK[stock]) if stock in STOCK else "",
        "without_url": compare_url(rest, only=only) if len(rest) >= LEAST else "",
    }


def fact_rows(
    products: Sequence[Product], definitions: Mapping[tuple[int, str], Attribute]
) -> list[dict[str, Any]]:
    """Return a row for each fact that any of the products states, the commonest first."""
    named: dict[str, list[str]] = {}
    for place, product in enumerate(products):
        own = {
            code: one for (shop, code), one in definitions.items() if shop == product.merchant_id
        }
        for fact in facts_of(product, own):
            named.setdefault(fact["name"], [""] * len(products))[place] = fact["value"]
    rows = [row(name, cells) for name, cells in named.items()]
    return sorted(rows, key=lambda one: -sum(bool(cell) for cell in one["cells"]))


def row(name: str, cells: Sequence[str]) -> dict[str, Any]:
    """Return a row and whether its cells differ."""
    return {"name": name, "cells": list(cells), "differs": len(set(cells)) > 1}
