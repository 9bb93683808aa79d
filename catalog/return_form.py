"""What a shopper fills in to give something back, and what a shop answers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from catalog.models.back import ReturnKind
from catalog.orders.asking import Asking, Item, LineNow
from catalog.orders.paying_back import way_for
from catalog.policies.terms import Condition, Reason, Way
from catalog.presenting.policies import condition_label, reason_label, way_label

REASONS = [(one.value, lazy(reason_label, str)(one)) for one in Reason]
CONDITIONS = [(one.value, lazy(condition_label, str)(one)) for one in Condition]
WAYS = [(one.value, lazy(way_label, str)(one)) for one in Way]


class ReturnForm(forms.Form):
    """How many of which line, why, and what for. The lines' fields are made of the order."""

    kind = forms.ChoiceField(
        label=_("What would you like?"),
        choices=ReturnKind.choices,
        initial=ReturnKind.REFUND,
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(label=_("Why"), choices=REASONS)
    condition = forms.ChoiceField(label=_("In which condition is it?"), choices=CONDITIONS)
    way = forms.ChoiceField(label=_("How should the money go back?"), choices=WAYS)
    note = forms.CharField(
        label=_("Tell the shop more"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, lines: Sequence[LineNow], choices: Mapping[int, Sequence[Variant]],
        *args: Any, **kwargs: Any,
    ) -> None:  # fmt: skip
        kwargs["initial"] = {"key": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.lines = [one for one in lines if one.bought.left]
        if self.lines and way_for(self.lines[0].line.order, Way.ORIGINAL) != Way.ORIGINAL:
            self.fields["way"].choices = [pair for pair in WAYS if pair[0] == Way.TRANSFER]  # type: ignore[attr-defined]
        for now in self.lines:
            self.fields[f"quantity-{now.line.pk}"] = forms.IntegerField(
                label=_("How many"), min_value=0, max_value=now.bought.left, required=False,
                initial=1 if len(self.lines) == now.bought.left == 1 else None,
                widget=forms.NumberInput({"class": "input", "inputmode": "numeric"}),
            )  # fmt: skip
            variants = [(one.pk, one) for one in choices.get(now.line.pk, ())]
            if variants:
                self.fields[f"wanted-{now.line.pk}"] = forms.TypedChoiceField(
                    label=_("Exchange for"), choices=[(pk, str(pk)) for pk, _one in variants],
                    coerce=int, empty_value=None, required=False,
                    widget=forms.Select({"class": "input"}),
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for at least one thing."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(cleaned.get(f"quantity-{now.line.pk}") for now in self.lines):
            raise ValidationError(_("Say how many of what comes back."))
        return cleaned

    def asking(self) -> Asking:
        """Return what is asked for; pictures are added by whoever stores them."""
        said = self.cleaned_data
        return Asking(
            items=tuple(
                Item(pk, count, said.get(f"wanted-{pk}"))
                for pk in (now.line.pk for now in self.lines)
                if (count := said.get(f"quantity-{pk}"))
            ),
            kind=ReturnKind(said["kind"]),
            reason=Reason(said["reason"]),
            condition=Condition(said["condition"]),
            way=Way(said["way"]),
            note=said["note"],
            key=said["key"],
        )


class InvoiceForm(forms.Form):
    """What an invoice is to say."""

    title = forms.CharField(
        label=_("Name of the person or company"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    tax_number = forms.RegexField(
        r"^[0-9A-Za-z .-]{5,40}$",
        label=_("Tax number"),
        max_length=40,
        required=False,
        help_text=_("Companies need one, persons do not."),
        error_messages={"invalid": _("Write letters and digits, as they stand on your papers.")},
    )
    email = forms.EmailField(
        label=_("Email address"), widget=forms.EmailInput({"autocomplete": "email"})
    )
