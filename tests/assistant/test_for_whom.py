"""For whom a thing is: by its department, and by what its title says."""

import pytest

from assistant.of_titles import sexes_in, with_named
from catalog.lexicon import lexicon
from catalog.search.understanding import Vocabulary, understand


@pytest.mark.parametrize(
    ("title", "sexes"),
    [
        ("百搭短靴子女", "women"), ("商务皮带 男士", "men"), ("男女同款卫衣", "men women"),
        ("母女睡衣", "women"), ("男友风白衬衫女", "women"),
        ("rain jacket for men", "men"), ("rain jacket", ""),
    ],
)  # fmt: skip
def test_whom_a_title_names(title: str, sexes: str) -> None:
    assert " ".join(sorted(sexes_in(title))) == sexes


def test_a_department_says_for_whom() -> None:
    rows = [
        ("1", {"en": "Women"}, (), None), ("2", {"en": "Hoodies"}, (), "1"),
        ("3", {"en": "Men"}, (), None), ("4", {"en": "Hoodies"}, (), "3"),
    ]  # fmt: skip
    vocabulary = Vocabulary.build(lexicon(), categories=rows)
    need = understand("hoodies for women", vocabulary=vocabulary, locale="en", currency="USD")
    assert [(one.kind, one.value) for one in need.slots if one.kind != "category"] == [
        ("audience", "women")
    ]
    assert {one.value for one in need.of("category")} == {"2", "4"}


def test_a_title_states_what_no_fact_does() -> None:
    facts = with_named({"fit": ["slim"]}, "秋冬宽松毛衣")
    assert facts == {"fit": ["slim"], "season": ["autumn-winter"]}
