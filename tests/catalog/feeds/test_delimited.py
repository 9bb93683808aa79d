"""Reading CSV rows: separators, headers, recovery."""

from pathlib import Path

import pytest

from catalog.feeds.delimited import MOST_LINES_A_RECORD, Table, delimiter_of
from catalog.feeds.opening import Source
from catalog.feeds.problems import Fault, Problems, Refused


def read(
    tmp_path: Path, text: str, **options: object
) -> tuple[list[tuple[int, list[str]]], Problems]:
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8", newline="")
    problems = Problems(keep=100)
    table = Table(Source(path), **options)  # type: ignore[arg-type]
    return [tuple(row) for row in table.rows(problems)], problems


@pytest.mark.parametrize(
    ("header", "mark"),
    [("a,b,c", ","), ("a\tb\tc", "\t"), ("a;b;c,d", ";"), ("a|b|c", "|"), ("a", ","),
     ('"a;b;c",d', ","), ("sku;\"x,y,z,w\";b", ";")],
)  # fmt: skip
def test_the_header_shows_the_separator(header: str, mark: str) -> None:
    assert delimiter_of(header + "\n1") == mark


def test_quoted_texts_may_hold_separators_quotes_and_lines(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, 'a,b\n"1,1","say ""x"""\n\n2,"one\r\ntwo\n\nthree"\n3,4\n')
    assert rows == [
        (2, ["1,1", 'say "x"']), (4, ["2", "one\ntwo\n\nthree"]), (8, ["3", "4"]),
    ]  # fmt: skip
    assert problems.count == 0


def test_inches_need_no_quotes(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, 'a,b\n1,17" screen\n2,5\n')
    assert rows == [(2, ["1", '17" screen']), (3, ["2", "5"])]
    assert problems.count == 0


def test_without_quoting_marks_are_letters(tmp_path: Path) -> None:
    rows, _problems = read(
        tmp_path, '1\t"open\n2\tx\n', delimiter="\t", quoted=False, header=["id", "title"]
    )
    assert rows == [(1, ["1", '"open']), (2, ["2", "x"])]


def test_trailing_empty_columns_are_no_fault(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, "a,b,\n1,2,\n3,4\n5,6,,\n")
    assert [cells for _line, cells in rows] == [["1", "2"], ["3", "4"], ["5", "6"]]
    assert problems.count == 0


def test_two_open_quotes_cost_two_rows(tmp_path: Path) -> None:
    lines = [f"{n},row" for n in range(2 * MOST_LINES_A_RECORD)]
    lines[10], lines[900] = '10,"open', '900,"open'
    rows, problems = read(tmp_path, "a,b\n" + "\n".join(lines))
    assert [(p.line, p.fault) for p in problems.first] == [
        (12, Fault.QUOTE_OPEN), (902, Fault.QUOTE_OPEN),
    ]  # fmt: skip
    assert len(rows) == len(lines) - 2
    assert problems.lost_rows == 2


@pytest.mark.parametrize("text", ["a,a\n1,2\n", ",".join(f"c{n}" for n in range(3000)) + "\n"])
def test_headers_that_cannot_be_read_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused):
        read(tmp_path, text)
