"""The cart as it stands now: today's prices, stock, coupons and ways of shipping.

For the cart, the checkout and the order that comes of it. Every reading asks again; what has
changed since the shopper saw it is said, never silently used. It changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from catalog.models import Cart, CartLine, Coupon, Price, ShippingMethod, Variant
from catalog.models.product import Product, Status
from catalog.orders.carting import coupons
from catalog.orders.pricing import ZERO, Offer, Sum, best_sum
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper


@dataclass(frozen=True)
class Line:
    """A line as it stands now. ``amount`` is None for what has no price in the currency."""

    pk: int
    variant: Variant
    product: Product
    quantity: int
    amount: Decimal | None
    before: Decimal | None
    stock: int

    @property
    def buyable(self) -> bool:
        """Tell whether the whole quantity can be bought now."""
        return self.amount is not None and self.available and self.quantity <= self.stock

    @property
    def available(self) -> bool:
        """Tell whether the shop still sells it and has any."""
        return self.product.status == Status.LIVE and self.variant.active and self.stock > 0

    @property
    def total(self) -> Decimal | None:
        """Return what the line costs."""
        return None if self.amount is None else self.amount * self.quantity

    @property
    def changed(self) -> bool:
        """Tell whether the price is another than the shopper saw."""
        return None not in (self.before, self.amount) and self.before != self.amount


@dataclass(frozen=True)
class Parcel:
    """One shop's part of the cart, in one currency: lines, the way of shipping, and the sum."""

    merchant: Merchant
    currency: str
    lines: tuple[Line, ...]
    methods: tuple[ShippingMethod, ...]
    method: ShippingMethod | None
    sum: Sum

    @property
    def buyable(self) -> bool:
        """Tell whether all of it can be ordered now."""
        return all(line.buyable for line in self.lines)


@dataclass(frozen=True)
class CartNow:
    """The whole cart with today's prices. A shop without the wanted currency asks its own."""

    parcels: tuple[Parcel, ...] = ()
    codes: tuple[str, ...] = ()
    unknown_codes: tuple[str, ...] = ()

    @property
    def lines(self) -> list[Line]:
        """Return the lines of all shops."""
        return [line for parcel in self.parcels for line in parcel.lines]

    @property
    def totals(self) -> dict[str, Decimal]:
        """Return what everything costs by currency, shipping and coupons included."""
        found: dict[str, Decimal] = {}
        for parcel in self.parcels:
            found[parcel.currency] = found.get(parcel.currency, ZERO) + parcel.sum.total
        return found

    @property
    def shown(self) -> str:
        """Return the totals as one word, by which a checkout says what its shopper has seen."""
        return " ".join(f"{code}{amount:.2f}" for code, amount in sorted(self.totals.items()))

    @property
    def buyable(self) -> bool:
        """Tell whether everything can be ordered now."""
        return bool(self.parcels) and all(parcel.buyable for parcel in self.parcels)


def count_of(shopper: Shopper | None) -> int:
    """Return how many things are in the cart. One query; none without a shopper."""
    if shopper is None:
        return 0
    with as_shopper(shopper):
        return sum(CartLine.objects.filter(shopper=shopper).values_list("quantity", flat=True))


def read(
    shopper: Shopper | None,
    *,
    currency: str,
    country: str = "",
    methods: Mapping[int, int] | None = None,
) -> CartNow:
    """Return the cart as it stands now. At most ten queries, however many lines.

    ``methods``: the chosen way of shipping by shop; the cheapest that leads there otherwise.
    """
    if shopper is None:
        return CartNow()
    with as_shopper(shopper):
        stored = list(CartLine.objects.filter(shopper=shopper).order_by("added_at", "pk"))
        codes = next(iter(Cart.objects.filter(shopper=shopper).values_list("codes", flat=True)), [])
    return stand(stored, codes, currency=currency, country=country, methods=methods)


def stand(
    stored: Sequence[CartLine],
    codes: Sequence[str],
    *,
    currency: str,
    country: str = "",
    methods: Mapping[int, int] | None = None,
) -> CartNow:
    """Return how these lines stand, in a cart or not: what they would cost now. Eight queries."""
    variants = variants_of(stored)
    by_shop: dict[Merchant, list[CartLine]] = {}
    for line in stored:
        if variant := variants.get(line.variant_id):
            by_shop.setdefault(variant.product.merchant, []).append(line)
    ways, known = ways_by_shop(by_shop, country), list(coupons(codes))
    parcels = []
    for shop, lines in by_shop.items():
        own = ways.get(shop.pk, [])
        asked = currency_for([variants[line.variant_id] for line in lines], own, currency)
        parcels.append(
            parcel_of(
                [line_now(line, variants[line.variant_id], asked) for line in lines],
                asked,
                [way for way in own if way.currency == asked],
                (methods or {}).get(shop.pk),
                [offer_of(one) for one in known if fits(one, shop, asked)],
            )
        )
    found = {one.code for one in known if one.merchant_id in {shop.pk for shop in by_shop}}
    return CartNow(
        tuple(parcels),
        tuple(code for code in codes if code in found),
        tuple(code for code in codes if code not in found),
    )


def variants_of(stored: Iterable[CartLine]) -> dict[int, Variant]:
    """Return the variants of lines with all that is asked of them, also what is sold no more."""
    priced = Prefetch("prices", Price.objects.select_related("price_list").order_by("amount"))
    with as_everyone():
        return (
            Variant.objects.filter(pk__in=[line.variant_id for line in stored])
            .select_related("product__merchant", "product__category")
            .prefetch_related("product__texts", "product__media", "stock", priced)
            .in_bulk()
        )


def prices_of(variant: Variant) -> dict[str, Decimal]:
    """Return the lowest price by currency. Uses prefetched rows."""
    found: dict[str, Decimal] = {}
    for price in variant.prices.all():
        found.setdefault(price.currency, price.amount)
    return found


def currency_for(variants: Sequence[Variant], ways: Iterable[ShippingMethod], wanted: str) -> str:
    """Return the currency of one shop's parcel: the wanted one if all is priced and sent in it.

    Else the one in which most of it is.
    """
    priced = [prices_of(variant) for variant in variants]
    sent = {way.currency for way in ways}
    known = dict.fromkeys([wanted, *(code for one in priced for code in one)])
    return max(known, key=lambda code: (sum(code in one for one in priced), code in sent))


def line_now(line: CartLine, variant: Variant, currency: str) -> Line:
    """Return a line with product, price and stock of this moment."""
    return Line(
        pk=line.pk,
        variant=variant,
        product=variant.product,
        quantity=line.quantity,
        amount=prices_of(variant).get(currency),
        before=line.seen_amount if line.currency == currency else None,
        stock=variant.in_stock,
    )


def parcel_of(
    lines: Sequence[Line],
    currency: str,
    ways: Sequence[ShippingMethod],
    chosen: int | None,
    offers: Sequence[Offer],
) -> Parcel:
    """Sum up one shop's lines that can be bought, with its coupons and the chosen shipping."""
    items = sum((line.total or ZERO for line in lines if line.buyable), ZERO)
    priced = sorted(ways, key=lambda way: (way.price_for(items), way.pk))
    method = next((way for way in ways if way.pk == chosen), next(iter(priced), None))
    shipping = method.price_for(items) if method and items else ZERO
    total = best_sum(items, shipping, offers)
    return Parcel(lines[0].product.merchant, currency, tuple(lines), tuple(ways), method, total)


def fits(coupon: Coupon, shop: Merchant, currency: str) -> bool:
    """Tell whether a coupon is of this shop and of this currency, or of any."""
    return coupon.merchant_id == shop.pk and coupon.currency in ("", currency)


def offer_of(coupon: Coupon) -> Offer:
    """Return a coupon as the sum needs it."""
    return Offer(coupon.code, coupon.kind, coupon.value, coupon.minimum, coupon.stacks)


def ways_by_shop(shops: Iterable[Merchant], country: str) -> dict[int, list[ShippingMethod]]:
    """Return each shop's ways of shipping, to a country if one is named."""
    found: dict[int, list[ShippingMethod]] = {}
    for way in ShippingMethod.objects.filter(merchant__in=list(shops), active=True):
        if not country or way.ships_to(country):
            found.setdefault(way.merchant_id, []).append(way)
    return found
