"""Rows of a CSV or TSV file, with recovery: one broken row costs no other.

For the flat formats. A record is read from as few lines as possible, so that a quotation mark
which is never closed is found where it was opened, and reading goes on with the line after it.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from catalog.feeds.cells import restored
from catalog.feeds.opening import Line, Source
from catalog.feeds.problems import Fault, Problems, Refused

DELIMITERS = ",\t;|"
# A text with more lines than this is a quotation mark that was never closed.
MOST_LINES_A_RECORD = 500
LONGEST_CELL = 1 << 20
MOST_COLUMNS = 2_000
# The last column of a repair file (`catalog.feeds.repairing`): for the person, not for the shop.
PROBLEM = "import_problem"
OPEN_QUOTE = "unexpected end of data"


class Row(NamedTuple):
    """One record: the line it begins on and its cells, as many as there are columns."""

    line: int
    cells: list[str]


class Table:
    """A CSV or TSV file with a header, read as often as needed."""

    def __init__(
        self,
        source: Source,
        *,
        delimiter: str = "",
        quoted: bool = True,
        header: list[str] | None = None,
    ) -> None:
        csv.field_size_limit(LONGEST_CELL)
        self.source, self.quoted = source, quoted
        self.delimiter = delimiter or delimiter_of(_text(source))
        self.has_header = header is None
        named = header or self._read_header()
        self._width = len(named)
        self.columns = without_problem(named)

    def _read_header(self) -> list[str]:
        first = next(iter(self._records(Problems(0))), None)
        if first is None:
            raise Refused(_("The file has no header."), _("Begin with a line of column names."))
        return header_of(first.cells)

    def rows(self, problems: Problems) -> Iterator[Row]:
        """Yield the rows after the header; those of another length are reported."""
        width = len(self.columns)
        for row in self._after_header(problems):
            if len(row.cells) == width:
                yield row
            elif len(row.cells) < width:
                column = self.columns[len(row.cells)]
                problems.lose(row.line, column, self._shown(row), Fault.ROW_SHORT)
            elif any(cell.strip() for cell in row.cells[width:]):
                problems.lose(row.line, self.columns[-1], row.cells[width], Fault.ROW_LONG)
            else:
                yield Row(row.line, row.cells[:width])

    def every_row(self) -> Iterator[Row]:
        """Yield the records after the header, whatever their length; none is reported."""
        return self._after_header(Problems(0))

    def _after_header(self, problems: Problems) -> Iterator[Row]:
        records = self._records(problems)
        if self.has_header:
            next(records, None)
        width = len(self.columns)
        for row in records:
            told = self._width > width and len(row.cells) == self._width
            yield Row(row.line, row.cells[:width]) if told else row

    def _shown(self, row: Row) -> str:
        return self.delimiter.join(row.cells)

    def _records(self, problems: Problems) -> Iterator[Row]:
        """Yield the records, from one line each or from several."""
        lines = _Lines(self.source.lines())
        for line in lines:
            if line.cut:
                problems.lose(line.number, "", line.text[:80], Fault.LINE_TOO_LONG)
            elif line.text.strip():
                cells = self._record(line, lines, problems)
                if cells is not None:
                    yield Row(line.number, cells)

    def _record(self, line: Line, lines: "_Lines", problems: Problems) -> list[str] | None:
        """Return the cells of the record that begins on this line, None after reporting it."""
        if not self.quoted or '"' not in line.text:
            return line.text.split(self.delimiter)
        cells, error = self._parse(line.text)
        taken: list[Line] = []
        texts = [line.text]
        while error == OPEN_QUOTE and len(taken) < MOST_LINES_A_RECORD:
            following = next(lines, None)
            if following is None or following.cut:
                break
            taken.append(following)
            texts.append(following.text)
            if '"' in following.text:
                cells, error = self._parse("\n".join(texts))
        if cells is not None and not self._swallowed(cells, taken):
            return cells
        lines.give_back(taken)
        fault = Fault.QUOTE_OPEN if taken or error == OPEN_QUOTE else Fault.QUOTE_INSIDE
        start = line.text.find('"')
        column = self._column_at(line.text[:start])
        problems.lose(line.number, column, line.text[start : start + 80], fault)
        return None

    def _parse(self, text: str) -> tuple[list[str] | None, str]:
        try:
            reader = csv.reader(
                io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True
            )
            return next(reader, []), ""
        except csv.Error as error:
            return None, OPEN_QUOTE if OPEN_QUOTE in str(error) else str(error)

    def _swallowed(self, cells: list[str], taken: list[Line]) -> bool:
        """Tell whether an unclosed quotation mark ran on to the quotation mark of a later row.

        Then the record has the wrong length, while the lines it took are rows of the right one.
        """
        width = getattr(self, "_width", 0)
        if not taken or not width or len(cells) == width:
            return False
        rows = [self._parse(line.text)[0] for line in taken]
        return any(row is not None and len(row) == width for row in rows)

    def _column_at(self, before: str) -> str:
        place = before.count(self.delimiter)
        columns = getattr(self, "columns", [])
        return columns[place] if place < len(columns) else ""


def without_problem(columns: list[str]) -> list[str]:
    """Return the columns of a mended repair file without the one that says what was wrong."""
    return columns[:-1] if columns and columns[-1].lower() == PROBLEM else columns


def header_of(cells: list[str]) -> list[str]:
    """Return the names of the columns; `Refused` for names that stand twice."""
    columns = [restored(name.replace("\ufeff", "").strip()) for name in cells]
    while columns and not columns[-1]:
        columns.pop()
    if len(columns) > MOST_COLUMNS:
        raise Refused(_("The file has too many columns."), _("Check the separator."))
    again = sorted({name for name in columns if name and columns.count(name) > 1})
    if again:
        raise Refused(
            _("Two columns have the same name."), _("Name each column once."), ", ".join(again)
        )
    return columns


class _Lines:
    """Lines that can be given back."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines, self._back = lines, deque[Line]()

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        return self._back.popleft() if self._back else next(self._lines)

    def give_back(self, lines: list[Line]) -> None:
        """Put lines before those that come next."""
        self._back.extendleft(reversed(lines))


def delimiter_of(beginning: str) -> str:
    """Return the separator that the first line uses most; the comma where there is none."""
    first = next((line for line in beginning.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=lambda mark: (bare.count(mark), mark == ","))


def _text(source: Source) -> str:
    return source.sample().decode(source.encoding, "replace")
