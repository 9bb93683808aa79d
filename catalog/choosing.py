"""Choose one of a product's variants by its options; impossible combinations stay impossible.

For product pages. It works on prefetched variants, asks the database nothing and reserves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.models import Media, Price, Product, Variant


@dataclass(frozen=True)
class OptionValue:
    """One value of an option. ``possible``: a variant has it together with what else is chosen."""

    value: str
    code: str
    chosen: bool
    possible: bool
    in_stock: bool


@dataclass(frozen=True)
class Option:
    """One option with its values, in the shop's order."""

    name: str
    values: tuple[OptionValue, ...]


@dataclass(frozen=True)
class Choice:
    """What is chosen so far, and the variants that are left."""

    chosen: dict[str, str]
    variants: tuple[Variant, ...]
    options: tuple[Option, ...]
    stock_stated: bool

    @property
    def variant(self) -> Variant | None:
        """Return the one variant that is left, None while there is still something to choose."""
        return self.variants[0] if len(self.variants) == 1 else None

    @property
    def quantity(self) -> int:
        """Return how many of the variants that are left are in stock."""
        return sum(variant.in_stock for variant in self.variants)


def choose(product: Product, wanted: Mapping[str, str], variant: int | None = None) -> Choice:
    """Return the choice that is wanted; ``variant`` (an id) chooses all of its options.

    What the product does not have is not chosen; of a combination that is not made, the options
    that come first hold. Uses prefetched variants and stock.
    """
    active = [one for one in product.variants.all() if one.active]
    named = next((one for one in active if one.pk == variant), None)
    asked = {name: str(value) for name, value in named.options.items()} if named else wanted
    chosen: dict[str, str] = {}
    for name in product.option_names:
        if name in asked and fitting(active, {**chosen, name: asked[name]}):
            chosen[name] = asked[name]
    return Choice(
        chosen,
        tuple(fitting(active, chosen)),
        tuple(option_of(name, active, chosen) for name in product.option_names),
        any(one.stock.all() for one in active),
    )


def fitting(variants: Sequence[Variant], chosen: Mapping[str, str]) -> list[Variant]:
    """Keep the variants that have every chosen value."""
    return [
        variant
        for variant in variants
        if all(str(variant.options.get(name)) == value for name, value in chosen.items())
    ]


def option_of(name: str, variants: Sequence[Variant], chosen: Mapping[str, str]) -> Option:
    """Return an option with what is possible beside the choices made in the other ones."""
    others = {other: value for other, value in chosen.items() if other != name}
    possible = fitting(variants, others)
    values: dict[str, str] = {}
    for variant in variants:
        if name in variant.options:
            values.setdefault(str(variant.options[name]), code_of(variant, name))
    return Option(
        name,
        tuple(
            OptionValue(
                value,
                code,
                chosen.get(name) == value,
                bool(having := fitting(possible, {name: value})),
                any(variant.in_stock for variant in having),
            )
            for value, code in values.items()
        ),
    )


def code_of(variant: Variant, name: str) -> str:
    """Return the shared vocabulary's code of a variant's option value."""
    from catalog.feeds.naming import name_code

    return str(variant.codes.get(name_code(name), ""))


def prices_of(variants: Sequence[Variant]) -> dict[str, list[Price]]:
    """Return each currency's prices, one for each variant that has one: its lowest."""
    found: dict[str, list[Price]] = {}
    for variant in variants:
        lowest: dict[str, Price] = {}
        for price in variant.prices.all():
            kept = lowest.get(price.currency)
            if kept is None or price.amount < kept.amount:
                lowest[price.currency] = price
        for currency, price in lowest.items():
            found.setdefault(currency, []).append(price)
    return found


def spread(prices: Sequence[Price]) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest of some prices."""
    amounts = [price.amount for price in prices]
    return min(amounts), max(amounts)


def picture_for(variant: Variant, product: Product) -> Media | None:
    """Return the first picture that shows this variant, else the product's first. Prefetched."""
    media = list(product.media.all())
    fitting = [
        one
        for one in media
        if all(
            str(value) in (variant.codes.get(name), variant.options.get(name))
            for name, value in (one.options or {}).items()
        )
    ]
    return next(iter([*fitting, *media]), None)
