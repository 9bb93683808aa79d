"""Rows of the first sheet of an Excel workbook (XLSX), in bounded memory.

For the flat formats. Written against the format (ECMA-376) and not with a library: those that read
row by row still keep every text of the file in memory. Here shared texts wait in a temporary
SQLite file. A zip that unpacks to a bomb, or a workbook with a document type, is refused.
"""

import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import IO, Any

from django.utils.translation import gettext_noop as _

from catalog.feeds._workbook_parts import Book, Relations, Rows, Shared, Styles, Texts
from catalog.feeds.delimited import (
    Row,
    header_of,
    without_problem,
)
from catalog.feeds.markup import Markup
from catalog.feeds.opening import MOST_RATIO, RATIO_COUNTS_FROM, Source
from catalog.feeds.problems import Fault, Problems, Refused

PIECE = 1 << 16
MOST_MEMBERS = 10_000
MOST_UNPACKED = 2 << 30


class Sheet:
    """The first sheet as a table with a header, readable as often as needed."""

    def __init__(self, source: Source) -> None:
        self.source = source
        try:
            self._zip = zipfile.ZipFile(source.path)
        except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
            raise _not_a_workbook() from error
        self._refuse_bombs()
        self.place = self._first_sheet()
        named = self._read_header()
        self._width = len(named)
        self.columns = without_problem(named)

    def _refuse_bombs(self) -> None:
        members = self._zip.infolist()
        whole = sum(member.file_size for member in members)
        packed = max(self.source.size, 1)
        if len(members) > MOST_MEMBERS or whole > MOST_UNPACKED or _is_bomb(whole, packed):
            raise _bomb()

    def _first_sheet(self) -> str:
        """Return the member that holds the first sheet that is shown."""
        book, relations = Book(), Relations()
        self._read("xl/workbook.xml", book)
        self._read("xl/_rels/workbook.xml.rels", relations)
        for relation in book.sheets:
            target = relations.targets.get(relation, "")
            name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if name in self._zip.namelist():
                return name
        raise _not_a_workbook()

    def _read(self, member: str, markup: Markup) -> None:
        for _piece in self._fed(member, markup):
            pass

    def _fed(self, member: str, markup: Markup) -> Iterator[int]:
        """Feed a member to a parser piece by piece; what it really unpacks to is what counts."""
        count = 0
        try:
            packed = max(self._zip.getinfo(member).compress_size, 1)
            with self._zip.open(member) as stream:
                while piece := stream.read(PIECE):
                    count += len(piece)
                    if count > MOST_UNPACKED or _is_bomb(count, packed):
                        raise _bomb()
                    markup.feed(piece)
                    self.source.members_read = _packed_position(stream)
                    yield count
            markup.feed(b"", last=True)
        except (KeyError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
            raise _not_a_workbook() from None
        yield count

    def _read_header(self) -> list[str]:
        first = next(self._records(Problems(0)), None)
        if first is None:
            raise Refused(_("The file has no header."), _("Begin with a line of column names."))
        return header_of(first.cells)

    def rows(self, problems: Problems) -> Iterator[Row]:
        """Yield the rows after the header. Cells to the right of it are reported."""
        width = len(self.columns)
        for row in self._after_header(problems):
            if any(cell.strip() for cell in row.cells[width:]):
                problems.lose(row.line, self.columns[-1], row.cells[width], Fault.ROW_LONG)
            elif any(cell.strip() for cell in row.cells):
                cells = row.cells[:width] + [""] * (width - len(row.cells))
                yield Row(row.line, cells)

    def every_row(self) -> Iterator[Row]:
        """Yield the rows after the header, whatever their length; none is reported."""
        return self._after_header(Problems(0))

    def _after_header(self, problems: Problems) -> Iterator[Row]:
        records = self._records(problems)
        next(records, None)
        width = len(self.columns)
        for row in records:
            told = width < self._width == len(row.cells)
            yield Row(row.line, row.cells[:width]) if told else row

    def _records(self, problems: Problems) -> Iterator[Row]:
        reading = Rows(self._texts, self._dates, problems)
        for _count in self._fed(self.place, reading):
            yield from reading.taken()

    @cached_property
    def _texts(self) -> "Texts":
        """Return the shared texts, read once."""
        texts = Texts()
        if "xl/sharedStrings.xml" in self._zip.namelist():
            self._read("xl/sharedStrings.xml", Shared(texts))
        texts.flush()
        return texts

    @cached_property
    def _dates(self) -> set[int]:
        """Return the cell formats that show a number as a date."""
        styles = Styles()
        if "xl/styles.xml" in self._zip.namelist():
            self._read("xl/styles.xml", styles)
        return {place for place, number in enumerate(styles.formats) if styles.is_date(number)}


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * packed


def _packed_position(stream: IO[bytes]) -> int:
    """Return how far the packed bytes of a member are read, for progress."""
    raw: Any = getattr(stream, "_fileobj", None)
    return int(raw.tell()) if raw is not None else 0


def _bomb() -> Refused:
    return Refused(
        _("The file unpacks to far more than a catalogue."),
        _("Check the file, or import it in parts."),
    )


def _not_a_workbook() -> Refused:
    return Refused(
        _("This zip is not a whole Excel workbook."),
        _("Save the catalogue as CSV, XLSX or JSON Lines, plain or as .gz or .xz."),
    )
