"""Change many products at once, each with what it was, and take it back as a whole.

For the portal and the worker. Products are visited in batches, each with its rows in one
transaction: a killed run goes on where it stopped, and no product is changed twice. Undoing leaves
alone what somebody has changed since. It rings nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_noop as _

from catalog.models import (
    BulkEdit,
    BulkEditRow,
    Category,
    Price,
    PriceList,
    Product,
    ProductText,
    Stock,
    Warehouse,
)
from catalog.models.product import ProductQuerySet, Status
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant

BATCH = 500
# So many are changed while the person waits; more are a worker's.
AT_ONCE = 500
MOST_PRICE = Decimal(10) ** 10
MOST_STOCK = 2_000_000_000
CENT = Decimal("0.01")
State = dict[str, Any]
Kind = BulkEdit.Kind


class Refusal(Exception):
    """This product cannot be changed so; the message is an English sentence to be translated."""


def chosen_products(merchant: Merchant, chosen: dict[str, Any]) -> ProductQuerySet:
    """Return the products that are meant: those with these ids, or all that a list counted."""
    rows = Product.objects.of(merchant).filter(deleted_at=None)
    if "ids" in chosen:
        return rows.filter(pk__in=chosen["ids"])
    rows = rows.matching(chosen.get("q", "")).filter(pk__lte=chosen.get("newest", 0))
    rows = rows.lacking(chosen.get("lacking", ""))
    return rows.filter(status=chosen["status"]) if chosen.get("status") else rows


def begin(
    merchant: Merchant, kind: str, change: dict[str, Any], chosen: dict[str, Any], *, by: User
) -> BulkEdit:
    """Write the job down, with how many products it is about. As the merchant."""
    total = chosen_products(merchant, chosen).count()
    return BulkEdit.objects.create(
        merchant=merchant, by=by, kind=kind, change=change, chosen=chosen, total=total
    )


def begin_undo(edit: BulkEdit, *, by: User) -> BulkEdit:
    """Write down that an edit is to be taken back; a second time returns the first one's job."""
    job, _new = BulkEdit.objects.get_or_create(
        undo_of=edit,
        defaults={"merchant": edit.merchant, "by": by, "kind": Kind.UNDO, "total": edit.changed},
    )
    return job


def run(job: BulkEdit, *, progress: Callable[[], None] | None = None) -> None:
    """Change what is left of a claimed job, batch by batch; then mark it done."""
    merchant = job.merchant
    while True:
        with as_merchant(merchant):
            visited = visit(job, merchant)
        if progress:
            progress()
        if not visited:
            break
    with as_merchant(merchant):
        counts = count_rows(job)
        job.finish(**counts)


def visit(job: BulkEdit, merchant: Merchant) -> int:
    """Change the next batch of products and keep what they were; return how many were visited."""
    last = job.rows.order_by("-product_id").values_list("product_id", flat=True).first() or 0
    products = next_products(job, merchant, last)
    formers = former_rows(job, products) if job.kind == Kind.UNDO else {}
    rows, changes = [], []
    for product in products:
        now = state_of(product)
        after, reason = now, ""
        try:
            after = now | wanted(job, product, now, formers.get(product.pk))
        except Refusal as refusal:
            reason = str(refusal)
        moved = {key: value for key, value in after.items() if value != now.get(key)}
        rows.append(
            BulkEditRow(
                merchant=merchant, bulk_edit=job, product=product, reason=reason, after=moved,
                before={key: now.get(key) for key in moved},
            )
        )  # fmt: skip
        if moved:
            changes.append((product, moved))
    write(merchant, changes)
    BulkEditRow.objects.bulk_create(rows)
    BulkEdit.objects.filter(pk=job.pk).update(**count_rows(job))
    return len(products)


def next_products(job: BulkEdit, merchant: Merchant, last: int) -> list[Product]:
    """Return the next products after ``last``, locked in order. Three queries."""
    if job.kind == Kind.UNDO:
        rows = Product.objects.of(merchant).filter(
            pk__in=BulkEditRow.objects.filter(bulk_edit=job.undo_of)
            .exclude(after={})
            .values("product")
        )
    else:
        rows = chosen_products(merchant, job.chosen)
    return list(
        rows.filter(pk__gt=last)
        .order_by("pk")
        .select_for_update(of=("self",))
        .prefetch_related("texts", "variants__prices__price_list", "variants__stock")[:BATCH]
    )


def former_rows(job: BulkEdit, products: Sequence[Product]) -> dict[int, BulkEditRow]:
    """Return what the edit that is taken back has written, by product."""
    rows = BulkEditRow.objects.filter(bulk_edit=job.undo_of, product__in=products)
    return {row.product_id: row for row in rows}


def state_of(product: Product) -> State:
    """Return the fields of a product that bulk edits change, as JSON can keep them."""
    state: State = {
        "status": product.status,
        "category": product.category_id,
        "brand": product.brand,
    }
    for text in product.texts.all():
        if not text.arm:
            state[f"title:{text.locale}"] = [text.title, text.provenance, text.approved_by_id]
    for variant in product.variants.all():
        for price in variant.prices.all():
            was = None if price.was is None else str(price.was)
            state[f"price:{variant.pk}:{price.price_list_id}"] = [str(price.amount), was]
        for stock in variant.stock.all():
            state[f"stock:{variant.pk}:{stock.warehouse_id}"] = stock.quantity
    return state


def wanted(job: BulkEdit, product: Product, now: State, former: BulkEditRow | None) -> State:
    """Return what the fields shall be; `Refusal` says why this product keeps its own."""
    change = job.change
    if job.kind == Kind.UNDO:
        return taken_back(now, former)
    if job.kind == Kind.STATUS:
        if change["value"] == Status.LIVE and not product.texts.all():
            raise Refusal(_("It has no title."))
        return {"status": change["value"]}
    if job.kind in (Kind.CATEGORY, Kind.BRAND):
        return {job.kind: change["value"]}
    if job.kind == Kind.PRICE:
        return new_prices(now, product, change)
    return new_stock(now, product, change)


def taken_back(now: State, former: BulkEditRow | None) -> State:
    """Return the former values of what still is as the edit left it."""
    if former is None:
        return {}
    same = {key for key, value in former.after.items() if now.get(key) == value}
    if not same:
        raise Refusal(_("Somebody has changed it since."))
    return {key: former.before.get(key) for key in same}


def new_prices(now: State, product: Product, change: dict[str, Any]) -> State:
    """Return a product's prices, set or moved by an amount or per cent, rounded half up."""
    amount = Decimal(change["amount"])
    suffix = f":{change['price_list']}"
    prices: State = {}
    for variant in product.variants.all():
        key = f"price:{variant.pk}{suffix}"
        old = now.get(key)
        if change["mode"] == "set":
            new = amount
        elif old is None:
            continue
        else:
            before = Decimal(old[0])
            new = before + amount if change["mode"] == "add" else before * (100 + amount) / 100
        new = new.quantize(CENT, ROUND_HALF_UP)
        if not 0 <= new < MOST_PRICE:
            raise Refusal(_("The price would fall below zero or be too high."))
        was = old[1] if old and old[1] and Decimal(old[1]) > new else None
        prices[key] = [str(new), was]
    if not prices:
        raise Refusal(_("It has no price in this currency."))
    return prices


def new_stock(now: State, product: Product, change: dict[str, Any]) -> State:
    """Return a product's stock in one warehouse, set or moved."""
    levels: State = {}
    for variant in product.variants.all():
        key = f"stock:{variant.pk}:{change['warehouse']}"
        new = change["quantity"] + (now.get(key) or 0 if change["mode"] == "add" else 0)
        if not 0 <= new <= MOST_STOCK:
            raise Refusal(_("The stock would fall below zero or be too high."))
        levels[key] = new
    if not levels:
        raise Refusal(_("It has no variants."))
    return levels


def write(merchant: Merchant, changes: Sequence[tuple[Product, State]]) -> None:
    """Write changed fields of a batch. At most seven statements, and one for each title."""
    moved = []
    prices: State = {}
    stock: State = {}
    places = {state["category"] for _product, state in changes if state.get("category")}
    there = set(Category.objects.filter(pk__in=places).values_list("pk", flat=True))
    for product, state in changes:
        own = {"status", "category", "brand"} & state.keys()
        if own:
            product.status = state.get("status", product.status)
            product.brand = state.get("brand", product.brand)
            place = state.get("category", product.category_id)
            # A category that is gone by now cannot be given back.
            product.category_id = None if place in places - there else place
            moved.append(product)
        prices |= {key: one for key, one in state.items() if key.startswith("price:")}
        stock |= {key: one for key, one in state.items() if key.startswith("stock:")}
        write_titles(product, state)
    Product.objects.bulk_update(moved, ["status", "category", "brand"])
    write_prices(merchant, prices)
    write_stock(merchant, stock)


def write_titles(product: Product, state: State) -> None:
    """Give titles back as they were, with who wrote and approved them; None: there was no text."""
    for key, value in state.items():
        if not key.startswith("title:"):
            continue
        mine: dict[str, Any] = {"product": product, "locale": key[6:], "arm": ""}
        if value is None:
            ProductText.objects.filter(**mine).delete()
            continue
        title, provenance, approved = value
        by = approved if User.objects.filter(pk=approved).exists() else None
        ProductText.objects.update_or_create(
            **mine, merchant_id=product.merchant_id,
            defaults={"title": title, "provenance": provenance, "approved_by_id": by},
        )  # fmt: skip


def pairs(keys: Sequence[str]) -> list[tuple[int, int]]:
    """Return the two ids in each key."""
    return [(int(key.split(":")[1]), int(key.split(":")[2])) for key in keys]


def write_prices(merchant: Merchant, prices: State) -> None:
    """Write, or take away, prices by variant and list; a list that is gone is left out."""
    gone = pairs([key for key, value in prices.items() if value is None])
    if gone:
        these = reduce(or_, (Q(variant=variant, price_list=place) for variant, place in gone))
        Price.objects.filter(these).delete()
    kept = {key: value for key, value in prices.items() if value is not None}
    lists = set(PriceList.objects.filter(merchant=merchant).values_list("pk", flat=True))
    Price.objects.bulk_create(
        [
            Price(merchant=merchant, variant_id=variant, price_list_id=place,
                  amount=Decimal(value[0]), was=Decimal(value[1]) if value[1] else None)
            for (variant, place), value in zip(pairs(list(kept)), kept.values(), strict=True)
            if place in lists
        ],
        update_conflicts=True, unique_fields=["price_list", "variant"],
        update_fields=["amount", "was"],
    )  # fmt: skip


def write_stock(merchant: Merchant, stock: State) -> None:
    """Write, or take away, stock by variant and warehouse; a place that is gone is left out."""
    gone = pairs([key for key, value in stock.items() if value is None])
    if gone:
        these = reduce(or_, (Q(variant=variant, warehouse=place) for variant, place in gone))
        Stock.objects.filter(these).delete()
    kept = {key: value for key, value in stock.items() if value is not None}
    places = set(Warehouse.objects.filter(merchant=merchant).values_list("pk", flat=True))
    Stock.objects.bulk_create(
        [
            Stock(merchant=merchant, variant_id=variant, warehouse_id=place, quantity=value)
            for (variant, place), value in zip(pairs(list(kept)), kept.values(), strict=True)
            if place in places
        ],
        update_conflicts=True, unique_fields=["warehouse", "variant"], update_fields=["quantity"],
    )  # fmt: skip


def count_rows(job: BulkEdit) -> dict[str, int]:
    """Count what came of the products visited so far. One query."""
    same = Q(after={})
    counted: dict[str, int] = BulkEditRow.objects.filter(bulk_edit=job).aggregate(
        changed=Count("pk", filter=~same),
        unchanged=Count("pk", filter=same & Q(reason="")),
        refused=Count("pk", filter=same & ~Q(reason="")),
    )
    return counted
