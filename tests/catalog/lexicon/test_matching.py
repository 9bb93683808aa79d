"""Words are found where they mean what they say, and only there."""

# ruff: noqa: E501 - a case stays on one line

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.lexicon import DIMENSIONS, lexicon


def found(text: str, *dimensions: str) -> set[tuple[str, str]]:
    spans = lexicon().match(text, set(dimensions) or None)
    return {(span.dimension, span.code) for span in spans}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("navy blue slim fit jeans for men", {("colour", "navy"), ("fit", "slim"), ("category", "jeans"), ("audience", "men")}),
        ("Women’s wide-fit shoes", {("audience", "women"), ("fit", "wide-fit"), ("category", "shoes")}),
        ("防水登山鞋男冬季加绒", {("feature", "waterproof"), ("category", "hiking-shoes"), ("audience", "men"), ("season", "winter"), ("material", "fleece")}),
        ("藏青色羊毛大衣女 中长款 XL", {("colour", "navy"), ("material", "wool"), ("category", "coat"), ("audience", "women"), ("fit", "mid-length"), ("size", "xl")}),
        ("女童粉色公主裙110码", {("audience", "girls"), ("colour", "pink"), ("category", "dress"), ("size", "height-110")}),
        ("羽絨服 黑色", {("category", "down-jacket"), ("colour", "black")}),
        ("ＸＬ 卫衣", {("size", "xl"), ("category", "sweatshirt")}),
        ("宽脚 跑步鞋 42码", {("fit", "wide-fit"), ("category", "running-shoes"), ("size", "eu-42")}),
        ("noise-cancelling headphones", {("feature", "noise-cancelling"), ("category", "headphones")}),
        ("noise canceling headphones", {("feature", "noise-cancelling"), ("category", "headphones")}),
        ("grey jewellery box in aluminium", {("colour", "gray"), ("category", "jewellery"), ("material", "aluminium")}),
        ("knives and scarves", {("category", "knife"), ("category", "scarf")}),
        ("红裙子", {("colour", "red"), ("category", "dress")}),
        ("新款红连衣裙女夏", {("colour", "red"), ("category", "dress"), ("audience", "women"), ("season", "summer")}),
        ("黑T恤", {("colour", "black"), ("category", "t-shirt")}),
        ("女鞋", {("audience", "women"), ("category", "shoes")}),
        ("cream sweater", {("colour", "off-white"), ("category", "sweater")}),
        ("smart watch", {("category", "smartwatch")}),
        ("size 10 boots", {("size", "size-10"), ("category", "boots")}),
        ("EU 42", {("size", "eu-42")}),
        ("sizes S/M/L", {("size", "s"), ("size", "m"), ("size", "l")}),
        ("尺码 M", {("size", "m")}),
    ],
)  # fmt: skip
def test_words_are_found(text: str, expected: set[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("红茶 礼盒", "colour"), ("黑莓干", "colour"), ("白酒 52度", "colour"), ("蓝牙耳机", "colour"),
        ("绿植盆栽", "colour"), ("红枣 500g", "colour"), ("紫外线", "colour"), ("黄瓜", "colour"),
        ("白领", "colour"), ("银行卡包", "colour"), ("黑科技", "colour"), ("粉底液", "colour"),
        ("orange juice 1L", "colour"), ("golden retriever toy", "colour"), ("olive oil", "colour"),
        ("black tea", "colour"), ("white noise machine", "colour"), ("hand cream", "colour"),
        ("crystal clear sound", "colour"), ("blue light glasses", "colour"), ("lightweight", "colour"),
        ("皮肤保湿", "material"), ("棉签", "material"), ("棉花糖", "material"), ("铁观音", "material"),
        ("地铁通勤", "material"), ("芝麻糊", "material"), ("螺丝刀", "material"), ("纸尿裤", "material"),
        ("木瓜牛奶", "material"), ("陈皮普洱", "material"), ("丝瓜水", "material"), ("竹笋", "material"),
        ("glasses case", "material"), ("cotton candy", "material"), ("steam iron", "material"),
        ("slows down", "material"), ("paper towel", "material"), ("rubber duck", "material"),
        ("青春版", "season"), ("秋葵", "season"), ("冬瓜", "season"), ("夏威夷果", "season"),
        ("spring roll", "season"), ("fall off", "season"),
        ("子女教育", "audience"), ("女神节", "audience"), ("童话书", "audience"), ("hot dog", "audience"),
        ("watch tv", "category"), ("面包", "bag"), ("表情包", "category"), ("phone call", "category"),
        ("M", "style"), ("5 L bottle", "size"), ("B12", "size"), ("Type S", "size"),
    ],
)  # fmt: skip
def test_traps_yield_nothing_of_their_kind(text: str, dimension: str) -> None:
    assert not [s for s in lexicon().match(text) if s.dimension == dimension]
    if dimension in DIMENSIONS:
        assert not lexicon().match(text, {dimension})


def test_apple_is_no_fruit_in_a_phone() -> None:
    assert found("Apple iPhone 15") == set()


def test_words_inside_product_types_are_found_when_asked_for() -> None:
    assert found("denim jacket") == {("category", "jacket")}
    assert found("denim jacket", "material") == {("material", "denim")}
    assert found("羽绒服", "material") == {("material", "down")}


@pytest.mark.parametrize(
    ("dimension", "surface", "code"),
    [
        ("colour", "Navy Blue", "navy"), ("colour", "藏青", "navy"), ("colour", "红", "red"),
        ("colour", "GREY", "gray"), ("colour", "off-white", "off-white"), ("colour", "cream", "off-white"),
        ("size", "M", "m"), ("size", "xl", "xl"), ("size", "2XL", "xxl"), ("size", "EU 42", "eu-42"),
        ("size", "均码", "one-size"), ("material", "PU", "faux-leather"), ("material", "头层牛皮", "leather"),
        ("audience", "Men", "men"), ("audience", "男", "men"), ("category", "T-Shirts", "t-shirt"),
        ("category", "保温杯", "vacuum-flask"), ("colour", "unobtanium", None), ("colour", "", None),
        ("material", "100% cotton", None),
    ],
)  # fmt: skip
def test_canonical_names(dimension: str, surface: str, code: str | None) -> None:
    assert lexicon().canonical(dimension, surface) == code


def test_a_word_of_two_kinds_tells_both() -> None:
    spans = [s for s in lexicon().match("大理石 摆件") if s.also]
    assert all(span.also[0][0] != span.dimension for span in spans)
    assert lexicon().senses("沙滩裤")[0] == ("category", "shorts")


@given(st.text(max_size=60))
def test_spans_are_slices_in_order_on_any_text(text: str) -> None:
    end = 0
    for span in lexicon().match(text):
        assert text[span.start : span.end] == span.surface
        assert span.start >= end
        end = span.end


_PIECES = st.sampled_from(
    ["红", "色", "ＸＬ", "cotton", " ", "鞋", "羽絨", "服", "-", "v", "领", "wide", "fit", "男", "\u200b",
     "size", "9", "42", "码", "é", "皮", "茶", "/", "S", "M", "’s", "women"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_spans_are_slices_on_shop_like_text(text: str) -> None:
    for dimensions in (None, {"colour", "material"}, {"size"}):
        for span in lexicon().match(text, dimensions):
            assert text[span.start : span.end] == span.surface
