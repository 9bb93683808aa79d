"""Tell again what was shown: all the lists of a conversation, by name and today's price.

For routing: "remind me what we looked at", 刚才看过哪些. What is told again is a list as any other,
so that "the third one" means its third.
"""

from __future__ import annotations

from assistant.finding import Found, hits_in
from assistant.planning import Move
from assistant.reasons import Pick
from assistant.serving import unsure
from assistant.turns import Reply, Turn, offered

MOST = 8


def recalled(turn: Turn, move: Move) -> Reply:
    """List what was shown, the last first. Two queries."""
    currency = turn.market.currency(turn.asker.currency)
    picks = tuple(Pick(one) for one in hits_in(turn.products(move.skus), currency))
    if not picks:
        return unsure(turn, move)
    told = picks[:MOST]
    rows = [one.row(turn.language) for one in told]
    plan = turn.plan("recalled", products=rows, count=len(picks))
    return offered(turn, Found(told, len(picks)), plan)
