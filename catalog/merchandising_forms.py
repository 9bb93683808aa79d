"""What a person fills in about the shop's own search, checked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import SearchRule, SearchSynonym
from catalog.search.merchandising import key_of

CLEAR = "clear"


def moment(label: Any) -> forms.DateTimeField:
    """Return a field for a day and time."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget)


class ScheduledForm(forms.Form):
    """Fields of what holds for a time."""

    starts_at = moment(_("From"))
    ends_at = moment(_("Until"))

    def clean(self) -> dict[str, Any]:
        """Refuse an end that is not after the beginning."""
        said: dict[str, Any] = super().clean() or {}
        start, end = said.get("starts_at"), said.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("The end must be after the beginning."))
        return said


class RuleForm(ScheduledForm):
    """Move one product for one query; the product by its id or its article number."""

    q = forms.CharField(max_length=200)
    action = forms.ChoiceField(choices=[*SearchRule.Action.choices, (CLEAR, "")])
    product = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    sku = forms.CharField(label=_("Article number"), required=False, max_length=100)

    def clean_q(self) -> str:
        """Refuse a query of which nothing is left."""
        if not key_of(self.cleaned_data["q"]):
            raise forms.ValidationError(_("Write what shoppers search for."))
        return str(self.cleaned_data["q"]).strip()


class SynonymForm(ScheduledForm):
    """A word that shoppers say, and the word that the products use."""

    locale = forms.ChoiceField(
        label=_("Language"), choices=[("zh-hans", "中文"), ("en", "English")]
    )
    said = forms.CharField(label=_("Shoppers say"), max_length=80)
    meant = forms.CharField(label=_("Your products say"), max_length=80)
    field_order = ["locale", "said", "meant", "starts_at", "ends_at"]

    def clean(self) -> dict[str, Any]:
        """Refuse a word that means itself, or of which nothing is left."""
        said = super().clean()
        word, meaning = key_of(said.get("said", "")), key_of(said.get("meant", ""))
        if "said" in said and not word:
            self.add_error("said", _("Write a word."))
        elif word and word == meaning:
            self.add_error("meant", _("This is the same word."))
        said["said"] = word[: SearchSynonym._meta.get_field("said").max_length]
        return said
