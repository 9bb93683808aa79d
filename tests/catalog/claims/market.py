"""The demo market's facts without a database: what the ledger would read of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from catalog.claims.facts import (
    CouponFact,
    Ledger,
    MethodFact,
    OfferFact,
    PriceFact,
    ProductFacts,
    ReviewFacts,
    ShopFacts,
)
from catalog.demo import compact
from catalog.policies.terms import STANDARD, from_json
from catalog.text.aspects import aspects

DEMO = Path(compact.__file__).parent
FEELINGS = {1: "positive", 0: "neutral", -1: "negative"}


@lru_cache(maxsize=1)
def shops() -> dict[str, ShopFacts]:
    """Return the demo's shops by slug."""
    selling = json.loads((DEMO / "selling.json").read_text("utf-8"))
    rows = json.loads((DEMO / "merchants.json").read_text("utf-8"))
    return {
        row["slug"]: _shop(number, row, selling[row["slug"]]) for number, row in enumerate(rows, 1)
    }


def _shop(number: int, row: Mapping[str, Any], terms: Mapping[str, Any]) -> ShopFacts:
    methods = [
        MethodFact(
            (way["zh-hans"], way["en"]), currency, Decimal(price), Decimal(free) if free else None,
            way["days"][0], way["days"][1], (), f"catalog.shippingmethod:{number}",
        )
        for way in terms["shipping"] for currency, (price, free) in way["prices"].items()
    ]  # fmt: skip
    coupons = [
        CouponFact(one["code"], one["kind"], Decimal(one.get("value", "0")),
                   one.get("currency", ""), Decimal(one.get("minimum", "0")), None,
                   f"catalog.coupon:{number}")
        for one in terms["coupons"]
    ]  # fmt: skip
    policy = from_json(terms["policy"]) if "policy" in terms else STANDARD
    names = tuple(row["name"].values())
    return ShopFacts(number, names, tuple(methods), tuple(coupons), policy, f"merchant:{number}")


@lru_cache(maxsize=1)
def products() -> tuple[ProductFacts, ...]:
    """Return all live products of the demo with both titles."""
    names = {
        row["path"]: (row["zh-hans"], row["en"])
        for row in json.loads((DEMO / "categories.json").read_text("utf-8"))
    }
    found = []
    for slug, shop in shops().items():
        for entry in compact.read(DEMO / "products" / slug):
            record = compact.expand(entry, warehouses=["main", "south"])
            if record["status"] == "live" and len(record["title"]) == 2:
                found.append(_product(len(found) + 1, record, shop, names))
    return tuple(found)


def _product(
    pk: int, record: Mapping[str, Any], shop: ShopFacts, names: Mapping[str, tuple[str, str]]
) -> ProductFacts:
    lowered = pk % 3 == 0  # every third has come down, so that former prices are told too
    return ProductFacts(
        pk=pk,
        sku=record["sku"],
        shop=shop.pk,
        titles=record["title"],
        brand=record["brand"],
        category=record["category"],
        category_names=names.get(record["category"], ()),
        attributes=record["attributes"],
        offers=tuple(
            _offer(pk * 1000 + place, one, lowered) for place, one in enumerate(record["variants"])
        ),
        texts=tuple(
            record[name][code] for code in record["title"] for name in ("title", "description")
        ),
        reviews=_reviews(record["reviews"]),
    )  # fmt: skip


def _offer(pk: int, row: Mapping[str, Any], lowered: bool) -> OfferFact:
    prices = {
        currency: PriceFact(
            Decimal(amount),
            (Decimal(amount) * Decimal("1.25")).quantize(Decimal("0.01")) if lowered else None,
            f"catalog.price:{pk}",
        )
        for currency, amount in row["prices"].items()
    }
    stock = sum(row["stock"].values())
    return OfferFact(row["sku"], row["options"], prices, stock, f"catalog.variant:{pk}")


def _reviews(rows: list[Mapping[str, Any]]) -> ReviewFacts:
    stars: dict[int, int] = {}
    feelings: dict[str, int] = {}
    told: dict[str, list[int]] = {}
    texts = []
    for row in rows:
        stars[row["stars"]] = stars.get(row["stars"], 0) + 1
        text = f"{row.get('title') or ''}\n{row.get('body') or ''}"
        if not text.strip():
            continue
        texts += [one for one in (row.get("title"), row.get("body")) if one]
        feeling = (row["stars"] > 3) - (row["stars"] < 3)
        feelings[FEELINGS[feeling]] = feelings.get(FEELINGS[feeling], 0) + 1
        for one in aspects(text):
            told.setdefault(one.aspect, [0, 0])[one.polarity < 0] += 1
    counted = {name: (good, bad) for name, (good, bad) in told.items()}
    return ReviewFacts(stars, feelings, counted, tuple(texts))


def ledger(*chosen: ProductFacts, currency: str = "CNY", **more: Any) -> Ledger:
    """Return a ledger of some products and their shops."""
    wanted = {one.shop for one in chosen}
    mine = tuple(one for one in shops().values() if one.pk in wanted)
    return Ledger(tuple(chosen), mine, currency=currency, **more)


def product(sku: str) -> ProductFacts:
    """Return one product by its SKU."""
    return next(one for one in products() if one.sku == sku)
