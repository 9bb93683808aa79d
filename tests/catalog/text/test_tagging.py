"""Tokens carry their place, part of speech and stop mark in both languages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.text import tokens

TAGS = {"noun", "propn", "verb", "adj", "adv", "num", "quant", "pron", "det", "prep", "conj", "aux",
        "part", "intj", "punct", "x"}  # fmt: skip


def tags(text: str) -> dict[str, str]:
    return {token.text: token.pos for token in tokens(text)}


def test_chinese_words_are_tagged() -> None:
    found = tags("这双黑色的鞋子非常舒适,我买了3双。")
    assert found["鞋子"] == "noun"
    assert found["买"] == "verb"
    assert found["舒适"] == "adj"
    assert found["非常"] == "adv"
    assert found["我"] == "pron"
    assert found["3"] == "num"
    assert found["。"] == "punct"


def test_english_words_are_tagged() -> None:
    found = tags("The waterproof boots are very comfortable and quickly dry in 30 minutes")
    assert found == {
        "The": "det", "waterproof": "adj", "boots": "noun", "are": "aux", "very": "adv",
        "comfortable": "adj", "and": "conj", "quickly": "adv", "dry": "adj", "in": "prep",
        "30": "num", "minutes": "noun",
    }  # fmt: skip


def test_stop_words_are_marked_and_negations_are_not() -> None:
    stop = {token.text: token.stop for token in tokens("这是不透明的 this is not for the rain")}
    assert stop["的"]
    assert stop["the"]
    assert stop["for"]
    assert not stop["not"]
    assert not stop["rain"]


def test_places_are_those_of_the_written_text() -> None:
    text = "ＸＬ　無線\u200b耳機 Café"
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
    assert [t.text for t in tokens(text)][:2] == ["ＸＬ", "無線\u200b耳機"]


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200b"])
def test_nothing_gives_no_tokens(text: str) -> None:
    assert tokens(text) == []


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_tokens_are_slices_in_order_on_any_text(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= end
        assert token.pos in TAGS
        end = token.end
