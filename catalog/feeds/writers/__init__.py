"""The formats a catalogue is given out in: one module for each, one class for each file kind."""

from __future__ import annotations

import csv
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TextIO
from urllib.parse import quote

from django.conf import settings

from catalog.feeds.cells import harmless

if TYPE_CHECKING:
    from catalog.feeds.exporting import Shop

Said = dict[str, Any]


class Writer(ABC):
    """Writes products, given in the shape of our own JSON, to a stream. ``rows``: how many rows.

    ``binary``: the stream takes bytes.
    """

    binary: ClassVar[bool] = False

    # Whether drafts and archived products have no place in this format.
    live_only: ClassVar[bool] = False

    def __init__(self, stream: TextIO, shop: Shop) -> None:
        self.stream, self.shop, self.rows = stream, shop, 0
        self.begin()

    def begin(self) -> None:
        """Write what stands before the first product."""
        self.rows = 0

    @abstractmethod
    def add(self, product: Said) -> None:
        """Write one product."""

    def end(self) -> None:
        """Write what stands after the last product."""
        self.stream.flush()

    def picture_url(self, file: str) -> str:
        """Return a picture's address; without a base address its path alone."""
        return self.shop.base_url + settings.MEDIA_URL + quote(file)

    def language_of(self, product: Said) -> str:
        """Return the language of the export, or the only one that the product is titled in."""
        titles = product.get("title", {})
        return self.shop.language if self.shop.language in titles else next(iter(titles), "")

    def text(self, product: Said, name: str) -> str:
        """Return a text of a product in the language of the export."""
        found: str = product.get(name, {}).get(self.language_of(product), "")
        return found


class TableWriter(Writer):
    """Writes rows of named cells; no cell can be taken for a formula."""

    delimiter: ClassVar[str] = ","
    columns: list[str]

    def begin(self) -> None:
        """Write the header."""
        self._table = self.table()
        self._table.writerow([harmless(name) for name in self.columns])

    def table(self) -> Any:
        """Return what takes a row of cells."""
        return csv.writer(self.stream, delimiter=self.delimiter, lineterminator="\r\n")

    def row(self, cells: dict[str, Any]) -> None:
        """Write one row; cells that it does not name stay empty."""
        self._table.writerow([harmless(str(cells.get(name, ""))) for name in self.columns])
        self.rows += 1


def joined(values: Iterable[Any], mark: str) -> str:
    """Return several values in one cell."""
    return mark.join(str(value) for value in values)


def price_of(variant: Said, currency: str) -> tuple[str, str]:
    """Return a variant's price and former price in a currency, empty where there is none."""
    said = variant.get("prices", {}).get(currency, "")
    if isinstance(said, dict):
        return said["amount"], said["was"]
    return said, ""


def pictures_of(product: Said, variant: Said) -> list[str]:
    """Return the pictures that show this variant, those of the whole product included."""
    options = variant.get("options", {}).items()
    return [
        medium["file"]
        for medium in product.get("media", [])
        if medium.get("options", {}).items() <= options
    ]
