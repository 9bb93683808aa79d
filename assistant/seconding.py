"""A message that asks more than one thing: what else is asked besides what was decided upon.

For routing. "Is it waterproof, and how soon would it arrive?" is two questions about one product;
each is answered by its own tool, in the order they were asked. Only questions are seconded: nothing
here writes, offers or searches. What waits for a yes comes last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.planning import Kind, Move
from assistant.turns import Reply, Turn
from assistant.understanding.cues import cues
from assistant.understanding.intents.rules import guess
from assistant.understanding.mentioning import asked_attribute_of
from assistant.understanding.reading import Reading
from assistant.understanding.splitting import clauses

MOST = 2
_ASKS = cues("naming")["asks"]
OF_ONE = frozenset({
    "attribute", "suitability", "sizing", "compatibility", "stock", "price", "reviews",
})  # fmt: skip
OF_SHOP: Mapping[str, Kind] = {
    "delivery": "know", "promotion": "promotion", "policy": "know", "return": "order",
    "invoice": "know",
}  # fmt: skip
OF_RULES = frozenset(("policy", "return"))  # one answer tells both
# What may be followed by a further answer.
FIRST = frozenset({"product", "compare", "choose", "know", "promotion", "find", "order"})
# Where one thing of several is: beside what is to be done about another.
_WHEREABOUTS = re.compile(
    r"到哪|到了(?:没|吗)|发(?:货)?了?(?:没|吗)|物流|什么时候(?:能)?(?:到|发)"
    r"|\bwhere\b.{2,30}|\b(?:has|have)\b.{2,24}\b(?:shipped|arrived|been sent|left)\b|\bstatus of\b"
)
# What speaks of sending outright.
_SENT = re.compile(
    r"[送寄运邮]|发货|快递|物流|[到收]货|收到|\b(?:deliver\w*|ship\w*|arriv\w*|sent|send\w*|post\w*|here"
    r"|reach\w*|get it|have it|come by)\b"
)
# Answers that a first one needs no company of.
SILENT = frozenset({"clarify", "unknown", "not_understood", "sizing_unknown", "attribute_unknown"})


def further(reading: Reading, move: Move) -> Iterator[Move]:
    """Yield what else a message asks, in its order; ``facts`` hold the words of that part."""
    parts = clauses(reading.text)
    if move.kind not in FIRST or len(parts) < 2:
        return
    if move.kind == "order":
        yield from _whereabouts(move, parts)
        return
    main = move.about or reading.intent
    first = next((place for place, part in enumerate(parts) if guess(part) == main), 0)
    asking = bool(_ASKS.search(parts[-1]) or re.search(r"[?？]\s*$", reading.text))
    seen, kinds = {(main, reading.asked_attribute)}, {main}
    kinds |= OF_RULES if main in OF_RULES and guess(parts[first]) in OF_RULES else set()
    for place, part in enumerate(parts):
        intent = guess(part) or ("attribute" if asked_attribute_of(part) else "")
        about = asked_attribute_of(part) if intent == "attribute" else None
        known = (intent, about) in seen or (intent in kinds and about is None)
        if known or not (asking or _ASKS.search(part)):
            continue
        if second := _seconded(move, intent, {"words": part, "before": place < first}):
            seen.add((intent, about))
            kinds |= {intent, *(OF_RULES if intent in OF_RULES else ())}
            yield second


def _whereabouts(move: Move, parts: Sequence[str]) -> Iterator[Move]:
    """Yield the part that asks where another thing is, beside what is done about an order."""
    if move.about == "order_status":
        return
    for part in parts:
        if _WHEREABOUTS.search(part) and guess(part) != move.about:
            yield Move("order", "second", about="order_status",
                       facts={"words": part, "before": True})  # fmt: skip
            return


def only_chooses(reading: Reading, move: Move, others: Sequence[Move]) -> bool:
    """Tell whether what was decided upon is no question: 那就第二个吧，什么时候能到上海."""
    if move.about != "attribute" or reading.asked_attribute:
        return False
    asked = {one.facts.get("words") for one in others}
    return not any(_ASKS.search(one) for one in clauses(reading.text) if one not in asked)


def _seconded(move: Move, intent: str, facts: Mapping[str, object]) -> Move | None:
    """Return the further step for one part, None where nothing can be told of it."""
    if (move.about, intent) == ("delivery", "price"):
        return None  # "how long does delivery take and what does it cost?"
    sent = _SENT.search(str(facts["words"]))
    if intent == "delivery" and move.about in OF_ONE and len(move.skus) == 1 and not sent:
        return None  # "does the sun alone fill it, and how long does that take?"
    if kind := OF_SHOP.get(intent):
        intent = "policy" if intent == "invoice" else intent  # may one be had, not: make it out
        return Move(kind, "second", about=intent, skus=move.skus[:1], facts=facts)
    several = intent == "reviews" and move.kind in ("compare", "choose")
    of_one = intent in OF_ONE and (several or len(move.skus) == 1) and move.kind != "find"
    return Move("product", "second", about=intent, skus=move.skus, facts=facts) if of_one else None


def of_part(turn: Turn, move: Move) -> Turn:
    """Return the turn as if only one part had been said."""
    words = str(move.facts.get("words", ""))
    reading = replace(
        turn.reading, text=words, intent=move.about, asked_attribute=asked_attribute_of(words)
    )
    return replace(turn, reading=reading, text_vector=None, earlier="")


def main_part(turn: Turn, move: Move) -> Turn:
    """Return the turn as if only the part that was decided upon had been said."""
    parts = clauses(turn.reading.text)
    meant = {move.about, turn.reading.intent}
    words = next((one for one in parts if guess(one) in meant), "")
    if not words:
        return turn
    return replace(turn, reading=replace(turn.reading, text=words), text_vector=None)


def both(first: Reply, second: Reply, *, before: bool = False) -> Reply:
    """Return two answers as one; the second only adds. ``before``: it was asked first."""
    if second.confirmation or second.picks or second.plans[0].act in SILENT:
        return first
    said = {(plan.act, repr(plan.facts)) for plan in first.plans}
    new = [one for one in second.plans if (one.act, repr(one.facts)) not in said]
    return replace(
        first,
        plans=(*new, *first.plans) if before else (*first.plans, *new),
        products=tuple(dict.fromkeys((*first.products, *second.products))),
        merchants=tuple(dict.fromkeys((*first.merchants, *second.merchants))),
        citations=(*first.citations, *second.citations),
    )
