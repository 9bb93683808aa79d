"""Chinese by its sound, and slips of the finger."""

from __future__ import annotations

import pytest

from assistant.understanding.hearing import ear, learned
from assistant.understanding.intents.forms import faults
from assistant.understanding.sounding import chinese_of
from assistant.understanding.spelling import respelt


def test_words_are_chosen_by_what_stands_beside_them() -> None:
    heard = learned(["这根线有多粗"] * 4 + ["现在有货吗"] * 4)
    assert heard.read("zhegenxianyouduocu") == "这根线有多粗"
    assert heard.read("xianzaiyouhuoma") == "现在有货吗"


def test_a_space_ends_a_syllable() -> None:
    heard = learned(["西安到了吗", "先到的"] * 3)
    assert heard.read("xiandao", {2, 4}) != heard.read("xiandao", {4})
    assert heard.read("xiandao", {2, 4}).startswith("西安")


def test_letters_that_nothing_sounds_like_stay() -> None:
    assert ear().read("vvmai").startswith("vv")


@pytest.mark.parametrize(
    ("written", "read"),
    [("wo xiang tui huo", "我想退货"), ("keyi tuihuo ma", "可以退货吗"),
     ("wo de dingdan dao na le ?", "我的订单到哪了?")],
)  # fmt: skip
def test_pinyin_is_read(written: str, read: str) -> None:
    assert chinese_of(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [("wo xiang mai yi ge sou ji ke", "手机壳"), ("zege erji neng tui ma", "这个耳机"),
     ("you mei you lan nian yi qun", "连衣裙")],
)  # fmt: skip
def test_sounds_that_are_told_apart_by_few_are_read_for_each_other(written: str, read: str) -> None:
    assert read in (chinese_of(written) or "")


def test_blurred_pieces_that_were_typed_apart_end_a_syllable() -> None:
    heard = learned(["手机壳有吗", "这双鞋"] * 3)
    assert heard.read("soujike", {3, 5, 7}) == "手机壳"
    assert heard.read("soujike", {4}) != "手机壳"


def test_capitals_are_a_word_of_their_own_in_pinyin_without_spaces() -> None:
    assert (chinese_of("woshiyaoXLhaishiL") or "").replace(" ", "") == "我是要XL还是L"


@pytest.mark.parametrize("text", ["hoodie", "I want a song", "open the bag", "linen"])
def test_english_is_no_pinyin(text: str) -> None:
    assert chinese_of(text) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [("whre is my odrer", "where is my order"), ("Wuld this fit", "would this fit"),
     ("can I orer two", "can I order two"), ("定单到了吗", "订单到了吗")],
)  # fmt: skip
def test_slips_are_mended(written: str, meant: str) -> None:
    assert respelt(written) == meant


@pytest.mark.parametrize(
    "text",
    ["could you include a greeting card", "I couldn't find there's one", "does the kettle whistle",
     "那个包的肩带大概多宽", "我有湿疹，能穿吗"],
)  # fmt: skip
def test_what_is_right_stays(text: str) -> None:
    assert respelt(text) == text


def test_each_utterance_has_its_faults_and_always_the_same() -> None:
    assert faults("我的订单到哪了", "zh-hans") == faults("我的订单到哪了", "zh-hans")
    assert len(faults("我的订单到哪了", "zh-hans")) == 2
    (typo,) = faults("where is my order", "en")
    assert typo != "where is my order"
