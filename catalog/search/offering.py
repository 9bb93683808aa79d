"""What a page of results shows of each product: its card, the offer that fulfils, and its price.

For searching and for shelves. Price and stock are read from the offers in the same statement, so
they are never behind. It ranks nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from catalog.search.filtering import Filters
from catalog.search.signs import Candidate


@dataclass(frozen=True)
class Hit:
    """One product of a result page, with the offer that fulfils the constraints.

    ``highest``: of the product's prices in the shown currency; ``was``: the shown price before it
    was lowered; ``stock_stated``: the shop says of some variant how many there are.
    """

    product: int
    score: float
    reasons: tuple[str, ...]
    sku: str
    merchant: str
    merchant_names: dict[str, str]
    titles: dict[str, str]
    pictures: list[dict[str, Any]]
    brand: str
    rating: Decimal | None
    reviews: int
    variant: int | None
    currency: str
    amount: Decimal | None
    codes: dict[str, str]
    in_stock: bool
    highest: Decimal | None = None
    was: Decimal | None = None
    stock_stated: bool = True

    def title(self, locale: str) -> tuple[str, str]:
        """Return the title and its language: the reader's, else the one there is."""
        if locale in self.titles:
            return self.titles[locale], locale
        other = next(iter(self.titles), "")
        return (self.titles[other], other) if other else (self.sku, locale)


HITS = """
SELECT d.product_id, d.card, d.brand, d.rating, d.reviews, m.slug, m.name_zh, m.name_en,
       best.variant_id, best.currency, best.amount, best.codes, best.in_stock,
       spread.highest, was.amount,
       EXISTS (SELECT FROM catalog_variant v JOIN catalog_stock s ON s.variant_id = v.id
               WHERE v.product_id = d.product_id)
FROM unnest(%(page)s::bigint[]) WITH ORDINALITY p(id, place)
JOIN catalog_searchdocument d ON d.product_id = p.id
JOIN accounts_merchant m ON m.id = d.merchant_id
LEFT JOIN LATERAL (
    SELECT o.* FROM catalog_searchoffer o WHERE o.product_id = d.product_id AND {offer}
    ORDER BY o.currency = %(shown_currency)s DESC, o.currency <> '' DESC,
             o.in_stock DESC, o.amount, o.variant_id LIMIT 1) best ON TRUE
LEFT JOIN LATERAL (
    SELECT max(o.amount) AS highest FROM catalog_searchoffer o
    WHERE o.product_id = d.product_id AND o.currency = best.currency) spread ON TRUE
LEFT JOIN LATERAL (
    SELECT r.was AS amount FROM catalog_price r JOIN catalog_pricelist l ON l.id = r.price_list_id
    WHERE r.variant_id = best.variant_id AND l.currency = best.currency
    ORDER BY r.amount LIMIT 1) was ON TRUE
ORDER BY p.place
"""


def read_hits(
    page: Sequence[int], signs: dict[int, Candidate], filters: Filters, currency: str
) -> list[Hit]:
    """Read what the page shows, with the cheapest offer that fulfils the constraints. One query."""
    if not page:
        return []
    offer, params = filters.offer_sql()
    with connection.cursor() as cursor:
        cursor.execute(
            HITS.format(offer=offer or "TRUE"),
            params | {"page": list(page), "shown_currency": currency},
        )
        return [hit_of(row, signs.get(row[0])) for row in cursor.fetchall()]


def hit_of(row: tuple[Any, ...], sign: Candidate | None) -> Hit:
    """Return one row of `read_hits` as a hit."""
    product, card, brand, rating, reviews, slug, chinese, english, *offered = row
    variant, currency, amount, codes, in_stock, highest, was, stock_stated = offered
    card = json.loads(card) if isinstance(card, str) else card
    codes = json.loads(codes) if isinstance(codes, str) else codes
    return Hit(
        product=product,
        score=round(sign.score, 6) if sign else 0.0,
        reasons=reasons_of(sign),
        sku=card["sku"],
        merchant=slug,
        merchant_names={"zh-hans": chinese or english or slug, "en": english or chinese or slug},
        titles=card["titles"],
        pictures=card["pictures"],
        brand=brand,
        rating=rating,
        reviews=reviews,
        variant=variant,
        currency=currency or "",
        amount=amount,
        codes=codes or {},
        in_stock=bool(in_stock),
        highest=highest,
        was=was,
        stock_stated=stock_stated,
    )


def reasons_of(sign: Candidate | None) -> tuple[str, ...]:
    """Return which signals brought the product here: those that were really used."""
    if sign is None:
        return ()
    used = [("name", sign.named), ("words", sign.words > 0), ("meaning", sign.cosine is not None)]
    return tuple(name for name, there in used if there)
