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
from assistant.doing.alike import of_each
from assistant.doing.aspects import told_of
from assistant.doing.everywhere import ASPECTS
from assistant.doing.outcome import Outcome
from assistant.doing.own_orders import ACTIVE, MOST_LISTED, orders_of
from assistant.moves import GIVING_BACK
from assistant.planning import Move
from assistant.reporting import told
from assistant.ruling import kind_named, market_matters, matter_in, matter_of
from assistant.serving import done
from assistant.topical import after_a_reaction, billing
from assistant.turns import Reply, Turn, listed
from assistant.understanding.aspects import BACK, all_of, swaps
from assistant.understanding.intents.rules import guess

# Of an invoice, what a shop's own page tells.
BILLED = frozenset(("invoice_time", "invoice_form"))
# Something is to be done, too: 我想退货，运费谁出.
_WISHES = re.compile(
    r"我(?:想|要|得)|要求|帮我|给我|麻烦|(?:退款?|退货|换货?)(?:了)?吧"
    r"|\b(?:i want|i'd like|i would like|i need|please|let me)\b"
)


def aspect(turn: Turn, move: Move) -> Reply:
    """Tell the aspects that are asked for; of nothing that can be told, as of any rule."""
    if move.why == "keeps":
        return kept(turn, move)
    if page := after_a_reaction(turn):
        return page
    matter = matter_of(turn, move)
    wanted = [str(one) for one in listed(move.facts.get("aspects"))]
    outcome = told_of(matter, wanted) if matter else of_several(turn, wanted)
    if outcome is None and matter is None:
        outcome = of_rules(turn, wanted)
    if outcome is None:
        about = "delivery" if move.about == "delivery" else "policy"
        return going_on(turn, move, know(turn, replace(move, why="policy", about=about)))
    reply = going_on(turn, move, told(turn, outcome, move))
    if matter and set(wanted) & BILLED and (page := billing(turn, matter.merchant)):
        return replace(page, plans=(*reply.plans, *page.plans), state=reply.state)
    if matter and matter.order and (wish := wished(turn, wanted)):
        further = done(turn, Move("order", "aspect", about=wish))
        return replace(further, plans=(*reply.plans, *further.plans))
    return reply


def wished(turn: Turn, wanted: Sequence[str]) -> str:
    """Return what is to be done besides what is asked, "" for nothing: 我想退货，运费谁出."""
    ruled = guess(turn.reading.text) or ""
    if "partly" in wanted:
        return ruled if ruled in GIVING_BACK else "return"
    return ruled if ruled in GIVING_BACK and _WISHES.search(turn.reading.text) else ""


def of_rules(turn: Turn, wanted: Sequence[str]) -> Outcome | None:
    """Tell an aspect by the rules of each shop that is asked; None for what is told in a line."""
    matters = market_matters(turn)
    short = set(wanted) & set(ASPECTS) and not swaps(turn.reading.text)
    in_short = len(matters) > 1 and short and not kind_named(turn)
    return None if in_short else of_each(turn.asker, matters, wanted)


def going_on(turn: Turn, move: Move, reply: Reply) -> Reply:
    """Remember what an aspect was of, so that the next question is asked of it, too."""
    if move.why == "by-a-day":
        return replace(reply, state=replace(reply.state, intent="delivery"))
    if set(map(str, listed(move.facts.get("aspects")))) & all_of(BACK):
        about = "exchange" if move.facts.get("swaps") is True else "return"
        return replace(reply, state=replace(reply.state, intent=about, kind=kind_named(turn)))
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
