"""Lead each decision to the function that carries it out."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from assistant import replying, serving
from assistant.planning import Move
from assistant.replying import Carry, Reply, Turn
from assistant.seconding import MOST, SILENT, both, further, of_part

ROUTES: Mapping[str, Carry] = {
    "talk": replying.talk,
    "refuse": replying.refuse,
    "clarify": replying.clarify,
    "hand_over": replying.hand_over,
    "find": replying.search,
    "recommend": replying.recommend,
    "others": replying.not_interested,
    "like": replying.more_like,
    "product": serving.done,
    "order": serving.done,
    "compare": serving.compared,
    "unsure": serving.unsure,
    "bundle": serving.done,
    "promotion": serving.done,
    "gift": serving.gift,
    "know": serving.know,
    "complain": serving.complain,
    "confirm": serving.confirmed,
    "decline": serving.declined,
}


def carried_out(turn: Turn, move: Move) -> Reply:
    """Carry a decision out, and answer what else the message asks."""
    reply = ROUTES[move.kind](turn, move)
    if reply.plans[0].act in SILENT or reply.confirmation:
        return reply
    for other in islice(further(turn.reading, move), MOST):
        second = ROUTES[other.kind](of_part(turn, other), other)
        reply = both(reply, second, before=bool(other.facts.get("before")))
    return reply
