"""How much of a request a product is told to fulfil, and what is left out behind the best."""

from __future__ import annotations

import pytest

from assistant.bearing import Told
from assistant.fulfilling import demands_of, fulfilled, generic_names, lacked, worths
from catalog.search.understanding import Need, Slot

CLAMPED = Told(
    "clamp-on lamp · 夹式灯", ("It clamps to a desk.", "夹在桌边。"), {"occasion": ["work"]}
)
BEDSIDE = Told(
    "bedside lamp · 床头灯", ("It stands by the bed.", "放在床头。"), {"occasion": ["sleep"]}
)
ENGLISH = Told("desk lamp", ("It stands on a desk.",), {"feature": ["dimmable"]})
LAMP = Slot("category", "40", surface="灯", name_zh="灯具", name_en="Lamps")


def need(query: str, *slots: Slot) -> Need:
    chinese = any(ord(letter) > 0x3400 for letter in query)
    language = "zh-hans" if chinese else "en"
    return Need(query, language, language, slots)


def worth(asked: Need, *told: Told) -> list[float]:
    return worths(told, list(demands_of(asked)))


def test_a_stated_use_is_worth_more_than_one_that_is_mentioned() -> None:
    sleep = Slot("occasion", "sleep", surface="睡觉")
    mentions = Told("lamp · 灯", ("不适合睡觉时看。", "睡觉前看书用。"))
    warns = Told("lamp · 灯", ("不适合睡觉时看。",))
    found = [fulfilled(sleep, one) for one in (BEDSIDE, mentions, warns, CLAMPED)]
    assert found[0] > found[1] > found[2] == found[3] == 0


def test_what_a_kind_is_called_more_closely_is_asked_for() -> None:
    closer = Slot("category", "40", surface="床头灯", name_zh="灯具", name_en="Lamps")
    bedside, clamped = worth(need("床头灯", closer), BEDSIDE, CLAMPED)
    assert bedside > clamped
    assert worth(need("灯", LAMP), BEDSIDE, CLAMPED) == [0.0, 0.0]
    assert "灯具" in generic_names(LAMP)


def test_words_that_nothing_else_reads_are_looked_for() -> None:
    clamped, bedside = worth(need("clamp lamp"), CLAMPED, BEDSIDE)
    assert clamped > bedside


def test_what_is_told_in_the_other_language_only_is_neither_right_nor_wrong() -> None:
    bedside, english, clamped = worth(need("床头"), BEDSIDE, ENGLISH, CLAMPED)
    assert bedside > english > clamped


@pytest.mark.parametrize(
    ("text", "better"), [("耳环。没打耳洞也能戴。", True), ("适合打了耳洞的人。", False)]
)
def test_what_a_request_denies_is_to_be_denied(text: str, better: bool) -> None:
    asked, (there, silent) = need("没打耳洞"), (Told("耳环", (text,)), Told("耳环", ("银的。",)))
    one, other = worth(asked, there, silent)
    assert (one > other) is better


def test_one_sentence_that_speaks_of_it_outweighs_those_that_deny_it() -> None:
    nuts = frozenset(("nuts",))
    assert lacked(nuts, Told("", ("It has no nuts.",))) > 0
    assert lacked(nuts, Told("", ("It has no nuts.", "May hold traces of nuts."))) < 0
    assert lacked(nuts, Told("", ("Oats and honey.",))) == 0
