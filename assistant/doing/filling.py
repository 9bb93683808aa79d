"""Putting several things into the cart after one yes: so many of each, all or none.

For responding. Where a thing comes in several makes, it is asked which, for all of them at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.doing.arguments import Put
from assistant.doing.carting import (
    cannot,
    do_cart_add,
    only_one,
    open_values,
    put_told,
    said_options,
)
from assistant.doing.consenting import to_confirm
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.telling import live_one, phrase
from catalog.assembling import Whole
from catalog.choosing import choose
from catalog.models import Variant
from catalog.orders.carting import CartError, check, price_of
from catalog.presenting.money import money


def cart_add_all(asker: Asker, puts: Sequence[Put]) -> Outcome:
    """Offer to put several things into the cart; ask for the makes that are open."""
    ids = tuple(one.product for one in puts)
    lines: list[tuple[Whole, Variant, int]] = []
    open_ones: list[tuple[str, list[str]]] = []
    for put in puts:
        thing = live_one(put.product)
        if thing is None:
            return Outcome("clarify", {"about": "product"})
        choice = choose(thing.product, said_options(thing.product, put.question, put.said))
        variant = choice.variant or only_one(choice)
        if variant is None:
            open_ones.append((thing.product.title, open_values(choice)))
        else:
            lines.append((thing, variant, put.quantity))
    if open_ones:
        return which_makes(asker, open_ones, ids)
    return offered(asker, lines, ids)


def which_makes(
    asker: Asker, open_ones: Sequence[tuple[str, list[str]]], ids: tuple[int, ...]
) -> Outcome:
    """Ask which make of each thing is meant."""
    choices = [
        phrase(asker, "{name}：{values}", "{name}: {values}", name=name,
               values=("、" if asker.chinese else ", ").join(values))
        for name, values in open_ones
    ]  # fmt: skip
    facts = {"about": "size", "options": [one for _name, values in open_ones for one in values][:6],
             "names": [phrase(asker, "款式", "option")], "choices": choices}  # fmt: skip
    return Outcome("clarify", facts, ids)


def offered(
    asker: Asker, lines: Sequence[tuple[Whole, Variant, int]], ids: tuple[int, ...]
) -> Outcome:
    """Return what would be put into the cart, to be confirmed; why not, where one cannot be."""
    told = []
    for thing, variant, count in lines:
        try:
            check(variant, count)
            currency, amount = price_of(variant, asker.currency)
        except CartError as error:
            what = put_told(asker, thing, variant, count)
            return cannot(asker, what, error, ids, (thing.product.merchant_id,))
        told.append(each_told(asker, thing, count, money(amount, currency)))
    what = phrase(
        asker, "把这 {count} 样加入购物车", "put these {count} into the cart", count=len(lines)
    )
    arguments = {
        "lines": [
            {"variant": variant.pk, "quantity": count, "product": thing.product.pk}
            for thing, variant, count in lines
        ]
    }
    shop = lines[0][0].product.merchant_id
    return to_confirm(
        asker, "cart_add", what, told, arguments=arguments, merchant=shop, products=ids
    )


def each_told(asker: Asker, thing: Whole, count: int, price: str) -> str:
    """Return how many of a thing are wanted, and what one costs."""
    return phrase(
        asker,
        "{count} 件 {name}，单价 {price}",
        "{count} × {name}, {price} each",
        count=count,
        name=thing.product.title,
        price=price,
    )


def do_cart_adds(asker: Asker, arguments: Mapping[str, Any], key: str) -> Outcome:
    """Put one thing or several into the cart, all or none; the last line tells what it comes to."""
    wanted = arguments.get("lines")
    if not wanted:
        return do_cart_add(asker, arguments, key)
    done = [do_cart_add(asker, one, key) for one in wanted]
    failed = next((one for one in done if one.act != "cart_added"), None)
    if failed is not None:
        return failed
    names = phrase(asker, "、", ", ").join(
        f"{one.facts['product']} ×{one.facts['quantity']}" for one in done
    )
    what = phrase(asker, "{names} 已加入购物车", "{names} are in your cart", names=names)
    total = done[-1].facts["total"]
    lines = [phrase(asker, "购物车合计 {total}", "The cart comes to {total}", total=total)]
    facts = {"what": what, "lines": lines}
    ids = tuple(pk for one in done for pk in one.products)
    shops = tuple(dict.fromkeys(pk for one in done for pk in one.merchants))
    return Outcome("done", facts, ids, merchants=shops, actions=("cart",))
