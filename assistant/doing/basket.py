"""The shopper's own cart: what is in it and comes to, and taking out of it after a yes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.doing.arguments import InCart
from assistant.doing.consenting import to_confirm
from assistant.doing.costing import kept_codes, sums_told
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.telling import phrase, variant_told
from catalog.lexicon import lexicon
from catalog.models import CartLine
from catalog.orders.carting import CartError, change
from catalog.orders.standing import CartNow, Line, read, stand
from catalog.text import fold, query_terms

MOST_TOLD = 12


def cart(asker: Asker, kept: Sequence[Mapping[str, int]] = ()) -> Outcome:
    """Tell what is in the cart and what it comes to. At most ten queries.

    ``kept``: lines that wait to be put in; the sum is told as if they were.
    """
    now = now_of(asker)
    if not kept:
        return told_of(asker, now, "cart_told")
    lines = [(one.variant.pk, one.quantity) for one in now.lines]
    lines += [(one["variant"], one["quantity"]) for one in kept]
    whole = stand(
        [
            CartLine(pk=place, variant_id=variant, quantity=quantity, currency="")
            for place, (variant, quantity) in enumerate(lines, start=1)
        ],
        kept_codes(asker),
        currency=asker.currency,
        country=asker.country,
    )
    if not whole.parcels or any(one.total is None for one in whole.lines):
        return told_of(asker, now, "cart_told")
    return Outcome(
        "total",
        sums_told(asker, whole),
        tuple(dict.fromkeys(one.product.pk for one in whole.lines)),
        merchants=tuple(dict.fromkeys(one.product.merchant_id for one in whole.lines)),
    )


def now_of(asker: Asker) -> CartNow:
    """Return the cart with today's prices; an empty one for somebody not known."""
    return read(asker.shopper, currency=asker.currency, country=asker.country)


def told_of(asker: Asker, now: CartNow, act: str) -> Outcome:
    """Return the cart's lines and sums, or that it is empty."""
    if not now.lines:
        return Outcome("cart_empty", {"done": act == "cart_changed"}, actions=("cart",))
    unpriced = any(one.total is None for one in now.lines)
    facts = sums_told(asker, now) if not unpriced else {"lines": lines_told(now)}
    facts = {**facts, "count": sum(one.quantity for one in now.lines)}
    return Outcome(
        act,
        facts,
        tuple(dict.fromkeys(one.product.pk for one in now.lines)),
        merchants=tuple(dict.fromkeys(one.product.merchant_id for one in now.lines)),
        actions=("cart",),
    )


def lines_told(now: CartNow) -> list[dict[str, Any]]:
    """Return names and counts where a price is missing."""
    return [
        {"name": one.product.title, "quantity": one.quantity, "options": variant_told(one.variant)}
        for one in now.lines[:MOST_TOLD]
    ]


def cart_change(asker: Asker, wanted: InCart) -> Outcome:
    """Offer to take something out of the cart, or to change how many; asks which if that is open.

    ``wanted.quantity``: how many are to be left, 0 for none.
    """
    now = now_of(asker)
    if not now.lines:
        return Outcome("cart_empty", {}, actions=("cart",))
    lines = list(now.lines) if wanted.every else meant(now.lines, wanted)
    if not lines:
        options = [one.product.title for one in now.lines[:4]]
        return Outcome("clarify", {"about": "product", "options": options})
    ids = tuple(dict.fromkeys(one.product.pk for one in lines))
    return to_confirm(
        asker,
        "cart_change",
        what_of(asker, lines, wanted),
        [],
        arguments={"lines": [one.pk for one in lines], "quantity": wanted.quantity},
        merchant=lines[0].product.merchant_id,
        products=ids,
    )


def what_of(asker: Asker, lines: Sequence[Line], wanted: InCart) -> str:
    """Return what is to be done, as a phrase."""
    names = ("、" if asker.chinese else ", ").join(named(asker, one) for one in lines[:4])
    if wanted.every:
        return phrase(asker, "清空购物车", "empty the cart")
    if wanted.quantity:
        return phrase(
            asker,
            "把购物车里的{names}改成 {count} 件",
            "change {names} in the cart to {count}",
            names=names,
            count=wanted.quantity,
        )
    return phrase(asker, "把{names}从购物车里拿掉", "take {names} out of the cart", names=names)


def named(asker: Asker, line: Line) -> str:
    """Return a line's thing with its options."""
    options = variant_told(line.variant)
    if not options:
        return line.product.title
    return phrase(asker, "{name}（{options}）", "{name} ({options})", name=line.product.title,
                  options=options)  # fmt: skip


def meant(lines: Sequence[Line], wanted: InCart) -> list[Line]:
    """Return the lines that are meant: by their names, else by what was talked of, else the one."""
    words = fold(wanted.question)
    scores = [(score(one, words), one) for one in lines]
    best = max((told for told, _one in scores), default=0)
    if best:
        return [one for told, one in scores if told == best]
    talked = [one for one in lines if one.product.pk in wanted.products]
    return talked or (list(lines) if len(lines) == 1 else [])


def score(line: Line, words: str) -> int:
    """Return how many signs of a folded message are a line's name: words, or Chinese pairs."""
    found = 0
    for text in line.product.texts.all():
        title = fold(text.title)
        terms = set(query_terms(title)) - _COMMON
        found = max(found, sum(len(one) for one in terms if len(one) > 1 and one in words))
    chosen = {fold(str(value)) for value in line.variant.options.values()}
    said = {one.code for one in lexicon().match(words, {"colour", "size"})}
    return found + 10 * len(chosen & said) if found else 0


_COMMON = frozenset(("the", "and", "with", "for", "cart", "out", "one", "购物", "物车", "一个"))


def do_cart_change(asker: Asker, arguments: Mapping[str, Any], key: str) -> Outcome:
    """Take out, or set how many, by the cart's own verb; tells the cart as it is then."""
    if asker.shopper is None:
        return Outcome("clarify", {"about": "product"})
    for line in arguments["lines"]:
        try:
            change(asker.shopper, int(line), int(arguments["quantity"]))
        except CartError as error:
            if error.code != "no_such_line":  # it is out already
                left = phrase(asker, "只剩 {left} 件", "Only {left} left", left=error.left)
                return Outcome("declined", {"what": "", "reasons": [left], "instead": ""})
    return told_of(asker, now_of(asker), "cart_changed")
