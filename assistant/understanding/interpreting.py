"""Read one message in the light of the conversation: intent, need, references, emotion.

For answering, the `ask` command and the API. No database and no model of its own: ``predict`` asks
a trained head where there is one. It never raises, whatever is typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.deciding import decide
from assistant.understanding.feeling import emotion_of
from assistant.understanding.following import budgeted, follow
from assistant.understanding.intents.rules import guess
from assistant.understanding.languages import ZH, spoken
from assistant.understanding.mentioning import asked_attribute_of, order_number_of, quantity_of
from assistant.understanding.reading import Reading
from assistant.understanding.referring import refer
from assistant.understanding.spelling import respelt
from assistant.understanding.unseen import clean
from catalog.search.understanding import Need, Vocabulary, understand

if TYPE_CHECKING:
    from assistant.state import State
    from assistant.understanding.reading import Predictor

# What a question about one that was named ("is the first one in stock?") is mistaken for.
LOOSE = frozenset({
    "search", "refine", "recommend", "more_like", "gift", "bundle", "out_of_scope", "small_talk",
    "greeting",
})  # fmt: skip
OF_ONE = frozenset({
    "attribute", "suitability", "sizing", "compatibility", "stock", "price", "reviews", "delivery",
    "promotion", "cart_add",
})  # fmt: skip
# Beside an order's number anything else is about that order.
OF_ORDERS = frozenset({
    "order_status", "change_address", "cancel", "return", "exchange", "refund", "invoice",
    "complaint", "human", "praise", "thanks", "confirm", "decline",
})  # fmt: skip
LONGEST = 2_000  # characters of a message that are read
_AMOUNT = re.compile(
    r"\s*[¥$￥]?\s*\d{1,6}(?:\.\d{1,2})?\s*(?:元|块|左右|吧|以内|or so|max|bucks)?\s*[.。!]?"
)
# Kindness that says nothing of goods: 便宜点没关系.
_NO_MATTER = re.compile(r"(?<=[点些好行])(?:也|都)?没关系")
_SIZE = re.compile(r"\s*\d{2,3}(?:\.5)?\s*[.。!]?")


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
) -> Reading:
    """Read a message.

    ``predict``: message to (intent, chance), or None where no worker answers. ``currency`` (ISO
    4217) holds where the shopper names none. ``feeling``: a trained head's score, -1 to 1. Cost:
    about 3 ms beside ``predict``.
    """
    written = clean(text)[:LONGEST]
    speech = spoken(_NO_MATTER.sub("", written), locale=locale, before=state.language)
    money = currency or ("CNY" if speech.language == ZH else "USD")
    said = _understood(speech.text, state, vocabulary, locale, money)
    decision = decide(respelt(speech.text), said, state, predict)
    order = order_number_of(written)
    intent, confidence, abstained = decision.intent, decision.confidence, decision.abstained
    if order and (abstained or intent not in OF_ORDERS):
        intent, confidence, abstained = "order_status", max(confidence, 0.7), False
    referred = refer(speech.text, said, state)
    asked = asked_attribute_of(speech.text)
    if (
        referred.skus
        and not referred.same
        and intent in LOOSE
        and (ruled := guess(speech.text)) in OF_ONE
    ):
        intent, confidence, abstained = str(ruled), max(confidence, 0.6), False
    if abstained and asked and referred.skus:
        intent, confidence, abstained = "attribute", max(confidence, 0.6), False
    followed = follow(speech.text, said, state, intent=intent, referred=referred)
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
        quantity=quantity_of(speech.text),
        asked_attribute=asked,
        dropped=followed.dropped,
        held=followed.held,
        topic=followed.topic,
    )  # fmt: skip


def _understood(
    text: str, state: State, vocabulary: Vocabulary, locale: str, currency: str
) -> Need:
    """Understand a message; a bare number is what was asked for."""
    asked = state.pending.kind if state.pending else ""
    if asked in ("price", "budget") and _AMOUNT.fullmatch(text):
        text = (
            f"预算{text.strip()}" if re.search("[元块左吧以]", text) else f"budget {text.strip()}"
        )
    elif asked == "size" and _SIZE.fullmatch(text):
        text = f"size {text.strip()}"
    return understand(budgeted(text), vocabulary=vocabulary, locale=locale, currency=currency)
