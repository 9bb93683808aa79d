"""What a person fills in about the shop's own categories and attributes, checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.editing.checking import Invalid, new_code
from catalog.models import Attribute, Category

Choices = Sequence[tuple[str, str]]
MOST_ALLOWED = 200


class NamesForm(forms.Form):
    """Names in both languages; one is enough."""

    name_zh = forms.CharField(label=_("Name (Chinese)"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name (English)"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a thing without a name."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("name_zh") and not said.get("name_en") and not self.errors:
            self.add_error("name_en", _("Write a name in at least one language."))
        return said

    def names(self) -> dict[str, str]:
        """Return the names; to be called once valid."""
        return {name: self.cleaned_data[name] for name in ("name_zh", "name_en")}


class NewCategoryForm(NamesForm):
    """A category, and below which of the shop's own it stands."""

    parent = forms.ChoiceField(label=_("Below"), required=False)

    def __init__(self, choices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]


class IntoForm(forms.Form):
    """Into which other one something is merged."""

    into = forms.ChoiceField(label=_("Into"))

    def __init__(self, choices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]


class AttributeForm(NamesForm):
    """An attribute's names, how its values are written, and which there may be."""

    kind = forms.ChoiceField(
        label=_("Kind of value"),
        choices=[one for one in Attribute.Kind.choices if one[0] != "code"],
    )
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    allowed = forms.CharField(
        label=_("Allowed values"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line; with names: cotton | 棉 | Cotton. Empty: any value."),
    )
    field_order = ["name_zh", "name_en", "kind", "unit", "allowed"]

    def clean_allowed(self) -> list[dict[str, str]]:
        """Return the values with their names, each value once."""
        found: dict[str, dict[str, str]] = {}
        for line in self.cleaned_data["allowed"].splitlines():
            parts = [part.strip() for part in line.replace("｜", "|").split("|")]
            if not parts[0]:
                continue
            if len(parts) > 3 or any(len(part) > 200 for part in parts):
                raise forms.ValidationError(
                    _("Each line: the value, its Chinese name, its English name.")
                )
            value, chinese, english = [*parts, "", ""][:3]
            found.setdefault(value, {"value": value, "zh": chinese, "en": english})
        if len(found) > MOST_ALLOWED:
            raise forms.ValidationError(_("At most %(most)d values.") % {"most": MOST_ALLOWED})
        return list(found.values())

    def definition(self) -> dict[str, Any]:
        """Return what the attribute shall be; to be called once valid."""
        said = self.cleaned_data
        return self.names() | {name: said[name] for name in ("kind", "unit", "allowed")}

    def code(self) -> str:
        """Return the code of a new attribute by its name; an error if it has none."""
        try:
            return new_code(self.cleaned_data["name_en"] or self.cleaned_data["name_zh"])[:80]
        except Invalid as problem:
            self.add_error("name_en", str(problem))
            return ""


class ValueForm(forms.Form):
    """One value, and what products shall say instead."""

    old = forms.CharField(label=_("Value"), max_length=2_000)
    new = forms.CharField(label=_("New value"), max_length=200)


def written(attribute: Attribute) -> dict[str, Any]:
    """Return an attribute as its form begins."""
    lines = [
        " | ".join([one["value"], one.get("zh", ""), one.get("en", "")])
        if one.get("zh") or one.get("en") else one["value"]
        for one in attribute.allowed
    ]  # fmt: skip
    return {
        "name_zh": attribute.name_zh, "name_en": attribute.name_en, "kind": attribute.kind,
        "unit": attribute.unit, "allowed": "\n".join(lines),
    }  # fmt: skip


def names_of(category: Category) -> dict[str, str]:
    """Return a category as its form begins."""
    return {"name_zh": category.name_zh, "name_en": category.name_en}
