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
    """One shop's part of the cart: its lines, the way of shipping, and the sum."""

    merchant: Merchant
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
    """The whole cart with today's prices, in one currency."""

    currency: str
    parcels: tuple[Parcel, ...]
    codes: tuple[str, ...]
    unknown_codes: tuple[str, ...]

    @property
    def lines(self) -> list[Line]:
        """Return the lines of all shops."""
        return [line for parcel in self.parcels for line in parcel.lines]

    @property
    def total(self) -> Decimal:
        """Return what everything costs, shipping and coupons included."""
        return sum((parcel.sum.total for parcel in self.parcels), ZERO)

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
        return CartNow(currency, (), (), ())
    with as_shopper(shopper):
        stored = list(CartLine.objects.filter(shopper=shopper).order_by("added_at", "pk"))
        codes = next(iter(Cart.objects.filter(shopper=shopper).values_list("codes", flat=True)), [])
    lines = lines_now(stored, currency)
    shops = {line.product.merchant_id: line.product.merchant for line in lines}
    ways = ways_by_shop(shops, currency, country)
    known = list(coupons(codes))
    parcels = tuple(
        parcel_of(
            [line for line in lines if line.product.merchant_id == pk],
            ways.get(pk, ()),
            (methods or {}).get(pk),
            [offer_of(one) for one in known if fits(one, pk, currency)],
        )
        for pk in shops
    )
    found = {one.code for one in known if one.merchant_id in shops}
    return CartNow(
        currency,
        parcels,
        tuple(code for code in codes if code in found),
        tuple(code for code in codes if code not in found),
    )


def lines_now(stored: Iterable[CartLine], currency: str) -> list[Line]:
    """Return lines with product, price and stock of this moment; gone products fall away."""
    stored = list(stored)
    priced = Prefetch(
        "prices", Price.objects.filter(price_list__currency=currency).order_by("amount")
    )
    with as_everyone():  # also what is no longer for sale, so that it can be said
        variants = (
            Variant.objects.filter(pk__in=[line.variant_id for line in stored])
            .select_related("product__merchant")
            .prefetch_related("product__texts", "product__media", "stock", priced)
            .in_bulk()
        )
    found = []
    for line in stored:
        if (variant := variants.get(line.variant_id)) is None:
            continue
        price = next(iter(variant.prices.all()), None)
        found.append(
            Line(
                pk=line.pk,
                variant=variant,
                product=variant.product,
                quantity=line.quantity,
                amount=price.amount if price else None,
                before=line.seen_amount if line.currency == currency else None,
                stock=variant.in_stock,
            )
        )
    return found


def parcel_of(
    lines: Sequence[Line],
    ways: tuple[ShippingMethod, ...],
    chosen: int | None,
    offers: Sequence[Offer],
) -> Parcel:
    """Sum up one shop's lines that can be bought, with its coupons and the chosen shipping."""
    items = sum((line.total or ZERO for line in lines if line.buyable), ZERO)
    priced = sorted(ways, key=lambda way: (way.price_for(items), way.pk))
    method = next((way for way in ways if way.pk == chosen), next(iter(priced), None))
    shipping = method.price_for(items) if method and items else ZERO
    shop = lines[0].product.merchant
    return Parcel(shop, tuple(lines), ways, method, best_sum(items, shipping, offers))


def fits(coupon: Coupon, merchant_id: int, currency: str) -> bool:
    """Tell whether a coupon is of this shop and of this currency, or of any."""
    return coupon.merchant_id == merchant_id and coupon.currency in ("", currency)


def offer_of(coupon: Coupon) -> Offer:
    """Return a coupon as the sum needs it."""
    return Offer(coupon.code, coupon.kind, coupon.value, coupon.minimum, coupon.stacks)


def ways_by_shop(
    shops: Iterable[int], currency: str, country: str
) -> dict[int, tuple[ShippingMethod, ...]]:
    """Return each shop's ways of shipping in a currency, to a country if one is named."""
    found: dict[int, tuple[ShippingMethod, ...]] = {}
    for way in ShippingMethod.objects.filter(
        merchant__in=list(shops), currency=currency, active=True
    ):
        if not country or way.ships_to(country):
            found[way.merchant_id] = (*found.get(way.merchant_id, ()), way)
    return found
