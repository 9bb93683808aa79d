"""What is asked of two or three things at once, told of each of them; and what nobody knows.

For serving. 防水吗 of what was just compared is answered for every one of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from assistant.doing import respond
from assistant.planning import Move
from assistant.replying import Reply, Turn

UNSAID = frozenset(("attribute_unknown", "sizing_unknown", "unknown"))
OF_EACH = frozenset(("attribute", "suitability", "compatibility", "stock", "reviews"))
MOST = 3
TOGETHER = re.compile(
    r"互相|一起|和(?:第|这|那|它)|跟(?:第|这|那|它)|配(?:在)?一起"
    r"|\b(?:together|each other|one another|with (?:the|that|this)\b)"
)


def of_each(turn: Turn, move: Move, products: Sequence[int]) -> Reply | None:
    """Answer a question about each of several things; None where it is of one, or none states it.

    A few queries for each product.
    """
    together = move.about == "compatibility" and TOGETHER.search(turn.reading.text.casefold())
    if move.about not in OF_EACH or not 1 < len(products) <= MOST or together:
        return None
    said = [
        respond(turn.asker, turn.reading, products=(one,), intent=move.about) for one in products
    ]
    told = [one for one in said if one.act not in ("clarify", "unknown")]
    if all(one.act in UNSAID or one not in told for one in said):
        return None
    if all(one.facts.get("verdict") == "unknown" for one in said):
        return unknown(turn)
    return Reply(
        tuple(turn.plan(one.act, **{**one.facts, "named": True}) for one in told),
        turn.state,
        products=tuple(dict.fromkeys(pk for one in told for pk in one.products)),
        merchants=tuple(dict.fromkeys(pk for one in told for pk in one.merchants)),
    )


def unknown(turn: Turn) -> Reply:
    """Say honestly that the shops do not say, and offer a person."""
    offered = {"kind": "choice", "value": "hand_over", "text": _("Ask a person of the shop")}
    return Reply((turn.plan("unknown"),), turn.state, actions=(offered,))
