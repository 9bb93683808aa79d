"""Readings as tools get them, with the intent given."""

from assistant.understanding import Reading
from assistant.understanding.mentioning import order_number_of, quantity_of
from catalog.search.market import market
from catalog.search.understanding import understand
from catalog.text import fold


def reading_of(text: str, intent: str, language: str = "en", emotion: str = "calm") -> Reading:
    """Return a message as read, with this intent."""
    currency = "CNY" if language == "zh-hans" else "USD"
    need = understand(text, vocabulary=market().vocabulary, locale=language, currency=currency)
    return Reading(
        text, language, intent, 1.0, False, emotion, need, need,  # type: ignore[arg-type]
        order_number=order_number_of(text), quantity=quantity_of(fold(text)),
    )  # fmt: skip
