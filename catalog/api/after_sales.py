"""What follows an order, for apps: another address, invoices, returns, reviews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from rest_framework.exceptions import ValidationError

from catalog.address_form import PlaceForm
from catalog.api.orders import TAG, order_shown
from catalog.api.shapes.after_sales import (
    InvoiceIn,
    InvoiceOut,
    OwnReviewOut,
    OwnReviewsOut,
    ParcelIn,
    ReturnIn,
    ReturnOut,
    ReturnsOut,
    ReviewIn,
    RulesOut,
    ToReviewPage,
)
from catalog.api.shapes.buying import AddressIn, OrderOut
from catalog.models import BuyerReview, Invoice, Order, OrderLine, Return
from catalog.models.back import ReturnKind, ReturnState
from catalog.opinions.writing import NotWritten, Words, delete, write
from catalog.orders.asking import Asking, Item, LineNow, NotReturned, lines_now
from catalog.orders.changing import NotChanged, ask_invoice, readdress
from catalog.orders.keeping import NotAllowed
from catalog.orders.picturing import MOST
from catalog.orders.replacing import replacements
from catalog.orders.returning import NEXT, announce, ask, withdraw
from catalog.policies.deciding import Decision
from catalog.policies.terms import Condition, Reason, Way
from catalog.presenting.back import decided, why_not
from catalog.presenting.cards import picture_url
from catalog.presenting.own_reviews import not_written
from catalog.views.orders import own_order
from catalog.views.own_reviews import own_line
from catalog.views.returns import own_return, person
from shopguide.accounts.shopping import shopper_of
from shopguide.accounts.tenancy import as_shopper
from shopguide.problems import Problem
from shopguide.rest.operations import Asked, operation
from shopguide.rest.paging import PageQuery, page_of
from shopguide.rest.tagging import must_match

REVIEWS = "Reviews"


# --- What may be changed, and what may come back --------------------------------------------------
@operation("order_address", tag=TAG, body=AddressIn, answer=OrderOut, codes=["refused"],
           matches=True)  # fmt: skip
def order_address(request: Asked, number: str) -> dict[str, Any]:
    """Send an order elsewhere in its country, as long as the shop's rules allow it."""
    order = own_order(request._request, number)
    must_match(request, lambda: order_shown(order))
    form = PlaceForm(request.sent)
    if not form.is_valid():
        raise ValidationError({name: [str(one) for one in said]
                               for name, said in form.errors.items()})  # fmt: skip
    try:
        readdress(order, form.address(), by=person(request._request))
    except NotChanged as error:
        refuse(error.decision)
    return order_shown(own_order(request._request, number))


def refuse(decision: Decision | None) -> NoReturn:
    """Say which rule is against it."""
    if decision is None:
        raise Problem("refused")
    raise Problem("refused", decided(decision), why=decision.why.value, rule=decision.rule)


@operation("order_rules", tag=TAG, answer=RulesOut)
def order_rules(request: Asked, number: str) -> dict[str, Any]:
    """Tell what may come back of an order, line by line, by the shop's rules of that day."""
    order = own_order(request._request, number)
    with as_shopper(shopper_of(request._request)):
        return {"items": [line_rules(now) for now in lines_now(order)]}


def line_rules(now: LineNow) -> dict[str, Any]:
    """Return a line and what may be done with it."""
    exchange = now.exchanges()
    return {
        "line": now.line.pk,
        "sku": now.line.sku,
        "title": now.line.title,
        "quantity": now.line.quantity,
        "left": now.bought.left,
        "refund": decision_shown(now.returns()),
        "faulty": decision_shown(now.returns(Reason.FAULTY)),
        "exchange": decision_shown(exchange),
        "warranty": decision_shown(now.warranty()),
        "replacements": [
            {
                "variant": one.pk,
                "sku": one.sku,
                "options": {name: str(value) for name, value in one.options.items()},
            }
            for one in (replacements(now) if exchange.allowed else ())
        ],
    }


def decision_shown(one: Decision) -> dict[str, Any]:
    """Return what the rules say."""
    return {
        "allowed": one.allowed,
        "why": one.why.value,
        "rule": one.rule,
        "text": decided(one),
        "until": one.until,
        "left": one.left,
    }


# --- Returns --------------------------------------------------------------------------------------
@operation("returns", tag="Returns", query=PageQuery, answer=ReturnsOut)
def returns(request: Asked) -> dict[str, Any]:
    """List all that was given back or asked to, newest first."""
    shopper = shopper_of(request._request)
    with as_shopper(shopper):
        rows = Return.objects.filter(order__shopper=shopper) if shopper else Return.objects.none()
        return page_of(request, whole(rows), ("-asked_at", "-pk"), return_shown)


SHOWN = ("number", "kind", "state", "reason", "condition", "way", "note", "answer", "carrier",
         "tracking", "sent_carrier", "sent_tracking", "asked_at")  # fmt: skip


def whole(rows: QuerySet[Return]) -> QuerySet[Return]:
    """Fetch returns with all that is shown of them. Five queries."""
    rows = rows.select_related("order", "refund")
    return rows.prefetch_related("lines__line", "pictures", "order__events")


def return_shown(back: Return) -> dict[str, Any]:
    """Return a return that was fetched whole."""
    refund = getattr(back, "refund", None)
    return {
        **{name: getattr(back, name) for name in SHOWN},
        "order": back.order.number,
        "lines": [
            {
                "line": one.line_id,
                "sku": one.line.sku,
                "title": one.line.title,
                "quantity": one.quantity,
                "rule": one.rule,
                "payer": one.payer,
                "wanted": one.wanted_id,
            }
            for one in back.lines.all()
        ],
        "pictures": [
            {"id": one.pk,
             "url": reverse("api_return_picture", args=[back.order.number, back.number, one.pk])}
            for one in back.pictures.all()
        ],
        "events": list(steps_of(back)),
        "refund": {
            "amount": str(refund.amount), "shipping_amount": str(refund.shipping_amount),
            "currency": refund.currency, "state": refund.state,
        } if refund else None,
        "may": list(steps_to_take(back)),
    }  # fmt: skip


def steps_of(back: Return) -> Iterator[dict[str, Any]]:
    """Return what happened to a return: the steps of its order that name it."""
    for one in back.order.events.all():
        number, _dot, said = one.note.partition(" · ")
        if one.kind.startswith("return_") and number == back.number:
            yield {"kind": one.kind, "actor": one.actor, "note": said, "at": one.at}


def steps_to_take(back: Return) -> Iterator[str]:
    """Return what the shopper may do with a return now."""
    if ReturnState.WITHDRAWN in NEXT[back.state]:
        yield "withdraw"
    if back.state == ReturnState.APPROVED:
        yield "send"
    if NEXT[back.state] and len(back.pictures.all()) < MOST:
        yield "picture"


@operation(
    "return_ask", tag="Returns", body=ReturnIn, answer=ReturnOut, status=201,
    codes=["refused", "empty", "no_such_line", "way", "wanted", "not_enough"],
)  # fmt: skip
def return_ask(request: Asked, number: str) -> dict[str, Any]:
    """Ask for a return or an exchange; what the shop's rules do not allow is refused at once."""
    order, sent = own_order(request._request, number), request.sent
    asking = Asking(
        items=tuple(Item(one["line"], one["quantity"], one.get("wanted")) for one in sent["items"]),
        kind=ReturnKind(sent["kind"]),
        reason=Reason(sent["reason"]),
        condition=Condition(sent["condition"]),
        way=Way(sent["way"]),
        note=sent["note"],
    )
    try:
        back = ask(order, asking, by=person(request._request))
    except NotReturned as error:
        if error.decision is not None:
            more: dict[str, Any] = {"why": error.decision.why.value, "rule": error.decision.rule}
            raise Problem(error.code, why_not(error), **more) from error
        raise Problem(error.code, why_not(error)) from error
    return return_shown(fetched(request, order, back.number))


def fetched(request: Asked, order: Order, back: str) -> Return:
    """Return a return of this order with its lines, or 404."""
    with as_shopper(shopper_of(request._request)):
        found = whole(Return.objects.filter(order=order, number=back)).first()
    if found is None:
        raise Http404
    return found


@operation("return", tag="Returns", answer=ReturnOut)
def return_one(request: Asked, number: str, back: str) -> dict[str, Any]:
    """Return one return of an order."""
    return return_shown(fetched(request, own_order(request._request, number), back))


@operation("return_withdraw", tag="Returns", answer=ReturnOut, codes=["not_allowed"])
def return_withdraw(request: Asked, number: str, back: str) -> dict[str, Any]:
    """Keep it after all."""
    try:
        withdraw(own_return(request._request, number, back), by=person(request._request))
    except NotAllowed as error:
        raise Problem("not_allowed", state=error.state) from error
    return return_shown(fetched(request, own_order(request._request, number), back))


@operation("return_sent", tag="Returns", body=ParcelIn, answer=ReturnOut, codes=["not_allowed"])
def return_sent(request: Asked, number: str, back: str) -> dict[str, Any]:
    """Tell the shop by which parcel it comes."""
    found = own_return(request._request, number, back)
    try:
        announce(found, **request.sent, by=person(request._request))
    except NotAllowed as error:
        raise Problem("not_allowed", state=error.state) from error
    return return_shown(fetched(request, own_order(request._request, number), back))


# --- Invoices -------------------------------------------------------------------------------------
@operation("order_invoice", tag=TAG, answer=InvoiceOut)
def order_invoice(request: Asked, number: str) -> dict[str, Any]:
    """Return the invoice that was asked for; 404 if none was."""
    order = own_order(request._request, number)
    with as_shopper(shopper_of(request._request)):
        found = Invoice.objects.filter(order=order).first()
    if found is None:
        raise Http404
    return invoice_shown(found)


@operation(
    "order_invoice_ask", tag=TAG, body=InvoiceIn, answer=InvoiceOut, status=201,
    codes=["no_invoices", "issued"],
)  # fmt: skip
def order_invoice_ask(request: Asked, number: str) -> dict[str, Any]:
    """Ask for an invoice, or change what it is to say until the shop has written it."""
    order, sent = own_order(request._request, number), request.sent
    try:
        found = ask_invoice(
            order,
            title=sent["title"],
            tax_number=sent.get("tax_number", ""),
            email=sent["email"],
            by=person(request._request),
        )
    except NotChanged as error:
        raise Problem(error.code) from error
    return invoice_shown(found)


def invoice_shown(one: Invoice) -> dict[str, Any]:
    """Return an invoice."""
    return {name: getattr(one, name) for name in ("title", "tax_number", "email", "number")}


# --- One's own reviews ----------------------------------------------------------------------------
@operation("own_reviews", tag=REVIEWS, query=PageQuery, answer=OwnReviewsOut)
def own_reviews(request: Asked) -> dict[str, Any]:
    """List what one has reviewed, the last changed first."""
    shopper = shopper_of(request._request)
    with as_shopper(shopper):
        rows = (
            BuyerReview.objects.filter(shopper=shopper) if shopper else BuyerReview.objects.none()
        )
        rows = rows.select_related("line__order").prefetch_related("pictures")
        return page_of(request, rows, ("-changed_at", "-pk"), own_review_shown)


@operation("reviews_waiting", tag=REVIEWS, query=PageQuery, answer=ToReviewPage)
def reviews_waiting(request: Asked) -> dict[str, Any]:
    """List what was delivered and has no review yet, the newest first."""
    shopper = shopper_of(request._request)
    with as_shopper(shopper):
        rows = OrderLine.objects.none() if shopper is None else OrderLine.objects.filter(
            order__shopper=shopper, order__state="delivered", buyer_review=None
        ).exclude(variant=None)  # fmt: skip
        return page_of(request, rows.select_related("order"), ("-pk",), to_review)


def to_review(line: OrderLine) -> dict[str, Any]:
    """Return a line that waits for a review."""
    return {"order": line.order.number, "line": line.pk, "product": line.title}


def own_review_shown(one: BuyerReview) -> dict[str, Any]:
    """Return a review that was fetched with its line, order and pictures."""
    return {
        "order": one.line.order.number,
        "line": one.line_id,
        "product": one.line.title,
        **{name: getattr(one, name) for name in (
            "stars", "title", "body", "author", "state", "changed_at",
        )},
        "pictures": [{"id": p.pk, "url": picture_url(p.file)} for p in one.pictures.all()],
    }  # fmt: skip


@operation(
    "review_write", tag=REVIEWS, body=ReviewIn, answer=OwnReviewOut,
    codes=["not_delivered", "no_product"],
)  # fmt: skip
def review_write(request: Asked, number: str, pk: int) -> dict[str, Any]:
    """Write or change the review of a delivered line."""
    order = own_order(request._request, number)
    line = own_line(request._request, order, pk)
    try:
        write(order, line, Words(**request.sent))
    except NotWritten as error:
        raise Problem(error.code, not_written(error.code)) from error
    return own_review_shown(own_review(request, line))


def own_review(request: Asked, line: OrderLine) -> BuyerReview:
    """Return the review of one's line with its pictures, or 404."""
    with as_shopper(shopper_of(request._request)):
        rows = BuyerReview.objects.filter(line=line).select_related("line__order")
        found = rows.prefetch_related("pictures").first()
    if found is None:
        raise Http404
    return found


@operation("review_delete", tag=REVIEWS, answer=None)
def review_delete(request: Asked, number: str, pk: int) -> None:
    """Take a review back; nothing of it stays. One that is not there is gone already."""
    line = own_line(request._request, own_order(request._request, number), pk)
    with as_shopper(shopper_of(request._request)):
        own = BuyerReview.objects.filter(line=line).first()
    if own is not None:
        delete(own)
