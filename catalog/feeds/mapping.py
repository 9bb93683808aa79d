"""The mapping file: which of a flat file's columns is what, written in TOML or JSON.

For merchants with files of their own; the user guide explains each key, ``docs/mappings`` has
examples. A mapping is checked whole before a row is read.
"""

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from catalog.feeds.problems import Refused

TEXT_FIELDS = {"title", "description"}
FIELDS = TEXT_FIELDS | {
    "sku", "product_sku", "status", "brand", "category", "price", "was", "currency", "stock",
    "image", "images", "related", "created_at", "active",
}  # fmt: skip
KEYED = TEXT_FIELDS | {"price", "was", "stock", "option", "attribute"}
RULE_KEYS = {"column", "columns", "split", "blank", "json"}
ATTRIBUTE_KEYS = {"prefixes", "object", "split", "leave_out", "blank"}
VARIANT_KEYS = {"list", "options", "fields"}
TOP_KEYS = {
    "format", "delimiter", "quoted", "header", "language", "currency", "divide", "constants",
    "fields", "attributes", "variants",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """Where one field comes from and how it is read.

    ``split``: what separates the entries of a list, or the levels of a category. ``blank``: texts
    that mean nothing here. Several columns are levels of a category or entries of a list.
    """

    columns: tuple[str, ...]
    split: str = ""
    blank: frozenset[str] = frozenset()
    json: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """One file's layout. ``fields``: (name,) or (name, language, currency, … ) → its rule."""

    format: str = ""
    delimiter: str = ""
    quoted: bool = True
    header: list[str] | None = None
    language: str = ""
    currency: str = ""
    divide: int = 1
    constants: dict[str, Any] = field(default_factory=dict)
    fields: dict[tuple[str, ...], Rule] = field(default_factory=dict)
    attribute_prefixes: tuple[str, ...] = ()
    attribute_object: str = ""
    attribute_split: str = ""
    attributes_left_out: frozenset[str] = frozenset()
    attribute_blank: frozenset[str] = frozenset()
    variant_list: str = ""
    variant_options: tuple[str, ...] = ()
    variant_fields: dict[str, str] = field(default_factory=dict)

    @property
    def grouped(self) -> bool:
        """Tell whether several rows make one product."""
        return ("product_sku",) in self.fields


def read_mapping(path: Path) -> dict[str, Any]:
    """Return what a mapping file says, unchecked."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        said = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise Refused(
            _("The mapping file cannot be opened."), _("Check its name."), path.name
        ) from error
    except ValueError as error:
        raise _wrong(str(error)) from error
    if not isinstance(said, dict):
        raise _wrong(path.name)
    return said


def said_in_words(said: dict[str, Any]) -> str:
    """Return which field is read from which columns, for people: ``title from “name”, …``."""
    told = []
    for name, rule in said.get("fields", {}).items():
        columns = [rule] if isinstance(rule, str) else rule.get("columns") or [rule["column"]]
        told.append(f"{name} from " + " and ".join(f"“{column}”" for column in columns))
    attributes = said.get("attributes", {})
    if held := attributes.get("object"):
        told.append(f"facts from “{held}”")
    told += [f"facts from “{prefix}…”" for prefix in attributes.get("prefixes", ())]
    return ", ".join(told)


def mapping_of(said: dict[str, Any]) -> Mapping:
    """Return the checked mapping."""
    _only(said, TOP_KEYS, "")
    attributes, variants = said.get("attributes", {}), said.get("variants", {})
    _only(attributes, ATTRIBUTE_KEYS, "attributes.")
    _only(variants, VARIANT_KEYS, "variants.")
    constants = said.get("constants", {})
    _only(constants, FIELDS, "constants.")
    fields = {_path(name): _rule(name, rule) for name, rule in said.get("fields", {}).items()}
    if ("sku",) not in fields:
        raise _wrong("fields.sku")
    divide = said.get("divide", 1)
    if divide not in (1, 10, 100, 1000):
        raise _wrong("divide")
    return Mapping(
        format=_one_of(said, "format", ("", "csv", "jsonl")),
        delimiter=str(said.get("delimiter", ""))[:1],
        quoted=bool(said.get("quoted", True)),
        header=_texts(said["header"], "header") if "header" in said else None,
        language=_one_of(said, "language", ("", "zh-hans", "en")),
        currency=str(said.get("currency", "")),
        divide=divide,
        constants=constants,
        fields=fields,
        attribute_prefixes=tuple(_texts(attributes.get("prefixes", []), "attributes.prefixes")),
        attribute_object=str(attributes.get("object", "")),
        attribute_split=str(attributes.get("split", "")),
        attributes_left_out=frozenset(_texts(attributes.get("leave_out", []), "leave_out")),
        attribute_blank=frozenset(_texts(attributes.get("blank", []), "attributes.blank")),
        variant_list=str(variants.get("list", "")),
        variant_options=tuple(_texts(variants.get("options", []), "variants.options")),
        variant_fields={str(k): str(v) for k, v in variants.get("fields", {}).items()},
    )


def _path(name: str) -> tuple[str, ...]:
    """Return ("price", "CNY") for ``price.CNY``."""
    head, _dot, key = name.partition(".")
    known = head in (KEYED if key else FIELDS)
    if not known:
        raise _wrong(f"fields.{name}")
    return (head, key) if key else (head,)


def _rule(name: str, said: Any) -> Rule:
    if isinstance(said, str):
        return Rule((said,))
    if not isinstance(said, dict):
        raise _wrong(f"fields.{name}")
    _only(said, RULE_KEYS, f"fields.{name}.")
    columns = said.get("columns") or [said.get("column")]
    return Rule(
        tuple(_texts(columns, f"fields.{name}")),
        split=str(said.get("split", "")),
        blank=frozenset(_texts(said.get("blank", []), f"fields.{name}.blank")),
        json=bool(said.get("json", False)),
    )


def _texts(said: Any, where: str) -> list[str]:
    if not isinstance(said, list) or not all(isinstance(text, str) for text in said):
        raise _wrong(where)
    return said


def _one_of(said: dict[str, Any], name: str, choices: tuple[str, ...]) -> str:
    value = said.get(name, "")
    if value not in choices:
        raise _wrong(f"{name} = {value}")
    return str(value)


def _only(said: Any, known: set[str], where: str) -> None:
    if not isinstance(said, dict):
        raise _wrong(where.rstrip("."))
    for name in said:
        if name not in known:
            raise _wrong(f"{where}{name}")


def _wrong(where: str) -> Refused:
    return Refused(
        _("The mapping file has a mistake."), _("Compare it with the examples."), where[:200]
    )
