"""Answer one aspect of an order on its way or of its invoice: lost, late, left with somebody.

For `aspects`. What a shop has not written is said to be so, and a person is offered.
"""

from __future__ import annotations

from django.utils.dates import WEEKDAYS

from assistant.doing.matters import Matter, Told, payer_told
from assistant.doing.ordering import expected, overdue
from assistant.doing.outcome import Asker
from assistant.doing.telling import phrase
from catalog.models import Order, Return
from catalog.models.order import OrderState, PaymentState
from catalog.policies.deciding import Decision, Why, may_cancel
from catalog.policies.terms import Reason
from catalog.presenting.money import money
from catalog.presenting.policies import while_states
from shopguide.accounts.tenancy import as_shopper
from shopguide.writing.phrasing import capital

MOST_ASKED = 3


def refusing(matter: Matter) -> Told | None:
    """Tell that the rules know giving back after it has arrived, and no refusing."""
    if matter.order is None:
        return None
    says = [
        matter.say(
            "拒收之后怎么退，{shop}没有写明，我不敢让您冒这个险。",
            "What happens when a parcel is refused, {shop} does not state, so I can't promise "
            "you anything there.",
            shop=matter.shop,
        )
    ]
    rule = matter.rule(Reason.CHANGED_MIND)
    if rule and rule.return_days:
        says.append(
            matter.say(
                "规则里写明的是：签收后 {days} 天内可以退货。",
                "What the rules do say: it can go back within {days} days of delivery.",
                days=rule.return_days,
            )
        )
    return Told(says, person=True)


def invoice_of(matter: Matter) -> Told | None:
    """Tell how far the invoice of an order is; when and in which form its shop's page may say."""
    if matter.order is None:
        return None
    asked = getattr(matter.order, "invoice", None)
    if asked is None:
        state = matter.say(
            "这一单还没有提交过申请。", "No invoice was asked for on this order yet."
        )
    elif asked.issued_at:
        state = matter.say(
            "发票已经开出，发到 {email}。",
            "It has been written and goes to {email}.",
            email=asked.email,
        )
    else:
        state = matter.say(
            "申请已经交给{shop}，开好后会发到 {email}。",
            "The request is with {shop}; it will go to {email}.",
            shop=matter.shop,
            email=asked.email,
        )
    return Told([state])


def invoice_wrong(matter: Matter) -> Told | None:
    """Tell whether what an invoice says can still be changed, and how."""
    if matter.order is None:
        return None
    asked = getattr(matter.order, "invoice", None)
    if asked is None:
        return Told([matter.say("这一单还没有提交过申请，把对的抬头（公司再加税号）发我就行。",
                                "No invoice was asked for on this order yet: tell me the right "
                                "name, and for a company its tax number.")])  # fmt: skip
    now = matter.say("现在的抬头是：{title}。", "It is made out to: {title}.", title=asked.title)
    if asked.issued_at or asked.number:
        return Told([now, matter.say("发票已经开出，改抬头要由{shop}重开。",
                                     "It has been written already, so {shop} has to write it anew.",
                                     shop=matter.shop)], person=True)  # fmt: skip
    return Told([now, matter.say("还没开出，可以改：把对的抬头（公司再加税号）发我，我重新提交。",
                                 "It has not been written yet: tell me the right name, and for a "
                                 "company its tax number, and I'll hand it in anew.")])  # fmt: skip


def answers(matter: Matter) -> Told | None:
    """Tell who answers for a parcel that does not come: no rule says, so a person does."""
    return Told([
        matter.say("包裹真没送到的话由{shop}来处理；怎么赔，店里的规则没有写明，我不替他们承诺。",
                   "If it really doesn't arrive, {shop} has to see to it; how, their rules don't "
                   "state, and I won't promise for them.", shop=matter.shop),
    ], person=True)  # fmt: skip


# --- A parcel on its way --------------------------------------------------------------------------
def of_parcel(matter: Matter, chinese: str, english: str) -> Told | None:
    """Tell what is known of a parcel, and that this is arranged with who carries it."""
    says = [matter.say(chinese, english, shop=matter.shop)]
    order = matter.order
    if order is None:
        says.append(matter.say("发货以后，订单里有快递公司和运单号，可以直接和快递约。",
                               "Once it has left, the order tells carrier and number, and the "
                               "carrier can arrange it with you."))  # fmt: skip
    elif order.state == OrderState.SHIPPED and order.tracking:
        says.append(matter.say(
            "包裹在{carrier}手里，运单号 {number}，可以凭单号直接和他们约。",
            "The parcel is with {carrier}, number {number}; they can arrange it with you.",
            carrier=order.carrier or matter.say("快递", "the courier"), number=order.tracking,
        ))  # fmt: skip
    return Told(says, person=True)


def carrier(matter: Matter) -> Told:
    """Tell who carries a parcel and its number, or that the shop has given none."""
    order = matter.order
    if order is None:
        return Told([matter.say("用哪家快递，{shop}没有写明；发货后订单里会写上快递和运单号。",
                                "Which carrier it uses, {shop} does not state; once a parcel has "
                                "left, its order tells carrier and number.",
                                shop=matter.shop)], person=True)  # fmt: skip
    said = carried_told(matter.asker, order)
    known = bool(order.carrier or order.tracking)
    return Told([said], person=order.state == OrderState.SHIPPED and not known)


def carried_told(asker: Asker, order: Order) -> str:
    """Return who carries an order and under which number, as one sentence."""
    values = {"number": order.number, "state": str(OrderState(order.state).label),
              "carrier": order.carrier, "tracking": order.tracking}  # fmt: skip
    if order.carrier and order.tracking:
        return phrase(asker, "订单 {number}（{state}）由{carrier}承运，运单号 {tracking}。",
                      "Order {number} ({state}): carried by {carrier}, tracking number {tracking}.",
                      **values)  # fmt: skip
    if order.carrier or order.tracking:
        return phrase(asker, "订单 {number}（{state}）：{carrier}{tracking}。",
                      "Order {number} ({state}): {carrier}{tracking}.", **values)  # fmt: skip
    if order.state in (OrderState.SHIPPED, OrderState.DELIVERED):
        return phrase(asker, "订单 {number}（{state}）：店家没有填写快递公司和运单号。",
                      "Order {number} ({state}): the shop gave no carrier and no tracking number.",
                      **values)  # fmt: skip
    return phrase(asker, "订单 {number}（{state}）还没有发出，所以还没有快递和运单号。",
                  "Order {number} ({state}) hasn't left yet, so there is no carrier and no "
                  "tracking number.", **values)  # fmt: skip


def contents(matter: Matter) -> Told | None:
    """Tell that what is in an order stays, and the way round: cancel it, or swap it later."""
    order = matter.order
    if order is None:
        return None
    says = [matter.say("下单后不能再改里面的东西（加件、换颜色或尺码都不行）。",
                       "What is in an order can't be changed any more: no more pieces, no other "
                       "colour or size.")]  # fmt: skip
    if may_cancel(matter.policy, order.state).allowed:
        says.append(matter.say("订单 {number} 还可以取消，取消后按想要的重新下单。",
                               "You can still cancel order {number} and order what you want anew.",
                               number=order.number))  # fmt: skip
    elif order.state == OrderState.SHIPPED:
        says.append(matter.say("已经发货了，收到后可以申请换货；还想加的另下一单。",
                               "It has left: you can ask for an exchange once it is there, and "
                               "order anything more apart from it."))  # fmt: skip
    return Told(says)


def paid(matter: Matter) -> Told | None:
    """Tell where the money of an order is, as it is on record."""
    order = matter.order
    if order is None:
        return None
    return Told([matter.say("订单 {number} 的付款状态：{payment}；订单状态：{state}。",
                            "Order {number}: the payment is “{payment}”, the order “{state}”.",
                            number=order.number, state=str(OrderState(order.state).label),
                            payment=str(PaymentState(order.payment_state).label))])  # fmt: skip


def charged(matter: Matter) -> Told | None:
    """Tell what is on record where somebody was charged twice; a bank's side nobody sees here."""
    order = matter.order
    if order is None:
        return None
    return Told([
        matter.say("我这边只查到一笔：订单 {number}，{total}，付款状态：{payment}。",
                   "I see one payment here: order {number}, {total}, “{payment}”.",
                   number=order.number, total=money(order.total_amount, order.currency),
                   payment=str(PaymentState(order.payment_state).label)),
        matter.say("银行那边有没有多扣，我看不到，要店里的同事对账。",
                   "Whether your bank took it twice I can't see; the shop's people have to check."),
    ], person=True)  # fmt: skip


def cancels(matter: Matter) -> Told:
    """Tell until when orders can be cancelled and how, where none is known."""
    return while_open(matter, matter.policy.cancel, "取消订单", "Cancelling")


def readdresses(matter: Matter) -> Told:
    """Tell until when an address can be changed and how, where no order is known."""
    return while_open(matter, matter.policy.readdress, "改收货地址", "Another address")


def while_open(matter: Matter, states: tuple[str, ...], chinese: str, english: str) -> Told:
    """Tell in which states of an order something is possible, and where it is done."""
    held = Decision(bool(states), Why.STATE, states=states)
    paid, packed, sent = (one in states for one in ("paid", "packed", "shipped"))
    if paid and not sent:
        until = matter.say("发货" if packed else "备货", "sent" if packed else "packed")
        said = matter.say(f"{chinese}：付款以后也可以，{{until}}前都行",
                          f"{english}: possible after you have paid, too, until it is {{until}}",
                          until=until)  # fmt: skip
    else:
        said = matter.say(f"{chinese}：{{states}}", f"{english}: {{states}}",
                          states=while_states(held))  # fmt: skip
    return Told([
        said,
        matter.say("在“我的订单”里打开订单就能办；下单时用了账号的，先登录，我就能帮您办。",
                   "Open the order under “Your orders” to do it; if you ordered with an account, "
                   "sign in first and I can do it for you."),
    ])  # fmt: skip


def progress(matter: Matter) -> Told | None:
    """Tell how far a return or an exchange is, or that none was asked for. One query."""
    order = matter.order
    if order is None or matter.asker.shopper is None:
        return None
    with as_shopper(matter.asker.shopper):
        asked = list(Return.objects.filter(order=order).order_by("-asked_at")[:MOST_ASKED])
    if not asked:
        return Told([matter.say("订单 {number} 还没有提交过退货或换货申请。",
                                "No return or exchange was asked for on order {number} yet.",
                                number=order.number)])  # fmt: skip
    return Told([
        matter.say("{kind}申请 {number}：{state}。", "{kind} {number}: {state}.",
                   kind=one.get_kind_display(), number=one.number,
                   state=one.get_state_display())
        for one in asked
    ])  # fmt: skip


def lost(matter: Matter) -> Told | None:
    """Tell what is known where a parcel may be lost."""
    if matter.order is None:
        return None
    order, day = matter.order, expected(matter.asker, matter.order)
    says = []
    if day and overdue(matter.asker, order):
        says.append(
            matter.say(
                "按说 {day} 前就该到了，已经晚了，很抱歉；是不是丢了，我这边看不出来。",
                "It should have been there by {day}, so it is late, and I'm sorry; whether it is "
                "lost I can't see from here.",
                day=day,
            )
        )
        return Told(says, person=True)
    if day:
        says.append(matter.say("现在还在正常时间里，预计 {day} 前送达。",
                               "It is still within the usual time: it should be there by {day}.",
                               day=day))  # fmt: skip
    if order.tracking:
        says.append(matter.say("运单号 {number}，可以查到它在哪里。",
                               "With number {number} you can see where it is.",
                               number=order.tracking))  # fmt: skip
    says.append(matter.say("到时候还没到，跟我说一声，我马上请店里的同事处理。",
                           "If it isn't there by then, tell me and I'll have somebody from the "
                           "shop see to it at once."))  # fmt: skip
    return Told(says)


def later(matter: Matter) -> Told | None:
    """Tell that the day of delivery is not the shop's to move."""
    return of_parcel(
        matter,
        "送货时间我这边改不了，{shop}也没有写明可以预约。",
        "I can't move the day of delivery, and {shop} states no way to choose one.",
    )


def handing(matter: Matter) -> Told | None:
    """Tell that who takes a parcel in is arranged with who carries it."""
    return of_parcel(
        matter,
        "能不能代收或放在别处，{shop}没有写明。",
        "Whether it can be left with somebody else, {shop} does not state.",
    )


def weekend(matter: Matter) -> Told:
    """Tell on which days parcels leave; whether they are brought at weekends is the carrier's."""
    days = [str(WEEKDAYS[day]) for day in sorted(matter.policy.workdays)]
    told = matter.say("{first}到{last}", "{first} to {last}", first=days[0], last=days[-1])
    return Told([
        matter.say("{shop}{days}发货。", "{shop} sends parcels {days}.",
                   shop=capital(matter.shop), days=told),
        matter.say("周末送不送由快递决定，店里没有写明。",
                   "Whether one is brought at the weekend is the carrier's to say; no shop page "
                   "states it."),
    ])  # fmt: skip


def broken_on_way(matter: Matter) -> Told | None:
    """Tell the rule for what arrives damaged."""
    rule = matter.rule(Reason.DAMAGED)
    if rule is None or not rule.return_days:
        return None
    said = matter.say("到货是坏的，签收后 {days} 天内可以退或换。",
                      "If it arrives damaged you can send it back within {days} days of delivery.",
                      days=rule.return_days)  # fmt: skip
    return Told([said, payer_told(matter, rule.payer)])


def chase(matter: Matter) -> Told | None:
    """Tell that people of the shop can chase a parcel; the assistant itself cannot."""
    if matter.order is None:
        return None
    day = expected(matter.asker, matter.order)
    says = []
    if day and not overdue(matter.asker, matter.order):
        says.append(matter.say("预计 {day} 前送到。", "It should be there by {day}.", day=day))
    says.append(matter.say("催单要店里的同事来办。", "Chasing it is done by the shop's people."))
    return Told(says, person=True)
