"""Answer one aspect of an order or of a shop's rule: how long, who pays, in which state, where to.

For minding. Each answer is decided by the policy that holds for what is talked of; what the shop
has not written is said to be so, with what it has, and a person is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.doing.arriving import by_day
from assistant.doing.compensating import late, part_of_price, price_fell, resend, swap_lacking
from assistant.doing.matters import Matter, Told, payer_told
from assistant.doing.outcome import Outcome
from assistant.doing.parcels import (
    answers,
    broken_on_way,
    cancels,
    carrier,
    charged,
    chase,
    contents,
    handing,
    invoice_of,
    invoice_wrong,
    later,
    lost,
    paid,
    progress,
    readdresses,
    refusing,
    weekend,
)
from assistant.doing.rules.reasons import condition_of, only_opened
from assistant.understanding.aspects import BACK, aspects_in
from assistant.understanding.days import months_in
from catalog.models import Refund
from catalog.models.order import OrderState
from catalog.policies.deciding import Why, first_fitting, may_cancel
from catalog.policies.terms import FAULTS, Condition, Reason, Remedy, Rule, Way
from catalog.presenting.money import money
from catalog.presenting.policies import day_of, fee, remedies, warranty_line
from shopguide.accounts.tenancy import as_shopper
from shopguide.work import State

CANCELLING = re.compile(r"取消|撤单|\bcancel\w*")
# Kinds that have tags and are tried on.
WORN_KINDS = ("clothing", "shoes")


def told_of(matter: Matter, aspects: Sequence[str]) -> Outcome | None:
    """Return what is known of some aspects; None where there is no rule for any."""
    order = sorted(aspects, key=lambda one: one != "worn")  # whether at all comes before until when
    found = [told for one in order if (told := KNOWN[one](matter)) is not None]
    says = list(dict.fromkeys(sentence for told in found for sentence in told.says if sentence))
    if not says:
        return None
    number = matter.order.number if matter.order else ""
    return Outcome(
        "aspects",
        {"says": says, "person": any(told.person for told in found)},
        merchants=(matter.merchant,),
        trace={"aspects": list(aspects), **({"order": number} if number else {})},
    )


# --- Giving back ----------------------------------------------------------------------------------
def pays(matter: Matter) -> Told | None:
    """Tell who pays for the way back, for the reason that was told, else for either."""
    plain, fault = matter.rule(), matter.rule(Reason.FAULTY)
    if plain is None:
        return None
    if matter.reason is not None or fault is None or fault.payer == plain.payer:
        kind = matter.say("有质量问题时，", "For a fault, ") if matter.reason in FAULTS else ""
        return Told([f"{kind}{payer_told(matter, plain.payer, inside=bool(kind))}"])
    return Told([
        matter.say("不喜欢或不合适：{who}", "If you just don't want it or it doesn't fit: {who}",
                   who=payer_told(matter, plain.payer, inside=True)),
        matter.say("有质量问题或发错货：{who}", "If it is faulty or not what you ordered: {who}",
                   who=payer_told(matter, fault.payer, inside=True)),
    ])  # fmt: skip


def refund_time(matter: Matter) -> Told:
    """Tell what is known of when money is back: the shop's rules state no days for that."""
    says = list(refunds_told(matter))
    says += way_told(matter) if not says else []
    says.append(matter.say(
        "至于几天能到账，{shop}没有写明，我不想随便承诺。",
        "How many days that takes, {shop} does not state, and I won't make a number up.",
        shop=matter.shop,
    ))  # fmt: skip
    return Told(says, person=True)


def refunds_told(matter: Matter) -> list[str]:
    """Return the money that goes back for the order already. One query, or none."""
    if matter.order is None or matter.asker.shopper is None:
        return []
    with as_shopper(matter.asker.shopper):
        rows = list(Refund.objects.filter(order=matter.order))
    return [
        matter.say("{amount} 已经原路退回。", "{amount} has been sent back the way it was paid.",
                   amount=money(one.amount, one.currency))
        if one.state == State.DONE else
        matter.say("{amount} 的退款正在办理。", "The refund of {amount} is being made.",
                   amount=money(one.amount, one.currency))
        for one in rows
    ]  # fmt: skip


def refund_way(matter: Matter) -> Told | None:
    """Tell how the money goes back."""
    said = way_told(matter)
    return Told(said) if said else None


def way_told(matter: Matter) -> list[str]:
    """Return how the money goes back, as a sentence."""
    cancelled = matter.order is not None and matter.order.state == OrderState.CANCELLED
    rule = matter.rule()
    ways = (Way.ORIGINAL,) if cancelled or rule is None else rule.ways
    if Way.ORIGINAL not in ways:
        return [matter.say("退款由店铺转账给您。", "The shop transfers the money to you.")]
    said = matter.say(
        "退款原路退回：用什么付的，就退到哪里。", "The money goes back the way you paid."
    )
    if Way.TRANSFER not in ways:
        return [said]
    return [
        said,
        matter.say("也可以和店铺约定转账。", "A transfer can be arranged with the shop too."),
    ]


def deadline(matter: Matter) -> Told | None:
    """Tell until when it can come back: this very thing, else by the rule."""
    used = "worn" in aspects_in(matter.question, BACK)  # which tells of faults, too
    both = [Reason.CHANGED_MIND] if used else [Reason.CHANGED_MIND, Reason.FAULTY]
    reasons = [matter.reason] if matter.reason else both
    says = [line for one in reasons if one and (line := until_told(matter, one))]
    over = [one for one in reasons if one in FAULTS and is_over(matter, one)]
    kept = warranty(matter) if over and matter.now and matter.now.warranty().allowed else None
    rule = matter.rule()
    if rule and rule.fee_percent and matter.reason not in FAULTS and says:
        says.append(fee(rule.fee_percent))
    return Told([*says, *(kept.says if kept else ())]) if says else None


def in_state(matter: Matter, rule: Rule | None) -> str:
    """Return in which state it comes back, as the end of a sentence; "" where that is asked."""
    asked = condition_of(matter.question) or "worn" in aspects_in(matter.question, BACK)
    if rule is None or asked:
        return ""
    if rule.condition == Condition.SEALED:
        return matter.say("，要没拆封", ", unopened only")
    if rule.condition == Condition.USED:
        return matter.say("，用过也可以", ", even if it has been used")
    if matter.bought.category.startswith(WORN_KINDS):
        return matter.say("，要没穿用过、吊牌齐全，试穿没关系",
                          ", unused and with its tags; trying it on is fine")  # fmt: skip
    return matter.say("，要没用过、包装齐全", ", unused and in its packaging")


def is_over(matter: Matter, reason: Reason) -> bool:
    """Tell whether the days for giving this very thing back are over."""
    decision = matter.decision(reason)
    return decision is not None and decision.why == Why.WINDOW_OVER


def until_told(matter: Matter, reason: Reason) -> str:
    """Return until when it may come back for a reason."""
    kind = (
        matter.say("有质量问题", "For a fault")
        if reason in FAULTS
        else matter.say("不喜欢或不合适", "If you don't want it or it doesn't fit")
    )
    decision, rule = matter.decision(reason), matter.rule(reason)
    state = in_state(matter, rule)
    if decision is not None and decision.until:
        over = decision.why == Why.WINDOW_OVER
        day = day_of(decision.until)
        if over:
            return matter.say("{kind}：是签收后 {days} 天内，{day} 已经截止。",
                              "{kind}: it was within {days} days of delivery, until {day}, so no.",
                              kind=kind, day=day, days=decision.days or 0)  # fmt: skip
        return matter.say("{kind}：签收后 {days} 天内，也就是 {day} 前都可以{state}。",
                          "{kind}: within {days} days of delivery, so you have until {day}{state}.",
                          kind=kind, day=day, days=decision.days or 0, state=state)  # fmt: skip
    days = rule and (rule.exchange_days if matter.swaps else rule.return_days)
    if rule is None:
        return ""
    if matter.swaps and not days and rule.return_days:
        return matter.say("{kind}：不换货，签收后 {days} 天内可以退{state}。",
                          "{kind}: no exchange, but they go back within {days} days of delivery"
                          "{state}.", kind=kind, days=rule.return_days, state=state)  # fmt: skip
    if not days:
        return matter.say("{kind}：这类商品不退不换。", "{kind}: these goods are not taken back.",
                          kind=kind)  # fmt: skip
    return matter.say("{kind}：签收后 {days} 天内{state}。",
                      "{kind}: within {days} days of delivery{state}.",
                      kind=kind, days=days, state=state)  # fmt: skip


def packaging(matter: Matter) -> Told | None:
    """Tell whether box and tags have to be there, for the reason told, else for either."""
    rule, fault = matter.rule(), matter.rule(Reason.FAULTY)
    if rule is None:
        return None
    says = {
        Condition.SEALED: matter.say(
            "要未拆封，原包装完好。", "It has to be unopened, in its packaging."
        ),
        Condition.UNUSED: matter.say(
            "要未使用，吊牌和包装齐全；试穿没有关系。",
            "Yes: it has to be unused, with tags and packaging. Trying it on is fine.",
        ),
        Condition.USED: matter.say(
            "用过的也收；规则里没有要求原包装。",
            "It is taken back used, too; the rules don't ask for the original packaging.",
        ),
    }
    said = [says[rule.condition]]
    if matter.reason is None and fault and fault.condition != rule.condition:
        said.append(
            matter.say("有质量问题的话，用过的也收。", "If it is faulty, used is fine too.")
        )
    return Told(said)


def worn(matter: Matter) -> Told | None:
    """Tell whether it may come back once it has been used."""
    rule, fault = matter.rule(), matter.rule(Reason.FAULTY)
    if rule is None or not (rule.return_days or rule.exchange_days):
        return None
    said = condition_of(matter.question)
    if said in (Condition.SEALED, Condition.UNUSED):
        return unworn(matter, rule, said)
    if rule.condition == Condition.USED:
        return Told([matter.say("用过也可以。", "Yes, also when it has been used.")])
    if rule.condition == Condition.UNUSED and only_opened(matter.question):
        return Told([matter.say("拆开没关系：没用过、东西齐全就行。",
                                "Opening it is fine, as long as it is unused and complete.")
        ])  # fmt: skip
    says = [
        matter.say("用过的就不能再退换了，试穿、试用一下没关系。",
                   "Once it has really been used, no; trying it out is fine.")
        if rule.condition == Condition.UNUSED
        else matter.say("拆封以后就不能再退换了。", "Once it has been opened, no."),
    ]  # fmt: skip
    if fault and fault.condition == Condition.USED and fault.return_days:
        says.append(matter.say(
            "有质量问题时不受这个限制：签收后 {days} 天内用过也可以退。",
            "A fault is another matter: then it comes back used, within {days} days of delivery.",
            days=fault.return_days,
        ))  # fmt: skip
    return Told(says)


def unworn(matter: Matter, rule: Rule, said: Condition) -> Told:
    """Tell that what is unopened or unused may come back, until when, and who pays."""
    if said == Condition.UNUSED and rule.condition == Condition.SEALED:
        asked = matter.say("没用过还不够，要没拆封的。",
                           "Unused is not enough: it has to be unopened.")  # fmt: skip
    elif said == Condition.SEALED:
        asked = matter.say("没拆封，状态没问题。", "Unopened is fine.")
    else:
        asked = matter.say(
            "没用过（试穿、试用没关系），状态没问题。", "Unused is fine, and so is trying it on."
        )
    plain = replace(matter, reason=Reason.CHANGED_MIND)
    until, who = deadline(plain), pays(plain)
    return Told([asked, *(until.says if until else ()), *(who.says if who else ())])


def how(matter: Matter) -> Told:
    """Tell how to ask for it; what has not left yet is cancelled instead."""
    if matter.order and may_cancel(matter.policy, matter.order.state).allowed:
        return Told([
            matter.say("还没发出，不用退货：可以直接取消，货款全额退回。说一声“取消订单”，我来办。",
                       "It hasn't left yet, so nothing has to be sent back: it can be cancelled "
                       "for the full amount. Say “cancel the order” and I'll see to it."),
        ])  # fmt: skip
    handled = (
        matter.say("符合规则的申请会自动通过。", "Requests within the rules are approved at once.")
        if matter.policy.automatic
        else matter.say("提交后由店铺答复。", "The shop then answers your request.")
    )
    return Told([
        matter.say("在“我的订单”里打开订单，点“退货或换货”就可以申请；也可以直接告诉我是哪一件、什么原因，"
                   "我来帮您提交。",
                   "Open the order under “Your orders” and choose “Return or exchange”; or tell me "
                   "which thing and why, and I'll hand it in for you."),
        handled,
    ])  # fmt: skip


def place(matter: Matter) -> Told:
    """Tell that the address is not written down, and how one gets it."""
    return Told([
        matter.say("寄回的地址{shop}没有公开写明，先在这里提交申请，再按店铺的答复寄。",
                   "{shop} does not state an address for returns: ask for the return first, then "
                   "send it as the shop answers.", shop=matter.shop),
    ], person=True)  # fmt: skip


def warranty(matter: Matter) -> Told | None:
    """Tell the warranty: until when for this very thing, else how long and what it gives."""
    found = first_fitting(matter.policy.warranties, matter.bought)
    if found is None and matter.policy.warranties and not matter.bought.sku:
        return None  # on some kinds of goods only
    if found is None or not found.months:
        return Told([matter.say("{shop}没有写明保修。", "{shop} states no warranty on it.",
                                shop=matter.shop)], person=True)  # fmt: skip
    decision = matter.now.warranty() if matter.now else None
    if decision is None or not decision.until:
        return Told([*inside(matter, found.months), warranty_line(found), covers(matter)])
    day = day_of(decision.until)
    if decision.why == Why.WINDOW_OVER:
        said = matter.say("保修已于 {day} 到期。", "The warranty ended on {day}.", day=day)
        return Told([said], person=True)
    said = matter.say("这件在保修期内，到 {day} 为止，可以{what}。",
                      "It is under warranty until {day}; what you get: {what}.",
                      day=day, what=remedies(decision.remedies))  # fmt: skip
    return Told([said, covers(matter)])


def inside(matter: Matter, given: int) -> list[str]:
    """Return whether a time that is named is within so many months of warranty."""
    months = months_in(matter.question)
    if months is None:
        return []
    if months <= given:
        return [matter.say("{said} 个月还在保修期内。", "After {said} months it is still covered.",
                           said=months)]  # fmt: skip
    return [matter.say("{said} 个月就过了保修期。", "After {said} months the warranty is over.",
                       said=months)]  # fmt: skip


def covers(matter: Matter) -> str:
    """Return what warranties are for."""
    return matter.say("保修管质量问题，不管人为损坏。", "It covers faults, not damage by accident.")


def repair(matter: Matter) -> Told | None:
    """Tell whether the shop repairs it."""
    if matter.order is None and not matter.bought.sku:
        return None  # what a shop repairs before anything is bought, its own pages tell
    found = first_fitting(matter.policy.warranties, matter.bought)
    told = warranty(matter)
    if told is None or found is None or not found.months:
        return told
    if Remedy.REPAIR in found.remedies:
        yes = matter.say("可以修，由{shop}负责。", "Yes, {shop} sees to repairs.", shop=matter.shop)
        return Told([yes, *told.says], told.person)
    no = matter.say("{shop}的保修里没有维修。", "Repair is not part of {shop}'s warranty.",
                    shop=matter.shop)  # fmt: skip
    return Told([no, *told.says], told.person)


def partly(matter: Matter) -> Told:
    """Tell that single things come back after they have arrived."""
    return Told([matter.say("可以只退其中一件。", "You can send back just one of them.")])


def label(matter: Matter) -> Told | None:
    """Tell who pays for the way back; of a label no rule speaks."""
    who = pays(matter)
    says = [
        matter.say(
            "有没有现成的退货面单，{shop}没有写明。",
            "Whether a label comes with it, {shop} does not state.",
            shop=matter.shop,
        )
    ]
    return Told([*says, *(who.says if who else ())], person=True)


def swap_time(matter: Matter) -> Told:
    """Tell how a request goes on; how long that takes no rule says."""
    said = matter.say(
        "要多久，{shop}没有写明，我不随便承诺。",
        "How long that takes, {shop} does not state, and I won't make it up.",
        shop=matter.shop,
    )
    return Told([how(matter).says[-1], said], person=True)


def proof(matter: Matter) -> Told | None:
    """Tell that the order itself is on record; what else a shop wants to see no rule says."""
    if matter.order is None:
        return None
    says = [
        matter.say(
            "订单 {number} 在这里查得到，这就是购买记录。",
            "Your order {number} is on record here, which shows that you bought it.",
            number=matter.order.number,
        ),
        matter.say(
            "要不要另外的凭证，{shop}的规则里没有写。",
            "Whether {shop} wants to see anything else, its rules don't say.",
            shop=matter.shop,
        ),
    ]
    return Told(says, person=True)


def judged(matter: Matter) -> Told:
    """Tell that a shop judges what is a fault, and what holds if it is one."""
    says = [
        matter.say(
            "算不算质量问题由{shop}来判断。",
            "Whether it counts as a fault is for {shop} to judge.",
            shop=matter.shop,
        )
    ]
    held = deadline(replace(matter, reason=Reason.FAULTY))
    return Told([*says, *(held.says if held else ())], person=True)


def kept_back(matter: Matter) -> Told | None:
    """Tell what is kept of the price when something comes back, or is cancelled."""
    open_yet = matter.order and may_cancel(matter.policy, matter.order.state).allowed
    if open_yet or CANCELLING.search(matter.question.casefold()):
        return Told(
            [
                matter.say(
                    "取消不收费，付的钱全额退回。",
                    "Cancelling costs nothing: you get back all that you paid.",
                )
            ]
        )
    rule = matter.rule()
    if rule is None or not (rule.return_days or rule.exchange_days):
        return None
    if rule.fee_percent:
        return Told([fee(rule.fee_percent)])
    says = matter.say("货款全额退，不扣手续费。", "You get the full price back; nothing is kept.")
    return Told([says])


KNOWN: Mapping[str, Callable[[Matter], Told | None]] = {
    "pays": pays, "refund_time": refund_time, "refund_way": refund_way, "deadline": deadline,
    "packaging": packaging, "worn": worn, "how": how, "place": place, "warranty": warranty,
    "repair": repair, "partly": partly, "answers": answers, "lost": lost, "later": later,
    "handing": handing,
    "damaged": broken_on_way, "label": label, "proof": proof, "fee": kept_back,
    "chase": chase, "judged": judged,
    "swap_time": swap_time, "refusing": refusing, "carrier": carrier, "contents": contents,
    "paid": paid, "progress": progress, "by_day": by_day,
    "late": late, "price_fell": price_fell, "part_of_price": part_of_price, "resend": resend,
    "swap_lacking": swap_lacking,
    "weekend": weekend, "charged": charged, "cancels": cancels, "readdresses": readdresses,
    "invoice_wrong": invoice_wrong,
    "invoice_time": invoice_of, "invoice_form": invoice_of,
}  # fmt: skip
