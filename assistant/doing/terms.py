"""What shops' rules say before anything is bought: how they send, and what they take back.

For consulting, where no single product is meant or no order is there to decide about. Everything is
the shops' own rule as data; nothing is promised about an order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from assistant.doing.offering import country_in, ways_of
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.rules.reasons import condition_of, reason_of
from assistant.doing.telling import live_one, phrase
from catalog.assembling import Whole
from catalog.models import ShippingMethod
from catalog.policies.deciding import Bought, rule_for, ships_on
from catalog.policies.terms import FAULTS, Condition, Policy, Reason, Rule
from catalog.policies.versions import policy_now
from catalog.presenting.buying import fee
from catalog.presenting.money import money
from catalog.presenting.policies import day_of, rule_line

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
        fitting = [one for one in shown if not country or one.ships_to(country)]
        if not fitting:
            if seen:
                return None
            continue
        leaves = day_of(ships_on(policy_now(shop), timezone.now())) if seen else ""
        methods = [method_row(one) for one in sorted(fitting, key=lambda one: one.amount)]
        shown_ways = methods[: MOST_WAYS if seen else 1]
        rows.append({"shop": names[shop] + there, "methods": shown_ways, "leaves": leaves})
        told.append(shop)
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
    facts = {
        "shop": thing.product.merchant.name if thing else shop_name,
        "topic": phrase(asker, "退换货", "returns"),
        "says": [*in_condition(asker, rule, question), *sentences_of(line_of(asker, rule)),
                 *if_faulty(asker, policy, goods, reason)],
    }  # fmt: skip
    ids = (thing.product.pk,) if thing else ()
    return Outcome("policy", facts, ids, merchants=(shop,), trace={"rule": rule.code})


def line_of(asker: Asker, rule: Rule) -> str:
    """Return a rule's terms in a line, without whom it is for."""
    if rule.return_days or rule.exchange_days:
        return rule_line(rule)
    return phrase(
        asker,
        "没有质量问题的话，这类商品不退不换。",
        "Unless something is wrong with them, these goods are not taken back.",
    )


def bought(thing: Whole | None) -> Bought:
    """Return a product as the rules would see it once it is bought."""
    if thing is None:
        return Bought("", 1, "delivered")
    category = thing.product.category.path if thing.product.category else ""
    return Bought(thing.product.sku, 1, "delivered", category=category)


def in_condition(asker: Asker, rule: Rule, question: str) -> list[str]:
    """Return the answer to "and if I have worn it?", nothing where that was not asked."""
    said = condition_of(question)
    if said is None or not rule.return_days:
        return []
    if said == Condition.USED and rule.condition != Condition.USED:
        return [
            phrase(asker, "用过或穿过的商品就不能再退了。", "Once it has been used or worn, no.")
        ]
    if said == Condition.UNUSED:
        unopened = rule.condition == Condition.SEALED
        return [
            phrase(asker, "要没拆封的才能退。", "It has to be unopened, too.")
            if unopened
            else phrase(asker, "没用过可以退。", "Unused, yes.")
        ]
    if said == Condition.USED:
        return [phrase(asker, "用过也可以退。", "Yes, also when it has been used.")]
    return [phrase(asker, "没拆封可以退。", "Unopened, yes.")]


def if_faulty(asker: Asker, policy: Policy, goods: Bought, reason: Reason) -> list[str]:
    """Return what holds for faults, where that is not what was asked."""
    rule = rule_for(policy, goods, Reason.FAULTY)
    if reason in FAULTS or rule is None or not rule.return_days:
        return []
    parts = [one.rstrip("。. ") for one in sentences_of(rule_line(rule))]
    line = phrase(asker, "；", "; ").join(
        one if asker.chinese else one[:1].lower() + one[1:] for one in parts
    )
    return [phrase(asker, "如果有质量问题，{line}。", "If it is faulty: {line}.", line=line)]


def sentences_of(text: str) -> list[str]:
    """Return a rule's sentences one by one, as they are said."""
    return [one for one in re.split(r"(?<=。)|(?<=[.!?]) ", text) if one]
