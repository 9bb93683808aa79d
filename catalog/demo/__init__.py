"""The demo market place: six merchants, their products and pictures, written for this project.

Data only, no Django: whoever loads it takes the same road as a merchant, the ordinary importer.
Drawing is imported where it is done: it costs half a second, and pages only ask what the demo is.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def merchants() -> list[dict[str, Any]]:
    """Return the merchants: slug, names, about texts, currencies and warehouses."""
    return _json("merchants.json")


def categories() -> list[dict[str, str]]:
    """Return the category tree, parents before children: path and a name in each language."""
    return _json("categories.json")


def people() -> dict[str, Any]:
    """Return the demo logins: one password, and each person's email, name, merchant and role."""
    return _json("people.json")


def selling() -> dict[str, Any]:
    """Return each merchant's terms by slug: ways of shipping with prices, and coupons."""
    terms: dict[str, Any] = _json("selling.json")
    return terms


def products(slug: str) -> Iterator[dict[str, Any]]:
    """Yield the products of one merchant in the shop's own catalogue format."""
    from catalog.demo import compact

    warehouses = [store["code"] for store in _merchant(slug)["warehouses"]]
    for entry in compact.read(HERE / "products" / slug):
        yield compact.expand(entry, warehouses=warehouses)


def pictures(
    slug: str, directory: Path, *, skus: Collection[str] | None = None, workers: int = 2
) -> int:
    """Draw the pictures that the records of a merchant name, and return how many were missing.

    ``skus`` leaves out all other products.
    A name changes whenever its drawing would, so what is there already is current and left alone.
    Cost: about 80 ms of one core each; ``workers`` threads share them (Pillow lets go of the lock).
    """
    from catalog.demo import compact
    from catalog.demo.drawing import draw

    directory.mkdir(parents=True, exist_ok=True)
    wanted = {
        compact.file_name(entry, colour): (entry, colour)
        for entry in compact.read(HERE / "products" / slug)
        if skus is None or entry["sku"] in skus
        for colour in compact.colours(entry)
    }
    missing = [name for name in wanted if not (directory / name).exists()]
    with ThreadPoolExecutor(workers) as pool:
        for name, webp in zip(missing, pool.map(lambda n: draw(*wanted[n]), missing), strict=True):
            _keep(directory / name, webp)
    return len(missing)


def _keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    half = path.with_suffix(".part")
    half.write_bytes(content)
    half.replace(path)


def _merchant(slug: str) -> dict[str, Any]:
    return next(merchant for merchant in merchants() if merchant["slug"] == slug)


def _json(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))
