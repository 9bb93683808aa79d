"""The vocabulary files keep their promises: wide, bilingual, consistent."""

from collections import Counter

import pytest

from catalog.lexicon import DIMENSIONS, lexicon
from catalog.lexicon.folding import fold
from catalog.lexicon.matching import Tables
from catalog.lexicon.values import has_han, load_dimensions, load_guards
from catalog.search.understanding import Slot

VALUES = [v for d in load_dimensions().values() for v in d.values.values()]


@pytest.mark.parametrize(
    ("dimension", "least"),
    [("colour", 45), ("material", 60), ("occasion", 40), ("audience", 20), ("feature", 100),
     ("category", 250), ("size", 20), ("season", 8), ("pattern", 30), ("fit", 15), ("style", 25)],
)  # fmt: skip
def test_each_dimension_is_wide(dimension: str, least: int) -> None:
    assert len(lexicon().dimension(dimension).values) >= least


def test_every_value_is_named_in_both_languages() -> None:
    for value in VALUES:
        assert value.zh
        assert value.en
        assert all(name.strip() == name and name for name in (*value.zh, *value.en)), value
        assert not any(has_han(name) for name in value.en), value


def test_every_parent_exists_and_no_value_is_its_own_ancestor() -> None:
    for value in VALUES:
        dimension = lexicon().dimension(value.dimension)
        assert value.code not in dimension.ancestors(value.code)
        assert value.parent is None or value.parent in dimension.values, value


def test_no_name_means_two_values_of_one_dimension() -> None:
    tables = Tables(load_dimensions(), load_guards())
    for table in (tables.han, tables.words):
        for surface, senses in table.items():
            counts = Counter(dimension for dimension, _ in senses)
            assert max(counts.values()) == 1, (surface, senses)


@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_every_display_name_leads_back_to_its_value(locale: str) -> None:
    lost = []
    for value in VALUES:
        found = lexicon().canonical(value.dimension, value.display(locale))
        if found != value.code:
            lost.append((value.dimension, value.code, value.display(locale), found))
    assert not lost


def test_names_by_locale() -> None:
    navy = lexicon().dimension("colour").values["navy"]
    assert navy.names("zh-hans")[0] == "藏青色"
    assert "navy blue" in navy.names("en")
    assert lexicon().names("en")["colour", "navy"] == "navy"
    assert set(lexicon().dimensions) == set(DIMENSIONS)


def test_letters_that_stand_for_words_are_large() -> None:
    features = lexicon().dimension("feature").values
    shown = [features[code].display("en") for code in ("bpa-free", "gps", "hdmi", "diy")]
    assert shown == ["BPA-free", "GPS", "HDMI", "DIY"]
    assert Slot("feature", "bpa-free", negated=True).label("en") == "not BPA-free"


def test_wider_values() -> None:
    categories = lexicon().dimension("category")
    assert categories.ancestors("t-shirt") == ("top", "clothing")
    assert categories.within("running-shoes", "shoes")
    assert not categories.within("shoes", "running-shoes")
    assert categories.ancestors("no such code") == ()


def test_guards_are_folded_words() -> None:
    guards = load_guards()
    assert all(fold(word) == word for word in guards.zh)
    assert len(guards.zh) > 300
