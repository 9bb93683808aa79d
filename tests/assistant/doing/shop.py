"""A shop with things to ask about, and two shoppers with orders. Built once a module."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from assistant.doing import Asker
from catalog.indexing import index_products
from catalog.models import Coupon, Order, OrderEvent, OrderLine, Product, ShippingMethod, Variant
from catalog.models.order import Actor, OrderState, PaymentState
from catalog.models.product import Product as ProductRow
from catalog.search.market import Market, forget, market
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_category, make_merchant, make_product, make_variant

ADDRESS = {
    "name": "林小雨", "phone": "+86 138 0000 0000", "country": "CN", "region": "浙江省",
    "city": "杭州市", "district": "西湖区", "street": "文三路 1 号", "postal_code": "310012",
}  # fmt: skip


@dataclass(frozen=True)
class Shop:
    """What the tests ask about."""

    shop: Merchant
    rival: Merchant
    shopper: Shopper
    stranger: Shopper
    products: dict[str, ProductRow]

    def id(self, sku: str) -> int:
        """Return a product's id."""
        return self.products[sku].pk

    def asker(self, language: str = "en", shopper: Shopper | None = None) -> Asker:
        """Return who asks, in yuan."""
        return Asker(shopper or self.shopper, language, "CNY", "CN")


def make_shop() -> Shop:
    """Save two shops, seven products and two shoppers; the caller rolls it back."""
    shop = make_merchant("loom", currencies=["CNY"])
    rival = make_merchant("rival", currencies=["CNY"])
    with as_merchant(shop):
        for code, amount, free, days in (("parcel", "8.00", "100.00", (2, 4)),
                                         ("express", "18.00", None, (1, 1))):  # fmt: skip
            ShippingMethod.objects.create(
                merchant=shop, code=code, amount=amount, free_from=free, currency="CNY",
                name_en=code.title(), days_least=days[0], days_most=days[1], countries=["CN"],
            )  # fmt: skip
        Coupon.objects.create(merchant=shop, code="TENOFF", kind="percent", value="10")
        Coupon.objects.create(merchant=shop, code="SENDFREE", kind="shipping", stacks=True)
    tops = make_category("clothing/tops", name_en="Tops", name_zh="上装")
    audio = make_category("electronics/audio", name_en="Audio", name_zh="音频")
    bags = make_category("bags/backpacks", name_en="Backpacks", name_zh="双肩包")
    shoes = make_category("shoes/running", name_en="Running shoes", name_zh="跑鞋")
    made = {
        "TEE": make_product(
            shop, "TEE", title="Plain Cotton T-shirt", title_zh="纯棉白T恤", category=tops,
            price="59.00", stock=20, option_names=["colour", "size"],
            options={"colour": "white", "size": "m"},
            attributes={"material": ["cotton"], "cotton_pct": 100, "weight_g": 180,
                        "audience": ["unisex"], "season": ["summer"],
                        "occasion": ["daily", "gift"]},
        ),
        "BUDS": make_product(
            shop, "BUDS", title="Quiet Earbuds", title_zh="降噪耳机",
            category=audio, price="299.00",
            attributes={"weight_g": 45, "battery_h": 6, "bluetooth_version": 5.3,
                        "water_rating": "IPX4", "feature": ["bluetooth", "noise-cancelling"],
                        "occasion": ["gift", "birthday"], "audience": ["adults"]},
        ),
        "PODS": make_product(
            shop, "PODS", title="Open Headphones", title_zh="头戴耳机",
            category=audio, price="399.00",
            attributes={"weight_g": 250, "battery_h": 30, "feature": ["bluetooth"],
                        "audience": ["adults"], "occasion": ["gift"]},
        ),
        "BAG": make_product(
            shop, "BAG", title="City Backpack", title_zh="通勤双肩包",
            category=bags, price="199.00",
            stock=3, attributes={"laptop_in": 14, "capacity_l": 18, "audience": ["unisex"]},
        ),
        "RUN": make_product(
            shop, "RUN", title="Light Running Shoes", title_zh="轻跑鞋",
            category=shoes, price="329.00",
            option_names=["size"], options={"size": "eu-40"}, attributes={"weight_g": 230},
        ),
        "OUT": make_product(shop, "OUT", title="Sold Out Cap", price="39.00", stock=0),
        "HID": make_product(shop, "HID", title="Secret Draft", status="draft"),
    }  # fmt: skip
    for colour, size, stock in (("white", "l", 9), ("black", "m", 4), ("black", "l", 0)):
        make_variant(made["TEE"], f"TEE-{colour}-{size}", price="59.00", stock=stock,
                     options={"colour": colour, "size": size})  # fmt: skip
    make_variant(made["RUN"], "RUN-41", price="329.00", options={"size": "eu-41"})
    for one in (shop, rival):
        index_products(one)
    forget()
    return Shop(shop, rival, Shopper.objects.create(), Shopper.objects.create(), made)


def scope() -> Market:
    """Return the market that was made."""
    return market()


def make_order(
    shop: Shop,
    skus: dict[str, int],
    *,
    state: str = "paid",
    shopper: Shopper | None = None,
    days_ago: int = 1,
) -> Order:
    """Save an order as it would be in a state, delivered ``days_ago`` if it is delivered."""
    variants = {}
    with as_everyone():
        for sku in skus:
            variants[sku] = (Variant.objects.select_related("product").filter(sku=sku).first()
                             or Variant.objects.get(product__sku=sku))  # fmt: skip
    amounts = {sku: Decimal(variants[sku].prices.get().amount) for sku in skus}
    total = sum((amounts[sku] * count for sku, count in skus.items()), Decimal(0))
    placed = timezone.now() - datetime.timedelta(days=days_ago + 3)
    with as_merchant(shop.shop):
        order = Order.objects.create(
            merchant=shop.shop, shopper=shopper or shop.shopper, checkout=uuid.uuid4(), state=state,
            currency="CNY", items_amount=total, total_amount=total, address=ADDRESS,
            email="lin@example.com", payment_provider="test", placed_at=placed,
            payment_state=PaymentState.PAID,
            shipping={"code": "parcel", "en": "Parcel", "zh-hans": "快递", "days": [2, 4]},
        )  # fmt: skip
        for sku, count in skus.items():
            product: Product = variants[sku].product
            OrderLine.objects.create(
                merchant=shop.shop, order=order, variant=variants[sku], sku=variants[sku].sku,
                category=product.category.path if product.category else "",
                titles={one.locale: one.title for one in product.texts.all()},
                options=variants[sku].options, quantity=count, unit_amount=amounts[sku],
            )  # fmt: skip
        steps = {"paid": 1, "packed": 2, "shipped": 3, "delivered": 4, "cancelled": 1}
        names = ["placed", "paid", "packed", "shipped", "delivered"]
        for kind in names[: steps.get(state, 0) + 1]:
            at = timezone.now() - datetime.timedelta(days=days_ago)
            OrderEvent.objects.create(
                merchant=shop.shop, order=order, kind=kind, actor=Actor.SYSTEM,
                at=at if kind == OrderState.DELIVERED else placed,
            )  # fmt: skip
    return order
