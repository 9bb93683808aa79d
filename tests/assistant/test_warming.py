"""What workers load before the first shopper writes."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from assistant import tasks
from shopguide.embedded.product import WARMED
from shopguide.embedded.working import WARM


def test_what_is_warmed_is_there() -> None:
    """Each queue that a person waits for names a function."""
    for env in WARMED.values():
        module, _, function = env[WARM].partition(":")
        assert callable(getattr(import_module(module), function))


def test_a_message_of_each_language_is_read_at_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the encoder and the heads of both languages and of places are in memory."""
    heard: list[tuple[list[str], dict[str, Any] | None]] = []
    monkeypatch.setattr(
        tasks.read_message, "run", lambda texts, where: heard.append((texts, where))
    )
    tasks.warm_reading()
    texts = [text for said, _where in heard for text in said]
    assert any(text.isascii() for text in texts)
    assert any(not text.isascii() for text in texts)
    assert all(where and "place" in where for _said, where in heard)
