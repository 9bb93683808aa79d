"""Rows for tests: built with what matters here, saved inside the shop's own transaction."""

from decimal import Decimal
from typing import Any

from catalog.models import (
    Category,
    Price,
    PriceList,
    Product,
    ProductText,
    Stock,
    Variant,
    Warehouse,
)
from catalog.models.product import Status
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant


def make_merchant(slug: str = "loom", **fields: Any) -> Merchant:
    """Save a shop."""
    return Merchant.objects.create(slug=slug, name_en=slug.title(), **fields)


def make_category(path: str, **fields: Any) -> Category:
    """Save a shared category."""
    with as_everyone():
        made, _new = Category.objects.get_or_create(
            merchant=None, path=path, defaults={"name_en": path.rsplit("/", 1)[-1], **fields}
        )
    return made


def make_product(
    merchant: Merchant,
    sku: str,
    *,
    title: str = "Cotton T-shirt",
    title_zh: str = "",
    description: str = "",
    status: str = Status.LIVE,
    price: str | None = "99.00",
    currency: str = "CNY",
    stock: int = 5,
    options: dict[str, str] | None = None,
    **fields: Any,
) -> Product:
    """Save a product with texts and one variant, priced and stocked unless told otherwise."""
    with as_merchant(merchant):
        product = Product.objects.create(merchant=merchant, sku=sku, status=status, **fields)
        texts = {"en": title, "zh-hans": title_zh}
        ProductText.objects.bulk_create(
            ProductText(
                merchant=merchant,
                product=product,
                locale=locale,
                title=text,
                description=description,
            )
            for locale, text in texts.items()
            if text
        )
    make_variant(product, sku, price=price, currency=currency, stock=stock, options=options)
    return product


def make_variant(
    product: Product,
    sku: str,
    *,
    price: str | None = "99.00",
    currency: str = "CNY",
    stock: int = 5,
    options: dict[str, str] | None = None,
) -> Variant:
    """Save one more variant of a product."""
    shop = product.merchant
    with as_merchant(shop):
        variant = Variant.objects.create(
            merchant=shop, product=product, sku=sku, options=options or {}, codes=options or {}
        )
        if price is not None:
            prices, _new = PriceList.objects.get_or_create(merchant=shop, currency=currency)
            Price.objects.create(
                merchant=shop, price_list=prices, variant=variant, amount=Decimal(price)
            )
        warehouse, _new = Warehouse.objects.get_or_create(merchant=shop)
        Stock.objects.create(merchant=shop, warehouse=warehouse, variant=variant, quantity=stock)
    return variant
