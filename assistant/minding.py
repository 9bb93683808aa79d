"""Answer an aspect of what is talked of: an own order, a product that was shown, a shop.

For routing. Which of them is meant is decided here, by what was pointed at and what was talked of
last; what holds for it is `assistant.doing.aspects`' to tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.attending import OF_SEVERAL
from assistant.consulting import know
from assistant.doing.arguments import OfOrder
from assistant.doing.aspects import Matter, told_of
from assistant.doing.outcome import Outcome
from assistant.doing.own_orders import ACTIVE, MOST_LISTED, meant_in, orders_of
from assistant.doing.owning import Owned
from assistant.doing.rules.reasons import reason_of
from assistant.doing.telling import live_one
from assistant.doing.terms import bought
from assistant.moves import GIVING_BACK
from assistant.planning import Move
from assistant.reporting import told
from assistant.serving import done
from assistant.turns import Reply, Turn, listed
from assistant.understanding.intents.rules import guess
from catalog.models import Order
from catalog.orders.asking import lines_now
from catalog.policies.terms import Reason
from catalog.policies.versions import policy_for, policy_now
from shopguide.accounts.tenancy import as_shopper

# Something is to be done, too: 我想退货，运费谁出.
_WISHES = re.compile(
    r"我(?:想|要|得)|帮我|给我|麻烦|(?:退款?|退货|换货?)(?:了)?吧"
    r"|\b(?:i want|i'd like|i would like|i need|please|let me)\b"
)
_SWAPS = re.compile(r"换|\b(?:exchang\w+|swap\w*|replace\w*|another (?:size|one))\b")


def aspect(turn: Turn, move: Move) -> Reply:
    """Tell the aspects that are asked for; of nothing that can be told, as of any rule."""
    if move.why == "keeps":
        return kept(turn, move)
    matter = matter_of(turn, move)
    wanted = [str(one) for one in listed(move.facts.get("aspects"))]
    outcome = told_of(matter, wanted) if matter else of_several(turn, wanted)
    if outcome is not None and matter is None:
        return told(turn, outcome, move)
    if outcome is None or matter is None:
        about = "delivery" if move.about == "delivery" else "policy"
        return know(turn, replace(move, why="policy", about=about))
    reply = told(turn, outcome, move)
    if move.why == "by-a-day":
        reply = replace(reply, state=replace(reply.state, intent="delivery"))
    if move.why == "on-condition":
        reply = replace(reply, state=replace(reply.state, intent="return"))
    ruled = guess(turn.reading.text)
    if matter.order and ruled in GIVING_BACK and _WISHES.search(turn.reading.text):
        further = done(turn, Move("order", "aspect", about=str(ruled)))
        return replace(further, plans=(*reply.plans, *further.plans))
    return reply


def kept(turn: Turn, move: Move) -> Reply:
    """Go on with the other goods of an order, where nothing is wrong with one."""
    number, stays = turn.state.order_number, turn.products(move.skus)
    order = next((one for one in orders_of(turn.asker) if one.number == number), None)
    lines = [one for one in order.lines.all() if one.variant] if order else []
    here = [one for one in lines if one.variant and one.variant.product_id in stays]
    left = [one for one in lines if one not in here]
    goods = {one.variant.product_id for one in left if one.variant}
    skus = tuple(one.seen.sku for one in turn.owned if one.product in goods)
    plan = turn.plan("keeps", kept=[one.title for one in here], left=[one.title for one in left])
    state = replace(turn.state, focus=skus or turn.state.focus, intent="complaint")
    return Reply((plan,), state)


def matter_of(turn: Turn, move: Move) -> Matter | None:
    """Return what is asked about: own goods before shown ones, a thing before its shop."""
    return own_matter(turn, move) or thing_matter(turn, move)


def own_matter(turn: Turn, move: Move) -> Matter | None:
    """Return the own order that is talked of, with the line that is meant."""
    bought_here = newest_of(turn)
    named = [sku for sku in (*move.skus, *turn.state.focus) if sku in bought_here]
    if any(sku not in bought_here for sku in move.skus):
        return None
    number = turn.state.order_number
    if named and number not in {one.order for one in turn.owned if one.seen.sku == named[0]}:
        number = bought_here[named[0]].order
    mine = orders_of(turn.asker) if number or not turn.state.visible else []
    order = next((one for one in mine if one.number == number), None)
    if order is None and not (turn.state.focus or turn.asker.product):
        order = unnamed(turn, move, mine)
    if order is None or (turn.state.focus and not named):
        return None
    return matter_in(turn, order, bought_here[named[0]].product if named else None)


def unnamed(turn: Turn, move: Move, mine: Sequence[Order]) -> Order | None:
    """Return the order that can only be meant: by its day or goods, the one on its way."""
    wanted = OfOrder(question=turn.reading.text)
    if pointed := meant_in(mine, mine, wanted):
        return pointed
    on_way = [one for one in mine if one.state in ACTIVE]
    left = on_way if move.about == "delivery" else mine
    return left[0] if len(left) == 1 else None


def matter_in(turn: Turn, order: Order, product: int | None) -> Matter | None:
    """Return an order as a matter, with the line of a product, else its first; None without one."""
    with as_shopper(turn.asker.shopper):
        lines, policy = lines_now(order), policy_for(order)
    meant = [one for one in lines if one.line.variant and one.line.variant.product_id == product]
    line = next(iter(meant or lines), None)
    if line is None:
        return None
    return Matter(
        turn.asker, policy, line.bought, str(order.merchant), order.merchant_id,
        question=turn.reading.text, order=order, now=line,
        reason=reason_in(turn), swaps=bool(_SWAPS.search(turn.reading.text.casefold())),
    )  # fmt: skip


def of_several(turn: Turn, wanted: Sequence[str]) -> Outcome | None:
    """Tell an aspect of each order that was listed, else of each that is on its way."""
    if not set(wanted) <= OF_SEVERAL:
        return None
    mine = orders_of(turn.asker)
    asked = [one for one in mine if one.number in turn.state.orders]
    asked = asked or [one for one in mine if one.state in ACTIVE] or mine
    matters = [matter_in(turn, one, None) for one in asked[:MOST_LISTED]]
    found = [told_of(one, wanted) for one in matters if one]
    says = [says for one in found if one for says in listed(one.facts.get("says"))]
    shops = tuple(dict.fromkeys(one.merchant_id for one in asked[:MOST_LISTED]))
    return Outcome("aspects", {"says": says, "person": False}, merchants=shops) if says else None


def newest_of(turn: Turn) -> dict[str, Owned]:
    """Return what was bought by SKU; of what was bought twice, as it was last."""
    return {one.seen.sku: one for one in reversed(turn.owned)}


def thing_matter(turn: Turn, move: Move) -> Matter | None:
    """Return the shown product that is talked of, else the shop; None where neither is one."""
    shown = [one.sku for one in turn.state.visible]
    products = turn.products(move.skus or turn.state.focus or shown)[:1]
    thing = live_one(products[0] if products else turn.asker.product or 0)
    shop = thing.product.merchant_id if thing else next(iter(turn.merchants), None)
    known = turn.market.shops.get(shop) if shop else None
    if shop is None or known is None:
        return None
    return Matter(
        turn.asker, policy_now(shop), bought(thing), known.names[turn.language], shop,
        question=turn.reading.text, reason=reason_of(turn.reading.text),
        swaps=bool(_SWAPS.search(turn.reading.text.casefold())),
    )  # fmt: skip


def reason_in(turn: Turn) -> Reason | None:
    """Return why it is to come back: told now, or before."""
    kept = turn.state.trouble
    return reason_of(turn.reading.text) or (Reason(kept) if kept else None)
