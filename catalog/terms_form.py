"""A shop's ways of shipping and coupons, as it fills them in."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import Coupon, ShippingMethod
from catalog.presenting.buying import COUNTRIES
from shopguide.accounts.models import Merchant

CURRENCIES = [(code, code) for code in settings.CURRENCIES]


class TermsForm(forms.ModelForm):
    """A row of one shop; what would collide with another row of it is said at the field."""

    key: tuple[str, ...] = ()

    def __init__(self, merchant: Merchant, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.merchant = merchant

    def clean(self) -> dict[str, Any]:
        """Refuse a second row of the same name."""
        cleaned: dict[str, Any] = super().clean() or {}
        wanted = {name: cleaned.get(name) for name in self.key}
        rows = type(self.instance).objects.filter(merchant=self.instance.merchant, **wanted)
        if None not in wanted.values() and rows.exclude(pk=self.instance.pk).exists():
            self.add_error(self.key[0], _("There is one of this name already. Choose another."))
        return cleaned


class ShippingForm(TermsForm):
    """A way of shipping."""

    key = ("code", "currency")
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    countries = forms.CharField(
        label=_("Countries"),
        required=False,
        help_text=_("Two-letter codes with commas, as CN, HK; empty for everywhere."),
    )

    class Meta:
        model = ShippingMethod
        fields = ["name_zh", "name_en", "code", "currency", "amount", "free_from",
                  "days_least", "days_most", "countries"]  # fmt: skip
        labels = {
            "name_zh": _("Name in Chinese"), "name_en": _("Name in English"),
            "code": _("Short name"), "amount": _("Price"), "free_from": _("Free from"),
            "days_least": _("Days at least"), "days_most": _("Days at most"),
        }  # fmt: skip
        help_texts = {"code": _("Letters and digits, as parcel.")}

    def clean_countries(self) -> list[str]:
        """Read the codes and say which is none."""
        codes = [one.strip().upper() for one in self.cleaned_data["countries"].split(",")]
        if unknown := [code for code in codes if code and code not in COUNTRIES]:
            raise ValidationError(_("Not known: %(codes)s."), params={"codes": ", ".join(unknown)})
        return [code for code in codes if code]

    def clean(self) -> dict[str, Any]:
        """Ask for a name and for days in order."""
        cleaned = super().clean()
        if not cleaned.get("name_zh") and not cleaned.get("name_en"):
            self.add_error("name_en", _("Give it a name in at least one language."))
        least, most = cleaned.get("days_least"), cleaned.get("days_most")
        if least is not None and most is not None and least > most:
            self.add_error("days_most", _("This is fewer than at least."))
        for name in ("amount", "free_from"):
            if (cleaned.get(name) or 0) < 0:
                self.add_error(name, _("A price is not below zero."))
        return cleaned


class CouponForm(TermsForm):
    """A coupon."""

    key = ("code",)
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[("", _("any")), *CURRENCIES], required=False
    )

    class Meta:
        model = Coupon
        fields = ["code", "kind", "value", "currency", "minimum", "ends_at", "most_uses", "stacks"]
        labels = {
            "code": _("Coupon code"), "kind": _("What it does"), "value": _("Percent or amount"),
            "minimum": _("From a sum of"), "ends_at": _("Until"), "most_uses": _("Uses at most"),
            "stacks": _("May be used together with others"),
        }  # fmt: skip
        widgets = {"ends_at": forms.DateTimeInput({"type": "datetime-local"})}

    def clean_code(self) -> str:
        """Keep codes in capitals, as they are entered."""
        return str(self.cleaned_data["code"]).strip().upper()

    def clean(self) -> dict[str, Any]:
        """Refuse what could not be reckoned."""
        cleaned = super().clean()
        kind, value = cleaned.get("kind"), cleaned.get("value") or 0
        if kind == "percent" and not 0 < value <= 100:
            self.add_error("value", _("A percentage is between 0 and 100."))
        if kind == "amount" and value <= 0:
            self.add_error("value", _("Say how much it takes off."))
        minimum = cleaned.get("minimum") or 0
        if minimum < 0:
            self.add_error("minimum", _("A price is not below zero."))
        if (kind == "amount" or minimum) and not cleaned.get("currency"):
            self.add_error("currency", _("An amount needs a currency."))
        return cleaned
