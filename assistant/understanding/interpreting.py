"""Read one message in the light of the conversation: intent, need, references, emotion.

For answering, the `ask` command and the API. No database and no model of its own: ``predict`` asks
a trained head where there is one. It never raises, whatever is typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.understanding.altering import of_a_set
from assistant.understanding.asides import asks_to_be_told
from assistant.understanding.called.asking import MISHEARD, OF_ONE, asked_of_the_named
from assistant.understanding.called.things import Called, Lookup
from assistant.understanding.called.things import nobody as nothing_sold
from assistant.understanding.contents import asked_inside
from assistant.understanding.deciding import Decision, decide
from assistant.understanding.feeling import emotion_of
from assistant.understanding.following import follow
from assistant.understanding.intents.rules import guess
from assistant.understanding.irony import earnest
from assistant.understanding.languages import ZH, spoken
from assistant.understanding.mentioning import asked_attribute_of, order_number_of, quantity_of
from assistant.understanding.narrowing import (
    counted_anew,
    narrows_at_last,
    people_in,
    refused_of,
    with_what_is_talked_of,
)
from assistant.understanding.needing import understood
from assistant.understanding.reading import Reading
from assistant.understanding.referring import Referred, refer
from assistant.understanding.rehearing import OF_ORDERS, reheard
from assistant.understanding.several import several_in
from assistant.understanding.spelling import respelt
from assistant.understanding.unseen import clean
from assistant.understanding.wishing import Phrase, places, plainer, wishes_in
from catalog.search.understanding import Need, Vocabulary
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State
    from assistant.understanding.reading import Predictor

LONGEST = 2_000  # characters of a message that are read
_IN_ALL = re.compile(
    r"一共|总共|合计|加起来|总价|\b(?:in (?:all|total)|altogether|come to|total)\b"
)
# Kindness that says nothing of goods: 便宜点没关系.
_NO_MATTER = re.compile(
    r"(?<=[点些好行])(?:也|都)?没关系"
    r"|(?<=cheaper) overall\b|(?<=better) overall\b|(?<=best) overall\b|^overall[, ]",
    re.IGNORECASE,
)


def nobody(text: str) -> None:
    """Predict nothing: rules decide."""


def read(
    text: str,
    state: State,
    *,
    locale: str,
    vocabulary: Vocabulary,
    predict: Predictor = nobody,
    currency: str = "",
    feeling: float | None = None,
    lookup: Lookup = nothing_sold,
) -> Reading:
    """Read a message.

    ``predict``: message to (intent, chance), or None where no worker answers. ``currency`` (ISO
    4217) holds where the shopper names none. ``feeling``: a trained head's score, -1 to 1.
    ``lookup``: what is sold under a name. Cost: about 3 ms beside ``predict`` and ``lookup``.
    """
    written = clean(text)[:LONGEST]
    speech = spoken(earnest(_NO_MATTER.sub("", written)), locale=locale, before=state.language)
    money = currency or ("CNY" if speech.language == ZH else "USD")
    written_so = of_a_liking(understood(speech.text, state, vocabulary, locale, money), state)
    # What refuses all that was shown (不感兴趣) is no quality that goods could have.
    wishes = tuple(one for one in wishes_in(written_so) if guess(one.words) != "not_interested")
    said = plainer(written_so)
    heard = decide(respelt(speech.text), said, state, predict)
    decision = by_wishes(heard, speech.text, said, wishes, state)
    order, unsure = order_number_of(written), not heard.heard
    intent, confidence, abstained = decision.intent, decision.confidence, decision.abstained
    talked_of = state.focus or state.visible or state.page
    if talked_of and intent not in OF_ORDERS and asked_inside(speech.text):
        intent, confidence, abstained = "attribute", max(confidence, 0.6), False
        said, wishes = replace(said, slots=()), ()  # 里面有坚果吗 looks for no nuts
    if order and (abstained or intent not in OF_ORDERS):
        intent, confidence, abstained = "order_status", max(confidence, 0.7), False
    if intent == "bundle" and not abstained:
        said = several_in(said)
    referred = refer(speech.text, said, state, intent=intent, lookup=lookup)
    sure = decision.heard
    if other := asked_of_the_named(speech.text, said, state, intent, referred, heard=sure):
        intent, confidence, abstained = other, max(confidence, 0.6), False
    elif referred.called.found and intent in MISHEARD:
        referred = Referred()  # a kind is looked for that one thing is called by
    asked = asked_attribute_of(speech.text)
    if unsure and intent == "out_of_scope" and asked and (state.focus or state.visible):
        intent, confidence, abstained = "attribute", max(confidence, 0.6), False
    if one_to_describe(speech.text, referred, state, intent):
        intent, confidence, abstained = "attribute", max(confidence, 0.6), False
    if abstained and asked and (referred.skus or state.visible):
        intent, confidence, abstained = "attribute", max(confidence, 0.6), False
    if other := reheard(speech.text, said, state, intent, referred, heard=sure):
        intent, confidence, abstained = other, max(confidence, 0.6), False
    if intent == "exchange" and not state.owned and state.visible:
        intent, confidence, abstained = "refine", max(confidence, 0.6), False
    if narrows_at_last(speech.text, said, state, intent, heard=sure):
        intent, confidence, abstained = "refine", max(confidence, 0.6), False
    wishes = (*wishes, *counted_anew(speech.text, wishes, state, chinese=speech.language == ZH))
    of_set = of_a_set(speech.text, said, state, intent, chinese=speech.language == ZH)
    if of_set is not None:
        intent, confidence, abstained = of_set.intent, max(confidence, 0.6), False
        referred = Referred(of_set.skus, called=Called(amounts=of_set.amounts))
        wishes = of_set.wishes or wishes
    refused = refused_of(speech.text, referred, intent)
    referred = (
        Referred() if refused else with_what_is_talked_of(speech.text, referred, state, intent)
    )
    followed = of_set.followed if of_set else None
    followed = followed or follow(speech.text, said, state, intent=intent, referred=referred)
    return Reading(
        text=written,
        language=speech.language,
        intent=intent,
        confidence=round(confidence, 4),
        abstained=abstained,
        emotion=emotion_of(written if speech.text == written else speech.text,
                           intent=intent, feeling=feeling),
        need=followed.need(locale, speech.language),
        said=said,
        references=referred.skus,
        unresolved=referred.unresolved,
        order_number=order,
        quantity=quantity_of(speech.text) or said_before(speech.text, state),
        asked_attribute=asked,
        dropped=followed.dropped,
        held=followed.held,
        topic=followed.topic,
        wishes=wishes,
        amounts=referred.called.amounts,
        found=referred.called.found,
        unclear=referred.called.unclear,
        named=bool(referred.called.skus),
        called=referred.called.words,
        sought=referred.called.sought,
        change=of_set.change if of_set else None,
        people=people_in(wishes, state),
        refused=refused,
    )  # fmt: skip


def by_wishes(
    decision: Decision, text: str, said: Need, wishes: Sequence[Phrase], state: State
) -> Decision:
    """Decide what a message is for that tells whom with, what somebody likes, what it is not."""
    unsure = not decision.heard
    people = unsure and any(one.sort == "people" for one in wishes)
    if people and takes_along(decision, text):
        return Decision("refine" if state.slots or state.topic else "search", 0.7)
    liked = state.giving and any(one.sort == "likes" for one in wishes) and not said.slots
    if liked and decision.intent in ("praise", "small_talk"):
        return Decision("refine", 0.7)
    ruled_out = unsure and (liked or rules_out(wishes, said, state))
    if ruled_out and decision.intent in UNHEARD and not guess(text):
        return Decision("refine", 0.7)
    return decision


def takes_along(decision: Decision, text: str) -> bool:
    """Tell whether who comes along was mistaken for whom a present is for, or for talk."""
    return decision.intent in ("gift", "small_talk", "out_of_scope") and guess(text) != "gift"


def of_a_liking(said: Need, state: State) -> Need:
    """Leave out kinds that somebody likes, where a present of another kind is looked for."""
    if not state.giving or not any(one.slot.kind == "category" for one in state.slots):
        return said
    likes = [place for place, _whole in places("likes", fold(said.query))]
    kept = tuple(
        one for one in said.slots
        if one.kind != "category" or not any(a <= one.start and one.end <= b for a, b in likes)
    )  # fmt: skip
    return replace(said, slots=kept)


# What a message is taken for that only rules something out: "nothing that needs batteries".
UNHEARD = frozenset(("attribute", "suitability", "praise", "small_talk", "out_of_scope", "decline",
                     "not_interested", "compatibility"))  # fmt: skip


def rules_out(wishes: Sequence[Phrase], said: Need, state: State) -> bool:
    """Tell whether a message only says what it is not to be, of what is being looked for."""
    wanted = [one for one in said.slots if not one.negated]
    denied = any(one.negated for one in said.slots) or any(one.sort == "without" for one in wishes)
    return denied and not wanted and bool(state.slots or state.topic)


def one_to_describe(text: str, referred: Referred, state: State, intent: str) -> bool:
    """Tell whether one thing that was shown is to be described, whatever the words sound like."""
    one = len(referred.skus or state.focus) == 1 and not referred.unresolved
    return one and intent not in OF_ORDERS and asks_to_be_told(text) and guess(text) not in OF_ONE


def said_before(text: str, state: State) -> int | None:
    """Return how many pieces were said before, where a message asks what they come to in all."""
    return (state.quantity or None) if _IN_ALL.search(fold(text)) else None
