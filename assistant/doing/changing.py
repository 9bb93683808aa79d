"""Another address, an invoice: read out of words by rules, checked as the forms check it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.doing.arguments import ADDRESS_KEYS, OfOrder
from assistant.doing.cancelling import state_told
from assistant.doing.consenting import refused, to_confirm
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.own_orders import the_order
from assistant.doing.telling import phrase
from catalog.address_form import PlaceForm
from catalog.models import Order
from catalog.models.order import OrderState
from catalog.orders.addressing import addresses_of, fields_of
from catalog.orders.changing import NotChanged, ask_invoice, readdress
from catalog.policies.deciding import may_readdress
from catalog.policies.versions import policy_for
from catalog.presenting.buying import address_lines
from catalog.presenting.policies import sentences
from catalog.return_form import InvoiceForm
from shopguide.accounts.tenancy import as_shopper

_PHONE = re.compile(r"(?<!\d)(\+?\d[\d ()-]{6,22}\d)(?!\d)")
_ASKS_PHONE = re.compile(r"phone|number|mobile|tel|电话|手机|号码", re.IGNORECASE)
_CHINESE = re.compile(
    r"(?:(?P<region>[\u4e00-\u9fff]{2,7}?(?:省|自治区)))?"
    r"(?P<city>[\u4e00-\u9fff]{2,6}?市)"
    r"(?P<district>[\u4e00-\u9fff]{1,6}?[区县])?"
    r"(?P<street>[\u4e00-\u9fff]{2,20}?(?:路|街|道|巷|弄|村|镇|大厦|小区|苑|园)[^\s，,。；;]{0,40})"
)
_NAME = re.compile(
    r"(?:收件人|收货人|姓名)(?!的?(?:电话|手机|号码|联系|地址|信息))"
    r"(?:改成|改为|换成|是|叫|为|：|:)? ?"
    r"([\u4e00-\u9fffA-Za-z· ]{2,20}?)(?=[，,。；;\s\d]|$)"
    r"|(?:recipient|name)(?: to| is|:) ([A-Z][A-Za-z .'-]{1,40}?)(?=[,.;]|$)"
)
_ENGLISH = re.compile(
    r"(?:\bto\b|address:?|at:?|\bis\b|^|:) ?(?P<street>\d{1,6}[A-Za-z]? [^,\n]{3,60}), ?"
    r"(?P<city>[A-Za-z .'-]{2,40}?)"
    r"(?:, ?(?P<region>[A-Za-z .]{2,30}))?,?"
    r" (?P<postal_code>\d{5}(?:-\d{4})?|\d{6}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?!\w)",
    re.MULTILINE,
)
_POSTAL = re.compile(r"(?:邮编|邮政编码)(?:是|：|:)? ?(\d{6})")
_TITLE = re.compile(
    r"(?:抬头|开给|公司名称?)(?:是|为|写|：|:)? ?"
    r"([\u4e00-\u9fffA-Za-z0-9（）() &.-]{2,60}?)(?=[，,。；;]|税号|邮箱|发到|$)"
    r"|(?:made out to|invoice to|title(?: is|:)?|in the name of|company(?: name)?(?: is|:)?) "
    r"([A-Za-z0-9&.' -]{2,60}?)(?=[,;]|\.(?:\s|$)| tax| email| with|$)",
    re.IGNORECASE,
)
_TAX = re.compile(
    r"(?:税号|纳税人识别号|tax (?:number|id|no\.?)|vat(?: number| no\.?)?)"
    r"(?:是|为| is|：|:)? ?([0-9A-Za-z-]{5,30})",
    re.IGNORECASE,
)
LONGEST_NAME = 60
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


# --- Address -------------------------------------------------------------------------------------
def change_address(asker: Asker, wanted: OfOrder) -> Outcome:
    """Offer to send an order elsewhere; ask where to, or tell the rule that is against it."""
    order = the_order(asker, wanted, lambda one: one.open, listing=True)
    if isinstance(order, Outcome):
        return order
    what = readdress_told(asker, order.number)
    with as_shopper(asker.shopper):
        decision = may_readdress(policy_for(order), order.state)
    if not decision.allowed:
        return refused(what, [*state_told(asker, order), *sentences(decision)], order,
                       redirected(asker, order))  # fmt: skip
    said = (
        dict(wanted.address) or said_address(wanted.question) or kept_address(asker, wanted, order)
    )
    if not said:
        kept = [", ".join(address_lines(fields_of(one))) for one in addresses_of(asker.shopper)]
        return Outcome(
            "clarify",
            {"about": "address", "options": kept[:3]},
            merchants=(order.merchant_id,),
            actions=(f"order:{order.number}",),
            trace={"order": order.number},
        )
    form = PlaceForm({**base_of(order, said), **said})
    if not form.is_valid():
        wrong = [str(error) for errors in form.errors.values() for error in errors]
        return Outcome(
            "clarify",
            {"about": "address", "options": wrong[:2]},
            merchants=(order.merchant_id,),
            trace={"order": order.number},
        )
    address = form.address()
    if address.get("country") != order.address.get("country"):
        with as_shopper(asker.shopper):
            other = may_readdress(policy_for(order), order.state, same_country=False)
        return refused(what, sentences(other), order, "")
    lines = address_lines(address)
    return to_confirm(
        asker,
        "change_address",
        what,
        lines,
        order=order,
        arguments={"order": order.number, "address": address},
    )


def redirected(asker: Asker, order: Order) -> str:
    """Return what is left where a parcel has gone: to ask who carries it."""
    if order.state != OrderState.SHIPPED or not order.tracking:
        return ""
    carrier = order.carrier or phrase(asker, "快递", "the courier")
    return phrase(asker, "凭运单号 {number} 问问{carrier}能不能改派",
                  "ask {carrier} to redirect it, with number {number}",
                  number=order.tracking, carrier=carrier)  # fmt: skip


def base_of(order: Order, said: Mapping[str, str]) -> dict[str, str]:
    """Return what of the old address stays: all but the place if another place is named."""
    old = {key: str(order.address.get(key, "")) for key in ADDRESS_KEYS}
    if "street" in said:
        for key in ("region", "city", "district", "street", "postal_code"):
            old[key] = ""
    return old


def said_address(question: str) -> dict[str, str]:
    """Return the parts of an address that a text states: place, name, telephone."""
    found: dict[str, str] = {}
    place = _CHINESE.search(
        re.sub(r"^.*?(?:改成|改到|改为|换成|寄到|送到|地址[是:：]?)", "", question)
    )
    place = place or _ENGLISH.search(question)
    if place:
        found |= {key: value.strip() for key, value in place.groupdict().items() if value}
    if match := _POSTAL.search(question):
        found["postal_code"] = match[1]
    if match := _NAME.search(question):
        found["name"] = (match[1] or match[2]).strip()
    if _ASKS_PHONE.search(question) and (match := _PHONE.search(_without_orders(question))):
        found["phone"] = match[1].strip()
    return found


def _without_orders(question: str) -> str:
    return re.sub(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", "", question)


def kept_address(asker: Asker, wanted: OfOrder, order: Order) -> dict[str, str]:
    """Return the one saved address that a text names by its city, district or street."""
    named = [
        fields
        for one in addresses_of(asker.shopper)
        if (fields := fields_of(one)) != order.address
        and any(
            len(part) > 1 and part.removesuffix("市") in wanted.question
            for part in (fields["city"], fields["district"], fields["street"])
        )
    ]
    return named[0] if len(named) == 1 else {}


def readdress_told(asker: Asker, number: str) -> str:
    """Return what is wanted, as a phrase."""
    return phrase(
        asker,
        "修改订单 {number} 的收货信息",
        "send order {number} to another address",
        number=number,
    )


def do_change_address(asker: Asker, arguments: Mapping[str, Any], key: str) -> Outcome:
    """Send the order elsewhere, by its own verb."""
    order = the_order(asker, OfOrder(order=str(arguments["order"])))
    if isinstance(order, Outcome):
        return order
    form = PlaceForm(dict(arguments["address"]))
    if not form.is_valid():
        return Outcome("clarify", {"about": "address"}, merchants=(order.merchant_id,))
    try:
        changed = readdress(order, form.address(), by=asker.user)
    except NotChanged as error:
        reasons = sentences(error.decision) if error.decision else []
        return refused(readdress_told(asker, order.number), reasons, order, "")
    what = phrase(
        asker,
        "订单 {number} 的收货信息已修改",
        "order {number} goes to the new address",
        number=order.number,
    )
    return Outcome(
        "done",
        {"what": what, "lines": address_lines(changed.address)},
        merchants=(order.merchant_id,),
        actions=(f"order:{order.number}",),
    )


# --- Invoice -------------------------------------------------------------------------------------
def invoice(asker: Asker, wanted: OfOrder) -> Outcome:
    """Offer to ask for an invoice; ask for whom, or tell why there is none."""
    order = the_order(asker, wanted, lambda one: one.state != "cancelled")
    if isinstance(order, Outcome):
        return order
    what = invoice_told(asker, order.number)
    with as_shopper(asker.shopper):
        allowed = policy_for(order).invoices and order.state != "cancelled"
    if not allowed:
        why = phrase(asker, "这笔订单开不了发票", "The shop writes no invoice for this order")
        return refused(what, [why], order, "")
    said = {
        "title": wanted.title or title_in(wanted.question),
        "tax_number": wanted.tax_number or first(_TAX, wanted.question),
        "email": wanted.email or first(_EMAIL, wanted.question) or order.email,
    }
    form = InvoiceForm(said)
    if not form.is_valid():
        return Outcome(
            "clarify",
            {"about": "invoice"},
            merchants=(order.merchant_id,),
            actions=(f"order:{order.number}",),
            trace={"order": order.number},
        )
    lines = [
        phrase(asker, "抬头：{title}", "Made out to: {title}", title=form.cleaned_data["title"]),
        phrase(asker, "发到：{email}", "Sent to: {email}", email=form.cleaned_data["email"]),
    ]
    if tax := form.cleaned_data["tax_number"]:
        lines.insert(1, phrase(asker, "税号：{tax}", "Tax number: {tax}", tax=tax))
    arguments = {"order": order.number, **{k: str(v) for k, v in form.cleaned_data.items()}}
    return to_confirm(asker, "invoice", what, lines, order=order, arguments=arguments)


def title_in(question: str) -> str:
    """Return for whom an invoice is to be, nothing if it is not said.

    Beside a tax number the name that stands before it is meant: "Brightside Ltd, VAT GB123".
    """
    if match := _TITLE.search(question):
        return (match[1] or match[2]).strip()
    last = question.strip().split("\n")[-1]
    tax = _TAX.search(last)
    name = last[: tax.start()].strip(" ,，;；.") if tax else ""
    return name if 1 < len(name) <= LONGEST_NAME and not name.endswith(("?", "？")) else ""


def first(pattern: re.Pattern[str], text: str) -> str:
    """Return the first match of a pattern: its group, if it has one."""
    match = pattern.search(text)
    return (match[1] if match.re.groups else match[0]) if match else ""


def invoice_told(asker: Asker, number: str) -> str:
    """Return what is wanted, as a phrase."""
    return phrase(
        asker, "为订单 {number} 开发票", "ask for an invoice for order {number}", number=number
    )


def do_invoice(asker: Asker, arguments: Mapping[str, Any], key: str) -> Outcome:
    """Ask the shop for the invoice, by its own verb."""
    order = the_order(asker, OfOrder(order=str(arguments["order"])))
    if isinstance(order, Outcome):
        return order
    form = InvoiceForm(dict(arguments))
    if not form.is_valid():
        return Outcome("clarify", {"about": "invoice"}, merchants=(order.merchant_id,))
    try:
        ask_invoice(order, by=asker.user, **form.cleaned_data)
    except NotChanged as error:
        why = {
            "issued": phrase(asker, "发票已经开出", "The invoice has been written already"),
            "no_invoices": phrase(asker, "这笔订单开不了发票", "The shop writes no invoice for it"),
        }
        return refused(invoice_told(asker, order.number), [why.get(error.code, "")], order, "")
    what = phrase(
        asker,
        "订单 {number} 的发票申请已提交",
        "I've asked for the invoice of order {number}",
        number=order.number,
    )
    return Outcome(
        "done",
        {"what": what, "lines": []},
        merchants=(order.merchant_id,),
        actions=(f"order:{order.number}",),
    )
