"""In what products are set against each other, and what a wish for less or more comes to."""

import pytest

from assistant.doing.qualities import Quality, features_in, quality_of
from assistant.doing.rules.relatives import relative_of
from assistant.leaning import leaning_of


@pytest.mark.parametrize(
    ("question", "name", "least"),
    [
        ("which is the lightest", "weight", True),
        ("最重的是哪个", "weight", False),
        ("哪个保温时间最长", "kept", False),
        ("which one has the longest battery life?", "battery", False),
        ("最薄的", "thickness", True),
        ("the quietest", "noise", True),
        ("好评最多的是哪个", "popular", False),
        ("which is the biggest", "capacity", False),
        ("最便宜哪个", "price", True),
    ],
)
def test_words_say_in_what_and_which_end(question: str, name: str, least: bool) -> None:
    found = quality_of(question)
    assert found is not None
    assert (found.name, found.least) == (name, least)


def test_what_stands_in_no_line_is_no_quality() -> None:
    assert quality_of("which is the sharpest") is None


def test_units_that_compare_are_one_group() -> None:
    groups = Quality("", codes=("weight_g", "weight_kg", "capacity_ml", "capacity_mah")).groups
    assert groups == [["weight_g", "weight_kg"], ["capacity_ml"], ["capacity_mah"]]


def test_a_superlative_of_a_feature_is_that_feature() -> None:
    assert features_in("most breathable") == ("breathable",)
    assert features_in("softest") == ("soft",)
    assert features_in("sharpest") == ()


@pytest.mark.parametrize(
    ("text", "name", "least"),
    [
        ("上班用的，别太大", "capacity", True),
        ("anything lighter", "weight", True),
        ("声音要小的", "noise", True),
        ("不要太甜的", "sugar", True),
        ("大一点的", "capacity", False),
    ],
)
def test_less_or_more_is_wished_for(text: str, name: str, least: bool) -> None:
    found = leaning_of(text)
    assert found is not None
    assert (found.quality.name, found.quality.least) == (name, least)


@pytest.mark.parametrize(
    "text", ["something cheaper", "in blue", "any other options", "别太花哨的"]
)
def test_what_is_not_measured_leans_nowhere(text: str) -> None:
    assert leaning_of(text) is None


def test_relatives_are_told_by_what_they_are_called() -> None:
    assert relative_of("我爸") == "father"
    assert relative_of("my grandson") == "kids"
    assert relative_of("班主任") == "teacher"
    assert relative_of("a colleague") == ""
