"""Classes of words for the rules' frames: what they hold, and the forms of English adjectives."""

import re

import pytest

from marketing.copy.wording import breaches
from marketing.copy.wording.lexica import classes, filled, graded


@pytest.mark.parametrize(
    ("adjective", "comparative", "superlative"),
    [
        ("soft", "softer", "softest"),
        ("fine", "finer", "finest"),
        ("cosy", "cosier", "cosiest"),
        ("hot", "hotter", "hottest"),
        ("clean", "cleaner", "cleanest"),
        ("dry", "drier", "driest"),
        ("quick", "quicker", "quickest"),
    ],
)
def test_adjectives_are_graded_as_they_are_spelt(
    adjective: str, comparative: str, superlative: str
) -> None:
    """Silent e, y behind a consonant, doubled consonants, two vowels."""
    assert graded(adjective, "er") == comparative
    assert graded(adjective, "est") == superlative


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_class_is_a_pattern_and_names_only_classes_there_are(language: str) -> None:
    """A class that is misspelt would be a frame that never finds anything."""
    for name in classes(language):
        pattern = filled(f"{{{name}}}", language)
        assert not re.search(r"\{[A-Z_]+\}", pattern)
        re.compile(pattern)
    with pytest.raises(KeyError):
        filled("{NOBODY}", language)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("absolute", "You will not find a {}er towel"),
        ("absolute", "No towel is {}er than ours"),
        ("absolute", "the {}est towel money can buy"),
    ],
)
@pytest.mark.parametrize("word", ["soft", "smooth", "plush", "sturd"])
def test_a_frame_holds_whatever_word_fills_it(code: str, text: str, word: str) -> None:
    """The build of a sentence is banned, and not one wording of it."""
    said = text.format(word + ("i" if word == "sturd" else ""))
    assert code in {one.rule.code for one in breaches(said)}


def test_wide_and_narrow_marks_end_a_clause_alike() -> None:
    """Texts are folded before they are read, so a comma of either width parts what it parts."""
    for comma in ("，", ","):
        assert not breaches(f"上色请用老抽{comma}别糟蹋")
        assert breaches(f"老人{comma}乡下人都学不会")
