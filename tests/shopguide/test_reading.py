"""Files that somebody names to a command: read as they are, or refused in one line."""

import gzip
import lzma
from pathlib import Path

import pytest

from shopguide.reading import BadFile, opened

PACKERS = {"": lambda one: one, ".gz": gzip.compress, ".xz": lzma.compress}


@pytest.mark.parametrize("ending", PACKERS)
def test_a_text_is_read_by_its_ending(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.csv{ending}"
    path.write_bytes(PACKERS[ending]("\ufeff鞋,1\r\n".encode()))
    with opened(path) as lines:
        assert list(lines) == ["鞋,1\r\n"]


@pytest.mark.parametrize("ending", PACKERS)
def test_what_is_cut_or_no_text_is_refused(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.csv{ending}"
    whole = PACKERS[ending](b"\xff\xfe noise " * 900)
    for content in (whole, whole[: len(whole) // 2], b"\xff not packed"):
        path.write_bytes(content)
        refused = pytest.raises(
            BadFile, match=r"cannot be read \(.*\)\. Give a text file in UTF-8\.$"
        )
        with refused, opened(path) as lines:
            list(lines)


def test_what_is_not_there_says_where_to_look(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.gz"):
        with pytest.raises(BadFile, match=r"Check the path\.$"), opened(path):
            raise AssertionError("opened")
