"""Forms of a shop's people, keys and webhooks: they check what was typed and write nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shopguide import outbound
from shopguide.accounts.models import Kind, Role, Scope


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.EDITOR)


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(choices=Role.choices)


class KeyForm(forms.Form):
    """A key's name and what it may do."""

    name = forms.CharField(
        label=_("What is it for?"), max_length=80, help_text=_("For example: stock system")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
    )


class WebhookForm(forms.Form):
    """An address and what it is told of."""

    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=_("An https address of your own system that can be reached from outside."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Tell of"),
        required=False,
        choices=[choice for choice in Kind.choices if choice[0] != Kind.PING],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: everything."),
    )

    def clean_url(self) -> str:
        """Refuse what is not encrypted or leads inside."""
        url = str(self.cleaned_data["url"]).strip()
        if not url.lower().startswith("https://"):
            raise ValidationError(_("The address must begin with https://"))
        try:
            outbound.check(url)
        except outbound.Unreachable:
            raise ValidationError(_("There is no such host.")) from None
        except outbound.Outbound:
            raise ValidationError(
                _("This address cannot be told: it is not a public one.")
            ) from None
        return url


class WebhookChangeForm(WebhookForm):
    """Another address or other kinds; ``seen``: as what it was when the form was drawn."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class ReplayForm(forms.Form):
    """From when on what happened is sent again."""

    since = forms.DateTimeField(
        label=_("From"), widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")
    )
    failed = forms.BooleanField(label=_("Only what was given up"), required=False, initial=True)


class LogFilter(forms.Form):
    """What of the log is asked for; anything wrong is as if it were not asked."""

    person = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    about = forms.CharField(required=False, max_length=63)
    action = forms.ChoiceField(
        required=False, choices=[("insert", ""), ("update", ""), ("delete", "")]
    )
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def asked(self) -> dict[str, Any]:
        """Return what was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
