"""Find products for a sentence: rank, cut off, page, count, and say what to relax.

For pages, API, assistant and commands. The caller understands the sentence and brings the query's
vector, so this module needs no model. What a hit shows (price, stock) is read from the offers in
the same request. It never breaks a constraint, never changes a count for a person's taste, and
shows nothing rather than what does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import connection

from catalog.models.embedding import vector_literal
from catalog.search.constraining import (
    Asked,
    Constraint,
    combine,
    constraints_of,
    kinds_of,
    wishes_of,
)
from catalog.search.counting import Facet, count_facets
from catalog.search.filtering import Filters
from catalog.search.fitting import fitting
from catalog.search.market import Market
from catalog.search.merchandising import Rule, arranged, pinned
from catalog.search.offering import Hit, read_hits
from catalog.search.relaxing import Relaxation, relaxations
from catalog.search.retrieving import POOL, retrieve
from catalog.search.signs import Candidate, Query, Weights
from catalog.search.wording import kind_words, units_of
from catalog.text import fold

ORDERS = ("relevance", "price_asc", "price_desc", "rating", "newest")
# How far taste may move a product that is otherwise as good as its neighbour.
MOST_WISHED = 0.5
TASTE_WEIGHT = 0.15
RERANKED = 50
# Browsing without words ends here; the page then says "more than".
MOST_BROWSED = 10_000
Rerank = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True)
class Results:
    """What a search found, and how it read the question."""

    asked: Asked
    hits: list[Hit]
    total: int
    capped: bool
    facets: list[Facet]
    constraints: list[Constraint]
    relaxed: list[Relaxation]
    degraded: bool
    currency: str
    ranked: list[int] = field(default_factory=list)
    # A said order holds among what states the wishes and among the rest, not over both.
    parted: bool = False

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.total // self.asked.size))


def search(
    asked: Asked,
    market: Market,
    *,
    vector: Sequence[float] | None = None,
    encoder_id: str = "",
    taste: Sequence[float] | None = None,
    rerank: Rerank | None = None,
    facets: bool = True,
    words: bool = True,
    weights: Weights = Weights(),
    rules: Sequence[Rule] = (),
    named: bool | None = None,
) -> Results:
    """Answer one search; without ``vector`` by words only, marked ``degraded``.

    ``vector``, ``taste``: (dimensions,), unit length; ``words=False`` leaves the words out.
    ``rules``: what shops want to stand first for these words (`merchandising`). ``named``: whether
    the query is a product's whole name, where the caller knows. Three statements, one more to learn
    that, two for each facet that was clicked, some for relaxations if nothing is found.
    """
    constraints = constraints_of(asked, market)
    spoken = any(one.slots for one in constraints)
    if spoken and (is_name(asked, market) if named is None else named):
        # "Ceramic-Lined Tumbler" typed as a whole is that product's name, not a wish for ceramic.
        constraints = [one for one in constraints if not one.slots]
    query = query_of(asked, constraints, vector, encoder_id, words=words)
    finder = Finder(asked, query, weights, pinned(rules, asked.merchant))
    filters = combine(constraints, merchant=asked.merchant, market=market)
    found = finder.find(filters)
    ranked = [candidate.product for candidate in found]
    if taste is not None and query.vector is not None:
        ranked = by_taste(found, taste, encoder_id)
    parted = False
    if asked.order != "relevance" or not finder.by_relevance:
        exact = ordered(ranked, asked.order, filters, market.currency(asked.currency))
        ranked = exact if asked.sort else wished_first(exact, found)
        parted = ranked != exact
    page = ranked[(asked.page - 1) * asked.size : asked.page * asked.size]
    currency = filters.price.currency if filters.price else market.currency(asked.currency)
    if rerank is not None and finder.by_relevance and asked.order == "relevance":
        ranked = reranked(ranked, asked, rerank)
        page = ranked[(asked.page - 1) * asked.size : asked.page * asked.size]
    signs = {candidate.product: candidate for candidate in found}
    if rules and asked.order == "relevance":
        ranked = arranged(ranked, rules, {one.product: one.merchant for one in found})
        page = ranked[(asked.page - 1) * asked.size : asked.page * asked.size]
    return Results(
        asked=asked,
        hits=read_hits(page, signs, filters, currency),
        total=len(ranked),
        capped=len(found) >= (POOL if finder.by_relevance else MOST_BROWSED),
        facets=count_facets(finder.find, filters, asked, market, ranked) if facets else [],
        constraints=constraints,
        relaxed=[] if ranked else relaxations(finder.find, constraints, asked, market),
        degraded=finder.by_relevance and vector is None and bool(encoder_id),
        currency=currency,
        ranked=ranked,
        parted=parted,
    )


def query_of(
    asked: Asked,
    constraints: Sequence[Constraint],
    vector: Sequence[float] | None,
    encoder_id: str,
    *,
    words: bool = True,
) -> Query:
    """Return what is to be retrieved: words, exact names and the vector."""
    whole = fold(asked.need.query).strip()
    return Query(
        units=units_of(asked.need.text) if words else (),
        names=(whole,) if whole and words else (),
        kinds=kinds_of(asked.need) if words else (),
        kind_words=kind_words(asked.need) if words else (),
        wider=any(slot.wider and not slot.negated for slot in asked.need.slots),
        wishes=wishes_of(asked.need, constraints) if words else (),
        vector=vector if asked.need.sentence else None,
        encoder_id=encoder_id,
    )


def is_name(asked: Asked, market: Market) -> bool:
    """Tell whether the whole query is the title or SKU of a product in scope. One index look-up."""
    filters = combine([], merchant=asked.merchant, market=market)
    condition, params = filters.sql()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM catalog_searchdocument d"
            f" WHERE d.names @> %(name)s::text[] AND {condition})",
            params | {"name": [fold(asked.need.query).strip()]},
        )
        return bool(cursor.fetchone()[0])


class Finder:
    """Finds what fits under any filters, for one query: results, facets and relaxations agree."""

    def __init__(
        self, asked: Asked, query: Query, weights: Weights, pins: Sequence[int] = ()
    ) -> None:
        self.query, self.weights, self.pins, self.shop = query, weights, pins, asked.merchant
        self.by_relevance = bool(query.units or query.vector is not None)
        self._pools: dict[Filters, list[Candidate]] = {}

    def find(self, filters: Filters) -> list[Candidate]:
        """Return what fulfils the filters and fits the words, best first; all if no words.

        What fits is judged among all that the sentence demands, and a click only takes away from
        that: so a click brings as many products as its facet said. Where more products were found
        than a pool holds, a click looks for itself, and may find more.
        """
        if not self.by_relevance:
            return browse(filters)
        found = self._fitting(filters)
        missing = set(self.pins) - {one.product for one in found}
        if missing and self.shop is not None:
            there = sorted(fulfilling(list(missing), filters))
            found = found + [
                Candidate(product, self.shop, 0.0, 0.0, 0.0, None, False) for product in there
            ]
        return found

    def _fitting(self, filters: Filters) -> list[Candidate]:
        if filters.said is not None and len(self._pool(filters.said)) < POOL:
            fits = fitting(self._pool(filters.said), self.query)
            kept = fulfilling([one.product for one in fits], filters)
            return [one for one in fits if one.product in kept]
        return fitting(self._pool(filters), self.query)

    def _pool(self, filters: Filters) -> list[Candidate]:
        if filters not in self._pools:
            self._pools[filters] = retrieve(self.query, filters, self.weights)
        return self._pools[filters]


def fulfilling(products: Sequence[int], filters: Filters) -> set[int]:
    """Return those of some products that fulfil the filters. One query."""
    condition, params = filters.sql()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.product_id FROM catalog_searchdocument d"
            f" WHERE d.product_id = ANY(%(among)s) AND {condition}",
            params | {"among": list(products)},
        )
        return {row[0] for row in cursor.fetchall()}


def browse(filters: Filters, most: int = MOST_BROWSED) -> list[Candidate]:
    """Return the products that fulfil the filters: well rated first, then the newest.

    The order is that of the index ``document_popular``, written in the same words.
    """
    condition, params = filters.sql()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.product_id, d.merchant_id FROM catalog_searchdocument d WHERE {condition}"
            " ORDER BY coalesce(d.rating, 0) * least(d.reviews, 5) DESC, d.product_id DESC"
            " LIMIT %(most_browsed)s",
            params | {"most_browsed": most},
        )
        return [
            Candidate(product, merchant, 0.0, 0.0, 0.0, None, False)
            for product, merchant in cursor.fetchall()
        ]


def ordered(ranked: list[int], order: str, filters: Filters, currency: str) -> list[int]:
    """Return the same products in another order; what has no price or stars comes last."""
    keys = {
        "price_asc": "cheapest.amount ASC NULLS LAST",
        "price_desc": "cheapest.amount DESC NULLS LAST",
        "rating": "d.rating DESC NULLS LAST, d.reviews DESC",
        "newest": "d.created_at DESC",
    }
    if order not in keys or not ranked:
        return ranked
    offer, params = filters.offer_sql()
    if not filters.price:
        offer = f"{offer + ' AND ' if offer else ''}o.currency = %(order_currency)s"
        params["order_currency"] = currency
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.product_id FROM unnest(%(ranked)s::bigint[]) WITH ORDINALITY r(id, place)"
            " JOIN catalog_searchdocument d ON d.product_id = r.id"
            " LEFT JOIN LATERAL (SELECT min(o.amount) AS amount FROM catalog_searchoffer o"
            f" WHERE o.product_id = d.product_id AND {offer}) cheapest ON TRUE"
            f" ORDER BY {keys[order]}, r.place",
            params | {"ranked": ranked},
        )
        return [row[0] for row in cursor.fetchall()]


def wished_first(ranked: list[int], found: Sequence[Candidate]) -> list[int]:
    """Return the same products, those that state half of the wishes first: cheap *running* shoes.

    An order that was said in the sentence is one wish among others; one that was clicked is exact.
    """
    fitting = {one.product for one in found if one.wished >= MOST_WISHED}
    return sorted(ranked, key=lambda product: product not in fitting)


def by_taste(found: list[Candidate], taste: Sequence[float], encoder_id: str) -> list[int]:
    """Return the same products, those nearer to a person's taste a little further up."""
    size = len(taste)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT document_id, 1 - min(vector::halfvec({size}) <=> %(taste)s::halfvec({size}))"
            " FROM catalog_embedding WHERE document_id = ANY(%(ids)s)"
            " AND encoder_id = %(encoder)s GROUP BY document_id",
            {
                "taste": vector_literal(taste),
                "ids": [one.product for one in found],
                "encoder": encoder_id,
            },
        )
        near = dict(cursor.fetchall())
    low, high = min(near.values(), default=0.0), max(near.values(), default=1.0)
    span = (high - low) or 1.0

    def warmth(candidate: Candidate) -> float:
        return TASTE_WEIGHT * (near.get(candidate.product, low) - low) / span

    best = sorted(found, key=lambda one: (-(one.score + warmth(one)), one.product))
    return [one.product for one in best]


def reranked(ranked: list[int], asked: Asked, rerank: Rerank) -> list[int]:
    """Return the first fifty in the order of a cross-encoder, the rest as they were."""
    head = ranked[:RERANKED]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT document_id, string_agg(text, ' ') FROM catalog_searchpassage"
            " WHERE document_id = ANY(%s) GROUP BY document_id",
            [head],
        )
        texts = dict(cursor.fetchall())
    scores = rerank(asked.need.sentence, [texts.get(product, "") for product in head])
    order = sorted(range(len(head)), key=lambda place: (-scores[place], place))
    return [head[place] for place in order] + ranked[RERANKED:]
