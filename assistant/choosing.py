"""Name the one that is asked for: of what was shown, or of all of its kind that fit.

For routing. What decides is `assistant.doing.choosing`; here it is only found out between which.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.doing import respond
from assistant.finding import find
from assistant.planning import Move
from assistant.replying import search
from assistant.reporting import told
from assistant.turns import Reply, Turn, wish_of
from assistant.vouching import from_pages

MOST_OF_A_KIND = 30
SHOWN = 3


def chosen(turn: Turn, move: Move) -> Reply:
    """Name the first of those that were shown, or of all that fit what is looked for."""
    if len(turn.state.visible) == 1 and not move.skus and (page := from_pages(turn)):
        return page  # "which weight should I get", of the one blanket
    found = None if move.skus else find(wish_of(turn), most=MOST_OF_A_KIND)
    skus = move.skus or (() if found and found.picks else [one.sku for one in turn.state.visible])
    if products := turn.products(skus):
        reply = told(
            turn, respond(turn.asker, turn.reading, products=products, intent="choose"), move
        )
        first = sku_of(turn, reply.trace.get("first") or ())
        among = reply.state.comparing(skus) if len(skus) > 1 else reply.state
        return replace(reply, state=replace(among, focus=first or reply.state.focus))
    if found is None or not found.picks:
        return search(turn, move)
    by_id = {one.hit.product: one for one in found.picks}
    outcome = respond(turn.asker, turn.reading, products=tuple(by_id), intent="choose")
    picks = tuple(by_id[one] for one in outcome.products if one in by_id)[:SHOWN]
    reply = told(turn, outcome, move)
    state = reply.state.shown([one.seen(turn.language) for one in picks])
    firsts = outcome.trace.get("first") or []
    if len(firsts) == 1 and firsts[0] in by_id:
        state = replace(state, focus=(by_id[firsts[0]].hit.sku,))
    return replace(reply, picks=picks, state=state)


def sku_of(turn: Turn, products: object) -> tuple[str, ...]:
    """Return the one product that came first, nothing where several did."""
    ids = products if isinstance(products, list | tuple) else ()
    return tuple(sku for sku, pk in turn.known.items() if pk in ids) if len(ids) == 1 else ()
