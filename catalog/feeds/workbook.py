"""Rows of the first sheet of an Excel workbook (XLSX), in bounded memory.

For the flat formats. Written against the format (ECMA-376) and not with a library: those that read
row by row still keep every text of the file in memory. Here shared texts wait in a temporary
SQLite file. A zip that unpacks to a bomb, or a workbook with a document type, is refused.
"""

import datetime
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import IO, Any

from django.utils.translation import gettext_noop as _

from catalog.feeds.delimited import (
    LONGEST_CELL,
    MOST_COLUMNS,
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
BATCH = 5_000
CACHE_KIB = 8_000
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
BUILT_IN_DATES = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
NOT_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|General', re.IGNORECASE)
FIRST_DAY = datetime.datetime(1899, 12, 30)
LAST_DAY = 2_958_465
CELL = re.compile(r"([A-Z]{1,3})[0-9]+")


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
        book, relations = _Book(), _Relations()
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
        reading = _Rows(self._texts, self._dates, problems)
        for _count in self._fed(self.place, reading):
            yield from reading.taken()

    @cached_property
    def _texts(self) -> "_Texts":
        """Return the shared texts, read once."""
        texts = _Texts()
        if "xl/sharedStrings.xml" in self._zip.namelist():
            self._read("xl/sharedStrings.xml", _Shared(texts))
        texts.flush()
        return texts

    @cached_property
    def _dates(self) -> set[int]:
        """Return the cell formats that show a number as a date."""
        styles = _Styles()
        if "xl/styles.xml" in self._zip.namelist():
            self._read("xl/styles.xml", styles)
        return {place for place, number in enumerate(styles.formats) if styles.is_date(number)}


class _Texts:
    """Texts by number, in a private file on disk."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("CREATE TABLE texts (n INTEGER PRIMARY KEY, text TEXT)")
        self._base.execute("BEGIN")
        self._waiting: list[tuple[int, str]] = []
        self._count = 0

    def add(self, text: str) -> None:
        """Keep the next text."""
        self._waiting.append((self._count, text))
        self._count += 1
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        self._base.executemany("INSERT INTO texts VALUES (?, ?)", self._waiting)
        self._waiting.clear()

    def __getitem__(self, number: int) -> str:
        found = self._base.execute("SELECT text FROM texts WHERE n = ?", [number]).fetchone()
        return found[0] if found else ""


class _Book(Markup):
    """The sheets of a workbook in order, hidden ones left out."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note a sheet's relation."""
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            self.sheets.append(attributes.get(RELATION, attributes.get("r:id", "")))


class _Relations(Markup):
    """Where the parts of a workbook are."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note a part's place."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class _Shared(Markup):
    """Fills the shared texts; phonetic hints beside a text are left out."""

    def __init__(self, texts: _Texts) -> None:
        super().__init__()
        self._into, self._parts, self._taking, self._hint = texts, list[str](), False, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a text or a hint."""
        self._taking = name == "t" and not self._hint
        self._hint += name == "rPh"

    def text(self, text: str) -> None:
        """Keep a part of a text, up to the limit of a cell."""
        if self._taking and sum(map(len, self._parts)) <= LONGEST_CELL:
            self._parts.append(text)

    def end(self, name: str) -> None:
        """End a text."""
        self._taking = False
        self._hint -= name == "rPh"
        if name == "si":
            self._into.add("".join(self._parts)[:LONGEST_CELL])
            self._parts = []


class _Styles(Markup):
    """Which cell formats are dates."""

    def __init__(self) -> None:
        super().__init__()
        self.formats: list[int] = []
        self._own: dict[int, str] = {}
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note a number format, or a cell format that uses one."""
        number = attributes.get("numFmtId", "")
        if name == "numFmt" and number.isdecimal() and len(self._own) < 10_000:
            self._own[int(number)] = attributes.get("formatCode", "")[:300]
        self._inside |= name == "cellXfs"
        if name == "xf" and self._inside and len(self.formats) < 100_000:
            self.formats.append(int(number) if number.isdecimal() else 0)

    def end(self, name: str) -> None:
        """Leave the list of cell formats."""
        self._inside &= name != "cellXfs"

    def is_date(self, number: int) -> bool:
        """Tell whether a number format shows days or months."""
        own = self._own.get(number)
        if own is None:
            return number in BUILT_IN_DATES
        return any(mark in "ymdhs" for mark in NOT_DATE.sub("", own).lower())


class _Rows(Markup):
    """Rows of a sheet, handed out when they end."""

    def __init__(self, texts: _Texts, dates: set[int], problems: Problems) -> None:
        super().__init__()
        self._shared, self._dates, self._problems = texts, dates, problems
        self._ready: list[Row] = []
        self._cells: list[str] = []
        self._parts: list[str] = []
        self._line = self._column = self._size = 0
        self._kind, self._style, self._taking = "n", 0, False

    def taken(self) -> list[Row]:
        """Return the rows that have ended since the last call."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell or a value."""
        if name == "row":
            number = attributes.get("r", "")
            self._line = int(number) if number.isdecimal() and len(number) < 9 else self._line + 1
            self._cells, self._column, self._size = [], 0, 0
        elif name == "c":
            match = CELL.fullmatch(attributes.get("r", ""))
            self._column = _column(match[1]) if match else self._column + 1
            style = attributes.get("s", "")
            self._style = int(style) if style.isdecimal() else 0
            self._kind, self._parts = attributes.get("t", "n"), []
        self._taking = name in ("v", "t")

    def text(self, text: str) -> None:
        """Keep a part of a value, up to the limit of a cell."""
        if self._taking and self._size <= LONGEST_CELL:
            self._size += len(text)
            self._parts.append(text)

    def end(self, name: str) -> None:
        """End a value, a cell or a row."""
        self._taking = False
        if name == "c":
            self._keep("".join(self._parts))
        elif name == "row" and self._size > LONGEST_CELL:
            self._problems.lose(self._line, "", "", Fault.LINE_TOO_LONG)
        elif name == "row" and self._cells:
            self._ready.append(Row(self._line, self._cells))

    def _keep(self, value: str) -> None:
        if not value or not 0 < self._column <= MOST_COLUMNS:
            return
        self._cells += [""] * (self._column - len(self._cells))
        self._cells[self._column - 1] = self._read(value)

    def _read(self, value: str) -> str:
        """Return a cell's value as the text that a CSV would have."""
        if self._kind == "s":
            return self._shared[int(value)] if value.isdecimal() and len(value) < 12 else ""
        if self._kind == "b":
            return "true" if value.strip() == "1" else "false"
        if self._kind == "n":
            return _date(value) if self._style in self._dates else _number(value)
        return "" if self._kind == "e" else value


def _column(letters: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _number(written: str) -> str:
    """Return a number as a person types it: Excel keeps 0.1 + 0.2 and 1E+3 as they are stored."""
    try:
        number = float(written)
    except ValueError:
        return written
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    short = f"{number:.15g}"
    return short if "e" not in short else written


def _date(written: str) -> str:
    """Return a day, with its time if it has one, as ISO 8601."""
    try:
        days = float(written)
    except ValueError:
        return written
    if not 0 < days <= LAST_DAY:
        return written
    moment = FIRST_DAY + datetime.timedelta(seconds=round(days * 86_400))
    return moment.date().isoformat() if days.is_integer() else moment.isoformat(sep=" ")


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
