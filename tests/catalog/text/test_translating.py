"""Translation says when there is none; glosses name the vocabulary."""

import pytest

from catalog.text import Translator, TranslatorMissing, gloss, translate


def test_without_a_translator_the_error_says_how_to_get_one() -> None:
    with pytest.raises(TranslatorMissing) as caught:
        translate("红色连衣裙", "en")
    assert "Configure a language model" in str(caught.value)
    assert caught.value.remedy
    assert caught.value.to == "en"


def test_a_configured_translator_answers_with_its_version() -> None:
    answer = translate("红色", "en", Translator("test-1", lambda text, to: f"{to}:{text}"))
    assert (answer.text, answer.language, answer.model_version) == ("en:红色", "en", "test-1")


def test_gloss_names_vocabulary_in_both_directions() -> None:
    assert gloss("红色连衣裙 女 纯棉", "en").text == "red dress women cotton"
    assert gloss("black sneakers for men", "zh-hans").text == "黑色运动鞋男士"
    assert gloss("zzz", "en").words == ()
    assert gloss("red", "zh-hans").model_version == "gloss-lexicon-1"
