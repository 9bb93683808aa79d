"""Labelled files: columns found, stars read as feelings, bad files refused with a remedy."""

import gzip
import lzma
from pathlib import Path

import pytest

from catalog.opinions.labelled import Labelled, read_labelled
from shopguide.reading import BadFile


def test_reads_signs_and_quoted_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.xz"
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write('cat,label,review\n书,1,"很好\n真的"\n书,0,差\n书,1,\n')
    found = read_labelled(path)
    assert found.texts == ["很好\n真的", "差"]
    assert found.labels == ["positive", "negative"]
    assert found.left_out == 1


def test_three_stars_say_neither(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("Title,Review Text,Rating\nFine,Lovely,5\n,Bad,1\nSo so,Hm,3\nMeh,Poor,2\n")
    found = read_labelled(path)
    assert found.texts == ["Fine ! Lovely", "Bad", "Meh ! Poor"]
    assert found.labels == ["positive", "negative", "negative"]
    assert found.left_out == 1


def test_columns_are_as_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"a": "x", "b": "y", "kind": "return"}\n\n{"a": "z", "b": null, "kind": "buy"}'
    )
    found = read_labelled(path, text_column="a,b", label_column="kind")
    assert found.texts == ["x ! y", "z"] and found.labels == ["return", "buy"]


BAD = {
    "empty.csv": b"",
    "no.csv": b"a,b\n1,2\n",
    "broken.csv.gz": b"\x1f\x8b\x08\x00",
    "broken.csv.xz": b"not xz",
    "list.jsonl": b"[1, 2]\n",
    "half.jsonl": b'{"text": "x"',
    "bytes.csv": b"text,label\n\xff\xfe,1\n",
}


@pytest.mark.parametrize("name", BAD)
def test_refuses_with_a_remedy(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(BAD[name])
    with pytest.raises(BadFile, match=r"Give|Name one"):
        read_labelled(path)
    with pytest.raises(BadFile, match="cannot be read"):
        read_labelled(tmp_path / "missing.csv")


def test_the_fingerprint_follows_texts_and_labels(tmp_path: Path) -> None:
    path, prints = tmp_path / "a.csv", []
    for body in ("text,label\na,0\nb,1\n", "text,label\na,1\nb,1\n", "text,label\na,0\nb,1\n"):
        path.write_text(body)
        prints.append(read_labelled(path).fingerprint)
    assert prints[0] == prints[2] != prints[1]


def test_samples_are_drawn_by_their_seed() -> None:
    whole = Labelled([*"abcdefgh"], [*"01010101"], 1, "x")
    drawn = whole.sample(3, 1)
    assert len(drawn) == 3 and drawn.left_out == 6 and drawn.texts == sorted(drawn.texts)
    assert all(
        whole.labels[whole.texts.index(t)] == n
        for t, n in zip(drawn.texts, drawn.labels, strict=True)
    )
    assert whole.sample(3, 1).texts == drawn.texts and whole.sample(8, 1) is whole
