"""Recommendations and what they are drawn from, in words. For the pages and the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from catalog.presenting.cards import as_met, card_of, product_url
from catalog.presenting.naming import reader
from catalog.search.featuring import hits_of
from catalog.search.offering import Hit
from profiles.models import Kind, Signal
from profiles.recommending import Recommended
from profiles.sources.switching import Source

LONGEST = 48


def reason(one: Recommended, hits: Mapping[int, Hit]) -> str:
    """Say what moved a product most, never more than what was done."""
    if one.because is None:
        return general(one)
    if one.because.kind == Kind.SEARCH:
        return _("Because you searched for “%(what)s”") % {"what": shortened(one.because.words)}
    title = {"what": shortened(title_of(one.because, hits))}
    if one.source == Source.BOUGHT:
        return _("Often bought together with “%(what)s”") % title
    if one.source == Source.SEQUENCE:
        return _("Goes on from what you did lately, most of all from “%(what)s”") % title
    if one.source in (Source.STEPS, Source.EASE):
        return _("Chosen by others who chose “%(what)s”") % title
    return {
        Kind.VIEW: _("Because you looked at “%(what)s”"),
        Kind.CLICK: _("Because you looked at “%(what)s”"),
        Kind.SAVE: _("Because you saved “%(what)s”"),
        Kind.CART: _("Because you put “%(what)s” in your cart"),
        Kind.PURCHASE: _("Because you bought “%(what)s”"),
        Kind.SHARE: _("Because you shared “%(what)s”"),
    }[Kind(one.because.kind)] % title


def general(one: Recommended) -> str:
    """Say what moved a product that no deed brought here."""
    if one.source == Source.STATED and one.stated:
        return _("Because you want more of %(what)s") % {"what": one.stated}
    if one.source == Source.FOLLOWED and one.stated:
        return _("Because %(who)s, whom you follow, shares it") % {"who": one.stated}
    return {
        Source.STATED: _("Because you told us that you like this kind"),
        Source.SEQUENCE: _("Goes on from what you did lately"),
        Source.ASPECT: _("Others praise what matters to you"),
        Source.PRICE: _("At a price that you told us you like"),
        Source.TRENDING: _("Many look at it these days"),
        Source.NEW: _("New here"),
    }.get(Source(one.source), _("Well liked by others"))


def deed(signal: Signal) -> str:
    """Say what was done, for the list of all deeds."""
    return {
        Kind.VIEW: _("looked at"),
        Kind.CLICK: _("looked at"),
        Kind.SAVE: _("saved"),
        Kind.SHARE: _("shared"),
        Kind.CART: _("put in the cart"),
        Kind.PURCHASE: _("bought"),
        Kind.SEARCH: _("searched for"),
    }[Kind(signal.kind)]


def title_of(signal: Signal, hits: Mapping[int, Hit]) -> str:
    """Return what a signal is about: the words, or the product's title."""
    hit = hits.get(signal.product or 0)
    return hit.title(reader())[0] if hit else signal.words


def shortened(text: str) -> str:
    """Return a text that fits a line under a picture."""
    return Truncator(text).chars(LONGEST)


def cards(
    request: HttpRequest, recommended: Sequence[Recommended], currency: str
) -> list[dict[str, Any]]:
    """Return the cards of recommendations, each with its reason and its number. Two queries."""
    hits = hits_of(numbers(recommended), currency)
    shown = [hits[one.product] for one in recommended if one.product in hits]
    met = {hit.product: hit for hit in as_met(request, shown)}
    return [
        {
            **card_of(met[one.product]),
            "product": one.product,
            "reason": reason(one, hits),
            "source": one.source,
        }
        for one in recommended
        if one.product in hits
    ]


def numbers(recommended: Iterable[Recommended]) -> list[int]:
    """Return the products that are shown or named."""
    return [
        product
        for one in recommended
        for product in (one.product, one.because.product if one.because else None)
        if product is not None
    ]


def drawn_from(signals: Sequence[Signal], currency: str) -> list[dict[str, Any]]:
    """Return each signal in words, the strongest first; ``share``: of the strongest, 1 to 5."""
    hits = hits_of([one.product for one in signals if one.product], currency)
    most = max((one.weight for one in signals), default=1.0)
    return [
        {
            "deed": deed(one),
            "what": title_of(one, hits),
            "url": product_url(hits[one.product].merchant, hits[one.product].sku)
            if one.product in hits
            else "",
            "product": one.product or "",
            "words": one.words,
            "share": max(1, round(5 * one.weight / most)),
        }
        for one in signals
        if one.product in hits or one.words
    ]
