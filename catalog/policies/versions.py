"""The rows behind policies: which version holds, which one an order was placed under.

For everything that decides by a shop's policy, and for the portal's page. A shop that has written
nothing has `STANDARD`. Nothing is ever overwritten: a change is one more row.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from catalog.models import Order, PolicyVersion
from catalog.policies.terms import STANDARD, Policy, from_json, to_json
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant

KEPT_S = 60


class Outdated(Exception):
    """Somebody has written another version meanwhile; ``number`` is the latest."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def policy_of(merchant: Merchant | int, when: datetime.datetime | None = None) -> Policy:
    """Return the policy that held at a moment, now unless told otherwise. One query."""
    return policies_of([(merchant if isinstance(merchant, int) else merchant.pk, when)])[0]


def policy_now(merchant: int) -> Policy:
    """Return the policy that holds now, as pages show it: at most a minute old. No query mostly."""
    stored: dict[str, Any] | None = cache.get(kept_as(merchant))
    if stored is None:
        stored = to_json(policy_of(merchant))
        cache.set(kept_as(merchant), stored, KEPT_S)
    return from_json(stored)


def kept_as(merchant: int) -> str:
    """Return the cache's key of a shop's policy."""
    return f"policy:{merchant}"


def policy_for(order: Order) -> Policy:
    """Return the policy under which an order was placed. One query."""
    return policy_of(order.merchant_id, order.placed_at)


def policies_of(asked: Iterable[tuple[int, datetime.datetime | None]]) -> list[Policy]:
    """Return the policies of these shops at these moments. One query, however many."""
    asked = list(asked)
    rows = PolicyVersion.objects.filter(merchant__in={shop for shop, _when in asked})
    versions = list(rows.order_by("-number"))
    found = []
    for shop, when in asked:
        at = when or timezone.now()
        held = (one for one in versions if one.merchant_id == shop and one.made_at <= at)
        version = next(held, None)
        found.append(from_json(version.terms) if version else STANDARD)
    return found


def latest(merchant: Merchant) -> tuple[int, Policy]:
    """Return the newest version's number, 0 if the shop has written none, and what it says."""
    version = PolicyVersion.objects.filter(merchant=merchant).order_by("-number").first()
    return (version.number, from_json(version.terms)) if version else (0, STANDARD)


def write(
    merchant: Merchant,
    policy: Policy,
    *,
    after: int | None = None,
    by: User | None = None,
    since: datetime.datetime | None = None,
) -> int:
    """Let another policy hold from now on; return its number. What is said already adds no row.

    ``after``: the number that was changed; Outdated if another has come since.
    ``since``: when a shop's first policy began to hold, if before now; later ones begin now.
    """
    with as_merchant(merchant):
        Merchant.objects.select_for_update().get(pk=merchant.pk)
        number, held = latest(merchant)
        if after is not None and after != number:
            raise Outdated(number)
        if number and held == policy:
            return number
        mine = PolicyVersion.objects.filter(merchant=merchant)
        number = (mine.aggregate(Max("number"))["number__max"] or 0) + 1
        began = since if since and number == 1 else timezone.now()
        PolicyVersion.objects.create(
            merchant=merchant, number=number, terms=to_json(policy), made_by=by, made_at=began
        )
        transaction.on_commit(lambda: cache.delete(kept_as(merchant.pk)))
    return number
