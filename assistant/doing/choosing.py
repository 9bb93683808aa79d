"""Which of some products is first in one thing: named in a sentence, with the values behind it.

"Which has the longest battery?" is answered by one product, the numbers of the others, and who
states none. Where only words state it, those are told; where nothing does, that is said, with what
the shops and buyers do say. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from assistant.doing.arguments import Asked, Compared
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.qualities import Quality, asks_least, features_in, qualities_of
from assistant.doing.rules.measures import stated
from assistant.doing.rules.suiting import asked_codes, is_listed
from assistant.doing.stating import asked_facts
from assistant.doing.telling import codes_told, fact_value, live, lowest, phrase, stars_told
from assistant.doing.topics import topics_of
from assistant.doing.witnessing import said, said_itself
from assistant.understanding.superlatives import asks_for_a_pick, word_of
from catalog.assembling import Whole
from catalog.models import AspectMention, SearchDocument
from catalog.presenting.facts import fact_name
from catalog.presenting.money import money
from catalog.presenting.opinions import aspect_name

MOST = 30
TOLD = 4
# For what, when and for whom a thing is.
PURPOSES = frozenset(("occasion", "season", "audience"))
# Stars of a few reviews count as if three more had given so many.
USUAL, USUAL_REVIEWS = Decimal(4), 3
FEWEST_PRAISED = 2
Value = tuple[Decimal, str]


def choose(asker: Asker, wanted: Compared) -> Outcome:
    """Name the one of some live products that is first in what a question asks. Three queries."""
    things = live(wanted.products)[:MOST]
    if not things:
        return Outcome("clarify", {"about": "product"})
    question = wanted.question
    if len(things) == 1 and (told := said_itself(asker, things[0], question)):
        return told  # "which weight should I get", of the one blanket
    meant = [*qualities_of(question)]
    if asks_for_a_pick(question) and not meant:
        return by_purpose(asker, things, question) or picked(asker, things)
    named = None if meant else by_name(asker, things, question)
    for quality in [*meant, *([named] if named else [])]:
        for way in (by_number, by_feature, by_praise):
            if (found := way(asker, things, quality)) is not None:
                return found
    return (
        by_purpose(asker, things, question)
        or by_pages(asker, things, question)
        or not_told(asker, things, question, meant)
    )


def by_name(asker: Asker, things: Sequence[Whole], question: str) -> Quality | None:
    """Return what is asked for by the name of a stated fact, or as a feature of the vocabulary."""
    for thing in things:
        codes, _family = asked_facts(asker, thing, Asked(thing.product.pk, question))
        numbers = [code for code in codes if stated(thing.product.attributes, code)]
        if numbers:
            return Quality("", codes=tuple(numbers[:1]), least=asks_least(question))
    codes_ = features_in(word_of(question)) or features_in(question)
    return Quality("", features=codes_) if codes_ else None


# --- By what is counted or measured ---------------------------------------------------------------
def by_number(asker: Asker, things: Sequence[Whole], quality: Quality) -> Outcome | None:
    """Name the first by a number that at least two state, or the only one that states it."""
    if quality.name in OF_ALL:
        values, what = OF_ALL[quality.name](asker, things), ""
    else:
        values, what = measured(things, quality)
    if not values:
        return None
    least = quality.least
    order = sorted(values, key=lambda place: (values[place][0], -place), reverse=not least)
    best = [place for place in order if values[place][0] == values[order[0]][0]]
    if len(things) == 1:
        row = {"name": name_of(things, 0), "value": values[0][1]}
        return outcome(asker, things, "of_them", best, {"attribute": what, "rows": [row]})
    if len(best) == len(things) > 1:
        return outcome(asker, things, "all_alike", best, {
            "what": what or title_of(asker, quality), "value": values[best[0]][1]})  # fmt: skip
    others = [place for place in order if place not in best]
    facts = {
        "what": title_of(asker, quality) or what,
        "fact": what
        if title_of(asker, quality) and differs(what, title_of(asker, quality))
        else "",
        "value": values[best[0]][1],
        "others": [
            {"name": name_of(things, one), "value": values[one][1]} for one in others[:TOLD]
        ],
        "missing": [name_of(things, one) for one in range(len(things)) if one not in values][:TOLD],
        "count": len(things),
    }
    return outcome(asker, things, "first_of", best, facts)


def differs(fact: str, title: str) -> bool:
    """Tell whether a fact's name says more than what the first is called."""
    return bool(fact) and fact.casefold() not in title.casefold()


def title_of(asker: Asker, quality: Quality) -> str:
    """Return what the first is called; "" where only the fact has a name."""
    return quality.names[0 if asker.chinese else 1]


def name_of(things: Sequence[Whole], place: int) -> str:
    """Return a product's name."""
    return things[place].product.title


def measured(things: Sequence[Whole], quality: Quality) -> tuple[dict[int, Value], str]:
    """Return the numbers of the group of codes that the most products state, and its name."""
    found: list[tuple[int, dict[int, Value], str]] = []
    for group in quality.groups:
        values: dict[int, Value] = {}
        name = ""
        for place, thing in enumerate(things):
            for code in group:
                bare = code.removeprefix("-")
                numbers = stated(thing.product.attributes, bare)
                if numbers:
                    amount = min(numbers) if quality.least else max(numbers)
                    sign = -1 if code.startswith("-") else 1
                    values[place] = (amount * sign, fact_value(thing, bare))
                    name = name or fact_name(bare, thing.definitions.get(bare))
                    break
        if values:
            found.append((len(values), values, name))
    if not found:
        return {}, ""
    _count, values, name = max(found, key=lambda one: one[0])
    return values, name


def costs(asker: Asker, things: Sequence[Whole]) -> dict[int, Value]:
    """Return the lowest price of each that has one in the asker's currency."""
    found = {place: lowest(thing, asker.currency) for place, thing in enumerate(things)}
    return {
        place: (one[0], money(one[0], one[2]))
        for place, one in found.items()
        if one and one[2] == asker.currency
    }


def starred(things: Sequence[Whole]) -> dict[int, tuple[Decimal, int]]:
    """Return mean stars and how many reviews each has. One query."""
    places = {thing.product.pk: place for place, thing in enumerate(things)}
    rows = SearchDocument.objects.filter(pk__in=places).values_list("pk", "rating", "reviews")
    return {places[pk]: (Decimal(stars), count) for pk, stars, count in rows if stars and count}


def worth(stars: Decimal, count: int) -> Decimal:
    """Return stars as far as they are many: five stars of one are less than 4.5 of a hundred."""
    return (stars * count + USUAL * USUAL_REVIEWS) / (count + USUAL_REVIEWS)


def rated(asker: Asker, things: Sequence[Whole]) -> dict[int, Value]:
    """Return each one's stars, weighed by how many gave them."""
    return {
        place: (worth(stars, count), stars_told(asker, stars, count))
        for place, (stars, count) in starred(things).items()
    }


def reviewed(asker: Asker, things: Sequence[Whole]) -> dict[int, Value]:
    """Return how many reviews each has; the better stars decide between as many."""
    return {
        place: (Decimal(count) + stars / 10, stars_told(asker, stars, count))
        for place, (stars, count) in starred(things).items()
    }


OF_ALL = {"price": costs, "rating": rated, "popular": reviewed}


# --- By what is stated in words, or said by buyers ------------------------------------------------
def by_feature(asker: Asker, things: Sequence[Whole], quality: Quality) -> Outcome | None:
    """Name those that state a feature; None where nobody does."""
    having = [
        place for place, thing in enumerate(things)
        if set(quality.features) & set(listed(thing.product.attributes.get("feature")))
    ]  # fmt: skip
    if not having:
        return None
    told = codes_told([("feature", quality.features[0])])
    if len(having) == len(things) > 1:
        praised = by_praise(asker, things, quality)
        return praised or outcome(asker, things, "all_state", having, {"what": told})
    missing = [name_of(things, one) for one in range(len(things)) if one not in having]
    return outcome(asker, things, "stated_by", having, {
        "what": told, "names": [name_of(things, one) for one in having[:TOLD]],
        "missing": missing[:TOLD]})  # fmt: skip


def by_purpose(asker: Asker, things: Sequence[Whole], question: str) -> Outcome | None:
    """Name those that state the use, season or person that a question names; None for none."""
    asked = [one for one in asked_codes(question) if one[0] in PURPOSES]
    stating = [
        [one for one in asked if is_listed(thing.product.attributes, *one)] for thing in things
    ]
    most = max(stating, key=len, default=[])
    if not most or len(things) < 2:
        return None
    having = [place for place, codes in enumerate(stating) if set(most) <= set(codes)]
    facts = {"what": codes_told(most), "use": True}
    if len(having) == len(things):
        return outcome(asker, things, "all_state", having, facts)
    missing = [name_of(things, one) for one in range(len(things)) if one not in having]
    names = [name_of(things, one) for one in having[:TOLD]]
    return outcome(asker, things, "stated_by", having,
                   {**facts, "names": names, "missing": missing[:TOLD]})  # fmt: skip


def listed(value: object) -> Sequence[str]:
    """Return stated codes as a list."""
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


def by_praise(asker: Asker, things: Sequence[Whole], quality: Quality) -> Outcome | None:
    """Name the one that most buyers praise for it, in exact counts. One query."""
    if not quality.aspect:
        return None
    places = {thing.product.pk: place for place, thing in enumerate(things)}
    sides: dict[int, tuple[set[int], set[int]]] = {}
    rows = AspectMention.objects.filter(product__in=places, aspect=quality.aspect)
    for product, polarity, review in rows.values_list("product_id", "polarity", "review_id"):
        sides.setdefault(places[product], (set(), set()))[polarity != 1].add(review)
    values: dict[int, Value] = {
        place: (Decimal(len(good) - len(bad)), praise_told(asker, len(good), len(bad)))
        for place, (good, bad) in sides.items()
    }
    best = max(values, key=lambda place: values[place][0], default=None)
    if best is None or len(sides[best][0]) < FEWEST_PRAISED or values[best][0] <= 0:
        return None
    others = [place for place in sorted(values) if place != best]
    told = [{"name": name_of(things, one), "value": values[one][1]} for one in others[:TOLD]]
    return outcome(asker, things, "praised_for", [best], {
        "what": aspect_name(quality.aspect), "value": values[best][1], "others": told,
    })  # fmt: skip


def praise_told(asker: Asker, good: int, bad: int) -> str:
    """Return how many speak for it and against."""
    if asker.chinese:
        return "，".join(
            f"{count} 人说{word}" for count, word in ((good, "好"), (bad, "不好")) if count
        )
    told = [f"{count} {side}" for count, side in ((good, "for"), (bad, "against")) if count]
    return ", ".join(told)


# --- A choice, and where nothing is told ----------------------------------------------------------
def picked(asker: Asker, things: Sequence[Whole]) -> Outcome:
    """Choose one, and say by what; name the cheapest where that is another."""
    stars, prices = starred(things), costs(asker, things)
    order = sorted(
        range(len(things)),
        key=lambda place: (-worth(*stars.get(place, (USUAL, 0))), prices.get(place, (0, ""))[0]),
    )
    best = order[0]
    cheapest = min(prices, key=lambda place: prices[place][0], default=best)
    facts: dict[str, Any] = {
        "price": prices[best][1] if best in prices else "",
        "stars": stars_told(asker, *stars[best]) if best in stars else "",
        "features": codes_told(
            ("feature", code) for code in listed(things[best].product.attributes.get("feature"))[:2]
        ),
        "cheaper": name_of(things, cheapest) if cheapest != best else "",
        "cheaper_price": prices[cheapest][1] if cheapest != best else "",
    }
    return outcome(asker, things, "picked", [best], facts)


def by_pages(asker: Asker, things: Sequence[Whole], question: str) -> Outcome | None:
    """Quote what pages say of what is asked, where nothing can be set against each other.

    Two queries for each product.
    """
    said_of = [(place, said(asker, one, question)) for place, one in enumerate(things[:TOLD])]
    rows = [{"name": name_of(things, place), "text": text} for place, text in said_of if text]
    first = [place for place, text in said_of if text]
    return outcome(asker, things, "pages_say", first, {"rows": rows}) if rows else None


def not_told(
    asker: Asker, things: Sequence[Whole], question: str, meant: Sequence[Quality]
) -> Outcome:
    """Say that nobody states it; what buyers think, and the prices, can be told."""
    topics = topics_of(question) if len(meant) > 1 else ()
    word = title_of(asker, meant[0]) if meant else ""
    word = word.removeprefix("更") if asker.chinese else f"the {word.lower()}" if word else ""
    word = word or (word_of(question) if asker.chinese else f"the {word_of(question)}")
    stars = rated(asker, things)
    best = max(stars, key=lambda place: stars[place][0], default=None)
    facts = {
        "word": "" if word == "the " or topics else word,
        "matter": phrase(asker, *topics[0].names) if topics else "",
        "count": len(things),
        "best": name_of(things, best) if best is not None and len(things) > 1 else "",
        "stars": stars[best][1] if best is not None and len(things) > 1 else "",
    }
    return outcome(asker, things, "first_unknown", [], facts)


def outcome(
    asker: Asker, things: Sequence[Whole], act: str, best: Sequence[int], facts: Mapping[str, Any]
) -> Outcome:
    """Return what was found of some products; the first come first."""
    ids = [things[place].product.pk for place in best]
    told = {**facts, "product": name_of(things, best[0])} if len(best) == 1 else dict(facts)
    if len(best) > 1:
        told["names"] = [name_of(things, place) for place in best[:TOLD]]
    return Outcome(
        act,
        told,
        tuple(dict.fromkeys([*ids, *(one.product.pk for one in things)])),
        merchants=tuple(dict.fromkeys(one.product.merchant_id for one in things)),
        trace={"first": ids},
    )
