"""Measure composed copy: against plain templates on what is sold, and on pairs that people wrote.

For the command ``evaluate_copy``. Factuality is the claim ledger's count, form is `measuring`'s;
neither says whether a text is loved, which the rating queue asks people.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from catalog.claims import Ledger, check
from catalog.claims.facts import ProductFacts
from catalog.lexicon import lexicon
from catalog.models import Product
from marketing.copy.channels import CHANNELS, CHINESE
from marketing.copy.checking import examine, ledger_for
from marketing.copy.composing import Composed, compose
from marketing.copy.measuring import alike, measure
from marketing.copy.phrasing import naming, pages
from marketing.copy.phrasing.material import Material, gathered
from marketing.copy.phrasing.pen import Pen
from marketing.copy.wording import breaches
from shopguide.reading import opened

FIVE = ("title", "bullets", "description", "banner", "search_ad")
# What the pairs call attributes, as the vocabulary has them.
PAIRED = {
    "材质": "material", "颜色": "colour", "风格": "style", "图案": "pattern", "版型": "fit",
    "裙领型": "neckline", "衣领型": "neckline", "裙袖长": "sleeve", "衣袖长": "sleeve",
    "裙袖型": "sleeve", "衣袖型": "sleeve", "裙腰型": "fit", "裤腰型": "fit", "裤型": "fit",
}  # fmt: skip


def on_products(products: Iterable[Product], channels: Sequence[str] = FIVE) -> dict[str, Any]:
    """Compose three texts a channel and language; return counts of faults and mean measures."""
    found: dict[str, Counter[str]] = {"composed": Counter(), "template": Counter()}
    for product in products:
        for locale in ("zh-hans", "en"):
            ledger = ledger_for([product], locale)
            for channel in channels:
                if CHANNELS[channel].speaks(locale):
                    texts = compose(product, channel=channel, locale=locale, ledger=ledger)
                    _count(found["composed"], texts, channel, locale)
                    _count_template(found["template"], product, channel, locale, ledger)
    return {name: _means(counter) for name, counter in found.items()}


def _count(found: Counter[str], texts: Sequence[Composed], channel: str, locale: str) -> None:
    for one in texts:
        _add(found, one.quality, one.claims, one.warnings)
    for first, second in combinations(texts, 2):
        found["pairs"] += 1
        found["equal"] += first.text == second.text
        found["~alike"] += alike(first.text, second.text)  # type: ignore[assignment]
    found["fewer than asked"] += len(texts) < 3


def _count_template(
    found: Counter[str], product: Product, channel: str, locale: str, ledger: Ledger
) -> None:
    material = gathered(product, locale, ledger, wished=frozenset())
    if material is None:
        return
    plain = template(material)
    parts = {name: plain[: part.limit(locale) // (2 if part.wide and material.chinese else 1)]
             for name, part in CHANNELS[channel].parts.items()}  # fmt: skip
    checked = examine(parts, product=product, channel=channel, locale=locale, ledger=ledger)
    _add(found, measure(parts, CHANNELS[channel], locale), checked.claims, checked.warnings)


def _add(
    found: Counter[str],
    quality: Mapping[str, float],
    claims: Sequence[Mapping[str, Any]],
    warnings: Sequence[Mapping[str, Any]],
) -> None:
    found["texts"] += 1
    found["claims"] += len(claims)
    found["unsupported"] += sum(one["verdict"] != "supported" for one in claims)
    found["blocked"] += any(one["blocks"] for one in warnings)
    for name, value in quality.items():
        found[f"~{name}"] += value  # type: ignore[assignment]


def _means(found: Counter[str]) -> dict[str, Any]:
    many = max(found["texts"], 1)
    pairs = max(found["pairs"], 1)
    return {
        name.removeprefix("~"): round(value / (pairs if name == "~alike" else many), 3)
        if name.startswith("~") else value
        for name, value in found.items()
    }  # fmt: skip


def template(material: Material) -> str:
    """Return what a plain template makes of a product: its name and its facts in a row."""
    rows = [f"{name} {value}" for name, value in material.rows]
    rows += [one for dimension in ("feature", "occasion") for one in material.names(dimension)]
    joint = "，" if material.chinese else ", "
    return joint.join([material.name.full, *rows]) + ("。" if material.chinese else ".")


def pairs_of(path: Path, most: int) -> Iterator[tuple[list[tuple[str, str]], str]]:
    """Yield attributes and the text that a person wrote of them, from JSON Lines (.xz too)."""
    with opened(path) as lines:
        for number, line in enumerate(lines):
            if number == most:
                return
            row = json.loads(line)
            stated = [tuple(one.split("#", 1)) for one in row["content"].split("*")]
            yield [(one[0], one[1]) for one in stated if len(one) == 2], row["summary"]


def on_pairs(pairs: Iterable[tuple[list[tuple[str, str]], str]]) -> dict[str, Any]:
    """Write from the attributes alone and compare with a template and with what people wrote."""
    found = {name: Counter[str]() for name in ("composed", "template", "people")}
    for stated, written in pairs:
        material = _paired(stated)
        pen = Pen(material, "benefit", seed=str(len(written)))
        ours = pages.description(pen, CHANNELS["description"].parts)["description"]
        plain = "，".join(f"{name}{value}" for name, value in stated) + "。"
        for name, text in (("composed", ours), ("template", plain), ("people", written)):
            _judge(found[name], text, stated, written, material.ledger)
    return {name: _means(counter) for name, counter in found.items()}


def _judge(
    found: Counter[str], text: str, stated: list[tuple[str, str]], written: str, ledger: Ledger
) -> None:
    claims = [
        one.as_json() for one in check(text, language=CHINESE, ledger=ledger, unread=True).claims
    ]
    faults = [{"blocks": True} for _ in breaches(text)]
    _add(found, measure({"description": text}, CHANNELS["description"], CHINESE), claims, faults)
    values = {value for _, value in stated}
    found["~told"] += sum(one in text for one in values) / len(values)  # type: ignore[assignment]
    found["~like people"] += alike(text, written)  # type: ignore[assignment]
    found["~characters"] += len(text)


def _paired(stated: list[tuple[str, str]]) -> Material:
    """Return the material of a product that has these attributes and nothing else."""
    attributes: dict[str, list[str]] = {}
    rows: dict[str, list[str]] = {}
    kinds = [value for name, value in stated if name in ("衣样式", "类型", "裤款式", "裙款式")]
    for name, value in stated:
        dimension = PAIRED.get(name)
        code = lexicon().canonical(dimension, value) if dimension else None
        if dimension and code:
            attributes.setdefault(dimension, []).append(code)
        elif name != "类型":
            rows.setdefault(name, []).append(value)
    noun = next((one for one in reversed(kinds) if lexicon().match(one, ("category",))), kinds[0])
    told = "，".join(f"{name}{value}" for name, value in stated)
    facts = ProductFacts(1, "pair", 1, {CHINESE: noun}, attributes=attributes, texts=(noun, told))
    ledger = Ledger(products=(facts,), locale=CHINESE)
    called = naming.name_of(facts, CHINESE)
    listed = tuple((one, "、".join(values)) for one, values in rows.items())
    return Material(Product(), facts, ledger, CHINESE, called, rows=listed)
