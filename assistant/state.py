"""What a conversation has come to: what is wanted, shown, liked, refused, and what was asked back.

For answering and for the chips beside the chat. A state never changes: each method gives the next
one. It is stored as JSON on the conversation; what cannot be read is an empty state, never an
error. It holds no database row, and prices in it are what the shopper saw, not what holds now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.slots import (
    Held,
    Part,
    Pending,
    Seen,
    held_from,
    held_json,
    rebuilt,
    seen_from,
    seen_json,
)

if TYPE_CHECKING:
    from assistant.understanding.reading import Reading
    from catalog.search.understanding import Need, Slot, Sort

VERSION = 1
MOST_SEEN = 300
MOST_VISIBLE = 24
MOST_SLOTS = 24
MOST_EARLIER = 12
MOST_BEFORE = 24
MOST_OPTIONS = 6
MOST_PARTS = 12
OPTIONS = frozenset({"colour", "size"})  # kinds of slots that choose a variant
MOST_WISHES = 12
SORTS = ("relevance", "price_asc", "price_desc", "rating", "newest")


@dataclass(frozen=True)
class Chip:
    """One thing that is wanted, as the shopper sees it; ``index`` takes it away again.

    ``words``: what was said, in turn ``turn``. ``index`` is -1 for the free words, -2 for the sort.
    """

    index: int
    kind: str
    label: str
    words: str
    turn: int


@dataclass(frozen=True)
class State:
    """``visible``: the list last shown, in its order; ``focus``: what was talked of last.

    ``topic``: the wanted thing in words that are no slot. ``asked``: questions put to the shopper
    since products were last shown. ``page``: the SKU of the product page the shopper is on.
    ``quantity``: how many pieces were said last of what is talked of, 0 for none. ``won``: what the
    last comparison found, as "battery:SKU". ``earlier``: of lists before that one what was talked
    of, else what came first, the last first; ``before``: all of those lists. ``giving``: a present
    is looked for. ``order_number``: the order that was talked of last; ``trouble``: why something
    of it is to come back, where that was told. ``orders``: those that were listed last, in that
    order. ``wishes``: what is wished for in words that no list knows (`understanding/wishing.py`);
    ``admitted``: of that and of the slots, what was said to be stated of nothing that was shown.
    ``owned``: what the shopper has bought, newest first; it is asked for at each message
    and not stored. ``options``: colours and sizes that were said of what may be bought, the newest
    last. ``kind``: the path of the kind of goods whose rules were told last. ``lacking``: "part"
    where something of what was bought has not come along, "parcel" where none of it has.
    ``amounts``: how many of each of what is talked of, as "SKU*2". ``talked``: what was talked of
    by itself since a list was shown, the last first. ``parts``: the set that was put together and
    is shown, thing by thing.
    """

    turn: int = 0
    language: str = ""
    topic: str = ""
    slots: tuple[Held, ...] = ()
    sort: Sort = "relevance"
    visible: tuple[Seen, ...] = ()
    seen: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    page: str = ""
    order_number: str = ""
    pending: Pending | None = None
    asked: int = 0
    quantity: int = 0
    won: tuple[str, ...] = ()
    earlier: tuple[Seen, ...] = ()
    before: tuple[Seen, ...] = ()
    intent: str = ""
    emotion: str = "calm"
    upset_turns: int = 0
    trouble: str = ""
    owned: tuple[Seen, ...] = ()
    giving: bool = False
    orders: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    admitted: tuple[str, ...] = ()
    kind: str = ""
    lacking: str = ""
    amounts: tuple[str, ...] = ()
    talked: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    def after(self, reading: Reading) -> State:
        """Return the state once this message was read; nothing is shown or asked by it."""
        upset = reading.emotion in ("upset", "angry")
        same = not reading.references or set(reading.references) <= {*self.focus, *self.compared}
        still = goes_on(self, reading)
        amounts = tuple(f"{sku}*{count}" for sku, count in reading.amounts)
        before = self.wishes if still else ()
        if any(one.sort == "people" for one in reading.wishes):  # for two, instead of four
            before = tuple(one for one in before if not one.startswith("people:"))
        wishes = dict.fromkeys((*before, *(one.as_text() for one in reading.wishes)))
        return replace(
            self.rejected(reading.refused) if reading.refused else self,
            turn=self.turn + 1,
            language=reading.language,
            slots=reading.held[:MOST_SLOTS],
            topic=reading.topic,
            sort=reading.need.sort,
            focus=reading.references
            or tuple(one for one in self.focus if one not in reading.refused),
            quantity=reading.quantity or (self.quantity if same else 0),
            talked=tuple(dict.fromkeys((*reading.references, *self.talked)))[:MOST_EARLIER],
            amounts=amounts or (self.amounts if same else ()),
            order_number=reading.order_number or self.order_number,
            pending=None,
            intent=reading.intent,
            emotion=reading.emotion,
            upset_turns=self.upset_turns + 1 if upset else 0,
            wishes=tuple(wishes)[-MOST_WISHES:],
            admitted=self.admitted if still else (),
            giving=reading.intent == "gift" or (self.giving and not opens_otherwise(reading)),
            options=self._options_after(reading),
        )

    def naming(self, reading: Reading) -> State:
        """Put what was called by name and never shown behind what is shown; it is talked of."""
        if not reading.found:
            return self
        there = {one.sku for one in self.visible}
        added = [one for one in reading.found if one.sku not in there]
        listed = (*self.visible, *added) if self.visible else tuple(added)
        return replace(self.shown(listed), focus=reading.references, talked=self.talked)

    def counts(self) -> dict[str, int]:
        """Return how many of each of what is talked of, by SKU."""
        rows = (one.rpartition("*") for one in self.amounts)
        return {sku: int(count) for sku, _star, count in rows if count.isdigit()}

    def _options_after(self, reading: Reading) -> tuple[str, ...]:
        kept = () if opens_otherwise(reading) else self.options
        said = [
            slot.surface
            for slot in reading.said.slots
            if slot.kind in OPTIONS and slot.surface and not slot.negated
        ]
        return (*kept, *said)[-MOST_OPTIONS:]

    def shown(self, products: Iterable[Seen | str]) -> State:
        """Remember a list that was shown, in its order; a single product is what is talked of."""
        found = tuple(one if isinstance(one, Seen) else Seen(one) for one in products)
        if not found:
            return self
        skus = tuple(one.sku for one in found)
        seen = tuple(dict.fromkeys((*self.seen, *skus)))[-MOST_SEEN:]
        focus = skus if len(skus) == 1 else ()
        return replace(
            self, visible=found[:MOST_VISIBLE], seen=seen, focus=focus, asked=0, quantity=0,
            earlier=self._put_by(skus), before=self._shown_before(skus), order_number="",
            trouble="", kind="", lacking="",
            orders=(), parts=(),
            talked=skus if len(skus) == 1 else (),
        )  # fmt: skip

    def _put_by(self, skus: tuple[str, ...]) -> tuple[Seen, ...]:
        """Return what is remembered of earlier lists once another is shown."""
        talked_of = [one for one in self.visible if one.sku in self.focus] or self.visible[:1]
        kept = {one.sku: one for one in (*talked_of, *self.earlier) if one.sku not in skus}
        return tuple(kept.values())[:MOST_EARLIER]

    def _shown_before(self, skus: tuple[str, ...]) -> tuple[Seen, ...]:
        """Return all of the earlier lists once another is shown, the last first."""
        kept = {one.sku: one for one in (*self.visible, *self.before) if one.sku not in skus}
        return tuple(kept.values())[:MOST_BEFORE]

    def rejected(self, skus: Iterable[str] = ()) -> State:
        """Never show these again; without any, what is visible."""
        gone = tuple(skus) or tuple(one.sku for one in self.visible)
        return replace(
            self,
            refused=tuple(dict.fromkeys((*self.refused, *gone)))[-MOST_SEEN:],
            liked=tuple(one for one in self.liked if one not in gone),
            visible=tuple(one for one in self.visible if one.sku not in gone),
            focus=tuple(one for one in self.focus if one not in gone),
        )

    def liking(self, skus: Iterable[str]) -> State:
        """Remember what the shopper liked."""
        liked = tuple(dict.fromkeys((*self.liked, *skus)))[-MOST_SEEN:]
        return replace(self, liked=liked, refused=tuple(s for s in self.refused if s not in liked))

    def comparing(self, skus: Iterable[str], won: Mapping[str, str] | None = None) -> State:
        """Remember what was set against each other; it is what is talked of now.

        ``won``: who won in what, SKUs by contest.
        """
        chosen = tuple(dict.fromkeys(skus))
        winners = tuple(f"{what}:{sku}" for what, sku in (won or {}).items())
        return replace(self, compared=chosen, focus=chosen or self.focus, won=winners)

    def on_page(self, sku: str) -> State:
        """Remember the product page the shopper is on; another one is what is talked of now."""
        if sku == self.page:
            return self
        return replace(self, page=sku, focus=() if sku else self.focus)

    def talking_of(self, order: str, skus: Iterable[str]) -> State:
        """Remember the order that is talked of, and what of it."""
        goods = tuple(skus)
        return replace(self, order_number=order, focus=goods if len(goods) == 1 else ())

    def listing(self, orders: Iterable[str]) -> State:
        """Remember the orders that were just listed, so that one of them can be picked."""
        return replace(self, orders=tuple(orders), pending=Pending("listing", (), self.turn))

    def together(self, parts: Iterable[Part]) -> State:
        """Remember that what is shown is a set, thing by thing."""
        return replace(self, parts=tuple(parts)[:MOST_PARTS])

    def asking(self, kind: str, options: Iterable[str] = ()) -> State:
        """Remember the question put to the shopper, and count it."""
        return replace(self, pending=Pending(kind, tuple(options), self.turn), asked=self.asked + 1)

    def fresh(self) -> State:
        """Forget what is wanted, keep what was shown, liked and refused."""
        return replace(self, topic="", slots=(), sort="relevance", pending=None, asked=0)

    def without(self, index: int) -> State:
        """Take a chip away (its ``index``); IndexError if there is none."""
        if index == -1:
            return replace(self, topic="")
        if index == -2:
            return replace(self, sort="relevance")
        if not 0 <= index < len(self.slots):
            raise IndexError(index)
        return replace(self, slots=self.slots[:index] + self.slots[index + 1 :])

    def holding(self, slot: Slot, *, words: str = "") -> State:
        """Put a slot in place of those of its kind: a chip that the shopper edited."""
        kept = [
            one
            for one in self.slots
            if one.slot.kind != slot.kind or one.slot.negated is not slot.negated
        ]
        held = Held(slot, self.turn, words or slot.surface, cut=slot.kind in CUT_KINDS)
        return replace(self, slots=(*kept, held)[-MOST_SLOTS:])

    def chips(self, locale: str) -> tuple[Chip, ...]:
        """Return what is wanted as chips, each of which can be taken away."""
        found = [
            Chip(place, one.slot.kind, one.slot.label(locale), one.words, one.turn)
            for place, one in enumerate(self.slots)
        ]
        if self.topic:
            found.append(Chip(-1, "text", self.topic, self.topic, self.turn))
        return tuple(found)

    def need(self, locale: str) -> Need:
        """Return what is wanted as a need, ready for retrieval."""
        return rebuilt(self.slots, self.topic, self.sort, locale, self.language)

    def as_json(self) -> dict[str, Any]:
        """Return the state for the database and for `manage.py ask`."""
        plain = {
            name: list(value) if isinstance(value := getattr(self, name), tuple) else value
            for name in PLAIN
        }
        pending = self.pending
        return {
            "version": VERSION,
            **plain,
            "slots": [held_json(one) for one in self.slots],
            "giving": self.giving,
            "parts": [one.as_json() for one in self.parts],
            "visible": [seen_json(one) for one in self.visible],
            "earlier": [seen_json(one) for one in self.earlier],
            "before": [seen_json(one) for one in self.before],
            "pending": [pending.kind, list(pending.options), pending.turn] if pending else None,
        }

    @classmethod
    def from_json(cls, kept: Any) -> State:
        """Read a stored state; an empty one for anything this version did not write."""
        try:
            if not isinstance(kept, dict) or kept.get("version") != VERSION:
                return cls()
            return cls(
                **{name: _plain(name, kept[name]) for name in PLAIN if name in kept},
                slots=tuple(held_from(one) for one in kept["slots"])[:MOST_SLOTS],
                visible=tuple(seen_from(one) for one in kept["visible"])[:MOST_VISIBLE],
                earlier=tuple(seen_from(one) for one in kept.get("earlier", ()))[:MOST_EARLIER],
                before=tuple(seen_from(one) for one in kept.get("before", ()))[:MOST_BEFORE],
                pending=Pending.of(kept["pending"]),
                parts=tuple(Part.of(one) for one in kept.get("parts", ()))[:MOST_PARTS],
                giving=kept.get("giving") is True,
            )
        except (KeyError, TypeError, ValueError, ArithmeticError):
            return cls()


def goes_on(state: State, reading: Reading) -> bool:
    """Tell whether anything that was wanted before is wanted still."""
    held = any(one.turn <= state.turn for one in reading.held)
    topic = bool(state.topic) and reading.topic.startswith(state.topic)
    return held or topic or not (state.slots or state.topic or reading.held)


def opens_otherwise(reading: Reading) -> bool:
    """Tell whether a message looks for something of its own, and no present."""
    return reading.intent in ("search", "bundle") and bool(reading.said.of("category"))


TEXTS = ("language", "topic", "sort", "page", "order_number", "intent", "emotion",
         "trouble", "kind", "lacking")  # fmt: skip
NUMBERS = ("turn", "asked", "upset_turns", "quantity")
LISTS = ("seen", "refused", "liked", "compared", "focus", "won", "orders", "options", "wishes",
         "admitted", "amounts", "talked")  # fmt: skip
PLAIN = (*TEXTS, *NUMBERS, *LISTS)
# What ranking never sees as words: limits and sizes only filter.
CUT_KINDS = frozenset({"price", "rating", "measure", "size", "word"})


def _plain(name: str, value: Any) -> Any:
    if name in LISTS:
        if not all(isinstance(one, str) for one in value):
            raise TypeError(name)
        return tuple(value)[-MOST_SEEN:]
    if not isinstance(value, int if name in NUMBERS else str) or isinstance(value, bool):
        raise TypeError(name)
    if name == "sort" and value not in SORTS:
        raise ValueError(value)
    return value
