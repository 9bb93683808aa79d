"""When something arrives: an order's days, goods' days if bought now, held against a day asked for.

For `ordering` and `aspects`. Days are reckoned from the shop's ways of shipping and its working
days; an answer is yes, no, or not certain, with the days it leans on, and promises nothing more.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from assistant.doing.countries import country_in, sends_to
from assistant.doing.matters import Matter, Told
from assistant.doing.outcome import Asker
from assistant.understanding.days import Day, arrives_by
from catalog.models import Order, ShippingMethod
from catalog.models.order import OrderState
from catalog.orders.asking import delivered_at
from catalog.policies.deciding import ships_on
from catalog.policies.versions import policy_for
from catalog.presenting.policies import day_of
from shopguide.accounts.tenancy import as_shopper

TO_BE_SENT = (OrderState.PAID, OrderState.PACKED)  # what is not paid yet leaves on no day
ON_ITS_WAY = (OrderState.PLACED, *TO_BE_SENT, OrderState.SHIPPED)


@dataclass(frozen=True)
class Window:
    """The first and the last day on which something should be there."""

    first: datetime.date
    last: datetime.date


def window_of(asker: Asker, order: Order) -> Window | None:
    """Return when an order on its way should be there; None where that is not known.

    Reckoned from the day it left; before that from the day it should leave, today at the earliest.
    """
    if order.state not in ON_ITS_WAY or asker.shopper is None:
        return None
    days = order.shipping.get("days") or usual_days(order)
    if len(days) != 2:
        return None
    sent = [one.at for one in order.events.all() if one.kind == OrderState.SHIPPED]
    start = timezone.localdate(min(sent)) if sent else leaves_next(asker, order)
    return Window(*(start + datetime.timedelta(days=int(one)) for one in days))


def usual_days(order: Order) -> list[int]:
    """Return the least and the most days of its shop's ways there, where its own is not kept."""
    country = str(order.address.get("country", ""))
    rows = ShippingMethod.objects.filter(merchant=order.merchant_id, active=True)
    ways = [one for one in rows if sends_to(one, country)]
    here = [one for one in ways if one.currency == order.currency] or ways
    if not here:
        return []
    return [min(one.days_least for one in here), max(one.days_most for one in here)]


def leaves_on(asker: Asker, order: Order) -> datetime.date | None:
    """Return the day on which an order should leave by the shop's days; None where it has left."""
    if order.state not in TO_BE_SENT or asker.shopper is None:
        return None
    with as_shopper(asker.shopper):
        return ships_on(policy_for(order), order.placed_at)


def leaves_next(asker: Asker, order: Order) -> datetime.date:
    """Return the next day on which an order that has not left can leave."""
    with as_shopper(asker.shopper):
        policy = policy_for(order)
    return max(ships_on(policy, order.placed_at), ships_on(policy, timezone.now()))


def by_day(matter: Matter) -> Told | None:
    """Tell whether an order, or goods bought now, will be there by the day that is asked."""
    wanted = arrives_by(matter.question, timezone.localdate(), going_on=True)
    if wanted is None:
        return None
    return order_by(matter, wanted) if matter.order else goods_by(matter, wanted)


def order_by(matter: Matter, wanted: Day) -> Told | None:
    """Tell whether an order will be there by a day."""
    order, today = matter.order, timezone.localdate()
    if order is None:
        return None
    if order.state == OrderState.DELIVERED:
        day = delivered_at(order)
        if day is None:
            return Told([matter.say("订单 {number} 已经送达了。",
                                    "Order {number} has been delivered already.",
                                    number=order.number)])  # fmt: skip
        return Told([matter.say("订单 {number} 已经送达了（{day}）。",
                                "Order {number} has been delivered already ({day}).",
                                number=order.number,
                                day=day_of(timezone.localdate(day)))])  # fmt: skip
    window = window_of(matter.asker, order)
    if window is None:
        return None
    state = matter.say("订单 {number} 现在是：{state}。", "Order {number} is: {state}.",
                       number=order.number, state=str(OrderState(order.state).label))  # fmt: skip
    if window.last < today:
        late = matter.say("按说 {day} 前就该到了，已经晚了，{asked}能不能到我不敢保证。",
                          "It should have been there by {day}, so it is late, and I can't promise "
                          "that it comes {asked}.",
                          day=weekday_of(window.last),
                          asked=asked_told(matter, wanted))  # fmt: skip
        return Told([late, state], person=True)
    return Told([verdict(matter, window, wanted), state])


def goods_by(matter: Matter, wanted: Day) -> Told | None:
    """Tell whether goods that are ordered now would be there by a day, and which way gets them."""
    country, _name = country_in(matter.question) or (matter.asker.country, "")
    rows = ShippingMethod.objects.filter(merchant=matter.merchant, active=True)
    fitting = [one for one in rows if sends_to(one, country)]
    shown = [one for one in fitting if one.currency == matter.asker.currency] or fitting
    if not shown:
        return None
    leaves = ships_on(matter.policy, timezone.now())
    ways = [(arrival(leaves, one), one) for one in sorted(shown, key=lambda one: one.amount)]
    in_time = [one for one in ways if one[0].last <= wanted.last]
    window, way = in_time[0] if in_time else min(ways, key=lambda one: one[0].last)
    by = matter.say("用“{way}”：", "With “{way}”: ", way=str(way)) if len(ways) > 1 else ""
    said = verdict(matter, window, wanted)
    sends = matter.say("现在下单，{shop}{day}发出。", "Ordered now, {shop} sends it on {day}.",
                       shop=matter.shop, day=weekday_of(leaves))  # fmt: skip
    return Told([by + (said if matter.asker.chinese or not by else said[:1].lower() + said[1:]),
                 sends])  # fmt: skip


def arrival(leaves: datetime.date, way: ShippingMethod) -> Window:
    """Return when goods that leave on a day should be there by one way of shipping."""
    return Window(*(leaves + datetime.timedelta(days=n) for n in (way.days_least, way.days_most)))


def verdict(matter: Matter, window: Window, wanted: Day) -> str:
    """Return yes, no or not certain, with the days."""
    first, last = weekday_of(window.first), weekday_of(window.last)
    between = matter.say("预计{first}到{last}之间", "between {first} and {last}",
                         first=first, last=last)  # fmt: skip
    if window.first == window.last:
        between = matter.say("预计{first}", "on {first}", first=first)
    values = {"asked": asked_told(matter, wanted), "first": first, "last": last,
              "between": between}  # fmt: skip
    if window.last <= wanted.last:
        return matter.say("{asked}应该能到：{between}送达。",
                          "Yes, it should be there {asked}: {between}.", **values)  # fmt: skip
    if window.first > wanted.last:
        return matter.say("{asked}到不了：最早{first}，最晚{last}。",
                          "No, not {asked}: {first} at the earliest, {last} at the latest.",
                          **values)  # fmt: skip
    return matter.say("{asked}能不能到，说不准：{between}送达。",
                      "It may be there {asked}, but that isn't certain: it should come {between}.",
                      **values)  # fmt: skip


def asked_told(matter: Matter, wanted: Day) -> str:
    """Return the day that was asked for, as it was: on it, or before it."""
    day = weekday_of(wanted.day)
    if wanted.before:
        return matter.say("{day}前", "before {day}", day=day)
    return matter.say("{day}", "by {day}", day=day)


def weekday_of(day: datetime.date) -> str:
    """Return a day with its weekday: 11月27日星期五, "Friday, Nov 27"."""
    from catalog.presenting.naming import reader

    if reader() == "zh-hans":
        return date_format(day, "n月j日l")
    return date_format(day, "l, M j")
