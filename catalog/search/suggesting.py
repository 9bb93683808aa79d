"""What somebody who types may mean: categories, brands, words and products, zh and en.

For the search box. Chinese is found by its characters and by pinyin, a typing error by what the
query is understood as, else by likeness of letters. Two statements at most; it never asks a model.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.db import connection

from catalog.indexing import quote_term
from catalog.lexicon import lexicon
from catalog.search.completing import Completion, Completions, Name, vocabulary_words
from catalog.search.market import Market
from catalog.search.retrieving import unit_query
from catalog.search.understanding import Need, understand
from catalog.search.wording import phrase, units_of
from catalog.text import fold, query_terms

LONGEST = 100
MOST_NAMES = 5
MOST_PRODUCTS = 4
MOST_COMPLETIONS = 12
# Completions whose products are looked for beside those of the typed words.
MOST_MEANT = 4
# A prefix of one letter would be half the shop.
SHORTEST_PREFIX = 2
QUOTED = re.compile(r"('(?:[^'\\]|''|\\\\)*')(:\*)?")


@dataclass(frozen=True)
class Suggestion:
    """One line below the search box; ``value`` is a category id, a brand or a SKU."""

    kind: Literal["query", "category", "brand", "product"]
    text: str
    locale: str
    value: str = ""
    merchant: str = ""
    picture: str = ""
    count: int = 0


def suggestions(typed: str, market: Market, *, locale: str = "en") -> list[Suggestion]:
    """Return suggestions for what is typed so far: names that find something, then products."""
    if len(typed) < SHORTEST_PREFIX and typed.isascii():
        return []
    meant = corrected(typed, market, locale)
    completions = completions_of(typed, meant, market)
    names = named(with_categories(completions, market), market)
    products = found_products(product_query(meant, completions), typed, market, locale)
    return [*names, *products]


def corrected(typed: str, market: Market, locale: str) -> str:
    """Return what is typed with its words as understanding reads them: lanya is 蓝牙."""
    need = understand(typed, vocabulary=market.vocabulary, locale=locale, currency="")
    read = Need(need.query, need.locale, need.language, corrections=need.corrections)
    return read.text or typed


def completions_of(typed: str, meant: str, market: Market) -> list[Completion]:
    """Return names that what is typed, or meant, begins; the shop's own before mere words."""
    found: dict[tuple[str, str], Completion] = {}
    for text in dict.fromkeys((typed, meant)):
        for one in begun(text, market):
            found.setdefault((one.name.kind, one.name.value), one)
    ranked = sorted(found.values(), key=lambda one: (one.distance, one.name.kind == "word"))
    return ranked[:MOST_COMPLETIONS]


def begun(text: str, market: Market) -> list[Completion]:
    """Return the names that a text begins; else those its last word does, after the others."""
    if len(text) < SHORTEST_PREFIX and text.isascii():
        return []
    found = [*own_names(market).of(text), *vocabulary_words().of(text)]
    head, _space, last = text.strip().rpartition(" ")
    if found or len(last) < SHORTEST_PREFIX:
        return found
    return [
        replace(one, name=replace(one.name, text=f"{head} {one.name.text}"))
        for one in vocabulary_words().of(last)
        if one.name.locale == "en"
    ]


def with_categories(completions: list[Completion], market: Market) -> list[Completion]:
    """Put the shop's category before a product type that is called otherwise: mouse, Mice."""
    for place, one in enumerate(completions[:2]):
        dimension, _slash, code = one.name.value.partition("/")
        if one.name.kind != "word" or dimension != "category":
            continue
        pk = next((pk for pk, known in market.vocabulary.categories_of(code) if known), "")
        entry = market.categories.get(int(pk or 0))
        # A wider category stands in for types that the shop has none for; that is not this one.
        called = (
            {lexicon().canonical("category", text) for text in entry.names.values()}
            if entry
            else ()
        )
        if entry and code in called and not any(other.name.value == pk for other in completions):
            name = Name("category", pk, entry.names[one.name.locale], one.name.locale)
            return [*completions[:place], replace(one, name=name), *completions[place:]]
    return completions


_own: dict[int | None, tuple[Market, Completions]] = {}
_lock = threading.Lock()


def own_names(market: Market) -> Completions:
    """Return the shop's categories and brands by their beginnings; built once for a market."""
    kept = _own.get(market.merchant)
    if kept and kept[0] is market:
        return kept[1]
    names = [
        Name("category", str(entry.pk), text, locale)
        for entry in market.categories.values()
        for locale, text in entry.names.items()
        if text
    ]
    names += [Name("brand", brand, brand, "") for brand in market.vocabulary.brands]
    fresh = Completions(names)
    with _lock:
        _own[market.merchant] = (market, fresh)
    return fresh


COUNTS = """
SELECT asked.place, counted.count FROM unnest(
    %(places)s::int[], %(kinds)s::text[], %(values)s::text[], %(queries)s::text[]
) AS asked(place, kind, value, query)
CROSS JOIN LATERAL (
    SELECT count(*) FROM (
        SELECT FROM catalog_searchdocument d WHERE asked.kind = 'category'
            AND d.categories @> ARRAY[nullif(asked.value, '')::bigint] AND {scope}
        UNION ALL
        SELECT FROM catalog_searchdocument d
        WHERE asked.kind = 'brand' AND d.brand = asked.query AND {scope}
        UNION ALL
        SELECT FROM catalog_searchdocument d
        WHERE asked.kind = 'word' AND d.terms @@ asked.query::tsquery AND {scope}
    ) found
) counted
WHERE counted.count > 0
"""


def named(completions: Sequence[Completion], market: Market) -> list[Suggestion]:
    """Return the names that find something, each once, with how many products. One statement."""
    names = [one.name for one in completions]
    if not names:
        return []
    scope = "d.merchant_id = %(merchant)s" if market.merchant else "TRUE"
    with connection.cursor() as cursor:
        cursor.execute(
            COUNTS.format(scope=scope),
            {
                "places": list(range(len(names))),
                "kinds": [name.kind for name in names],
                "values": [name.value if name.kind == "category" else "" for name in names],
                "queries": [
                    name.value if name.kind == "brand" else phrase(name.text) for name in names
                ],
                "merchant": market.merchant,
            },
        )
        counts: dict[int, int] = dict(cursor.fetchall())
    kept: dict[str, Suggestion] = {}
    for place, name in enumerate(names):
        if place in counts:
            same = " ".join(query_terms(name.text)) or fold(name.text)
            kept.setdefault(same, suggestion_of(name, counts[place]))
    return list(kept.values())[:MOST_NAMES]


def suggestion_of(name: Name, count: int) -> Suggestion:
    """Return a name as a suggestion."""
    if name.kind == "word":
        return Suggestion("query", name.text, name.locale)
    return Suggestion(name.kind, name.text, name.locale, name.value, count=count)


def product_query(meant: str, completions: Sequence[Completion]) -> str:
    """Return the tsquery of products: every word, the last perhaps unfinished, or a name meant."""
    units = units_of(meant)
    ways = [unit_query(unit) for unit in units]
    unfinished = fold(meant).split(" ")[-1]
    if units and not meant.endswith(" "):
        beginnings = [units[-1].term, *([unfinished] if unfinished.isalnum() else [])]
        prefixes = [
            f"{quote_term(word)}:*"
            for word in dict.fromkeys(beginnings)
            if len(word) >= SHORTEST_PREFIX or not word.isascii()
        ]
        ways[-1] = "(" + " | ".join([ways[-1], *prefixes]) + ")"
    alternatives = [" & ".join(ways)] if ways else []
    alternatives += [
        f"({query})" for one in completions[:MOST_MEANT] if (query := phrase(one.name.text))
    ]
    return re.sub(QUOTED, placed, " | ".join(alternatives))


def placed(term: re.Match[str]) -> str:
    """Ask for a term in titles, places and facts: in a description a word may mean anything."""
    return term[1] + (":*ABC" if term[2] else ":ABC")


PRODUCTS = """
WITH said AS MATERIALIZED (
    SELECT d.product_id, d.merchant_id, d.card, d.rating, d.reviews,
           ts_filter(d.terms, '{{a}}') @@ %(query)s::tsquery AS titled
    FROM catalog_searchdocument d
    WHERE %(query)s <> '' AND d.terms @@ %(query)s::tsquery AND {scope} LIMIT 1000
), alike AS MATERIALIZED (
    -- Only where no word is found: what looks like it letter by letter.
    SELECT d.product_id, d.merchant_id, d.card, d.rating, d.reviews, FALSE AS titled
    FROM catalog_searchdocument d
    WHERE NOT EXISTS (SELECT FROM said) AND %(letters)s <%% d.titles AND {scope}
    ORDER BY word_similarity(%(letters)s, d.titles) DESC, d.product_id LIMIT %(most)s
)
SELECT found.card, m.slug FROM (SELECT * FROM said UNION ALL SELECT * FROM alike) found
JOIN accounts_merchant m ON m.id = found.merchant_id AND m.suspended_at IS NULL
ORDER BY titled DESC, coalesce(rating, 0) * least(reviews, 5) DESC, product_id
LIMIT %(most)s
"""


def found_products(query: str, typed: str, market: Market, locale: str) -> list[Suggestion]:
    """Return the best-liked products that what is typed may mean. One statement."""
    scope = "d.merchant_id = %(merchant)s" if market.merchant else "TRUE"
    letters = fold(typed) if len(typed) > SHORTEST_PREFIX else ""
    if not query and not letters:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            PRODUCTS.format(scope=scope),
            {
                "query": query,
                "letters": letters,
                "most": MOST_PRODUCTS,
                "merchant": market.merchant,
            },
        )
        return [product_of(card, slug, locale) for card, slug in cursor.fetchall()]


def product_of(card: Any, merchant: str, locale: str) -> Suggestion:
    """Return a product as a suggestion, in the reader's language or the one there is."""
    import json

    card = json.loads(card) if isinstance(card, str) else card
    shown = locale if locale in card["titles"] else next(iter(card["titles"]), locale)
    product = Suggestion(
        "product",
        card["titles"].get(shown, card["sku"]),
        shown,
        card["sku"],
        merchant,
    )
    pictures = card["pictures"]
    return replace(product, picture=pictures[0]["file"]) if pictures else product
