"""An endpoint's words are shown where they can be; in all its faults the shopper reads on."""

import logging
import time

import pytest

from shopguide.writing import Plan, joined, write
from shopguide.writing.endpoint import Breaker, Budget, Endpoint, MemoryCounts, endpoint_writer
from shopguide.writing.rewriting import Rewriter
from tests.shopguide.writing.stub import FAULTS, Answer, Stub, serving, well, whole

PLAN = Plan(
    "price", "en",
    {"product": "Everyday Tee", "price": "$14.90", "was": "$24.00",
     "coupons": [{"code": "CLOUD10", "says": "10% off"}]},
)  # fmt: skip
LONGEST_S = 3.0


def writer(stub: Stub, **more: object) -> Rewriter:
    fields = {"first_s": 0.5, "total_s": 0.9}
    return endpoint_writer(
        Endpoint(stub.url, "some-model", "k-123", **fields),
        holds=lambda _text: True,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("answer", [well, whole], ids=["streamed", "whole"])
def test_other_words_with_the_same_facts(answer: Answer) -> None:
    with serving(answer) as stub:
        found = writer(stub)
        said = list(found.write(PLAN))
    assert all(one.startswith("Well, ") for one in said) and found.rewritten == len(said)
    text = joined(said, "en")
    assert all(fact in text for fact in ("Everyday Tee", "$14.90", "$24.00", "CLOUD10", "10% off"))


def test_chinese_goes_there_and_back() -> None:
    plan = Plan("stock", "zh-hans", {"product": "重磅T恤", "state": "low", "left": 3})
    with serving(well) as stub:
        said = list(writer(stub).write(plan))
    assert said[0].startswith("亲，") and "重磅T恤" in said[0] and "3" in said[0]


def test_no_fact_leaves_this_machine() -> None:
    with serving(well) as stub:
        list(writer(stub).write(PLAN))
    sent = str(stub.asked)
    assert stub.asked[0]["stream"] is True
    assert "Authorization: Bearer k-123" in stub.headers[0]
    assert not any(fact in sent for fact in ("Everyday Tee", "14.90", "24.00", "CLOUD10"))


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_every_fault_leaves_a_useful_answer(fault: str) -> None:
    with serving(FAULTS[fault]) as stub:
        found = writer(stub)
        begun = time.monotonic()
        said = list(found.write(PLAN))
        took = time.monotonic() - begun
    assert said == list(write(PLAN)) and found.rewritten == 0
    assert took < LONGEST_S


def test_there_are_fourteen_faults() -> None:
    assert len(FAULTS) == 14


def test_a_sentence_that_does_not_hold_is_taken_back_alone() -> None:
    with serving(well) as stub:
        found = endpoint_writer(Endpoint(stub.url, "m"), holds=lambda text: "$24.00" not in text)
        said = list(found.write(PLAN))
    own = list(write(PLAN))
    assert [one.startswith("Well, ") for one in said] == ["$24.00" not in one for one in own]
    assert [one for one in said if "$24.00" in one] == [one for one in own if "$24.00" in one]


def test_after_failures_nobody_is_asked_until_it_has_rested() -> None:
    now = [0.0]
    breaker = Breaker(faults=2, rest_s=60, clock=lambda: now[0])
    with serving(FAULTS["500"]) as stub:
        found = writer(stub, breaker=breaker)
        for _each in range(4):
            list(found.write(PLAN))
        assert len(stub.asked) == 2
        now[0] = 61.0
        list(found.write(PLAN))
        assert len(stub.asked) == 3
        list(found.write(PLAN))
        assert len(stub.asked) == 3
    breaker.succeeded()
    assert breaker.allows()


def test_the_budget_of_a_day_is_not_overdrawn() -> None:
    now = [0.0]
    budget = Budget(700, MemoryCounts(clock=lambda: now[0]))
    with serving(well) as stub:
        found = writer(stub, budget=budget)
        for _each in range(4):
            list(found.write(PLAN))
        spent = len(stub.asked)
        assert 0 < spent < 4
        now[0] = Budget.DAY_S + 1.0
        list(found.write(PLAN))
        assert len(stub.asked) == spent + 1


def test_each_call_is_logged_without_its_content(caplog: pytest.LogCaptureFixture) -> None:
    with serving(well) as stub, caplog.at_level(logging.INFO, "shopguide.egress"):
        list(writer(stub).write(PLAN))
    (line,) = [one.getMessage() for one in caplog.records if one.name == "shopguide.egress"]
    assert "host=127.0.0.1" in line and "outcome=ok" in line and "k-123" not in line


def test_what_must_not_be_rephrased_is_not_sent() -> None:
    with serving(well) as stub:
        said = list(writer(stub).write(Plan("confirm", "en", {"what": "cancel order SG-1"})))
    assert not stub.asked and "cancel order SG-1" in said[0]
