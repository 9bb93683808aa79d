"""Names of dimensions, values and sizes in the reader's language."""

import pytest
from django.utils import translation

from catalog.lexicon import DIMENSIONS, lexicon
from catalog.presenting.naming import (
    SWATCHES,
    dimension_name,
    html_lang,
    option_value,
    size_key,
    value_name,
)


@pytest.mark.parametrize("dimension", [name for name in DIMENSIONS if name != "category"])
def test_every_dimension_and_value_has_a_name_in_both_languages(dimension: str) -> None:
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert dimension_name(dimension)
            names = [value_name(dimension, code) for code in lexicon().dimension(dimension).values]
            assert all(names)
            if dimension in ("colour", "material", "season", "occasion"):
                chinese = [any("\u3400" <= c <= "\u9fff" for c in name) for name in names]
                assert (
                    sum(chinese) >= len(names) * 0.9 if language == "zh-hans" else not any(chinese)
                )


def test_a_shops_own_words_stay_its_own() -> None:
    assert dimension_name("karat_weight") == "Karat weight"
    assert value_name("brand", "loom-and-co") == "loom-and-co"
    assert value_name("colour", "midnight-sky") == "Midnight sky"
    assert option_value("capacity", "350-ml", "350 ml") == "350 ml"
    assert option_value("colour", "light-blue", "sky") == "Light blue"
    assert option_value("colour", "", "sky") == "sky"


def test_sizes_go_from_small_to_large() -> None:
    sizes = ["xl", "size-42", "m", "eu-39", "s", "size-9", "wide", "xxl"]
    assert sorted(sizes, key=size_key) == [
        "s",
        "m",
        "xl",
        "xxl",
        "size-9",
        "eu-39",
        "size-42",
        "wide",
    ]


def test_colours_have_swatches() -> None:
    known = set(lexicon().dimension("colour").values)
    assert set(SWATCHES) <= known
    assert all(len(colour) == 7 and colour.startswith("#") for colour in SWATCHES.values())


def test_only_another_language_is_named() -> None:
    with translation.override("en"):
        assert (html_lang("en"), html_lang("zh-hans"), html_lang("")) == ("", "zh-Hans", "")
    with translation.override("zh-hans"):
        assert (html_lang("en"), html_lang("zh-hans"), html_lang("de")) == ("en", "", "de")
