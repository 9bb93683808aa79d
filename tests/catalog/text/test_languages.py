"""The language of a short text, by script and common words."""

# ruff: noqa: E501 - a case stays on one line

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.text import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("这双鞋很舒服", "zh-hans"), ("這雙鞋很舒服", "zh-hant"), ("红色", "zh-hans"),
        ("有异味，洗了两遍，还是有！", "zh-hans"), ("Sony 降噪耳机", "zh-hans"), ("USB充电宝 20000mAh 快充", "zh-hans"),
        ("red running shoes", "en"), ("Bluetooth speaker", "en"), ("it's perfect for 跑步 and hiking in the rain", "en"),
        ("カメラ用のバッグ", "ja"), ("운동화 남성용", "ko"), ("кроссовки мужские", "ru"),
        ("Chaussures de course pour homme avec semelle", "fr"), ("Schuhe für die Arbeit und den Sport", "de"),
        ("zapatos para correr con suela", "es"), ("12345 !!!", "und"), ("", "und"),
    ],
)  # fmt: skip
def test_language(text: str, language: str) -> None:
    guess = language_of(text)
    assert guess.language == language
    assert guess.model_version


def test_confidence_falls_with_mixture() -> None:
    assert language_of("这双鞋很舒服").confidence == 1.0
    assert language_of("Sony wireless 耳机 headphones").confidence < 0.9
    assert language_of("12345").confidence == 0.0


@given(st.text(max_size=80))
def test_any_text_gets_a_guess(text: str) -> None:
    guess = language_of(text)
    assert 0 <= guess.confidence <= 1
