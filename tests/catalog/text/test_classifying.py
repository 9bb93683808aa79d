"""Texts find their shelf by vocabulary, words and vectors."""

# ruff: noqa: E501 - a case stays on one line

import numpy as np
import pytest

from catalog.text import classify

LABELS = {
    "clothing/tops/t-shirts": ["T-shirts", "T恤"],
    "clothing/dresses": ["Dresses", "连衣裙"],
    "shoes/running": ["Running shoes", "跑步鞋"],
    "shoes": ["Shoes", "鞋子"],
    "electronics/headphones": ["Headphones", "耳机"],
    "electronics/phones": ["Phones", "手机"],
    "electronics/cases": ["Phone cases", "手机壳"],
    "home/tea": ["Tea sets", "茶具"],
    "food/tea": ["Tea", "茶叶"],
}


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Men's cotton crew neck tee, 3 pack", "clothing/tops/t-shirts"),
        ("Summer floral midi dress with pockets", "clothing/dresses"),
        ("Lightweight running shoes for men", "shoes/running"),
        ("Leather Chelsea boots", "shoes"),
        ("Wireless earbuds with charging case", "electronics/headphones"),
        ("Clear case for iPhone 15", "electronics/cases"),
        ("Glass teapot with infuser", "home/tea"),
        ("新款纯棉短袖T恤男宽松", "clothing/tops/t-shirts"),
        ("法式碎花长裙女夏", "clothing/dresses"),
        ("马拉松竞速跑鞋男", "shoes/running"),
        ("真皮马丁靴女秋冬", "shoes"),
        ("入耳式降噪蓝牙耳机 适用苹果华为手机", "electronics/headphones"),
        ("防摔手机壳磁吸透明", "electronics/cases"),
        ("功夫茶具套装家用盖碗", "home/tea"),
        ("明前龙井绿茶250g罐装", "food/tea"),
    ],
)
def test_titles_find_their_label(title: str, label: str) -> None:
    answer = classify(title, LABELS)
    assert answer.label == label
    assert answer.confidence == max(answer.scores.values())
    assert answer.model_version == "classify-lexicon-1"


def test_nothing_known_gives_no_label() -> None:
    answer = classify("zzz qqq", LABELS)
    assert answer.label is None
    assert answer.confidence == 0.0


def test_vectors_decide_where_words_do_not() -> None:
    one, other = np.eye(4, dtype=np.float32)[:2]
    answer = classify("zzz", {"a": ["Alpha"], "b": ["Beta"]}, vector=other, centroids={"a": one, "b": other})  # fmt: skip
    assert answer.label == "b"
    assert answer.model_version == "classify-lexicon-1+centroids"


def test_no_labels_no_answer() -> None:
    assert classify("shoes", {}).label is None
