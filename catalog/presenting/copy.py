"""Copy that stands beside a product's own texts: selling points, search engines' words, labels.

Who wrote a text is told of each by itself: of the words on the page, not of the row they are in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.models import Product, ProductText, PublishedCopy
from catalog.models.product import Provenance

IN_TEXT = ("title", "description")


@dataclass(frozen=True)
class Shown:
    """What a page shows of a product's copy in one language. ``generated``: channels by a model."""

    bullets: tuple[str, ...] = ()
    seo: Mapping[str, str] = field(default_factory=dict)
    generated: frozenset[str] = frozenset()


def copy_shown(product: Product, text: ProductText | None) -> Shown:
    """Return the copy in the language of a text that is shown. Uses the product's own rows."""
    if text is None:
        return Shown()
    rows = {
        channel: row
        for channel in (*IN_TEXT, "bullets", "seo")
        if (row := copy_of(product, channel, text.locale)) is not None
    }
    points = lines(rows["bullets"].parts.get("bullets", "")) if "bullets" in rows else ()
    return Shown(
        bullets=points,
        seo=dict(rows["seo"].parts) if "seo" in rows else {},
        generated=frozenset(
            channel
            for channel in (*IN_TEXT, *(rows.keys() - set(IN_TEXT)))
            if by_model(product, channel, text, rows.get(channel))
        ),
    )


def copy_of(product: Product, channel: str, locale: str) -> PublishedCopy | None:
    """Return a channel's row: that of the arm whoever looks meets, else everybody's."""
    found = [row for row in product.copies.all() if row.channel == channel and row.locale == locale]
    tested = product.tested
    arm = tested.arm if tested and (tested.channel, tested.locale) == (channel, locale) else ""
    return next(
        (row for wanted in dict.fromkeys((arm, "")) for row in found if row.arm == wanted), None
    )


def by_model(product: Product, channel: str, text: ProductText, row: PublishedCopy | None) -> bool:
    """Tell whether the words of a channel, as they are shown, are a model's."""
    if channel not in IN_TEXT:
        return row is not None and row.provenance == Provenance.GENERATED
    words = getattr(text, channel)
    if not words:
        return False
    if row is not None and row.parts.get(channel) == words:
        return row.provenance == Provenance.GENERATED
    # Words under test, whose row says whose they are.
    tested = product.tested
    met = tested is not None and (tested.channel, tested.locale) == (channel, text.locale)
    return met and text.provenance == Provenance.GENERATED


def lines(text: str) -> tuple[str, ...]:
    """Return selling points one by one."""
    return tuple(one.strip(" •·-\t") for one in str(text).splitlines() if one.strip(" •·-\t"))


def exported(product: Product) -> dict[str, Any]:
    """Return for a feed which texts are a model's, by channel, and the selling points."""
    generated: dict[str, list[str]] = {}
    points: dict[str, list[str]] = {}
    for text in sorted(product.texts.all(), key=lambda one: one.locale):
        if text.arm:
            continue
        shown = copy_shown(product, text)
        for channel in sorted(shown.generated):
            generated.setdefault(channel, []).append(text.locale)
        if shown.bullets:
            points[text.locale] = list(shown.bullets)
    return {"generated": generated, "selling_points": points}
