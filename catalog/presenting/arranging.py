"""A shop's categories and attributes as lists, and what was done to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.forgetting import oldest
from catalog.lexicon import DIMENSIONS
from catalog.models import Arrangement, Attribute, Category
from catalog.presenting.facts import fact_name
from catalog.presenting.product_form import category_choices
from shopguide.accounts.models import Merchant

MOST_VALUES = 100
Row = dict[str, Any]


def category_rows(
    merchant: Merchant, usable: Sequence[Category], counts: Counter[int]
) -> dict[str, list[Row]]:
    """Return the shop's own tree, and the shared categories that hold its products."""
    own = [one for one in usable if one.merchant_id]
    by_path = {one.path: one for one in own}
    lines = dict(category_choices(usable))
    return {
        "own": [
            {
                "name": one.name,
                "names": " · ".join(filter(None, (one.name_zh, one.name_en))),
                "depth": min(sum(above in by_path for above in above_of(one.path)), 6),
                "count": counts[one.pk],
                "url": reverse("merchant_category", args=[merchant.slug, one.pk]),
            }
            for one in own
        ],
        "shared": [
            {"name": lines[str(one.pk)], "count": counts[one.pk]}
            for one in usable
            if not one.merchant_id and counts[one.pk]
        ],
    }


def above_of(path: str) -> list[str]:
    """Return the paths above a path."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def other_places(categories: Iterable[Category]) -> list[tuple[str, str]]:
    """Return categories to choose from."""
    return category_choices(categories)


def arrangement_rows(merchant: Merchant, rows: Iterable[Arrangement]) -> list[Row]:
    """Return what was done, by whom, and whether it can be taken back."""
    return [
        {
            "what": one.get_kind_display(),
            "subject": one.subject,
            "target": one.target,
            "touched": one.touched,
            "by": one.by.email if one.by else "—",
            "created_at": one.created_at,
            "undone": one.undone_at is not None,
            "undo_url": reverse("merchant_arrangement_undo", args=[merchant.slug, one.pk])
            if one.undone_at is None and one.created_at >= oldest() else "",
        }
        for one in rows
    ]  # fmt: skip


def attribute_rows(
    merchant: Merchant, definitions: Mapping[str, Attribute], counts: Counter[str]
) -> list[Row]:
    """Return each attribute of the shop's products and each that it has defined."""
    codes = {code for code, one in definitions.items() if one.merchant_id} | counts.keys()
    rows = []
    for code in codes:
        definition = definitions.get(code)
        rows.append(
            {
                "code": code,
                "name": fact_name(code, definition),
                "kind": kind_name(code, definition),
                "unit": definition.unit if definition else "",
                "allowed": len(definition.allowed) if definition else 0,
                "count": counts[code],
                "shared": code in DIMENSIONS,
                "url": reverse("merchant_attribute", args=[merchant.slug, code]),
            }
        )
    return sorted(rows, key=lambda row: (not row["shared"], -row["count"], row["name"]))


def kind_name(code: str, definition: Attribute | None) -> str:
    """Return how an attribute's values are written."""
    if code in DIMENSIONS:
        return str(Attribute.Kind.CODE.label)
    return str(definition.get_kind_display()) if definition else _("Not defined")


def value_rows(counts: Counter[str], definition: Attribute | None) -> list[Row]:
    """Return the values that products state, the most frequent first."""
    allowed = {one["value"] for one in definition.allowed} if definition else set()
    return [
        {
            "value": value,
            "name": definition.value_name(value) if definition else value,
            "count": count,
            "strange": bool(allowed) and value not in allowed,
        }
        for value, count in counts.most_common(MOST_VALUES)
    ]
