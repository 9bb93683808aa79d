"""A market place with somebody in it who has something of everything, for fuzzing and examples."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.indexing import index_products
from catalog.models import CartLine, ShippingMethod, Variant
from shopguide.accounts.keys import issue
from shopguide.accounts.models import Merchant, Scope, Shopper
from shopguide.accounts.shopping import _signer
from shopguide.accounts.tenancy import as_everyone, as_merchant, as_shopper
from tests.catalog.factories import make_category, make_merchant, make_product


@dataclass(frozen=True)
class Scene:
    """The shop, the shopper, and the headers by which the shopper is known."""

    shop: Merchant
    shopper: Shopper
    headers: dict[str, str]


def make_scene() -> Scene:
    """Save the shop and the products that the schema's examples name, and a filled cart."""
    shop = make_merchant("cloudloom", currencies=["CNY", "USD"])
    tops = make_category("clothing", name_en="Clothing", name_zh="服装")
    for number in (201, 202):
        make_product(
            shop, f"CL-HD-{number}", title="Fleece-lined hoodie", title_zh="加绒卫衣",
            category=tops, brand="Cloudloom", stock=90, price="99.00",
            attributes={"material": ["cotton"], "weight_g": 480},
        )  # fmt: skip
    with as_merchant(shop):
        ShippingMethod.objects.create(
            merchant=shop, code="parcel", name_en="Parcel", currency="CNY", amount="8.00"
        )
    index_products(shop)
    shopper = Shopper.objects.create()
    with as_everyone():
        variant = Variant.objects.get(sku="CL-HD-201")
    with as_shopper(shopper):
        CartLine.objects.create(shopper=shopper, merchant=shop, variant=variant, currency="CNY")
    _key, secret = issue(shop, "till", list(Scope.values), by=None)
    headers = {"Shopper-Token": _signer.sign(str(shopper.pk)), "Authorization": f"Bearer {secret}"}
    return Scene(shop, shopper, headers)
