"""What may come in: benign words pass, harm and orders to the machine do not."""

import tomllib
from pathlib import Path

import pytest

from assistant.safety import clean, screen

HERE = Path(__file__).parent
HARMLESS = [line for line in (HERE / "harmless.txt").read_text("utf-8").splitlines() if line]
HARMFUL = tomllib.loads((HERE / "harmful.toml").read_text("utf-8"))["rules"]


def test_harmless_messages_with_trigger_words_pass() -> None:
    refused = [line for line in HARMLESS if not screen(line).ok]
    assert len(HARMLESS) >= 200 and len(refused) <= 0.02 * len(HARMLESS), refused


@pytest.mark.parametrize("rule", HARMFUL)
def test_the_rule_says_no(rule: str) -> None:
    assert {text: screen(text).rule for text in HARMFUL[rule]} == dict.fromkeys(HARMFUL[rule], rule)
    topics = {screen(text).topic for text in HARMFUL[rule]}
    assert topics <= {"harm", "self_harm", "privacy", "instructions"} and len(topics) == 1


def test_invisible_characters_go() -> None:
    assert clean("re\u200bd\u202e sh\u00adoes\U000e0041\ue000 ") == "red shoes"
    assert clean("红\ufeff色\u2060裙子") == "红色裙子"
