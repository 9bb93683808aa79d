"""A shop's policies as it fills them in: general terms, rules one by one, warranties."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.forms import BaseFormSet, formset_factory
from django.utils.dates import WEEKDAYS
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from catalog.models import Category, Product
from catalog.models.order import OrderState
from catalog.policies.terms import (
    CODE,
    HYGIENE,
    MOST_DAYS,
    MOST_MONTHS,
    MOST_RULES,
    PERISHABLE,
    STATES_BEFORE_SHIPPING,
    Condition,
    Payer,
    Policy,
    Reason,
    Remedy,
    Rule,
    ShippingBack,
    Warranty,
    Way,
    from_json,
    to_json,
)
from catalog.presenting.naming import value_name
from catalog.presenting.policies import accepted, pays, reason_label, way_label, whom_for
from shopguide.accounts.models import Merchant

STATES = [(one, OrderState(one).label) for one in STATES_BEFORE_SHIPPING]
SHIPPING_BACK = [
    (ShippingBack.NEVER, _("never")),
    (ShippingBack.FAULT, _("when everything comes back and the shop is at fault")),
    (ShippingBack.ALWAYS, _("whenever everything comes back")),
]
REMEDIES = [
    (Remedy.REPAIR, _("repair")),
    (Remedy.REPLACE, _("replacement")),
    (Remedy.REFUND, _("money back")),
]
LIST = re.compile(r"\s*[,，、;；\n]\s*")


class Words(forms.CharField):
    """Several words with commas or on lines."""

    def to_python(self, value: Any) -> Any:
        """Return the words; commas of both languages part them."""
        ProhibitNullCharactersValidator()(str(value or ""))
        return [one for one in LIST.split(str(value or "").strip()) if one]

    def prepare_value(self, value: Any) -> Any:
        """Return the words as they are typed."""
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


def many(label: Any, choices: Any, *, required: bool = False) -> forms.MultipleChoiceField:
    """Return a field of boxes to tick."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=required, widget=forms.CheckboxSelectMultiple
    )


def categories_of(merchant: Merchant) -> list[tuple[str, str]]:
    """Return the categories that a rule may be for, as the tree has them. One query."""
    rows = Category.objects.filter(merchant=None) | Category.objects.filter(merchant=merchant)
    return [(one.path, "\u2003" * one.path.count("/") + str(one)) for one in rows.order_by("path")]


def titles_of(merchant: Merchant, policy: Policy) -> dict[str, str]:
    """Return the titles of the articles that a policy names, by article number. Two queries."""
    rows: list[Rule | Warranty] = [*policy.rules, *policy.warranties]
    numbers = {sku for one in rows for sku in one.skus}
    found = Product.objects.of(merchant).filter(sku__in=numbers).prefetch_related("texts")
    return {one.sku: one.title for one in found} if numbers else {}


class TermsForm(forms.Form):
    """What holds for all orders."""

    cancel = many(_("Shoppers may cancel while the order is"), STATES)
    readdress = many(_("Shoppers may change the address while the order is"), STATES)
    automatic = forms.BooleanField(
        label=_("Returns that the rules allow are approved at once"), required=False
    )
    invoices = forms.BooleanField(label=_("Invoices can be asked for"), required=False)
    on_delivery = forms.BooleanField(
        label=_("Orders may be paid on delivery, where the market place offers that"),
        required=False,
    )
    shipping_back = forms.ChoiceField(
        label=_("The first shipping is paid back"), choices=SHIPPING_BACK
    )
    cut_off = forms.TimeField(
        label=_("Orders before this hour leave the same working day"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    workdays = many(_("Working days"), list(WEEKDAYS.items()), required=True)
    closed = Words(
        label=_("Closed on"), required=False, help_text=_("Dates with commas, as 2026-10-01.")
    )

    def clean_closed(self) -> list[str]:
        """Name what is no date."""
        for one in self.cleaned_data["closed"]:
            try:
                datetime.date.fromisoformat(one)
            except ValueError as error:
                raise ValidationError(_("Not a date: %(text)s."), params={"text": one}) from error
        return list(self.cleaned_data["closed"])


class ScopedForm(forms.Form):
    """A rule or a warranty: its short name and what it is for."""

    code = forms.RegexField(
        rf"^{CODE.pattern}\Z", label=_("Short name"), max_length=40,
        help_text=_("Small letters, as hygiene."),
        error_messages={"invalid": _("Use small letters, digits and hyphens.")},
    )  # fmt: skip
    categories = forms.MultipleChoiceField(
        label=_("Categories"), required=False, help_text=_("None: all goods."),
        widget=forms.SelectMultiple({"size": 6}),
    )  # fmt: skip
    skus = Words(label=_("Articles"), required=False, help_text=_("Article numbers with commas."))

    def __init__(self, *args: Any, categories: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categories"].choices = categories  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """Tell whether it is a row at all: the empty one at the end has no name."""
        typed = str(self.data.get(self.add_prefix("code")) or "").strip()
        return bool(typed or (self.initial or {}).get("code"))


class RuleForm(ScopedForm):
    """A rule of return and exchange."""

    reasons = many(_("Reasons"), [(one.value, lazy(reason_label, str)(one)) for one in Reason])
    return_days = forms.IntegerField(
        label=_("Return within days"), min_value=0, max_value=MOST_DAYS, initial=7,
        help_text=_("0: not at all."),
    )  # fmt: skip
    exchange_days = forms.IntegerField(
        label=_("Exchange within days"), min_value=0, max_value=MOST_DAYS, initial=0
    )
    condition = forms.ChoiceField(
        label=_("Condition"), initial=Condition.UNUSED,
        choices=[(one.value, lazy(accepted, str)(one)) for one in Condition],
    )  # fmt: skip
    payer = forms.ChoiceField(
        label=_("The way back"), choices=[(one.value, lazy(pays, str)(one)) for one in Payer]
    )
    ways = many(_("Money goes back"), [(one.value, lazy(way_label, str)(one)) for one in Way])
    fee_percent = forms.DecimalField(
        label=_("Percent of the price kept"), min_value=0, max_value=100, decimal_places=2,
        initial=Decimal(0),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask how money goes back if it does."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("return_days") and not cleaned.get("ways"):
            self.add_error("ways", _("Say how the money goes back."))
        return cleaned


class WarrantyForm(ScopedForm):
    """A warranty."""

    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=MOST_MONTHS, initial=12)
    remedies = many(_("The shopper gets"), REMEDIES, required=True)


class OwnSet(BaseFormSet):
    """Rows of which no two have one name."""

    def clean(self) -> None:
        """Refuse a second row of the same name."""
        codes = [form.cleaned_data.get("code") for form in kept_forms(self)]
        for form in kept_forms(self):
            if codes.count(form.cleaned_data.get("code")) > 1:
                form.add_error("code", _("There is one of this name already. Choose another."))
                raise ValidationError(_("Two of them have the same name."))


RuleSet = formset_factory(
    RuleForm, OwnSet, extra=1, can_delete=True, can_order=True,
    max_num=MOST_RULES, absolute_max=MOST_RULES + 1, validate_max=True,
)  # fmt: skip
WarrantySet = formset_factory(
    WarrantyForm, OwnSet, extra=1, can_delete=True, can_order=True,
    max_num=MOST_RULES, absolute_max=MOST_RULES + 1, validate_max=True,
)  # fmt: skip


class PolicyForms:
    """All forms of the page, filled from a policy or from what was sent."""

    def __init__(self, merchant: Merchant, policy: Policy, sent: Any = None) -> None:
        plain = to_json(policy)
        choices = categories_of(merchant)
        named = {path for rule in policy.rules for path in rule.categories}
        named |= {path for one in policy.warranties for path in one.categories}
        # What a rule names may have left the tree since; it stays until somebody unticks it.
        gone = sorted((named | {*HYGIENE, *PERISHABLE}) - {path for path, _name in choices})
        choices += [(path, value_name("category", path.rpartition("/")[2])) for path in gone]
        words: dict[str, Any] = {"form_kwargs": {"categories": choices}}
        self.names = {path: name.strip("\u2003") for path, name in choices}
        self.names |= titles_of(merchant, policy)
        self.policy = policy
        self.terms = TermsForm(sent, initial=plain)
        self.rules = RuleSet(sent, prefix="rules", initial=plain["rules"], **words)
        self.warranties = WarrantySet(
            sent, prefix="warranties", initial=plain["warranties"], **words
        )
        held: tuple[tuple[Any, Sequence[Rule | Warranty]], ...] = (
            (self.rules, policy.rules), (self.warranties, policy.warranties),
        )  # fmt: skip
        for forms_, rows in held:
            for form, row in zip(forms_.forms, rows, strict=False):
                form.heading = whom_for(row, self.names)

    def is_valid(self) -> bool:
        """Tell whether all of it makes sense."""
        valid = [one.is_valid() for one in (self.terms, self.rules, self.warranties)]
        return all(valid)

    def read(self) -> Policy:
        """Return the policy that was filled in; PolicyError for what the forms did not see."""
        said = self.terms.cleaned_data
        return from_json(
            {
                **said,
                "cut_off": said["cut_off"].strftime("%H:%M"),
                "workdays": [int(day) for day in said["workdays"]],
                "zone": self.policy.zone,
                "rules": [rule_of(form.cleaned_data) for form in ordered(self.rules)],
                "warranties": [warranty_of(form.cleaned_data) for form in ordered(self.warranties)],
            }
        )


def kept_forms(forms_: BaseFormSet[Any]) -> list[Any]:
    """Return the filled forms that are not to be removed."""
    return [
        form
        for form in forms_.forms
        if form.has_changed() or form.initial
        if not getattr(form, "cleaned_data", {}).get("DELETE")
        if getattr(form, "cleaned_data", {}).get("code")
    ]


def ordered(forms_: BaseFormSet[Any]) -> list[Any]:
    """Return the kept forms in the order of their numbers; those without one come last."""
    last = MOST_RULES * 10

    def place(form: Any) -> int:
        number = form.cleaned_data.get("ORDER")
        return last if number is None else int(number)

    return sorted(kept_forms(forms_), key=place)


RULE_FIELDS = ("code", "categories", "skus", "reasons", "return_days", "exchange_days",
               "condition", "payer", "ways")  # fmt: skip


def rule_of(said: dict[str, Any]) -> dict[str, Any]:
    """Return a rule as policies store it."""
    return {**{name: said[name] for name in RULE_FIELDS}, "fee_percent": str(said["fee_percent"])}


def warranty_of(said: dict[str, Any]) -> dict[str, Any]:
    """Return a warranty as policies store it."""
    return {name: said[name] for name in ("code", "categories", "skus", "months", "remedies")}
