"""Size charts as shops write them: a table whose rows are sizes, read into measures of a body.

Plain Python. A column is a part of the body ("Chest", 胸围, 适合身高), the same size in another
system ("US men", 美码女), or nothing that decides (the width of a garment's shoulder is kept out
where it has no name here). Measures are in millimetres and grams.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from catalog.text import fold

# What a column measures, by its heading.
COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("foot", re.compile(r"脚长|foot")),
    ("chest", re.compile(r"胸围|chest|bust")),
    ("waist", re.compile(r"腰围|waist")),
    ("hip", re.compile(r"臀围|hip")),
    ("head", re.compile(r"头围|head")),
    ("neck", re.compile(r"颈围|脖围|neck")),
    ("height", re.compile(r"身高|height")),
    ("weight", re.compile(r"体重|weight")),
)
_LABEL = re.compile(r"欧码|国码|尺码|码数|^码$|\beu\b|size")
_SYSTEM = re.compile(r"(?P<uk>英码|\buk\b)|(?P<us>美码|\bus\b)|(?P<jp>日码|\bjp\b|japan)")
_MEN, _WOMEN = re.compile(r"男|\bmen"), re.compile(r"女|\bwomen")
_ROW = re.compile(r"^[ \t]*\|(.+)\|[ \t]*$")
_RULE = re.compile(r"^[ \t|:-]+$")
_NUMBERS = re.compile(
    r"(\d+(?:\.\d+)?)(?:\s*(?:[-–—~～至到]|to)\s*(\d+(?:\.\d+)?))?"
    r"\s*(kg|公斤|千克|斤|lbs?|磅|mm|毫米|cm|厘米|公分|in(?:ch(?:es)?)?|英寸|\"|″)?"
)
_UNITS = {
    "kg": Decimal(1000), "公斤": Decimal(1000), "千克": Decimal(1000), "斤": Decimal(500),
    "lb": Decimal("453.59237"), "lbs": Decimal("453.59237"), "磅": Decimal("453.59237"),
    "mm": Decimal(1), "毫米": Decimal(1), "cm": Decimal(10), "厘米": Decimal(10),
    "公分": Decimal(10), "in": Decimal("25.4"), "inch": Decimal("25.4"),
    "inches": Decimal("25.4"), "英寸": Decimal("25.4"), '"': Decimal("25.4"), "″": Decimal("25.4"),
}  # fmt: skip

Limits = tuple[Decimal, Decimal]


@dataclass(frozen=True)
class System:
    """A column of the same sizes in another system. ``who``: men, women, or "" for all."""

    name: str
    who: str
    sizes: Mapping[str, str]


@dataclass(frozen=True)
class Chart:
    """``rows``: size code to the limits of each part; one number is both. ``title``: as written."""

    title: str
    rows: Mapping[str, Mapping[str, Limits]]
    systems: tuple[System, ...] = ()


def charts_in(title: str, body: str) -> tuple[Chart, ...]:
    """Return the size charts of an article; () where no table of it has sizes for rows."""
    return tuple(one for table in _tables(body) if (one := _chart(title, table)) is not None)


def size_code(label: str) -> str:
    """Return a size as variants write it: "XL" is xl, "EU 40" and "40码" are 40."""
    text = re.sub(r"^(?:eu|size)[\s-]*|\s*码$", "", fold(label).strip())
    return re.sub(r"\s+", "-", text)


def _tables(body: str) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    for line in [*body.splitlines(), ""]:
        match = _ROW.match(line)
        if match and not _RULE.match(line):
            rows.append([cell.strip() for cell in match[1].split("|")])
        elif not match and rows:
            yield rows
            rows = []


def _chart(title: str, table: list[list[str]]) -> Chart | None:
    head = [fold(one) for one in table[0]]
    if len(table) < 2 or not head or not (_LABEL.search(head[0]) or not head[0]):
        return None
    parts = {
        place: part for place, cell in enumerate(head) if place
        for part in [next((name for name, way in COLUMNS if way.search(cell)), "")] if part
    }  # fmt: skip
    rows: dict[str, dict[str, Limits]] = {}
    for row in table[1:]:
        measures = {
            part: limits for place, part in parts.items() if place < len(row)
            if (limits := _limits(row[place], head[place], part))
        }  # fmt: skip
        if size := size_code(row[0]):
            rows[size] = measures
    systems = tuple(_systems(head, table[1:]))
    return Chart(title, rows, systems) if any(rows.values()) or systems else None


def _systems(head: list[str], rows: list[list[str]]) -> Iterator[System]:
    for place, cell in enumerate(head):
        if found := _SYSTEM.search(cell) if place else None:
            name = next(key for key, value in found.groupdict().items() if value)
            who = "women" if _WOMEN.search(cell) else "men" if _MEN.search(cell) else ""
            sizes = {size_code(row[place]): size_code(row[0]) for row in rows if place < len(row)}
            yield System(name, who, sizes)


def _limits(cell: str, head: str, part: str) -> Limits | None:
    found = _NUMBERS.search(fold(cell))
    if not found:
        return None
    in_head = next((one for one in _UNITS if re.search(rf"[(（ ]{re.escape(one)}[)）]", head)), "")
    usual = Decimal(1000) if part == "weight" else Decimal(10)
    unit = _UNITS.get(found[3] or in_head, usual)
    low = Decimal(found[1])
    return low * unit, Decimal(found[2] or found[1]) * unit
