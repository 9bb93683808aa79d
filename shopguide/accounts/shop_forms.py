"""What a shop's owner says of the shop: names and texts, contact, hours, holidays.

Forms for the settings page; they keep the shop's row and nothing else.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shopguide.accounts.models import Merchant
from shopguide.accounts.opening import DAYS

TELEPHONE = re.compile(r"\+?[0-9][0-9 ()./-]{4,38}")
MOST_HOLIDAYS, EMPTY_HOLIDAYS = 40, 2
LONGEST_HOLIDAY = datetime.timedelta(days=120)
LONGEST_TEXT = 4_000
DAY_NAMES = {
    "mon": _("Monday"), "tue": _("Tuesday"), "wed": _("Wednesday"), "thu": _("Thursday"),
    "fri": _("Friday"), "sat": _("Saturday"), "sun": _("Sunday"),
}  # fmt: skip


class ShopForm(forms.ModelForm):
    """Names, texts, contact, and in what the shop sells."""

    currencies = forms.MultipleChoiceField(
        label=_("Currencies you sell in"),
        choices=[(code, code) for code in settings.CURRENCIES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one currency.")},
        help_text=_(
            "Prices stay as they are when a currency is taken out; it is no longer asked for."
        ),
    )

    class Meta:
        model = Merchant
        fields = ["name_zh", "name_en", "about_zh", "about_en", "email", "phone", "language",
                  "currencies"]  # fmt: skip
        labels = {
            "name_zh": _("Name in Chinese"), "name_en": _("Name in English"),
            "about_zh": _("About the shop, in Chinese"),
            "about_en": _("About the shop, in English"),
            "email": _("Email for customers"), "phone": _("Telephone for customers"),
            "language": _("First language"),
        }  # fmt: skip
        help_texts = {
            "language": _("What is written for everybody comes in this language first."),
            "phone": _("With the country's number, as +86 571 8888 0000."),
        }
        widgets = {
            "about_zh": forms.Textarea({"rows": 4, "lang": "zh-Hans", "maxlength": LONGEST_TEXT}),
            "about_en": forms.Textarea({"rows": 4, "lang": "en", "maxlength": LONGEST_TEXT}),
            "name_zh": forms.TextInput({"lang": "zh-Hans"}),
            "name_en": forms.TextInput({"lang": "en"}),
            "phone": forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", _("The reader's own")), *settings.LANGUAGES,
        ]  # fmt: skip

    def clean_phone(self) -> str:
        """Refuse what cannot be dialled."""
        said = str(self.cleaned_data["phone"]).strip()
        if said and not TELEPHONE.fullmatch(said):
            raise ValidationError(_("Digits, spaces, brackets and dashes only."))
        return said

    def clean_about_zh(self) -> str:
        """Keep the text within what a page shows."""
        return short(self.cleaned_data["about_zh"])

    def clean_about_en(self) -> str:
        """Keep the text within what a page shows."""
        return short(self.cleaned_data["about_en"])

    def clean(self) -> dict[str, Any]:
        """Ask for a name in at least one language."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("name_zh") and not cleaned.get("name_en"):
            self.add_error("name_en", _("Give it a name in at least one language."))
        return cleaned


class HoursForm(forms.Form):
    """From when to when people are there, a span a weekday; an empty day is closed."""

    def __init__(self, *args: Any, hours: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        initial = {
            f"{day}_{part}": value
            for day, span in (hours or {}).items()
            for part, value in zip(("from", "until"), span, strict=True)
        }
        super().__init__(*args, **(kwargs | {"initial": initial, "prefix": "hours"}))
        for day in DAYS:
            for part, label in (("from", _("from")), ("until", _("until"))):
                self.fields[f"{day}_{part}"] = forms.TimeField(
                    label=label, required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
                )

    def days(self) -> list[dict[str, Any]]:
        """Return a row a weekday for the template."""
        return [
            {"name": DAY_NAMES[day], "from": self[f"{day}_from"], "until": self[f"{day}_until"]}
            for day in DAYS
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse half a span, and one that ends before it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        for day in DAYS:
            start, end = cleaned.get(f"{day}_from"), cleaned.get(f"{day}_until")
            if (start is None) != (end is None):
                missing = f"{day}_until" if end is None else f"{day}_from"
                if missing not in self.errors:
                    self.add_error(missing, _("Say both, or leave both empty."))
            elif start is not None and end <= start:
                self.add_error(f"{day}_until", _("This is not later than the beginning."))
        return cleaned

    def hours(self) -> dict[str, list[str]]:
        """Return the hours as the shop keeps them."""
        said = self.cleaned_data
        return {
            day: [f"{said[f'{day}_{part}']:%H:%M}" for part in ("from", "until")]
            for day in DAYS
            if said.get(f"{day}_from") is not None
        }


KEPT = ("name_zh", "name_en", "about_zh", "about_en", "email", "phone", "language", "currencies",
        "logo", "hours", "holidays")  # fmt: skip


class SeenForm(forms.Form):
    """What the settings were when the page was drawn: a digest of each."""

    seen = forms.CharField(max_length=1_000, required=False, widget=forms.HiddenInput)

    def changed_since(self, merchant: Merchant) -> list[str]:
        """Return the settings that are others by now; none for a page that does not say."""
        said = self.cleaned_data["seen"].split(",") if self.cleaned_data["seen"] else []
        if len(said) != len(KEPT):
            return []
        now = seen_of(merchant).split(",")
        return [name for name, one, other in zip(KEPT, said, now, strict=True) if one != other]


def seen_of(merchant: Merchant) -> str:
    """Return a digest of each setting, in the order of `KEPT`."""
    values = (json.dumps(getattr(merchant, name), sort_keys=True, default=str) for name in KEPT)
    return ",".join(hashlib.sha256(one.encode()).hexdigest()[:12] for one in values)


class HolidayForm(forms.Form):
    """Days on which nobody is there; an empty row is none."""

    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until and including"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    zh = forms.CharField(label=_("Name in Chinese"), max_length=80, required=False)
    en = forms.CharField(label=_("Name in English"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, and holidays that never end."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        named = cleaned.get("zh") or cleaned.get("en")
        for name, said in (("since", since), ("until", until)):
            if said is None and (since or until or named) and name not in self.errors:
                self.add_error(name, _("Say both days, or empty the row."))
        if since and until and until < since:
            self.add_error("until", _("This is before the first day."))
        elif since and until and until - since > LONGEST_HOLIDAY:
            self.add_error("until", _("Longer than 120 days. Suspend sales instead."))
        return cleaned


HolidayFormSet = forms.formset_factory(
    HolidayForm, extra=EMPTY_HOLIDAYS, max_num=MOST_HOLIDAYS, validate_max=True,
    absolute_max=MOST_HOLIDAYS + 10,
)  # fmt: skip


def holiday_rows(merchant: Merchant) -> list[dict[str, str]]:
    """Return a shop's holidays as the form shows them."""
    return [{**one, "since": one["from"]} for one in merchant.holidays]


def holidays_of(formset: Any) -> list[dict[str, str]]:
    """Return the holidays as the shop keeps them, in their order."""
    said = [form.cleaned_data for form in formset if form.cleaned_data.get("since")]
    return sorted(
        (
            {
                "from": one["since"].isoformat(),
                "until": one["until"].isoformat(),
                "zh": one["zh"],
                "en": one["en"],
            }
            for one in said
        ),
        key=lambda one: (one["from"], one["until"]),
    )


def short(text: str) -> str:
    """Refuse a text beyond what a page shows."""
    if len(text) > LONGEST_TEXT:
        raise ValidationError(_("At most %(most)d characters."), params={"most": LONGEST_TEXT})
    return text.strip()
