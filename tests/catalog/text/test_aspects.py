"""What a review says of what: the aspect, good or bad, and the words that say so."""

import pytest

from catalog.text.aspects import ASPECTS, aspects


def said(text: str) -> set[tuple[str, int]]:
    """Return the aspects of a text with their polarity."""
    return {(one.aspect, one.polarity) for one in aspects(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("电池太差", {("battery", -1)}),
        ("质量不错，但尺码偏小，发货很快", {("quality", 1), ("fit", -1), ("delivery", 1)}),
        ("没有异味，做工精细", {("smell", 1), ("quality", 1)}),
        ("有股刺鼻的味道", {("smell", -1)}),
        ("一点都不起球", {("durability", 1)}),
        ("面料不舒服", {("comfort", -1)}),
        ("客服态度很好，价格也实惠", {("service", 1), ("price", 1)}),
        ("It runs small but the colour is beautiful.", {("fit", -1), ("looks", 1)}),
        ("Not comfortable at all", {("comfort", -1)}),
        ("It does not pill. Not worth the price!", {("durability", 1), ("price", -1)}),
        ("The battery dies quickly and the sound is awful", {("battery", -1), ("sound", -1)}),
        ("Arrived late, but well packed", {("delivery", -1), ("delivery", 1)}),
        ("I bought this on Tuesday.", set()),
        ("周二买的", set()),
    ],
)
def test_reads(text: str, expected: set[tuple[str, int]]) -> None:
    assert said(text) == expected


def test_evidence_is_the_clause_that_says_so() -> None:
    text = "Nice shop\nThe fabric is soft, the seams unravel. 尺码偏小。"
    found = {one.aspect: text[one.start : one.end] for one in aspects(text)}
    assert found == {
        "comfort": "The fabric is soft",
        "quality": "the seams unravel",
        "fit": "尺码偏小",
    }


def test_says_each_aspect_once_for_each_polarity() -> None:
    assert len(aspects("尺码偏小，" * 50)) == 1


def test_odd_and_huge_texts_are_read_in_time() -> None:
    for text in ("", "\0", "好" * 200_000, "not " * 50_000, ",." * 50_000, "\ud800 fit good"):
        assert len(aspects(text)) <= 2 * len(ASPECTS)
