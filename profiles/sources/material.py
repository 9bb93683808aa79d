"""What is learnt from: deeds of who agreed to it, and baskets, without machines. For `learning`."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from catalog.models import OrderLine
from catalog.models.order import OrderState
from profiles.consenting import agreed
from profiles.models import Event, Kind, Purpose
from profiles.sources.cleaning import Act, cleaned
from shopguide.accounts.tenancy import as_everyone

# Deeds older than this teach nothing.
WINDOW = timedelta(days=365)
POSITIVE = (Kind.VIEW, Kind.CLICK, Kind.SAVE, Kind.CART, Kind.PURCHASE)


@dataclass
class Material:
    """What is learnt from. ``baskets``: buyer, products; ``bought``: buyer, product, moment."""

    acts: list[Act] = field(default_factory=list)
    baskets: list[tuple[Any, tuple[int, ...]]] = field(default_factory=list)
    bought: list[tuple[Any, int, datetime]] = field(default_factory=list)
    people: int = 0
    left_out: int = 0


def gather(now: datetime) -> Material:
    """Read deeds and orders, without machines. Two queries."""
    people = [UUID(one) for one in agreed(Purpose.TRAINING)]
    with as_everyone():
        rows = list(
            Event.objects.filter(
                shopper__in=people, kind__in=POSITIVE, product__isnull=False,
                at__gt=now - WINDOW, at__lte=now,
            ).values_list("shopper", "product", "at", "kind")
        )  # fmt: skip
        lines = list(
            OrderLine.objects.filter(order__placed_at__gt=now - WINDOW, order__placed_at__lte=now)
            .exclude(order__state=OrderState.CANCELLED)
            .exclude(variant=None)
            .values_list(
                "order__shopper", "order__checkout", "variant__product", "order__placed_at"
            )
            .order_by("order__placed_at", "pk")
        )
    acts = [Act(str(user), item, at.timestamp(), kind) for user, item, at, kind in rows]
    clean = cleaned(acts)
    baskets: dict[Any, set[int]] = defaultdict(set)
    buyers = {}
    for buyer, checkout, product, _at in lines:
        baskets[checkout].add(product)
        buyers[checkout] = buyer
    return Material(
        clean,
        [(buyers[checkout], tuple(sorted(items))) for checkout, items in baskets.items()],
        [(buyer, product, at) for buyer, _checkout, product, at in lines],
        len({act.user for act in clean}),
        len(acts) - len(clean),
    )


def sequences(material: Material) -> list[list[int]]:
    """Return what each person went through, in order, the same thing in a row once."""
    theirs: dict[Any, list[int]] = defaultdict(list)
    for act in material.acts:
        if theirs[act.user][-1:] != [act.item]:
            theirs[act.user].append(act.item)
    return list(theirs.values())


def numbered(material: Material, most: int | None = None) -> tuple[Any, list[int]]:
    """Return histories by number and what the numbers stand for, the commonest items first."""
    from shopguide.inference.sequences.histories import Histories

    rows = sequences(material)
    counts = Counter(item for row in rows for item in row)
    items = sorted(counts, key=lambda item: (-counts[item], item))[:most]
    place = {item: number for number, item in enumerate(items)}
    known = [[place[item] for item in row if item in place] for row in rows]
    return Histories.of(known, len(items)), items
