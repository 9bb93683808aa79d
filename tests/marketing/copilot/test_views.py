"""Asking numbers, and the life of a proposal: yes, no, back; nothing without a yes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Price, Stock
from marketing.copilot import deciding
from marketing.models import Brief, Draft, Proposal, Question
from shopguide.accounts.models import Membership, Role
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.marketing.figures.scripted import NOW, Day
from tests.people import browser, make_user

PAGE = "merchant_copilot"
# Everything a change could touch; what only counts or remembers is left out.
TABLES = {
    "catalog_product": "id, sku, status, category_id, brand, attributes, option_names, deleted_at",
    "catalog_producttext": "id, product_id, locale, title, description, provenance, arm",
    "catalog_variant": "id, product_id, sku, options, active",
    "catalog_price": "variant_id, price_list_id, amount, was",
    "catalog_pricelist": "id, currency, name",
    "catalog_stock": "variant_id, warehouse_id, quantity",
    "catalog_warehouse": "id, code",
    "catalog_order": "id, state, total_amount",
    "marketing_draft": "id, state",
    "marketing_brief": "id",
}


def digest() -> str:
    """Return one number for the state of all shops."""
    found = hashlib.sha256()
    with as_everyone(), connection.cursor() as cursor:
        for table, columns in TABLES.items():
            cursor.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2" if "," in columns
                           else f"SELECT {columns} FROM {table} ORDER BY 1")  # fmt: skip
            found.update(json.dumps(cursor.fetchall(), default=str).encode())
    return found.hexdigest()


@pytest.fixture(scope="module")
def shop(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Day, dict[str, Client]]]:
    """Return the scripted day and everybody's browsers."""
    with django_db_blocker.unblock(), transaction.atomic():
        day = Day()
        day.play()
        crew = {}
        for name, merchant, role in (
            ("edda", day.shop, Role.EDITOR),
            ("tom", day.shop, Role.AGENT),
            ("rui", day.rival, Role.EDITOR),
        ):
            person = make_user(name)
            Membership.objects.create(user=person, merchant=merchant, role=role)
            crew[name] = browser(person)
        yield day, crew
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def at_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be three in the afternoon of the scripted day."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


Shop = tuple[Day, dict[str, Client]]


def ask(client: Client, text: str) -> Any:
    """Ask, and return the page with the answer."""
    return client.post(reverse(PAGE, args=["loom"]), {"q": text}, follow=True)


def proposal_of(page: Any) -> Proposal:
    """Return the proposal that a page shows."""
    with as_everyone():
        return Proposal.objects.get(pk=page.context["own"][0]["pk"])


def decide(client: Client, proposal: Proposal, do: str) -> Any:
    """Press a button of a proposal."""
    return client.post(reverse("merchant_change", args=["loom", proposal.pk]), {"do": do})


def test_numbers_with_rows_and_sql(shop: Shop) -> None:
    _day, crew = shop
    page = ask(crew["edda"], "How many orders today?")
    answer = page.context["answer"]
    assert answer.sentences == ["Orders: 4 · 4 rows"] and answer.counted == 4
    assert "count(*)" in answer.sql[0] and "%(" not in answer.sql[0]
    page = ask(crew["edda"], "今天的销售额")
    assert page.context["answer"].sentences == [
        "Revenue: CN¥190.00 · 3 rows", "Revenue: $15.00 · 1 row"
    ]  # fmt: skip


def test_rankings_and_names(shop: Shop) -> None:
    day, crew = shop
    answer = ask(crew["edda"], "best sellers today").context["answer"]
    assert [(row["name"], row["value"]) for row in answer.rows] == [("Cup", "5"), ("Clay pot", "2")]
    assert answer.sentences == ["Items sold, highest: Cup with 5."]
    assert answer.offers[0]["products"] == [day.cup.pk, day.pot.pk]
    one = ask(crew["edda"], "how many clay pots did we sell today").context["answer"]
    assert one.sentences == ["Items sold: 2 · 3 rows"]
    assert ask(crew["edda"], "orders from 杭州 today").context["answer"].counted == 4
    slow = ask(crew["edda"], "slow sellers").context["answer"]
    assert [row["name"] for row in slow.rows] == ["Clay pot", "Cup"]


def test_days_without_anything_count_as_nothing(shop: Shop) -> None:
    _day, crew = shop
    answer = ask(crew["edda"], "orders per day in the last 7 days").context["answer"]
    assert [row["value"] for row in answer.rows] == ["0", "0", "0", "0", "0", "2", "4"]
    assert answer.sentences == ["Orders: highest 4 (Jun 15), lowest 0 (Jun 9)."]
    weeks = ask(crew["edda"], "revenue by week since 2026-06-01").context["answer"]
    assert [(row["name"], row["value"]) for row in weeks.rows if "CN" in row["value"]] == [
        ("week of Jun 1", "CN¥0.00"), ("week of Jun 8", "CN¥60.00"), ("week of Jun 15", "CN¥190.00")
    ]  # fmt: skip


def test_what_is_not_understood_is_said(shop: Shop) -> None:
    _day, crew = shop
    page = ask(crew["edda"], "what is the weather on the moon")
    assert "answer" not in page.context and "weather" in page.context["refused"][0]
    page = ask(crew["tom"], "revenue today")
    assert "not read to your role" in page.context["refused"][0]
    seen = ask(crew["edda"], "revenue today").context["question"]
    page = crew["tom"].get(reverse("merchant_question", args=["loom", seen.pk]))
    assert "answer" not in page.context and "190.00" not in page.content.decode()


@pytest.mark.parametrize(
    "text",
    ["紫砂壶打8折", "set the price of POT to 12.50",
     "给紫砂壶补货20件", "下架紫砂壶", "slow sellers 10% off",
     "write a new description for the clay pot"],
)  # fmt: skip
def test_nothing_without_a_yes_and_all_of_it_back(shop: Shop, text: str) -> None:
    _day, crew = shop
    before = digest()
    proposal = proposal_of(ask(crew["edda"], text))
    assert proposal.state == "proposed" and proposal.differences and digest() == before
    assert decide(crew["edda"], proposal, "apply").status_code == 302
    assert digest() != before
    assert decide(crew["edda"], proposal, "apply").status_code == 302  # twice is once
    with as_everyone():
        proposal.refresh_from_db()
    assert proposal.state == "applied" and proposal.decided_by is not None
    decide(crew["edda"], proposal, "undo")
    with as_everyone():
        proposal.refresh_from_db()
    assert proposal.state == "undone" and digest() == before


def test_the_difference_that_is_shown_is_the_one_that_is_made(shop: Shop) -> None:
    day, crew = shop
    page = ask(crew["edda"], "lower the price of the clay pot by 10%")
    [row] = page.context["own"][0]["rows"]
    assert (row["before"], row["after"]) == ("CN¥99.00", "CN¥89.10")
    proposal = proposal_of(page)
    decide(crew["edda"], proposal, "apply")
    with as_merchant(day.shop):
        assert str(Price.objects.get(variant__product=day.pot).amount) == "89.10"
    decide(crew["edda"], proposal, "undo")


def test_no_means_no(shop: Shop) -> None:
    _day, crew = shop
    before = digest()
    proposal = proposal_of(ask(crew["edda"], "下架紫砂壶"))
    decide(crew["edda"], proposal, "dismiss")
    decide(crew["edda"], proposal, "apply")
    with as_everyone():
        proposal.refresh_from_db()
    assert proposal.state == "dismissed" and digest() == before


def test_what_somebody_changed_since_is_left_alone(shop: Shop) -> None:
    day, crew = shop
    proposal = proposal_of(ask(crew["edda"], "lower the price of the clay pot by 10%"))
    with as_merchant(day.shop):
        Price.objects.filter(variant__product=day.pot).update(amount="98.00")
    before = digest()
    decide(crew["edda"], proposal, "apply")
    assert digest() == before
    stocked = proposal_of(ask(crew["edda"], "set the stock of POT to 50"))
    decide(crew["edda"], stocked, "apply")
    with as_merchant(day.shop):
        Stock.objects.filter(variant__product=day.pot).update(quantity=49)
    before = digest()
    decide(crew["edda"], stocked, "undo")
    with as_everyone():
        stocked.refresh_from_db()
    assert stocked.state == "applied" and digest() == before
    with as_merchant(day.shop):  # tests come in any order
        Price.objects.filter(variant__product=day.pot).update(amount="99.00")


def test_drafts_in_use_are_not_taken_back(shop: Shop) -> None:
    day, crew = shop
    proposal = proposal_of(ask(crew["edda"], "write a new description for the clay pot"))
    decide(crew["edda"], proposal, "apply")
    with as_merchant(day.shop):
        brief = Brief.objects.order_by("-pk").first()
        assert brief is not None
        Draft.objects.create(
            merchant=day.shop, product=day.pot, brief=brief, channel="description", locale="en",
            parts={"description": "A pot."}, state="submitted",
        )  # fmt: skip
    with pytest.raises(deciding.NotNow):
        deciding.undo(day.shop, proposal.pk, by=make_user("eve"))


def test_who_may_ask_and_who_may_decide(shop: Shop) -> None:
    _day, crew = shop
    before = digest()
    page = ask(crew["tom"], "下架紫砂壶")
    assert page.context["own"] == [] and "owners and editors" in page.context["refused"][0]
    proposal = proposal_of(ask(crew["edda"], "下架紫砂壶"))
    assert decide(crew["tom"], proposal, "apply").status_code == 404
    assert decide(crew["rui"], proposal, "apply").status_code == 404
    rivals = reverse("merchant_change", args=["rival", proposal.pk])
    assert crew["rui"].post(rivals, {"do": "apply"}).status_code == 404
    question = reverse("merchant_question", args=["rival", page.context["question"].pk])
    assert crew["rui"].get(question).status_code == 404
    assert Client().get(reverse(PAGE, args=["loom"])).status_code == 302
    assert (
        crew["edda"].get(reverse("merchant_change", args=["loom", proposal.pk])).status_code == 405
    )
    assert decide(crew["edda"], proposal, "explode").status_code == 302
    assert digest() == before


def test_offers_are_those_that_were_offered(shop: Shop) -> None:
    day, crew = shop
    page = ask(crew["edda"], "slow sellers")
    where = reverse("merchant_question_propose", args=["loom", page.context["question"].pk])
    offer = page.context["answer"].offers[0]
    sent = {name: offer[name] for name in ("kind", "mode", "amount")}
    done = crew["edda"].post(where, sent | {"product": offer["products"]}, follow=True)
    assert proposal_of(done).change["amount"] == "-10"
    count = Proposal.objects.count
    with as_everyone():
        there = count()
    crew["edda"].post(where, sent | {"amount": "-99", "product": offer["products"]})
    crew["edda"].post(where, sent | {"product": [day.theirs.pk, "x", "-1"]})
    with as_everyone():
        assert count() == there


def test_odd_input(shop: Shop, django_assert_max_num_queries: Any) -> None:
    _day, crew = shop
    for text in (" ", "\x00“", "orders " * 90, "%(merchant)s '; --", "前0名"):
        assert ask(crew["edda"], text).status_code == 200
    assert crew["edda"].get("/merchant/loom/copilot/99999999999999999999/").status_code == 404
    with as_everyone():
        kept = Question.objects.create(merchant=_day.shop, text="orders", plan={"intent": "x"})
    with django_assert_max_num_queries(60):
        page = crew["edda"].get(reverse("merchant_question", args=["loom", kept.pk]))
    assert page.status_code == 200 and "refused" in page.context
