"""Expand the hand-written product files of the demo shop into catalogue records.

For whoever writes or imports the demo shop. A TOML file holds the products of one category of one
merchant, with options, prices and stock stated once a product; here they become one record a
product in the shop's own JSONL format, one entry a variant. It never invents words: every title,
description, attribute and review is in the files.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product as combinations
from pathlib import Path
from typing import Any
from zlib import crc32

from catalog.demo import drawing
from catalog.lexicon import lexicon

LANGUAGES = {"zh": "zh-hans", "en": "en"}
CURRENCIES = ("CNY", "USD")
RATED_SINCE, RATED_DAYS = date(2025, 7, 1), 500  # stars without words lie in these days


def read(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the compact products of every file in ``folder``, each with its category."""
    for path in sorted(folder.glob("*.toml")):
        page = tomllib.loads(path.read_text(encoding="utf-8"))
        for entry in page["product"]:
            yield {"category": page["category"], **entry}


def expand(entry: Mapping[str, Any], *, warehouses: Sequence[str]) -> dict[str, Any]:
    """Return the catalogue record of one compact product."""
    return {
        "sku": entry["sku"],
        "status": entry.get("status", "live"),
        "category": entry["category"],
        "brand": entry["brand"],
        "title": {code: entry[key] for key, code in LANGUAGES.items() if key in entry},
        "description": {
            code: entry["about"][key] for key, code in LANGUAGES.items() if key in entry
        },
        "attributes": entry["attributes"],
        "options": list(entry.get("options", {})),
        "variants": [_variant(entry, chosen, warehouses) for chosen in choices(entry)],
        "media": [_medium(entry, colour) for colour in colours(entry)],
        "related": entry.get("related", []),
        "reviews": [*(_review(row) for row in entry.get("reviews", [])), *_ratings(entry)],
    }


def colours(entry: Mapping[str, Any]) -> list[str | None]:
    """Return the colours a product is drawn in: its colour option, else its colour, else none."""
    option = entry.get("options", {}).get("colour")
    if option:
        return list(option)
    colour = entry["attributes"].get("colour")
    return [colour[0] if isinstance(colour, list) else colour]


def file_name(entry: Mapping[str, Any], colour: str | None) -> str:
    """Return the media file of a product in ``colour``; a changed drawing changes the name."""
    parts = [entry["sku"].lower(), colour, drawing.digest(entry, colour)]
    return "-".join(part for part in parts if part) + ".webp"


def choices(entry: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield each combination of options that is made at all."""
    options = entry.get("options", {})
    for values in combinations(*options.values()):
        if "/".join(values) not in entry.get("without", ()):
            yield dict(zip(options, values, strict=True))


def _variant(
    entry: Mapping[str, Any], chosen: Mapping[str, str], warehouses: Sequence[str]
) -> dict[str, Any]:
    sku = "-".join([entry["sku"], *(_compressed(value) for value in chosen.values())])
    sold_out = "/".join(chosen.values()) in entry.get("out", ())
    return {
        "sku": sku,
        "options": dict(chosen),
        "prices": _prices(entry, chosen),
        "stock": {
            code: 0 if sold_out else _spread(count, f"{sku}@{code}")
            for code, count in zip(warehouses, entry["stock"], strict=False)
        },
    }


def _prices(entry: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the prices of a variant: its own, else the product's plus what its options add."""
    own = [entry["prices"][value] for value in chosen.values() if value in entry.get("prices", {})]
    amounts = [_minor(amount) for amount in (own[0] if own else entry.get("price", ()))]
    for value in chosen.values():
        extra = entry.get("plus", {}).get(value, ())
        amounts = [a + _minor(b) for a, b in zip(amounts, extra, strict=True)] if extra else amounts
    return {code: f"{a // 100}.{a % 100:02d}" for code, a in zip(CURRENCIES, amounts, strict=False)}


def _minor(amount: str) -> int:
    whole, _, cents = amount.partition(".")
    return int(whole) * 100 + int(cents or 0)


def _compressed(value: str) -> str:
    return "".join(letter for letter in value.upper() if letter.isalnum())


def _spread(count: int, key: str) -> int:
    """Vary a stock figure by up to two fifths, always the same way for the same key."""
    return count * (60 + crc32(key.encode()) % 81) // 100


def _medium(entry: Mapping[str, Any], colour: str | None) -> dict[str, Any]:
    chosen = {"colour": colour} if colour and "colour" in entry.get("options", {}) else {}
    return {"file": file_name(entry, colour), "alt": _alt(entry, colour), "options": chosen}


def _alt(entry: Mapping[str, Any], colour: str | None) -> dict[str, str]:
    """Describe a picture in each language of its product: the title, and the colour shown."""
    shades = lexicon().dimension("colour").values
    named = shades.get(colour or "")
    said = {code: entry[key] for key, code in LANGUAGES.items() if key in entry}
    if not named:
        return said
    comma = {"zh-hans": "，", "en": ", "}
    return {code: f"{title}{comma[code]}{named.display(code)}" for code, title in said.items()}


def _review(row: Sequence[Any]) -> dict[str, Any]:
    stars, language, author, date, title, body = row
    return {
        "stars": stars,
        "title": title,
        "body": body,
        "language": language,
        "author": author,
        "date": date.isoformat(),
    }


def _ratings(entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the reviews that are stars only, always with the same days for the same product."""
    for stars, count in entry.get("ratings", {}).items():
        for number in range(count):
            key = f"{entry['sku']}-{stars}-{number}"
            day = RATED_SINCE + timedelta(days=crc32(key.encode()) % RATED_DAYS)
            yield {"id": key, "stars": int(stars), "date": day.isoformat()}
