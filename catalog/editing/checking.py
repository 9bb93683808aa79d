"""Turn the texts of changed fields into values, or say what is wrong with each.

It asks the database only for what a value points at. A field that is wrong is never written, and
while one is wrong nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from catalog.editing.sheet import SIDES
from catalog.feeds.naming import name_code
from catalog.lexicon import DIMENSIONS, lexicon
from catalog.models import Attribute, Category, Product, Variant
from catalog.models.product import Status

LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_NAME, LONGEST_VALUE = 500, 100_000, 120, 200
MOST_PRICE, MOST_STOCK, MOST_VALUES, MOST_RELATED = Decimal(10) ** 10, 2_000_000_000, 100, 50
LARGEST_ID = 2**63 - 1
YES, NO = ("yes", "true", "1", "是"), ("no", "false", "0", "否")
COMMA = re.compile("[,，、]")
Checked = dict[str, Any]
Wrong = dict[str, str]


class Invalid(ValueError):
    """One field's text is no value; the message says what to do."""


def check(product: Product, changes: dict[str, str]) -> tuple[Checked, Wrong]:
    """Return the values of changed fields, and what is wrong by field."""
    checked: Checked = {}
    wrong: Wrong = {}
    definitions = {one.code: one for one in Attribute.objects.usable_by(product.merchant)}
    for key, text in changes.items():
        try:
            checked[key] = value_of(product, key, text, definitions)
        except Invalid as problem:
            wrong[key] = str(problem)
    return checked, wrong


def value_of(product: Product, key: str, text: str, definitions: dict[str, Attribute]) -> Any:
    """Return one field's value; `Invalid` says why there is none."""
    kind, _colon, rest = key.partition(":")
    if kind == "fact":
        return fact_value(rest, text, definitions.get(rest), product.attributes.get(rest))
    if kind in NUMBERS:
        return NUMBERS[kind](text)
    if kind in POINTING:
        return POINTING[kind](product, rest, text)
    if kind in LENGTHS:
        return short(text, LENGTHS[kind])
    return text


LENGTHS = {
    "title": LONGEST_TITLE, "description": LONGEST_DESCRIPTION, "brand": LONGEST_NAME,
    "alt_zh": 300, "alt_en": 300, "option": LONGEST_NAME,
}  # fmt: skip


def short(text: str, longest: int) -> str:
    """Return a text that is not too long."""
    if len(text) > longest:
        raise Invalid(_("At most %(most)d characters.") % {"most": longest})
    return text


def money(text: str) -> Decimal | None:
    """Return an amount, None for none."""
    if not text:
        return None
    try:
        amount = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise Invalid(_("Write digits only, for example 99.00.")) from None
    if not amount.is_finite() or not 0 <= amount < MOST_PRICE:
        raise Invalid(_("A price lies between 0 and 9,999,999,999."))
    if amount != round(amount, 2):
        raise Invalid(_("A price has at most two decimals."))
    return round(amount, 2)


def whole(text: str, most: int) -> int | None:
    """Return a whole number that is not negative, None for none."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > 12 or int(text) > most:
        raise Invalid(_("Write a whole number, 0 or more."))
    return int(text)


NUMBERS: dict[str, Callable[[str], Decimal | int | None]] = {
    "price": money,
    "was": money,
    "stock": lambda text: whole(text, MOST_STOCK),
    "order": lambda text: whole(text, 10_000) or 0,
    **{side: lambda text: whole(text, 100) or 0 for side in SIDES},
}


def status_of(_product: Product, _rest: str, text: str) -> str:
    """Return a status."""
    if text not in Status.values:
        raise Invalid(_("Choose one of the list."))
    return text


def category_of(product: Product, _rest: str, text: str) -> int | None:
    """Return the id of a category that the shop may use."""
    if not text:
        return None
    known = text.isdecimal() and len(text) < 19
    if not known or not Category.objects.usable_by(product.merchant).filter(pk=int(text)).exists():
        raise Invalid(_("Choose one of the list."))
    return int(text)


def sku_of(product: Product, rest: str, text: str) -> str:
    """Return an article number that no other variant of the shop has."""
    if not text:
        raise Invalid(_("Write an article number."))
    twins = Variant.objects.filter(merchant=product.merchant, sku=short(text, 100))
    if rest.isdecimal():
        twins = twins.exclude(pk=int(rest))
    if twins.exists():
        raise Invalid(_("Another variant has this article number."))
    return text


def related_of(product: Product, _rest: str, text: str) -> list[int]:
    """Return the ids of the shop's products with these article numbers, in this order."""
    skus = list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))
    if len(skus) > MOST_RELATED:
        raise Invalid(_("At most %(most)d products.") % {"most": MOST_RELATED})
    rows = Product.objects.of(product.merchant).filter(sku__in=skus, deleted_at=None)
    found = {sku: pk for sku, pk in rows.values_list("sku", "pk") if pk != product.pk}
    missing = [sku for sku in skus if sku not in found]
    if missing:
        raise Invalid(_("No other product has the number %(sku)s.") % {"sku": missing[0]})
    return [found[sku] for sku in skus]


def option_names_of(_product: Product, _rest: str, text: str) -> list[str]:
    """Return the names of the options, each once."""
    names = [name.strip() for name in COMMA.split(text) if name.strip()]
    if len({name.casefold() for name in names}) < len(names):
        raise Invalid(_("Each option has its own name."))
    if len(names) > 5 or any(len(name) > 60 for name in names):
        raise Invalid(_("At most five options, each with a short name."))
    return names


POINTING = {
    "status": status_of, "category": category_of, "sku": sku_of, "new-sku": sku_of,
    "related": related_of, "option_names": option_names_of,
}  # fmt: skip


def fact_value(code: str, text: str, definition: Attribute | None, present: Any) -> Any:
    """Return an attribute's value with its type; None takes the attribute away."""
    if not text:
        return None
    kind = kind_of(code, definition, present)
    parts = [short(one.strip(), LONGEST_VALUE) for one in COMMA.split(text)]
    parts = [one for one in dict.fromkeys(parts) if one][:MOST_VALUES]
    allowed_only(parts, definition)
    if kind == Attribute.Kind.CODE:
        return [lexicon().canonical(code, one) or one for one in parts]
    bound = definition is not None and definition.allowed
    if kind == Attribute.Kind.TEXT and not isinstance(present, list) and not bound:
        return short(text, 2_000)
    values = [flag(one) if kind == Attribute.Kind.FLAG else typed(one, kind) for one in parts]
    return values if isinstance(present, list) or len(values) > 1 else values[0]


def allowed_only(parts: list[str], definition: Attribute | None) -> None:
    """Read names of allowed values as these; refuse what is none of them."""
    if definition is None or not definition.allowed:
        return
    meant = {
        name.casefold(): one["value"]
        for one in definition.allowed
        for name in (one.get("zh", ""), one.get("en", ""), one["value"])
        if name
    }
    for place, part in enumerate(parts):
        if part.casefold() not in meant:
            few = ", ".join(definition.value_name(one["value"]) for one in definition.allowed[:8])
            raise Invalid(_("Write one of the allowed values: %(few)s.") % {"few": few})
        parts[place] = meant[part.casefold()]


def kind_of(code: str, definition: Attribute | None, present: Any) -> str:
    """Return how an attribute is written: as defined, else as its present value is."""
    if code in DIMENSIONS:
        return Attribute.Kind.CODE
    if definition:
        return definition.kind
    one = present[0] if isinstance(present, list) and present else present
    if isinstance(one, bool):
        return Attribute.Kind.FLAG
    return Attribute.Kind.NUMBER if isinstance(one, int | float) else Attribute.Kind.TEXT


def typed(text: str, kind: str) -> str | int | float:
    """Return a number where one is due, else the text."""
    if kind != Attribute.Kind.NUMBER:
        return text
    try:
        number = float(text)
    except ValueError:
        raise Invalid(_("Write digits only, for example 12.5.")) from None
    if not abs(number) < 10**15:
        raise Invalid(_("This number is too large."))
    return int(number) if number.is_integer() else number


def flag(text: str) -> bool:
    """Return yes or no."""
    if text.casefold() in YES + NO:
        return text.casefold() in YES
    raise Invalid(_("Write yes or no."))


def new_code(name: str) -> str:
    """Return the code of an attribute by the name a person gives it; `Invalid` if it has none."""
    code = name_code(name)
    if not code:
        raise Invalid(_("Write a name with letters or digits."))
    return code
