"""The two shapes of a product on its way in: as the file says it, and as the shop stores it.

A format yields :class:`RawProduct` (values as written, each with its place in the file); from it
`catalog.feeds.normalising` makes :class:`ProductRecord`, in which every value is checked and typed.
None means "the file does not say", and what the shop has is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

Path = tuple[str | int, ...]


def dotted(path: Path) -> str:
    """Return a place inside a JSON line, e.g. ``variants[2].prices.CNY``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@dataclass(slots=True)
class RawVariant:
    """One variant as the file says it. ``rows`` is 1 if it has a row of its own in the file."""

    line: int
    values: dict[str, Any]
    rows: int = 0


@dataclass(slots=True)
class RawProduct:
    """One product as the file says it, in the shape of our own JSON.

    ``name``: turns a path of our JSON into the file's own column. ``lines``: fields that stand on
    another line than the product. ``listed``: the variants are all there, in the order to show.
    ``rows``: 1 if the product has a row of its own. ``size``: characters read for it.
    """

    line: int
    values: dict[str, Any]
    variants: list[RawVariant] | None
    rows: int = 1
    name: Callable[[Path], str] = dotted
    lines: dict[str, int] = field(default_factory=dict)
    listed: bool = True
    size: int = 0

    @property
    def all_rows(self) -> int:
        """Return how many rows of the file this product is made of."""
        return self.rows + sum(variant.rows for variant in self.variants or ())


@dataclass(slots=True)
class TextRecord:
    """Title and description in one language."""

    title: str | None
    description: str | None


@dataclass(slots=True)
class VariantRecord:
    """One variant. ``fallback``: made up for a product without variants, only while it has none."""

    line: int
    sku: str
    options: dict[str, str] | None
    codes: dict[str, str] | None
    position: int
    active: bool | None = None
    fallback: bool = False
    rows: int = 0
    prices: dict[str, tuple[Decimal, Decimal | None]] = field(default_factory=dict)
    stock: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class MediaRecord:
    """One picture as it will be stored: ``file`` below ``MEDIA_ROOT``.

    ``kept``: the file is named as we store it, so a product that has it keeps it as it is.
    """

    file: str
    source: str
    alt_zh: str | None
    alt_en: str | None
    options: dict[str, str]
    width: int
    height: int
    position: int
    kept: bool = False


@dataclass(slots=True)
class ReviewRecord:
    """One review with the fingerprint that keeps it from being stored twice."""

    source_id: str
    stars: int
    title: str
    body: str
    language: str
    author: str
    written_at: datetime | None


@dataclass(slots=True)
class ProductRecord:
    """One product, checked and typed. ``category`` is its names or slugs from the root."""

    line: int
    sku: str
    status: str | None = None
    category: tuple[str, ...] | None = None
    brand: str | None = None
    attributes: dict[str, Any] | None = None
    option_names: list[str] | None = None
    created_at: datetime | None = None
    texts: dict[str, TextRecord] = field(default_factory=dict)
    variants: list[VariantRecord] = field(default_factory=list)
    listed: bool = True
    media: list[MediaRecord] | None = None
    media_sources: list[str] | None = None
    related: list[str] | None = None
    reviews: list[ReviewRecord] = field(default_factory=list)
    rows: int = 1
    size: int = 0
    name: Callable[[Path], str] = dotted

    @property
    def titled(self) -> bool:
        """Tell whether the file gives a title in any language."""
        return any(text.title for text in self.texts.values())

    @property
    def all_rows(self) -> int:
        """Return how many rows of the file this product is made of."""
        return self.rows + sum(variant.rows for variant in self.variants)
