"""Find products for what a conversation wants: the shop's own search, with a true reason for each.

For answering. What was refused is never shown again. A reason is read from the database: wishes
that the product states, what its buyers praise, its stars. It ranks nothing by itself and writes
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from statistics import median

from django.conf import settings
from django.utils.translation import gettext as _

from assistant.bearing import bearers, bearing_first, titled
from assistant.calling import called_closely
from assistant.fulfilling import foremost, unmet
from assistant.heeding import (
    called_so,
    fitting_first,
    for_others,
    heeding,
    of_kind,
    of_own_sex,
    of_the_brand,
    of_the_level,
)
from assistant.of_measure import of_measure
from assistant.reasons import Pick, quoting, reasoned
from assistant.slots import Seen
from assistant.understanding.liking import ANY_DAY, GIVING
from assistant.understanding.wishing import Phrase
from catalog.models import SearchDocument
from catalog.search.constraining import Asked, with_narrower
from catalog.search.featuring import hits_of, popular
from catalog.search.market import Market
from catalog.search.offering import Hit
from catalog.search.searching import Results, search
from catalog.search.similar import cosines, similar
from catalog.search.telling import told
from catalog.search.understanding import Need, Slot

SHOWN = 3
FOREMOST = 2 * SHOWN  # among which a text in the reader's language goes first
LOOKED_AT = 60


@dataclass(frozen=True)
class Found:
    """What is offered, how many are left, and if nothing fits, what to give up for how many.

    ``fits``: with those that were refused or seen. ``wider``: they are not of the kind that was
    named, only of the category it stands in. ``unmet``: features that none of them states.
    """

    picks: tuple[Pick, ...]
    total: int
    results: Results | None = None
    changed: str = ""
    fits: int = 0
    wider: bool = False
    unmet: tuple[Slot, ...] = ()

    @property
    def ways(self) -> list[dict[str, object]]:
        """Return what to give up: its name and how many products that brings."""
        if self.results is None:
            return []
        return [
            {"without": names, "count": one.gain, "kinds": [each.kind for each in one.without]}
            for one in self.results.relaxed[:3]
            if (names := given_up(one.without, self.results.asked.need))
        ]


def given_up(constraints: Sequence[object], need: Need) -> str:
    """Name constraints as the shopper said them."""
    places = [place for one in constraints for place in getattr(one, "slots", ())]
    labels = [need.slots[place].label(need.locale) for place in places]
    return " / ".join(dict.fromkeys(labels))


@dataclass(frozen=True)
class Wish:
    """Where to look and how: ``vector`` is of the need's sentence, None without a worker.

    ``phrases``: wishes in words that no list of features knows.
    """

    need: Need
    market: Market
    locale: str
    currency: str
    vector: Sequence[float] | None = None
    taste: Sequence[float] | None = None
    gone: frozenset[str] = frozenset()
    phrases: tuple[Phrase, ...] = ()


def find(wish: Wish, *, most: int = SHOWN) -> Found:
    """Return what fits, the best first; what is ``gone`` is left out."""
    results = asked(wish)
    hits, fits, wider = kept(results, wish)
    left = fits - sum(one.sku in wish.gone for one in hits)
    hits = [one for one in hits if one.sku not in wish.gone]
    every = len(hits)
    hits, missed = of_measure(readable_first(hits, wish), results.asked.need)
    left -= every - len(hits)
    best = foremost(hits, results.asked.need, wish.phrases, near(hits, wish))
    left = len(best) if len(best) < len(hits) else left
    hits = best
    hits = by_price(in_turn(hits, wish.need), wish.need)
    picks = quoting(reasoned(hits[:most], wish.need), wish.phrases, wish.locale)
    return Found(
        picks, left, results, fits=fits, wider=wider,
        unmet=(*unstated(picks, results.asked.need), *(missed if picks and not wider else ())),
    )  # fmt: skip


def near(hits: Sequence[Hit], wish: Wish) -> dict[int, float]:
    """Return the cosines of hits with what is wished for; nothing without a vector. One query."""
    if wish.vector is None or len(hits) < 2:
        return {}
    return cosines(
        [one.product for one in hits],
        wish.vector,
        encoder_id=settings.ENCODER_ID,
        dimensions=settings.ENCODER["dimensions"],
    )


def readable_first(hits: list[Hit], wish: Wish) -> list[Hit]:
    """Return hits with those first, of the foremost, that are told in the reader's language.

    Not where an order was asked for: the cheapest is the cheapest in any language. What bears out
    a wish in free words stays before what does not. Two queries, or none.
    """
    if wish.need.sort != "relevance":
        return hits
    bearing = bearers([one.product for one in hits[:FOREMOST]], wish.phrases)
    foremost = sorted(
        hits[:FOREMOST],
        key=lambda one: (one.product not in bearing, wish.locale not in one.titles),
    )
    return [*foremost, *hits[FOREMOST:]]


def by_price(hits: list[Hit], need: Need) -> list[Hit]:
    """Return hits by their prices, where that was asked for; what has none comes last."""
    if need.sort not in ("price_asc", "price_desc"):
        return hits
    sign = 1 if need.sort == "price_asc" else -1
    return sorted(hits, key=lambda one: (one.amount is None, sign * (one.amount or 0)))


def in_turn(hits: list[Hit], need: Need) -> list[Hit]:
    """Return hits of several kinds in turn, where several are named: earrings or necklaces."""
    kinds = [one for one in need.of("category") if one.known and one.value.isdigit()]
    if len({one.value for one in kinds}) < 2 or need.sort != "relevance":
        return hits
    rows = SearchDocument.objects.filter(pk__in=[one.product for one in hits])
    there = {pk: set(map(str, found or ())) for pk, found in rows.values_list("pk", "categories")}
    lists = [[hit for hit in hits if one.value in there.get(hit.product, ())] for one in kinds]
    turns = [hit for row in zip_longest(*lists) for hit in row if hit is not None]
    return list({hit.product: hit for hit in [*turns, *hits]}.values())


def kept(results: Results, wish: Wish) -> tuple[list[Hit], int, bool]:
    """Return the hits that may be offered, how many fit in all, and whether of a wider kind only.

    At most five queries.
    """
    need = results.asked.need
    ranked, wider = of_kind(results.ranked, need)
    there = set(ranked)
    hits = [one for one in results.hits if one.product in there]
    hits += listed_beyond(ranked[LOOKED_AT:], wish)
    near = called_closely(called_so(hits, need), need)
    heeded = of_own_sex(for_others(of_the_level(heeding(near, need), need), need), need)
    heeded = of_the_brand(heeded, need)
    if need.sort == "relevance":
        heeded = bearing_first(heeded, wish.phrases)
    heeded = called_first(fitting_first(heeded, need), ranked, wish)
    return heeded, len(there) - (len(hits) - len(heeded)), wider


def called_first(hits: list[Hit], ranked: Sequence[int], wish: Wish) -> list[Hit]:
    """Return only what is called as the thing that is looked for, where anything is.

    A query, or none; three more where the search had not found it.
    """
    things = [one for one in wish.phrases if one.sort == "things"]
    if not things or wish.need.of("category"):
        return hits
    named = titled(things[-1])
    first = [hit for hit in hits if hit.product in named]
    left = [one for one in named if one not in {hit.product for hit in hits}]
    if left and not first:
        cut = replace(wish.need, cuts=((0, len(wish.need.query)),))
        within = set(asked(replace(wish, need=cut, vector=None)).ranked)
        first = hits_in([one for one in left if one in within], wish.market.currency(wish.currency))
    return first or hits


def listed_beyond(ranked: Sequence[int], wish: Wish) -> list[Hit]:
    """Return what is listed for the use that was named among what was not looked at.

    Two queries, or none.
    """
    uses = [one for one in wish.need.of("occasion") if one.value not in GIVING | ANY_DAY]
    if not ranked or not uses or wish.need.sort != "relevance":
        return []
    rows = SearchDocument.objects.filter(pk__in=ranked)
    codes = [set(with_narrower("occasion", one.value)) for one in uses]
    stated = {
        pk for pk, found in rows.values_list("pk", "facets__occasion")
        if all(one & set(found or ()) for one in codes)
    }  # fmt: skip
    first = [one for one in ranked if one in stated][:LOOKED_AT]
    return hits_in(first, wish.market.currency(wish.currency))


def unstated(picks: Sequence[Pick], need: Need) -> tuple[Slot, ...]:
    """Return the features that were wished for and none of some picks states."""
    return unmet([one.hit for one in picks], need) if picks else ()


def without(wish: Wish, place: int) -> int:
    """Return how many would fit without one slot of the need. One search."""
    loose = replace(wish, need=wish.need.without(place), vector=None)
    hits, fits, _wider = kept(asked(loose), loose)
    return fits - sum(one.sku in wish.gone for one in hits)


def asked(wish: Wish) -> Results:
    """Ask the shop's search, with the shops' own rules for these words."""
    need, scope = wish.need, wish.market
    known = told(need.query, scope.merchant)
    return search(
        Asked(need, wish.locale, wish.currency, scope.merchant, size=LOOKED_AT),
        scope,
        vector=wish.vector if need.text else None,
        encoder_id=settings.ENCODER_ID,
        taste=wish.taste,
        facets=False,
        rules=known.rules,
        named=known.named,
    )


def others(wish: Wish, refused: Sequence[Seen], *, most: int = SHOWN) -> Found:
    """Return others than what was refused, which differ from it in one thing, and name that."""
    results = asked(wish)
    hits = [one for one in kept(results, wish)[0] if one.sku not in wish.gone]
    for name, other in differing(hits, refused):
        if len(other) >= min(2, len(hits)):
            return Found(reasoned(other[:most], wish.need), len(other), results, name)
    return Found(reasoned(hits[:most], wish.need), len(hits), results)


def differing(hits: Sequence[Hit], refused: Sequence[Seen]) -> list[tuple[str, list[Hit]]]:
    """Return ways to differ from what was refused: a name and the products that do."""
    prices = [one.price for one in refused if one.price is not None]
    brands = {one.brand for one in refused if one.brand}
    currency = refused[0].currency if refused else ""
    ways: list[tuple[str, list[Hit]]] = []
    if prices and currency:
        middle = median(prices)
        least = [hit for hit in hits if hit.currency == currency and hit.amount is not None
                 and hit.amount < min(prices)]  # fmt: skip
        lower = [hit for hit in hits if hit.currency == currency and hit.amount is not None
                 and hit.amount < middle]  # fmt: skip
        ways += [(_("cheaper ones"), least), (_("lower prices"), lower)]
    if brands:
        ways.append((_("other brands"), [hit for hit in hits if hit.brand not in brands]))
    return ways


def like(product: int, wish: Wish, *, but: bool = False, most: int = SHOWN) -> Found:
    """Return products like one; ``but``: of those within the limits, what bears out the wishes."""
    near = similar(
        product,
        encoder_id=settings.ENCODER_ID,
        dimensions=settings.ENCODER["dimensions"],
        most=LOOKED_AT,
    )
    currency = wish.market.currency(wish.currency)
    hits = [hit for hit in hits_in(near, currency) if hit.sku not in wish.gone]
    if but:
        cut = replace(wish.need, cuts=((0, len(wish.need.query)),))
        within = set(asked(replace(wish, need=cut, vector=None)).ranked) & beside(product)
        hits = bearing_first([hit for hit in hits if hit.product in within], wish.phrases)
    return Found(quoting(reasoned(hits[:most], wish.need), wish.phrases, wish.locale), len(hits))


def beside(product: int) -> set[int]:
    """Return the products of the same category as one. Two queries."""
    own = SearchDocument.objects.filter(pk=product).values_list("categories", flat=True).first()
    rows = SearchDocument.objects.filter(categories=own or [])
    return set(rows.values_list("pk", flat=True))


def liked(wish: Wish, *, most: int = SHOWN) -> Found:
    """Return what people like best, where nothing particular is wanted."""
    hits = popular(wish.market.merchant, wish.market.currency(wish.currency), most=LOOKED_AT)
    kept = [hit for hit in hits if hit.sku not in wish.gone and hit.in_stock]
    return Found(reasoned(kept[:most], wish.need), len(kept))


def hits_in(products: Sequence[int], currency: str) -> list[Hit]:
    """Return live products as hits, in this order."""
    found = hits_of(products, currency)
    return [found[one] for one in products if one in found]
