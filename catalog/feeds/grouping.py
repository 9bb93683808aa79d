"""Bring the rows of one product together, wherever they stand in the file.

For the flat formats. The rows wait in a temporary SQLite file and are sorted there, so memory
stays small however large or disordered the file is. About 4 µs a row.
"""

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

BATCH = 5_000
CACHE_KIB = 8_000


class Groups:
    """Rows by the SKU of their product, in the order in which products first appear."""

    def __init__(self) -> None:
        # An empty name is a private file on disk that is removed when it is closed.
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("CREATE TABLE rows (line INT, sku TEXT, key TEXT, cells TEXT)")
        self._base.execute("CREATE TABLE parents (sku TEXT PRIMARY KEY, parent TEXT)")
        self._base.execute("BEGIN")
        self._waiting: list[tuple[int, str, str, str]] = []
        self.count = 0

    def add(self, line: int, sku: str, key: str, cells: Any) -> None:
        """Keep a row. ``key``: the SKU of its product; ``cells``: anything that JSON can hold."""
        self._waiting.append((line, sku, key, json.dumps(cells, default=str)))
        self.count += 1
        if len(self._waiting) >= BATCH:
            self._flush()

    def belong(self, skus: list[str], parent: str) -> None:
        """Say that the rows with these SKUs are of that product, whatever their own key."""
        pairs = [(sku, parent) for sku in skus]
        self._base.executemany("INSERT OR IGNORE INTO parents VALUES (?, ?)", pairs)

    def _flush(self) -> None:
        self._base.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", self._waiting)
        self._waiting.clear()

    def __iter__(self) -> Iterator[list[tuple[int, Any]]]:
        """Yield each product's rows with their lines, then forget everything."""
        self._flush()
        rows = self._base.execute(
            "SELECT min(line) OVER (PARTITION BY product), line, cells FROM ("
            " SELECT line, coalesce(parent, key) AS product, cells"
            " FROM rows LEFT JOIN parents USING (sku)) ORDER BY 1, 2"
        )
        for _first, group in groupby(rows, key=itemgetter(0)):
            yield [(line, json.loads(cells)) for _number, line, cells in group]
        self._base.close()
