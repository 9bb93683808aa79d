"""What shops' rules say before anything is bought: how they send, and what they take back.

For consulting, where no single product is meant or no order is there to decide about. Everything is
the shops' own rule as data; nothing is promised about an order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from assistant.doing.aspects import told_of
from assistant.doing.countries import country_in, sends_to, sent_there
from assistant.doing.matters import Matter
from assistant.doing.offering import ways_of
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.rules.reasons import condition_of, reason_of
from assistant.doing.telling import live_one, phrase
from assistant.understanding.aspects import BACK, aspects_in, swaps
from catalog.assembling import Whole
from catalog.models import ShippingMethod
from catalog.policies.deciding import Bought, rule_for, ships_on
from catalog.policies.terms import Reason
from catalog.policies.versions import policy_now
from catalog.presenting.buying import fee
from catalog.presenting.money import money
from catalog.presenting.policies import day_of

MOST_SHOPS, MOST_SHOPS_UNSEEN = 3, 6
MOST_WAYS = 2


def deliveries(
    asker: Asker, shops: Sequence[int], names: Mapping[int, str], question: str, *, seen: bool
) -> Outcome | None:
    """Tell how each of a few shops sends, in a line each.

    ``seen``: the goods that were looked at are theirs, so one that does not send there makes it
    None; else those that do are told.
    """
    country, said = country_in(question) or (asker.country, "")
    there = ""
    if seen and said:
        there = phrase(asker, "（可寄往{name}）", " (sends to {name})", name=said)
    rows, told = [], []
    for shop in shops[: MOST_SHOPS if seen else MOST_SHOPS_UNSEEN]:
        ways = ways_of(None, shop)
        shown = [one for one in ways if one.currency == asker.currency] or ways
        fitting = [one for one in shown if sends_to(one, country)]
        if not fitting:
            if seen:
                return None
            continue
        leaves = day_of(ships_on(policy_now(shop), timezone.now())) if seen else ""
        methods = [method_row(one) for one in sorted(fitting, key=lambda one: one.amount)]
        shown_ways = methods[: MOST_WAYS if seen else 1]
        rows.append({"shop": names[shop] + there, "methods": shown_ways, "leaves": leaves})
        told.append(shop)
    if not rows and said:
        return Outcome("declined", {"what": sent_there(asker, said)}, merchants=tuple(shops))
    if not rows:
        return None
    facts = {"shops": rows, "seen": seen, "country": said}
    return Outcome("deliveries", facts, merchants=tuple(told))


def method_row(way: ShippingMethod) -> dict[str, Any]:
    """Return a way of shipping as a sentence has it."""
    return {
        "name": str(way),
        "price": fee(way.amount, way.currency),
        "least": way.days_least,
        "most": way.days_most,
        "free_from": money(way.free_from, way.currency) if way.free_from else "",
    }


def returns(
    asker: Asker,
    product: int | None,
    shop: int | None,
    shop_name: str,
    question: str,
    *,
    kind: str = "",
) -> Outcome | None:
    """Tell by which rule a product, or a shop's goods, come back; None where there is no rule.

    ``kind``: the path of the kind of goods that is asked of where no product is.
    """
    thing = live_one(product) if product else None
    shop = thing.product.merchant_id if thing else shop
    if shop is None:
        return None
    policy, reason = policy_now(shop), reason_of(question) or Reason.CHANGED_MIND
    goods = bought(thing) if thing else Bought("", 1, "delivered", category=kind)
    rule = rule_for(policy, goods, reason)
    if rule is None:
        return None
    name = thing.product.merchant.name if thing else shop_name
    matter = Matter(asker, policy, goods, name, shop, question=question,
                    reason=reason_of(question), swaps=swaps(question))  # fmt: skip
    asked = [one for one in aspects_in(question, BACK) if one in ("pays", "worn")]
    if condition_of(question) and "worn" not in asked:
        asked.insert(0, "worn")
    found = told_of(matter, [*asked, "deadline"])
    if found is None:
        return None
    ids = (thing.product.pk,) if thing else ()
    facts = {"shop": name, "topic": phrase(asker, "退换货", "returns"), "says": found.facts["says"]}
    return Outcome("policy", facts, ids, merchants=(shop,), trace={"rule": rule.code})


def bought(thing: Whole | None) -> Bought:
    """Return a product as the rules would see it once it is bought."""
    if thing is None:
        return Bought("", 1, "delivered")
    category = thing.product.category.path if thing.product.category else ""
    return Bought(thing.product.sku, 1, "delivered", category=category)
