"""Rows of the portal's tables."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from catalog.choosing import prices_of, spread
from catalog.models import CatalogImport, Product, RowError
from catalog.models.product import Status
from catalog.presenting.cards import picture_url, product_url
from catalog.presenting.money import money
from catalog.presenting.naming import reader
from shopguide.work import State


def product_row(product: Product, currency: str, *, ready: bool) -> dict[str, Any]:
    """Return one product of a shop's list; uses prefetched rows."""
    variants = [variant for variant in product.variants.all() if variant.active]
    stated = any(variant.stock.all() for variant in variants)
    media = list(product.media.all())
    texts = sorted(
        (text for text in product.texts.all() if not text.arm),
        key=lambda text: (text.locale != reader(), text.locale),
    )
    live = product.status == Status.LIVE
    return {
        "pk": product.pk,
        "edit_url": reverse("merchant_product", args=[product.merchant.slug, product.pk]),
        "url": product_url(product.merchant.slug, product.sku) if live else "",
        "image_url": picture_url(media[0].file) if media else "",
        "titles": [
            {"text": text.title, "lang": "zh-Hans" if text.locale == "zh-hans" else text.locale}
            for text in texts
        ]
        or [{"text": product.sku, "lang": ""}],
        "sku": product.sku,
        "status": product.status,
        "status_label": Status(product.status).label,
        "price": price_text(product, currency),
        "stock": sum(variant.in_stock for variant in variants) if stated else None,
        "encoded": ready,
    }


def price_text(product: Product, currency: str) -> str:
    """Return a product's price or its range, in the shop's currency if it has one in it."""
    prices = prices_of([variant for variant in product.variants.all() if variant.active])
    shown = currency if currency in prices else next(iter(sorted(prices)), "")
    if not shown:
        return ""
    low, high = spread(prices[shown])
    return money(low, shown) if low == high else f"{money(low, shown)} – {money(high, shown)}"


def import_row(job: CatalogImport) -> dict[str, Any]:
    """Return one import of a shop's list."""
    return {
        "url": reverse("merchant_import", args=[job.merchant.slug, job.pk]),
        "file_name": gettext("Taking back %(file)s") % {"file": job.file_name}
        if job.undoes_id
        else job.file_name,
        "state": job.state,
        "get_state_display": state_label(job),
        "created_at": job.created_at,
        "rows": job.rows,
        "created": job.created,
        "updated": job.updated,
        "failed": job.failed,
    }


def state_label(job: CatalogImport) -> str:
    """Return what an import is doing; a check is not yet an import."""
    steps = {
        "check": gettext("Being checked"),
        "checked": gettext("Checked"),
        "columns": gettext("Columns to be confirmed"),
    }
    waits = job.state in (State.QUEUED, State.RUNNING, State.DONE)
    return steps.get(job.step, "") if waits and job.dry else job.get_state_display()


def error_row(error: RowError) -> dict[str, Any]:
    """Return one row's problem with reason and remedy in the reader's language."""
    return {
        "line": error.line,
        "column": error.column,
        "value": error.value,
        "reason": gettext(error.reason) if error.reason else "",
        "remedy": gettext(error.remedy) if error.remedy else "",
    }


def failure_text(failure: str) -> str:
    """Return why an import failed: its sentences were kept in English, each is translated."""
    sentences = re.split(r"(?<=[.!?)]) (?=\S)", failure)
    said: list[str] = []
    while sentences:
        size = next(
            (
                size
                for size in range(len(sentences), 0, -1)
                if (joined := " ".join(sentences[:size])) != gettext(joined)
            ),
            1,
        )
        joined, sentences = " ".join(sentences[:size]), sentences[size:]
        said.append(gettext(joined))
    return " ".join(said)
