"""What people fill in about mentions, checked."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from marketing.models import IMPORTED, Source

MOST_MB = 20


class MentionsForm(forms.Form):
    """A file of mentions, and where they are from as far as it does not say so."""

    file = forms.FileField(
        label=_("File with mentions"),
        help_text=_("CSV or JSON Lines, also as .gz or .xz; at most 20 MB."),
        error_messages={"required": _("Choose the file with what was said.")},
        widget=forms.ClearableFileInput(
            attrs={"accept": ".csv,.tsv,.txt,.json,.jsonl,.ndjson,.gz,.xz"}
        ),
    )
    source = forms.ChoiceField(
        label=_("Where it was said"), choices=[(one.value, one.label) for one in IMPORTED],
        initial=Source.SOCIAL,
        help_text=_("Counts for lines that do not say it themselves."),
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        """Refuse what is larger than an upload may be."""
        uploaded: UploadedFile = self.cleaned_data["file"]
        if (uploaded.size or 0) > MOST_MB << 20:
            raise ValidationError(_("This file is larger than 20 MB. Import it in parts."))
        return uploaded
