"""What people fill in about the catalogue, checked."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.feeds.mapping import mapping_of, read_mapping
from catalog.feeds.problems import Refused
from catalog.models import CatalogImport

MOST_MB = 100
MOST_MAPPING_KB = 256


class ImportForm(forms.Form):
    """A catalogue file, and what helps to read it. ``token`` makes the form count once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Catalogue file"),
        help_text=_(
            "CSV, Excel, JSON Lines, or a feed for Google, Shopify or Magento, also as .gz or .xz;"
            " at most 100 MB."
        ),
        error_messages={"required": _("Choose the file with your products.")},
        widget=forms.ClearableFileInput(
            attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xml,.json,.jsonl,.ndjson,.gz,.xz"}
        ),
    )
    images = forms.FileField(
        label=_("Pictures"),
        required=False,
        help_text=_("A zip of the pictures that the file names; at most 100 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
    )
    format = forms.ChoiceField(
        label=_("Format"), choices=CatalogImport.Format.choices, initial=CatalogImport.Format.AUTO
    )
    mapping = forms.FileField(
        label=_("Mapping"),
        required=False,
        help_text=_("A .toml or .json file that says which column is what; for other layouts."),
        widget=forms.ClearableFileInput(attrs={"accept": ".toml,.json"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid.uuid4()})
        super().__init__(*args, **kwargs)

    def clean_file(self) -> UploadedFile:
        """Refuse what is larger than an upload may be."""
        return small_enough(self.cleaned_data["file"])

    def clean_images(self) -> UploadedFile | None:
        """Refuse what is too large or no zip."""
        images: UploadedFile | None = self.cleaned_data["images"]
        if images is None:
            return None
        beginning = small_enough(images).read(4)
        images.seek(0)
        if beginning[:2] != b"PK":
            raise ValidationError(_("This is not a zip file. Pack the pictures as a zip."))
        return images

    def clean_mapping(self) -> dict[str, Any] | None:
        """Return what the mapping says, or why it cannot be followed."""
        uploaded: UploadedFile | None = self.cleaned_data["mapping"]
        if uploaded is None:
            return None
        if (uploaded.size or 0) > MOST_MAPPING_KB * 1024:
            raise ValidationError(_("This is too large for a mapping file."))
        try:
            return checked_mapping(uploaded)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
        except (AttributeError, TypeError, KeyError) as error:
            raise ValidationError(
                _("The mapping file has the wrong layout. The user guide has examples.")
            ) from error


class NewProductForm(forms.Form):
    """The least that a product needs; all else is filled in on its page."""

    title = forms.CharField(label=_("Title"), max_length=500)
    locale = forms.ChoiceField(
        label=_("Language of the title"), choices=[("zh-hans", "中文"), ("en", "English")]
    )
    sku = forms.CharField(
        label=_("Article number"),
        max_length=100,
        help_text=_("Your own number for it, as on labels and in files."),
    )


def checked_mapping(uploaded: UploadedFile) -> dict[str, Any]:
    """Return an uploaded mapping once it is known that it can be followed."""
    suffix = ".json" if (uploaded.name or "").lower().endswith(".json") else ".toml"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"mapping{suffix}"
        path.write_bytes(uploaded.read())
        said = read_mapping(path)
    mapping_of(said)
    return said


def small_enough(uploaded: UploadedFile) -> UploadedFile:
    """Return an upload within the limit, else say how large it is and what to do."""
    megabytes = (uploaded.size or 0) / 1024 / 1024
    if megabytes > MOST_MB:
        raise ValidationError(
            gettext(
                "The file has %(size)d MB; at most %(most)d MB can be uploaded."
                " Pack it as .gz, or import it in parts."
            )
            % {"size": megabytes, "most": MOST_MB}
        )
    return uploaded
