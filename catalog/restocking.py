"""Stock and prices of many variants at once, as a shop's own systems know them.

For the API. All of a call or nothing: an unknown SKU changes nothing. Offers follow by trigger, so
that search and carts see it in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from catalog.models import Price, PriceList, Stock, Variant, Warehouse
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant


class UnknownSkus(Exception):
    """The shop has no such variants; nothing was changed."""

    def __init__(self, skus: Iterable[str]) -> None:
        self.skus = sorted(skus)
        super().__init__(", ".join(self.skus))


@dataclass(frozen=True)
class Priced:
    """A price, and the former one if it is lowered."""

    amount: Decimal
    was: Decimal | None = None


def variants_of(merchant: Merchant, skus: Iterable[str]) -> dict[str, Variant]:
    """Return the shop's variants by SKU, or raise UnknownSkus. To be called as the shop."""
    wanted = set(skus)
    found = {one.sku: one for one in Variant.objects.filter(merchant=merchant, sku__in=wanted)}
    if missing := wanted - set(found):
        raise UnknownSkus(missing)
    return found


def set_stock(merchant: Merchant, levels: Mapping[str, int], *, warehouse: str = "main") -> None:
    """Set how many of each variant lie in a warehouse, which is made if it is new.

    Rows are written in the order of their variants, as checkouts lock them.
    """
    with as_merchant(merchant):
        variants = variants_of(merchant, levels)
        place, _new = Warehouse.objects.get_or_create(merchant=merchant, code=warehouse)
        Stock.objects.bulk_create(
            [
                Stock(
                    merchant=merchant, warehouse=place, variant=variants[sku], quantity=levels[sku]
                )
                for sku in sorted(levels, key=lambda sku: variants[sku].pk)
            ],
            update_conflicts=True,
            unique_fields=["warehouse", "variant"],
            update_fields=["quantity"],
        )


def set_prices(merchant: Merchant, prices: Mapping[str, Priced], *, currency: str) -> None:
    """Set what each variant costs in a currency."""
    with as_merchant(merchant):
        variants = variants_of(merchant, prices)
        listed, _new = PriceList.objects.get_or_create(
            merchant=merchant, currency=currency, name="standard"
        )
        Price.objects.bulk_create(
            [
                Price(
                    merchant=merchant,
                    price_list=listed,
                    variant=variants[sku],
                    amount=one.amount,
                    was=one.was if one.was and one.was > one.amount else None,
                )
                for sku, one in prices.items()
            ],
            update_conflicts=True,
            unique_fields=["price_list", "variant"],
            update_fields=["amount", "was"],
        )
