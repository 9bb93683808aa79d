"""What people fill in: how they may be written to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from profiles.contacting import OFFERED
from profiles.models import Contact

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
ZONES = [("", _("Where my last order went")), *((zone, zone.replace("_", " ")) for zone in OFFERED)]
LANGUAGES = [("", _("As in my last order")), *settings.LANGUAGES]


class WaysForm(forms.ModelForm):
    """By which ways, in which language, and when not."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    zone = forms.ChoiceField(label=_("Time zone"), choices=ZONES, required=False)
    quiet_from = forms.TypedChoiceField(label=_("Nothing from"), choices=HOURS, coerce=int)
    quiet_until = forms.TypedChoiceField(label=_("until"), choices=HOURS, coerce=int)

    class Meta:
        model = Contact
        fields = ["email", "push", "site", "language", "zone", "quiet_from", "quiet_until"]
        labels = {
            "email": _("By email"), "push": _("In the app"), "site": _("On these pages"),
        }  # fmt: skip

    def chosen(self) -> dict[str, Any]:
        """Return what was chosen, by the columns of `Contact`."""
        return dict(self.cleaned_data)
