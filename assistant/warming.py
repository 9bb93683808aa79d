"""Make a chat worker ready before somebody asks: the market read, words and rules in memory."""

from __future__ import annotations

from assistant.state import State
from assistant.understanding import nobody, read
from catalog.search.market import market

SAID = ("我想买一条裤子", "a comfortable t-shirt under 30 dollars")


def warm_up() -> None:
    """Read the market and one message of each language."""
    vocabulary = market().vocabulary
    for text in SAID:
        read(text, State(), locale="en", vocabulary=vocabulary, predict=nobody)
