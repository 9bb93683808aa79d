"""Hard constraints as SQL: what a hit must fulfil, whatever its score.

For retrieval, facets, counts and relaxation, which all ask the same conditions. Price, stock and
options are asked of one and the same offer: a red shirt in M under 100 is one variant that is red,
M and under 100, never three different ones. It ranks nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

Params = dict[str, Any]
# Audiences of which one excludes another.
SEXES_AND_AGES = (
    "men", "women", "boys", "girls", "kids", "toddlers", "baby", "pets", "dogs", "cats",
)  # fmt: skip


@dataclass(frozen=True)
class PriceBound:
    """From ``minimum`` to ``maximum`` in one currency; without that price it is never met."""

    currency: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True)
class Filters:
    """All hard constraints of one search; empty ones ask nothing.

    ``any_of``: for each dimension the codes of which one must hold. ``none_of``: codes that must
    not. ``unwanted``: terms that must not stand in a title, for what facts do not say.
    """

    merchant: int | None = None
    categories: tuple[int, ...] = ()
    not_categories: tuple[int, ...] = ()
    brands: tuple[str, ...] = ()
    not_brands: tuple[str, ...] = ()
    any_of: tuple[tuple[str, tuple[str, ...]], ...] = ()
    # Codes of an audience, one of which must hold unless only other things are said of it.
    for_whom: tuple[str, ...] = ()
    none_of: tuple[tuple[str, str], ...] = ()
    unwanted: tuple[str, ...] = ()
    price: PriceBound | None = None
    rating: Decimal | None = None
    in_stock: bool = False
    # Options of variants are asked of offers; every other dimension of the document.
    option_dimensions: frozenset[str] = field(default_factory=frozenset)
    # What the sentence alone demands, where something was clicked besides.
    said: Filters | None = field(default=None, compare=False, repr=False)

    def __bool__(self) -> bool:
        return any(
            (
                self.merchant,
                self.categories,
                self.not_categories,
                self.brands,
                self.not_brands,
                self.any_of,
                self.for_whom,
                self.none_of,
                self.unwanted,
                self.price,
                self.rating,
                self.in_stock,
            )
        )

    def without_dimension(self, dimension: str) -> Filters:
        """Return the filters without what was clicked of one dimension: its own facet's ground."""
        said = self.said.any_of if self.said else ()
        kept = tuple(pair for pair in self.any_of if pair[0] != dimension or pair in said)
        return replace(self, any_of=kept)

    def sql(self, *, document: str = "d") -> tuple[str, Params]:
        """Return the condition on a document row, ``TRUE`` if nothing is asked, with parameters."""
        conditions: list[str] = []
        params: Params = {}
        self._document(document, conditions, params)
        offer, offer_params = self.offer_sql(document=document)
        if offer:
            params |= offer_params
            conditions.append(
                "EXISTS (SELECT FROM catalog_searchoffer o"
                f" WHERE o.product_id = {document}.product_id AND {offer})"
            )
        self._exclusions(document, conditions, params)
        return " AND ".join(conditions) or "TRUE", params

    def _document(self, d: str, conditions: list[str], params: Params) -> None:
        if self.merchant:
            conditions.append(f"{d}.merchant_id = %(merchant)s")
            params["merchant"] = self.merchant
        if self.categories:
            conditions.append(f"{d}.categories && %(categories)s::bigint[]")
            params["categories"] = list(self.categories)
        if self.brands:
            conditions.append(f"{d}.brand = ANY(%(brands)s)")
            params["brands"] = list(self.brands)
        if self.rating is not None:
            conditions.append(f"{d}.rating >= %(rating)s")
            params["rating"] = self.rating
        if self.for_whom:
            # What is for students, and says no more, is for men and women.
            conditions.append(
                f"({d}.facets->'audience' ?| %(for_whom)s::text[]"
                f" OR NOT {d}.facets->'audience' ?| %(any_sex)s::text[])"
            )
            params |= {"for_whom": list(self.for_whom), "any_sex": list(SEXES_AND_AGES)}
        for number, (dimension, codes) in enumerate(self.any_of):
            # One containment test for each code, so that the GIN index serves a selective one.
            tests = []
            for place, code in enumerate(codes):
                name = f"has_{number}_{place}"
                tests.append(f"{d}.facets @> %({name})s::jsonb")
                params[name] = json.dumps({dimension: [code]})
            conditions.append(f"({' OR '.join(tests)})")

    def _exclusions(self, d: str, conditions: list[str], params: Params) -> None:
        if self.not_categories:
            conditions.append(f"NOT {d}.categories && %(not_categories)s::bigint[]")
            params["not_categories"] = list(self.not_categories)
        if self.not_brands:
            conditions.append(f"{d}.brand <> ALL(%(not_brands)s)")
            params["not_brands"] = list(self.not_brands)
        for number, (dimension, code) in enumerate(self.none_of):
            if dimension in self.option_dimensions:
                continue  # another variant may do: asked of the offer
            conditions.append(f"NOT {d}.facets @> %(not_{number})s::jsonb")
            params[f"not_{number}"] = json.dumps({dimension: [code]})
        if self.unwanted:
            conditions.append(f"NOT {d}.terms @@ %(unwanted)s::tsquery")
            params["unwanted"] = " | ".join(
                term if term.startswith("(") else f"{term}:A" for term in self.unwanted
            )

    def offer_sql(self, *, document: str = "d", except_dimension: str = "") -> tuple[str, Params]:
        """Return the condition on an offer ``o`` beside its document, empty if none is asked."""
        conditions: list[str] = []
        params: Params = {}
        if self.price:
            conditions.append("o.currency = %(currency)s")
            params["currency"] = self.price.currency
            if self.price.minimum is not None:
                conditions.append("o.amount >= %(price_from)s")
                params["price_from"] = self.price.minimum
            if self.price.maximum is not None:
                conditions.append("o.amount <= %(price_to)s")
                params["price_to"] = self.price.maximum
            conditions.append("o.amount IS NOT NULL")
        if self.in_stock:
            conditions.append("o.in_stock")
        for number, (dimension, codes) in enumerate(self.any_of):
            if dimension in self.option_dimensions and dimension != except_dimension:
                # A product may state the fact for all its variants instead of having the option.
                name = f"option_{number}"
                conditions.append(f"coalesce(o.codes->>%({name}_key)s = ANY(%({name})s), TRUE)")
                params |= {f"{name}_key": dimension, name: list(codes)}
        for number, (dimension, code) in enumerate(self.none_of):
            if dimension in self.option_dimensions:
                name = f"not_option_{number}"
                conditions.append(
                    f"coalesce(o.codes->>%({name}_key)s <> %({name})s,"
                    f" NOT {document}.facets @> %({name}_fact)s::jsonb)"
                )
                params |= {f"{name}_key": dimension, name: code}
                params[f"{name}_fact"] = json.dumps({dimension: [code]})
        return " AND ".join(conditions), params
