"""The parts of a workbook as they are read: its sheets, shared texts, formats of dates, rows."""

import datetime
import re
import sqlite3

from catalog.feeds.delimited import LONGEST_CELL, MOST_COLUMNS, Row
from catalog.feeds.markup import Markup
from catalog.feeds.problems import Fault, Problems

BATCH = 5_000
CACHE_KIB = 8_000
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
BUILT_IN_DATES = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
NOT_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|General', re.IGNORECASE)
FIRST_DAY = datetime.datetime(1899, 12, 30)
LAST_DAY = 2_958_465
CELL = re.compile(r"([A-Z]{1,3})[0-9]+")


class Texts:
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


class Book(Markup):
    """The sheets of a workbook in order, hidden ones left out."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note a sheet's relation."""
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            self.sheets.append(attributes.get(RELATION, attributes.get("r:id", "")))


class Relations(Markup):
    """Where the parts of a workbook are."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note a part's place."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class Shared(Markup):
    """Fills the shared texts; phonetic hints beside a text are left out."""

    def __init__(self, texts: Texts) -> None:
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


class Styles(Markup):
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


class Rows(Markup):
    """Rows of a sheet, handed out when they end."""

    def __init__(self, texts: Texts, dates: set[int], problems: Problems) -> None:
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
