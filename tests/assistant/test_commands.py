"""`manage.py ask`: a question, and another in the same conversation."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assistant.answering import thoughtless
from assistant.management.commands.ask import Command
from tests.people import People


def asked(text: str, **options: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("ask", text, json=True, stdout=out, stderr=StringIO(), **options)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_it_goes_on_with_a_conversation(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Command, "_thinker", lambda _self: thoughtless)
    first = asked("a t-shirt", locale="en")
    again = asked("not interested", conversation=first["conversation"])
    assert again["conversation"] == first["conversation"]
    assert first["products"] and not {*first["products"]} & {*again["products"]}
    for nobody in ("3b9f1f52-7a51-4d0e-9a2c-5f3f8f1f0a11", "x"):
        with pytest.raises(CommandError, match="no conversation"):
            asked("hello", conversation=nobody)
