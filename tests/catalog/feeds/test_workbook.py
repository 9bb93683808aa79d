"""Excel workbooks: what a library writes is read as its cells say; hostile ones are refused."""

import datetime
import io
import resource
import time
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from catalog.feeds import workbook
from catalog.feeds.opening import Source
from catalog.feeds.problems import Fault, Problems, Refused
from catalog.feeds.workbook import Sheet
from catalog.models import Price, Product, Variant
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.feeds.conftest import Import

HEADER = [
    "product_sku", "sku", "title_zh", "price_cny", "stock", "option_size", "created_at",
    "attr_washable",
]  # fmt: skip


def book(*rows: list[Any], hidden: bool = False, **options: Any) -> bytes:
    """Return a workbook as Excel would save it."""
    made = Workbook(**options)
    sheet = made.active if not options else made.create_sheet()
    assert sheet is not None
    if hidden:
        sheet.sheet_state = "hidden"
        sheet.append(["notes"])
        sheet = made.create_sheet("Products")
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def sheet_of(content: bytes, folder: Path) -> Sheet:
    path = folder / "a.xlsx"
    path.write_bytes(content)
    return Sheet(Source(path))


def members(**texts: str) -> bytes:
    """Return a minimal workbook with these members put in."""
    head = (
        '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    )
    parts = {
        "xl/workbook.xml": f'{head}<sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="sheet.xml"/>'
        "</Relationships>",
        "xl/sheet.xml": "<worksheet/>",
    } | {f"xl/{name}" if "." in name else f"xl/{name}.xml": text for name, text in texts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return stream.getvalue()


@pytest.mark.django_db
def test_a_workbook_is_imported_like_our_csv(shop: Merchant, imported: Import) -> None:
    day = datetime.datetime(2026, 1, 31)
    content = book(
        HEADER,
        ["P1", "P1-M", "羊毛衫", 99.9, 12, "M", day, True],
        ["P1", "P1-L", None, 0.1 + 0.2, 3.0, "L", None, None],
        ["P2", "P2", "=1+1", "1,99", -1, None, None, None],
    )
    report = imported(content, name="whatever.bin")
    assert (report.created, report.failed) == (2, 1)
    assert {(e.line, e.column) for e in report.errors} >= {(4, "price_cny"), (4, "stock")}
    with as_merchant(shop):
        product = Product.objects.get()
        assert product.attributes == {"washable": True}
        assert product.created_at.astimezone().date() == day.date()
        assert set(Variant.objects.values_list("sku", flat=True)) == {"P1-M", "P1-L"}
        assert set(Price.objects.values_list("amount", flat=True)) == {
            Decimal("99.90"), Decimal("0.30"),
        }  # fmt: skip
    assert imported(content, name="b.xlsx").unchanged == 2


def test_cells_are_read_as_a_csv_would_say_them(tmp_path: Path) -> None:
    sheet = sheet_of(
        book(
            ["text", "int", "float", "bool", "day", "time", "gap", "long"],
            ["a\nb", 7, 1.5, False, datetime.date(2026, 2, 3), datetime.datetime(2026, 2, 3, 4, 5),
             None, "6901234567890"],
            [None, None, None, None, None, None, None, None],
            ["'=1", 10**14, 1e-7, True],
        ),
        tmp_path,
    )  # fmt: skip
    rows = list(sheet.rows(Problems(10)))
    assert rows[0] == (
        2, ["a\nb", "7", "1.5", "false", "2026-02-03", "2026-02-03 04:05:00", "", "6901234567890"],
    )  # fmt: skip
    assert rows[1][0] == 4
    assert rows[1].cells[:2] == ["'=1", "100000000000000"]


def test_the_first_sheet_that_is_shown_counts(tmp_path: Path) -> None:
    assert sheet_of(book(["sku"], ["A"], hidden=True), tmp_path).columns == ["sku"]


def test_a_workbook_written_in_streaming_mode(tmp_path: Path) -> None:
    sheet = sheet_of(book(["sku", "title"], ["A", "Mug"], write_only=True), tmp_path)
    assert [row.cells for row in sheet.rows(Problems(1))] == [["A", "Mug"]]


def test_a_row_that_is_wider_than_the_header_is_reported(tmp_path: Path) -> None:
    problems = Problems(5)
    sheet = sheet_of(book(["sku", "title"], ["A", "Mug", "more"], ["B", "Cup"]), tmp_path)
    assert [row.line for row in sheet.rows(problems)] == [3]
    assert [(e.line, e.fault) for e in problems.first] == [(2, Fault.ROW_LONG)]


DOCTYPE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 and then nothing", "not a whole Excel workbook"),
        (members(), "no header"),
        (members(sheet=f"{DOCTYPE}<worksheet>&b;</worksheet>"), "document type"),
        (members(workbook=f"{DOCTYPE}<workbook/>"), "document type"),
        (members(sheet="<worksheet><row>"), "not whole XML"),
        (members(sheet="<a>" * 1_000), "nested too deeply"),
        (members(sheet="<worksheet><row x='" + "a" * (6 << 20)), "does not end"),
        (members(workbook="<workbook/>"), "not a whole Excel workbook"),
        (members(sharedStrings=DOCTYPE + "<sst/>"), "document type"),
        (book()[:-40], "not a whole Excel workbook"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_at_once(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    began = time.monotonic()
    with pytest.raises(Refused, match=reason):
        list(sheet_of(content, tmp_path).rows(Problems(5)))
    assert time.monotonic() - began < 10


def test_a_bomb_is_refused_within_memory_and_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "RATIO_COUNTS_FROM", 8 << 20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name in ("sheet", "sharedStrings"):
        bomb = members(**{name: "<a>" + " " * (64 << 20)})
        began = time.monotonic()
        with pytest.raises(Refused, match="unpacks to far more"):
            sheet_of(bomb, tmp_path)
        assert time.monotonic() - began < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 << 10


def test_a_workbook_that_lies_about_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "RATIO_COUNTS_FROM", 1 << 20)
    bomb = bytearray(members(sheet="<a>" + " " * (32 << 20)))
    size = (len("<a>") + (32 << 20)).to_bytes(4, "little")
    honest = bytes(bomb)
    assert honest.count(size) >= 1
    lie = honest.replace(size, (1000).to_bytes(4, "little"))
    with pytest.raises(Refused):
        list(sheet_of(lie, tmp_path).rows(Problems(5)))


def test_names_in_the_zip_lead_nowhere(tmp_path: Path) -> None:
    relations = (
        '<Relationships><Relationship Id="r1" Target="../../../../etc/passwd"/></Relationships>'
    )
    with pytest.raises(Refused, match="not a whole"):
        sheet_of(members(**{"_rels/workbook.xml.rels": relations}), tmp_path)


def test_texts_wait_on_disk_and_not_in_memory(tmp_path: Path) -> None:
    import tracemalloc

    rows = [
        ["sku", "title"],
        *([f"S{n}", f"A title of some length, number {n}" * 4] for n in range(8_000)),
    ]
    content = book(*rows)
    tracemalloc.start()
    assert sum(1 for _row in sheet_of(content, tmp_path).rows(Problems(5))) == 8_000
    assert tracemalloc.get_traced_memory()[1] < 6 << 20
    tracemalloc.stop()
