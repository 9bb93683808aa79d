"""What of a search's results keeps to what was said: its kind, and nothing that denies a wish.

For finding. Search ranks and leaves the choice to the reader's eye; an assistant that names three
products answers for each. "Headphones (no noise cancelling)" are no answer to a wish for it, and
where a shop has no shelf for lipsticks but two lipsticks, the rest of its make-up is none either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from django.db import connection

from assistant.of_titles import SEXES, sexes_in, with_named
from catalog.lexicon import DIMENSIONS, lexicon
from catalog.models import SearchDocument
from catalog.search.constraining import codes_of, kinds_of, with_narrower
from catalog.search.offering import Hit
from catalog.search.understanding import Need, Slot
from catalog.search.understanding.vocabulary import brand_names
from catalog.search.wording import kind_words
from catalog.text import fold

MOST_TITLES = 60  # that are looked through for a kind

# With so many that state the features wished for, those that do not are left out; of features that
# are a matter of degree more are asked for.
ENOUGH, ENOUGH_OF_A_DEGREE = 1, 2
OF_DEGREE = frozenset({
    "comfortable", "soft", "warm", "durable", "lightweight", "quiet", "breathable", "thick",
    "stretchy", "easy-care", "portable", "long-battery",
})  # fmt: skip
_PARTS = re.compile(r"\s*(?:&|/|,|，|、|与|和|及|\band\b)\s*")


def of_kind(ranked: Sequence[int], need: Need) -> tuple[list[int], bool]:
    """Return the products that are of the kind that was named, in their order. Two queries.

    A kind that the market has a category for is that category. One that only stands within a wider
    one (lipstick in beauty) is what is called so in its title; without any, what is in the wider:
    then the second value is true, for it is not what was asked for.
    """
    kinds, words = list(set(kinds_of(need))), kind_words(need)
    loose = bool(words) and not any(is_shelf(slot) for slot in need.of("category"))
    titled = called(ranked, words) if loose else set()
    documents = SearchDocument.objects.filter(categories__overlap=kinds)
    there = set(documents.filter(pk__in=ranked).values_list("pk", flat=True)) if kinds else set()
    if there and not loose:
        there |= unplaced(ranked, need)
    chosen = (titled & there) or there or titled
    if chosen or (kinds and documents.exists()):
        wider = loose and bool(chosen) and not titled
        return [one for one in ranked if one in chosen], wider
    return list(ranked), False


def unplaced(ranked: Sequence[int], need: Need) -> set[int]:
    """Return the products that their shop put in no category and whose title is of the kind.

    The title's last kind is the thing itself: a case for laptops is none. One query.
    """
    wanted = {
        code for slot in need.of("category") if not slot.negated
        for one in kinds_in(fold(slot.surface)) for code in with_narrower("category", one)
    }  # fmt: skip
    rows = SearchDocument.objects.filter(pk__in=ranked, categories=[]).values_list("pk", "card")
    return {
        pk for pk, card in rows
        if any(thing_in(fold(one)) in wanted for one in card.get("titles", {}).values())
    }  # fmt: skip


@lru_cache(maxsize=8192)
def thing_in(title: str) -> str:
    """Return the product type that a folded title names last, "" if it names none."""
    found = [span.code for span in lexicon().match(title) if span.dimension == "category"]
    return found[-1] if found else ""


def is_shelf(slot: Slot) -> bool:
    """Tell whether the shop has a category of just this kind, and not only a wider one.

    "Trousers & jeans" is one of trousers; jeans stand within it.
    """
    if not slot.known:
        return False
    names = {fold(part) for name in (slot.name_zh, slot.name_en) for part in _PARTS.split(name)}
    said = fold(slot.surface)
    codes = kinds_in(said)
    there = frozenset().union(*map(kinds_in, names))
    wider = lexicon().dimension("category").ancestors
    if codes and all(set(wider(code)) & there for code in codes):
        return False
    return said in names or not codes or bool(codes & there)


@lru_cache(maxsize=4096)
def kinds_in(words: str) -> frozenset[str]:
    """Return the product types that are named in words."""
    return frozenset(span.code for span in lexicon().match(words) if span.dimension == "category")


def called(products: Sequence[int], words: Sequence[str]) -> set[int]:
    """Return those of some products whose title has one of some names. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT product_id FROM catalog_searchdocument"
            " WHERE product_id = ANY(%s) AND terms @@ %s::tsquery",
            [list(products), " | ".join(words)],
        )
        return {row[0] for row in cursor.fetchall()}


def called_so(hits: Sequence[Hit], need: Need) -> list[Hit]:
    """Return only the hits that are of a kind the shop has no shelf for, where titles name it.

    A speaker of walnut wood is no nut; with nuts among the hits, it goes.
    """
    codes = {slot.value for slot in need.of("category") if not slot.known}
    if not codes:
        return list(hits)
    named = [hit for hit in hits if any(codes & kinds_in(fold(one)) for one in hit.titles.values())]
    return named or list(hits)


# Uses and persons are wishes that search ranks by among others; here they come first.
FIRST = ("occasion", "audience", "style", "season")


def fitting_first(hits: Sequence[Hit], need: Need) -> list[Hit]:
    """Put what states the use, person, style or season that was named first. One query, or none."""
    wanted = [one for kind in FIRST for one in need.of(kind)]  # type: ignore[arg-type]
    if not wanted or need.sort != "relevance":
        return list(hits)
    rows = SearchDocument.objects.filter(pk__in=[hit.product for hit in hits])
    facets = {
        pk: with_named(found or {}, titles)
        for pk, titles, found in rows.values_list("pk", "titles", "facets")
    }

    def stated_by(hit: Hit) -> int:
        there = facets.get(hit.product, {})
        codes = [(set(codes_of(one.kind, [one])), there.get(one.kind)) for one in wanted]
        listed = [(wished, found) for wished, found in codes if isinstance(found, list)]
        return sum(bool(wished & set(found)) for wished, found in listed)

    return sorted(hits, key=stated_by, reverse=True)


def for_others(hits: Sequence[Hit], need: Need) -> list[Hit]:
    """Leave out what is stated for others than the person, where anything else is left.

    A cup for a teacher is no child's; where nobody was named, children's and pets' come last. One
    query, or none.
    """
    wanted = {one.value for one in need.of("audience")}
    if wanted & NO_ADULTS or not hits or need.sort != "relevance":
        return list(hits)
    rows = SearchDocument.objects.filter(pk__in=[hit.product for hit in hits])
    stated = {pk: set(found or ()) for pk, found in rows.values_list("pk", "facets__audience")}
    kept = [
        hit for hit in hits
        if not stated.get(hit.product) or stated[hit.product] - NO_ADULTS
    ]  # fmt: skip
    if wanted:
        return kept or list(hits)
    young = {hit.product for hit in hits if stated.get(hit.product) and
             not stated[hit.product] - NO_ADULTS}  # fmt: skip
    return sorted(hits, key=lambda hit: hit.product in young)


# What a pupil is called by the school; one's bag is not another's.
LEVELS = (
    re.compile(r"小学|一年级|primary|elementary"), re.compile(r"初中|中学生|middle school"),
    re.compile(r"高中|high school|secondary"), re.compile(r"大学|\b(?:college|university|uni)\b"),
)  # fmt: skip


def of_the_level(hits: Sequence[Hit], need: Need) -> list[Hit]:
    """Leave out what a title names for another school than the one that is asked for."""
    text = fold(need.query)
    wanted = [one for one in LEVELS if one.search(text)]
    if not wanted:
        return list(hits)
    other = [one for one in LEVELS if one not in wanted]

    def fits(hit: Hit) -> bool:
        titles = " ".join(map(fold, hit.titles.values()))
        return any(one.search(titles) for one in wanted) or not any(
            one.search(titles) for one in other
        )

    return [hit for hit in hits if fits(hit)]


def of_the_brand(hits: Sequence[Hit], need: Need) -> list[Hit]:
    """Return what is of a brand, or names it, where what it serves is of the brand, if any does.

    "Toner for a Xerox printer": who else makes it has to say so. A query, or none.
    """
    slots = need.of("brand")
    if not slots or not hits:
        return list(hits)
    brands = {fold(one) for slot in slots
              for one in (slot.value, *brand_names().get(fold(slot.value), ()))}  # fmt: skip
    rows = SearchDocument.objects.filter(pk__in=[hit.product for hit in hits])
    naming = set()
    for pk, brand, titles, facets in rows.values_list("pk", "brand", "titles", "facets"):
        said = fold(f"{brand} {titles} {facets}")
        if any(one in said for one in brands):
            naming.add(pk)
    return [hit for hit in hits if hit.product in naming] or list(hits)


def of_own_sex(hits: Sequence[Hit], need: Need) -> list[Hit]:
    """Leave out what its title says is for the other sex alone, where no fact says for whom.

    One query, or none.
    """
    wanted = {one.value for one in need.of("audience")}
    if not wanted & SEXES or wanted >= SEXES:
        return list(hits)
    other = SEXES - wanted
    doubtful = [hit for hit in hits if (said := said_for(hit)) & other and not said & wanted]
    if not doubtful:
        return list(hits)
    rows = SearchDocument.objects.filter(pk__in=[hit.product for hit in doubtful])
    stated = {pk for pk, found in rows.values_list("pk", "facets__audience")
              if wanted & set(found or ())}  # fmt: skip
    gone = {hit.product for hit in doubtful} - stated
    return [hit for hit in hits if hit.product not in gone]


def said_for(hit: Hit) -> frozenset[str]:
    """Return whom a product's titles name as those it is for; both where either may have it."""
    return frozenset().union(*(sexes_in(fold(one)) for one in hit.titles.values()))


# Who is no grown-up: what is stated for them alone is for nobody else.
NO_ADULTS = frozenset(("kids", "baby", "toddlers", "boys", "girls", "teens", "pets", "dogs",
                       "cats"))  # fmt: skip


# --- Wishes ---------------------------------------------------------------------------------------
def heeding(hits: Sequence[Hit], need: Need) -> list[Hit]:
    """Return the hits that deny no wish; only those that state the features, if enough do."""
    kept = [hit for hit in hits if not denies(hit, need)]
    wanted = [slot for slot in need.of("feature") if slot.value]
    vague = all(slot.value in OF_DEGREE for slot in wanted)
    enough = ENOUGH_OF_A_DEGREE if vague else ENOUGH
    if not wanted or len(kept) < enough:
        return kept
    facets = dict(
        SearchDocument.objects.filter(pk__in=[hit.product for hit in kept]).values_list(
            "pk", "facets__feature"
        )
    )
    codes = [set(with_narrower("feature", slot.value)) for slot in wanted]
    stating = [
        hit for hit in kept
        if all(one & set(facets.get(hit.product) or ()) for one in codes)
    ]  # fmt: skip
    return stating if len(stating) >= enough else kept


def denies(hit: Hit, need: Need) -> bool:
    """Tell whether a product's title says that it lacks what was wished for, or is ruled out."""
    titles = [fold(title) for title in hit.titles.values()]
    unwanted = [fold(one.surface) for one in need.of("category", negated=True)]
    if any(one and one in title for one in unwanted for title in titles):
        return True
    return any(
        denial(slot.kind, slot.value).search(title)
        for slot in need.slots
        if not slot.negated and slot.kind in DIMENSIONS and slot.kind != "category"
        for title in titles
    )


@lru_cache(maxsize=2048)
def denial(kind: str, code: str) -> re.Pattern[str]:
    """Return what a title says that lacks a value: 无降噪, "without hood", "non-waterproof"."""
    value = lexicon().value(kind, code)
    chinese, english = (
        "|".join(re.escape(fold(one)) for one in names)
        for names in ((value.zh, value.en) if value else ((), ()))
    )
    ways = [
        rf"(?:无|不带|没有|不含|非|不)(?:主动)?(?:{chinese})" if chinese else "",
        rf"\b(?:no|without|non|not|lacks)[ -](?:active )?(?:{english})\b" if english else "",
    ]
    return re.compile("|".join(filter(None, ways)) or r"(?!)")


def sold(kind: Slot, need: Need) -> bool:
    """Tell whether any title is of a kind that was named. One query, or none."""
    words = kind_words(replace(need, slots=(kind,)))
    codes, wider = kinds_in(fold(kind.surface)), lexicon().dimension("category").ancestors
    if not words or not codes:
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT titles FROM catalog_searchdocument WHERE terms @@ %s::tsquery LIMIT %s",
            [" | ".join(words), MOST_TITLES],
        )
        found = [titles for (titles,) in cursor.fetchall()]
    named = [kinds_in(titles) for titles in found]
    if any(fold(kind.surface) in titles for titles in found):
        return True
    return any(codes & {code, *wider(code)} for kinds in named for code in kinds)
