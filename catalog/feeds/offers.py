"""What feeds for other places have in common: rows of one product brought together in any order."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any

from catalog.feeds.formats import Format
from catalog.feeds.grouping import Groups
from catalog.feeds.own_csv import READING_SHARE
from catalog.feeds.records import Path, RawProduct

Row = dict[str, Any]
Rows = list[tuple[int, Row]]


class GroupedFormat(Format):
    """Reads rows, sorts them by product in a temporary file, makes a product of each group."""

    _groups: Groups | None = None
    _given = 0

    @abstractmethod
    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield each row's line and its cells by column."""

    @abstractmethod
    def key(self, row: Row) -> str:
        """Return what the rows of one product have in common, empty if the row does not say."""

    @abstractmethod
    def product(self, rows: Rows) -> RawProduct | None:
        """Return the product of these rows, None after reporting why there is none."""

    def products(self) -> Iterator[RawProduct]:
        """Yield the products in the order in which they first appear."""
        self._groups = Groups()
        for line, row in self.rows():
            self._groups.add(line, "", self.key(row) or f"\n{line}", row)
        for rows in self._groups:
            self._given += len(rows)
            product = self.product(rows)
            if product is not None:
                yield product

    @property
    def position(self) -> int:
        """Return how many bytes are done; sorting counts for a share."""
        if self._groups is None or not self._given:
            return int(self.source.position * READING_SHARE)
        done = self._given / max(1, self._groups.count)
        return int(self.source.size * (READING_SHARE + (1 - READING_SHARE) * done))


def last_name(path: Path) -> str:
    """Return the last step of a place that is a name: ``price`` of ``variants[2].price``."""
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "")


def size_of(rows: Rows) -> int:
    """Return how many characters the rows have."""
    return sum(
        len(value) for _line, row in rows for value in row.values() if isinstance(value, str)
    )
