"""Pictures of the demo products, drawn by code: a shape, the product's colour, a few options.

The same product in the same colour is always the same file, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from catalog.demo.drawing.art import SHAPES, Art
from catalog.demo.drawing.palette import PLAIN, TINTS

SMALL = 0.84  # children's things are drawn smaller
HERE = Path(__file__).parent

for module in sorted(HERE.glob("*.py")):
    import_module(f"{__name__}.{module.stem}") if module.stem != "__init__" else None


def draw(product: Mapping[str, Any], colour: str | None) -> bytes:
    """Return the WebP picture (800 × 800) of a compact product in ``colour``.

    ``product`` needs ``category`` and ``picture``: {"shape", "accent"?, "small"?, …its options}.
    Cost: about 60 ms.
    """
    return sketch(product, colour).canvas.webp()


def sketch(product: Mapping[str, Any], colour: str | None) -> Art:
    """Return the finished picture of a product, not yet encoded."""
    options = dict(product["picture"])
    shape, accent = options.pop("shape"), options.pop("accent", None)
    tint = TINTS.get(product["category"].split("/")[0], PLAIN)
    art = Art(tint, colour, accent, zoom=SMALL if options.pop("small", False) else 1)
    SHAPES[shape](art, **options)
    return art


@lru_cache(maxsize=1)
def version() -> str:
    """Return what changes whenever any drawing code changes."""
    sources = (path.read_bytes() for path in sorted(HERE.glob("*.py")))
    return sha256(b"\0".join(sources)).hexdigest()


def digest(product: Mapping[str, Any], colour: str | None) -> str:
    """Return what changes when the picture of ``product`` in ``colour`` would."""
    recipe = json.dumps([version(), product["category"], product["picture"], colour])
    return sha256(recipe.encode()).hexdigest()[:8]
