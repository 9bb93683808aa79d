"""Names for what stands in rows: products, categories, days, states; and cells of tables.

For the pages of figures, their tables and the copilot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from babel.dates import format_date
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from catalog.models import Category, Product
from catalog.models.order import OrderState
from catalog.policies.terms import Reason
from catalog.presenting.money import locale_name, number
from catalog.presenting.policies import reason_label
from marketing.figures.presenting import NOTHING, say_unit
from marketing.figures.spans import Day
from profiles.measuring import Column
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

ENDING = ("money", "number", "seconds", "stars")


def words() -> dict[str, str]:
    """Return what codes in rows mean."""
    return {
        **{str(code): str(label) for code, label in OrderState.choices},
        "asked": _("Asked for"), "approved": _("Approved"), "rejected": _("Rejected"),
        "withdrawn": _("Withdrawn"), "received": _("Received by the shop"),
        "refunded": _("Money back"), "exchanged": _("Replacement sent"),
        "refund": _("Money back"), "exchange": _("Exchange"),
        "waiting": _("Waiting for a person"), "agent": _("A person"), "resolved": _("Resolved"),
        "assistant": _("Assistant"), "recommendation": _("Recommendation"),
        "assistant+recommendation": _("Assistant and recommendation"),
        "home": _("Home page"), "page": _("For you"), "product": _("Product page"),
        "cart": _("Cart"), "en": _("English"), "zh-hans": _("Chinese"),
        **{str(one): reason_label(one) for one in Reason},
    }  # fmt: skip


def handovers() -> dict[str, str]:
    """Return why conversations were handed over."""
    return {
        "asked": _("asked for a person"), "upset": _("has been upset for several turns"),
        "complaint": _("has a complaint"), "unknown": _("asked what the assistant does not know"),
    }  # fmt: skip


def steps() -> dict[int, str]:
    """Return how far a visit came."""
    return {
        1: _("Saw a product"), 2: _("Opened a product"), 3: _("Put into the cart"), 4: _("Ordered"),
    }  # fmt: skip


def day_label(value: Day, kind: str = "day") -> str:
    """Return a day, the week it begins, or its month."""
    chinese = locale_name().startswith("zh")
    if kind == "month":
        return str(format_date(value, "y年M月" if chinese else "MMM y", locale=locale_name()))
    text = str(format_date(value, "M月d日" if chinese else "MMM d", locale=locale_name()))
    return _("week of %(day)s") % {"day": text} if kind == "week" else text


class Namer:
    """Names for the values of some rows: one query for products, one for categories."""

    def __init__(
        self, merchant: Merchant | None, values: Iterable[Any] = (), *, kind: str = ""
    ) -> None:
        """Look the names up; without a shop there are no products to name."""
        known = [one for one in values if one is not None]
        self.merchant = merchant
        self.known: dict[str, Mapping[Any, str]] = {
            "words": words(), "handover": handovers(), "step": steps()
        }  # fmt: skip
        self.products: dict[int, str] = {}
        self.categories: dict[str, str] = {}
        if kind == "shop" and known:
            rows_of_shops = Merchant.objects.filter(pk__in=known)
            self.known["shop"] = {one.pk: one.name for one in rows_of_shops}
        if kind == "product" and known and merchant:
            with as_merchant(merchant):
                rows = Product.objects.of(merchant).filter(pk__in=known).prefetch_related("texts")
                self.products = {one.pk: one.title for one in rows}
        if kind == "category" and known and merchant:
            chinese = locale_name().startswith("zh")
            with as_merchant(merchant):
                for one in Category.objects.filter(path__in=known):
                    self.categories[one.path] = one.name_zh if chinese else one.name_en

    def name(self, kind: str, value: Any) -> str:
        """Return what a value of a dimension is called."""
        if value is None or value == "":
            return _("unknown") if kind == "product" else NOTHING
        if kind == "product":
            found = self.products.get(value) or _("a product that is gone")
        elif kind in ("day", "week", "month"):
            found = day_label(value, kind)
        elif kind == "weekday":
            found = str(WEEKDAYS[int(value) - 1])
        elif kind == "hour":
            found = f"{int(value):02d}:00"
        else:
            found = self.plain(kind, value)
        return found

    def plain(self, kind: str, value: Any) -> str:
        """Return what a code, a number or a text is called."""
        if kind == "number":
            return number(value)
        known = self.categories if kind == "category" else self.known.get(kind, {})
        return str(known.get(value) or value)

    def cell(self, column: Column, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return one cell of a row behind a figure: its text, and where it leads."""
        value = row[column.code]
        text, url = NOTHING, ""
        if value is not None:
            text = self.text(column, value, row)
        if column.kind == "order" and value and self.merchant:
            url = reverse("merchant_order", args=[self.merchant.slug, value])
        if column.kind == "product" and value in self.products and self.merchant:
            url = reverse("merchant_product", args=[self.merchant.slug, value])
        return {"text": text, "url": url, "end": column.kind in ENDING, "label": column.label}

    def text(self, column: Column, value: Any, row: Mapping[str, Any]) -> str:
        """Return what a cell says."""
        if column.kind == "money":
            return say_unit("money", value, row.get("currency_") or row.get("currency") or "")
        if column.kind == "moment":
            return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
        if column.kind in ("seconds", "stars"):
            return say_unit(column.kind, value)
        if column.kind == "number":
            return say_unit("count", value)
        return self.name(column.kind, value)
