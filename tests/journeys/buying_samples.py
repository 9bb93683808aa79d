"""Carts and orders for looking at: long names, warnings, two currencies, every state."""

import datetime
import uuid
from typing import Any

from catalog.address_form import AddressForm
from catalog.views.own_reviews import ReviewForm

SHOP = {"shop": "汀步户外 Tingbu Outdoor", "shop_url": "#shop", "pk": 1}
SUMS = [
    {"label": "Goods", "value": "¥12,808.00"},
    {"label": "Coupon SHOES20", "value": "−¥20.00"},
    {"label": "Shipping", "value": "free"},
    {"label": "Total", "value": "¥12,788.00", "total": "yes"},
]
WHEN = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)


def line(number: int, **fields: Any) -> dict[str, Any]:
    """Return a line of a cart or an order."""
    return {
        "pk": number, "title": "宽楦缓震跑步鞋 Wide-Last Cushioned Running Shoe for Long Distances",
        "url": "#line", "image_url": f"/picture/shoe-{number}.svg", "options": "42, Khaki",
        "quantity": 2, "most": 5, "unit": "¥6,404.00", "total": "¥12,808.00", "warning": "",
        "buyable": True, "sku": "TB-RN-104-KHAKI-42", **fields,
    }  # fmt: skip


def cart() -> dict[str, Any]:
    """Return a cart with all that may have to be said."""
    lines = [
        line(1),
        line(2, warning="The price has changed from ¥6,000.00 to ¥6,404.00 since you put it here."),
        line(3, warning="Only 1 left. Lower the quantity to go on.", buyable=False, image_url=""),
    ]
    parcels = [{**SHOP, "lines": lines, "sums": SUMS}, {**SHOP, "lines": lines[:1], "sums": SUMS}]
    return {
        "page": {
            "parcels": parcels, "total": "¥12,788.00 + $1,204.00", "shown": "x", "buyable": False,
            "codes": ["SHOES20"], "unknown_codes": ["AVERYLONGCOUPONCODETHATFITSNOTHING"],
        }
    }  # fmt: skip


def empty_cart() -> dict[str, Any]:
    """Return a cart without anything."""
    return {"page": {"parcels": [], "total": "", "buyable": False}}


def checkout() -> dict[str, Any]:
    """Return a checkout with a mistake in the form."""
    ways = [
        {"pk": 1, "name": "Standard parcel", "days": "2 to 4 days", "price": "free",
         "selected": True},
        {"pk": 2, "name": "Express", "days": "1 day", "price": "¥20.00"},
    ]  # fmt: skip
    parcel = {**SHOP, "lines": [line(1)], "sums": SUMS, "methods": ways}
    pay = {"code": "on_delivery", "name": "Pay on delivery", "help": "You pay at the door."}
    page = cart()["page"] | {
        "parcels": [parcel, {**parcel, "pk": 2, "methods": []}], "wrong": "The total has changed.",
        "checkout": uuid.UUID(int=1), "payments": [pay, {**pay, "code": "test", "name": "Test"}],
    }  # fmt: skip
    return {"page": page, "form": AddressForm({"country": "CN", "phone": "call me"})}


def row() -> dict[str, Any]:
    """Return an order of a list."""
    return {
        "url": "#order", "number": "K5MUS-S7T55", "shop": SHOP["shop"], "state_label": "Shipped",
        "tone": "good", "placed_at": WHEN, "total": "¥12,788.00", "count": 2, "name": "林小雨",
        "titles": [line(1)["title"]] * 3, "pictures": ["/picture/shoe-1.svg", "/picture/top-2.svg"],
    }  # fmt: skip


def orders() -> dict[str, Any]:
    """Return a shopper's orders."""
    return {"orders": [row(), row() | {"state_label": "Cancelled", "tone": "bad", "pictures": []}]}


def order() -> dict[str, Any]:
    """Return an order on its way."""
    events = [
        {"label": label, "who": "Tingbu", "at": WHEN, "note": note}
        for label, note in (("Placed", ""), ("Packed", "With care."), ("Shipped", ""))
    ]
    return {
        "order": row() | {
            "lines": [
                line(1, rules=["Return until Nov 29, 2026", "Warranty until Feb 22, 2027"],
                     reviewable=True),
                line(2, image_url=""),
            ],
            "may_return": True, "may_readdress": True, "may_invoice": True,
            "ships_on": "Nov 23, 2026", "returns": [back()],
            "invoice": {"title": "汀步商贸公司", "tax_number": "91330106MA2XXXXX", "number": ""},
            "sums": SUMS, "events": events,
            "address": ["林小雨", "中国 浙江省杭州市西湖区", "文三路 1 号"], "open": True,
            "phone": "+86 138 0000 0000", "email": "lin@example.com", "shipping": "Standard parcel",
            "days": "2 to 4 days", "carrier": "SF Express", "tracking": "SF1234567890",
            "payment": "Pay on delivery", "payment_state": "To be paid",
            "steps": [{"state": "delivered", "label": "Mark as delivered"},
                      {"state": "cancelled", "label": "Cancel the order"}],
        }
    }  # fmt: skip


def back(**fields: Any) -> dict[str, Any]:
    """Return a return that is approved, with all that may be said of it."""
    lines = [{"pk": 1, "title": line(1)["title"], "sku": "TB-RN-104", "options": "42, Khaki",
              "quantity": 2, "wanted": "43", "rule": "standard", "restocked": 2}]  # fmt: skip
    return {
        "number": "R5MUS-S7T55", "order": "K5MUS-S7T55", "kind": "Exchange", "state": "approved",
        "state_label": "Approved", "tone": "warn", "reason": "It does not fit",
        "condition": "Opened, not used", "way": "The way it was paid", "asked_at": WHEN,
        "lines": lines, "note": "One size up, please. " * 4, "answer": "Gladly.",
        "parcel": "SF Express SF1234567890", "sent_parcel": "", "pays": "You pay.",
        "may_withdraw": True, "may_send": True, "amount": "¥12,788.00", **fields,
    }  # fmt: skip


def coming_back() -> dict[str, Any]:
    """Return a return as its shop sees it."""
    steps = [{"state": "received", "label": "The goods are here"},
             {"state": "refunded", "label": "Pay back without waiting for the goods"},
             {"state": "rejected", "label": "Reject"}]  # fmt: skip
    pictures = [{"url": f"/picture/shoe-{number}.svg"} for number in (1, 2)]
    return {"page": back(steps=steps, settling=True, sums=SUMS, currency="CNY", pictures=pictures)}


def review() -> dict[str, Any]:
    """Return a buyer's review that waits for a look, with a mistake in the form."""
    own = {"state_label": "Held for a look", "tone": "warn", "why": "a link, pictures",
           "pictures": [{"pk": 1, "url": "/picture/shoe-1.svg"}]}  # fmt: skip
    page = {"number": "K5MUS-S7T55", "line": 1, "title": line(1)["title"], "own": own, "wrong": ""}
    return {"page": page, "form": ReviewForm({"stars": "9", "body": "See www.example.com"})}
