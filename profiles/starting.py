"""The first questions to somebody of whom nothing is known: kinds, brands, prices. None is needed.

For the page and for apps. Answers are what a shopper says of themselves (`Stance`), so they are
seen, changed and taken back on the taste page like anything else they said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from catalog.models import SearchDocument
from catalog.presenting.places import place_name
from catalog.search.market import market
from profiles.consenting import choose
from profiles.knowing.reading import say
from profiles.knowing.telling import PRICES
from profiles.models import About, Purpose, Stance
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper

MOST_KINDS, MOST_BRANDS = 24, 12
LEAST_OF_BRAND = 2
LONGEST = 120  # of a stance's value


@dataclass(frozen=True)
class Answers:
    """What somebody answered; anything may be left out."""

    kinds: Sequence[str] = ()
    brands: Sequence[str] = ()
    price: str = ""


@dataclass(frozen=True)
class Choice:
    """One thing that may be chosen."""

    value: str
    name: str


def kinds() -> list[Choice]:
    """Return the departments of the market place, and what is below one that stands alone."""
    entries = [one for one in market().categories.values() if one.merchant is None]
    top = [one for one in entries if one.parent is None]
    while len(top) == 1:
        below = [one for one in entries if one.parent == top[0].pk]
        if not below:
            break
        top = below
    return [Choice(one.path, place_name(one)) for one in top[:MOST_KINDS]]


def brands() -> list[Choice]:
    """Return the brands with the most products. One query."""
    rows = SearchDocument.objects.exclude(brand="").values_list("brand")
    counted = rows.annotate(products=Count("pk")).filter(products__gte=LEAST_OF_BRAND)
    found = counted.order_by("-products", "brand")[:MOST_BRANDS]
    return [Choice(brand, brand) for brand, _count in found]


def prices() -> list[Choice]:
    """Return the levels of prices there are to choose from."""
    return [Choice(code, str(name)) for code, name in PRICES.items()]


def answer(shopper: Shopper, answers: Answers, *, via: str = "page") -> int:
    """Keep the answers that mean something here, and agree to lists by them; return how many.

    Nothing is agreed to by answering nothing.
    """
    known = {
        About.CATEGORY: {one.path for one in market().categories.values()},
        About.BRAND: set(
            SearchDocument.objects.filter(brand__in=list(answers.brands)[:100])
            .values_list("brand", flat=True)
            .distinct()
        ),
        About.PRICE: set(PRICES),
    }
    given = {
        About.CATEGORY: answers.kinds, About.BRAND: answers.brands, About.PRICE: [answers.price],
    }  # fmt: skip
    chosen = [
        (about, value)
        for about, values in given.items()
        for value in dict.fromkeys(values)
        if value in known[about] and len(value) <= LONGEST
    ][: MOST_KINDS + MOST_BRANDS + 1]
    if not chosen:
        return 0
    choose(shopper, {Purpose.PERSONALISATION: True}, via=via)
    if any(about == About.PRICE for about, _value in chosen):
        forget_price(shopper)
    for about, value in chosen:
        say(shopper, about, value, 1)
    return len(chosen)


def forget_price(shopper: Shopper) -> None:
    """Take back what was said of prices: one level holds at a time."""
    with as_shopper(shopper):
        Stance.objects.filter(shopper=shopper, about=About.PRICE).delete()
