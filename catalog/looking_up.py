"""Find anything of one shop by a word: pages, actions, products, orders, coupons.

For the palette of the portal and its page. What somebody's role may not open is not found. It
guesses nothing and understands no sentence: shoppers' search does. At most three queries and those
of the products' texts and pictures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from catalog.models import Coupon, Order, Product
from catalog.models.order import OrderState
from catalog.models.product import Status
from catalog.orders.listing import Listed
from catalog.presenting.buying import coupon_row
from catalog.presenting.cards import picture_url
from catalog.presenting.money import money
from shopguide.accounts.models import Merchant
from shopguide.accounts.portal import EDITORS, Entry, actions_for, entries_for

MOST = 5  # of each kind; the list of the kind shows the rest


@dataclass(frozen=True)
class Found:
    """One thing and where it is."""

    title: str
    url: str
    note: str = ""
    icon: str = ""
    image_url: str = ""


@dataclass(frozen=True)
class Kind:
    """Things of one kind, and the list of all of them."""

    code: str
    label: str
    found: tuple[Found, ...]
    more_url: str = ""


def look_up(merchant: Merchant, text: str, role: str) -> list[Kind]:
    """Return what these words name, kinds without anything left out. As the merchant."""
    kinds = [
        Kind("pages", pgettext("of the portal", "Pages"), tuple(pages(merchant, text, role))),
        Kind("actions", _("Actions"), tuple(actions(merchant, text, role))),
    ]
    if text:
        kinds += [products(merchant, text), orders(merchant, text)]
        kinds += [coupons(merchant, text)] if role in EDITORS else []
    return [kind for kind in kinds if kind.found]


def pages(merchant: Merchant, text: str, role: str) -> Iterable[Found]:
    """Yield the pages whose name says it, in either language."""
    for group, entry, url in entries_for(role, merchant.slug):
        if says(text, entry):
            note = "" if group.label == entry.label else str(group.label)
            yield Found(str(entry.label), url, note, entry.drawing)


def actions(merchant: Merchant, text: str, role: str) -> Iterable[Found]:
    """Yield what can be begun."""
    for entry, url in actions_for(role, merchant.slug):
        if says(text, entry):
            yield Found(str(entry.label), url, icon=entry.drawing)


def says(text: str, entry: Entry) -> bool:
    """Tell whether each of these words is in a page's name or beside it."""
    spoken = " ".join([*in_both(entry.label), entry.words]).casefold()
    return all(word in spoken for word in text.casefold().split())


def in_both(label: str | Promise) -> Iterable[str]:
    """Yield a label in each language of the market place."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield str(label)


def products(merchant: Merchant, text: str) -> Kind:
    """Return the shop's products by title or article number, the newest first."""
    rows = Product.objects.of(merchant).filter(deleted_at=None).matching(text)
    found = rows.prefetch_related("texts", "media").order_by("-pk")[:MOST]
    where = reverse("merchant_products", args=[merchant.slug])
    return Kind(
        "products",
        _("Products"),
        tuple(
            Found(
                one.title,
                reverse("merchant_product", args=[merchant.slug, one.pk]),
                f"{one.sku} · {Status(one.status).label}",
                "components/icon_box.svg",
                next((picture_url(media.file) for media in one.media.all()), ""),
            )
            for one in found
        ),
        with_query(where, text),
    )


def orders(merchant: Merchant, text: str) -> Kind:
    """Return the shop's orders by number or by the shopper's email, the newest first."""
    rows = Listed(query=text).narrow(Order.objects.of(merchant))
    where = reverse("merchant_orders", args=[merchant.slug])
    return Kind(
        "orders",
        _("Orders"),
        tuple(
            Found(
                one.number,
                reverse("merchant_order", args=[merchant.slug, one.number]),
                " · ".join(
                    [
                        one.email,
                        str(OrderState(one.state).label),
                        money(one.total_amount, one.currency),
                    ]
                ),
                "components/icon_truck.svg",
            )
            for one in rows.order_by("-placed_at", "-pk")[:MOST]
        ),
        with_query(where, text),
    )


def coupons(merchant: Merchant, text: str) -> Kind:
    """Return the shop's coupons by their code."""
    rows = Coupon.objects.filter(merchant=merchant, code__icontains=text).order_by("code")[:MOST]
    where = reverse("merchant_terms", args=[merchant.slug])
    found = (Found(one.code, where, coupon_row(one)["value"], "components/icon_tag.svg")
             for one in rows)  # fmt: skip
    return Kind("coupons", _("Coupons"), tuple(found))


def with_query(where: str, text: str) -> str:
    """Return the address of a list, asked for these words."""
    return f"{where}?{urlencode({'q': text})}"
