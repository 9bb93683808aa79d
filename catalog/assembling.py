"""Assemble whole products: texts, pictures, variants, prices, stock and terms, in one statement.

For the pages of one or a few products. Every row is read at the moment of showing and nothing is
kept; what row-level security hides stays hidden. It writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model

from catalog.models import (
    Attribute,
    Category,
    Media,
    Price,
    PriceChange,
    PriceList,
    Product,
    ProductText,
    PublishedCopy,
    RelatedProduct,
    ShippingMethod,
    Stock,
    Variant,
)
from catalog.models.product import ProductQuerySet
from shopguide.accounts.models import Merchant

OF_PRODUCT = "r.product_id IN (SELECT id FROM found)"
OF_SHOP = "r.merchant_id IN (SELECT merchant_id FROM found)"
OF_VARIANT = "r.variant_id IN (SELECT id FROM variants)"
PARTS: dict[type[Model], str] = {
    Merchant: "r.id IN (SELECT merchant_id FROM found)",
    Category: "r.id IN (SELECT category_id FROM found)",
    ProductText: OF_PRODUCT,
    PublishedCopy: OF_PRODUCT,
    Media: OF_PRODUCT,
    Price: OF_VARIANT,
    Stock: OF_VARIANT,
    PriceChange: OF_VARIANT,
    PriceList: OF_SHOP,
    ShippingMethod: f"r.active AND {OF_SHOP}",
    RelatedProduct: OF_PRODUCT,
    Attribute: "EXISTS (SELECT FROM found f WHERE f.merchant_id = r.merchant_id"
    " AND f.attributes ? r.code)",
}
READ = """
WITH found AS MATERIALIZED (SELECT * FROM catalog_product WHERE id IN ({chosen})),
variants AS MATERIALIZED (SELECT r.* FROM catalog_variant r WHERE {of_product})
SELECT 0, to_jsonb(r) FROM found r UNION ALL
SELECT 1, to_jsonb(r) FROM variants r UNION ALL {rest}
"""
# Amounts stay exact; an attribute of a product is a number as JSON has it.
OF_MONEY = (Price, PriceChange, ShippingMethod)
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Whole:
    """A product with all that its page says of it; its own relations are prefetched.

    ``definitions``: of its attributes, by code. ``related``: ids of what goes with it.
    """

    product: Product
    definitions: dict[str, Attribute]
    shipping: tuple[ShippingMethod, ...]
    changes: tuple[PriceChange, ...]
    related: tuple[int, ...]


class Rows:
    """Rows of several tables, in the order that their models have."""

    def __init__(self) -> None:
        self._kept: dict[type[Model], list[Any]] = {}

    def add(self, model: type[Model], row: dict[str, Any]) -> None:
        """Keep one row of a table as an instance."""
        self._kept.setdefault(model, []).append(instance(model, row))

    def of(self, model: type[Row]) -> list[Row]:
        """Return a table's rows."""
        return self._kept.get(model, [])

    def by(self, model: type[Row], attribute: str) -> dict[Any, list[Row]]:
        """Return a table's rows by the value of one column."""
        found: dict[Any, list[Row]] = {}
        for row in self.of(model):
            found.setdefault(getattr(row, attribute), []).append(row)
        return found

    def sort(self) -> None:
        """Bring each table's rows into its model's order."""
        for model, rows in self._kept.items():
            names = [*map(str, model._meta.ordering or ()), "pk"]
            rows.sort(key=attrgetter(*names))


def whole(products: ProductQuerySet) -> list[Whole]:
    """Return each product of a queryset, by id, with its rows. One statement."""
    rows = read(products)
    lists = {one.pk: one for one in rows.of(PriceList)}
    for price in rows.of(Price):
        price.price_list = lists[price.price_list_id]
    for change in rows.of(PriceChange):
        change.price_list = lists[change.price_list_id]
    give(rows.of(Variant), rows, "variant_id", {"prices": Price, "stock": Stock})
    relations: dict[str, type[Model]] = {
        "texts": ProductText, "media": Media, "variants": Variant, "copies": PublishedCopy,
    }  # fmt: skip
    give(rows.of(Product), rows, "product_id", relations)
    shops = {one.pk: one for one in rows.of(Merchant)}
    categories = {one.pk: one for one in rows.of(Category)}
    for product in rows.of(Product):
        product.merchant = shops[product.merchant_id]
        product.category = categories.get(product.category_id or 0)
    return [whole_of(product, rows) for product in rows.of(Product)]


def whole_of(product: Product, rows: Rows) -> Whole:
    """Return one product with what is its own among the rows."""
    shop = product.merchant_id
    variants = {one.pk for one in product.variants.all()}
    return Whole(
        product,
        {
            one.code: one
            for one in rows.of(Attribute)
            if one.merchant_id == shop and one.code in product.attributes
        },
        tuple(one for one in rows.of(ShippingMethod) if one.merchant_id == shop),
        tuple(one for one in rows.of(PriceChange) if one.variant_id in variants),
        tuple(one.other_id for one in rows.of(RelatedProduct) if one.product_id == product.pk),
    )


def give(
    owners: Sequence[Model], rows: Rows, column: str, relations: dict[str, type[Model]]
) -> None:
    """Let ``owner.relation.all()`` answer with the rows that name the owner, asking nobody."""
    for name, model in relations.items():
        owned = rows.by(model, column)
        for owner in owners:
            answer = model._default_manager.none()
            answer._result_cache = owned.get(owner.pk, [])
            cache = owner.__dict__.setdefault("_prefetched_objects_cache", {})
            cache[name] = answer


def read(products: ProductQuerySet) -> Rows:
    """Read the rows of some products. One statement, an index look-up for each table."""
    rows = Rows()
    models: list[type[Model]] = [Product, Variant, *PARTS]
    try:
        chosen, params = products.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # nothing can fulfil the conditions
        return rows
    with connection.cursor() as cursor:
        cursor.execute(statement(chosen), params)
        found: list[tuple[int, str]] = cursor.fetchall()
    for place, row in found:
        model = models[place]
        exact = Decimal if model in OF_MONEY else float
        rows.add(model, json.loads(row, parse_float=exact))
    rows.sort()
    return rows


def statement(chosen: str) -> str:
    """Return the statement that reads all rows of the products that another one chooses."""
    parts = [
        f"SELECT {place}, to_jsonb(r) FROM {model._meta.db_table} r WHERE {condition}"  # noqa: S608
        for place, (model, condition) in enumerate(PARTS.items(), start=2)
    ]
    return READ.format(chosen=chosen, of_product=OF_PRODUCT, rest=" UNION ALL ".join(parts))


def instance(model: type[Row], row: dict[str, Any]) -> Row:
    """Return a row as the instance that the database would have given."""
    fields = model._meta.concrete_fields
    values = [field.to_python(row[str(field.column)]) for field in fields]
    return model.from_db("default", [field.attname for field in fields], values)
