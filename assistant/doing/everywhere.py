"""What each shop of the market holds by, where no shop and no product is meant.

For consulting. One shop's page must not speak for the others, so a question of the whole market is
answered by each shop's own rule as data, shops with the same rule together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import ngettext

from assistant.doing.outcome import Asker, Outcome
from assistant.doing.rules.reasons import condition_of, reason_of
from assistant.doing.telling import phrase
from assistant.doing.terms import returns
from assistant.understanding.aspects import BACK, PARCEL, aspects_in
from catalog.policies.deciding import Bought, first_fitting, rule_for
from catalog.policies.terms import FAULTS, Payer, Policy, Reason, Rule, Way
from catalog.policies.versions import policies_of
from catalog.presenting.policies import accepted, pays, rule_line, warranty_line

MOST_SHOPS = 12
RETURNS = re.compile(
    r"退(?!烧|热)|换货|包换"
    r"|\b(?:return(?:s|ed|ing)?|refunds?|exchang\w+|go back"
    r"|(?:send|bring|give) (?:it|them|stuff|things|something|anything|goods|items?) back)\b"
)
WHO_PAYS = re.compile(
    r"(?:退|换|寄回).{0,8}(?:运费|邮费)|(?:运费|邮费).{0,8}(?:退|换|寄回)"
    r"|\b(?:who pays|return (?:postage|shipping)|pay (?:for )?(?:the )?(?:return|way back))\b"
)
WARRANTY = re.compile(r"保修|质保|\b(?:warrant(?:y|ies)|guarantees?)\b")


# Why nothing is wrong with it; what supposes that something is.
PLAIN = (None, Reason.CHANGED_MIND, Reason.DOES_NOT_FIT)
# Of faults in general; of one that has shown, a shop's page may know more.
FAULT_ASKED = re.compile(r"质量问题|瑕疵|\b(?:faulty|defective) (?:goods|things|items|products)\b")
SUPPOSED = re.compile(r"如果|要是|万一|假如|怎么办|\b(?:if|in case|what happens|suppose)\b")


def each_shop(
    asker: Asker, names: Mapping[int, str], question: str, kind: str = ""
) -> Outcome | None:
    """Tell how each shop takes back or answers for its goods; None for another question.

    ``kind``: the path of the kind of goods that is asked of. None too where the question names a
    reason or a condition, which a shop's page may know more of, and in a market of more than a
    dozen shops. One query.
    """
    if len(names) > MOST_SHOPS or not (topic := topic_of(asker, question.casefold())):
        return None
    thing = Bought("", 1, "delivered", category=kind)
    if len(names) == 1 and topic.line is takes_back:
        ((shop, name),) = names.items()
        return returns(asker, None, shop, name, question, kind=kind)
    lines: dict[str, list[int]] = {}
    policies = policies_of((shop, None) for shop in names)
    for shop, policy in zip(names, policies, strict=True):
        if line := topic.line(asker, policy, thing):
            lines.setdefault(line, []).append(shop)
    if not lines:
        return None
    if len(names) == 1:
        ((shop, name),) = names.items()
        only = {"shop": name, "topic": topic.name, "says": list(lines)}
        return Outcome("policy", only, merchants=(shop,))
    rows = sorted(lines.items(), key=lambda one: -len(one[1]))
    told = tuple(shop for _line, shops in rows for shop in shops)
    between = phrase(asker, "、", ", ")
    facts = {
        "topic": topic.name,
        "shops": [
            {"shop": between.join(names[one] for one in shops), "says": line}
            for line, shops in rows
        ],
        "all": len(rows) == 1 and len(told) == len(names) > 1,
    }
    return Outcome("each_shop", facts, merchants=told)


@dataclass(frozen=True)
class Topic:
    """What is asked about, and a shop's rule on it in a line; empty where it has none."""

    name: str
    line: Callable[[Asker, Policy, Bought], str]


def topic_of(asker: Asker, question: str) -> Topic | None:
    """Return what a general question is about."""
    for one in (*aspects_in(question, BACK), *aspects_in(question, PARCEL)):
        if one in ASPECTS:
            name, line = ASPECTS[one]
            return Topic(phrase(asker, *name), line)
    if WARRANTY.search(question):
        return Topic(phrase(asker, "保修", "warranty"), answers_for)
    if WHO_PAYS.search(question):
        return Topic(phrase(asker, "退换货运费", "return postage"), who_pays)
    if reason_of(question) in FAULTS and FAULT_ASKED.search(question):
        return Topic(phrase(asker, "质量问题", "faulty goods"), for_faults)
    plain = reason_of(question) in PLAIN and not condition_of(question)
    asked = RETURNS.search(question) or (reason_of(question) and SUPPOSED.search(question))
    if plain and asked:
        return Topic(phrase(asker, "退换货", "returns"), takes_back)
    return None


def for_faults(asker: Asker, policy: Policy, thing: Bought) -> str:
    """Say within how many days faulty goods come back, and who pays for the way."""
    rule = rule_for(policy, thing, Reason.FAULTY)
    if rule is None or not rule.return_days:
        return ""
    line = ngettext(
        "Return within %(days)s day.", "Return within %(days)s days.", rule.return_days
    ) % {"days": rule.return_days}
    if rule.payer != Payer.SHOP:
        return line
    said = ("{line}，退回运费由店铺承担。", "{line}, and the shop pays for the way back.")
    return phrase(asker, *said, line=line.rstrip("。."))


def refunded(asker: Asker, policy: Policy, thing: Bought) -> str:
    """Say how money goes back, and that nobody states in how many days."""
    plain = rule_for(policy, thing, Reason.CHANGED_MIND)
    if plain is None:
        return ""
    transfer = Way.ORIGINAL not in plain.ways
    way = (
        phrase(asker, "由店铺转账", "by a transfer of the shop")
        if transfer
        else phrase(asker, "原路退回", "the way it was paid")
    )
    return phrase(asker, "{way}；几天到账没有写明。",
                  "{way}; how many days that takes is not stated.", way=way)  # fmt: skip


def packed(asker: Asker, policy: Policy, thing: Bought) -> str:
    """Say in which state goods come back that nothing is wrong with."""
    plain = rule_for(policy, thing, Reason.CHANGED_MIND)
    return accepted(plain.condition) if plain and plain.return_days else ""


def pays_difference(asker: Asker, policy: Policy, thing: Bought) -> str:
    """Say that no rule pays a difference, with the way out there is."""
    line = takes_back(asker, policy, thing)
    if not line:
        return ""
    return phrase(asker, "没有写明补差价；{line}", "no such rule; {line}", line=begun(asker, line))


def if_late(asker: Asker, policy: Policy, thing: Bought) -> str:
    """Say that nothing is written of lateness, and by which rule goods come back then."""
    line = takes_back(asker, policy, thing)
    if not line:
        return ""
    return phrase(asker, "没有写明怎么补偿；{line}", "not stated; {line}", line=begun(asker, line))


def begun(asker: Asker, line: str) -> str:
    """Return a rule as the second half of a sentence."""
    return line if asker.chinese else line[:1].lower() + line[1:]


def who_pays(asker: Asker, policy: Policy, thing: Bought) -> str:
    """Say who pays for the way back, without a fault and with one."""
    plain = rule_for(policy, thing, Reason.CHANGED_MIND)
    fault = rule_for(policy, thing, Reason.FAULTY)
    if plain is None:
        return ""
    if fault is None or fault.payer == plain.payer:
        return pays(plain.payer)
    return phrase(
        asker,
        "不喜欢或不合适由您承担，质量问题由店铺承担。" if fault.payer == Payer.SHOP else "",
        "you pay, unless it is faulty: then the shop does." if fault.payer == Payer.SHOP else "",
    )


def takes_back(asker: Asker, policy: Policy, thing: Bought) -> str:
    """Say within how many days goods come back that nothing is wrong with."""
    rule = rule_for(policy, thing, Reason.CHANGED_MIND)
    if rule is None:
        return ""
    if not rule.return_days:
        return rule_line(rule)
    line = ngettext(
        "Return within %(days)s day.", "Return within %(days)s days.", rule.return_days
    ) % {"days": rule.return_days}
    if thing.category or not any(map(_keeps, policy.rules)):
        return line
    return phrase(asker, "{line}（部分品类除外）。", "{line} (not every kind of goods).",
                  line=line.rstrip("。."))  # fmt: skip


def _keeps(rule: Rule) -> bool:
    """Return whether some kinds of goods do not come back by a rule."""
    asked = not rule.reasons or Reason.CHANGED_MIND in rule.reasons
    return bool(rule.categories) and asked and not rule.return_days


def answers_for(asker: Asker, policy: Policy, thing: Bought) -> str:
    """Say how long a shop answers for faults of any of its goods."""
    warranty = first_fitting(policy.warranties, thing)
    if warranty is None and policy.warranties:
        return phrase(asker, "部分品类有保修。", "A warranty on some kinds of goods.")
    return warranty_line(warranty) if warranty else ""


# What is asked of each shop's rule, as it is called (zh, en) and told.
ASPECTS: Mapping[str, tuple[tuple[str, str], Callable[[Asker, Policy, Bought], str]]] = {
    "late": (("晚到的补偿", "late delivery"), if_late),
    "pays": (("退换货运费", "return postage"), who_pays),
    "refund_time": (("退款", "refunds"), refunded),
    "refund_way": (("退款", "refunds"), refunded),
    "packaging": (("退货时的包装", "the packaging of returns"), packed),
    "deadline": (("退换货", "returns"), takes_back),
    "price_fell": (("降价补差价", "prices that fall"), pays_difference),
    "warranty": (("保修", "warranty"), answers_for),
}
