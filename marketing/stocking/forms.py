"""What a shop fills in for stock advice: how it orders again, what is on its way, former sales."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketing.models import Incoming, StockTerms
from marketing.models.stock import LEVELS

FARTHEST = datetime.timedelta(days=366)


class StockTermsForm(forms.ModelForm):
    """Lead time, cover, service level, pack."""

    service = forms.TypedChoiceField(
        label=_("Lasts in … of 100 cases"),
        choices=[(level, str(level)) for level in LEVELS],
        coerce=int,
        help_text=_("The higher, the more safety stock."),
    )
    lead_days = forms.IntegerField(
        label=_("Lead time in days"), min_value=1, max_value=56,
        help_text=_("From your order until the goods are in stock."),
    )  # fmt: skip
    cover_days = forms.IntegerField(
        label=_("An order covers, in days"), min_value=1, max_value=56,
        help_text=_("How long the goods shall last after they have come."),
    )  # fmt: skip
    pack = forms.IntegerField(label=_("Pieces in a pack"), min_value=1, max_value=10_000)

    class Meta:
        model = StockTerms
        fields = ["lead_days", "cover_days", "service", "pack"]


class IncomingForm(forms.ModelForm):
    """Goods that were ordered."""

    quantity = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=1_000_000)
    expected_on = forms.DateField(
        label=_("Expected on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = Incoming
        fields = ["quantity", "expected_on"]

    def clean_expected_on(self) -> Any:
        """Refuse days that are no plan."""
        day, today = self.cleaned_data["expected_on"], timezone.localdate()
        if not today - FARTHEST <= day <= today + FARTHEST:
            raise ValidationError(_("Choose a day within a year."))
        return day


class SalesForm(forms.Form):
    """A table of former sales."""

    file = forms.FileField(
        label=_("Table of former sales"),
        help_text=_("CSV with the columns sku, day and quantity; UTF-8, UTF-16 or GB18030."),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,text/csv"}),
    )
