"""A shop's first steps as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shopguide.accounts.models import Merchant


def steps_of(merchant: Merchant, done: Mapping[str, bool]) -> list[dict[str, Any]]:
    """Return the steps in their order: what, why, where, and whether it is done."""

    def step(code: str, title: str, why: str, page: str, label: str) -> dict[str, Any]:
        url = reverse(page, args=[merchant.slug])
        return {"code": code, "title": title, "why": why, "url": url, "label": label,
                "done": done[code]}  # fmt: skip

    products, see = "merchant_products", _("See the products")
    return [
        step("products", _("Bring your products in"),
             _("From a file, or one by one. Nothing is visible to shoppers yet."),
             "merchant_import_new", _("Import a catalogue")),
        step("prices", _("Set prices"),
             _("A product without a price is found, but cannot be bought."), products, see),
        step("stock", _("Say what is in stock"),
             _("Shoppers filter by what is there."), products, see),
        step("pictures", _("Add pictures"),
             _("Products with a picture are looked at first."), products, see),
        step("live", _("Publish"),
             _("Tick products in the list and change their status to live."), products, see),
        step("found", _("Be found"),
             _("Search learns new products by itself, within a minute of publishing."),
             "merchant_search", _("Try a query")),
        step("facts", _("Confirm facts"),
             _("Material, size, use: read out of your texts, counted once you confirm them."),
             "merchant_proposals", _("Facts to confirm")),
        step("search", _("Shape the search of your shop"),
             _("Put products first for a query, or say what your customers' words mean."),
             "merchant_search", _("Search in your shop")),
    ]  # fmt: skip
