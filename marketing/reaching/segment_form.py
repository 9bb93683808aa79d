"""Whom a shop wants to reach, as a form: from fields to a rule and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import Category, Product
from profiles.models import Segment
from profiles.portraits.telling import NAMES as TYPE_NAMES
from profiles.segments.counting import Wanted
from profiles.segments.grammar import STAGES, WrongRule, read
from profiles.segments.telling import DEED_NAMES, STAGE_NAMES
from shopguide.accounts.models import Merchant

ANY = ("", _("Anything"))
CURRENCIES = [(code, code) for code in settings.CURRENCIES]
LANGUAGES = list(settings.LANGUAGES)
# What a shop can begin from.
PRESETS: dict[str, tuple[Any, dict[str, Any]]] = {
    "active": (_("Active customers"), {"is": "stage", "stages": ["new", "active"]}),
    "lapsing": (_("Customers who drift away"), {"is": "stage", "stages": ["lapsing"]}),
    "looking": (_("Looked, never bought"), {"is": "stage", "stages": ["looking"]}),
    "loyal": (_("Bought three times or more"), {"is": "orders", "least": 3}),
    "cart": (_("Left something in the cart"), {"all": [
        {"is": "did", "kind": "cart", "within": 14},
        {"not": {"is": "bought", "within": 14}}]}),
}  # fmt: skip


def days(label: Any, **more: Any) -> forms.IntegerField:
    """Return a field for a number of days."""
    return forms.IntegerField(label=label, min_value=1, max_value=3650, required=False, **more)


def count(label: Any) -> forms.IntegerField:
    """Return a field for how often."""
    return forms.IntegerField(label=label, min_value=1, max_value=1000, required=False)


def amount(label: Any) -> forms.DecimalField:
    """Return a field for a sum of money."""
    return forms.DecimalField(
        label=label, min_value=0, max_digits=10, decimal_places=2, required=False
    )


class SegmentForm(forms.Form):
    """A name and tests, all of which or one of which must hold; or people like those of another."""

    name = forms.CharField(label=_("Name"), max_length=80)
    how = forms.ChoiceField(
        label=_("Who is in it"), initial="all", required=False,
        choices=[("all", _("who fulfils all of these")), ("any", _("who fulfils one of these"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    stages = forms.MultipleChoiceField(
        label=_("Where they are with your shop"), required=False,
        choices=[(one, STAGE_NAMES[one]) for one in STAGES], widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    bought_category = forms.ChoiceField(label=_("Kind of product"), required=False)
    bought_brand = forms.ChoiceField(label=_("Brand"), required=False)
    bought_within = days(_("In the last days"))
    bought_least = count(_("Orders at least"))
    did_kind = forms.ChoiceField(
        label=_("What they did"), required=False,
        choices=[("", _("Anything")), *list(DEED_NAMES.items())[1:]],
    )  # fmt: skip
    did_category = forms.ChoiceField(label=_("Kind of product"), required=False)
    did_brand = forms.ChoiceField(label=_("Brand"), required=False)
    did_within = days(_("In the last days"))
    did_least = count(_("Times at least"))
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, required=False)
    spent_least = amount(_("Spent at least"))
    spent_most = amount(_("Spent at most"))
    price_least = amount(_("Their things cost at least"))
    price_most = amount(_("Their things cost at most"))
    last_least = days(_("Last order at least so many days ago"))
    last_most = days(_("Last order less than so many days ago"))
    languages = forms.MultipleChoiceField(
        label=_("Language"), choices=LANGUAGES, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    types = forms.MultipleChoiceField(
        label=_("How they shop, as a model takes it"), required=False,
        choices=list(TYPE_NAMES.items()), widget=forms.CheckboxSelectMultiple,
        help_text=_("From what people who agreed did here; whoever called it wrong is not in it."),
    )  # fmt: skip
    likely_least = forms.ChoiceField(
        label=_("Chance of an order within a week, as a model takes it"), required=False,
        choices=[ANY, ("20", _("20% or more")), ("50", _("50% or more"))],
    )  # fmt: skip
    orders_least = count(_("Orders at least"))
    without = days(
        _("Leave out who ordered in the last days"),
        help_text=_("So that nobody is asked to buy what they have just bought."),
    )
    seed = forms.ModelChoiceField(
        label=_("People like those in"), queryset=Segment.objects.none(), required=False,
        empty_label=_("– by the tests above –"),
    )  # fmt: skip
    most = forms.IntegerField(label=_("How many"), min_value=5, max_value=100_000, required=False)

    def __init__(self, merchant: Merchant, *args: Any, **kwargs: Any) -> None:
        self.segment: Segment | None = kwargs.pop("segment", None)
        super().__init__(*args, **kwargs)
        self.merchant = merchant
        mine = Product.objects.filter(merchant=merchant).exclude(status="archived")
        brands = mine.exclude(brand="").values_list("brand", flat=True).distinct()
        chosen = [ANY, *((one, one) for one in sorted(brands))]
        kinds = Category.objects.filter(products__in=mine).distinct()
        paths = [ANY, *sorted(((one.path, one.name) for one in kinds), key=lambda one: one[0])]
        for name in ("bought", "did"):
            self.fields[f"{name}_brand"].choices = chosen  # type: ignore[attr-defined]
            self.fields[f"{name}_category"].choices = paths  # type: ignore[attr-defined]
        seeds = Segment.objects.filter(merchant=merchant, archived_at=None, seed=None)
        if self.segment is not None:
            seeds = seeds.exclude(pk=self.segment.pk)
        self.fields["seed"].queryset = seeds  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Refuse a second segment of the same name."""
        name = str(self.cleaned_data["name"])
        same = Segment.objects.filter(merchant=self.merchant, name=name, archived_at=None)
        if same.exclude(pk=self.segment.pk if self.segment else 0).exists():
            raise ValidationError(_("There is one of this name already. Choose another."))
        return name

    def clean(self) -> dict[str, Any]:
        """Read the tests as a rule and say what is wrong with them."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("spent", "price", "last"):
            least, most = cleaned.get(f"{name}_least"), cleaned.get(f"{name}_most")
            if least is not None and most is not None and least > most:
                self.add_error(f"{name}_most", _("This is less than at least."))
        if cleaned.get("seed") and not cleaned.get("most"):
            self.add_error("most", _("Say how many people."))
        cleaned["currency"] = cleaned.get("currency") or (self.merchant.currencies or ["CNY"])[0]
        try:
            read(rule_of(cleaned))
        except WrongRule as error:
            self.add_error(None, str(error))
        return cleaned

    @property
    def rule(self) -> dict[str, Any]:
        """Return the rule that was filled in."""
        return rule_of(self.cleaned_data)

    @property
    def wanted(self) -> Wanted | None:
        """Return whom the form holds so far, None if that cannot be told; a name is not needed."""
        if set(self.errors) - {"name"}:
            return None
        seed = self.cleaned_data.get("seed")
        if seed is not None:
            return Wanted(self.merchant.pk, read(seed.rule), self.cleaned_data["most"])
        return Wanted(self.merchant.pk, read(self.rule))


def rule_of(filled: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rule of a filled-in form; `fields_of` is its way back."""
    tests = [test for test in tests_of(filled) if test]
    how = filled.get("how") or "all"
    without = (
        {"not": {"is": "bought", "within": filled["without"]}} if filled.get("without") else None
    )
    if how == "any" and tests:
        return {"all": [{"any": tests}, *([without] if without else [])]}
    tests += [without] if without else []
    return {"all": tests} if tests else {}


def tests_of(filled: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the tests of a filled-in form, empty ones for those that say nothing."""
    bought, did = (thing(filled, name) for name in ("bought", "did"))
    if did or filled.get("did_kind"):
        did = {"is": "did"} | ({"kind": filled["did_kind"]} if filled.get("did_kind") else {}) | did
    money = {"currency": filled.get("currency")}
    return [
        {"is": "stage", "stages": list(filled["stages"])} if filled.get("stages") else {},
        {"is": "bought"} | bought if bought else {},
        did,
        *({"is": name} | money | found if (found := sums(filled, name)) else {}
          for name in ("spent", "price")),
        {"is": "orders", "least": filled["orders_least"]} if filled.get("orders_least") else {},
        {"is": "last_order"} | ago if (ago := numbers(filled, "last")) else {},
        {"is": "language", "languages": list(filled["languages"])}
        if filled.get("languages") else {},
        {"is": "type", "types": list(filled["types"])} if filled.get("types") else {},
        {"is": "likely", "least": int(filled["likely_least"])}
        if filled.get("likely_least") else {},
    ]  # fmt: skip


def thing(filled: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return what a test says of products and times."""
    parts = {
        part: filled.get(f"{name}_{part}") for part in ("category", "brand", "within", "least")
    }
    return {part: value for part, value in parts.items() if value}


def sums(filled: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return the bounds of money that are given."""
    parts = {part: filled.get(f"{name}_{part}") for part in ("least", "most")}
    return {part: str(value) for part, value in parts.items() if value is not None}


def numbers(filled: Mapping[str, Any], name: str) -> dict[str, int]:
    """Return the bounds in days that are given."""
    parts = {part: filled.get(f"{name}_{part}") for part in ("least", "most")}
    return {part: int(value) for part, value in parts.items() if value}


def fields_of(rule: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a rule as the fields of the form; None for one that no form makes."""
    parts = list(rule.get("all", [])) if set(rule) <= {"all"} else [dict(rule)]
    filled: dict[str, Any] = {"how": "all"}
    if parts and parts[-1].get("not", {}).get("is") == "bought":
        filled["without"] = parts.pop()["not"].get("within")
    if parts and "any" in parts[0]:
        filled["how"], parts = "any", [*parts[0]["any"], *parts[1:]]
    for test in parts:
        filled |= filled_by(test)
    try:
        same = read(rule_of(filled)) in (read(rule), read({"all": [dict(rule)]}))
    except (WrongRule, KeyError, TypeError):
        return None
    return filled if same else None


def filled_by(test: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that one test comes from."""
    kind = str(test.get("is", ""))
    plain = {"stage": "stages", "language": "languages", "type": "types"}
    if kind in plain:
        return {plain[kind]: test[plain[kind]]}
    prefix = {"last_order": "last"}.get(kind, kind)
    return {
        name if name == "currency" else f"{prefix}_{name}": value
        for name, value in test.items()
        if name != "is"
    }
