"""Changing an order that is placed: another address, an invoice.

For order pages of both sides and the API. The shop's policy of the day of the order says until when
an address may change; the country never does, for shipping would cost otherwise. It moves no state.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from catalog.models import Invoice, Order
from catalog.models.order import Actor
from catalog.orders.placing import note
from catalog.policies.deciding import Decision, may_readdress
from catalog.policies.versions import policy_for
from shopguide.accounts.models import User
from shopguide.accounts.tenancy import as_merchant


class NotChanged(Exception):
    """The order stays as it is. ``code``: refused (by ``decision``), no_invoices or issued."""

    def __init__(self, code: str, decision: Decision | None = None) -> None:
        super().__init__(code)
        self.code, self.decision = code, decision


def readdress(order: Order, address: Mapping[str, str], *, by: User | None = None) -> Order:
    """Send an order elsewhere within its country; NotChanged when the rules are against it."""
    with as_merchant(order.merchant_id):
        held = Order.objects.select_for_update().get(pk=order.pk)
        same = address.get("country") == held.address.get("country")
        decision = may_readdress(policy_for(held), held.state, same_country=same)
        if not decision.allowed:
            raise NotChanged("refused", decision)
        if dict(address) != held.address:
            held.address = dict(address)
            held.save(update_fields=["address"])
            note(held, "readdressed", Actor.SHOPPER, user=by.pk if by else None)
    return held


def ask_invoice(
    order: Order, *, title: str, tax_number: str, email: str, by: User | None = None
) -> Invoice:
    """Ask for an invoice, or change what it is to say until the shop has written it."""
    with as_merchant(order.merchant_id):
        held = Order.objects.select_for_update().get(pk=order.pk)
        if not policy_for(held).invoices or held.state == "cancelled":
            raise NotChanged("no_invoices")
        found = Invoice.objects.filter(order=held).first()
        if found and found.number:
            raise NotChanged("issued")
        fields = {"title": title, "tax_number": tax_number, "email": email}
        invoice, new = Invoice.objects.update_or_create(
            order=held, defaults={"merchant_id": held.merchant_id, **fields}
        )
        if new:
            note(held, "invoice_asked", Actor.SHOPPER, user=by.pk if by else None)
    return invoice


def issue_invoice(order: Order, number: str, *, by: User | None = None) -> Invoice:
    """Note the number of the invoice that the shop has written; NotChanged if there is one."""
    with as_merchant(order.merchant_id):
        held = Order.objects.select_for_update().get(pk=order.pk)
        invoice = Invoice.objects.select_for_update().filter(order=held).first()
        if invoice is None or invoice.number:
            raise NotChanged("issued" if invoice else "no_invoices")
        invoice.number, invoice.issued_at = number[:60], timezone.now()
        invoice.save(update_fields=["number", "issued_at"])
        note(held, "invoice_issued", Actor.SHOP, text=number, user=by.pk if by else None)
    return invoice
