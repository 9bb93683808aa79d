"""Carts and orders in words: amounts, what changed, what to do next. It reckons nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from babel import Locale
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from catalog.choosing import picture_for
from catalog.models import Coupon, Order, ShippingMethod
from catalog.models.order import Actor, OrderState, PaymentState
from catalog.models.product import Variant
from catalog.models.selling import CouponKind
from catalog.orders.keeping import NEXT
from catalog.orders.paying import KNOWN
from catalog.orders.pricing import Sum
from catalog.orders.standing import CartNow, Line, Parcel
from catalog.presenting.cards import picture_url, product_url
from catalog.presenting.money import locale_name, money, number
from catalog.presenting.naming import DIMENSION_NAMES, option_value, reader, value_name

COUNTRIES = ("CN", "HK", "MO", "TW", "SG", "MY", "JP", "KR", "US", "CA", "GB", "IE", "FR", "DE",
             "NL", "ES", "IT", "SE", "AU", "NZ")  # fmt: skip


def cart_page(now: CartNow) -> dict[str, Any]:
    """Return what the cart shows."""
    return {
        "parcels": [parcel_of(parcel) for parcel in now.parcels],
        "total": " + ".join(money(amount, code) for code, amount in now.totals.items()),
        "shown": now.shown,
        "buyable": now.buyable,
        "codes": now.codes,
        "unknown_codes": now.unknown_codes,
        "count": sum(line.quantity for line in now.lines),
    }


def parcel_of(parcel: Parcel) -> dict[str, Any]:
    """Return one shop's part of the cart."""
    shop, currency = parcel.merchant, parcel.currency
    return {
        "pk": shop.pk,
        "shop": shop.name,
        "shop_url": reverse("shop", args=[shop.slug]),
        "lines": [line_of(line, currency) for line in parcel.lines],
        "ships": parcel.method is not None,
        "methods": [
            {
                "pk": way.pk,
                "name": str(way),
                "days": days(way.days_least, way.days_most),
                "price": fee(way.price_for(parcel.sum.items), currency),
                "selected": way == parcel.method,
            }
            for way in parcel.methods
        ],
        "sums": sums_of(parcel.sum, currency),
    }


def fee(amount: Decimal, currency: str) -> str:
    """Say what shipping costs."""
    return money(amount, currency) if amount else _("free")


def days(least: int, most: int) -> str:
    """Say how long a parcel is on its way."""
    if least == most:
        return ngettext("%(days)s day", "%(days)s days", most) % {"days": most}
    return _("%(least)s to %(most)s days") % {"least": least, "most": most}


def sums_of(total: Sum, currency: str) -> list[dict[str, str]]:
    """Return the working: goods, each coupon, shipping, and what it comes to."""
    rows = [{"label": _("Goods"), "value": money(total.items, currency)}]
    rows += [
        {
            "label": _("Coupon %(code)s") % {"code": used.code},
            "value": f"−{money(used.amount, currency)}",
        }
        for used in total.used
        if used.kind != "shipping"
    ]
    rows.append({"label": _("Shipping"), "value": fee(total.shipping_before, currency)})
    rows += [
        {
            "label": _("Coupon %(code)s") % {"code": used.code},
            "value": f"−{money(used.amount, currency)}",
        }
        for used in total.used
        if used.kind == "shipping"
    ]
    return [*rows, {"label": _("Total"), "value": money(total.total, currency), "total": "yes"}]


def line_of(line: Line, currency: str) -> dict[str, Any]:
    """Return a line of the cart with whatever must be said about it."""
    product, media = line.product, picture_for(line.variant, line.product)
    return {
        "pk": line.pk,
        "title": product.title,
        "url": product_url(product.merchant.slug, product.sku, line.variant.pk),
        "image_url": picture_url(media.file) if media else "",
        "options": options_of(line.variant),
        "quantity": line.quantity,
        "most": min(99, max(line.stock, line.quantity)),
        "unit": money(line.amount, currency),
        "total": money(line.total, currency),
        "warning": warning_of(line, currency),
        "buyable": line.buyable,
    }


def options_of(variant: Variant) -> str:
    """Return the chosen options in the reader's words."""
    return pgettext("in a list", ", ").join(
        option_value(name, variant.codes.get(name) or "", str(value))
        for name, value in variant.options.items()
    )


def option_words(options: dict[str, str]) -> str:
    """Return options of a past order with their names."""
    colon = pgettext("in a line", ": ")
    return pgettext("in a list", ", ").join(
        f"{DIMENSION_NAMES.get(name, name)}{colon}{value_name(name, value)}"
        for name, value in options.items()
    )


def warning_of(line: Line, currency: str) -> str:
    """Say why a line cannot be bought, or what has changed; empty if all is well."""
    if line.amount is None:
        return _("Not sold in %(currency)s. Choose another currency or remove it.") % {
            "currency": currency
        }
    if not line.available:
        return _("No longer available. Remove it to go on.")
    if line.quantity > line.stock:
        return ngettext(
            "Only %(left)s left. Lower the quantity to go on.",
            "Only %(left)s left. Lower the quantity to go on.",
            line.stock,
        ) % {"left": line.stock}
    if line.changed:
        return _("The price has changed from %(before)s to %(now)s since you put it here.") % {
            "before": money(line.before, currency),
            "now": money(line.amount, currency),
        }
    return ""


def refusal(code: str, left: int = 0) -> str:
    """Say why something could not be put into the cart, and what to do."""
    said = {
        "no_such_variant": _("This is no longer for sale."),
        "no_price": _("The shop has not set a price yet, so this cannot be bought for now."),
        "sold_out": _("This is sold out."),
        "no_such_line": _("This was no longer in the cart."),
        "no_such_coupon": _("No shop knows this code now. Check how it is spelt."),
        "cart_full": _("The cart is full. Order or remove something first."),
        "too_many": _("At most %(left)s of one thing fit into the cart.") % {"left": left},
        "not_enough": ngettext("Only %(left)s left.", "Only %(left)s left.", left) % {"left": left},
        # Of a checkout.
        "empty": _("There is nothing in the cart."),
        "changed": _("Something in the cart has changed. Look at the new total and order again."),
        "no_shipping": _("A shop does not ship there. Choose another country or remove it."),
        "not_payable": _("A shop does not take this way of paying. Choose another."),
        "declined": _("The payment was declined. Nothing was ordered; choose another way to pay."),
    }  # fmt: skip
    return said.get(code, _("That did not work. Reload the page and try again."))


def countries() -> list[tuple[str, str]]:
    """Return the countries that an address may be in, by name in the reader's language."""
    names = Locale.parse(locale_name()).territories
    return [(code, str(names[code])) for code in COUNTRIES]


# --- Orders -------------------------------------------------------------------------------------
def order_row(order: Order) -> dict[str, Any]:
    """Return one order of a list; uses prefetched lines."""
    lines = list(order.lines.all())
    return {
        "number": order.number,
        "url": reverse("order", args=[order.number]),
        "shop": order.merchant.name,
        "state": order.state,
        "state_label": OrderState(order.state).label,
        "tone": tone_of(order),
        "placed_at": order.placed_at,
        "total": money(order.total_amount, order.currency),
        "count": sum(line.quantity for line in lines),
        "name": order.address.get("name", ""),
        "titles": [line.title for line in lines[:3]],
        "pictures": [picture_url(line.picture) for line in lines[:4] if line.picture],
    }


def order_page(order: Order) -> dict[str, Any]:
    """Return one order with its lines, sums, way and address; uses prefetched rows."""
    provider = KNOWN.get(order.payment_provider)
    return {
        **order_row(order),
        "lines": [
            {
                "pk": line.pk,
                "title": line.title,
                "sku": line.sku,
                "options": option_words(line.options),
                "image_url": picture_url(line.picture) if line.picture else "",
                "quantity": line.quantity,
                "unit": money(line.unit_amount, order.currency),
                "total": money(line.amount, order.currency),
            }
            for line in order.lines.all()
        ],
        "sums": order_sums(order),
        "events": [event_of(event, order) for event in order.events.all()],
        "address": address_lines(order.address),
        "email": order.email,
        "phone": order.address.get("phone", ""),
        "shipping": order.shipping.get(reader()) or order.shipping.get("code", ""),
        "days": days(*order.shipping["days"]) if order.shipping.get("days") else "",
        "carrier": order.carrier,
        "tracking": order.tracking,
        "payment": provider.name if provider else order.payment_provider,
        "payment_state": PaymentState(order.payment_state).label,
        "open": order.open,
        "steps": [
            {"state": state, "label": step_label(state)}
            for state in NEXT[order.state]
            if state != OrderState.PAID or order.payment_state == PaymentState.PENDING
        ],
    }


def order_sums(order: Order) -> list[dict[str, str]]:
    """Return the working of an order as it was placed."""
    rows = [{"label": _("Goods"), "value": money(order.items_amount, order.currency)}]
    if order.discount_amount:
        codes = ", ".join(code for code, kind, _amount in order.discounts if kind != "shipping")
        value = f"−{money(order.discount_amount, order.currency)}"
        rows.append({"label": _("Coupon %(code)s") % {"code": codes}, "value": value})
    rows.append({"label": _("Shipping"), "value": fee(order.shipping_amount, order.currency)})
    total = money(order.total_amount, order.currency)
    return [*rows, {"label": _("Total"), "value": total, "total": "yes"}]


def event_of(event: Any, order: Order) -> dict[str, Any]:
    """Return one step: what, by whom, when."""
    who = order.merchant.name if event.actor == Actor.SHOP else Actor(event.actor).label
    label = OrderState(event.kind).label if event.kind in OrderState.values else step(event.kind)
    return {"label": label, "who": who, "at": event.at, "note": event.note}


def step(kind: str) -> str:
    """Name a step that is no state of the order."""
    return {
        "return_asked": _("Return asked for"),
        "return_approved": _("Return approved"),
        "return_rejected": _("Return rejected"),
        "return_withdrawn": _("Return withdrawn"),
        "return_sent": _("Return sent"),
        "return_received": _("Return received"),
        "return_refunded": _("Money back"),
        "return_exchanged": _("Replacement sent"),
        "readdressed": _("Address changed"),
        "invoice_asked": _("Invoice asked for"),
        "invoice_issued": _("Invoice written"),
    }.get(kind, kind)


def address_lines(address: dict[str, str]) -> list[str]:
    """Return an address as its country writes it: from large to small in Chinese ones."""
    names = Locale.parse(locale_name()).territories
    country = str(names.get(address.get("country", ""), address.get("country", "")))
    large = [address.get(key, "") for key in ("region", "city", "district")]
    street, code = address.get("street", ""), address.get("postal_code", "")
    if address.get("country") in ("CN", "TW", "HK", "MO"):
        lines = [f"{country} {''.join(large)}", street, code]
    else:
        town = ", ".join(
            filter(None, [large[2], large[1], " ".join(filter(None, [large[0], code]))])
        )
        lines = [street, town, country]
    return [line for line in [address.get("name", ""), *lines] if line.strip()]


def tone_of(order: Order) -> str:
    """Return the badge's tone."""
    tones = {OrderState.CANCELLED: "bad", OrderState.DELIVERED: "good", OrderState.SHIPPED: "good"}
    return tones.get(OrderState(order.state), "warn")


def step_label(state: str) -> str:
    """Return what the shop's button for a step says."""
    return {
        "paid": _("Mark as paid"),
        "packed": _("Mark as packed"),
        "shipped": _("Mark as shipped"),
        "delivered": _("Mark as delivered"),
        "cancelled": _("Cancel the order"),
    }[state]


# --- A shop's terms -----------------------------------------------------------------------------
def shipping_row(way: ShippingMethod) -> dict[str, Any]:
    """Return a way of shipping as its shop sees it."""
    return {
        "pk": way.pk,
        "name": str(way),
        "price": fee(way.amount, way.currency),
        "free_from": money(way.free_from, way.currency),
        "days": days(way.days_least, way.days_most),
        "countries": ", ".join(way.countries) or _("everywhere"),
        "currency": way.currency,
    }


def coupon_row(coupon: Coupon) -> dict[str, Any]:
    """Return a coupon as its shop sees it."""
    value = {
        CouponKind.PERCENT: _("%(percent)s%% off") % {"percent": number(coupon.value)},
        CouponKind.AMOUNT: _("%(amount)s off") % {"amount": money(coupon.value, coupon.currency)},
        CouponKind.SHIPPING: _("Free shipping"),
    }[CouponKind(coupon.kind)]
    return {
        "pk": coupon.pk,
        "code": coupon.code,
        "value": value,
        "minimum": money(coupon.minimum, coupon.currency) if coupon.minimum else "",
        "used": coupon.used,
        "most_uses": coupon.most_uses,
        "ends_at": coupon.ends_at,
        "stacks": coupon.stacks,
    }
