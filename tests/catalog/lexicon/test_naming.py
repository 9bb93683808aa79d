"""Names of things in the other language, more closely than by their kinds."""

import pytest

from catalog.lexicon.naming import named, names_in, names_thing, other_names


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("面包刀", "bread knife"),
        ("bread knives", "面包刀"),
        ("Kettlebells", "壶铃"),
        ("火车", "train"),
    ],
)
def test_a_name_has_another_in_the_other_language(name: str, other: str) -> None:
    assert other in other_names(name)


def test_what_is_not_written_down_has_none() -> None:
    assert other_names("平时") == ()
    assert named(["平时"]) is None


def test_a_compound_is_read_by_its_parts() -> None:
    found = named(["铸铁", "煎锅"])
    assert found is not None
    assert found.words == 2
    assert "cast iron" in found.ways[0]
    assert "skillet" in found.ways[1]


def test_the_longest_name_counts() -> None:
    found = named(["food", "flask", "lid"])
    assert found is not None
    assert (found.words, found.ways) == (2, (("焖烧杯",),))


def test_what_only_describes_names_no_thing() -> None:
    assert names_thing("壶铃")
    assert not names_thing("折叠")


def test_names_are_found_in_a_sentence() -> None:
    assert [name for name, _others in names_in("有没有猫吊床和跳绳")] == ["吊床", "跳绳"]
    assert [name for name, _others in names_in("a jump rope, please")] == ["jump rope"]
