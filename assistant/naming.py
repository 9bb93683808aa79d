"""What is sold under a name that was said: products whose titles have its words.

For answering. Reading asks it where nothing that was shown is called so. It chooses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q

from assistant.bearing import Told, speaks_for, told_of
from assistant.doing.choosing import measured
from assistant.doing.qualities import qualities_of
from assistant.doing.telling import live
from assistant.finding import hits_in
from assistant.reasons import Pick
from assistant.slots import Seen
from catalog.indexing import quote_term
from catalog.lexicon import lexicon
from catalog.lexicon.naming import Named, named, names_thing
from catalog.models import Product, ProductText
from catalog.search.market import Market
from catalog.search.wording import phrase, units_of
from catalog.text import fold

MOST = 12  # products that are looked at for one name
MOST_TERMS = 4  # words of a name that must all stand in a title
VAGUE = 2  # characters of a word that asks of what is talked of, rather than names another: 安全吗
MOST_OF_A_PART = 2  # words of a part's name
# A single word is a name where at least this share of the products that speak of it have it in
# their titles: "hojicha", but not "paper" or "size".
NAMES_FROM = 0.25
# Of a measure in a name, which a title may write in another way: "the 26 cm skillet".
MEASURED = re.compile(r"[\d.,]+[a-z]{0,3}|cm|mm|m|ml|l|g|kg|inch(?:es)?|litres?|liters?|pack|piece")
DESCRIBING = frozenset(("audience", "occasion", "season"))
MOST_BESIDE = 24  # others of a kind that a description is held against
# What a word of a description is worth that stands in a title, in stated facts, on a page.
OF_TITLE, OF_FACTS, OF_PAGE = 1.0, 0.95, 0.75
BESIDE = """
SELECT d.product_id FROM catalog_searchdocument d JOIN catalog_product p ON p.id = d.product_id
WHERE (%(merchant)s::bigint IS NULL OR d.merchant_id = %(merchant)s)
  AND p.category_id IN (SELECT category_id FROM catalog_product WHERE sku = ANY(%(like)s))
ORDER BY d.reviews DESC, d.product_id LIMIT %(most)s
"""
# Titles with all the words; those of the kinds that were talked of, where one of these is meant.
BY_TITLE = """
SELECT d.product_id FROM catalog_searchdocument d
WHERE d.terms @@ %(query)s::tsquery
  AND (%(merchant)s::bigint IS NULL OR d.merchant_id = %(merchant)s)
  AND (%(like)s = '{}' OR EXISTS (
       SELECT FROM catalog_product o JOIN catalog_product p ON p.category_id = o.category_id
       WHERE o.sku = ANY(%(like)s) AND p.id = d.product_id))
ORDER BY d.reviews DESC, d.product_id LIMIT %(most)s
"""


@dataclass
class Directory:
    """What is sold in a market by its name; each name is asked for once. ``products``: by SKU.

    ``talked_of``: SKUs whose pages may speak of a part that another thing is called by.
    """

    market: Market
    language: str
    currency: str
    talked_of: Sequence[str] = ()
    products: dict[str, int] = field(default_factory=dict)
    asked: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Seen, ...]] = field(
        default_factory=dict
    )

    def __call__(self, words: Sequence[str], like: Sequence[str] = ()) -> Sequence[Seen]:
        """Return products whose titles have the first of some words, as many of them as can be.

        ``like``: SKUs of whose category they are to be. A query for each number of words, two more.
        """
        key = (tuple(words), tuple(like))
        if key not in self.asked:
            self.asked[key] = self._found(words, like)
        return self.asked[key]

    def _found(self, words: Sequence[str], like: Sequence[str]) -> tuple[Seen, ...]:
        said = list(words[:MOST_TERMS])
        while said:
            rows = by_title(said, like, self.market)
            if rows and not like and self._of_it(said):
                return ()
            alone = rows and len(said) == 1 and not (like or names_thing(said[0]))
            vague = self.talked_of and len(said[0]) <= VAGUE and not said[0].isascii()
            if alone and (vague or describes(said[0]) or not is_name(said[0], len(rows))):
                return ()
            if rows:
                hits = hits_in(rows, self.market.currency(self.currency))
                self.products |= {one.sku: one.product for one in hits}
                return tuple(Pick(one).seen(self.language) for one in hits)
            bare = [one for one in said if not MEASURED.fullmatch(one)]
            said = bare if 0 < len(bare) < len(said) else said[:-1]
        return ()

    def _of_it(self, words: Sequence[str]) -> bool:
        """Tell whether few words are a part of what is talked of: "is the handle wood". A query."""
        spans = lexicon().match(fold(" ".join(words)))
        kind = len(words) > 1 and any(span.dimension == "category" for span in spans)
        if kind or len(words) > MOST_OF_A_PART or not self.talked_of:
            return False
        said = Q(*(("description__icontains", one) for one in words), _connector=Q.OR)
        pages = ProductText.objects.filter(product__sku__in=self.talked_of, locale=self.language)
        return pages.filter(said).exists()

    def told(self, content: frozenset[str], skus: Sequence[str]) -> dict[str, float]:
        """Return for each thing how much of some words its title, facts and page tell, 0 to 1.

        Three queries.
        """
        products = self._known(skus)
        there = told_of(products.values())
        return {
            sku: sum(borne(word, there.get(pk, Told())) for word in content) / len(content)
            for sku, pk in products.items()
        }

    def first(self, words: str, skus: Sequence[str]) -> str:
        """Return the one of some things whose stated number decides; "" where none does.

        A few queries.
        """
        products = self._known(skus)
        things = live(products.values())
        for quality in qualities_of(words):
            values, _name = measured(things, quality)
            order = sorted(values, key=lambda place: values[place][0], reverse=not quality.least)
            tie = len(order) > 1 and values[order[0]][0] == values[order[1]][0]
            if len(order) > 1 and not tie:
                return things[order[0]].product.sku
        return ""

    def beside(self, skus: Sequence[str]) -> Sequence[Seen]:
        """Return other things of the same kind, the best known first. Two queries."""
        with connection.cursor() as cursor:
            told = {"merchant": self.market.merchant, "like": list(skus), "most": MOST_BESIDE}
            cursor.execute(BESIDE, told)
            rows = [row[0] for row in cursor.fetchall()]
        hits = hits_in(rows, self.market.currency(self.currency))
        self.products |= {one.sku: one.product for one in hits}
        return tuple(Pick(one).seen(self.language) for one in hits if one.sku not in skus)

    def _known(self, skus: Sequence[str]) -> dict[str, int]:
        """Return the products of some SKUs. One query, or none."""
        left = [one for one in skus if one not in self.products]
        rows = Product.objects.live().filter(sku__in=left).values_list("sku", "pk") if left else ()
        return {one: self.products[one] for one in skus if one in self.products} | dict(rows)


def borne(word: str, told: Told) -> float:
    """Return how surely a word is told of a thing: by its title, a stated fact, its page."""
    alone = frozenset((word,))
    if speaks_for(fold(told.title), alone):
        return OF_TITLE
    for span in lexicon().match(word):
        stated = told.facts.get(span.dimension)
        if isinstance(stated, list) and span.code in stated:
            return OF_FACTS
    return OF_PAGE if any(speaks_for(fold(one), alone) for one in told.sentences) else 0.0


def by_title(words: Sequence[str], like: Sequence[str], market: Market) -> list[int]:
    """Return products whose titles have all of some words, or other names of them. One query."""
    query = " & ".join(filter(None, parts_of(words)))
    if not query:
        return []
    told: dict[str, Any] = {
        "query": query, "merchant": market.merchant, "like": list(like), "most": MOST,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(BY_TITLE, told)
        return [row[0] for row in cursor.fetchall()]


def parts_of(words: Sequence[str]) -> list[str]:
    """Return tsqueries that must all hold of a title that has some words, or goes by them."""
    found: list[str] = []
    place = 0
    while place < len(words):
        name = named(words[place:])
        size, thing = (name.words, name.thing) if name else (1, False)
        said = words[place : place + size]
        plain = " & ".join(filter(None, (queried(one, alone=thing) for one in said)))
        found.append(f"({plain} | {elsewhere(name)})" if plain and name else plain)
        place += size
    return found


def elsewhere(name: Named) -> str:
    """Return a tsquery by which a title has a name as it is called in the other language."""
    ways = (" | ".join(in_title(one) for one in way) for way in name.ways)
    return "(" + " & ".join(f"({one})" for one in ways) + ")"


def in_title(name: str) -> str:
    """Return a tsquery by which a title has all terms of a name."""
    return "(" + " & ".join(f"{one}:A" for one in phrase(name).split(" & ")) + ")"


def describes(word: str) -> bool:
    """Tell whether a word only says for whom or what things are: 新手 names no palette."""
    folded = fold(word)
    return any(
        span.dimension in DESCRIBING and (span.start, span.end) == (0, len(folded))
        for span in lexicon().match(folded)
    )


def is_name(word: str, titles: int) -> bool:
    """Tell whether a word is what things are called, and not what is told of many. One query."""
    query = queried(word) if word.isascii() else quote_term(word)
    most = round(titles / NAMES_FROM) + 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT FROM catalog_searchdocument"
            " WHERE terms @@ %s::tsquery LIMIT %s) spoken",
            [query.replace(":A", ""), most],
        )
        return titles >= NAMES_FROM * int(cursor.fetchone()[0])


def other_names(word: str) -> list[str]:
    """Return the other Chinese names of what a whole Chinese word means: 小孩 for 儿童."""
    spans = [one for one in lexicon().match(fold(word)) if (one.start, one.end) == (0, len(word))]
    values = [lexicon().value(one.dimension, one.code) for one in spans]
    return [name for one in values if one for name in one.zh if name != word]


def queried(word: str, *, alone: bool = False) -> str:
    """Return a tsquery by which a title has a word, all its signs, or another name of it.

    ``alone``: it is the name of a thing, and what the vocabulary lists beside it are others.
    """
    ways = []
    for unit in units_of(word)[:1]:
        ways.append(f"{quote_term(unit.term)}:A")
        if unit.parts:
            ways.append("(" + " & ".join(f"{quote_term(one)}:A" for one in unit.parts) + ")")
        for other in () if alone else unit.synonyms:
            ways.append("(" + " & ".join(f"{one}:A" for one in other.split(" & ")) + ")")
    for name in () if alone else other_names(word):
        ways.append(f"{quote_term(name)}:A")
    return f"({' | '.join(ways)})" if ways else ""
