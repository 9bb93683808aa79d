"""From an address to the question that search answers: the sentence read, the clicks added.

For the pages and the command. A chip that was taken away stays away: the address names the slot by
kind and place (``no=price-10``), which holds while the words stay the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from catalog.search.addressing import FACETS, Address
from catalog.search.constraining import Asked
from catalog.search.filtering import PriceBound
from catalog.search.market import Market
from catalog.search.merchandising import Synonym, translated
from catalog.search.understanding import Need, Slot, understand


def slot_key(slot: Slot) -> str:
    """Return the name by which an address takes a slot away."""
    return f"{slot.kind}-{slot.start}"


def need_of(
    address: Address,
    market: Market,
    *,
    locale: str,
    currency: str,
    synonyms: Sequence[Synonym] = (),
) -> Need:
    """Read the address's sentence, without the slots that were taken away. About a millisecond."""
    need = understand(
        translated(address.first("q"), synonyms),
        vocabulary=market.vocabulary,
        locale=locale,
        currency=market.currency(currency),
        correct=not address.first("exact"),
    )
    gone = set(address.all("no"))
    for index in reversed(range(len(need.slots))):
        if slot_key(need.slots[index]) in gone:
            need = need.without(index)
    return need


def asked_of(
    address: Address,
    market: Market,
    *,
    locale: str,
    currency: str,
    category: int | None = None,
    size: int = 24,
    synonyms: Sequence[Synonym] = (),
) -> Asked:
    """Return the whole question. ``category``: of the page itself, narrowed by the address's.

    ``synonyms``: a shop's own words for what shoppers say.
    """
    stars, clicked = address.first("rating"), address.first("category")
    return Asked(
        need=need_of(address, market, locale=locale, currency=currency, synonyms=synonyms),
        locale=locale,
        currency=currency,
        merchant=market.merchant,
        category=int(clicked) if clicked else category,
        brands=address.all("brand"),
        picked=tuple((name, address.all(name)) for name in FACETS if address.all(name)),
        price=price_of(address, market, currency),
        rating=Decimal(stars) if stars else None,
        in_stock=bool(address.first("stock")),
        sort=address.first("sort"),
        page=int(address.first("page") or 1),
        size=size,
    )


def price_of(address: Address, market: Market, currency: str) -> PriceBound | None:
    """Return the price form's bound in the currency it was filled in for; ends may be swapped."""
    ends = [Decimal(text) if text else None for text in map(address.first, ("min", "max"))]
    lowest, highest = ends
    if lowest is None and highest is None:
        return None
    if lowest is not None and highest is not None and lowest > highest:
        lowest, highest = highest, lowest
    return PriceBound(address.first("cur") or market.currency(currency), lowest, highest)
