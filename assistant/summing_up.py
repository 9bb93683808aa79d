"""Say of a sum that is asked for which part of it nobody knows: a grinder that was never shown.

For routing. What is known is told with its price; nothing is added up that cannot be.
"""

from __future__ import annotations

from assistant.finding import hits_in
from assistant.moves import Move
from assistant.reasons import Pick
from assistant.turns import Reply, Turn


def partly(turn: Turn, move: Move) -> Reply:
    """Tell what is known of a sum, and what is not. Two queries."""
    known = turn.products(move.skus)
    hits = hits_in(known, turn.market.currency(turn.asker.currency))
    rows = [Pick(one).row(turn.language) for one in hits]
    plan = turn.plan("sum_unknown", unknown=move.facts["unknown"], products=rows)
    return Reply((plan,), turn.state, products=known)
