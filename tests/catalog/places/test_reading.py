"""Addresses as people write them: how many are read wholly right, and that nothing breaks it.

Exact means all of name, telephone, province, city, district, street, building, room and code. The
held-back lines were written after the readers and never used to change them.
"""

import random
import time

import pytest

from catalog.places.place import Place
from catalog.places.reading import read_place
from tests.catalog.places.scoring import Case, cases_of, combined, wrong


def exact(cases: list[Case]) -> float:
    """Return the share that is wholly right; on a failure pytest shows the rest."""
    off = wrong(cases, read_place)
    for case, parts in off[:10]:
        print(case.text.replace("\n", " ⏎ "), parts)
    return 1 - len(off) / len(cases)


def test_chinese_addresses_are_read_exactly() -> None:
    cases = [*combined(), *cases_of("chinese_lines")]
    assert len(cases) >= 300
    assert exact(cases) >= 0.98


def test_chinese_addresses_held_back() -> None:
    assert exact(cases_of("chinese_held_back")) >= 0.86


def test_english_addresses_are_read_exactly() -> None:
    known, held_back = cases_of("english_lines"), cases_of("english_held_back")
    assert len(known) + len(held_back) >= 100
    assert exact(known) >= 0.98
    assert exact(held_back) >= 0.84
    assert exact([*known, *held_back]) >= 0.9


@pytest.mark.parametrize(
    ("text", "part", "said"),
    [
        ("济南市中区经四路1号", "district", "市中区"),
        ("济南市市中区经四路1号", "city", "济南市"),
        ("朝阳区建国路1号", "city", ""),  # 北京 and 长春 have one
        ("余杭区良睦路1号", "city", "杭州市"),
        ("杭州西湖区文三路1号", "region", "浙江省"),
        ("南京东路300号 张三 13800138000", "city", ""),
        ("上海南京东路300号 张三 13800138000", "street", "南京东路300号"),
        ("香港湾仔轩尼诗道25号", "country", "HK"),
        ("东莞市长安镇振安路1号", "district", ""),
        ("12345678901234567890", "phone", ""),
        ("１３８００１３８０００ 张三 杭州市西湖区文三路１号", "phone", "13800138000"),
    ],
)
def test_single_parts(text: str, part: str, said: str) -> None:
    assert getattr(read_place(text), part) == said


def test_what_is_missing_is_named() -> None:
    assert read_place("张三 13800138000 浙江省杭州市").lacking == ["street", "district"]
    assert read_place("John Smith, 1 Main Street, Boston, MA 02116").lacking == ["phone"]
    assert read_place("").lacking == ["name", "phone", "city", "street"]


def test_a_form_gets_one_line_for_the_street() -> None:
    place = read_place("张三，13800138000，杭州市西湖区文三路138号东方小区3幢501室")
    assert place.form() == {
        "name": "张三", "phone": "13800138000", "country": "CN", "region": "浙江省",
        "city": "杭州市", "district": "西湖区", "street": "文三路138号东方小区3幢501室",
    }  # fmt: skip
    there = read_place("John Smith, 350 Fifth Ave, Apt 12B, New York, NY 10118, (212) 555-0101")
    assert there.form()["street"] == "350 Fifth Ave, Apt 12B"
    assert there.form()["phone"] == "212 555-0101"


ODD = ["", " ", "\0", "\ud800", "号" * 900, "省市区" * 300, "1" * 1000, "(((((" * 200, "北京" * 500,
       "-" * 999, "a " * 500, "😀" * 300, "<script>alert(1)</script>", "收货人：\n电话：\n地址：",
       "street " * 140, "1 " * 499, "中国中国中国", "+86 " * 250, "Room " * 200]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_read_as_little_and_fast(text: str) -> None:
    began = time.perf_counter()
    assert isinstance(read_place(text), Place)
    assert time.perf_counter() - began < 2


def test_any_mixture_of_pieces_is_read() -> None:
    draw = random.Random(4)
    pieces = ["浙江省", "杭州", "西湖区", "文三路", "138号", "3幢", "501", "张三", "13800138000",
              "，", "\n", "收货人：", "Main Street", "NY", "10118", "Apt 3", "Hong Kong", "(",
              ")", "/", "市", "区", "\u200b", "号楼", "-", "电话", "China"]  # fmt: skip
    for _time in range(400):
        text = "".join(draw.choice(pieces) for _n in range(draw.randint(1, 14)))
        assert isinstance(read_place(text), Place)
