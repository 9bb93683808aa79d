"""Another address, an invoice: read out of words by rules, checked as the forms check it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.doing.arguments import ADDRESS_KEYS, OfOrder
from assistant.doing.cancelling import state_told
from assistant.doing.consenting import refused, to_confirm
from assistant.doing.countries import country_in
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.own_orders import the_order
from assistant.doing.telling import phrase
from assistant.understanding.addresses import said_address
from assistant.understanding.invoices import email_in, tax_number_in, title_in
from catalog.address_form import PlaceForm
from catalog.models import Order
from catalog.models.order import OrderState
from catalog.orders.addressing import addresses_of, fields_of
from catalog.orders.changing import NotChanged, ask_invoice, readdress
from catalog.places.place import CHINESE
from catalog.policies.deciding import may_readdress
from catalog.policies.versions import policy_for
from catalog.presenting.buying import address_lines
from catalog.presenting.policies import sentences
from catalog.return_form import InvoiceForm
from shopguide.accounts.tenancy import as_shopper


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
    if "street" in said and (country := country_in(wanted.question.replace(order.number, ""))):
        said["country"] = country[0]
    form = PlaceForm({**base_of(order, said), **said})
    if not form.is_valid():
        empty = [name for name in form.errors if not form.data.get(name)]
        wrong = [str(error) for name in form.errors if name not in empty
                 for error in form.errors[name]]  # fmt: skip
        missing = [str(form.fields[name].label) for name in empty]
        return Outcome(
            "clarify",
            {"about": "address", "missing": missing, "options": wrong[:2]},
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
        if old["country"] in CHINESE and said["street"].isascii():
            old["country"] = ""  # "14 Park Avenue, Bristol" is elsewhere, and it is not said where
    return old


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
        "tax_number": wanted.tax_number or tax_number_in(wanted.question),
        "email": wanted.email or email_in(wanted.question) or order.email,
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
