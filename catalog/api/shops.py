"""What a shop's own systems do, by API key: orders, stock, prices, products.

The key names the shop; nothing in an address does, so there is no other shop's row to ask for.
"""

from __future__ import annotations

import json
import uuid
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from catalog.api.shapes.shops import (
    ImportOut,
    PricesIn,
    ProductsIn,
    ShopOrderOut,
    ShopOrdersOut,
    ShopOrdersQuery,
    StepIn,
    StockIn,
    WrittenOut,
)
from catalog.models import CatalogImport, Order, RowError
from catalog.orders.keeping import NotAllowed, advance
from catalog.restocking import Priced, UnknownSkus, set_prices, set_stock
from catalog.tasks import import_catalog
from catalog.uploading import receive
from shopguide.accounts.access import row_of
from shopguide.accounts.models import Merchant, Scope
from shopguide.accounts.tenancy import as_merchant
from shopguide.problems import Problem
from shopguide.rest.operations import Asked, operation
from shopguide.rest.paging import page_of

TAG = "Shop systems"
MOST_ERRORS = 100


def shop_of(request: Asked) -> Merchant:
    """Return the shop of the key."""
    shop: Merchant = request.auth.merchant  # type: ignore[union-attr]
    return shop


def shown(one: Order) -> dict[str, Any]:
    """Return an order that was fetched with its lines and steps."""
    return dict(ShopOrderOut(one).data)


@operation("shop_orders", tag=TAG, query=ShopOrdersQuery, answer=ShopOrdersOut,
           who=Scope.ORDERS_READ)  # fmt: skip
def orders(request: Asked) -> dict[str, Any]:
    """List the shop's orders, newest first."""
    shop = shop_of(request)
    with as_merchant(shop):
        rows = Order.objects.of(shop).select_related("merchant")
        if state := request.asked.get("state"):
            rows = rows.filter(state=state)
        rows = rows.prefetch_related("lines", "events")
        return page_of(request, rows, ("-placed_at", "-pk"), shown)


@operation("shop_order", tag=TAG, answer=ShopOrderOut, who=Scope.ORDERS_READ)
def order(request: Asked, number: str) -> dict[str, Any]:
    """Return one of the shop's orders."""
    shop = shop_of(request)
    with as_merchant(shop):
        return shown(row_of(detailed(), shop, number=number))


def detailed() -> Any:
    """Return orders with their lines and steps."""
    return Order.objects.select_related("merchant").prefetch_related("lines", "events")


@operation("shop_order_step", tag=TAG, body=StepIn, answer=ShopOrderOut, who=Scope.ORDERS_WRITE,
           codes=["not_allowed"])  # fmt: skip
def order_step(request: Asked, number: str) -> dict[str, Any]:
    """Move an order on: paid, packed, shipped, delivered or cancelled."""
    shop, sent = shop_of(request), request.sent
    with as_merchant(shop):
        found = row_of(Order.objects.all(), shop, number=number)
    try:
        advance(found, sent["state"], carrier=sent["carrier"], tracking=sent["tracking"],
                text=sent["note"])  # fmt: skip
    except NotAllowed as error:
        raise Problem("not_allowed", state=error.state) from error
    with as_merchant(shop):
        return shown(row_of(detailed(), shop, number=number))


@operation("shop_stock", tag=TAG, body=StockIn, answer=WrittenOut, who=Scope.CATALOGUE_WRITE,
           codes=["unknown_skus"])  # fmt: skip
def stock(request: Asked) -> dict[str, Any]:
    """Set stock levels; search and carts know them at once."""
    sent = request.sent
    levels = {one["sku"]: one["quantity"] for one in sent["items"]}
    try:
        set_stock(shop_of(request), levels, warehouse=sent["warehouse"])
    except UnknownSkus as error:
        raise Problem("unknown_skus", skus=error.skus[:100]) from error
    return {"written": len(levels)}


@operation("shop_prices", tag=TAG, body=PricesIn, answer=WrittenOut, who=Scope.CATALOGUE_WRITE,
           codes=["unknown_skus"])  # fmt: skip
def prices(request: Asked) -> dict[str, Any]:
    """Set prices in one currency; search and carts know them at once."""
    sent = request.sent
    wanted = {
        one["sku"]: Priced(Decimal(one["amount"]), Decimal(one["was"]) if "was" in one else None)
        for one in sent["items"]
    }
    try:
        set_prices(shop_of(request), wanted, currency=sent["currency"])
    except UnknownSkus as error:
        raise Problem("unknown_skus", skus=error.skus[:100]) from error
    return {"written": len(wanted)}


@operation("shop_products", tag=TAG, body=ProductsIn, answer=ImportOut, status=202,
           who=Scope.CATALOGUE_WRITE)  # fmt: skip
def products(request: Asked) -> dict[str, Any]:
    """Create or change products: an import of its own, carried out by a worker."""
    shop = shop_of(request)
    lines = [json.dumps(one, ensure_ascii=False) for one in request.sent["items"]]
    file = SimpleUploadedFile("api.jsonl", "\n".join(lines).encode())
    job = receive(
        shop, by=None, token=uuid.uuid4(), file=file, format=CatalogImport.Format.JSONL
    )  # fmt: skip
    transaction.on_commit(lambda: import_catalog.delay(job.pk), robust=True)
    return import_shown(job, [])


@operation("shop_import", tag=TAG, answer=ImportOut, who=Scope.CATALOGUE_WRITE)
def job(request: Asked, pk: int) -> dict[str, Any]:
    """Tell how far an import is, and what was wrong with which row."""
    shop = shop_of(request)
    with as_merchant(shop):
        found = row_of(CatalogImport.objects.all(), shop, pk=pk)
        errors = list(RowError.objects.filter(catalog_import=found).order_by("pk")[:MOST_ERRORS])
    return import_shown(found, errors)


def import_shown(one: CatalogImport, errors: list[RowError]) -> dict[str, Any]:
    """Return an import."""
    return {
        "id": one.pk,
        **{name: getattr(one, name) for name in (
            "state", "format", "rows", "created", "updated", "unchanged", "failed",
        )},
        "errors": [
            {name: getattr(row, name) for name in ("line", "column", "value", "reason", "remedy")}
            for row in errors
        ],
    }  # fmt: skip
