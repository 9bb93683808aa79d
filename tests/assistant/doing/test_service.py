"""Service cases, zh and en, judged by the database: what was done, and that nothing else was."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from assistant.doing import Asker, Confirmation, Outcome, confirm, respond, soothe, tone_of
from assistant.models import Deed
from catalog.models import CartLine, Invoice, Order, Refund, Return, Variant
from catalog.orders.keeping import advance, cancel
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone
from shopguide.writing import Plan, joined, write
from tests.assistant.doing.reading import reading_of
from tests.assistant.doing.shop import Shop, make_order
from tests.conftest import FULL

CASES = [json.loads(line) for line in Path(__file__).with_name("service.jsonl").open("rb")]
# Ordinarily one in five, each kind among them; each three times with every count.
CHOSEN = CASES if FULL else CASES[::5]


def state_of(order: Order) -> dict[str, Any]:
    """Return everything that a service may change."""
    with as_everyone():
        now = Order.objects.get(pk=order.pk)
        returns = Return.objects.filter(order=order).prefetch_related(
            "lines__line", "lines__wanted"
        )
        invoice = Invoice.objects.filter(order=order).first()
        cart = CartLine.objects.filter(shopper=order.shopper_id).select_related("variant")
        return {
            "state": now.state,
            "payment": now.payment_state,
            "address": {k: now.address[k] for k in ("phone", "city", "street", "name")},
            "returns": [
                [one.kind, one.state, one.reason, sum(line.quantity for line in one.lines.all())]
                for one in returns
            ],
            "back": [line.line.sku for one in returns for line in one.lines.all()],
            "wanted": [
                line.wanted.sku for one in returns for line in one.lines.all() if line.wanted
            ],
            "invoice": [invoice.title, invoice.tax_number] if invoice else None,
            "cart": {line.variant.sku: line.quantity for line in cart},
            "refunds": Refund.objects.filter(order=order).count(),
        }


def expected(before: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
    """Return the state that a case demands: what it names is new, all else is as before."""
    after = {**before, "address": dict(before["address"])}
    for name, value in then.items():
        if name in ("phone", "city", "street"):
            after["address"][name] = value
        elif name == "wanted":
            after["wanted"] = [value]
        elif name != "act":
            after[name] = value
    if "returns" in then and "back" not in then:
        after["back"] = None
    if then.get("payment") == "refunded":
        after["refunds"] = 1
    return after


def played(shop: Shop, case: dict[str, Any]) -> str:  # noqa: PLR0911
    """Play one case with a shopper of its own; return what is wrong, nothing if all is right."""
    me, other = Shopper.objects.create(), Shopper.objects.create()
    asker = Asker(me, case.get("language", "en"), "CNY", "CN")
    order = prepared(shop, case, me, other)
    before = state_of(order)
    outcome, earlier = Outcome("failed"), ""
    for intent, words in case["says"]:
        text = words.format(number=order.number)
        reading = reading_of(text, intent, asker.language)
        outcome = respond(asker, reading, products=[shop.id("TEE")], earlier=earlier)
        earlier = f"{earlier}\n{text}".strip()
    waiting = outcome.needs_confirmation
    if state_of(order) != before:
        return "it was done before it was confirmed"
    for step in case.get("moved", []):
        advance(order, step)
    if waiting is not None and case.get("press") != "no":
        outcome = confirm(asker, waiting)
        if case.get("press") == "twice" and confirm(asker, waiting) != outcome:
            return "the second press was answered otherwise"
        if confirm(replace(asker, shopper=other), waiting).act == outcome.act == "done":
            return "somebody else could confirm it"
    then = case["then"]
    if "act" in then and outcome.act != then["act"]:
        return f"it said {outcome.act}: {dict(outcome.facts)}"
    if "act" not in then and waiting is None:
        return f"it offered nothing but {outcome.act}: {dict(outcome.facts)}"
    wanted, got = expected(before, then), state_of(order)
    if wanted["back"] is None:
        wanted["back"] = got["back"]
    text = joined(write(Plan(outcome.act, asker.language, outcome.facts)), asker.language)
    if case.get("whose") == "stranger" and "林小雨" in text:
        return "it told of somebody else's order"
    return "" if wanted == got else f"the database has {got}, not {wanted}"


def prepared(shop: Shop, case: dict[str, Any], me: Shopper, other: Shopper) -> Order:
    """Save the order that a case is about, and those beside it."""
    goods = case.get("goods", {"TEE": 1})
    days = case.get("days_ago", 1)
    for _place in range(case.get("orders", 1) - 1):
        make_order(shop, {"BUDS": 1}, state=case["state"], shopper=me, days_ago=days)
    owner = other if case.get("whose") == "stranger" else me
    if owner is other:
        make_order(shop, {"BUDS": 1}, state=case["state"], shopper=me, days_ago=days)
    if case["state"] == "cancelled-by-us":
        order = make_order(shop, goods, state="paid", shopper=owner)
        cancel(order)
        return order
    return make_order(shop, goods, state=case["state"], shopper=owner, days_ago=days)


@pytest.mark.django_db
def test_service_cases_end_as_they_should(shop: Shop) -> None:
    wrong = []
    for case in CHOSEN:
        for _run in range(3 if FULL else 1):
            with transaction.atomic():
                if trouble := played(shop, case):
                    wrong.append(f"{case['id']}: {trouble}")
                transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


def test_there_are_sixty_of_them_in_both_languages() -> None:
    assert len(CASES) >= 60
    assert sum(case.get("language") == "zh-hans" for case in CASES) >= 20
    assert {intent for case in CASES for intent, _text in case["says"]} >= {
        "cancel", "return", "exchange", "refund", "change_address", "invoice", "cart_add",
        "order_status",
    }  # fmt: skip


@pytest.mark.django_db
def test_unknown_and_foreign_orders_are_answered_alike(shop: Shop) -> None:
    theirs = make_order(shop, {"BUDS": 1}, state="delivered", shopper=shop.stranger)
    make_order(shop, {"TEE": 1}, state="delivered")
    for intent in ("order_status", "cancel", "return", "exchange", "refund", "invoice",
                   "change_address"):  # fmt: skip
        told = [
            respond(shop.asker(), reading_of(f"about order {number}", intent))
            for number in (theirs.number, "ZZZZZ-22222")
        ]
        assert [one.act for one in told] == ["order_unknown"] * 2, intent
        assert [{**one.facts, "number": ""} for one in told] == [{"number": "", "guest": True}] * 2
    for nobody in (None, Shopper.objects.create()):
        asker = replace(shop.asker(), shopper=nobody)
        outcome = respond(asker, reading_of(f"cancel {theirs.number}", "cancel"))
        assert outcome.act in ("sign_in_needed", "order_unknown")


@pytest.mark.django_db
def test_a_forged_confirmation_opens_no_door(shop: Shop) -> None:
    theirs = make_order(shop, {"BUDS": 1}, shopper=shop.stranger)
    forged = Confirmation("cancel", 1, {"order": theirs.number}, "")
    assert confirm(shop.asker(), forged).act == "order_unknown"
    for odd in (
        Confirmation("refund_everybody", 1, {}, ""), Confirmation("cancel", 2, {}, ""),
        Confirmation("cancel", 1, {"order": "💥"}, ""), Confirmation("cancel", 1, {}, ""),
        Confirmation("cart_add", 1, {"product": "x", "variant": 1, "quantity": 1}, ""),
        Confirmation("return", 1, {"order": theirs.number, "items": None, "kind": "x"}, ""),
    ):  # fmt: skip
        assert confirm(shop.asker(), odd).act in ("failed", "clarify", "order_unknown")
    assert state_of(theirs)["state"] == "paid"
    assert not Deed.objects.exists()
    for broken in (None, [], {"tool": 3}, {"tool": "cancel", "key": "no", "arguments": {}}):
        assert Confirmation.from_json(broken) is None
    good = Confirmation("cancel", 1, {"order": "A"}, "Cancel")
    assert Confirmation.from_json(json.loads(json.dumps(good.as_json()))) == good


@pytest.mark.django_db
def test_nothing_is_written_by_reading(shop: Shop) -> None:
    make_order(shop, {"TEE": 1}, state="delivered")
    with connection.execute_wrapper(refuse_writes):
        for intent, text in (("return", "too small"), ("cancel", "cancel"), ("price", "2 pieces"),
                             ("exchange", "size L"), ("cart_add", "white M"), ("gift", "for mum"),
                             ("invoice", "to Me Ltd"), ("bundle", "under 500")):  # fmt: skip
            respond(shop.asker(), reading_of(text, intent), products=[shop.id("TEE")])


def refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Let statements read and set who is asking, and nothing else."""
    assert sql.lstrip().upper().startswith(("SELECT", "WITH", "SAVEPOINT", "RELEASE", "SET")), sql
    return execute(sql, params, many, context)


@pytest.mark.django_db
def test_somebody_angry_gets_amends_and_is_sold_nothing(shop: Shop) -> None:
    angry = Shopper.objects.create()
    order = make_order(shop, {"BUDS": 1}, state="delivered", shopper=angry)
    asker = replace(shop.asker("zh-hans"), shopper=angry)
    reading = reading_of("气死我了，收到的是坏的！", "complaint", "zh-hans", "angry")
    tone = tone_of(reading)
    assert (tone.sell, tone.apologise, tone.offer_person) == (False, True, True)
    assert tone_of(reading, 2).hand_over
    outcome = soothe(asker, reading)
    assert (outcome.act, outcome.products) == ("apology", ())
    assert order.number in outcome.facts["fact"] and "退" in outcome.facts["action"]
    assert "店" in outcome.facts["action"] and "hand_over" in outcome.actions
    late = reading_of("my order is two weeks late!!", "complaint", "en", "angry")
    waiting = make_order(shop, {"TEE": 1}, state="shipped", shopper=angry)
    said = soothe(replace(asker, language="en"), late)
    assert waiting.number in said.facts["fact"] and said.facts["trouble"] == "late"
    nobody = soothe(Asker(None, "en"), late)
    assert nobody.act == "apology" and nobody.facts["person"]
    assert tone_of(reading_of("hello", "greeting")).sell


def test_variants_of_the_shop_are_as_the_cases_name_them(shop: Shop) -> None:
    with as_everyone():
        skus = set(Variant.objects.values_list("sku", flat=True))
    named = {sku for case in CASES for sku in (case["then"].get("cart") or {})}
    assert named <= skus
