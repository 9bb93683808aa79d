"""A conversation at each of its places, so that placed utterances can be read as they would be.

For measuring only: a few goods that were shown, an order that was talked of, a question of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from assistant.slots import Held, Seen
from assistant.state import State
from catalog.search.understanding.need import Slot

_SHOWN = (
    Seen("L-1", "Desk Lamp 护眼台灯", Decimal(219), "CNY", Decimal("4.8"), "Luma", "white 白色"),
    Seen("L-2", "Clip-On Lamp 夹式台灯", Decimal(129), "CNY", Decimal("4.4"), "Luma", "black 黑色"),
    Seen("L-3", "Floor Lamp 落地灯", Decimal(349), "CNY", Decimal("4.6"), "Hikari", "wood 木"),
)


_OPEN = State()
_WISHED = Held(Slot("category", value="lamp", surface="lamp"), 1, "lamp")
_LIST = State(turn=1, intent="search", slots=(_WISHED,)).shown(_SHOWN)
_MINE = Seen("M-1", "Linen Shirt 亚麻衬衫", Decimal(159), "CNY")
_BOUGHT = State(turn=1, intent="order_status", owned=(_MINE,))
SCENES: Mapping[str, State] = {
    "": _OPEN,
    "open": _OPEN,
    "list": _LIST,
    "one": replace(_LIST, focus=("L-1",), intent="attribute"),
    "set": replace(_LIST.comparing(("L-1", "L-2")), intent="compare"),
    "order": _BOUGHT.talking_of("K7M2P-9XQ4T", ("M-1",)),
    "asked": replace(_LIST, intent="gift").asking("budget"),
    "shop": State(turn=1, intent="policy"),
}
