"""The words of copy: tables, verb phrases, a shop's sentences read, names."""

from dataclasses import replace

import pytest

from catalog.claims.checkers.named import DIMENSIONS
from catalog.claims.facts import ProductFacts
from catalog.lexicon import lexicon
from marketing.copy.channels import CHANNELS
from marketing.copy.composing import Composed, _new
from marketing.copy.phrasing.forming import merged, stated, together
from marketing.copy.phrasing.material import _of_the_offer, _written
from marketing.copy.phrasing.naming import measure, name_of
from marketing.copy.phrasing.reading import headless, lines_of, quotable
from marketing.copy.phrasing.words import agreeing, table


def made(title: str, **fields: object) -> ProductFacts:
    """Return the facts of a product with an English title."""
    return ProductFacts(1, "X", 1, {"en": title}, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "dimension"),
    [("features", "feature"), ("occasions", "occasion"), ("audiences", "audience")],
)
def test_words_say_no_more_than_their_code(name: str, dimension: str) -> None:
    """Whatever vocabulary a word of a table holds is its own code or wider."""
    known = lexicon()
    for code, row in table(name).items():
        assert known.value(dimension, code), (name, code)
        for field in ("zh", "en", "tag_zh", "tag_en"):
            spans = known.match(str(row.get(field, "")), DIMENSIONS)
            senses = [[(one.dimension, one.code), *one.also] for one in spans]
            for readings in senses:
                codes = {found for kind, found in readings if kind == dimension}
                wider = any(known.dimension(dimension).within(code, one) for one in codes)
                assert wider or (name, code) in ODD, (name, code, readings)


# "business trips" holds business and trips; "moving house" a house. The ledger is asked anyway.
ODD = {
    ("occasions", "business-trip"), ("occasions", "commute"), ("audiences", "athletes"),
    ("audiences", "gamers"), ("occasions", "back-to-school"), ("occasions", "moving-house"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("phrase", "plural"),
    [("is soft", "are soft"), ("dries quickly", "dry quickly"), ("has pockets", "have pockets"),
     ("connects by Bluetooth", "connect by Bluetooth"), ("stretches", "stretch")],
)  # fmt: skip
def test_verb_phrases_agree(phrase: str, plural: str) -> None:
    """With one thing and with several."""
    assert agreeing(phrase, plural=True) == plural
    assert agreeing(phrase, plural=False) == phrase


def test_states_are_drawn_together() -> None:
    """ "is soft and is warm" is one "is"."""
    said = merged(["is soft", "dries quickly", "is warm"])
    assert said == "is soft and warm, and dries quickly"


def test_a_row_is_stated_when_its_numbers_are() -> None:
    """25 is not stated by 255."""
    assert stated("重量：255 g", "重255克")
    assert not stated("Weight: 25 g", "it weighs 255 g")


def test_a_shops_sentences_are_told_apart() -> None:
    """Facts, uses, care and warnings, with what leans on a sentence before."""
    text = (
        "长180厘米，绕两圈还能塞进大衣。适合秋冬上班戴。手洗冷水，平铺晾。"
        "深色会有一点浮色，前两次单独洗。所以很省心的一条。我们每条都量过。"
    )
    lines = lines_of(text, "zh-hans")
    assert [one.kind for one in lines[:4]] == ["fact", "use", "care", "care"]
    assert lines[4].leans and lines[5].own and not lines[5].sells
    english = lines_of("<p>It does not keep out rain.</p><ul><li>Hand pockets</li></ul>", "en")
    assert (english[0].kind, english[0].sells) == ("caveat", False)
    assert english[1].text == "Hand pockets"


def test_what_is_in_another_language_is_left_out() -> None:
    """And what is only a fragment."""
    assert not lines_of("A warm scarf of merino wool.", "zh-hans")
    assert not lines_of("围巾很暖和，可以绕两圈。", "en")


def test_a_point_has_no_pronoun() -> None:
    """It is written as a list is."""
    assert headless("It is 180 cm long") == "180 cm long"
    assert headless("It has a zip") == "A zip"
    assert headless("They weigh 255 g") == "Weigh 255 g"
    assert headless("Its strap is long") == "Its strap is long"


def test_only_whole_and_content_sentences_are_quoted() -> None:
    """No figures, no complaint, no question."""
    assert quotable("绳子编得密，孩子洗澡也戴着", "zh-hans")
    for one in ("就是有点贵，颜色还行", "三天到货，快递小哥辛苦", "38码偏大一点点", "好"):
        assert not quotable(one, "zh-hans")


def test_names_lose_their_small_print() -> None:
    """The core of a title, its noun, its number."""
    name = name_of(made("Combed Cotton Crew Socks, 5 Pairs"), "en")
    assert (name.short, name.plural) == ("Combed Cotton Crew Socks", True)
    assert name_of(made("Jersey Wrap Dress for Work"), "en").short == "Jersey Wrap Dress"
    assert name_of(made("Caf&eacute; Mug"), "en").short == "Café Mug"


def test_a_language_without_a_title_gets_a_made_one() -> None:
    """Of brand, material and kind; of its own name where it has one."""
    cap = made("Washed Canvas Cap", brand="Dunefold", attributes={"material": "canvas"})
    assert name_of(cap, "zh-hans").short.startswith("Dunefold 帆布")
    assert name_of(made("Frankie Sweatshirt"), "zh-hans").short == "Frankie 卫衣"


@pytest.mark.parametrize(
    ("noun", "word"),
    [
        ("围巾", "条"),
        ("煎锅", "口"),
        ("蓝牙耳机", "副"),
        ("普洱茶", "款"),
        ("书包", "只"),
        ("跑鞋", "双"),
    ],
)
def test_measure_words(noun: str, word: str) -> None:
    """The right one, and 款 where the packing is not known."""
    assert measure(noun) == word


@pytest.mark.parametrize(
    ("name", "value", "offered"),
    [
        ("城市", "嘉兴市", True), ("省份", "浙江省", True), ("包装方式", "包装", True),
        ("是否手工", "是", True), ("City", "Jiaxing", True), ("Barcode", "690123", True),
        ("产地", "浙江安吉", False), ("包装", "礼盒", False), ("Capacity", "500 ml", False),
    ],
)  # fmt: skip
def test_what_is_of_the_offer_is_not_told_of_the_goods(
    name: str, value: str, offered: bool
) -> None:
    assert _of_the_offer({"name": name, "value": value}) is offered


def test_tags_alone_are_no_text() -> None:
    post = CHANNELS["social_xhs"]
    assert not _new({"title": "零食", "body": "#零食 #小吃"}, [], post)
    assert _new({"title": "零食", "body": "净含量 384 克\n#零食"}, [], post)


@pytest.mark.parametrize(
    ("title", "categories", "brand", "short"),
    [
        ("北欧风垃圾桶家用客厅创意可爱卧室厨房卫生间大号无盖纸篓垃圾桶", ("垃圾桶",), "",
         "北欧风垃圾桶"),
        ("iphone12手机壳玻璃苹果12promax渐变创意简约潮全包镜头防摔", ("手机保护套-壳",), "",
         "iphone12手机壳"),
        ("Satchi/沙驰男鞋一脚蹬皮鞋2021新款夏季打孔镂空透气商务休闲鞋", ("休闲皮鞋",),
         "Satchi/沙驰", "男鞋一脚蹬皮鞋"),
        ("手工纸罩床头灯", ("灯",), "青坞", "手工纸罩床头灯"),
    ],
)  # fmt: skip
def test_a_heap_of_search_words_is_no_name(
    title: str, categories: tuple[str, ...], brand: str, short: str
) -> None:
    """What it is comes out of it by its category; a title that is a name stays."""
    facts = ProductFacts(
        1, "X", 1, {"zh-hans": title}, brand=brand, category_names=categories
    )  # fmt: skip
    assert name_of(facts, "zh-hans").short == short


def test_a_shop_s_category_names_what_its_title_does_not() -> None:
    """In the other language; a whole department names nothing, and then nothing is said."""
    facts = made("Helena Hooded Fleece", category_names=("Women", "Hoodies & Sweatshirts"))
    assert name_of(facts, "zh-hans").short == "Helena 卫衣"
    wide = made("Sprite Stasis Ball", category_names=("Fitness Equipment",))
    assert name_of(wide, "zh-hans").foreign


def test_a_sentence_that_begins_with_the_name_says_it_once() -> None:
    """After the name was said, its subject is a pronoun; other sentences stay."""
    name = name_of(made("Ingrid Running Jacket"), "en")
    assert name.again("The Ingrid Running Jacket combines warmth and light.") == (
        "It combines warmth and light."
    )
    assert name.again("Wear the jacket in the cold.") == "Wear the jacket in the cold."


@pytest.mark.parametrize(
    ("clauses", "said"),
    [(["保暖", "轻便"], "又保暖又轻便"), (["保暖", "能折叠"], "保暖，还能折叠"),
     (["可以水洗", "防泼水"], "防泼水，可以水洗"), (["透气"], "透气")],
)  # fmt: skip
def test_chinese_clauses_are_said_in_one_breath(clauses: list[str], said: str) -> None:
    """Adjectives before verbs, and 还 before a verb alone."""
    assert said in together(clauses)


def test_measures_are_written_as_the_language_writes_them() -> None:
    """Words in Chinese, a capital litre in English; other text is left alone."""
    assert _written("1.35 kg", "zh-hans") == "1.35 公斤"
    assert _written("40 l", "en") == "40 L"
    assert _written("1,600 dpi", "zh-hans") == "1,600 dpi"
    assert _written("CoolTech&trade;", "en") == "CoolTech"


def test_siblings_that_differ_only_in_how_they_call_the_goods_are_one() -> None:
    """ "The Coat Rack is adjustable" says what "This coat rack is adjustable" says."""
    first = Composed({"line": "The coat rack is adjustable."}, "benefit")
    place = CHANNELS["banner"]
    parts = {"headline": "Coat rack", "line": "The coat rack is adjustable", "button": "Look"}
    again = {"headline": "Coat rack", "line": "This coat rack is adjustable", "button": "See"}
    assert _new(parts, [], place)
    assert not _new(again, [replace(first, parts=parts)], place)
