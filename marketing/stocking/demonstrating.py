"""Demo data of stock and parcels: former sales, a forecast, goods on their way, carriers' texts.

For `make demo` only, and only for shops that are marked as demo shops. Sales are drawn, the same at
every run, and carry the source ``demo``; doing it twice changes nothing.
"""

from __future__ import annotations

import datetime
import zlib
from collections import Counter

from django.utils import timezone

from catalog.models import Order, Product
from catalog.models.order import OrderState
from catalog.models.product import Status
from marketing.models import DeliveryNote, Incoming, PastSale
from marketing.stocking.demand.simulating import simulate
from marketing.stocking.forecasting import forecast_now
from marketing.stocking.noting import note_lines
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

SOURCE = "demo"
DAYS = 200
# Each with the number of an order in front of it where the shop has shipped some.
NOTES = (
    "快件已到达【杭州转运中心】",
    "地址不详，缺少门牌号，请联系收件人核实",
    "Delivery attempted, nobody at home, card left",
    "外包装破损，内件漏液，等待处理",
    "Held by customs, commercial invoice required",
    "收件人拒收，原因：与描述不符",
    "Out for delivery",
    "受暴雨影响，快件延误",
)


def demonstrate(*slugs: str) -> dict[str, int]:
    """Fill the stock pages of these demo shops, of all without names; say what is new. Seconds."""
    shops = Merchant.objects.filter(is_demo=True).order_by("slug")
    shops = shops.filter(slug__in=slugs) if slugs else shops
    new: Counter[str] = Counter()
    for shop in shops:
        new.update(demonstrate_in(shop))
    return {name: count for name, count in new.items() if count}


def demonstrate_in(shop: Merchant) -> dict[str, int]:
    """Fill one shop, unless it is filled."""
    today = timezone.localdate()
    with as_merchant(shop):
        if PastSale.objects.filter(merchant=shop, source=SOURCE).exists():
            return {}
        products = list(Product.objects.of(shop).filter(status=Status.LIVE).order_by("sku"))
        bring_sales(shop, products, today)
        expect_goods(shop, products, today)
        notes = bring_notes(shop)
    run = forecast_now(shop)
    return {"forecasts": run.products, "delivery notes": notes}


def bring_sales(shop: Merchant, products: list[Product], today: datetime.date) -> None:
    """Draw what was sold; every twelfth product has not sold for long."""
    seed = zlib.crc32(shop.slug.encode())
    yesterday = today - datetime.timedelta(days=1)
    counts = simulate(len(products), DAYS, seed=seed, ends=yesterday).history.counts
    first = today - datetime.timedelta(days=DAYS)
    rows = [
        PastSale(
            merchant=shop, product=product, quantity=int(counts[row, number]), source=SOURCE,
            day=first + datetime.timedelta(days=number),
        )
        for row, product in enumerate(products)
        for number in range(DAYS if row % 12 else DAYS - 80)
        if counts[row, number]
    ]  # fmt: skip
    PastSale.objects.bulk_create(rows, batch_size=5_000)


def expect_goods(shop: Merchant, products: list[Product], today: datetime.date) -> None:
    """Let a few products be on their way."""
    if Incoming.objects.filter(merchant=shop).exists():
        return
    Incoming.objects.bulk_create(
        Incoming(merchant=shop, product=product, quantity=24 + 12 * number,
                 expected_on=today + datetime.timedelta(days=4 + 3 * number))
        for number, product in enumerate(products[3:23:7])
    )  # fmt: skip


def bring_notes(shop: Merchant) -> int:
    """Write carriers' texts, tied to shipped orders as far as there are any."""
    if DeliveryNote.objects.filter(merchant=shop).exists():
        return 0
    sent = (OrderState.SHIPPED, OrderState.DELIVERED)
    numbers = list(
        Order.objects.of(shop)
        .filter(state__in=sent)
        .order_by("pk")
        .values_list("number", flat=True)
    )[: len(NOTES)]
    numbers += [""] * (len(NOTES) - len(numbers))
    lines = (f"{number} {note}".strip() for number, note in zip(numbers, NOTES, strict=True))
    return len(note_lines(shop, "\n".join(lines)).notes)
