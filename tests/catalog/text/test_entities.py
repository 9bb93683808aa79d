"""Named things in both languages, with place, kind and version."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.text import Names, entities

BRANDS = Names(["Sony", "Nike/耐克", "华为", "The North Face", "花西子"])


def kinds(text: str) -> list[tuple[str, str]]:
    return [(e.kind, e.value) for e in entities(text, BRANDS).entities]


def test_an_english_title() -> None:
    assert kinds("Sony WH-1000XM4 black noise cancelling headphones, 30 ml kit, $1,299.50") == [
        ("brand", "Sony"), ("model", "WH-1000XM4"), ("colour", "black"),
        ("feature", "noise-cancelling"), ("product_type", "headphones"), ("quantity", "30ml"),
        ("money", "1299.5 USD"),
    ]  # fmt: skip


def test_a_chinese_title() -> None:
    assert kinds("华为Mate60手机壳 透明防摔 到手价39.9元") == [
        ("brand", "华为"), ("model", "MATE60"), ("product_type", "phone-case"),
        ("colour", "transparent"), ("feature", "shockproof"), ("money", "39.9 CNY"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [("¥199", "199 CNY"), ("199块", "199 CNY"), ("2千元", "2000 CNY"), ("1.5万元", "15000 CNY"),
     ("$2k", "2000 USD"), ("US$49.99", "49.99 USD"), ("30 bucks", "30 USD"), ("€20", "20 EUR"),
     ("20 euros", "20 EUR"), ("￥５９", "59 CNY"), ("HK$100", "100 HKD")],
)  # fmt: skip
def test_money(text: str, value: str) -> None:
    assert [e.value for e in entities(text).of("money")] == [value]


def test_brands_come_only_from_the_list() -> None:
    assert entities("Nike shoes").of("brand") == ()
    found = entities("耐克 the north face 外套", BRANDS).of("brand")
    assert [e.value for e in found] == ["Nike/耐克", "The North Face"]


@pytest.mark.parametrize(
    "text", ["500ml", "XL", "3pcs", "2-in-1", "IPX7", "1080p", "T-shirt", "4K", "SPF50+"]
)
def test_no_model_numbers_where_there_are_none(text: str) -> None:
    assert entities(text).of("model") == ()


def test_version_and_order() -> None:
    reading = entities("red shoes")
    assert reading.model_version
    assert [e.start for e in reading.entities] == [0, 4]


@given(st.text(max_size=60))
def test_entities_are_slices_without_overlap_on_any_text(text: str) -> None:
    end = 0
    for entity in entities(text, BRANDS).entities:
        assert text[entity.start : entity.end] == entity.text
        assert entity.start >= end
        assert 0 < entity.confidence <= 1
        end = entity.end
