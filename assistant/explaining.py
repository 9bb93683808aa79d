"""Say why things were shown: the reason that stood beside each, what it was looked for by.

For routing: "why did you pick the first?", 为什么推荐这个. The reason is the one that was given,
kept with the answer, and checked anew against the rows; it is not made up afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.finding import Found, hits_in
from assistant.planning import Move
from assistant.reasons import Pick, reasoned
from assistant.serving import unsure
from assistant.turns import Reply, Turn, offered

MOST = 3
_HAN = re.compile(r"[\u3400-\u9fff]")


def explained(turn: Turn, move: Move) -> Reply:
    """Tell of each thing why it was shown. Two queries."""
    hits = hits_in(turn.products(move.skus), turn.market.currency(turn.asker.currency))[:MOST]
    if not hits:
        return unsure(turn, move)
    facts = dict(turn.choice.get("facts") or {})
    if hits[0].title(turn.language)[0] in (facts.get("product"), *facts.get("names", ())):
        plan = turn.plan(str(turn.choice["act"]), **facts)  # it was chosen by that
        products = turn.products([one.sku for one in turn.state.visible])
        return Reply((plan,), turn.state, products=products)
    picks = tuple(
        Pick(one.hit, given(turn.reasons, one.hit.sku, turn.language) or one.reason)
        for one in reasoned(hits, turn.reading.need)
    )
    wishes = [one.slot.surface for one in turn.state.slots if not one.slot.negated]
    plan = turn.plan("explained", products=[one.row(turn.language) for one in picks],
                     wishes=list(dict.fromkeys(filter(None, wishes))))  # fmt: skip
    reply = offered(turn, Found(picks, len(picks)), plan)
    focus = move.skus if len(move.skus) == 1 else ()
    return replace(reply, state=replace(turn.state, focus=focus or turn.state.focus), actions=())


def given(reasons: Mapping[str, str], sku: str, language: str) -> str:
    """Return the reason that was given, if it is in the language that is answered in."""
    reason = reasons.get(sku, "")
    return reason if bool(_HAN.search(reason)) is (language == "zh-hans") else ""
