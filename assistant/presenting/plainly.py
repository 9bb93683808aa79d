"""An answer for machines: what `manage.py ask` prints and the API sends."""

from __future__ import annotations

from typing import Any

from assistant.models import Message
from assistant.state import State

# How a job's state is called of an answer.
LIVES = {"queued": "queued", "running": "answering", "done": "done", "cancelled": "stopped",
         "failed": "failed"}  # fmt: skip


def as_json(message: Message) -> dict[str, Any]:
    """Return an answer and the state it leads to."""
    conversation = message.conversation
    state = State.from_json(message.after)
    return {
        "conversation": str(conversation.pk),
        "answer": message.text,
        "language": message.language,
        "intent": message.intent,
        "state": {
            **state.as_json(),
            "chips": [
                {"index": one.index, "kind": one.kind, "label": one.label}
                for one in state.chips(message.language or conversation.language)
            ],
        },
        "products": [one["sku"] for one in message.products],
        "citations": message.citations,
        "claims": message.claims,
        "actions": message.actions,
        "handoff": handoff_of(message),
        "writer": message.writer,
    }


def handoff_of(message: Message) -> dict[str, Any] | None:
    """Return to whom the answer handed over and why, None where it did not."""
    conversation = message.conversation
    if message.act != "hand_over" or conversation.merchant is None:
        return None
    return {
        "merchant": conversation.merchant.slug,
        "reason": conversation.reason,
        "summary": conversation.summary,
    }
