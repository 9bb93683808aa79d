"""What addresses name: for each kind one of ours, one of somebody else's, one that is not there.

A new kind is a function here; `object = "its name"` in the policy file uses it. ``None`` for
foreign: the kind belongs to nobody.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from catalog.indexing import index_products
from catalog.models import (
    AttributeProposal,
    BulkEdit,
    CartLine,
    CatalogImport,
    Coupon,
    Order,
    Product,
    ShippingMethod,
    Variant,
)
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_merchant, as_shopper
from tests.access.identities import Crowd
from tests.catalog.factories import make_category, make_product

Names = dict[str, Any]
# Ours, theirs, nobody's.
Three = tuple[Names, Names | None, Names | None]
Make = Callable[[Crowd], Three]
NO_PK = {"pk": 10**9}
NO_ORDER = {"number": "ZZZZZ-ZZZZZ"}

# What is sent where an empty form would name nothing.
SENT: dict[str, str] = {"merchant_export": ""}


def of_both(make: Callable[[Merchant], Any], key: str = "pk", none: Names = NO_PK) -> Make:
    """Return the three of a row that belongs to a shop."""

    def three(crowd: Crowd) -> Three:
        ours, theirs = make(crowd.loom), make(crowd.rival)
        return {key: getattr(ours, key)}, {key: getattr(theirs, key)}, none

    return three


def same(**names: Any) -> Make:
    """Return names that are nobody's in particular."""
    return lambda _crowd: (names, None, None)


def product(shop: Merchant) -> Product:
    """Save a live product."""
    return make_product(shop, f"SKU-{shop.slug}", category=make_category("clothing"))


def order(shop: Merchant, shopper: Shopper | None = None) -> Order:
    """Save an order of one thing."""
    with as_merchant(shop):
        return Order.objects.create(
            merchant=shop, shopper=shopper or Shopper.objects.create(), currency="CNY",
            items_amount=Decimal(10), total_amount=Decimal(10), email="lin@example.com",
            payment_provider="on_delivery",
        )  # fmt: skip


def own_order(crowd: Crowd) -> Three:
    """Return orders by whom they are: the guest's and Vera's, and a third person's."""
    mine = {"guest": order(crowd.loom, crowd.guest), "verified": order(crowd.loom, crowd.buyer)}
    names = {who: {"number": one.number} for who, one in mine.items()}
    return {"by": names}, {"number": order(crowd.loom).number}, NO_ORDER


def cart_line(crowd: Crowd) -> Three:
    """Return lines of carts by whose they are."""
    with as_merchant(crowd.loom):
        variant = Variant.objects.filter(merchant=crowd.loom).first()
    lines = {}
    for who, shopper in (
        ("guest", crowd.guest),
        ("verified", crowd.buyer),
        ("other", Shopper.objects.create()),
    ):
        with as_shopper(shopper):
            made = CartLine.objects.create(shopper=shopper, merchant=crowd.loom, variant=variant)
        lines[who] = {"pk": made.pk}
    return {"by": lines}, lines.pop("other"), NO_PK


def job(**fields: Any) -> Callable[[Merchant], CatalogImport]:
    """Return a maker of imports."""

    def make(shop: Merchant) -> CatalogImport:
        with as_merchant(shop):
            return CatalogImport.objects.create(
                merchant=shop, file="none.csv", file_name="none.csv", **fields
            )

    return make


def shopwide(model: Any, **fields: Any) -> Callable[[Merchant], Any]:
    """Return a maker of rows of a shop."""

    def make(shop: Merchant) -> Any:
        with as_merchant(shop):
            return model.objects.create(merchant=shop, **fields)

    return make


def proposal(shop: Merchant) -> AttributeProposal:
    """Save a fact to be confirmed."""
    with as_merchant(shop):
        found = Product.objects.filter(merchant=shop).first() or product(shop)
        return AttributeProposal.objects.create(
            merchant=shop, product=found, code="material", value="cotton", confidence=0.9
        )


def window_product(crowd: Crowd) -> Three:
    """Return a product that everybody may see."""
    for shop in (crowd.loom, crowd.rival):
        index_products(shop)
    return {"slug": "loom", "sku": "SKU-loom"}, None, {"slug": "loom", "sku": "NONE"}


KINDS: dict[str, Make] = {
    "product": of_both(product),
    "window_product": window_product,
    "order": of_both(order, "number", NO_ORDER),
    "own_order": own_order,
    "cart_line": cart_line,
    "import": of_both(job()),
    "waiting_import": of_both(job(state="done", stage="columns", dry=True)),
    "checked_import": of_both(job(state="done", stage="checked", dry=True)),
    "bulk_edit": of_both(shopwide(BulkEdit, kind="brand")),
    "proposal": of_both(proposal),
    "shipping": of_both(
        shopwide(ShippingMethod, code="parcel", name_en="Parcel", currency="CNY", amount=8)
    ),
    "coupon": of_both(shopwide(Coupon, code="TEN", kind="percent", value=10)),
    "export_format": same(name="own.csv"),
    "sitemap": same(name="shops"),
    "category": lambda _crowd: ({"path": "clothing"}, None, {"path": "nothing"}),
    "shop": lambda _crowd: ({"slug": "loom"}, None, {"slug": "nobody"}),
    "picture": same(path="none.webp"),
    "nothing": same(path="v1/nothing/"),
    "mail_key": same(key="none"),
    "reset_key": same(uidb36="1", key="none"),
    "passkey": same(pk=1),
    "operator": same(),
}
