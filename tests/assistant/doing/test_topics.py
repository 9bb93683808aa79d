"""What a question about goods is about."""

import pytest

from assistant.doing.qualities import qualities_of
from assistant.doing.topics import named_topic, topics_of, written
from catalog.lexicon import lexicon
from catalog.text.aspects import ASPECTS


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("does it plug into usb", "usb"),
        ("这个怎么泡", "brewing"),
        ("多少克一包", "weight"),
        ("and how bright is that", "brightness"),
        ("第二个能调亮度吗", "dimming"),
        ("打电话清楚吗", "calls"),
        ("戴久了会不会耳朵疼", "ears"),
        ("how long does it take to charge", "charging_time"),
        ("do they shrink in the wash", "shrinking"),
        ("what do people say about the zips", "zips"),
    ],
)
def test_words_say_what_is_asked(question: str, name: str) -> None:
    assert topics_of(question)[0].name == name


@pytest.mark.parametrize("question", ["how much is it", "最便宜的是哪个", "is the first one nice"])
def test_what_stands_in_no_line_is_no_topic(question: str) -> None:
    assert topics_of(question) == ()


def test_a_narrow_matter_stands_alone() -> None:
    assert [one.name for one in topics_of("how long is the battery charging time")] == [
        "charging_time"
    ]


def test_what_is_written_down_is_known_elsewhere() -> None:
    features = lexicon().dimension("feature").values
    assert {code for one in written() for code in one.features} <= set(features)
    assert {one.aspect for one in written()} <= {"", *ASPECTS}


def test_lasting_is_of_batteries_or_of_use() -> None:
    found = [one.name for one in qualities_of("which of these would last longest")]
    assert found == ["battery", "durability"]
    assert [one.name for one in qualities_of("which has the longest cable")] == ["length"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what are people saying about the clasp", "clasp"),
        ("买过的人怎么评价皮质", "皮质"),
        ("what do buyers say about the first one?", ""),
        ("what do people say about it", ""),
        ("买家都吐槽什么", ""),
    ],
)
def test_reviews_are_asked_about_a_thing_by_its_name(question: str, name: str) -> None:
    found = named_topic(question)
    assert (found.names[0] if found else "") == name
