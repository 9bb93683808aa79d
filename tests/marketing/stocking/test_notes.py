"""Delivery notes: how many are told rightly among sentences that rules and model never saw."""

from pathlib import Path

import pytest

from marketing.stocking.parcels.classifying import classify
from marketing.stocking.parcels.kinds import BY_CODE
from marketing.stocking.parcels.learning import sentences
from marketing.stocking.parcels.measuring import cases_of, measure

HELD_BACK = Path(__file__).with_name("cases") / "notes_held_back.txt"


def test_notes_held_back_reach_who_must_act() -> None:
    cases = cases_of(HELD_BACK)
    assert not {text for _kind, text in cases} & {text for _kind, text in sentences()}
    assert {kind for kind, _text in cases} == set(BY_CODE)
    found = measure(cases)
    assert found["routing"] >= 0.9
    assert found["kinds"] >= 0.85


def test_our_own_sentences_are_told_rightly() -> None:
    assert measure(sentences())["kinds"] >= 0.97


@pytest.mark.parametrize(
    ("text", "kind", "acts"),
    [
        ("收件人拒收，快件已退回寄件人", "returned", "shop"),
        ("清关已完成，发往目的地", "transit", ""),
        ("暂不放行，海关查验", "customs", "shop"),
        ("外包装无破损，已签收", "delivered", ""),
        ("No damage found, delivered to reception", "delivered", ""),
        ("", "other", ""),
        ("🙂🙂", "other", ""),
        ("x" * 9000, "other", ""),
    ],
)
def test_what_is_over_or_did_not_happen_does_not_count(text: str, kind: str, acts: str) -> None:
    told = classify(text)
    assert (told.kind, told.acts) == (kind, acts)


def test_the_words_that_told_it_are_named() -> None:
    assert classify("外包装破损，已重新加固").because == "外包装破"
