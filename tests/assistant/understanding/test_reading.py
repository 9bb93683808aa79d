"""Reading messages: follow-ups, what they point at, feelings, numbers, languages; rules only."""

import dataclasses
import json
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.slots import Seen
from assistant.state import State
from assistant.understanding import Reading, read
from assistant.understanding.feeling import emotion_of
from catalog.search.understanding import Vocabulary

SHOWN = (
    Seen(
        "A", "Aurora Linen Shirt 亚麻衬衫", Decimal(199), "CNY", Decimal("4.5"), "Aurora", "white"
    ),
    Seen("B", "Cotton T-shirt 纯棉T恤", Decimal(89), "CNY", Decimal("4.8"), "Uniqlo", "blue 蓝色"),
    Seen("C", "Leather Running Shoes 皮跑鞋", Decimal(399), "CNY", Decimal("4.1"), "Nike", "black"),
)
LIST = State().shown(SHOWN)
PAIR = State().shown(SHOWN[:2])
TALKED_OF_B = dataclasses.replace(LIST, focus=("B",))
PAGE = State().on_page("P")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """Return the lexicon with three brands."""
    return Vocabulary.from_lexicon(brands=["Nike", "Uniqlo", "Aurora"])


def talk(vocabulary: Vocabulary, *lines: str, state: State | None = None) -> tuple[State, Reading]:
    state = state or State()
    for line in lines:
        reading = read(line, state, locale="en", vocabulary=vocabulary, currency="CNY")
        state = state.after(reading)
    return state, reading


@pytest.mark.parametrize(
    ("state", "said", "meant"),
    [
        (LIST, "那个便宜点的", "B"), (LIST, "第二个", "B"), (LIST, "the second one", "B"),
        (LIST, "the last one please", "C"), (LIST, "第一个和第三个对比一下", "A C"),
        (LIST, "compare the first and the third", "A C"), (PAIR, "这两个哪个好", "A B"),
        (PAIR, "which of these two is lighter", "A B"), (LIST, "the blue one", "B"),
        (LIST, "蓝色那个有货吗", "B"), (LIST, "那双跑鞋有42码吗", "C"), (LIST, "最贵的那个", "C"),
        (LIST, "does the Nike one run small", "C"), (LIST, "the cheapest one", "B"),
        (LIST, "how heavy is the linen shirt?", "A"), (TALKED_OF_B, "它防水吗", "B"),
        (TALKED_OF_B, "does it shrink", "B"), (TALKED_OF_B, "same but in black", "B"),
        (PAGE, "does it come in red?", "P"), (PAGE, "这款有几个颜色", "P"),
        (LIST, "前两个对比下", "A B"), (LIST, "倒数第二个", "B"), (LIST, "#3", "C"),
        (TALKED_OF_B, "the other ones", "A C"), (LIST, "评分最高的那款", "B"),
        (LIST, "add number 2 to my cart", "B"), (LIST, "the leather ones", "C"),
        (LIST, "Aurora那件怎么样", "A"), (LIST, "便宜的那个什么材质", "B"), (LIST, "第三双", "C"),
        (LIST, "all of them", "A B C"), (LIST, "这三款里哪个最轻", "A B C"),
        (LIST, "where is my second order", ""), (LIST, "I want a second hand bag", ""),
        (LIST, "show me blue shirts", ""), (LIST, "cheaper please", ""), (LIST, "第一次买", ""),
        (LIST, "换成黑色的", ""), (State(), "the second one", ""),
    ],
)  # fmt: skip
def test_finds_what_is_pointed_at(
    vocabulary: Vocabulary, state: State, said: str, meant: str
) -> None:
    assert " ".join(talk(vocabulary, said, state=state)[1].references) == meant


def test_says_when_it_cannot_tell(vocabulary: Vocabulary) -> None:
    for said in ("这件怎么样", "the fifth one", "both the shirt and the shoes"):
        reading = talk(vocabulary, said, state=LIST)[1]
        assert reading.unresolved and not reading.references


@pytest.mark.parametrize(
    ("lines", "chips"),
    [
        (("running shoes", "under 200 then", "in blue"), {"Running shoes", "≤ ¥200", "Blue"}),
        (("blue running shoes", "what about red?"), {"Running shoes", "Red"}),
        (("red dress", "any colour is fine"), {"Dress"}),
        (("red shoes under 100", "raise my budget to 300"), {"Red", "Shoes", "≤ ¥300"}),
        (("我想买一条裤子", "不要皮的", "换成黑色的"), {"Pants", "not leather", "Black"}),
        (("裤子", "预算提到500", "颜色无所谓"), {"Pants", "≤ ¥500"}),
        (("我想买一条裤子", "三百块以内送妈妈的生日礼物"), {"≤ ¥300", "Women", "Birthday", "Gift"}),
    ],
)
def test_follow_ups_add_up(vocabulary: Vocabulary, lines: tuple[str, ...], chips: set[str]) -> None:
    state, reading = talk(vocabulary, *lines)
    assert {chip.label for chip in state.chips("en")} == chips
    assert {slot.label("en") for slot in reading.need.slots} == chips


def test_cheaper_than_what_was_shown(vocabulary: Vocabulary) -> None:
    state, _ = talk(vocabulary, "shirts")
    _, reading = talk(vocabulary, "便宜点的有吗", state=state.shown(SHOWN))
    price = reading.need.price
    assert price is not None and price.maximum == Decimal("88.99")


def test_a_chip_is_taken_away_and_kept_in_json(vocabulary: Vocabulary) -> None:
    state, _ = talk(vocabulary, "red running shoes under 200")
    state = state.shown(SHOWN).asking("size", ["41"])
    assert State.from_json(json.loads(json.dumps(state.as_json()))) == state
    red = next(chip for chip in state.chips("en") if chip.kind == "colour")
    assert red.words == "red" and red.turn == 1
    assert "Red" not in {chip.label for chip in state.without(red.index).chips("en")}
    with pytest.raises(IndexError):
        state.without(99)


@pytest.mark.parametrize("kept", [None, 3, [], {}, {"version": 1}, {"version": 1, "slots": [{}]}])
def test_odd_json_is_an_empty_state(kept: object) -> None:
    assert State.from_json(kept) == State()


def test_what_was_refused_is_no_longer_visible() -> None:
    state = LIST.rejected(["B"])
    assert state.refused == ("B",) and [one.sku for one in state.visible] == ["A", "C"]
    assert LIST.rejected().refused == ("A", "B", "C")


@pytest.mark.parametrize(
    ("said", "emotion"),
    [
        ("气死我了，收到的是坏的", "angry"), ("This is ridiculous, I want my money back", "angry"),
        ("WHERE IS MY ORDER?! still not here", "angry"), ("等了好久还没到", "upset"),
        ("the mug arrived broken", "upset"), ("love it, thanks!", "glad"), ("太好了谢谢", "glad"),
        ("a non-slip yoga mat please", "calm"), ("三百块以内送妈妈的生日礼物", "calm"),
        ("usb-c cable", "calm"), ("不起球的毛衣", "calm"), ("ripped jeans", "calm"),
        ("是滚筒的吗？", "calm"), ("厨房垃圾桶", "calm"), ("滚！", "angry"),
        ("长曝光用的三脚架", "calm"), ("垃圾袋有卖的吗", "calm"), ("垃圾东西", "angry"),
    ],
)  # fmt: skip
def test_tells_how_people_feel(vocabulary: Vocabulary, said: str, emotion: str) -> None:
    assert talk(vocabulary, said)[1].emotion == emotion


def test_feelings_of_messages_written_apart() -> None:
    lines = (Path(__file__).parent / "emotions.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    told = [(felt, emotion_of(text, intent=intent)) for felt, text, intent in rows]
    for name in ("angry", "upset", "glad", "calm"):
        right = sum(felt == found == name for felt, found in told)
        named = sum((felt == name) + (found == name) for felt, found in told)
        assert 2 * right / named >= 0.9, name


def test_numbers_and_properties(vocabulary: Vocabulary) -> None:
    reading = talk(vocabulary, "訂單K7M2P-9XQ4T到哪了")[1]
    assert (reading.order_number, reading.intent) == ("K7M2P-9XQ4T", "order_status")
    assert talk(vocabulary, "k7m2p9xq4t")[1].order_number == "K7M2P-9XQ4T"
    assert talk(vocabulary, "a phone case")[1].order_number is None
    assert talk(vocabulary, "来两件")[1].quantity == 2
    assert talk(vocabulary, "add three of them to my cart")[1].quantity == 3
    assert talk(vocabulary, "how heavy is it?")[1].asked_attribute == "weight"
    assert talk(vocabulary, "可以机洗吗")[1].asked_attribute == "care"


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("where is my order", "en"), ("我的订单呢", "zh-hans"), ("我想買一件外套", "zh-hans"),
        ("Nike 跑鞋 42码", "zh-hans"), ("wo xiang mai lian yi qun", "zh-hans"), ("M", "en"),
    ],
)  # fmt: skip
def test_answers_in_the_language_of_the_message(
    vocabulary: Vocabulary, said: str, language: str
) -> None:
    assert talk(vocabulary, said)[1].language == language


def test_pinyin_is_read_as_chinese(vocabulary: Vocabulary) -> None:
    reading = talk(vocabulary, "wo yao tui huo")[1]
    assert reading.intent == "return"
    slots = talk(vocabulary, "wo xiang mai lian yi qun")[1].need.slots
    assert [slot.value for slot in slots] == ["dress"]


def test_an_answer_to_what_was_asked(vocabulary: Vocabulary) -> None:
    state, _ = talk(vocabulary, "running shoes")
    asked = read("300", state.asking("price"), locale="en", vocabulary=vocabulary, currency="CNY")
    assert asked.need.price is not None and asked.need.price.maximum == 300
    assert asked.intent == "refine" and not asked.abstained
    yes = read("好的", state.asking("confirm"), locale="en", vocabulary=vocabulary)
    assert (yes.intent, yes.confidence) == ("confirm", 1.0)


def test_an_unsure_head_gives_way_to_rules_and_else_abstains(vocabulary: Vocabulary) -> None:
    def unsure(_text: str) -> tuple[str, float]:
        return "praise", 0.2

    reading = read("我要退货", State(), locale="en", vocabulary=vocabulary, predict=unsure)
    assert reading.intent == "return" and not reading.abstained
    reading = read("qwxz blorb", State(), locale="en", vocabulary=vocabulary, predict=unsure)
    assert reading.abstained and reading.intent == "praise"
    strange = read("hm", State(), locale="en", vocabulary=vocabulary, predict=lambda _: ("?", 1.0))
    assert strange.abstained


@pytest.mark.parametrize(
    "said", ["", " ", "\u200b", "\x00", "？", "😀", "a" * 5_000, "第" * 900, "the " * 900, "\ud800"]
)
def test_reads_anything(vocabulary: Vocabulary, said: str) -> None:
    assert talk(vocabulary, said, state=LIST)[1].language in ("zh-hans", "en")


@pytest.mark.parametrize("word", ["hoodie", "bandana", "linen", "Nike", "leggings"])
def test_one_foreign_word_is_not_read_by_its_sound(vocabulary: Vocabulary, word: str) -> None:
    """On an English page a thing's English name is asked for in English."""
    _state, reading = talk(vocabulary, word)
    assert (reading.text, reading.language) == (word, "en")
    assert talk(vocabulary, "lianyiqun")[1].language == "zh-hans"


@pytest.mark.parametrize(
    ("said", "state", "intent"),
    [
        ("给狗狗买个窝", State(), "search"), ("帮我买点狗粮", State(), "search"),
        ("来一件", LIST, "cart_add"), ("帮我买这个", TALKED_OF_B, "cart_add"),
        ("给狗狗买个窝", PAGE, "cart_add"),
    ],
)  # fmt: skip
def test_buying_what_was_never_shown_looks_for_it(
    vocabulary: Vocabulary, said: str, state: State, intent: str
) -> None:
    read_it = read(said, state, locale="zh-hans", vocabulary=vocabulary,
                   predict=lambda _text: ("cart_add", 0.9))  # fmt: skip
    assert read_it.intent == intent


def test_cheaper_still_narrows_where_a_search_left_one(vocabulary: Vocabulary) -> None:
    one = dataclasses.replace(State().shown(SHOWN[:1]), intent="refine", topic="shirt")
    reading = read("再便宜点", one, locale="zh-hans", vocabulary=vocabulary,
                   predict=lambda _text: None)  # fmt: skip
    assert reading.intent == "refine" and reading.need.price


def test_another_page_is_what_is_talked_of_now() -> None:
    talked = dataclasses.replace(LIST, focus=("B",), page="P")
    assert talked.on_page("P").focus == ("B",)
    assert (talked.on_page("Q").focus, talked.on_page("Q").page) == ((), "Q")


@pytest.mark.parametrize(
    ("said", "heard", "intent"),
    [
        ("which one is the lightest?", "recommend", "compare"),
        ("which of them would you recommend?", "recommend", "compare"),
        ("这三个里面你推荐哪个", "recommend", "compare"), ("哪双最轻", "attribute", "compare"),
        ("推荐几款卫衣", "recommend", "recommend"),
        ("it broke on day one", "complaint", "complaint"),
    ],
)  # fmt: skip
def test_a_list_that_was_shown_is_what_is_chosen_from(
    vocabulary: Vocabulary, said: str, heard: str, intent: str
) -> None:
    state = dataclasses.replace(LIST, topic="shirt")
    reading = read(said, state, locale="en", vocabulary=vocabulary, predict=lambda _t: (heard, 0.8))
    assert reading.intent == intent


def test_there_is_but_one_budget_and_kindness_is_no_wish(vocabulary: Vocabulary) -> None:
    _state, reading = talk(vocabulary, "running shoes under 500", "too much, 150 yuan max")
    assert [one.maximum for one in reading.need.of("price")] == [Decimal(150)]
    assert "关系" not in talk(vocabulary, "蓝牙耳机", "要入耳的，便宜点没关系")[0].topic
