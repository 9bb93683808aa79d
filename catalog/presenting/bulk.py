"""Bulk edits as people read them: what was changed, by whom, and what came of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.forgetting import kept
from catalog.models import BulkEdit, BulkEditRow, Category
from catalog.models.product import Status
from catalog.presenting.money import money, number
from catalog.presenting.product_form import form_url

Kind = BulkEdit.Kind


def edit_row(job: BulkEdit) -> dict[str, Any]:
    """Return one bulk edit of the list."""
    undone = getattr(job, "undone_by", None)
    return {
        "url": reverse("merchant_bulk", args=[job.merchant.slug, job.pk]),
        "what": what(job),
        "by": job.by.email if job.by else "—",
        "created_at": job.created_at,
        "state": job.state,
        "get_state_display": job.get_state_display(),
        "total": job.total,
        "changed": job.changed,
        "unchanged": job.unchanged,
        "refused": job.refused,
        "undone_url": reverse("merchant_bulk", args=[job.merchant.slug, undone.pk])
        if undone else "",
        "may_undo": job.over and job.changed > 0 and job.kind != Kind.UNDO and undone is None
        and kept(job),
    }  # fmt: skip


def what(job: BulkEdit) -> str:
    """Return what a bulk edit does, in a few words."""
    change = job.change
    if job.kind == Kind.UNDO:
        return _("Taken back: %(what)s") % {"what": what(job.undo_of) if job.undo_of else ""}
    if job.kind == Kind.STATUS:
        return _("Status: %(value)s") % {"value": Status(change["value"]).label}
    if job.kind == Kind.CATEGORY:
        place = Category.objects.filter(pk=change["value"]).first()
        return _("Category: %(value)s") % {"value": place.name if place else "—"}
    if job.kind == Kind.BRAND:
        return _("Brand: %(value)s") % {"value": change["value"] or "—"}
    if job.kind == Kind.GRID:
        return ngettext(
            "%(count)d cell edited in the grid", "%(count)d cells edited in the grid",
            change["cells"],
        ) % {"count": change["cells"]}  # fmt: skip
    return price_words(change) if job.kind == Kind.PRICE else stock_words(change)


def price_words(change: dict[str, Any]) -> str:
    """Return how prices moved."""
    amount = Decimal(change["amount"])
    sign = "+" if amount > 0 else "−" if amount < 0 else ""
    if change["mode"] == "percent":
        shown = f"{sign}{number(float(abs(amount)))}% {change['currency']}"
    elif change["mode"] == "add":
        shown = f"{sign}{money(abs(amount), change['currency'])}"
    else:
        shown = money(amount, change["currency"])
    return _("Price: %(value)s") % {"value": shown}


def stock_words(change: dict[str, Any]) -> str:
    """Return how the stock moved."""
    quantity = change["quantity"]
    shown = f"{quantity:+d}" if change["mode"] == "add" else str(quantity)
    return _("Stock: %(value)s") % {"value": shown}


def refused_row(row: BulkEditRow) -> dict[str, str]:
    """Return a product that kept its own, and why."""
    return {
        "title": row.product.title,
        "sku": row.product.sku,
        "url": form_url(row.product),
        "reason": _(row.reason),
    }
