"""Come back to what was asked, once something else was asked in between.

For answering. "Which size?" – "How long does delivery take?" is answered, and then the size is
asked for again; a yes that is waited for stays waited for. Whoever looks for something else, or
goes on asking, is not held to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.agreeing import LEAVE_IT
from assistant.planning import Move
from assistant.slots import Pending
from assistant.state import State
from assistant.turns import Reply, Turn
from shopguide.writing import Plan

# Answers that are an aside: they offer nothing, ask nothing and write nothing.
ASIDES = frozenset(("know", "aspect", "talk", "product", "promotion", "compare", "order",
                    "cart", "unsure"))  # fmt: skip
ASKING = frozenset(("clarify", "confirm", "back_to"))
# Answers that end by offering to ask the shop's people.
PERSON = frozenset(
    ("unknown", "unanswered", "attribute_unknown", "sizing_unknown", "apology", "people")
)
# Questions that are not asked twice: who goes on without an answer wants to see things.
MOOT = frozenset(("budget", "person", "listing"))
MOST_TURNS = 3  # for which a question is kept open


@dataclass(frozen=True)
class Asked:
    """What the last answer asked, as facts of its act, and what that completes.

    ``back``: the intent for which a tool asked, and the shopper's words so far.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    back: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, plans: object, trace: object) -> Asked:
        """Read it out of a kept answer; nothing where it asked nothing."""
        said = [one for one in plans if isinstance(one, dict)] if isinstance(plans, list) else []
        facts = trace.get("facts") if isinstance(trace, dict) else None
        back = (facts or {}).get("asked_back") or {}
        asking = next((one for one in said if one.get("act") in ASKING), {})
        return cls(dict(asking.get("facts") or {}), dict(back))


def resumed(turn: Turn, move: Move, reply: Reply, *, before: State, asked: Asked) -> Reply:
    """Ask again for what is still open after an aside; anything else is returned as it is.

    ``before``: the state that had the question open; what that was about is talked of again.
    """
    dropped = turn.waiting is None and LEAVE_IT.search(turn.reading.text.casefold())
    if dropped or not _is_open(turn, before.pending, asked) or not _is_aside(move, reply):
        return reply
    told = {name: asked.facts[name] for name in ("about", "options", "what") if name in asked.facts}
    trace = {**reply.trace, **({"asked_back": dict(asked.back)} if asked.back else {})}
    return replace(
        reply,
        plans=(*reply.plans, turn.plan("back_to", **told)),
        state=replace(reply.state, pending=before.pending, focus=before.focus),
        confirmation=turn.waiting,
        actions=(*reply.actions, *_choices(told)),
        trace=trace,
    )


def offering_a_person(turn: Turn, reply: Reply) -> Reply:
    """Remember that an answer ends by offering to ask the shop, so that "yes" takes that up."""
    last = reply.plans[-1] if reply.plans else None
    offers = last is not None and (
        last.act in PERSON
        or any(last.facts.get(name) is True for name in ("person", "overdue"))
        or last.text("topic") == "useless"
        or (last.act == "declined" and not last.text("instead"))
    )
    if last is None or not offers or last.says("needs") or reply.state.pending:
        return reply
    return replace(
        reply, state=replace(reply.state, pending=Pending("person", (), turn.state.turn))
    )


def _is_open(turn: Turn, pending: Pending | None, asked: Asked) -> bool:
    if pending is None or turn.state.turn - pending.turn > MOST_TURNS:
        return False
    return turn.waiting is not None or (bool(asked.back) and pending.kind not in MOOT)


def _is_aside(move: Move, reply: Reply) -> bool:
    asks = reply.state.pending is not None or reply.confirmation is not None
    if move.kind == "talk" and move.act not in ("site", "praise", "small_talk", "out_of_scope"):
        return False
    return not (asks or reply.picks or reply.hand_over) and (
        move.kind in ASIDES and move.why != "completed"
    )


def _choices(told: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    options = Plan("back_to", "en", told).texts("options")[:4]
    return tuple({"kind": "say", "text": one} for one in options)
