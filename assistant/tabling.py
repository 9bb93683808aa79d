"""Quote a table so that it can be read: the rows that are asked about, as a list.

For consulting. A passage writes each row of a table as "Kind Serum, unopened 2 years, …"; the name
of the first column says nothing to a reader, and the other rows answer something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.text import fold

FEWEST_ROWS = 2
_WORDS = re.compile(r"[a-z]{3,}|[\u3400-\u9fff]{2,}")


def tabled(text: str, asked: str, names: Sequence[str] = ()) -> str:
    """Return a quoted text with its table as a list; of many rows those that are asked about.

    ``names``: what the thing that is talked of is called.
    """
    lines = [one for one in text.split("\n") if one.strip()]
    head = column(lines)
    if not head:
        return text
    rows = [one for one in lines if one.startswith(head)]
    plain = [one for one in lines if one not in rows]
    meant = fold(" ".join((asked, *names)))
    kept = [one for one in rows if named(one.removeprefix(head), meant)] or rows
    return "\n".join([*plain, *(f"- {listed(one.removeprefix(head))}" for one in kept)])


def column(lines: Sequence[str]) -> str:
    """Return the name of a table's first column with its space; "" where there is no table."""
    heads = [match[0] for one in lines if (match := re.match(r"\S{1,20} ", one))]
    common = max(set(heads), key=heads.count, default="")
    rows = [one for one in lines if common and one.startswith(common)]
    firsts = [one.removeprefix(common)[:1] for one in rows]
    if any(one.islower() for one in firsts):  # "The warranty covers …": sentences, no cells
        return ""
    cells = {len(cells_of(one)) for one in rows}
    table = len(rows) >= FEWEST_ROWS and len(cells) == 1 and max(cells) > 1
    return common if table else ""


def cells_of(row: str) -> list[str]:
    """Return the cells of a row: between semicolons where it has them, else between commas."""
    ends = r"[;；]\s*" if re.search("[;；]", row) else r"[，,]\s*"
    return [one.strip().rstrip("。.") for one in re.split(ends, row) if one.strip()]


def named(row: str, meant: str) -> bool:
    """Tell whether a row's first cell is named."""
    found = _WORDS.findall(fold(cells_of(row)[0]))
    here = [one for one in found if one.rstrip("s") in meant]
    return 2 * len(here) > len(found)


def listed(row: str) -> str:
    """Return a row as an item: its first cell, a colon, the rest."""
    first, *rest = cells_of(row)
    chinese = bool(re.search("[\u3400-\u9fff]", row))
    return f"{first}：{'，'.join(rest)}。" if chinese else f"{first}: {'; '.join(rest)}."
