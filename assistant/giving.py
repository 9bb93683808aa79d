"""Presents: some that fit the person and the budget, others than those that were shown, the edge.

For routing. What is offered is chosen by `assistant.doing.bundling`.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.finding import Found, hits_in, reasoned
from assistant.planning import Move
from assistant.replying import Reply, Turn, further_ones, offered, search
from assistant.serving import done
from assistant.understanding.following import side_of


def gift(turn: Turn, move: Move) -> Reply:
    """Offer gifts; where the budget holds nothing, say so as a search does."""
    reply = done(turn, replace(move, about="gift"))
    if repeats(turn, reply):
        reply = others_to_give(turn, move) or reply
    none = reply.plans[0].act == "nothing_found"
    if none or not reply.trace.get("fitting", True):
        reply = cheapest_gifts(turn) or (search(turn, move) if none else reply)
    return reply


def repeats(turn: Turn, reply: Reply) -> bool:
    """Tell whether an answer offers just what was shown last."""
    before = {one.sku for one in turn.state.visible}
    return bool(before) and {one.hit.sku for one in reply.picks} == before


def others_to_give(turn: Turn, move: Move) -> Reply | None:
    """Offer other presents than those that were shown last, None where there are none."""
    refused = turn.state.refused
    avoided = (*refused, *turn.state.seen)
    other = replace(turn, state=replace(turn.state, refused=avoided))
    reply = done(other, replace(move, about="gift"))
    kept = replace(reply, state=replace(reply.state, refused=refused))
    return kept if reply.picks else None


def further(turn: Turn, move: Move) -> Reply:
    """Offer more of what is looked for: more presents, where it is one."""
    if turn.state.giving and not turn.reading.need.of("category"):
        return others_to_give(turn, move) or further_ones(turn, move)
    return further_ones(turn, move)


def cheapest_gifts(turn: Turn) -> Reply | None:
    """Say that no present is cheaper than those that were shown, and name them again."""
    side = side_of(turn.state.slots, turn.state.turn)
    visible = turn.products([one.sku for one in turn.state.visible])
    hits = hits_in(visible, turn.market.currency(turn.asker.currency)) if side else []
    if not hits:
        return None
    hits.sort(key=lambda one: one.amount or 0, reverse=side == "dearer")
    plain = replace(turn.reading.need, slots=())
    picks = reasoned(hits, plain)
    held = tuple(one for one in turn.state.slots if one.slot.kind != "price")
    plan = turn.plan("at_the_edge", products=[one.row(turn.language) for one in picks], side=side)
    return offered(replace(turn, state=replace(turn.state, slots=held)),
                   Found(picks, len(picks)), plan)  # fmt: skip
