"""An article as the shop writes it, and files it uploads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assistant.knowledge.articles import cleaned
from assistant.knowledge.documents import MOST_BYTES
from assistant.models.article import LANGUAGES, LONGEST_BODY, Kind

BODY_HELP = _("Plain text. # begins a heading, - a list; rows of a table stand between |.")


class ArticleForm(forms.Form):
    """A version of an article; kind and language too while it is new."""

    title = forms.CharField(
        label=_("Title or question"), max_length=200,
        help_text=_("As a shopper would ask: it is found by these words."),
    )  # fmt: skip
    body = forms.CharField(
        label=_("Text or answer"), max_length=LONGEST_BODY, help_text=BODY_HELP,
        widget=forms.Textarea(attrs={"rows": 16, "class": "input"}),
    )  # fmt: skip
    asked = forms.CharField(
        label=_("Other ways to ask for it"), max_length=10_000, required=False,
        help_text=_("One a line. Nobody reads them but the search."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def __init__(self, *args: Any, new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["language"]

    def clean_title(self) -> str:
        """Refuse a title of what cannot be seen."""
        return self._seen("title")

    def clean_body(self) -> str:
        """Refuse a text of what cannot be seen."""
        return self._seen("body")

    def _seen(self, name: str) -> str:
        text = cleaned(self.cleaned_data[name])
        if not text:
            raise forms.ValidationError(_("Nothing can be read of it."))
        return text


class UploadForm(forms.Form):
    """A file of one or many articles."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "md, txt, html, docx or pdf: one article. json, jsonl or csv: many, with question and"
            " answer. Up to 10 MB."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("As it is written")), *LANGUAGES]
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("As the file says")), *Kind.choices]
    )

    def clean_file(self) -> Any:
        """Refuse what is too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return file
