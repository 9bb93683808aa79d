"""Lead each decision to the function that carries it out."""

from __future__ import annotations

from collections.abc import Mapping

from assistant import replying
from assistant.planning import Move
from assistant.replying import Carry, Reply, Turn

ROUTES: Mapping[str, Carry] = {
    "talk": replying.talk,
    "refuse": replying.refuse,
    "clarify": replying.clarify,
    "hand_over": replying.hand_over,
    "find": replying.search,
    "recommend": replying.recommend,
    "others": replying.not_interested,
    "like": replying.more_like,
}


def carried_out(turn: Turn, move: Move) -> Reply:
    """Carry a decision out."""
    return ROUTES.get(move.kind, unknown)(turn, move)


def unknown(turn: Turn, move: Move) -> Reply:
    """Say honestly that it is not known."""
    return Reply((turn.plan("unknown", about=move.about),), turn.state)
