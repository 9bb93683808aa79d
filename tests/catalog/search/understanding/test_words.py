"""Words that were once read as something else."""

import pytest

from catalog.lexicon import lexicon
from catalog.search.understanding import Vocabulary, understand


def read(query: str) -> list[tuple[str, str, bool]]:
    vocabulary = Vocabulary.build(lexicon(), brands=[], categories=[])
    locale = "en" if query.isascii() else "zh-hans"
    need = understand(query, vocabulary=vocabulary, locale=locale, currency="USD")
    assert not need.corrections
    return [(slot.kind, slot.value, slot.negated) for slot in need.slots]


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("咖啡随行杯", "vacuum-flask"),
        ("food jar", "vacuum-flask"),
        ("切面包刀", "knife"),
        ("cat scratcher", "cat-tree"),
        ("running shoes with spikes", "running-shoes"),
    ],
)
def test_the_whole_word_names_the_kind(query: str, kind: str) -> None:
    assert read(query) == [("category", kind, False)]


def test_no_animal_hide_is_no_leather() -> None:
    assert ("material", "leather", True) in read("不含动物皮的包")
