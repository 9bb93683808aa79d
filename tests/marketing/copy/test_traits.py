"""Rows of a list as words in a sentence, and texts that have too little to be one."""

import pytest

from catalog.claims import Ledger
from catalog.claims.facts import ProductFacts
from catalog.models import Product
from marketing.copy.channels import CHANNELS
from marketing.copy.phrasing import letters, streams
from marketing.copy.phrasing.material import Material
from marketing.copy.phrasing.naming import measure, name_of
from marketing.copy.phrasing.pen import Pen
from marketing.copy.phrasing.traits import trait


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("表壳材质", "精钢", "精钢表壳"), ("鞋面材质", "PU", "PU 鞋面"),
        ("帽顶款式", "圆顶", "圆顶"),
        ("闭合方式", "系带", "系带"), ("产地", "瑞士", "产自瑞士"),
        ("防水深度", "30米生活防水", "30米生活防水"), ("鞋跟高", "低跟(小于3厘米)", "低跟"),
        ("净含量", "384 克", ""), ("功效", "滋养修复", ""), ("檐形", "卷边", ""),
        ("颜色", "蓝色、红色、绿色", ""),
    ],
)  # fmt: skip
def test_a_chinese_row_is_said_in_words_or_not_at_all(name: str, value: str, said: str) -> None:
    """The kind goes behind what it is made of, and is left out where the value says it."""
    assert trait(name, value, chinese=True) == said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("Number of battery cells", "3", "3 battery cells"),
        ("Ac outlets quantity", "8", "8 AC outlets"),
        ("Country of origin", "Portugal", "made in Portugal"),
        ("Print technology", "Laser printing", "laser printing"),
        ("Climate", "Cool, Rainy, Spring", "for cool and rainy weather"),
        ("Climate", "Indoor", ""), ("Led indicators", "Y", ""), ("Type", "Original", ""),
        ("Colour ink cartridges quantity", "1", ""),
    ],
)  # fmt: skip
def test_an_english_row_is_said_in_words_or_not_at_all(name: str, value: str, said: str) -> None:
    """Counts, origin, technology and weather; what would be a table stays one."""
    assert trait(name, value, chinese=False) == said


@pytest.mark.parametrize(
    ("noun", "word"),
    [("裤子", "条"), ("帽子", "顶"), ("鞋子", "双"), ("垃圾桶", "个"), ("种子", "款")],
)
def test_a_noun_with_a_suffix_is_counted_as_without(noun: str, word: str) -> None:
    """裤子 as 裤."""
    assert measure(noun) == word


def test_a_title_without_a_known_kind_is_counted_by_its_end() -> None:
    """这双精梳棉中筒袜, and not 这款."""
    facts = ProductFacts(1, "X", 1, {"zh-hans": "精梳棉堆堆中筒袜"})
    assert name_of(facts, "zh-hans").this.startswith("这双")


def test_no_letter_and_no_stream_without_goods_in_them() -> None:
    """Greeting, terms and a name are not copy."""
    facts = ProductFacts(1, "X", 1, {"zh-hans": "帽子"})
    ledger = Ledger(products=(facts,), locale="zh-hans")
    material = Material(Product(), facts, ledger, "zh-hans", name_of(facts, "zh-hans"))
    pen = Pen(material, "benefit")
    assert letters.email(pen, CHANNELS["email"].parts)["body"] == ""
    assert streams.livestream(pen, CHANNELS["livestream"].parts)["script"] == ""
