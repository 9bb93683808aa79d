"""What a case finds: a shopper of its own, and the orders they have placed before."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from catalog.models import Order, OrderEvent, OrderLine, Variant
from catalog.models.order import Actor, OrderState, PaymentState
from catalog.orders.carting import price_of
from catalog.orders.pricing import ZERO
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant

ADDRESS = {
    "name": "林夏", "phone": "+86 138 0000 0000", "country": "CN", "region": "浙江省",
    "city": "杭州市", "district": "西湖区", "street": "文三路 1 号", "postal_code": "310012",
}  # fmt: skip
STEPS = (OrderState.PLACED, OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED,
         OrderState.DELIVERED)  # fmt: skip


class NoSuchGoods(ValueError):
    """A case buys what is not there."""


def placed(shopper: Shopper, wanted: Mapping[str, Any], *, currency: str) -> Order:
    """Save an order as it would stand: ``goods`` (SKU → pieces), ``state``, ``days_ago``.

    Written directly, for an order of three weeks ago cannot be placed today. To be rolled back.
    """
    goods = {variant_of(sku): int(count) for sku, count in wanted.get("goods", {}).items()}
    if not goods:
        raise NoSuchGoods("an order without goods")
    shop = next(iter(goods)).merchant_id
    amounts = {one: price_of(one, currency)[1] or ZERO for one in goods}
    total = sum((amounts[one] * count for one, count in goods.items()), ZERO)
    state = wanted.get("state", "paid")
    ago = datetime.timedelta(days=float(wanted.get("days_ago", 1)))
    done = timezone.now() - ago
    with as_merchant(shop):
        order = Order.objects.create(
            merchant_id=shop, shopper=shopper, checkout=uuid.uuid4(), state=state,
            currency=currency, items_amount=total, total_amount=total, address=ADDRESS,
            email="shopper@example.com", payment_provider="test", payment_state=PaymentState.PAID,
            placed_at=done - datetime.timedelta(days=3), carrier=wanted.get("carrier", ""),
            tracking=wanted.get("tracking", ""),
            shipping={"code": "parcel", "en": "Parcel", "zh-hans": "快递", "days": [2, 4]},
        )  # fmt: skip
        OrderLine.objects.bulk_create(
            line_of(order, one, goods[one], amounts[one]) for one in goods
        )
        for step in STEPS[: STEPS.index(state) + 1 if state in STEPS else 2]:
            at = done if step == state else order.placed_at
            OrderEvent.objects.create(
                merchant_id=shop, order=order, kind=step, actor=Actor.SYSTEM, at=at
            )
    return order


def line_of(order: Order, variant: Variant, count: int, amount: Any) -> OrderLine:
    """Return a line with the words it is named by."""
    product = variant.product
    return OrderLine(
        merchant_id=order.merchant_id, order=order, variant=variant, sku=variant.sku,
        category=product.category.path if product.category else "",
        titles={one.locale: one.title for one in product.texts.all() if not one.arm},
        options=variant.options, quantity=count, unit_amount=amount,
    )  # fmt: skip


def variant_of(sku: str) -> Variant:
    """Return a variant by its SKU, or the first of a product."""
    with as_everyone():
        rows = Variant.objects.select_related("product__category").prefetch_related("stock")
        found = rows.filter(sku=sku).first() or rows.filter(product__sku=sku).first()
    if found is None:
        raise NoSuchGoods(f"there is no {sku} in this shop")
    return found
