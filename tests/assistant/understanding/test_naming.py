"""The name of a thing is told from talk about one; slips of the finger are mended."""

import pytest

from assistant.state import State
from assistant.understanding import read
from assistant.understanding.spelling import respelt
from catalog.search.understanding import Vocabulary

WORDS = Vocabulary.from_lexicon()


def heard(text: str, intent: str, confidence: float = 0.5) -> str:
    """Return what a message is read as that a head takes for ``intent``."""
    return read(
        text, State(), locale="en", vocabulary=WORDS, predict=lambda _text: (intent, confidence)
    ).intent


@pytest.mark.parametrize(
    ("text", "sounds", "intent"),
    [
        ("毛巾", "attribute", "search"),
        ("leather handbag", "attribute", "search"),
        ("a knife that stays sharp", "praise", "search"),
        ("充电宝 飞机能带的", "compatibility", "search"),
        ("cancel my order", "cancel", "cancel"),
        ("耳机加充电宝，预算600", "search", "bundle"),
        ("现在下单什么时候发", "cart_add", "delivery"),
        ("is this towel soft?", "attribute", "attribute"),
        ("I love this towel", "praise", "praise"),
        ("return my shoes", "return", "return"),
        ("毛巾多少钱", "price", "price"),
    ],
)
def test_grammar_corrects_the_ear(text: str, sounds: str, intent: str) -> None:
    assert heard(text, sounds) == intent


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("whre is my odrer", "where is my order"),
        ("CANCEL MY ORDER", "cancel my order"),
        ("please recomend something", "please recommend something"),
        ("Aurora headphones", "Aurora headphones"),
        ("耳机", "耳机"),
        ("", ""),
        ("XL", "XL"),
    ],
)
def test_slips_are_mended_and_names_stay(text: str, right: str) -> None:
    assert respelt(text) == right
