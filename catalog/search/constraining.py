"""From what was understood and clicked to hard constraints, each of which can be taken away again.

A constraint is hard where the shop states the fact: a price always, a colour where most products
state one. Where too few do, the words stay wishes and rank; a filter there would hide what fits.
It runs no query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from catalog.indexing import quote_term
from catalog.lexicon import DIMENSIONS, lexicon
from catalog.search.filtering import Filters, PriceBound
from catalog.search.market import Market
from catalog.search.understanding import Need, Slot
from catalog.search.understanding.vocabulary import brand_names
from catalog.text import fold, query_terms

# A size that is a number: shops write "42", shoppers say 42码, "EU 42" or "size 42".
_NUMBERED = re.compile(r"(?:eu-|size-|height-)?(\d{2,3}(?:\.5)?)")
# Whom a product must be for; others (a friend, a gamer) are a wish.
STRICT_AUDIENCES = frozenset(
    {"men", "women", "kids", "boys", "girls", "toddlers", "baby", "pets", "dogs", "cats"}
)
# What is unwanted of these is also out where only a title says it; colours are of a variant.
SAID_IN_TITLES = frozenset({"material", "occasion", "season", "style", "pattern", "feature"})
# What is also meant for whom, or for when, a value says.
ALSO = {
    "audience": {
        "women": ("unisex", "adults", "couple"),
        "men": ("unisex", "adults", "couple"),
        "boys": ("kids",),
        "girls": ("kids",),
        "toddlers": ("kids",),
        "dogs": ("pets",),
        "cats": ("pets",),
    },
    "colour": {
        "dark-colour": ("black", "navy", "dark-gray", "dark-green", "brown", "burgundy"),
        "light-colour": (
            "white",
            "beige",
            "cream",
            "light-gray",
            "light-blue",
            "light-yellow",
            "pink",
            "mint",
        ),
    },
    "season": {
        "spring": ("spring-summer", "spring-autumn", "all-season"),
        "summer": ("spring-summer", "all-season"),
        "autumn": ("spring-autumn", "autumn-winter", "all-season"),
        "winter": ("autumn-winter", "all-season"),
        "spring-summer": ("spring", "summer", "all-season"),
        "autumn-winter": ("autumn", "winter", "all-season"),
        "spring-autumn": ("spring", "autumn", "all-season"),
    },
}


@dataclass(frozen=True)
class Asked:
    """One search as a person asks it: the sentence as understood, and what was clicked."""

    need: Need
    locale: str = "en"
    currency: str = "USD"
    merchant: int | None = None
    category: int | None = None
    brands: tuple[str, ...] = ()
    picked: tuple[tuple[str, tuple[str, ...]], ...] = ()
    price: PriceBound | None = None
    rating: Decimal | None = None
    in_stock: bool = False
    sort: str = ""
    page: int = 1
    size: int = 24

    @property
    def order(self) -> str:
        """Return the chosen order, else the one that was wished for in words."""
        return self.sort or self.need.sort or "relevance"


@dataclass(frozen=True)
class Constraint:
    """One demand. ``slots``: where in the need it was said; none if it was clicked."""

    kind: str
    slots: tuple[int, ...]
    filters: Filters


def constraints_of(asked: Asked, market: Market) -> list[Constraint]:
    """Return the hard constraints, those of the sentence first."""
    found = list(said_constraints(asked, market))
    found += clicked_constraints(asked)
    return found


def said_constraints(asked: Asked, market: Market) -> Iterable[Constraint]:
    """Yield what the sentence demands; several values of one kind are one constraint, any of."""
    by_kind: dict[tuple[str, bool], list[int]] = {}
    for place, slot in enumerate(asked.need.slots):
        by_kind.setdefault((slot.kind, slot.negated), []).append(place)
    for (kind, negated), places in by_kind.items():
        slots = [asked.need.slots[place] for place in places]
        if negated:
            wanted = by_kind.get((kind, False), ()) if kind == "category" else ()
            values = {asked.need.slots[place].value for place in wanted}
            for place, slot in zip(places, slots, strict=True):
                within = slot.value in values  # 不要绿茶, of tea: only what is called so
                filters = excluding_called(slot) if within else excluding(slot, market)
                if filters:
                    yield Constraint(kind, (place,), filters)
        elif filters := demanding(kind, slots, asked, market):
            yield Constraint(kind, tuple(places), filters)


def demanding(kind: str, slots: Sequence[Slot], asked: Asked, market: Market) -> Filters | None:
    """Return the filter of one kind of positive slots; None where they only rank."""
    if kind == "price":
        return Filters(price=bound_of(slots[0], asked, market))
    if kind == "rating":
        lowest = slots[0].minimum
        return Filters(rating=lowest) if lowest is not None else None
    if kind == "brand":
        return None if serves(asked.need) else Filters(brands=called_also(slots, market))
    if kind == "audience" and all(slot.value in ("men", "women") for slot in slots):
        stated = market.states(kind, kinds_of(asked.need))
        return Filters(for_whom=codes_of(kind, slots)) if stated else None
    if is_demand(kind, slots) and market.states(kind, kinds_of(asked.need)):
        return Filters(any_of=((kind, codes_of(kind, slots)),))
    return None


def called_also(slots: Sequence[Slot], market: Market) -> tuple[str, ...]:
    """Return the brands that are asked for, each as any shop writes it: 苹果, Apple, Apple/苹果."""
    names = {fold(one) for slot in slots
             for one in (slot.value, *brand_names().get(fold(slot.value), ()))}  # fmt: skip
    written = [
        one for one in market.vocabulary.brands
        if fold(one) in names or names & set(re.split(r"[/()（）|·]+", fold(one)))
    ]  # fmt: skip
    return tuple(dict.fromkeys([*(slot.value for slot in slots), *sorted(written)]))


def serves(need: Need) -> bool:
    """Tell whether what is asked for serves a thing of the brand that is named: 华为手机壳."""
    kinds = lexicon().dimension("category")
    codes = [
        slot.value if slot.value in kinds.values else lexicon().canonical("category", slot.surface)
        for slot in need.of("category")
    ]
    return any(code in kinds.values and kinds.values[code].serves for code in codes if code)


def is_demand(kind: str, slots: Sequence[Slot]) -> bool:
    """Tell whether a product that does not state it breaks the wish.

    Colour, size and material are stated for what a product is. Lists of features and occasions are
    never complete, and comfort is a matter of degree: these rank.
    """
    if kind == "audience":
        return all(slot.value in STRICT_AUDIENCES for slot in slots)
    return kind in ("colour", "size", "material")


def codes_of(kind: str, slots: Sequence[Slot]) -> tuple[str, ...]:
    """Return the codes that fulfil one of these slots: their own, narrower ones, and for all."""
    also = ALSO.get(kind, {})
    codes = [code for slot in slots for code in with_narrower(kind, slot.value)]
    codes += [one for slot in slots for one in also.get(slot.value, ())]
    return tuple(dict.fromkeys(codes))


def kinds_of(need: Need) -> tuple[int, ...]:
    """Return the shop's categories that the sentence names."""
    return tuple(
        int(slot.value)
        for slot in need.slots
        if slot.kind == "category" and slot.known and not slot.negated and slot.value.isdigit()
    )


def wishes_of(need: Need, constraints: Sequence[Constraint]) -> tuple[tuple[str, str], ...]:
    """Return the said facts that rank and do not filter, as (dimension, code) to look for."""
    hard = {place for constraint in constraints for place in constraint.slots}
    return tuple(
        (slot.kind, code)
        for place, slot in enumerate(need.slots)
        if place not in hard
        and not slot.negated
        and slot.kind in DIMENSIONS
        and slot.kind != "category"
        for code in codes_of(slot.kind, [slot])[:12]
    )


def excluding(slot: Slot, market: Market) -> Filters | None:
    """Return the filter of one unwanted thing: stated as a fact, or named in a title."""
    if slot.kind == "brand":
        return Filters(not_brands=(slot.value,))
    if slot.kind == "word":
        return Filters(unwanted=tuple(quote_term(term) for term in query_terms(slot.value)[:1]))
    if slot.kind not in DIMENSIONS:
        return None
    if slot.kind == "category":
        return excluding_kind(slot)
    codes = with_narrower(slot.kind, slot.value)
    return Filters(
        none_of=tuple((slot.kind, code) for code in codes),
        unwanted=words_for(slot.kind, codes) if slot.kind in SAID_IN_TITLES else (),
    )


def excluding_kind(slot: Slot) -> Filters:
    """Return the filter of an unwanted kind: its place in the shop, and what titles call it.

    "not tea bags" leaves tea: a longer name is unwanted as it was said, and nothing beyond it.
    """
    said = query_terms(slot.surface)
    names = [query_terms(name) for name in (slot.name_zh, slot.name_en)]
    if slot.known and slot.value.isdigit() and said in names:
        return Filters(not_categories=(int(slot.value),), unwanted=single_words([slot.surface]))
    if len(single_words([slot.surface])) == 0:
        return Filters(unwanted=(f"({' & '.join(f'{quote_term(word)}:A' for word in said)})",))
    code = lexicon().canonical("category", slot.surface) if slot.known else slot.value
    words = words_for(slot.kind, with_narrower(slot.kind, code)) if code else ()
    return Filters(unwanted=words or single_words([slot.surface]))


def excluding_called(slot: Slot) -> Filters | None:
    """Return the filter of some of a kind that is wanted: what titles call as it was said."""
    words = single_words([slot.surface])
    said = query_terms(slot.surface)
    phrase = f"({' & '.join(f'{quote_term(word)}:A' for word in said)})"
    return Filters(unwanted=words or (phrase,)) if said else None


def words_for(dimension: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Return single terms by which a title would name one of these values."""
    values = [lexicon().value(dimension, code) or code for code in codes]
    names = [(one,) if isinstance(one, str) else (*one.zh, *one.en) for one in values]
    return single_words(name for several in names for name in several)


def single_words(names: Iterable[str]) -> tuple[str, ...]:
    """Return the terms of those names that are one word."""
    terms: dict[str, None] = {}
    for name in names:
        words = query_terms(name)
        if words and (len(words) == 1 or all(word in words[0] for word in words[1:])):
            terms[quote_term(words[0])] = None
    return tuple(terms)


def with_narrower(dimension: str, code: str) -> list[str]:
    """Return the code and everything below it: blue is also navy, 42码 a plain 42."""
    if dimension == "size" and (number := _NUMBERED.fullmatch(code)):
        return list(dict.fromkeys((code, number[1], f"size-{number[1]}", f"eu-{number[1]}")))
    if dimension not in DIMENSIONS:
        return [code]
    family = lexicon().dimension(dimension)
    return [code, *(one for one in family.values if one != code and family.within(one, code))]


def bound_of(slot: Slot, asked: Asked, market: Market) -> PriceBound:
    """Return a price slot's bound, in the currency that was said or the one the shop prices in."""
    currency = slot.currency or asked.currency
    if not slot.currency_stated:
        currency = market.currency(asked.currency)
    return PriceBound(currency, slot.minimum, slot.maximum)


def clicked_constraints(asked: Asked) -> list[Constraint]:
    """Return what was clicked: facets, price form, stock; always hard."""
    # A clicked value is that value alone, so that it brings as many products as its facet says.
    found = [
        Constraint(dimension, (), Filters(any_of=((dimension, codes),)))
        for dimension, codes in asked.picked
        if codes
    ]
    if asked.brands:
        found.append(Constraint("brand", (), Filters(brands=asked.brands)))
    if asked.category:
        found.append(Constraint("category", (), Filters(categories=(asked.category,))))
    if asked.price:
        found.append(Constraint("price", (), Filters(price=asked.price)))
    if asked.rating is not None:
        found.append(Constraint("rating", (), Filters(rating=asked.rating)))
    if asked.in_stock:
        found.append(Constraint("in_stock", (), Filters(in_stock=True)))
    return found


def combine(constraints: Iterable[Constraint], *, merchant: int | None, market: Market) -> Filters:
    """Join constraints into one set of filters: all of them hold."""
    demands = list(constraints)
    spoken = [one for one in demands if one.slots]
    joined = Filters(
        merchant=merchant,
        option_dimensions=market.option_dimensions,
        said=combine(spoken, merchant=merchant, market=market)
        if len(spoken) < len(demands)
        else None,
    )
    for one in demands:
        new = one.filters
        joined = replace(
            joined,
            categories=joined.categories + new.categories,
            not_categories=joined.not_categories + new.not_categories,
            brands=both(joined.brands, new.brands),
            not_brands=joined.not_brands + new.not_brands,
            any_of=joined.any_of + new.any_of,
            for_whom=both(joined.for_whom, new.for_whom),
            none_of=joined.none_of + new.none_of,
            unwanted=joined.unwanted + new.unwanted,
            price=narrower_price(joined.price, new.price),
            rating=max(filter(None, (joined.rating, new.rating)), default=None),
            in_stock=joined.in_stock or new.in_stock,
        )
    return joined


def both(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    """Return what both sides allow; a side that says nothing allows everything."""
    if not left or not right:
        return left or right
    # No brand is called so: two demands without a common brand are fulfilled by nothing.
    return tuple(one for one in left if one in right) or ("\x00",)


def narrower_price(left: PriceBound | None, right: PriceBound | None) -> PriceBound | None:
    """Join two bounds; in two currencies the clicked, later one counts."""
    if left is None or right is None or left.currency != right.currency:
        return right or left
    lowest = [bound for bound in (left.minimum, right.minimum) if bound is not None]
    highest = [bound for bound in (left.maximum, right.maximum) if bound is not None]
    return PriceBound(left.currency, max(lowest, default=None), min(highest, default=None))
