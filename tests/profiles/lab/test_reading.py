"""Sequence files of the usual forms; numbers that say nothing of where an item stands."""

import gzip
import json
import lzma
from pathlib import Path

import pytest

from profiles.lab.reading import read_material
from shopguide.reading import BadFile


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def rows(material: object) -> list[list[str]]:
    """Return the histories in names."""
    histories, names = material.histories, material.names  # type: ignore[attr-defined]
    return [
        [names[item] for item in histories.items[start:end]]
        for start, end in zip(histories.starts, histories.starts[1:], strict=False)
    ]


def test_a_user_a_line(tmp_path: Path) -> None:
    found = read_material(write(tmp_path / "a.txt", "u1 a b c\nu2 d\n\nu3 b a\n"))
    assert rows(found) == [["a", "b", "c"], ["d"], ["b", "a"]]


def test_pairs_in_time_order(tmp_path: Path) -> None:
    found = read_material(write(tmp_path / "a.tsv", "u1\ta\nu2\tx\nu1\tb\nu1\tc\n"))
    assert rows(found) == [["a", "b", "c"], ["x"]]


@pytest.mark.parametrize(("suffix", "opener"), [(".gz", gzip.open), (".xz", lzma.open)])
def test_packed_files(tmp_path: Path, suffix: str, opener: object) -> None:
    path = tmp_path / f"a.txt{suffix}"
    with opener(path, "wt") as file:  # type: ignore[operator]
        file.write("u1 a b c\n")
    assert rows(read_material(path)) == [["a", "b", "c"]]


def test_numbers_do_not_follow_the_file(tmp_path: Path) -> None:
    """The same items in another order have the same numbers, and no order of appearance."""
    names = [str(number) for number in range(200)]
    one = read_material(write(tmp_path / "a.txt", "u " + " ".join(names)))
    two = read_material(write(tmp_path / "b.txt", "u " + " ".join(reversed(names))))
    assert one.names == two.names
    rising = sum(a < b for a, b in zip(one.histories.items, one.histories.items[1:], strict=False))
    assert 70 < rising < 130


def test_attributes(tmp_path: Path) -> None:
    table = {"a": [7, "red"], "b": ["red"], "unknown": [1]}
    found = read_material(
        write(tmp_path / "a.txt", "u1 a b c\n"), write(tmp_path / "t.json", json.dumps(table))
    )
    assert found.attributes is not None
    assert found.attributes.shape == (3, 2)
    counts = {name: int(found.attributes[[n]].sum()) for n, name in enumerate(found.names)}
    assert counts == {"a": 2, "b": 1, "c": 0}


@pytest.mark.parametrize(
    ("text", "word"),
    [("", "empty"), ("u1\n", "Line 1"), ("u1 a b\nu2 c d\n", "longer"), ("u1 a\nu2\n", "Line 2")],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, text: str, word: str) -> None:
    with pytest.raises(BadFile, match=word):
        read_material(write(tmp_path / "a.txt", text))


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="Check the path"):
        read_material(tmp_path / "missing.txt")
    (tmp_path / "b.gz").write_bytes(b"no gzip")
    with pytest.raises(BadFile, match="UTF-8"):
        read_material(tmp_path / "b.gz")


@pytest.mark.parametrize("text", ["[]", "{", '{"a": 3}', '{"x": [1]}'])
def test_odd_attributes_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadFile):
        read_material(write(tmp_path / "a.txt", "u a b c"), write(tmp_path / "t.json", text))
