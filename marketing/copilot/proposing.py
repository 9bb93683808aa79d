"""Work out what a change would do, row by row, and keep it as a proposal. Nothing else is written.

The differences are those that the bulk edits themselves would make, asked of the very function
that makes them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.editing.bulk import AT_ONCE, Refusal, chosen_products, state_of, wanted
from catalog.models import BulkEdit, PriceList, Product, Warehouse
from catalog.models.product import ProductQuerySet, Status
from catalog.presenting.money import money
from marketing.copilot import offering
from marketing.copilot.plans import Change, Misunderstood, Named, Plan
from marketing.copy.channels import CHANNELS
from marketing.models import Proposal, Question
from shopguide.accounts.models import Merchant, User

MOST_COPY = 20


def propose(
    merchant: Merchant, plan: Plan, *, by: User, question: Question | None = None
) -> Proposal | Misunderstood:
    """Keep a proposal with its differences, or say why there is none. As the merchant."""
    assert plan.change is not None  # noqa: S101
    if plan.change.kind == Proposal.Kind.CAMPAIGN:
        return propose_offer(merchant, plan, by=by, question=question)
    change = stated(merchant, plan.change)
    if isinstance(change, Misunderstood):
        return change
    products = meant(merchant, plan.names)
    if products.count() > (MOST_COPY if plan.change.kind == "copy" else AT_ONCE):
        return Misunderstood("many", str(products.count()))
    found = differences(merchant, plan.change, change, products)
    if isinstance(found, Misunderstood):
        return found
    return Proposal.objects.create(
        merchant=merchant, question=question, by=by, kind=plan.change.kind, change=change,
        differences=found,
    )  # fmt: skip


def propose_offer(
    merchant: Merchant, plan: Plan, *, by: User, question: Question | None
) -> Proposal | Misunderstood:
    """Keep a proposal of a coupon or of a campaign. As the merchant."""
    assert plan.change is not None  # noqa: S101
    offer = offering.stated(merchant, plan.change, plan.names)
    if isinstance(offer, Misunderstood):
        return offer
    return Proposal.objects.create(
        merchant=merchant, question=question, by=by, kind=Proposal.Kind.CAMPAIGN, change=offer,
        differences=offering.differences(merchant, offer),
    )  # fmt: skip


def meant(merchant: Merchant, names: tuple[Named, ...]) -> ProductQuerySet:
    """Return the products that were named, all names together."""
    rows = Product.objects.of(merchant).filter(deleted_at=None)
    wanted_ones = Q()
    for one in names:
        column = {"product": "pk__in", "brand": "brand__in", "category": "category__path__in"}
        wanted_ones |= Q(**{column[one.kind]: one.values})
    return rows.filter(wanted_ones) if names else rows.none()


def stated(merchant: Merchant, change: Change) -> dict[str, Any] | Misunderstood:
    """Return a change as a bulk edit keeps it; no price list and no warehouse is made for it."""
    if change.kind == "price":
        return stated_price(merchant, change)
    if change.kind == "stock":
        place = Warehouse.objects.filter(merchant=merchant).order_by("code").first()
        if place is None:
            return Misunderstood("warehouse")
        return {"mode": change.mode, "quantity": int(Decimal(change.amount)), "warehouse": place.pk}
    if change.kind == "status":
        return {"value": change.amount}
    return {"channel": change.unit or "description"}


def stated_price(merchant: Merchant, change: Change) -> dict[str, Any] | Misunderstood:
    """Return a change of prices, on the list of the currency that is meant."""
    lists = PriceList.objects.filter(merchant=merchant, name="standard").order_by("pk")
    known = {one.currency: one for one in lists}
    usual = next((one for one in merchant.currencies if one in known), next(iter(known), ""))
    prices = known.get(change.unit if change.unit not in ("", "%") else usual)
    if prices is None:
        return Misunderstood("currency", change.unit, tuple(known))
    if change.mode == "percent" and abs(Decimal(change.amount)) > 100:
        return Misunderstood("amount", _("At most 100 per cent can be taken off."))
    return {
        "mode": change.mode, "amount": change.amount, "currency": prices.currency,
        "price_list": prices.pk,
    }  # fmt: skip


def differences(
    merchant: Merchant, asked: Change, change: dict[str, Any], products: ProductQuerySet
) -> list[dict[str, Any]] | Misunderstood:
    """Return what each product would be after it, and was before. Three queries."""
    if asked.kind == "copy":
        return briefs(products, change["channel"])
    job = BulkEdit(merchant=merchant, kind=asked.kind, change=change)
    found, reason = [], ""
    rows = products.order_by("pk").prefetch_related(
        "texts", "variants__prices__price_list", "variants__stock"
    )
    for product in rows:
        now = state_of(product)
        try:
            after = wanted(job, product, now, None)
        except Refusal as refusal:
            reason = _(str(refusal))
            continue
        moved = {key: value for key, value in after.items() if value != now.get(key)}
        if moved:
            found.append({
                "product": product.pk, "title": product.title, "sku": product.sku,
                "before": {key: now.get(key) for key in moved}, "after": moved,
            })  # fmt: skip
    return found or Misunderstood("same", reason)


def briefs(products: ProductQuerySet, channel: str) -> list[dict[str, Any]] | Misunderstood:
    """Return the briefs that would be made: a product and language each that has a text."""
    place = CHANNELS[channel]
    found = [
        {"product": product.pk, "title": product.title, "sku": product.sku, "before": {},
         "after": {f"copy:{text.locale}": channel}}
        for product in products.filter(status=Status.LIVE).order_by("pk").prefetch_related("texts")
        for text in product.texts.all()
        if not text.arm and place.speaks(text.locale)
    ]  # fmt: skip
    return found or Misunderstood("same", _("None of them is on sale."))


def shown(proposal: Proposal) -> list[dict[str, str]]:
    """Return the differences as a person reads them: title, what, before, after."""
    currency = str(proposal.change.get("currency", ""))
    return [
        {
            "title": one["title"],
            "sku": one["sku"],
            "pk": one["product"],
            "field": field_name(key),
            "before": told(key, one["before"].get(key), currency),
            "after": told(key, value, currency),
        }
        for one in proposal.differences
        for key, value in one["after"].items()
    ]


def field_name(key: str) -> str:
    """Return what a field of a difference is called."""
    kind, _colon, rest = key.partition(":")
    if kind == "offer":
        return offering.field_name(rest)
    return {
        "price": _("Price"), "stock": _("Stock"), "status": _("Status"), "copy": _("Copy"),
    }.get(kind, kind)  # fmt: skip


def told(key: str, value: Any, currency: str) -> str:
    """Return a value of a difference as a person reads it."""
    kind, _colon, rest = key.partition(":")
    if value is None:
        return "—"
    if kind == "offer":
        return offering.told(rest, str(value))
    if kind == "price":
        return money(Decimal(value[0]), currency)
    if kind == "status":
        return str(Status(value).label)
    if kind == "copy":
        return f"{CHANNELS[value].label} · {'中文' if rest == 'zh-hans' else 'English'}"
    return str(value)


def still(merchant: Merchant, proposal: Proposal) -> bool:
    """Tell whether every row is still as it was when this was proposed. As the merchant."""
    ids = [one["product"] for one in proposal.differences]
    rows = chosen_products(merchant, {"ids": ids}).select_for_update(of=("self",))
    known = {
        one.pk: state_of(one)
        for one in rows.prefetch_related("texts", "variants__prices__price_list", "variants__stock")
    }
    return all(
        one["product"] in known
        and all(known[one["product"]].get(key) == was for key, was in one["before"].items())
        for one in proposal.differences
    )
