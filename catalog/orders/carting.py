"""Putting things into the cart and taking them out, and the coupon codes.

For the cart's pages and endpoints. It reserves nothing: that is `placing`; and it shows nothing:
that is `standing`.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from catalog.models import Cart, CartLine, Coupon, Price, Variant
from catalog.models.cart import MOST_OF_ONE
from catalog.models.product import Status
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper

MOST_LINES = 100


class CartError(Exception):
    """What a cart cannot do. ``code`` is stable; ``left`` is how many there are."""

    def __init__(self, code: str, left: int = 0) -> None:
        super().__init__(code)
        self.code, self.left = code, left


def add(shopper: Shopper, variant_id: int, quantity: int, *, currency: str) -> CartLine:
    """Put so many more of a live variant into the cart; CartError says why not."""
    variant = live_variant(variant_id)
    with as_shopper(shopper):
        here = CartLine.objects.filter(shopper=shopper)
        line = here.select_for_update().filter(variant=variant).first()
        if line is None and here.count() >= MOST_LINES:
            raise CartError("cart_full", MOST_LINES)
        wanted = quantity + (line.quantity if line else 0)
        check(variant, wanted)
        asked, amount = price_of(variant, currency)
        line, _new = CartLine.objects.update_or_create(
            shopper=shopper,
            variant=variant,
            defaults={
                "merchant_id": variant.merchant_id,
                "quantity": wanted,
                "currency": asked,
                "seen_amount": amount,
            },
        )
    return line


def change(shopper: Shopper, line_id: int, quantity: int) -> None:
    """Set how many of a line are wanted; none removes it. An unknown line is CartError."""
    with as_shopper(shopper):
        line = CartLine.objects.select_for_update().filter(shopper=shopper, pk=line_id).first()
        if line is None:
            raise CartError("no_such_line")
        if quantity <= 0:
            line.delete()
            return
        if quantity > line.quantity:
            check(live_variant(line.variant_id), quantity)
        line.quantity = min(quantity, MOST_OF_ONE)
        line.save(update_fields=["quantity"])


def shops_in(shopper: Shopper | None) -> set[int]:
    """Return the shops whose goods are in the cart. One query, or none."""
    if shopper is None:
        return set()
    with as_shopper(shopper):
        return set(CartLine.objects.filter(shopper=shopper).values_list("merchant", flat=True))


def enter_code(shopper: Shopper, code: str) -> None:
    """Keep a coupon code, or raise CartError when no open shop knows it."""
    code = code.strip().upper()
    if not coupons([code]).exists():
        raise CartError("no_such_coupon")
    with as_shopper(shopper):
        cart, _new = Cart.objects.select_for_update().get_or_create(shopper=shopper)
        if code not in cart.codes:
            cart.codes = [*cart.codes, code][-10:]
            cart.save()


def drop_code(shopper: Shopper, code: str) -> None:
    """Forget a coupon code."""
    with as_shopper(shopper):
        for cart in Cart.objects.select_for_update().filter(shopper=shopper):
            cart.codes = [kept for kept in cart.codes if kept != code]
            cart.save()


def merge(source: Shopper, target: Shopper) -> None:
    """Move one cart into another: of what is in both, the larger quantity stays."""
    with transaction.atomic():
        with as_shopper(source):
            lines = list(CartLine.objects.select_for_update().filter(shopper=source))
            codes = [code for cart in Cart.objects.filter(shopper=source) for code in cart.codes]
            CartLine.objects.filter(shopper=source).delete()
            Cart.objects.filter(shopper=source).delete()
        with as_shopper(target):
            there = {line.variant_id: line for line in CartLine.objects.filter(shopper=target)}
            for line in lines:
                if kept := there.get(line.variant_id):
                    kept.quantity = max(kept.quantity, line.quantity)
                    kept.save(update_fields=["quantity"])
                else:
                    line.pk, line.shopper = None, target
                    line.save(force_insert=True)
            if codes:
                cart, _new = Cart.objects.get_or_create(shopper=target)
                cart.codes = list(dict.fromkeys([*cart.codes, *codes]))[:10]
                cart.save()


def live_variant(pk: int) -> Variant:
    """Return a variant that shoppers may see, or raise CartError."""
    found = (
        Variant.objects.select_related("product")
        .filter(pk=pk, active=True, product__status=Status.LIVE)
        .filter(merchant__suspended_at=None)
        .first()
    )
    if found is None:
        raise CartError("no_such_variant")
    return found


def check(variant: Variant, wanted: int) -> None:
    """Raise CartError when there are not as many, or more than one may buy at once."""
    left = variant.in_stock
    if left == 0:
        raise CartError("sold_out")
    if wanted > left:
        raise CartError("not_enough", left)
    if wanted > MOST_OF_ONE:
        raise CartError("too_many", MOST_OF_ONE)


def price_of(variant: Variant, currency: str) -> tuple[str, Decimal | None]:
    """Return today's price in a currency, or in another if there is none; CartError without one."""
    prices = Price.objects.filter(variant=variant).order_by("amount")
    found = dict(reversed(prices.values_list("price_list__currency", "amount")))
    if not found:
        raise CartError("no_price")
    asked = currency if currency in found else min(found)
    return asked, found[asked]


def coupons(codes: Iterable[str]) -> models.QuerySet[Coupon]:
    """Return the coupons of these codes that hold now."""
    now = timezone.now()
    return Coupon.objects.filter(
        Q(starts_at=None) | Q(starts_at__lte=now),
        Q(ends_at=None) | Q(ends_at__gt=now),
        Q(most_uses=None) | Q(used__lt=F("most_uses")),
        code__in=list(codes),
        active=True,
    )
