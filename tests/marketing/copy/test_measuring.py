"""The measures of how a text reads."""

from marketing.copy.channels import CHANNELS
from marketing.copy.measuring import WEIGHTS, alike, distinct, measure, readability, repeated


def score(channel: str, locale: str, **parts: str) -> float:
    """Return the score of a text."""
    return measure(parts, CHANNELS[channel], locale)["score"]


def test_the_score_is_the_weighted_mean() -> None:
    """Of measures that are all between 0 and 1."""
    found = measure({"title": "Merino Scarf, 180 cm"}, CHANNELS["title"], "en")
    assert (
        abs(sum(found[name] * weight for name, weight in WEIGHTS.items()) - found["score"]) < 0.01
    )
    assert all(0 <= one <= 1 for one in found.values())
    assert abs(sum(WEIGHTS.values()) - 1) < 1e-9


def test_words_that_say_nothing_and_repetition_cost() -> None:
    """Plain and specific reads better than puffery, in both languages."""
    plain = score("description", "en", description="It is 180 cm long. Merino does not itch.")
    puffed = score("description", "en", description="Elevate your look. A timeless must-have. " * 3)
    assert plain > puffed + 0.1
    said = score("description", "zh-hans", description="长180厘米，绕两圈。美利奴羊毛，不扎脖子。")
    empty = score(
        "description", "zh-hans", description="匠心打造，品质生活，尽显不凡，爱不释手。" * 3
    )
    assert said > empty + 0.1


def test_long_sentences_read_worse() -> None:
    """Twice the good length costs half of the marks."""
    assert readability("A short one.", "en") == 1
    assert readability(" ".join(["word"] * 44) + ".", "en") == 0.5
    assert readability("", "en") == 0


def test_repetition_and_variety() -> None:
    """Counted by runs of words."""
    assert repeated(list("abcdabcd")) > 0
    assert repeated(list("abcdefgh")) == 0
    assert distinct(list("ababab"), 2) < 0.5
    assert distinct([], 2) == 1


def test_likeness_of_two_texts() -> None:
    """The same is 1, nothing in common 0."""
    assert alike("a warm scarf", "a warm scarf") == 1
    assert alike("a warm scarf", "red shoes for running") == 0
