"""Facts in the asker's words: names and values of attributes, amounts, two-language phrases.

For the tools. Values are formatted by `catalog.presenting`; nothing is reckoned here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from assistant.doing.outcome import Asker, Outcome
from assistant.doing.rules.fitting import names_of
from catalog.assembling import Whole, whole
from catalog.choosing import Choice, choose, prices_of, spread
from catalog.lexicon import DIMENSIONS
from catalog.models import Product, Variant
from catalog.presenting.facts import fact_name, value_text
from catalog.presenting.money import money, stars
from catalog.presenting.naming import option_value, value_name

# A size that is read as one only together with the word.
PLAIN_SIZE = re.compile(r"(?:\d?X{0,4}[SL]|M|\d{2,3})", re.IGNORECASE)


def phrase(asker: Asker, chinese: str, english: str, **values: object) -> str:
    """Return one of two phrases, filled."""
    return (chinese if asker.chinese else english).format(**values)


def live(products: Iterable[int]) -> list[Whole]:
    """Return those of some products that shoppers may see, in their order. One query."""
    asked = list(dict.fromkeys(products))
    if not asked:
        return []
    rows = Product.objects.live().filter(merchant__suspended_at=None, pk__in=asked)
    found = {one.product.pk: one for one in whole(rows)}
    return [found[pk] for pk in asked if pk in found]


def live_one(product: int) -> Whole | None:
    """Return a product that shoppers may see, None for any other. One query."""
    return next(iter(live([product])), None)


def facts_told(thing: Whole, codes: Iterable[str]) -> list[str]:
    """Return stated facts as "Weight: 118 g", in the reader's language."""
    told = []
    for code in dict.fromkeys(codes):
        value = fact_value(thing, code)
        if value:
            told.append(_pair(fact_name(code, thing.definitions.get(code)), value))
    return told


def _pair(name: str, value: str) -> str:
    from catalog.presenting.naming import reader

    return f"{name}：{value}" if reader() == "zh-hans" else f"{name}: {value}"


def fact_value(thing: Whole, code: str) -> str:
    """Return one stated fact as the reader writes it, nothing if it is not stated."""
    if code not in thing.product.attributes:
        return ""
    return value_text(code, thing.product.attributes[code], thing.definitions.get(code))


def codes_told(pairs: Iterable[tuple[str, str]]) -> str:
    """Return values of the vocabulary by name, as a list."""
    from catalog.presenting.naming import reader

    names = [value_name(dimension, code) for dimension, code in pairs]
    shown = [one if reader() == "zh-hans" else one.lower() for one in dict.fromkeys(names)]
    return ("、" if reader() == "zh-hans" else ", ").join(shown)


def categories_of(thing: Whole) -> str:
    """Return the path of a product's category, empty for none."""
    return thing.product.category.path if thing.product.category else ""


def lowest(thing: Whole, currency: str) -> tuple[Decimal, Decimal, str] | None:
    """Return the lowest and highest price and their currency: the asker's, else one there is."""
    prices = prices_of([one for one in thing.product.variants.all() if one.active])
    shown = currency if currency in prices else next(iter(sorted(prices)), "")
    if not shown:
        return None
    low, high = spread(prices[shown])
    return low, high, shown


def price_told(thing: Whole, currency: str) -> str:
    """Return the price of a product as it is read, nothing without one."""
    found = lowest(thing, currency)
    return money(found[0], found[2]) if found else ""


def stars_told(asker: Asker, mean: Decimal, count: int) -> str:
    """Return stars and their number as they are read."""
    shown = stars(mean)
    if asker.chinese:
        return f"{shown} 星（{count:,} 条评价）"
    return f"{shown} stars ({count:,} {'review' if count == 1 else 'reviews'})"


def stock_of(choice: Choice) -> str:
    """Return in, low, out or unknown for the variants that are left."""
    if not choice.variants or not choice.stock_stated:
        return "unknown"
    quantity = choice.quantity
    return "out" if not quantity else "low" if quantity <= 5 else "in"


def named_choice(thing: Whole, question: str, variant: int | None = None) -> Choice:
    """Return the choice of options that a question names."""
    from assistant.doing.options import named_options

    return choose(thing.product, named_options(thing.product, question), variant)


def variant_told(variant: Variant, names: Iterable[str] | None = None) -> str:
    """Return a variant's options as they are read, colours before sizes; some of them, if named."""
    from catalog.presenting.naming import reader

    wanted = [name for name in variant.options if names is None or name in names]
    told = [option_told(variant, name) for name in sorted(wanted, key=is_size)]
    return ("、" if reader() == "zh-hans" else ", ").join(told)


def option_told(variant: Variant, name: str) -> str:
    """Return one option; a size says that it is one: "size S", S码, EU 40."""
    from catalog.presenting.naming import reader

    value = option_value(name, str(variant.codes.get(name) or ""), str(variant.options[name]))
    if not is_size(name) or not PLAIN_SIZE.fullmatch(value):
        return value
    return f"{value}码" if reader() == "zh-hans" else f"size {value}"


def sizes_of(thing: Whole) -> list[str]:
    """Return the codes of the sizes that a product is made in, in the shop's order."""
    from catalog.choosing import code_of

    found: dict[str, None] = {}
    for variant in thing.product.variants.all():
        for name, value in variant.options.items():
            if is_size(name) and variant.active:
                found.setdefault(code_of(variant, name) or str(value).casefold())
    return list(found)


def size_told(thing: Whole, code: str) -> str:
    """Return a size as the shop writes it."""
    from catalog.choosing import code_of

    for variant in thing.product.variants.all():
        for name, value in variant.options.items():
            if is_size(name) and code in (code_of(variant, name), str(value).casefold()):
                told = value_name("size", code) if code_of(variant, name) else str(value)
                return told.removesuffix("码")
    return code


def is_size(name: str) -> bool:
    """Tell whether an option of this name is a size."""
    from catalog.feeds.naming import name_code

    return name_code(name) == "size"


def dimension_values(thing: Whole, dimension: str) -> Sequence[str]:
    """Return the codes that a product states in a dimension of the vocabulary."""
    return names_of(thing.product.attributes.get(dimension)) if dimension in DIMENSIONS else ()


def about(
    thing: Whole, act: str, facts: dict[str, Any], *, codes: tuple[str, ...] | list[str] = ()
) -> Outcome:
    """Return an outcome about one product, with the exact values behind it."""
    product = thing.product
    trace = {code: product.attributes.get(code) for code in codes}
    return Outcome(
        act,
        {"product": product.title, **facts},
        (product.pk,),
        merchants=(product.merchant_id,),
        trace={"attributes": trace},
    )
