"""What a person fills in to change many products at once, checked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.models import BulkEdit, Category, Warehouse
from catalog.models.product import Status
from catalog.presenting.product_form import category_choices
from shopguide.accounts.models import Merchant

Kind = BulkEdit.Kind


class BulkForm(forms.Form):
    """One kind of change; each says it as JSON can keep it."""

    kind = ""

    def __init__(self, merchant: Merchant, *args: Any, **kwargs: Any) -> None:
        self.merchant = merchant
        kwargs["auto_id"] = f"{self.kind}-%s"
        super().__init__(*args, **kwargs)

    def change(self) -> dict[str, Any]:
        """Return the change; to be called once valid."""
        return dict(self.cleaned_data)


class StatusForm(BulkForm):
    """Publish, take back to draft, or archive."""

    kind = Kind.STATUS
    value = forms.ChoiceField(label=_("New status"), choices=Status.choices)


class CategoryForm(BulkForm):
    """Put products into one category."""

    kind = Kind.CATEGORY
    value = forms.ChoiceField(label=_("New category"), required=False)

    def __init__(self, merchant: Merchant, *args: Any, **kwargs: Any) -> None:
        super().__init__(merchant, *args, **kwargs)
        rows = category_choices(Category.objects.usable_by(merchant))
        self.fields["value"].choices = [("", "—"), *rows]  # type: ignore[attr-defined]

    def change(self) -> dict[str, Any]:
        """Return the category's id, None for none."""
        return {"value": int(self.cleaned_data["value"]) if self.cleaned_data["value"] else None}


class BrandForm(BulkForm):
    """Give products one brand."""

    kind = Kind.BRAND
    value = forms.CharField(label=_("New brand"), max_length=120, required=False)


class PriceForm(BulkForm):
    """Set prices, or move them by an amount or per cent."""

    kind = Kind.PRICE
    mode = forms.ChoiceField(
        label=_("How"),
        choices=[
            ("percent", _("Change by per cent")),
            ("add", _("Change by an amount")),
            ("set", _("Set to an amount")),
        ],
    )
    amount = forms.DecimalField(
        label=_("Amount or per cent"),
        help_text=_("-10 with “per cent” lowers by a tenth. Rounded to two decimals."),
        min_value=Decimal("-1000000000"),
        max_value=Decimal("1000000000"),
        decimal_places=2,
        localize=False,
    )
    currency = forms.ChoiceField(label=_("Currency"))

    def __init__(self, merchant: Merchant, *args: Any, **kwargs: Any) -> None:
        super().__init__(merchant, *args, **kwargs)
        used = merchant.price_lists.filter(name="standard").values_list("currency", flat=True)
        codes = dict.fromkeys([*merchant.currencies, *sorted(used)])
        self.fields["currency"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a price below zero."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("mode") == "set" and (said.get("amount") or 0) < 0:
            self.add_error("amount", _("A price is 0 or more."))
        if said.get("mode") == "percent" and (said.get("amount") or 0) < -100:
            self.add_error("amount", _("At most 100 per cent can be taken off."))
        return said

    def change(self) -> dict[str, Any]:
        """Return how prices move, and on which list."""
        prices, _new = self.merchant.price_lists.get_or_create(
            currency=self.cleaned_data["currency"], name="standard"
        )
        return {
            "mode": self.cleaned_data["mode"],
            "amount": str(self.cleaned_data["amount"]),
            "currency": prices.currency,
            "price_list": prices.pk,
        }


class StockForm(BulkForm):
    """Set the stock of every variant in one warehouse, or move it."""

    kind = Kind.STOCK
    mode = forms.ChoiceField(
        label=_("How"), choices=[("set", _("Set to a number")), ("add", _("Change by a number"))]
    )
    quantity = forms.IntegerField(
        label=_("Number"), min_value=-1_000_000_000, max_value=1_000_000_000
    )
    warehouse = forms.ChoiceField(label=_("Warehouse"))

    def __init__(self, merchant: Merchant, *args: Any, **kwargs: Any) -> None:
        super().__init__(merchant, *args, **kwargs)
        places = Warehouse.objects.filter(merchant=merchant).order_by("code")
        choices = [(str(one.pk), str(one)) for one in places] or [("0", gettext("Warehouse"))]
        self.fields["warehouse"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a stock below zero."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("mode") == "set" and (said.get("quantity") or 0) < 0:
            self.add_error("quantity", _("Write a whole number, 0 or more."))
        return said

    def change(self) -> dict[str, Any]:
        """Return how the stock moves, and where; the first stock makes its warehouse."""
        place = int(self.cleaned_data["warehouse"])
        if not place:
            place = Warehouse.objects.get_or_create(merchant=self.merchant)[0].pk
        return {
            "mode": self.cleaned_data["mode"],
            "quantity": self.cleaned_data["quantity"],
            "warehouse": place,
        }


FORMS: dict[str, type[BulkForm]] = {
    form.kind: form for form in (StatusForm, PriceForm, StockForm, CategoryForm, BrandForm)
}
