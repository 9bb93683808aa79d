"""Feelings in both languages: negation, strength, contrast, and real reviews."""

# ruff: noqa: E501 - a case stays on one line

import csv
import lzma
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.text import sentiment
from tests.shared import shared_file


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("质量很好，物流也快", "positive"), ("非常满意，会回购", "positive"), ("不错，推荐购买", "positive"),
        ("沒有異味，很喜歡", "positive"), ("一点都不差", "positive"),
        ("太差了，再也不买", "negative"), ("不好用", "negative"), ("质量不好，掉色严重", "negative"),
        ("衣服好看但是掉色严重", "negative"), ("没有想象中的好", "negative"), ("不是很满意", "negative"),
        ("这是一个杯子", "neutral"), ("", "neutral"), ("123", "neutral"),
        ("I love this dress, it fits perfectly", "positive"), ("Great quality and fast shipping", "positive"),
        ("not bad at all", "positive"), ("no problems so far", "positive"),
        ("Terrible. It broke after two days.", "negative"), ("not worth the money", "negative"),
        ("It doesn't fit well and isn't comfortable", "negative"), ("Cute but very itchy", "negative"),
        ("It is a cup", "neutral"),
    ],
)  # fmt: skip
def test_label(text: str, label: str) -> None:
    answer = sentiment(text)
    assert answer.label == label, answer
    assert answer.model_version == "sentiment-lexicon-1"


def test_strength_scales() -> None:
    assert sentiment("very good").score > sentiment("good").score > sentiment("slightly good").score
    assert sentiment("非常好看").score > sentiment("好看").score > sentiment("有点好看").score


def test_evidence_names_the_words() -> None:
    assert sentiment("不是很满意").evidence == ("-满意",)


@given(st.text(max_size=100))
def test_any_text_gets_a_score(text: str) -> None:
    assert -1 <= sentiment(text).score <= 1


def _balanced_accuracy(rows: list[tuple[str, bool]]) -> float:
    random.Random(7).shuffle(rows)
    right: dict[bool, list[bool]] = {True: [], False: []}
    for text, positive in rows[:3000]:
        right[positive].append((sentiment(text).score > 0) == positive)
    return sum(sum(hits) / len(hits) for hits in right.values()) / 2


def test_real_chinese_reviews() -> None:
    path = shared_file("online_shopping_10_cats/online_shopping_10_cats.train80.csv.xz")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [(row["review"], row["label"] == "1") for row in csv.DictReader(lines)]
    assert _balanced_accuracy(rows) >= 0.82  # 0.85 when written


def test_real_english_reviews() -> None:
    path = shared_file("womens_clothing_reviews/reviews.train80.csv.xz")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [
            (f"{row['Title']}. {row['Review Text']}", int(row["Rating"]) > 3)
            for row in csv.DictReader(lines)
            if row["Review Text"] and row["Rating"] != "3"
        ]
    assert _balanced_accuracy(rows) >= 0.76  # 0.79 when written
