"""Putting several things into the cart after one yes: so many of each, all or none.

For responding. Where a thing comes in several makes, it is asked which, for all of them at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.doing.arguments import MOST_PIECES, Put
from assistant.doing.carting import (
    called,
    cannot,
    do_cart_add,
    only_one,
    open_values,
    price_told,
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

Filled = tuple[Whole, Variant, int]  # a thing, which make of it, how many


def kept_lines(arguments: Mapping[str, Any]) -> tuple[Mapping[str, int], ...]:
    """Return the lines of what waits to be put into the cart; none of what is something else."""
    rows = arguments.get("lines") or [arguments]
    names = ("variant", "quantity", "product")
    told = [one for one in rows if isinstance(one, Mapping)]
    return tuple(
        {name: int(one[name]) for name in names}
        for one in told
        if all(isinstance(one.get(name), int) for name in names)
    )


def open_things(back: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return the things of which it was asked which make is meant."""
    told = [one for one in back.get("open") or () if isinstance(one, Mapping)]
    return tuple(
        one
        for one in told
        if isinstance(one.get("product"), int)
        and isinstance(one.get("quantity"), int)
        and isinstance(one.get("words"), str)
    )


def filled(kept: Sequence[Mapping[str, int]]) -> list[Filled]:
    """Return kept lines whose things are still sold. Queries for each."""
    found = []
    for one in kept:
        thing = live_one(one["product"])
        variants = thing.product.variants.all() if thing else ()
        made = next((each for each in variants if each.pk == one["variant"]), None)
        if thing is not None and made is not None:
            found.append((thing, made, one["quantity"]))
    return found


def rows_of(lines: Sequence[Filled]) -> list[dict[str, int]]:
    """Return lines as a confirmation keeps them."""
    return [
        {"variant": variant.pk, "quantity": count, "product": thing.product.pk}
        for thing, variant, count in lines
    ]


def merged(kept: Sequence[Filled], new: Sequence[Filled], *, also: bool) -> list[Filled]:
    """Return what waits with what is new. ``also``: more of the same comes beside it, else in its
    place."""
    lines = list(kept)
    for thing, variant, count in new:
        same = [one for one in lines if one[1].pk == variant.pk]
        whole = count + sum(one[2] for one in same) if also else count
        gone = same if also else [one for one in lines if one[0].product.pk == thing.product.pk]
        lines = [one for one in lines if one not in gone]
        lines.append((thing, variant, min(whole, MOST_PIECES)))
    return lines


def cart_add_all(
    asker: Asker,
    puts: Sequence[Put],
    kept: Sequence[Mapping[str, int]] = (),
    *,
    also: bool = False,
) -> Outcome:
    """Offer to put several things into the cart; ask for the makes that are open.

    ``kept``: lines that wait for a yes already and stay; ``also``: more of the same is added to.
    """
    ids = tuple(one.product for one in puts)
    lines: list[Filled] = []
    open_ones: list[tuple[str, list[str]]] = []
    waits: list[dict[str, Any]] = []
    for put in puts:
        thing = live_one(put.product)
        if thing is None:
            return Outcome("clarify", {"about": "product"})
        choice = choose(thing.product, said_options(thing.product, put.question, put.said))
        variant = choice.variant or only_one(choice)
        if variant is None:
            open_ones.append((thing.product.title, open_values(choice)))
            waits.append({"product": put.product, "quantity": put.quantity, "words": put.question})
        else:
            lines.append((thing, variant, put.quantity))
    whole = merged(filled(kept), lines, also=also)
    if open_ones:
        asked = which_makes(asker, open_ones, ids, whole)
        return replace(asked, trace={"open": waits, "lines": rows_of(whole)})
    return offered(asker, whole, tuple(dict.fromkeys(one[0].product.pk for one in whole)))


def which_makes(
    asker: Asker,
    open_ones: Sequence[tuple[str, list[str]]],
    ids: tuple[int, ...],
    noted: Sequence[Filled] = (),
) -> Outcome:
    """Ask which make of each thing is meant. ``noted``: lines of which nothing is open."""
    choices = [
        phrase(asker, "{name}：{values}", "{name}: {values}", name=name,
               values=("、" if asker.chinese else ", ").join(values))
        for name, values in open_ones
    ] + [
        phrase(asker, "{count} 件 {name}：已记下", "{count} × {name}: noted",
               count=count, name=called(asker, thing, variant))
        for thing, variant, count in noted
    ]  # fmt: skip
    facts = {"about": "size", "options": [one for _name, values in open_ones for one in values][:6],
             "names": [phrase(asker, "款式", "option")], "choices": choices}  # fmt: skip
    return Outcome("clarify", facts, ids)


def offered(asker: Asker, lines: Sequence[Filled], ids: tuple[int, ...]) -> Outcome:
    """Return what would be put into the cart, to be confirmed; why not, where one cannot be."""
    rows, prices = rows_of(lines), []
    for thing, variant, count in lines:
        try:
            check(variant, count)
            currency, amount = price_of(variant, asker.currency)
        except CartError as error:
            what = put_told(asker, thing, variant, count)
            return cannot(asker, what, error, ids, (thing.product.merchant_id,))
        prices.append(money(amount, currency))
    shop = lines[0][0].product.merchant_id
    if len(lines) == 1:
        return to_confirm(
            asker, "cart_add", put_told(asker, *lines[0]), [price_told(asker, prices[0])],
            arguments=rows[0], merchant=shop, products=ids,
        )  # fmt: skip
    told = [each_told(asker, one, price) for one, price in zip(lines, prices, strict=True)]
    what = phrase(
        asker, "把这 {count} 样加入购物车", "put these {count} into the cart", count=len(lines)
    )
    return to_confirm(
        asker, "cart_add", what, told, arguments={"lines": rows}, merchant=shop, products=ids
    )


def each_told(asker: Asker, line: Filled, price: str) -> str:
    """Return how many of a thing are wanted, and what one costs."""
    thing, variant, count = line
    return phrase(
        asker,
        "{count} 件 {name}，单价 {price}",
        "{count} × {name}, {price} each",
        count=count,
        name=called(asker, thing, variant),
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
    what = phrase(
        asker, "这 {count} 样已加入购物车", "these {count} are in your cart", count=len(done)
    )
    total = done[-1].facts["total"]
    lines = [f"{one.facts['product']} ×{one.facts['quantity']}" for one in done]
    lines += [phrase(asker, "购物车合计 {total}", "The cart comes to {total}", total=total)]
    facts = {"what": what, "lines": lines}
    ids = tuple(pk for one in done for pk in one.products)
    shops = tuple(dict.fromkeys(pk for one in done for pk in one.merchants))
    return Outcome("done", facts, ids, merchants=shops, actions=("cart",))
