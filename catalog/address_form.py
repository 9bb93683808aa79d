"""Where an order goes: Chinese and international addresses in one form."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.presenting.buying import countries

PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,24}")
POSTAL = {"CN": r"\d{6}", "US": r"\d{5}(-\d{4})?", "JP": r"\d{3}-?\d{4}", "SG": r"\d{6}",
          "DE": r"\d{5}", "FR": r"\d{5}", "KR": r"\d{5}", "AU": r"\d{4}"}  # fmt: skip
KEPT = ("name", "phone", "country", "region", "city", "district", "street", "postal_code")


def text(label: Any, name: str, *, most: int = 120, required: bool = True) -> forms.CharField:
    """Return a field that browsers know how to fill in."""
    widget = forms.TextInput({"autocomplete": name})
    return forms.CharField(label=label, max_length=most, required=required, widget=widget)


class Unforced(forms.TextInput):
    """A field that the browser lets go empty: whether it must be filled hangs on another one."""

    def use_required_attribute(self, initial: Any) -> bool:
        """Leave it to the server to say that something is missing."""
        return False


class PlaceForm(forms.Form):
    """Name, telephone and the place. A postal code may be left out where none is looked at."""

    name = text(_("Name of the recipient"), "name", most=80)
    phone = text(_("Telephone"), "tel", most=25)
    country = forms.ChoiceField(
        label=_("Country or region"),
        choices=countries,
        widget=forms.Select({"autocomplete": "country"}),
    )
    region = text(_("Province or state"), "address-level1", required=False)
    city = text(_("City"), "address-level2")
    district = text(_("District"), "address-level3", required=False)
    street = text(_("Street and number"), "street-address", most=200)
    postal_code = forms.CharField(
        label=_("Postal code"), max_length=12, widget=Unforced({"autocomplete": "postal-code"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = str(self["country"].value() or "CN")
        self.fields["postal_code"].required = country in POSTAL and country != "CN"

    def clean_phone(self) -> str:
        """Accept what telephones accept."""
        phone = str(self.cleaned_data["phone"])
        if not PHONE.fullmatch(phone):
            raise ValidationError(_("Write digits, as in +86 138 0000 0000."))
        return phone

    def clean_postal_code(self) -> str:
        """Ask for the form of code that the country has."""
        code, country = str(self.cleaned_data["postal_code"]), self.cleaned_data.get("country", "")
        pattern = POSTAL.get(country)
        if code and pattern and not re.fullmatch(pattern, code):
            raise ValidationError(_("This is not how postal codes of that country look."))
        return code

    def address(self) -> dict[str, str]:
        """Return what an order keeps."""
        return {key: str(self.cleaned_data[key]) for key in KEPT}


class AddressForm(PlaceForm):
    """The place, and how to reach the person about the order."""

    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("For the confirmation and for news of the parcel."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    field_order = ("email",)
