"""What a person says when they begin a trial; all of it has an answer proposed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketing.models import Draft
from marketing.trials.planning import AIMS, LIFTS
from marketing.trials.telling import AIMS as AIM_NAMES
from profiles.models.experiment import Mode

MODES = [
    (Mode.AB, _("Even split: the same number meets each text; the quickest verdict")),
    (Mode.BANDIT, _("Shifting split: fewer and fewer meet what does worse; a slower verdict")),
]


class TrialForm(forms.Form):
    """A trial as a person wants it.

    What is left out or means nothing is proposed from the product's traffic, so whoever reads it
    takes `cleaned_data` whether or not the form is valid.
    """

    hypothesis = forms.CharField(
        label=_("What do you expect, and why?"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
    )  # fmt: skip
    aim = forms.ChoiceField(label=_("What shall happen more often?"))
    mode = forms.ChoiceField(
        label=_("How are people split?"), choices=MODES, widget=forms.RadioSelect
    )
    lift = forms.TypedChoiceField(
        label=_("Which difference is worth finding?"), coerce=float, empty_value=None,
        choices=[(one, f"{one:.0%}") for one in LIFTS], required=False,
    )  # fmt: skip
    others = forms.MultipleChoiceField(
        label=_("Further texts to try beside it"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, draft: Draft, others: Sequence[Draft], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aims = [(aim, AIM_NAMES[aim]) for aim in AIMS[draft.channel]]
        self.fields["aim"].choices = aims  # type: ignore[attr-defined]
        choices = [(str(one.pk), one.text) for one in others]
        self.fields["others"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["others"]
