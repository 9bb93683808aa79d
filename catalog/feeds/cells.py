"""Cells of spreadsheets: no exported text may be taken for a formula, and none is lost by that.

For the writers and readers of flat files. A text that a spreadsheet could calculate gets an
apostrophe before it, as spreadsheets themselves write "this is text"; reading takes it off again.
"""

import re

# What a spreadsheet may take for the beginning of a formula, after blanks that it drops.
FORMULAS = "=+\\-@|%\t\r\0"
DANGEROUS = re.compile(rf"\s*'*\s*[{FORMULAS}]|[\t\r\0]")
ESCAPED = re.compile(rf"'\s*'*\s*[{FORMULAS}]|'[\t\r\0]")


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; `restored` gives the text back."""
    return f"'{text}" if DANGEROUS.match(text) else text


def restored(cell: str) -> str:
    """Return the text that `harmless` made this cell of; every other cell as it is."""
    return cell[1:] if cell[:1] == "'" and ESCAPED.match(cell) else cell
