"""Putting things into the cart after a yes: the very variant, as many as there are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.doing.arguments import Put
from assistant.doing.consenting import to_confirm
from assistant.doing.options import named_options, unheard_of
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.telling import live_one, phrase, variant_told
from catalog.assembling import Whole
from catalog.choosing import Choice, choose
from catalog.feeds.naming import name_code
from catalog.models import Product, Variant
from catalog.orders.carting import CartError, add, check, price_of
from catalog.orders.standing import read
from catalog.presenting.money import money
from catalog.presenting.naming import value_name
from catalog.presenting.product import option_label, option_name

FEWEST_OPEN = 2  # options that are asked for by their names


def cart_add(asker: Asker, put: Put) -> Outcome:
    """Offer to put so many of a product into the cart; ask for the options that are open."""
    thing = live_one(put.product)
    if thing is None:
        return Outcome("clarify", {"about": "product"})
    choice = choose(thing.product, said_options(thing.product, put.question, put.said))
    ids, shops = (thing.product.pk,), (thing.product.merchant_id,)
    variant = choice.variant or only_one(choice)
    if variant is None:
        return Outcome(
            "clarify",
            {
                "about": "size",
                "options": open_values(choice),
                **open_options(asker, choice),
                "lacking": [value_name(*one) for one in unheard_of(thing.product, put.question)],
            },
            ids,
            merchants=shops,
            trace={"open": [{"product": put.product, "quantity": put.quantity,
                             "words": put.question}]},
        )  # fmt: skip
    what = put_told(asker, thing, variant, put.quantity)
    try:
        check(variant, put.quantity)
        currency, amount = price_of(variant, asker.currency)
    except CartError as error:
        return cannot(asker, what, error, ids, shops)
    lines = [price_told(asker, money(amount, currency))]
    arguments = {"variant": variant.pk, "quantity": put.quantity, "product": thing.product.pk}
    return to_confirm(
        asker, "cart_add", what, lines, arguments=arguments, merchant=shops[0], products=ids
    )


def only_one(choice: Choice) -> Variant | None:
    """Return the only variant in stock, None if there are several or none."""
    there = [one for one in choice.variants if one.in_stock]
    return there[0] if len(there) == 1 else None


def said_options(product: Product, question: str, before: Sequence[str]) -> dict[str, str]:
    """Return the options that are named now, else those that were said last."""
    found = named_options(product, question)
    for words in reversed(before):
        found = {**named_options(product, words), **found}
    return found


def open_options(asker: Asker, choice: Choice) -> dict[str, list[str]]:
    """Return names and values of the options that are open, where there are several."""
    left = [one for one in choice.options if one.name not in choice.chosen]
    if len(left) < FEWEST_OPEN:
        return {}
    told = [
        phrase(
            asker,
            "{name}：{values}",
            "{name}: {values}",
            name=option_name(one),
            values=("、" if asker.chinese else ", ").join(
                option_label(name_code(one.name), value, one)
                for value in one.values
                if value.in_stock
            ),
        )
        for one in left
    ]
    return {"names": [option_name(one) for one in left], "choices": told}


def open_values(choice: Choice) -> list[str]:
    """Return what can be chosen: variants in stock, in the reader's words."""
    told = (variant_told(one) for one in choice.variants if one.in_stock)
    return [" ".join(re.split(r"[、,]\s*", one)) for one in told][:6]


def price_told(asker: Asker, price: str) -> str:
    """Return what one piece costs."""
    return phrase(asker, "单价 {price}", "{price} each", price=price)


def called(asker: Asker, thing: Whole, variant: Variant) -> str:
    """Return a thing's name with the options of a variant."""
    options = variant_told(variant)
    return thing.product.title + (
        phrase(asker, "（{options}）", " ({options})", options=options) if options else ""
    )


def put_told(asker: Asker, thing: Whole, variant: Variant, quantity: int) -> str:
    """Return what is wanted, as a phrase."""
    return phrase(
        asker,
        "把 {quantity} 件 {name} 加入购物车",
        "put {quantity} × {name} into the cart",
        quantity=quantity,
        name=called(asker, thing, variant),
    )


def cannot(
    asker: Asker, what: str, error: CartError, ids: tuple[int, ...], shops: tuple[int, ...]
) -> Outcome:
    """Return why it does not go into the cart."""
    why = {
        "sold_out": phrase(asker, "现在缺货", "It is sold out at the moment"),
        "not_enough": phrase(asker, "只剩 {left} 件", "Only {left} left", left=error.left),
        "too_many": phrase(asker, "一次最多 {left} 件", "At most {left} at once", left=error.left),
        "cart_full": phrase(asker, "购物车已满", "The cart is full"),
        "no_price": phrase(asker, "现在没有价格", "It has no price at the moment"),
        "no_such_variant": phrase(asker, "已经下架", "It is no longer sold"),
    }
    facts = {"what": what, "reasons": [why.get(error.code, "")], "instead": ""}
    return Outcome("declined", facts, ids, merchants=shops)


def do_cart_add(asker: Asker, arguments: Mapping[str, Any], key: str) -> Outcome:
    """Put it into the cart, by the cart's own verb."""
    thing = live_one(int(arguments["product"]))
    variants = (
        [one for one in thing.product.variants.all() if one.pk == arguments["variant"]]
        if thing
        else []
    )
    if thing is None or not variants or asker.shopper is None:
        return Outcome("clarify", {"about": "product"})
    quantity, ids = int(arguments["quantity"]), (thing.product.pk,)
    shops = (thing.product.merchant_id,)
    try:
        line = add(asker.shopper, variants[0].pk, quantity, currency=asker.currency)
    except CartError as error:
        return cannot(asker, put_told(asker, thing, variants[0], quantity), error, ids, shops)
    now = read(asker.shopper, currency=asker.currency, country=asker.country)
    facts = {
        "product": thing.product.title,
        "quantity": quantity,
        "price": money(line.seen_amount, line.currency),
        "count": sum(one.quantity for one in now.lines),
        "total": " + ".join(money(amount, code) for code, amount in now.totals.items()),
    }
    return Outcome("cart_added", facts, ids, merchants=shops, actions=("cart",))
