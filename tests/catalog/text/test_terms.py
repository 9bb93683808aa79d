"""Index and query meet: whatever way a thing is written, its query finds it."""

# ruff: noqa: E501 - a case stays on one line

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.text import index_terms, query_terms, warm_up
from catalog.text.segmenting import best_words, guessed_words


def finds(query: str, title: str) -> bool:
    """Say whether every term of the query is a term of the title."""
    return set(query_terms(query)) <= set(index_terms(title))


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("训练", "深度学习模型需要大量训练数据"),
        ("學習模型", "深度学习模型需要大量训练数据"),
        ("无线蓝牙耳机", "無線藍牙耳機 入耳式"),
        ("wifi6", "ＷＩＦＩ６路由器"),
        ("耳機", "ＸＭ４ 耳机"),
        ("跑步鞋 男", "男士轻便跑步鞋"),
        ("男鞋", "新款透气男鞋"),
        ("保温杯", "大容量304不锈钢保温杯子女"),
        ("花西子", "花西子蜜粉饼"),
        ("WH-1000XM4", "Sony WH-1000XM4 Wireless"), ("wh1000xm4", "Sony WH-1000XM4 Wireless"),
        ("1000xm4", "Sony WH-1000XM4 Wireless"), ("xm4", "Sony WH-1000XM4"), ("wh 1000 xm4", "WH-1000XM4"),
        ("WH-1000XM4", "Sony WH1000XM4"), ("wh-1000xm4", "Sony WH 1000XM4"),
        ("006R90321", "Xerox 006R90321 toner"), ("90321", "Xerox 006R90321"), ("006r", "006R90321"),
        ("dv7-1211ea", "HP dv7-1211ea"), ("dv7", "HP dv7-1211ea"), ("1211ea", "dv7-1211ea"), ("dv7 1211", "dv7-1211ea"),
        ("iphone 15 pro", "iPhone15 Pro 手机壳"), ("iPhone15 Pro", "Apple iPhone 15 Pro"), ("iphone15", "iPhone 15"),
        ("500ml", "水杯 500 ml"), ("500 ml", "水杯500ML"), ("500毫升", "500ml bottle"), ("1500ml", "1.5L 水壶"),
        ("1.5 升", "1.5L 水壶"), ("43.2cm", "43.2 cm (17 inch)"), ("17 inches", '17" screen'), ("15.6英寸", "15.6-inch laptop"),
        ("6 mm", "6mm yoga mat"), ("0.6cm", "6mm yoga mat"), ("1kg", "1000克 大米"), ("2斤", "1kg 坚果"),
        ("5000mah", "5,000 mAh power bank"), ("1TB", "1024GB SSD"), ("30cm", "30x40cm 地垫"),
        ("running shoe", "Men's Running Shoes"), ("runs", "running"), ("knife", "Kitchen knives"),
        ("women dress", "Woman's Dresses"), ("colour organiser", "Color Organizers"), ("grey", "Gray hoodie"),
        ("t-shirt", "Cotton TShirt"), ("tshirts", "T-Shirt"), ("t shirt", "tshirts"), ("tshirt", "T Shirt"),
        ("noise cancelling", "noise-cancelling headphones"), ("noise-cancelling", "Noise Canceling"),
        ("usb c", "USB-C cable"), ("usbc cable", "USB-C cable"), ("décor", "Home decor"), ("cafe", "Café chair"),
        ("wifi", "Wi-Fi router"), ("black white", "Black/White"), ("the who", "The Who T-Shirt"),
        ("カメラ", "カメラ バッグ"), ("чехол", "Чехол для телефона"),
    ],
)  # fmt: skip
def test_query_finds_title(query: str, title: str) -> None:
    assert finds(query, title), (query_terms(query), index_terms(title))


@pytest.mark.parametrize(
    ("query", "title"),
    [("跑步机", "跑步鞋"), ("dv8", "dv7-1211ea"), ("500ml", "500g"), ("1.5L", "15L"), ("shirt", "shorts")],
)  # fmt: skip
def test_query_does_not_find_another_thing(query: str, title: str) -> None:
    assert not finds(query, title)


def test_chinese_words_and_single_characters_are_both_indexed() -> None:
    assert index_terms("跑步鞋") == ["跑步", "跑步鞋", "步鞋", "跑", "步", "鞋"]
    assert query_terms("跑步鞋") == ["跑步鞋", "跑", "步", "鞋"]


def test_any_part_of_a_chinese_title_that_is_a_word_is_found() -> None:
    title = "北欧风轻奢实木餐桌椅组合家用小户型长方形吃饭桌子"
    warm_up()
    for word in ("餐桌", "实木餐桌", "餐桌椅", "小户型", "长方形", "桌子", "轻奢", "家用"):
        assert finds(word, title), word


def test_stop_words_fall_unless_nothing_is_left() -> None:
    assert query_terms("show me the best shoes for running") == ["shoe", "run"]
    assert query_terms("帮我推荐一款适合跑步的鞋") == ["跑步", "跑", "步", "鞋"]
    assert query_terms("the who") == ["the", "who"]
    assert query_terms("有没有") != []
    assert "no" in query_terms("no show socks")


def test_query_terms_come_once_and_index_terms_in_order() -> None:
    assert query_terms("red red 红 红") == ["red", "红"]
    terms = index_terms("red shoes blue shoes")
    assert terms == ["red", "shoe", "blue", "shoe"]


def test_long_codes_do_not_explode() -> None:
    assert len(index_terms("a1b2c3d4e5f6g7h8i9j0" * 20)) < 500
    assert len(index_terms("9" * 5000)) == 1


def test_best_path_splits_as_a_reader_would() -> None:
    assert best_words("深度学习模型需要大量训练数据") == (
        "深度", "学习", "模型", "需要", "大量", "训练", "数据")  # fmt: skip


@given(st.text(max_size=80))
def test_no_text_breaks_the_terms_and_every_text_finds_itself(text: str) -> None:
    terms = index_terms(text)
    assert all(terms)
    assert not any(term.isspace() or " " in term for term in terms)
    assert set(query_terms(text)) <= set(terms)


_PIECES = st.sampled_from(
    ["WH", "-", "1000", "xm", "4", " ", "红", "色鞋", "500", "ml", ".", "5", "cm", "x", "ＡＢ", "無線",
     "t", "shirt", "'s", "/", "+", "&", ",", "000", "inch", '"', "毫升", "é", "15", "iphone", "m"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_shop_like_text_finds_itself(text: str) -> None:
    assert set(query_terms(text)) <= set(index_terms(text))


def test_english_text_never_loads_the_chinese_dictionary(isolated_python) -> None:
    out = isolated_python(
        "import sys; from catalog.text import index_terms, query_terms, language_of, sentiment;"
        "index_terms('Red running shoes 500ml'); query_terms('red shoes');"
        "language_of('red shoes'); sentiment('very good'); print('jieba' in sys.modules)"
    )
    assert out == "False"


def test_the_dictionary_loads_without_a_shared_cache_file(isolated_python, tmp_path) -> None:
    out = isolated_python(
        "import os; from catalog.text import warm_up, index_terms; warm_up();"
        "print(os.listdir(os.environ['TMPDIR']), len(index_terms('跑步鞋')))",
        TMPDIR=str(tmp_path),
    )
    assert out == "[] 6"


def test_a_name_that_no_dictionary_knows_is_found_by_its_pairs() -> None:
    assert "优芭" in index_terms("优芭拉女装") and "芭拉" in index_terms("优芭拉女装")
    assert query_terms("优芭拉裤子")[0] == "优芭拉"


def test_guessing_keeps_every_character_in_its_order() -> None:
    for run in ("威驰室外天线", "恶魔蟹", "苹果树假花", "廉邦铁锅", "蟹", "种花吕线造型"):
        assert "".join(guessed_words(run)) == run
    assert guessed_words("优芭拉裤子") == ("优芭拉", "裤子")
