"""Put simulated shoppers into the market place: consents, deeds, orders; and take them out again.

For ``manage.py simulate`` and the demo. Each has a number by which it is known again, so doing it
twice changes nothing. The demo's shopper gets a past of their own, unless they have one.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from catalog.models import Category, Order, OrderEvent, OrderLine, Product, SearchOffer, Variant
from catalog.models.order import Actor, OrderState, PaymentState
from profiles.consenting import choose
from profiles.models import Event, Kind, Purpose
from profiles.simulating.walking import Persona, Step, Thing, World
from shopguide.accounts.models import Shopper, User
from shopguide.accounts.tenancy import as_everyone

PEOPLE = 120
CURRENCY = "CNY"
NAMES = uuid.UUID("5b0e3a52-4c8a-4c1a-9c55-2f6f0f1f7a10")
DEMO_SHOPPER = "shopper@example.com"
DEMO_LOVES = ("shoes/running-shoes", "kitchen/tea-sets", "electronics/audio/headphones")
# Deeds older than so many days have been delivered.
DELIVERED_DAYS = 4
Offers = dict[int, tuple[int, Decimal]]


def number_of(persona: int) -> uuid.UUID:
    """Return the id of a simulated shopper."""
    return uuid.uuid5(NAMES, f"shopper {persona}")


def market_world() -> tuple[World, Offers]:
    """Return the market place as simulated shoppers meet it, and what each thing costs."""
    with as_everyone():
        products = dict(Product.objects.live().values_list("pk", "category"))
        rows = SearchOffer.objects.filter(
            currency=CURRENCY, in_stock=True, amount__isnull=False, product__in=products
        ).order_by("amount", "variant")
        offers: Offers = {}
        for product, variant, amount in rows.values_list("product", "variant", "amount"):
            if amount is not None:
                offers.setdefault(product, (variant, amount))
    kinds: dict[int, list[int]] = defaultdict(list)
    for product in sorted(offers, key=lambda pk: (offers[pk][1], pk)):
        if products[product] is not None:
            kinds[products[product]].append(product)
    things = [
        Thing(product, kind, place / max(1, len(row) - 1))
        for kind, row in kinds.items()
        for place, product in enumerate(row)
    ]
    return World(things), offers


@dataclass
class Past:
    """What a past is made of, and how much was made."""

    world: World
    offers: Offers
    names: dict[int, str]
    until: datetime
    people: int = 0
    deeds: int = 0
    orders: int = 0


def populate(people: int = PEOPLE, *, until: datetime | None = None) -> dict[str, int]:
    """Let so many shoppers have been here; return how many are new. Seconds."""
    world, offers = market_world()
    past = Past(world, offers, names_of(world), until or timezone.now())
    for number in range(people if world.things else 0):
        with transaction.atomic(), as_everyone():
            shopper, fresh = Shopper.objects.get_or_create(pk=number_of(number))
            if fresh:
                add(shopper, world.persona(number), past)
    with transaction.atomic(), as_everyone():
        demo = demo_shopper() if world.things else None
        if demo is not None and not Event.objects.filter(shopper=demo).exists():
            add(demo, demo_persona(world), past)
    return {"people": past.people, "deeds": past.deeds, "orders": past.orders}


def add(shopper: Shopper, persona: Persona, past: Past) -> None:
    """Give one shopper a past."""
    choose(shopper, {Purpose.PERSONALISATION: True, Purpose.TRAINING: True}, via="demo")
    steps = list(past.world.walk(persona, past.until))
    Event.objects.bulk_create(
        event_of(shopper, step, place, past.names) for place, step in enumerate(steps)
    )
    past.people += 1
    past.deeds += len(steps)
    past.orders += order(shopper, [one for one in steps if one.action == "purchase"], past)


def event_of(shopper: Shopper, step: Step, place: int, names: dict[int, str]) -> Event:
    """Return a step as a deed; its id follows from whose and which it is."""
    return Event(
        shopper=shopper,
        client_id=uuid.uuid5(NAMES, f"{shopper.pk} {place}"),
        kind=Kind(step.action),
        product=step.product or None,
        words="" if step.product else names[step.kind],
        at=step.at,
    )


def names_of(world: World) -> dict[int, str]:
    """Return what each kind is searched for by."""
    with as_everyone():
        rows = Category.objects.filter(pk__in=world.kinds)
        return {one.pk: (one.name_zh or one.name_en or one.path)[:200] for one in rows}


def demo_shopper() -> Shopper | None:
    """Return the demo's shopper, made if there is the login."""
    user = User.objects.filter(email=DEMO_SHOPPER, is_demo=True).first()
    return Shopper.objects.get_or_create(user=user)[0] if user else None


def demo_persona(world: World) -> Persona:
    """Return somebody who runs, and makes tea with music on."""
    with as_everyone():
        paths = dict(Category.objects.filter(path__in=DEMO_LOVES).values_list("path", "pk"))
    loves = [paths[path] for path in DEMO_LOVES if paths.get(path) in world.kinds]
    return Persona(-1, tuple(loves) or world.persona(0).loves, 0.5)


# --- Orders -----------------------------------------------------------------------------------
def order(shopper: Shopper, bought: Sequence[Step], past: Past) -> int:
    """Write what was bought on one day as orders, one for each shop; return how many."""
    days: dict[date, list[Step]] = defaultdict(list)
    for step in bought:
        days[step.at.date()].append(step)
    count = 0
    for steps in days.values():
        shops: dict[int, list[Variant]] = defaultdict(list)
        for variant in read({past.offers[one.product][0] for one in steps}):
            shops[variant.merchant_id].append(variant)
        checkout = uuid.uuid5(NAMES, f"{shopper.pk} {steps[0].at.isoformat()}")
        for chosen in shops.values():
            lines = [line_of(one, past.offers[one.product_id][1]) for one in chosen]
            place(shopper, checkout, lines, at=steps[-1].at, until=past.until)
            count += 1
    return count


def read(variants: Iterable[int]) -> list[Variant]:
    """Return variants with what a line of an order says of them."""
    rows = Variant.objects.filter(pk__in=variants).select_related("product__category")
    return list(rows.prefetch_related("product__texts", "product__media").order_by("pk"))


def place(
    shopper: Shopper,
    checkout: uuid.UUID,
    lines: Sequence[OrderLine],
    *,
    at: datetime,
    until: datetime,
) -> None:
    """Write one shop's order as it stands by now; stock and letters are left alone."""
    total, merchant = sum(one.amount for one in lines), lines[0].merchant_id
    old = until - at > timedelta(days=DELIVERED_DAYS)
    made = Order.objects.create(
        merchant_id=merchant, shopper=shopper, checkout=checkout, currency=CURRENCY,
        state=OrderState.DELIVERED if old else OrderState.PAID,
        items_amount=total, total_amount=total, payment_provider="on_delivery",
        payment_state=PaymentState.PAID, language="zh-hans", placed_at=at,
        email=shopper.user.email if shopper.user else f"{shopper.pk.hex[:12]}@example.com",
        address={"country": "CN"},
    )  # fmt: skip
    for line in lines:
        line.order = made
    OrderLine.objects.bulk_create(lines)
    steps = [OrderState.PLACED, OrderState.PAID]
    steps += [OrderState.PACKED, OrderState.SHIPPED, OrderState.DELIVERED] if old else []
    OrderEvent.objects.bulk_create(
        OrderEvent(
            merchant_id=merchant, order=made, kind=step, actor=Actor.SYSTEM,
            at=at + timedelta(hours=18 * number),
        )
        for number, step in enumerate(steps)
    )  # fmt: skip


def line_of(variant: Variant, amount: Decimal) -> OrderLine:
    """Return one line in the words of today."""
    product = variant.product
    picture = next(iter(product.media.all()), None)
    return OrderLine(
        merchant_id=variant.merchant_id, variant=variant, sku=variant.sku, quantity=1,
        unit_amount=amount,
        category=product.category.path if product.category else "", options=variant.options,
        titles={text.locale: text.title for text in product.texts.all() if not text.arm},
        picture=picture.file if picture else "",
    )  # fmt: skip


def remove(people: int = PEOPLE) -> int:
    """Take simulated shoppers and all that was theirs out again; return how many."""
    with transaction.atomic(), as_everyone():
        numbers = [number_of(number) for number in range(people)]
        Order.objects.filter(shopper__in=numbers).delete()
        found = Shopper.objects.filter(pk__in=numbers)
        count = found.count()
        found.delete()
    return count
