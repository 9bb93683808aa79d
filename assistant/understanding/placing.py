"""Where in a conversation a message falls, and the signs it carries: what its intent hangs on.

For reading. "Is it washable?" asks of a thing that was shown, "can it go to my office?" of an order
that was talked of. No database and no model; a trained head reads what is found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from assistant.understanding.cues import cues
from assistant.understanding.feeling import emotion_of
from assistant.understanding.intents.rules import guess
from assistant.understanding.mentioning import asked_attribute_of, order_number_of, quantity_of
from assistant.understanding.siting import site_topic
from assistant.understanding.superlatives import asks_for_a_pick, asks_for_the_most
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State
    from catalog.search.understanding import Kind, Need

# open: nothing was shown and nothing is wanted yet. list: several things were shown last. one: a
# thing is talked of, or its page is open. set: things were just set against each other. order: an
# order is talked of, or orders were listed. asked: something was asked back. shop: a rule of a shop
# was told, and no goods were shown.
Place = Literal["open", "list", "one", "set", "order", "asked", "shop"]
PLACES: tuple[Place, ...] = get_args(Place)
OF_AN_ORDER = frozenset({
    "order_status", "change_address", "cancel", "return", "exchange", "refund", "invoice",
})  # fmt: skip
OF_A_SHOP = frozenset({"policy", "delivery", "promotion", "account", "small_talk"})
# Questions of ours that look for no answer: orders that were listed, a person who was offered.
LOOSELY_ASKED = frozenset({"listing", "person"})
_POINTS = cues("pointing")
_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "kind": ("category",),
    "quality": ("brand", "colour", "feature", "material", "pattern", "style", "season", "fit"),
    "size": ("size", "measure"),
    "person": ("audience",),
    "occasion": ("occasion",),
}
# Of something that was bought, and of those who sell.
_HAD = re.compile(
    r"订单|买的|买了|收到|下单|到货|发货|快递|包裹|物流|退|换货|发票"
    r"|\b(?:order\w*|bought|received|arrived?|return\w*|exchang\w*|refund\w*|cancel\w*|invoice"
    r"|parcels?|packages?|delivered|delivery|shipp\w+|tracking)\b"
)
_SHOP = re.compile(r"你们|店|客服|人工|\b(?:you|your|shop|store|site|somebody|someone|person)\b")
_ASKS = re.compile(
    r"[?？]|[吗呢么没不]$|[几哪什怎谁咋啥]|多[少久长重大高]|有没有|可不可以|([\u3400-\u9fff])不\1"
    r"|(?:^|[,.;!] ?)(?:and |so |ok |but |then )*"
    r"(?:what|how|which|who|when|where|why|does|do|is|are|can|could|will"
    r"|would|should|has|have|did)\b"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A message's place in the conversation, its signs, and the intent that rules guess.

    ``place``: "" where it is not known.
    """

    place: Place | Literal[""] = ""
    signs: tuple[str, ...] = ()
    ruled: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it for a worker's message."""
        return {"place": self.place, "signs": list(self.signs), "ruled": self.ruled}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Placed:
        """Read one back. Errors: KeyError."""
        return cls(kept["place"], tuple(kept["signs"]), kept["ruled"])


def placed(text: str, said: Need, place: Place | Literal[""]) -> Placed:
    """Return what a head must know of a message beside its words.

    ``text``: as `languages.plainly` writes it; ``said``: what was understood of it.
    """
    return Placed(place, tuple(_signs(text, said)), guess(text) or "")


def place_of(state: State) -> Place:
    """Return where in a conversation the next message falls."""
    if state.pending is not None and state.pending.kind not in LOOSELY_ASKED:
        return "asked"
    shown = state.visible or state.focus or state.page
    if state.order_number or state.orders or (state.intent in OF_AN_ORDER and not shown):
        return "order"
    if state.intent == "compare" and len(state.compared) > 1:
        return "set"
    if len(state.focus) == 1 or len(state.visible) == 1 or (state.page and not state.visible):
        return "one"
    if shown or state.slots or state.topic:
        return "list"
    return "shop" if state.intent in OF_A_SHOP else "open"


SIGNS = (
    *_KINDS, "price", "sort", "barred", "attribute", "number", "many", "order", "shop", "asks",
    "ordinal", "group", "single", "other", "cheap", "dear", "most", "pick", "site", "short",
    "upset", "glad",
)  # fmt: skip
SHORT = 12  # letters; a Chinese one counts thrice


def _signs(text: str, said: Need) -> Iterator[str]:
    folded, felt = fold(text).strip(), emotion_of(text)
    yield from (name for name, kinds in _KINDS.items() if any(said.of(one) for one in kinds))
    yield from (name for name, found in (
        ("price", said.price), ("sort", said.sort != "relevance"),
        ("barred", any(one.negated for one in said.slots)),
        ("attribute", asked_attribute_of(text)), ("number", order_number_of(text)),
        ("many", quantity_of(text)), ("order", _HAD.search(folded)),
        ("shop", _SHOP.search(folded)), ("asks", _ASKS.search(folded)),
        ("ordinal", _POINTS["ordinals"].search(folded)),
        ("group", _POINTS["group"].search(folded)), ("single", _POINTS["single"].search(folded)),
        ("other", _POINTS["other"].search(folded)), ("cheap", _POINTS["cheap"].search(folded)),
        ("dear", _POINTS["dear"].search(folded)), ("most", asks_for_the_most(text)),
        ("pick", asks_for_a_pick(text)), ("site", site_topic(text)),
        ("short", sum(3 if one >= "\u3400" else 1 for one in folded) <= SHORT),
        ("upset", felt in ("upset", "angry")), ("glad", felt == "glad"),
    ) if found)  # fmt: skip
