"""Scripted dialogues: read with care, graded against the database, and nothing stays."""

import json
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assistant.answering import Minds
from assistant.evaluating.cases import BadCase, case_of, read_cases
from assistant.evaluating.grading import problems_of, wrong_choice
from assistant.evaluating.playing import Told, evaluate
from assistant.models import Conversation, Deed
from catalog.models import Order
from shopguide.accounts.tenancy import as_everyone
from tests.assistant.doing.shop import Shop

CASES = Path(__file__).parents[1] / "cases"


def test_the_shipped_cases_are_many_and_of_every_kind() -> None:
    cases = [case for path in sorted(CASES.glob("*.jsonl")) for case in read_cases(path)]
    assert len(cases) >= 300
    assert len({one.id for one in cases}) == len(cases)
    counts = Counter((one.kind, one.language) for one in cases)
    assert all(counts[kind, language] >= 10 for kind in ("shopper", "service", "merchant")
               for language in ("zh-hans", "en"))  # fmt: skip
    assert all(any(turn.expect for turn in one.turns) for one in cases)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "not JSON"), ("[]", "no object"), ('{"id": 3}', "is text"),
        ('{"id": "a", "turns": []}', "no turns"), ('{"id": "a", "hour": 3}', "hour"),
        ('{"id": "a", "turns": [{"expect": {}}]}', "has “say”"),
        ('{"id": "a", "turns": [{"say": "x", "expect": {"colour": 1}}]}', "colour"),
        ('{"id": "a", "turns": [{"say": "x", "expect": {"products": {"cheap": 1}}}]}', "cheap"),
        ('{"id": "a", "language": "fr", "turns": [{"say": "x"}]}', "zh-hans or en"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_case_is_said_to_be_none(line: str, words: str) -> None:
    with pytest.raises(BadCase, match=words):
        case_of(line, 7)


def told(**fields: Any) -> Told:
    said = {"answer": "It costs $5.00.", "intent": "price", "actions": [], "handoff": None,
            "citations": []}  # fmt: skip
    return Told({**said, **fields.pop("answer", {})}, "price", **fields)


def test_each_demand_can_fail() -> None:
    for expect in (
        {"intent": "stock"}, {"act": ["stock", "clarify"]}, {"must": "€"}, {"must_not": r"\$5"},
        {"any": ["a", "b"]}, {"language": "zh-hans"}, {"confirm": "cancel"}, {"confirm": True},
        {"handoff": True}, {"handoff": "offered"}, {"order": {"state": "paid"}}, {"cart": 1},
        {"citations": True}, {"actions": ["confirm"]},
    ):  # fmt: skip
        assert problems_of(expect, told(), [], "USD"), expect
    fine = {"intent": ["price"], "act": "price", "must": r"\$5\.00", "language": "en",
            "confirm": False, "handoff": False, "cart": 0, "sells": False}  # fmt: skip
    assert problems_of(fine, told(), [], "USD") == []
    for broken in ("", "It costs {price}.", "Its weight is None.", "Sealed: True"):
        assert problems_of({}, told(answer={"answer": broken}), [], "USD"), broken


@pytest.mark.django_db
def test_products_are_judged_in_the_database(shop: Shop) -> None:
    buds, tee = shop.id("BUDS"), shop.id("TEE")
    for wanted in ({"most": 100}, {"category": "bags"}, {"attributes": {"feature": "wired"}},
                   {"min": 2}, {"max": 0}, {"skus": ["TEE"]}, {"total_most": 10}):  # fmt: skip
        assert problems_of({"products": wanted}, told(products=(buds,)), [], "CNY"), wanted
    fine = {"most": 300, "category": "electronics", "attributes": {"feature": ["bluetooth"]},
            "in_stock": True, "fresh": True, "skus": ["BUDS"]}  # fmt: skip
    earlier = [told(products=(tee,))]
    assert problems_of({"products": fine}, told(products=(buds,)), earlier, "CNY") == []
    assert problems_of({"products": {"fresh": True}}, told(products=(tee,)), earlier, "CNY")
    assert problems_of({"products": {}}, told(products=(shop.id("HID"),)), [], "CNY")
    assert problems_of(
        {"products": {"in_stock": True}}, told(products=(shop.id("OUT"),)), [], "CNY"
    )


@pytest.mark.django_db
def test_dialogues_are_played_and_nothing_stays(shop: Shop) -> None:
    before = stays()
    orders = [{"goods": {"TEE": 1}, "state": "paid"}]
    good = {"id": "good", "language": "zh-hans", "orders": orders, "turns": [
        {"say": "帮我取消订单{order1}",
         "expect": {"confirm": "cancel", "order": {"state": "paid"}}},
        {"press": "confirm", "expect": {"act": "done", "order": {"state": "cancelled"}}},
    ]}  # fmt: skip
    odd = {"say": "取消订单", "expect": {"order": {"state": "x"}}}
    bad = {**good, "id": "bad", "turns": [odd]}
    page = {"id": "page", "page": "BUDS", "currency": "CNY", "turns": [
        {"say": "how heavy is it?", "expect": {"act": "attribute", "must": "45 g"}}]}  # fmt: skip
    nowhere = {"id": "nowhere", "page": "NOPE", "turns": [{"say": "hello"}]}
    cases = [case_of(json.dumps(one), 1) for one in (good, bad, page, nowhere)]
    failed = {one.case: one.problems for one in evaluate(cases, Minds())}
    assert set(failed) == {"bad", "nowhere"}, failed
    assert "the order's state is paid, not x" in failed["bad"]
    assert stays() == before


def stays() -> list[int]:
    with as_everyone():
        return [one.objects.count() for one in (Order, Conversation, Deed)]


@pytest.mark.django_db
def test_the_command_reports_and_refuses_what_is_no_case(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "hi", "turns": [{"say": "hello", "expect": {"intent": "greeting"}}]}')
    out = StringIO()
    call_command(
        "evaluate_assistant", str(path), "--rules", "--json", stdout=out, stderr=StringIO()
    )
    assert json.loads(out.getvalue().splitlines()[-1]) == {"cases": 1, "passed": 1, "failed": []}
    path.write_text("no json")
    for arguments in ([str(path)], [str(tmp_path / "none")]):
        with pytest.raises(CommandError):
            call_command("evaluate_assistant", *arguments, "--rules")


def test_what_comes_first_and_what_may_stand_beside_it() -> None:
    wanted = {"first": ["A"], "only": ["A", "B"]}
    assert list(wrong_choice(wanted, ["A", "B"])) == []
    assert list(wrong_choice(wanted, ["B", "C"])) == [
        "first comes B", "C is not what was asked for"
    ]  # fmt: skip
    assert list(wrong_choice(wanted, [])) == ["first comes nothing"]
    assert list(wrong_choice({"only": []}, ["A"])) == ["A is not what was asked for"]
