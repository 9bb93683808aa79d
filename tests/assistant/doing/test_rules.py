"""Rule cases, zh and en: what fits, which size, how much, what it costs; unknown stays unknown."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.doing.rules.amounts import amount_of, unit_price
from assistant.doing.rules.fitting import fits
from assistant.doing.rules.measures import heard
from assistant.doing.rules.reasons import condition_of, reason_of
from assistant.doing.rules.sizing import size_for
from assistant.doing.rules.suiting import suits
from assistant.doing.stating import pieces_of
from catalog.orders.pricing import ZERO, Offer, best_sum
from catalog.text import fold

LINES = [json.loads(line) for line in Path(__file__).with_name("rules.jsonl").open("rb")]


def cases() -> Iterator[tuple[dict[str, Any], Any, Any]]:
    for line in LINES:
        for question, expected in line["cases"]:
            yield line, question, expected


def answer(line: dict[str, Any], question: Any) -> Any:
    """Return what the rules say of a case, as the file writes it."""
    family = line["family"]
    if family == "fit":
        return fits(line["facts"], question).answer
    if family == "size":
        fit = size_for(line["facts"], line["sizes"], question, category=line["category"])
        return fit.size or fit.answer if fit.answer == "fits" else fit.answer
    if family == "amount":
        found = amount_of(line["facts"], question, pieces_of(fold(question)))
        return None if found.value is None else f"{found.value} {found.unit}"
    if family == "unit_price":
        found = unit_price(line["facts"], question, Decimal(line["price"]))
        return None if found.value is None else str(found.value)
    return cost(line, question)


def cost(line: dict[str, Any], count: int) -> str:
    """Return what so many cost: the cheapest way of shipping, the best coupons."""
    items = Decimal(line["unit"]) * count
    fees = [
        ZERO if free is not None and items >= Decimal(free) else Decimal(fee)
        for fee, free in line["ways"]
    ]
    offers = [
        Offer(code, kind, Decimal(value), Decimal(least), stacks)
        for code, kind, value, least, stacks in line["coupons"]
    ]
    return str(best_sum(items, min(fees), offers).total)


def test_two_hundred_cases_are_all_right() -> None:
    wrong = [
        (line["family"], question, f"expected {expected}, got {got}")
        for line, question, expected in cases()
        if (got := answer(line, question)) != expected
    ]
    assert not wrong, "\n".join(map(str, wrong))
    assert sum(1 for _case in cases()) >= 200


def test_the_same_question_has_the_same_answer_fifty_times() -> None:
    for line in LINES[::7]:
        question, expected = line["cases"][0]
        assert {answer(line, question) for _time in range(50)} == {expected}


def test_without_facts_everything_stays_unknown() -> None:
    for line, question, _expected in cases():
        if line["family"] == "fit":
            assert fits({}, question).answer == "unknown", question
            assert fits({"laptop_in": "big", "volt_v": [True]}, question).answer == "unknown"
        if line["family"] == "size":
            assert size_for({}, ["s", "one-size"], question).answer == "unknown", question


@pytest.mark.parametrize("text", ["", "💥" * 500, "9" * 400 + "kg", "-1 kg", "10/0 cm", "x×y",
                                  "{name} %s \\d+(", "身高" * 300, "1e999 kg"])  # fmt: skip
def test_odd_words_break_nothing(text: str) -> None:
    facts = {"laptop_in": 14, "max_load_kg": 15, "head_cm": [52, 60], "pieces": 4, "persons": 2}
    heard(text)
    assert fits(facts, text).answer in ("yes", "no", "unknown")
    size_for(facts, ["eu-40", "m"], text)
    amount_of(facts, text)
    unit_price(facts, text, Decimal(5))
    suits(facts, text)


def test_what_suits_is_what_is_stated() -> None:
    facts = {"audience": ["women"], "season": ["winter"], "material": ["wool"],
             "occasion": ["hiking"], "feature": ["warm"]}  # fmt: skip
    for question, expected in (
        ("is it for women in winter?", "yes"), ("适合冬天徒步穿吗", "yes"),
        ("is it for men?", "no"), ("男士能穿吗", "no"), ("good for summer?", "unknown"),
        ("适合上班穿吗", "unknown"), ("I am allergic to wool", "no"),
        ("对羊毛过敏能穿吗", "no"), ("I'm allergic to nylon", "unknown"), ("适合我妈妈吗", "yes"),
        ("is it nice?", "unknown"), ("women's gift", "partly"),
    ):  # fmt: skip
        assert suits(facts, question).answer == expected, question


def test_reasons_and_conditions_are_read() -> None:
    for text, expected in (
        ("it arrived broken", "damaged"), ("收到的是坏的", "damaged"), ("发错货了", "wrong_item"),
        ("太小了穿不下", "does_not_fit"), ("it doesn't work any more", "faulty"),
        ("和图片完全不一样", "not_as_described"), ("I changed my mind", "changed_mind"),
        ("充不进电", "faulty"), ("too large for me", "does_not_fit"),
        ("七天无理由", "changed_mind"),
    ):  # fmt: skip
        assert reason_of(text) == expected, text
    assert reason_of("我要退货") is None
    assert condition_of("还没拆封") == "sealed"
    assert condition_of("穿过一次") == "used"
    assert condition_of("I'd like to return it") is None
