"""Our own columns as an Excel workbook (XLSX), one variant a row, as our CSV has them.

Written against the format (ECMA-376) row by row into the zip, so memory stays small however many
products there are. Texts are texts and never formulas; prices and stock are numbers, so that a
spreadsheet can reckon with them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from typing import IO, Any
from xml.sax.saxutils import escape

from catalog.feeds.writers.own import OwnCsv

# What XML cannot hold.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NUMBER = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,4})?")
NUMERIC = ("price_", "was_", "stock_")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Products" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # Cell format 1 is bold, for the header.
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/>'
    '<xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>',
}
BEGINNING = (
    f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
    "</sheetViews><sheetData>"
)


class OwnXlsx(OwnCsv):
    """Writes our own columns into a workbook."""

    binary = True

    def table(self) -> Any:
        """Return the sheet that takes the rows."""
        numeric = [name.startswith(NUMERIC) for name in self.columns]
        self._sheet = Sheet(self.stream, numeric)  # type: ignore[arg-type]
        return self._sheet

    def end(self) -> None:
        """Write what ends the sheet and the workbook."""
        self._sheet.end()


class Sheet:
    """The only sheet of a workbook that is being written to a stream that need not be seekable."""

    def __init__(self, stream: IO[bytes], numeric: Sequence[bool]) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._numeric, self._rows = numeric, 0
        for name, text in PARTS.items():
            self._zip.writestr(name, HEAD + text)
        self._member = self._zip.open("xl/worksheets/sheet1.xml", "w", force_zip64=True)
        self._member.write((HEAD + BEGINNING).encode())

    def writerow(self, cells: Sequence[str]) -> None:
        """Write one row; the first is the header."""
        self._rows += 1
        style = ' s="1"' if self._rows == 1 else ""
        written = "".join(
            self._cell(place, text, style) for place, text in enumerate(cells) if text
        )
        self._member.write(f'<row r="{self._rows}">{written}</row>'.encode("utf-8", "replace"))

    def _cell(self, place: int, text: str, style: str) -> str:
        where = f' r="{letters(place)}{self._rows}"{style}'
        if not style and self._numeric[place] and NUMBER.fullmatch(text):
            return f"<c{where}><v>{text}</v></c>"
        kept = escape(FORBIDDEN.sub("", text)).replace("\r", "&#13;")
        return f'<c{where} t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'

    def end(self) -> None:
        """Write what ends the sheet, and the zip's own table of contents."""
        self._member.write(b"</sheetData></worksheet>")
        self._member.close()
        self._zip.close()


def letters(place: int) -> str:
    """Return the name of a column: A for 0, AA for 26."""
    name, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
