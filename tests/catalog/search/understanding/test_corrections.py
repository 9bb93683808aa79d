"""Corrections: typos, pinyin, homophones; reported, never silent, never where a word is right."""

import pytest

from catalog.search.understanding import Vocabulary
from catalog.search.understanding.typos import edit_distance
from tests.catalog.search.understanding.conftest import Read

CORRECTED = {
    "bluetoth hedphones": [("bluetoth", "bluetooth"), ("hedphones", "headphones")],
    "runing shoes": [("runing", "running")],
    "watreproof backpak": [("watreproof", "waterproof"), ("backpak", "backpack")],
    "adiddas sneekers": [("adiddas", "adidas"), ("sneekers", "sneakers")],
    "lanya erji": [("lanya", "蓝牙"), ("erji", "耳机")],
    "lan ya er ji": [("lan ya er ji", "蓝牙耳机")],
    "lanyaerji": [("lanyaerji", "蓝牙耳机")],
    "paobuxie nan": [("paobuxie", "跑步鞋"), ("nan", "男")],
    "连依裙 碎花": [("连依裙", "连衣裙")],
    "充电保": [("充电保", "充电宝")],
    "蓝呀耳机": [("蓝呀耳机", "蓝牙耳机")],
}


@pytest.mark.parametrize("query", CORRECTED)
def test_a_slip_is_mended_and_reported(read: Read, query: str) -> None:
    need = read(query)
    assert [(one.said, one.read) for one in need.corrections] == CORRECTED[query]
    for one in need.corrections:
        assert query[one.start : one.end] == one.said
        assert one.said not in need.text


RIGHT = [
    "casio watch", "coach bag", "anker charger", "theory dress", "galaxy s24", "wh-1000xm4",
    "women",
    "banana holder", "stacking chairs", "expansion card", "quart jar", "玉米粉碎机", "柜门铰链",
    "要带拉链的包", "garmin", "macbook", "nan", "xiaomi", "kindle", "stuffer",
]  # fmt: skip


@pytest.mark.parametrize("query", RIGHT)
def test_what_is_right_is_left_alone(read: Read, query: str) -> None:
    assert read(query).corrections == ()


def test_a_correction_can_be_taken_back(read: Read) -> None:
    need = read("bluetoth speaker", correct=False)
    assert need.corrections == ()
    assert "bluetoth" in need.text
    assert need.of("feature") == ()


def test_skus_are_known_by_the_shop_alone(read: Read) -> None:
    asked: list[str] = []

    def skus(word: str) -> str | None:
        asked.append(word)
        return "CL-TEE-01" if word.upper() == "CL-TEE-01" else None

    words = Vocabulary.from_lexicon(skus=skus)
    (slot,) = read("cl-tee-01 white", words=words).of("sku")
    assert (slot.value, slot.surface) == ("CL-TEE-01", "cl-tee-01")
    assert read("XX-999 white", words=words).of("sku") == ()
    assert asked == ["cl-tee-01", "XX-999"]


def test_a_shops_own_words_are_corrected_to(read: Read) -> None:
    words = Vocabulary.from_lexicon(brands=["Cloudloom"])
    need = read("cloudlom hoodie", words=words)
    assert [slot.value for slot in need.of("brand")] == ["Cloudloom"]
    assert [(one.said, one.read) for one in need.corrections] == [("cloudlom", "cloudloom")]


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [("kettle", "kettle", 0), ("ketle", "kettle", 1), ("ketlte", "kettle", 1), ("kittle",
     "kettle", 1),
     ("abcd", "badc", 2), ("", "ab", 2), ("abcdef", "uvwxyz", 3)],
)  # fmt: skip
def test_edit_distance_counts_swaps_once_and_stops_at_its_limit(
    left: str, right: str, distance: int
) -> None:
    assert edit_distance(left, right, 2) == distance
    assert edit_distance(right, left, 2) == distance
