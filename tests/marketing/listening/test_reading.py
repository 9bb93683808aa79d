"""Files of mentions: what columns are called, what is blotted out, what is refused."""

import datetime
import gzip
from pathlib import Path

import pytest
from django.utils import timezone

from catalog.feeds.opening import Source as File
from catalog.feeds.problems import Refused
from marketing.listening.reading import Bad, Heard, blotted, mark, mentions_in

GOOD = "text,time\nhello there,2026-11-01 10:00\n"


def read(path: Path, content: str | bytes, **how: str) -> list[Heard | Bad]:
    """Write a file and read it."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(mentions_in(File(path), **how))


def test_chinese_columns_and_encodings(tmp_path: Path) -> None:
    rows = "内容,发布时间,平台,作者,货号,评分\n有异味,2026年11月3日,穿搭笔记,张三,A-1,2\n"
    for content in (rows, rows.encode("gb18030"), gzip.compress(rows.encode()), "\ufeff" + rows):
        (one,) = read(tmp_path / "a.csv", content, source="social")
        assert isinstance(one, Heard)
        assert (one.text, one.site, one.product, one.stars) == ("有异味", "穿搭笔记", "A-1", 2)
        assert timezone.localtime(one.at).hour == 12
        assert one.author == mark("张三") != mark("李四") and "张三" not in repr(one)


def test_json_lines_with_lines_that_are_none(tmp_path: Path) -> None:
    found = read(tmp_path / "a.jsonl", '{"content":"It smells","time":1762000000}\n[1]\nno\n{}\n')
    assert [type(one) for one in found] == [Heard, Bad, Bad, Bad]
    assert found[1].line == 2


def test_who_is_named_in_the_words_is_blotted_out() -> None:
    text = blotted("加微信 wx12345，打13812345678或 joe@example.com，看 https://a.cn/b?c @小红薯")
    for secret in ("wx12345", "13812345678", "joe", "a.cn", "小红薯"):
        assert secret not in text
    assert blotted("质量很好，50元") == "质量很好，50元"


@pytest.mark.parametrize("time", ["", "yesterday", "2099-01-01", "2026-02-31", "9" * 40, "-1"])
def test_times_that_make_no_sense_cost_their_line_only(tmp_path: Path, time: str) -> None:
    found = read(tmp_path / "a.csv", GOOD + f"again,{time}\nlast,2026-11-02\n")
    assert [type(one) for one in found] == [Heard, Bad, Heard]


def test_a_list_without_times_is_of_today_and_known_again(tmp_path: Path) -> None:
    first, again = (read(tmp_path / "a.csv", "text\nIt smells\n")[0] for _n in range(2))
    assert isinstance(first, Heard) and isinstance(again, Heard)
    assert first.key == again.key
    assert timezone.now() - first.at < datetime.timedelta(minutes=1)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04zip", b"sku,price\n1,2\n"])
def test_files_that_are_no_lists_are_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refused):
        read(tmp_path / "a.csv", content)


def test_hostile_lines_break_nothing(tmp_path: Path) -> None:
    rows = 'text,time\n"open,2026-11-01\n\0\0,\x1b[31m\n=cmd(),2026-11-01\n' + "x" * 9000
    for one in read(tmp_path / "a.csv", rows):
        assert isinstance(one, (Heard, Bad))
