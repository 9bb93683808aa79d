"""A turn, and the reply to it: what everything that answers a message is given and returns.

Nothing here is phrased or stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.doing.outcome import Asker, Confirmation
from assistant.doing.owning import Owned
from assistant.finding import Found, Wish
from assistant.knowledge.answering import Read
from assistant.planning import Move
from assistant.reasons import Pick
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.wishing import Phrase
from catalog.search.market import Market
from shopguide.accounts.models import Merchant
from shopguide.writing import Plan


@dataclass(frozen=True)
class Turn:
    """Everything a reply may lean on. ``state``: after reading. ``known``: products by SKU.

    ``earlier``: the words that this message completes, where a tool had asked back. ``owned``:
    what the shopper has bought. ``kept``: lines that wait to be put into the cart;
    ``open``: things to be put there whose make is not known yet. ``reasons``: why things were
    shown, by SKU, and ``choice``: the act and facts that chose one of them, where that is asked.
    """

    asker: Asker
    reading: Reading
    state: State
    market: Market
    vector: Sequence[float] | None
    known: Mapping[str, int]
    seed: str
    taste: Sequence[float] | None = None
    waiting: Confirmation | None = None
    merchants: tuple[int, ...] = ()
    text_vector: Sequence[float] | None = None
    earlier: str = ""
    reader: Read | None = None
    owned: tuple[Owned, ...] = ()
    picked: tuple[str, ...] = ()
    kept: tuple[Mapping[str, int], ...] = ()
    open: tuple[Mapping[str, Any], ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    choice: Mapping[str, Any] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """Return what is answered in."""
        return self.reading.language

    def plan(self, act: str, **facts: object) -> Plan:
        """Return a plan in this turn's language; facts that are nothing are left out."""
        kept = {name: value for name, value in facts.items() if value not in (None, "", (), [])}
        return Plan(act, self.language, kept, seed=f"{self.seed}.{act}")

    def products(self, skus: Sequence[str]) -> tuple[int, ...]:
        """Return the ids of products that the conversation knows."""
        return tuple(self.known[sku] for sku in skus if sku in self.known)


@dataclass(frozen=True)
class Reply:
    """What is to be said, in order, and what goes with it.

    ``products``, ``merchants``: whom claims are checked against. ``actions``: what can be clicked.
    ``hand_over``: the reason for which people of ``hand_to`` are to take over, empty for none.
    """

    plans: tuple[Plan, ...]
    state: State
    picks: tuple[Pick, ...] = ()
    products: tuple[int, ...] = ()
    merchants: tuple[int, ...] = ()
    citations: tuple[Mapping[str, Any], ...] = ()
    actions: tuple[Mapping[str, Any], ...] = ()
    confirmation: Confirmation | None = None
    hand_over: str = ""
    hand_to: Merchant | None = None
    trace: Mapping[str, Any] = field(default_factory=dict)


Carry = Callable[[Turn, Move], Reply]


def wish_of(turn: Turn, *, gone: Sequence[str] = ()) -> Wish:
    """Return the search of this turn."""
    state = turn.state
    return Wish(
        turn.reading.need,
        turn.market,
        turn.language,
        turn.asker.currency,
        turn.vector,
        turn.taste,
        frozenset((*state.refused, *gone)),
        tuple(one for text in state.wishes if (one := Phrase.of(text))),
    )


def offered(turn: Turn, found: Found, plan: Plan) -> Reply:
    """Return what offers products: they are what is talked of from now on."""
    state = turn.state.shown([one.seen(turn.language) for one in found.picks])
    return Reply(
        (plan,),
        state,
        picks=found.picks,
        products=tuple(one.hit.product for one in found.picks),
        actions=ways(found),
        trace={"total": found.total, "degraded": bool(found.results and found.results.degraded)},
    )


def ways(found: Found) -> tuple[Mapping[str, Any], ...]:
    """Return what can be given up, as something to click."""
    return tuple(
        {"kind": "drop", "kinds": list(dict.fromkeys(listed(way["kinds"]))),
         "text": str(way["without"]), "count": way["count"]}
        for way in found.ways
    )  # fmt: skip


def listed(value: object) -> Sequence[object]:
    """Return a fact as a sequence."""
    return value if isinstance(value, list | tuple) else ()
