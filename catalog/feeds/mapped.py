"""A flat file of somebody else's, read as its mapping file says."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from catalog.feeds.delimited import Table
from catalog.feeds.formats import first_line
from catalog.feeds.mapping import Mapping
from catalog.feeds.opening import Source
from catalog.feeds.own_csv import FlatFormat
from catalog.feeds.own_jsonl import objects
from catalog.feeds.problems import Problems
from catalog.feeds.workbook import Sheet


class Mapped(FlatFormat):
    """Reads CSV, TSV or JSON Lines with a mapping."""

    name = "mapped"

    def __init__(self, source: Source, problems: Problems, mapping: Mapping) -> None:
        super().__init__(source, problems)
        self.mapping = mapping
        self.language, self.currency = mapping.language, mapping.currency
        self.divide = mapping.divide

    @classmethod
    def fits(cls, beginning: str) -> bool:
        """Never by itself: somebody must give the mapping."""
        return False

    @cached_property
    def table(self) -> Any:
        """Return the file as a table, with the header that it or the mapping has."""
        mapping = self.mapping
        if self.source.is_zip:
            return Sheet(self.source)
        return Table(
            self.source,
            delimiter=mapping.delimiter,
            quoted=mapping.quoted,
            header=mapping.header,
        )

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield each row's line and its values by column."""
        form = self.mapping.format
        if form != "jsonl" and (form == "csv" or not self._looks_like_json()):
            yield from super().rows()
            return
        for number, row, _size in objects(self.source, self.problems):
            yield number, row

    def _looks_like_json(self) -> bool:
        beginning = self.source.sample().decode(self.source.encoding, "replace")
        return first_line(beginning).lstrip().startswith("{")
