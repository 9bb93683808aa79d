"""Opening files: packing, encodings, limits."""

import gzip
import lzma
import time
import tracemalloc
from functools import partial
from pathlib import Path

import pytest

from catalog.feeds import opening
from catalog.feeds.opening import Source
from catalog.feeds.problems import Refused

TEXT = "sku,title\nA1,白色马克杯\nA2,Mug\n"


def write(tmp_path: Path, content: bytes) -> Source:
    path = tmp_path / "file"
    path.write_bytes(content)
    return Source(path)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
def test_packed_or_plain_in_any_encoding(tmp_path: Path, pack: object, encoding: str) -> None:
    source = write(tmp_path, pack(TEXT.encode(encoding)))  # type: ignore[operator]
    assert [line.text for line in source.lines()] == TEXT.splitlines()
    assert source.position in (0, source.size)


def test_several_packed_streams_in_one_file(tmp_path: Path) -> None:
    for pack in (gzip.compress, lzma.compress):
        source = write(tmp_path, pack(b"one\n") + pack(b"two\n"))
        assert [line.text for line in source.lines()] == ["one", "two"]


def test_big5_and_latin_are_guessed(tmp_path: Path) -> None:
    text = "sku,title\n" + "".join(f"A{n},café crème déjà vu\n" for n in range(50))
    source = write(tmp_path, text.encode("latin-1"))
    assert "café" in next(line.text for line in source.lines() if line.number == 2)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x05\x06zip", b"%PDF-1.7", b"BZh9", b"\xd0\xcf\x11\xe0old"]
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refused) as caught:
        write(tmp_path, content)
    assert caught.value.remedy


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        Source(tmp_path / "none.csv")


@pytest.mark.parametrize("pack", [gzip.compress, partial(lzma.compress, preset=0)])
def test_a_cut_packed_file_gives_its_lines_and_then_refuses(tmp_path: Path, pack: object) -> None:
    packed = pack(b"".join(b"%d,%d\n" % (n, n * n) for n in range(100_000)))  # type: ignore[operator]
    source = write(tmp_path, packed[:-100])
    count = 0
    with pytest.raises(Refused):
        for _line in source.lines():
            count += 1
    assert count > 50_000


def test_an_endless_line_is_cut_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LONGEST_LINE", 1000)
    source = write(tmp_path, b"a\n" + b"x" * 10_500 + b"\nb\n")
    assert [(n, len(text), cut) for n, text, cut in source.lines()] == [
        (1, 1, False), (2, 1000, True), (3, 1, False),
    ]  # fmt: skip


@pytest.mark.parametrize("pack", [gzip.compress, partial(lzma.compress, preset=0)])
def test_a_bomb_is_refused_in_small_memory(tmp_path: Path, pack: object) -> None:
    zeros = pack(bytes(1 << 20)) * 400  # type: ignore[operator]  # 400 MB of zeros
    source = write(tmp_path, zeros)
    tracemalloc.start()
    began = time.monotonic()
    with pytest.raises(Refused, match="far more"):
        for _line in source.lines():
            pass
    assert tracemalloc.get_traced_memory()[1] < 60 << 20
    assert time.monotonic() - began < 20
    tracemalloc.stop()
