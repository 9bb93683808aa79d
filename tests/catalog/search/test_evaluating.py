"""Evaluation: whatever happens, the scratch shop is gone; files are read or refused in one line."""

import gzip
import io
import json
import lzma
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from numpy.typing import NDArray

from catalog.models import Embedding, Product, SearchDocument, TermCount
from catalog.search.evaluating import (
    Judged,
    evaluate,
    read_entries,
    read_judged,
    scratch_shop,
    write_own_format,
)
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone
from shopguide.inference.fakes import FakeEncoder
from shopguide.reading import BadFile

ENTRIES = [
    {"id": "m1", "title": "Wireless mouse", "supplier": "Northisle", "attr_t_colour": "black"},
    {"id": "m2", "title": "Wired mouse", "short_description": "With a long cable."},
    {"id": "k1", "title": "Mechanical keyboard"},
    {"id": "c1", "title": "陶瓷马克杯"},
]
QUERIES = {"q1": "wireless mouse", "q2": "马克杯", "q3": "submarine"}
GRADES = {"q1": {"m1": 3.0, "m2": 1.0}, "q2": {"c1": 2.0}, "q3": {"k1": 0.0}}


def write(path: Path, text: str) -> Path:
    data = text.encode()
    packer = {".gz": gzip.compress, ".xz": lzma.compress}.get(path.suffix)
    path.write_bytes(packer(data) if packer else data)
    return path


def jsonl(entries: Sequence[object]) -> str:
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return write(tmp_path / "catalogue.jsonl", jsonl(ENTRIES))


def left_over() -> tuple[int, ...]:
    with as_everyone():
        models = (Merchant, Product, SearchDocument, Embedding, TermCount)
        return tuple(model.objects.count() for model in models)


# --- The scratch shop ------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_scratch_shop_is_searchable_and_then_gone(catalogue: Path) -> None:
    with scratch_shop(catalogue, FakeEncoder(), lambda line: None) as (market, skus):
        assert market.products == 4
        assert set(skus.values()) == {"m1", "m2", "k1", "c1"}
        assert Embedding.objects.count() == 4
    assert left_over() == (0, 0, 0, 0, 0)


@pytest.mark.django_db
def test_the_scratch_shop_is_gone_after_an_error(catalogue: Path) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        scratch_shop(catalogue, FakeEncoder(), lambda line: None),
    ):
        raise ZeroDivisionError
    assert left_over() == (0, 0, 0, 0, 0)


@pytest.mark.django_db
def test_the_scratch_shop_is_gone_when_encoding_fails(catalogue: Path, tmp_path: Path) -> None:
    class Broken(FakeEncoder):
        def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
            raise MemoryError

    judged = Judged(QUERIES, GRADES)
    with pytest.raises(MemoryError):
        evaluate(catalogue, judged, encoder=Broken(), cache=tmp_path / "cache")
    assert left_over() == (0, 0, 0, 0, 0)


@pytest.mark.usefixtures("committed_rows")
def test_nobody_else_sees_the_scratch_shop(catalogue: Path) -> None:
    other = connection.copy()
    with scratch_shop(catalogue, FakeEncoder(), lambda line: None), other.cursor() as cursor:
        for table in ("accounts_merchant", "catalog_searchdocument", "catalog_embedding"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)
    other.close()
    assert left_over() == (0, 0, 0, 0, 0)


# --- The figures -------------------------------------------------------------------------------
@pytest.mark.django_db
def test_each_mode_is_measured_and_vectors_are_kept(catalogue: Path, tmp_path: Path) -> None:
    class Counting(FakeEncoder):
        encoded = 0

        def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
            Counting.encoded += len(texts)
            return super().encode_documents(texts)

    judged = Judged(QUERIES, GRADES)
    first = evaluate(catalogue, judged, encoder=Counting(), cache=tmp_path / "cache")
    assert set(first) == {"lexical", "vector", "hybrid"}
    assert first["lexical"]["ndcg@10"] == 1
    assert first["hybrid"]["mrr@10"] == 1
    for measures in first.values():
        assert (measures["queries"], measures["unanswerable"]) == (3, 1)
    assert Counting.encoded == 4
    assert evaluate(catalogue, judged, encoder=Counting(), cache=tmp_path / "cache") == first
    assert Counting.encoded == 4


# --- Files -------------------------------------------------------------------------------------
@pytest.mark.parametrize("suffix", ["", ".gz", ".xz"])
def test_catalogues_are_read_as_json_lines_and_as_tsv(tmp_path: Path, suffix: str) -> None:
    lines = write(tmp_path / f"c.jsonl{suffix}", jsonl(ENTRIES))
    assert [entry["id"] for entry in read_entries(lines)] == ["m1", "m2", "k1", "c1"]
    table = write(tmp_path / f"c.tsv{suffix}", "7\t陶瓷马克杯\n\n8\tMug\n")
    assert list(read_entries(table)) == [
        {"id": "7", "title": "陶瓷马克杯"},
        {"id": "8", "title": "Mug"},
    ]


def test_an_entry_becomes_a_record_of_our_own_format(tmp_path: Path, catalogue: Path) -> None:
    target = tmp_path / "own.jsonl"
    assert write_own_format(catalogue, target) == 4
    mouse, wired, _keyboard, mug = map(json.loads, target.read_text("utf-8").splitlines())
    assert (mouse["sku"], mouse["brand"]) == ("m1", "Northisle")
    assert mouse["attributes"] == {"colour": "black"}
    assert wired["description"] == {"en": "With a long cable."}
    assert mug["title"] == {"zh-hans": "陶瓷马克杯"}


def test_judgements_are_read_as_tsv_with_qrels(tmp_path: Path) -> None:
    queries = write(tmp_path / "q.tsv.gz", "q1\twireless mouse\nq2\t马克杯\nq9\tnot judged\n")
    qrels = write(tmp_path / "qrels.txt", "q1 0 m1 3\nq1 0 m2 1\nq2 0 c1 2\nother 0 m1 1\n")
    judged = read_judged(queries, qrels)
    assert judged.queries == {"q1": "wireless mouse", "q2": "马克杯"}
    assert {key: judged.grades[key] for key in ("q1", "q2")} == {
        "q1": {"m1": 3, "m2": 1},
        "q2": {"c1": 2},
    }


def test_judgements_are_read_as_one_csv(tmp_path: Path) -> None:
    text = '\ufeffquery,docid,rating\n"mouse, wireless",m1,3\n"mouse, wireless",m2,\n'
    path = write(tmp_path / "ratings.csv", text)
    judged = read_judged(path, path)
    assert judged.queries == {"mouse, wireless": "mouse, wireless"}
    assert judged.grades["mouse, wireless"] == {"m1": 3, "m2": 0}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "holds no product"),
        ('{"id": 1\n', "line 1 is not JSON"),
        ('{"id": 1, "title": "a"}\n{"title": "b"}\n', "line 2 has no id"),
        ("7\tMug\nno tab here\n", "line 2: write id, a tab and the text"),
    ],
)
def test_a_bad_catalogue_is_refused_with_one_line(tmp_path: Path, text: str, reason: str) -> None:
    path = write(tmp_path / "bad.jsonl", text)
    with pytest.raises(BadFile) as refusal:
        write_own_format(path, tmp_path / "own.jsonl")
    assert reason in str(refusal.value)
    assert path.name in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("queries", "qrels", "reason"),
    [
        (("q.tsv", "q1\tmouse\n"), ("r.txt", "q2 0 m1 3\n"), "Check the ids"),
        (("q.tsv", ""), ("r.txt", ""), "Check the ids"),
        (("r.csv", ""), ("r.csv", "query,product\nmouse,m1\n"), "columns query, docid and rating"),
        (("r.csv", ""), ("r.csv", "query,docid,rating\n"), "no judgement"),
        (("r.csv", ""), ("r.csv", "query,docid,rating\nmouse,m1,good\n"), "“good” is not a grade"),
        (("q.tsv", "q1\tmouse\n"), ("r.txt", "q1 0 m1 nan\n"), "line 1: “nan” is not a grade"),
    ],
)
def test_bad_judgements_are_refused_with_one_line(
    tmp_path: Path, queries: tuple[str, str], qrels: tuple[str, str], reason: str
) -> None:
    asked, given = (write(tmp_path / name, text) for name, text in (queries, qrels))
    with pytest.raises(BadFile) as refusal:
        read_judged(asked, given)
    assert reason in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.csv.xz"])
def test_what_is_no_text_is_refused_with_one_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(bytes(range(255, 0, -1)) * 40)
    for read in (lambda: read_judged(path, path), lambda: list(read_entries(path))):
        with pytest.raises(BadFile, match=r"cannot be read.*Give a text file"):
            read()


def test_a_missing_file_is_refused_with_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"cannot be read.*Check the path"):
        list(read_entries(tmp_path / "nothing.jsonl"))


@pytest.mark.django_db
def test_the_command_ends_with_a_line_and_not_with_a_trace(tmp_path: Path, settings: Any) -> None:
    settings.ENCODER = {"model": "fake"}
    write(tmp_path / "c.jsonl", "7\tMug\n")
    files = {"catalog": tmp_path / "c.jsonl", "queries": tmp_path / "nothing.csv"}
    with pytest.raises(CommandError, match="cannot be read") as refusal:
        call_command("evaluate_search", **files, stdout=io.StringIO())
    assert "\n" not in str(refusal.value)
