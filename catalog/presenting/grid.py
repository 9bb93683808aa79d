"""The grid as people see it: a row for each variant, and what would change cell by cell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from catalog.editing.grid import Edit, name_of
from catalog.editing.pasting import Column
from catalog.editing.sheet import LOCALES, fingerprint, sheet_of
from catalog.models import Product, Variant, Warehouse
from catalog.models.product import Status
from catalog.presenting.buying import options_of
from catalog.presenting.naming import reader
from catalog.presenting.product_form import LANGUAGES, NO_PLACE, form_url
from shopguide.accounts.models import Merchant

# Variants of one product beyond these are edited on its own page.
MOST_VARIANTS = 30
Cell = dict[str, Any]


def columns_of(merchant: Merchant, used: Iterable[str] = ()) -> list[Column]:
    """Return the grid's columns: titles, status, brand, a price a currency, a stock a warehouse."""
    places = list(Warehouse.objects.filter(merchant=merchant).order_by("code"))
    houses = [(one.pk, one.code) for one in places] or [(NO_PLACE, "main")]
    lone = len(houses) == 1
    return [
        *(
            Column(
                f"title:{locale}", f"{_('Title')} ({LANGUAGES[locale]})",
                names=(f"title_{locale}", "title" if locale == reader() else "",
                       "title_zh" if locale == "zh-hans" else ""),
            )
            for locale in sorted(LOCALES, key=lambda one: one != reader())
        ),
        Column("status", _("Status"), "select", ("status", "状态")),
        Column("brand", _("Brand"), names=("brand", "品牌")),
        *(
            Column(f"price:{code}", f"{_('Price')} {code}", "money", (f"price_{code}", code))
            for code in dict.fromkeys([*merchant.currencies, *sorted(used)])
        ),
        *(
            Column(f"stock:{pk}", _("Stock") if lone else f"{_('Stock')} {code}", "whole",
                   (f"stock_{code}", *(("stock", "库存") if lone else ())))
            for pk, code in houses
        ),
    ]  # fmt: skip


def grid_rows(
    products: Sequence[Product], columns: Sequence[Column]
) -> tuple[list[dict[str, Any]], str]:
    """Return a row for each variant, the product's own cells in its first; and the base as JSON."""
    rows, base = [], {}
    for product in products:
        sheet = sheet_of(product)
        for place, variant in enumerate(list(product.variants.all())[:MOST_VARIANTS]):
            cells: list[Cell | None] = []
            for column in columns:
                if place and not column.of_variant:
                    cells.append(None)
                    continue
                key = column.key(variant.pk)
                base[name_of(product.pk, key)] = fingerprint(sheet.get(key, ""))
                cells.append(cell_of(product, variant, column, sheet.get(key, "")))
            rows.append(
                {
                    "sku": variant.sku,
                    "options": options_of(variant),
                    "url": form_url(product),
                    "title": product.title,
                    "first": not place,
                    "cells": cells,
                }
            )
    return rows, json.dumps(base, separators=(",", ":"))


def cell_of(product: Product, variant: Variant, column: Column, value: str) -> Cell:
    """Return one cell as a form field that says whose it is."""
    name = name_of(product.pk, column.key(variant.pk))
    return {
        "key": name,
        "id": name.replace("/", "-").replace(":", "-"),
        "label": f"{column.label} · {variant.sku if column.of_variant else product.title}",
        "column": column.label,
        "kind": column.kind,
        "value": value,
        "options": Status.choices if column.kind == "select" else (),
    }


def change_rows(edits: Sequence[Edit], columns: Sequence[Column]) -> list[dict[str, Any]]:
    """Return what would change: old, new, what is wrong, what somebody else wrote meanwhile."""
    rows = []
    for edit in edits:
        fields = named_fields(edit.product, columns)
        shown = edit.merge.changes | edit.merge.gone
        for key in dict.fromkeys([*shown, *edit.wrong]):
            label, sku, kind = fields.get(key, (key, edit.product.sku, "text"))
            new = shown.get(key, edit.theirs.get(key, ""))
            name = name_of(edit.product.pk, key)
            rows.append(
                {
                    "key": name, "id": name.replace("/", "-").replace(":", "-"), "kind": kind,
                    "title": edit.product.title, "sku": sku, "label": label, "column": label,
                    "url": form_url(edit.product), "old": spoken(key, edit.theirs.get(key, "")),
                    "new": spoken(key, new), "value": new, "options": Status.choices,
                    "error": edit.wrong.get(key, "") or gone(key, edit),
                    "clash": key in edit.merge.conflicts,
                }
            )  # fmt: skip
    return rows


def gone(key: str, edit: Edit) -> str:
    """Return that a cell's variant is there no more."""
    return _("It is no longer there.") if key in edit.merge.gone else ""


def named_fields(product: Product, columns: Sequence[Column]) -> dict[str, tuple[str, str, str]]:
    """Return label, article number and kind of each field that the grid can change."""
    fields = {}
    for column in columns:
        for variant in product.variants.all() if column.of_variant else [None]:
            key = column.key(variant.pk) if variant else column.code
            fields[key] = (column.label, variant.sku if variant else product.sku, column.kind)
    return fields


def spoken(key: str, value: str) -> str:
    """Return a value as people read it."""
    if key == "status":
        return str(dict(Status.choices).get(value, value))
    return value or "—"


def base_now(edits: Sequence[Edit]) -> str:
    """Return the fingerprints of what the changes' fields are now, as JSON."""
    base = {
        name_of(edit.product.pk, key): fingerprint(edit.theirs.get(key, ""))
        for edit in edits
        for key in (*edit.merge.changes, *edit.wrong)
    }
    return json.dumps(base, separators=(",", ":"))
