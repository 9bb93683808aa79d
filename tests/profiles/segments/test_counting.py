"""A segment is what the oracle says, on random rules and random people; nobody is to be found."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from catalog.models import Order, OrderLine, Product, Return
from profiles.models import Consent, Contact, Event, Muted
from profiles.segments.counting import FEWEST, Wanted, known_to, members, reach
from profiles.segments.grammar import (
    STAGES,
    All,
    Bought,
    Did,
    InStage,
    Not,
    Some,
    WrongRule,
    needs_deeds,
    read,
    written,
)
from profiles.segments.telling import sentence
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.factories import make_category, make_merchant, make_product
from tests.conftest import FULL
from tests.profiles.segments.oracle import Done, Human, Line, Placed, inside

PATHS = ("shoes", "shoes/running", "shoes-care", "kitchen/tea", "")
BRANDS = ("", "Aster", "Birch")
RULES, PEOPLE = (4000, 200) if FULL else (200, 60)
Town = tuple[Merchant, dict[str, Human], datetime]


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """Return a shop with random people, saved, and told; what a module does is taken back."""
    chance = random.Random(11)
    with django_db_blocker.unblock(), transaction.atomic():
        shop, rival = make_merchant("loom"), make_merchant("rival")
        products = {
            (path, brand): make_product(
                shop, f"{path}-{brand}", brand=brand,
                category=make_category(path) if path else None,
            )
            for path in PATHS
            for brand in BRANDS
        }  # fmt: skip
        other = make_product(rival, "theirs", brand="Aster", category=make_category("shoes"))
        now = timezone.now()
        with as_everyone():
            people = {}
            for number in range(PEOPLE):
                shopper = Shopper.objects.create(pk=uuid.UUID(int=number + 1))
                human = invented(str(shopper.pk), chance, now)
                people[human.name] = human
                save(human, shopper, shop, products, chance)
                noise(shopper, rival, other, chance, now)
        yield shop, people, now
        transaction.set_rollback(True)


def invented(name: str, chance: random.Random, now: datetime) -> Human:
    """Return a random person."""
    made = Human(name, chance.choice([True, True, True, False, None]),
                 chance.choice([True, True, False, None]), chance.random() < 0.1,
                 chance.choice(["", "", "en", "zh-hans"]))  # fmt: skip
    for _n in range(chance.choice([0, 0, 1, 1, 2, 4])):
        at = now - timedelta(days=chance.choice([1, 10, 45, 100, 200, 400]), hours=chance.random())
        lines = [
            Line(chance.choice(PATHS), chance.choice(BRANDS), chance.randint(1, 3),
                 Decimal(chance.choice([5, 20, 99])))
            for _m in range(chance.randint(1, 3))
        ]  # fmt: skip
        total = sum((line.unit * line.quantity for line in lines), Decimal(0))
        back = at + timedelta(hours=12) if chance.random() < 0.2 else None
        made.orders.append(Placed(at, chance.choice(["CNY", "USD"]), total,
                                  chance.choice(["en", "zh-hans"]), chance.choice(["CN", "US"]),
                                  lines, back))  # fmt: skip
    for _n in range(chance.choice([0, 0, 1, 3, 6])):
        made.deeds.append(Done(chance.choice(["view", "save", "cart", "share"]),
                               now - timedelta(days=chance.choice([1, 20, 70, 200])),
                               chance.choice(PATHS), chance.choice(BRANDS)))  # fmt: skip
    return made


def save(human: Human, shopper: Shopper, shop: Merchant,
         products: dict[tuple[str, str], Product], chance: random.Random) -> None:  # fmt: skip
    """Save a person; consents were chosen the other way first."""
    for purpose, given in (("marketing", human.offers), ("personalisation", human.known)):
        if given is not None:
            for choice in (not given, given):
                Consent.objects.create(shopper=shopper, purpose=purpose, given=choice, wording="x")
    if human.muted:
        Muted.objects.create(shopper=shopper, merchant=shop)
    if human.language:
        Contact.objects.create(shopper=shopper, language=human.language)
    for placed in human.orders:
        order = make_order(shopper, shop, placed)
        OrderLine.objects.bulk_create(
            OrderLine(merchant=shop, order=order, sku="x", titles={}, category=line.category,
                      variant=products[line.category, line.brand].variants.first(),
                      quantity=line.quantity, unit_amount=line.unit)
            for line in placed.lines
        )  # fmt: skip
        if placed.back:
            Return.objects.create(
                merchant=shop, order=order, kind="refund", reason="changed_mind",
                condition="unused", way="original", asked_at=placed.back,
            )  # fmt: skip
    Event.objects.bulk_create(
        Event(shopper=shopper, kind=deed.kind, at=deed.at,
              product=products[deed.category, deed.brand].pk)
        for deed in human.deeds
    )  # fmt: skip


def make_order(shopper: Shopper, shop: Merchant, placed: Placed, **fields: Any) -> Order:
    """Save an order."""
    return Order.objects.create(
        merchant=shop, shopper=shopper, currency=placed.currency, items_amount=placed.total,
        total_amount=placed.total, email="x@example.com", payment_provider="x",
        language=placed.language, address={"country": placed.country}, placed_at=placed.at,
        **fields,
    )  # fmt: skip


def noise(shopper: Shopper, rival: Merchant, other: Product, chance: random.Random,
          now: datetime) -> None:  # fmt: skip
    """Save what this shop may not see: cancelled orders, another shop's, what was only shown."""
    placed = Placed(now - timedelta(days=3), "CNY", Decimal(500), "en", "DE", [])
    if chance.random() < 0.3:
        make_order(shopper, rival, placed)
    Event.objects.create(shopper=shopper, kind="view", product=other.pk)
    Event.objects.create(shopper=shopper, kind="impression", product=other.pk)


def test_random_rules_hold_whom_the_oracle_holds(town: Town) -> None:
    shop, people, now = town
    chance = random.Random(5)
    empty = 0
    for _n in range(RULES):
        rule = read(random_rule(chance, 0))
        assert read(written(rule)) == rule
        found = {str(one) for one in members(Wanted(shop.pk, rule), now=now)}
        assert found == {name for name, one in people.items() if inside(rule, one, now)}, rule
        empty += not found
        assert sentence(rule)
    assert empty < RULES * 0.6, "rules that hold nobody prove little"


def random_rule(chance: random.Random, depth: int) -> dict[str, Any]:
    """Return a rule of random shape."""
    if depth < 3 and chance.random() < 0.45:
        if chance.random() < 0.25:
            return {"not": random_rule(chance, depth + 1)}
        parts = [random_rule(chance, depth + 1) for _n in range(chance.randint(1, 3))]
        return {chance.choice(["all", "any"]): parts}
    within = {"within": chance.choice([5, 30, 90, 365])} if chance.random() < 0.5 else {}
    thing = {"category": chance.choice(PATHS), "brand": chance.choice(BRANDS)}
    low, high = sorted(chance.sample(range(0, 6), 2))
    money = {"currency": chance.choice(["CNY", "USD"]), "least": str(low * 20),
             "most": str(high * 40)}  # fmt: skip
    return chance.choice([
        {"is": "bought", "least": chance.randint(1, 2)} | thing | within,
        {"is": "orders", "least": low, "most": high} | within,
        {"is": "orders", "most": low} | within,
        {"is": "spent"} | money | within,
        {"is": "price"} | money,
        {"is": "last_order", "least": low * 20, "most": 1 + high * 40},
        {"is": "stage", "stages": chance.sample(STAGES, 2)},
        {"is": "did", "kind": chance.choice(["", "view", "save"]), "least": chance.randint(1, 2)}
        | thing | within,
        {"is": "seen", "within": chance.choice([2, 30, 90])},
        {"is": "language", "languages": [chance.choice(["en", "zh-hans"])]},
        {"is": "country", "countries": [chance.choice(["CN", "US"])]},
        {"is": "returned"} | within,
    ])  # fmt: skip


def test_who_opted_out_is_in_no_segment(town: Town) -> None:
    shop, people, now = town
    gone = {name for name, one in people.items() if not one.offers or one.muted}
    unknown = {name for name, one in people.items() if not one.known}
    everybody = members(Wanted(shop.pk, All()), now=now)
    assert gone and everybody and not gone & {str(one) for one in everybody}
    for rule in (Not(Did(least=50)), Some((InStage(("looking",)), Bought()))):
        assert needs_deeds(rule)
        found = {str(one) for one in members(Wanted(shop.pk, rule), now=now)}
        assert not found & (gone | unknown)


def test_a_withdrawal_empties_every_segment_at_once(town: Town) -> None:
    shop, _people, now = town
    before = members(Wanted(shop.pk, All()), now=now)
    with transaction.atomic():
        for one in before:
            with as_everyone():
                Consent.objects.create(
                    shopper_id=one, purpose="marketing", given=False, wording="x"
                )
        assert members(Wanted(shop.pk, All()), now=now) == []
        assert known_to(shop).people == 0
        transaction.set_rollback(True)


def test_a_few_people_are_not_counted(town: Town) -> None:
    shop, people, now = town
    for least in range(1, 12):
        rule = Bought(least=least)
        real = sum(inside(rule, one, now) for one in people.values())
        told = reach(Wanted(shop.pk, rule), now=now).people
        assert told == (real if real == 0 or real >= FEWEST else None)


@pytest.mark.parametrize(
    "rule",
    [
        [], "x", None, {"is": "nothing"}, {"is": "bought", "least": 0}, {"is": ["bought"]},
        {"is": "bought", "least": None}, {"is": "bought", "within": True},
        {"is": "bought", "within": 0}, {"is": "bought", "category": "x" * 401},
        {"is": "bought", "brand": "a\x00"}, {"is": "spent", "least": "5"},
        {"is": "spent", "currency": "CNY"}, {"is": "spent", "currency": "CNY", "least": "NaN"},
        {"is": "spent", "currency": "CNY", "least": "1e99"}, {"is": "orders", "least": -1},
        {"is": "orders", "least": 3, "most": 2}, {"is": "stage", "stages": []},
        {"is": "stage", "stages": ["x"]}, {"is": "language", "languages": "en"},
        {"is": "did", "kind": "dislike"}, {"is": "seen", "within": None}, {"any": []},
        {"all": [], "any": []}, {"is": "bought", "sql": "1"}, {"not": []},
        {"all": [{"is": "seen"}] * 25}, {"not": {"not": {"not": {"not": {"not": {"not": {
            "is": "seen"}}}}}}},
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused(rule: object) -> None:
    with pytest.raises(WrongRule):
        read(rule)


def test_nothing_in_a_rule_becomes_part_of_the_statement(town: Town) -> None:
    shop, _people, now = town
    for word in ("'; DROP TABLE x; --", "%s", "%(shop)s", "{0}", "\\", "'' OR true"):
        rule = read({"any": [{"is": "bought", "brand": word}, {"is": "did", "category": word}]})
        assert members(Wanted(shop.pk, rule), now=now) == []
