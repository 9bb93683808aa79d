"""What no rule of giving back speaks of: lateness, a price that fell, money back for keeping it.

For `aspects`. Shops' rules as data know none of these, and that is said first; then what does hold,
with its figures, and a person. Nothing is promised for the shop.
"""

from __future__ import annotations

from django.utils import timezone

from assistant.doing.arriving import leaves_on, weekday_of, window_of
from assistant.doing.matters import Matter, Told
from catalog.models.order import OrderState
from catalog.orders.replacing import lowest
from catalog.policies.deciding import may_cancel
from catalog.policies.terms import Reason
from catalog.presenting.money import money
from catalog.presenting.policies import day_of


def swap_lacking(matter: Matter) -> Told | None:
    """Tell what is left where nothing is in stock to be had instead."""
    rule = matter.rule()
    if rule is None:
        return None
    only = matter.say("只能换现在有货的款。", "Only what is in stock can be had instead.")
    if not rule.return_days:
        return Told([only], person=True)
    until = matter.say("没有的话可以改成退货：签收后 {days} 天内。",
                       "If there is none, it can go back for the money: within {days} days of "
                       "delivery.", days=rule.return_days)  # fmt: skip
    return Told([only, until])


def late(matter: Matter) -> Told:
    """Tell that no rule speaks of lateness, how late the order is, and which ways out there are."""
    says = [matter.say("送晚了怎么补偿，{shop}没有写明，我不替他们承诺。",
                       "What you get when something comes late, {shop} does not state, and I won't "
                       "promise for them.", shop=matter.shop)]  # fmt: skip
    return Told([*says, *how_late(matter), *ways_out(matter, lateness=True)], person=True)


def how_late(matter: Matter) -> list[str]:
    """Return whether the order is late, and by which day it should be there."""
    if matter.order is None:
        return []
    today, window = timezone.localdate(), window_of(matter.asker, matter.order)
    leaves = leaves_on(matter.asker, matter.order)
    if leaves and leaves < today:
        return [matter.say("订单 {number} 按说 {day}就该发出，已经晚了。",
                           "Order {number} should have left on {day}, so it is late.",
                           number=matter.order.number, day=weekday_of(leaves))]  # fmt: skip
    if window is None:
        return []
    day = weekday_of(window.last)
    if window.last < today:
        return [matter.say("订单 {number} 按说 {day}前就该到，已经晚了。",
                           "Order {number} should have been there by {day}, so it is late.",
                           number=matter.order.number, day=day)]  # fmt: skip
    return [matter.say("订单 {number} 预计 {day}前送达，现在还不算晚。",
                       "Order {number} should be there by {day}, so it isn't late yet.",
                       number=matter.order.number, day=day)]  # fmt: skip


def ways_out(matter: Matter, *, lateness: bool = False) -> list[str]:
    """Return what holds whatever the cause: cancelling before it leaves, giving back afterwards."""
    says = []
    order = matter.order
    if order is not None and may_cancel(matter.policy, order.state).allowed:
        return [
            matter.say(
                "还没发货，现在可以取消，钱全额退回。",
                "It hasn't left, so you can still cancel it for the full price.",
            )
        ]
    rule = matter.rule(Reason.CHANGED_MIND)
    if rule and rule.return_days:
        says.append(within(matter, rule.return_days))
        if lateness:
            says.append(
                matter.say(
                    "天数从签收算起，晚到不影响。",
                    "The days count from when it arrives, however late.",
                )
            )
    elif rule:
        says.append(
            matter.say(
                "这类商品没有问题的话不支持退货。",
                "These goods aren't taken back unless something is wrong.",
            )
        )
    return says


def within(matter: Matter, days: int) -> str:
    """Return until when it can come back: this very thing by its day, else by the rule."""
    decision = matter.decision(Reason.CHANGED_MIND)
    if decision is not None and decision.until:
        over = decision.until < timezone.localdate()
        return matter.say(
            "不想要了可以退货，{day} 已经截止。" if over else "不想要了的话，{day} 前可以退货。",
            "You could send it back until {day}, which is over."
            if over
            else "You can send it back until {day}.",
            day=day_of(decision.until),
        )
    return matter.say("写明的是：签收后 {days} 天内可以退货。",
                      "What is stated: you can send it back within {days} days of delivery.",
                      days=days)  # fmt: skip


def price_fell(matter: Matter) -> Told:
    """Tell that no rule pays a difference, what was paid and what it costs now, and the way out."""
    says = [matter.say("降价补差价，{shop}没有写明有这样的规定。",
                       "{shop} states no rule that pays the difference when a price falls.",
                       shop=matter.shop)]  # fmt: skip
    line = matter.now.line if matter.now else None
    if line is not None and matter.order is not None and line.variant_id:
        currency = matter.order.currency
        costs = lowest(line.variant_id, currency)
        values = {"title": line.title, "paid": money(line.unit_amount, currency)}
        if costs is None:
            pass
        elif costs < line.unit_amount:
            says.append(matter.say("您买的时候是 {paid}，现在是 {now}。",
                                   "You paid {paid}; it costs {now} now.",
                                   now=money(costs, currency), **values))  # fmt: skip
        else:
            says.append(matter.say("我这边看到的价格没有低于您付的 {paid}：现在是 {now}。",
                                   "I don't see it for less than the {paid} you paid: it costs "
                                   "{now} now.", now=money(costs, currency), **values))  # fmt: skip
    return Told([*says, *ways_out(matter)], person=True)


def part_of_price(matter: Matter) -> Told:
    """Tell that money back for keeping it is the shop's to offer, and what its rules give."""
    says = [matter.say("留下商品、退一部分钱，{shop}的规则里没有写，要由店里的同事来定。",
                       "Money back for keeping it is not in {shop}'s rules; the shop's people "
                       "would have to decide that.", shop=matter.shop)]  # fmt: skip
    reason = matter.reason or Reason.FAULTY
    decision = matter.decision(reason)
    if decision is not None and decision.allowed and decision.until:
        says.append(matter.say("规则里写明的是：{day}前可以退货或换货。",
                               "What the rules do give: you can return or exchange it until {day}.",
                               day=day_of(decision.until)))  # fmt: skip
    elif matter.order is not None and matter.order.state == OrderState.DELIVERED:
        kept = matter.now.warranty() if matter.now else None
        if kept is not None and kept.allowed and kept.until:
            says.append(matter.say("退换的期限已经过了，保修到 {day}。",
                                   "The days for returns are over; the warranty holds until {day}.",
                                   day=day_of(kept.until)))  # fmt: skip
    return Told(says, person=True)


def resend(matter: Matter) -> Told | None:
    """Tell that sending what is missing is the shop's people's to arrange, and what rules give."""
    if matter.order is None:
        return None
    says = [matter.say("把缺的补寄过来，要{shop}的同事来安排，规则里没有写明。",
                       "Sending you what is missing is for {shop}'s people to arrange; its rules "
                       "don't speak of it.", shop=matter.shop)]  # fmt: skip
    decision = matter.decision(Reason.FAULTY)
    if decision is not None and decision.allowed and decision.until:
        says.append(matter.say("规则里写明的是：{day}前可以退货或整件换新。",
                               "What the rules do give: you can return it, or exchange it as a "
                               "whole, until {day}.", day=day_of(decision.until)))  # fmt: skip
    return Told(says, person=True)
