"""The merchant's form of one product: every field with its key, label, value and what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.editing.checking import kind_of
from catalog.editing.sheet import LOCALES, SIDES, Sheet, fingerprint
from catalog.feeds.naming import name_code
from catalog.models import Attribute, AttributeProposal, Category, Product, ProductText, Variant
from catalog.models.product import Status
from catalog.presenting.cards import picture_url, product_url
from catalog.presenting.facts import fact_name
from catalog.presenting.naming import DIMENSION_NAMES, reader
from catalog.presenting.worded import in_words

VARIANTS_A_PAGE = 50
LANGUAGES = {"en": "English", "zh-hans": "中文"}
NO_PLACE = 0
Field = dict[str, Any]


@dataclass
class Around:
    """What the form needs beside the product: lists to choose from and where facts come from."""

    categories: Sequence[Category]
    definitions: Mapping[str, Attribute]
    confirmed: Mapping[str, AttributeProposal]
    warehouses: Sequence[tuple[int, str]]
    currencies: Sequence[str]
    page: int = 1


@dataclass
class Fields:
    """Builds fields and remembers which the form shows, and as what they stood."""

    values: Sheet
    theirs: Sheet
    wrong: Mapping[str, str]
    shown: Sheet = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def add(self, key: str, label: str, kind: str = "text", **more: Any) -> Field:
        """Return one field of the form."""
        if not key.startswith("new-") and ":new:" not in key:
            self.shown[key] = fingerprint(self.theirs.get(key, ""))
        self.labels[key] = label
        return {
            "key": key,
            "id": key.replace(":", "-"),
            "label": label,
            "kind": kind,
            "value": self.values.get(key, ""),
            "error": self.wrong.get(key, ""),
        } | more


def product_form(
    product: Product, around: Around, values: Sheet, theirs: Sheet, wrong: Mapping[str, str]
) -> dict[str, Any]:
    """Return the form with ``values``; ``theirs`` is what is saved, ``base`` its fingerprints."""
    fields = Fields(values, theirs, wrong)
    variants = list(product.variants.all())
    first = (around.page - 1) * VARIANTS_A_PAGE
    names = product.option_names
    form = {
        "texts": text_fields(product, fields),
        "status": fields.add("status", _("Status"), "select", options=Status.choices),
        "category": fields.add("category", _("Category"), "select",
                               options=[("", "—"), *category_choices(around.categories)]),
        "brand": fields.add("brand", _("Brand"), maxlength=120),
        "option_names": fields.add("option_names", _("Options"), maxlength=320,
                                   value=in_words("option_names", values["option_names"], names),
                                   help=_("What variants differ in, with commas: colour, size")),
        "facts": fact_fields(product, around, fields),
        "new_fact": [fields.add("new-fact-name", _("Another attribute"), maxlength=80),
                     fields.add("new-fact-value", _("Value"), maxlength=2000)],
        "columns": [option_label(name) for name in names],
        "option_codes": names,
        "currencies": around.currencies,
        "warehouses": [name for _pk, name in around.warehouses],
        "variants": [variant_row(one, names, around, fields)
                     for one in variants[first : first + VARIANTS_A_PAGE]],
        "new_variant": new_variant(names, around, fields),
        "media": media_fields(product, fields),
        "pictures_wrong": wrong.get("pictures", ""),
        "related": fields.add("related", _("Goes with"), "area", rows=3,
                              help=_("Article numbers of your products, one a line.")),
        "related_titles": [one.other.sku for one in product.related.all()],
    }  # fmt: skip
    return form | {
        "labels": fields.labels,
        "base": json.dumps(fields.shown, separators=(",", ":")),
        "wrong": [
            {"id": key.replace(":", "-"), "label": fields.labels.get(key, ""), "text": text}
            for key, text in wrong.items()
        ],
        "total_variants": len(variants),
    }


def text_fields(product: Product, fields: Fields) -> list[dict[str, Any]]:
    """Return title and description in each language, the reader's first, and who wrote them."""
    texts = {text.locale: text for text in product.texts.all() if not text.arm}
    return [
        {
            "name": LANGUAGES[locale],
            "lang": "zh-Hans" if locale == "zh-hans" else locale,
            "source": source_of(texts.get(locale)),
            "fields": [
                fields.add(f"title:{locale}", f"{_('Title')} ({LANGUAGES[locale]})", maxlength=500),
                fields.add(
                    f"description:{locale}",
                    f"{_('Description')} ({LANGUAGES[locale]})",
                    "area",
                    rows=7,
                ),
            ],
        }
        for locale in sorted(LOCALES, key=lambda one: one != reader())
    ]


def source_of(text: ProductText | None) -> str:
    """Return who wrote a text, and who approved it."""
    if text is None:
        return _("Not written yet")
    label = str(text.get_provenance_display())
    return f"{label} · {text.approved_by.email}" if text.approved_by else label


def category_choices(categories: Iterable[Category]) -> list[tuple[str, str]]:
    """Return the categories with their places in the tree, in its order."""
    by_pk = {one.pk: one for one in categories}

    def line(one: Category | None) -> list[str]:
        found: list[str] = []
        while one is not None and len(found) < 12:
            found.insert(0, one.name)
            one = by_pk.get(one.parent_id or 0)
        return found

    choices = [(str(one.pk), " / ".join(line(one))) for one in by_pk.values()]
    return sorted(choices, key=lambda choice: choice[1])


def fact_fields(product: Product, around: Around, fields: Fields) -> list[Field]:
    """Return the product's attributes with type, unit and where each value comes from."""
    made = []
    for code in sorted(product.attributes):
        definition = around.definitions.get(code)
        kind = kind_of(code, definition, product.attributes[code])
        proof = around.confirmed.get(code)
        key = f"fact:{code}"
        made.append(
            fields.add(
                key,
                fact_name(code, definition),
                value=in_words(key, fields.values.get(key, ""), product.option_names),
                unit=definition.unit if definition else "",
                type=kind,
                maxlength=2000,
                help=_("Confirmed by %(who)s from “%(words)s”")
                % {
                    "who": proof.decided_by.email if proof.decided_by else "—",
                    "words": proof.evidence,
                }
                if proof
                else "",
            )
        )
    return made


def option_label(name: str) -> str:
    """Return an option's name in the reader's language where it is a shared one."""
    return str(DIMENSION_NAMES.get(name_code(name)) or name)


def variant_row(
    variant: Variant, names: Sequence[str], around: Around, fields: Fields
) -> dict[str, Any]:
    """Return one variant's fields, in the order of the table's columns."""
    who = variant.sku
    return {
        "sku": fields.add(f"sku:{variant.pk}", _("Article number"), maxlength=100),
        "cells": cells(str(variant.pk), who, names, around, fields),
        "active": fields.add(f"active:{variant.pk}", f"{_('Offered')} · {who}", "check"),
    }


def new_variant(names: Sequence[str], around: Around, fields: Fields) -> dict[str, Any]:
    """Return the empty fields of one more variant."""
    return {
        "sku": fields.add("new-sku:0", _("New article number"), maxlength=100),
        "cells": cells("new", _("New variant"), names, around, fields),
    }


def cells(key: str, who: str, names: Sequence[str], around: Around, fields: Fields) -> list[Field]:
    """Return options, prices and stock of one variant."""
    made = [
        fields.add(code, f"{option_label(name)} · {who}", short=option_label(name), maxlength=120,
                   value=in_words(code, fields.values.get(code, ""), names))
        for place, name in enumerate(names)
        for code in [f"option:{key}:{place}"]
    ]  # fmt: skip
    for currency in around.currencies:
        former = fields.add(f"was:{key}:{currency}", f"{_('Former price')} {currency} · {who}",
                            "money") if key != "new" else None  # fmt: skip
        made.append(
            fields.add(f"price:{key}:{currency}", f"{_('Price')} {currency} · {who}", "money",
                       short=currency, former=former)
        )  # fmt: skip
    made += [
        fields.add(f"stock:{key}:{pk}", f"{_('Stock')} {name} · {who}", "whole", short=name)
        for pk, name in around.warehouses
    ]
    return made


def media_fields(product: Product, fields: Fields) -> list[dict[str, Any]]:
    """Return each picture with what is said of it and its place."""
    return [
        {
            "url": picture_url(one.file),
            "options": pgettext("in a list", ", ").join(
                in_words(f"option::{place}", str(value), list(one.options))
                for place, value in enumerate(one.options.values())
            ),
            "fields": [
                fields.add(f"alt_zh:{one.pk}", _("What it shows (Chinese)"), maxlength=300),
                fields.add(f"alt_en:{one.pk}", _("What it shows (English)"), maxlength=300),
                fields.add(f"order:{one.pk}", _("Place"), "whole"),
            ],
            "remove": fields.add(f"remove:{one.pk}", _("Remove this picture"), "check"),
            "whole_url": picture_url(one.whole),
            "cropped": one.crop is not None,
            "crop": [
                fields.add(f"{side}:{one.pk}", label, "whole")
                for side, label in zip(
                    SIDES,
                    (_("From the left, %"), _("From the top, %"), _("Width, %"), _("Height, %")),
                    strict=True,
                )
            ],
        }
        for one in product.media.all()
    ]


def conflict_rows(
    form: Mapping[str, Any], conflicts: Sheet, mine: Sheet, options: Mapping[str, Any]
) -> list[dict[str, str]]:
    """Return the fields that both have changed: what the other wrote, and what this person did."""
    return [
        {
            "key": key,
            "id": key.replace(":", "-"),
            "label": form["labels"].get(key, key),
            "theirs": spoken(key, value, options, form["option_codes"]),
            "mine": spoken(key, mine.get(key, ""), options, form["option_codes"]),
        }
        for key, value in conflicts.items()
    ]


def spoken(key: str, value: str, options: Mapping[str, Any], names: Sequence[str]) -> str:
    """Return a field's value as people read it; codes of a list by their names."""
    if key in options:
        return str(dict(options[key]).get(value, value))
    if key.startswith(("active:", "remove:")):
        return _("Yes") if value else _("No")
    return in_words(key, value, names) or "—"


def public_url(product: Product) -> str:
    """Return where shoppers see the product, nothing if they do not."""
    if product.status != Status.LIVE:
        return ""
    return product_url(product.merchant.slug, product.sku)


def form_url(product: Product) -> str:
    """Return where the product is edited."""
    return reverse("merchant_product", args=[product.merchant.slug, product.pk])


def currencies_of(product: Product, used: Iterable[str]) -> list[str]:
    """Return the currencies of the shop, and any in which the product has a price."""
    own = product.merchant.currencies or list(settings.CURRENCIES)[:1]
    return list(dict.fromkeys([*own, *sorted(used)]))
