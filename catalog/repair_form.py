"""The form by which mended rows of an import come back."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from catalog.forms import small_enough


class RepairForm(forms.Form):
    """The mended file. ``token`` makes the form count once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("The mended rows"),
        error_messages={"required": _("Choose the file with the mended rows.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.jsonl,.xlsx"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid.uuid4()})
        super().__init__(*args, **kwargs)

    def clean_file(self) -> UploadedFile:
        """Refuse what is larger than an upload may be."""
        return small_enough(self.cleaned_data["file"])
