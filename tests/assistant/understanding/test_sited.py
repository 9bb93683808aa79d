"""Tests of the head that hears questions about the site: its material, its use, its limits."""

from dataclasses import replace

import pytest

from assistant.attending import of_site
from assistant.state import State
from assistant.understanding import Reading, read
from assistant.understanding.sited import heard_as
from assistant.understanding.sited.training import NONE, others, questions, version_of
from catalog.search.understanding import Vocabulary
from shopguide.writing.realiser.hosting import TOPICS, told


def heard(text: str, topic: str, chance: float, *, intent: str = "search") -> Reading:
    """Return a reading with what heads made of it."""
    reading = read(
        text,
        State(),
        locale="en",
        vocabulary=Vocabulary.from_lexicon(),
        predict=lambda _: (intent, 0.6),
    )
    return replace(reading, site=(topic, chance))


def test_every_topic_that_is_taught_has_an_answer_and_is_measured_apart() -> None:
    taught = {topic for _, topic in questions()} - {NONE}
    assert taught <= TOPICS
    assert all(told(topic, chinese=chinese) for topic in taught for chinese in (True, False))
    assert not {text for text, _ in questions()} & {text for text, _ in questions("heldout")}


def test_what_rules_know_teaches_beside_the_written_questions() -> None:
    known = others()
    assert 20 < sum(topic != NONE for _, topic in known) < len(known) / 5
    assert version_of("e5").endswith("e5")


def test_a_sure_topic_is_told_whatever_it_sounds_like() -> None:
    assert of_site(heard("can I look around unobserved", "watching", 0.99), State()) == "watching"


@pytest.mark.parametrize(
    ("text", "topic", "chance"),
    [
        ("something cheaper, please", "matching", 0.99),  # a narrower list
        ("where is my order", "fault", 0.99),  # an act on an order
        ("can I look around unobserved", "watching", 0.6),  # not sure enough
        ("anything", "", 0.0),
    ],
)
def test_shopping_is_no_question_about_the_site(text: str, topic: str, chance: float) -> None:
    assert of_site(heard(text, topic, chance), State()) == ""


def test_older_traces_and_workers_have_no_topic() -> None:
    assert heard_as(None) == ("", 0.0)
    assert heard_as(["bot", 0.9]) == ("bot", 0.9)
