"""A remark on what is looked for that no stated fact answers to: 他胃不好, 能夹在床上的.

For serving. It is said honestly that nobody states it; the kind, the person and the limits hold,
and others of the kind are shown where the same would come again.
"""

from __future__ import annotations

from assistant.bearing import borne_out, told_of
from assistant.doing.evidence import evidence_for, pages_of
from assistant.finding import find
from assistant.leaning import leaning_of
from assistant.turns import Reply, Turn, offered, wish_of
from assistant.understanding.following import side_of

LONGEST = 60  # characters
FOLLOWING = frozenset(("refine", "gift"))


def remarked(turn: Turn, reply: Reply) -> Reply:
    """Return an answer that owns up to a remark; ``reply`` itself where there is none.

    A search and a few queries, where there is.
    """
    words = remark_of(turn)
    if not words or not reply.picks or reply.plans[0].act != "search_results":
        return reply
    there = [one.hit.product for one in reply.picks]
    pages = pages_of(there, turn.language).values()
    if any(evidence_for(words, one, turn.asker.vectors.get(words)).answers for one in pages):
        return reply
    told = told_of(there).values() if turn.reading.wishes else ()
    if any(borne_out(one, each) for one in turn.reading.wishes for each in told):
        return reply
    if {one.hit.sku for one in reply.picks} <= {one.sku for one in turn.state.visible}:
        beside = find(wish_of(turn, gone=turn.state.seen))
        if beside.picks and not beside.wider:
            rows = [one.row(turn.language) for one in beside.picks]
            plan = turn.plan("unstated", words=words, products=rows, other=True)
            return offered(turn, beside, plan)
    rows = [one.row(turn.language) for one in reply.picks]
    plan = turn.plan("unstated", words=words, products=rows)
    return Reply(
        (plan,), reply.state, picks=reply.picks, products=reply.products, actions=reply.actions,
        trace=reply.trace,
    )  # fmt: skip


def remark_of(turn: Turn) -> str:
    """Return what is remarked on the kind that is looked for, "" where a wish was read."""
    said, now = turn.reading.said, turn.state.turn
    going_on = any(one.slot.kind == "category" and one.turn < now for one in turn.state.slots)
    read = said.slots or not said.text or said.sort != "relevance"
    if read or not going_on or turn.reading.intent not in FOLLOWING:
        return ""
    if leaning_of(turn.reading.text) or side_of(turn.state.slots, now):
        return ""
    words = turn.reading.text.strip(" ,.;:!?，。；：！？~")
    return words if len(words) <= LONGEST else ""
