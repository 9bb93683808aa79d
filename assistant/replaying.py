"""Make a given answer again from what was kept of it, and tell what is different now.

For the ``replay_answer`` command and for whoever must explain an answer. The dialogue is taken back
to where it stood, the same words are asked with the same reading, and everything is rolled back:
nothing stays. Facts are those of today, so a difference shows what has changed since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import transaction

from assistant.answering import Minds, Thought, answer
from assistant.models import Conversation, Message
from assistant.understanding.placing import Placed
from assistant.understanding.sited import heard_as
from shopguide.accounts.tenancy import as_everyone, as_shopper

COMPARED = ("intent", "emotion", "act", "language", "text", "writer")


class NoSuchAnswer(ValueError):
    """There is no ended answer of that number; the message says so."""


@dataclass(frozen=True)
class Replayed:
    """An answer as it was given, as it would be given now, and the fields that differ."""

    given: Mapping[str, Any]
    again: Mapping[str, Any]

    @property
    def differs(self) -> list[str]:
        """Return the names of what is not the same."""
        parts = (*COMPARED, "plan", "products", "passages", "versions")
        return [name for name in parts if self.given[name] != self.again[name]]

    def as_json(self) -> dict[str, Any]:
        """Return both, and what differs."""
        return {"given": self.given, "again": self.again, "differs": self.differs}


def replay(number: int, minds: Minds) -> Replayed:
    """Answer again what message ``number`` answered. Errors: NoSuchAnswer. Nothing is kept."""
    with as_everyone():
        rows = Message.objects.filter(voice="assistant", state="done")
        given = rows.select_related("conversation").filter(pk=number).first()
    if given is None or not given.trace:
        raise NoSuchAnswer(f"No answer {number} was given here. Numbers are those of messages.")
    told = told_of(given)
    with transaction.atomic():
        again = told_of(answered_again(given, remembering(given, minds)))
        transaction.set_rollback(True)
    return Replayed(told, again)


def answered_again(given: Message, minds: Minds) -> Message:
    """Take the dialogue back to before an answer and have it answered. To be rolled back."""
    conversation, question = given.conversation, str(given.trace.get("question", ""))
    with as_shopper(conversation.shopper_id):
        earlier = conversation.messages.filter(pk__lt=given.pk).exclude(voice="shopper")
        after = earlier.order_by("-pk").values_list("pk", flat=True).first() or 0
        conversation.messages.filter(pk__gt=after).delete()
        Conversation.objects.filter(pk=conversation.pk).update(
            state=given.before, handling="assistant", page=given.trace.get("page") or {}
        )
        conversation.refresh_from_db()
        made = conversation.ask(question)
    if made is None:
        raise NoSuchAnswer("A person answers this conversation.")
    if forced := given.trace.get("forced"):
        Message.objects.filter(pk=made.pk).update(trace={"forced": forced})
    with as_everyone():
        claimed = Message.objects.select_related("conversation__shopper__user").claim(made.pk)
    if claimed is None:
        raise NoSuchAnswer("Another worker answers this conversation.")
    answer(claimed, minds)
    with as_shopper(conversation.shopper_id):
        return Message.objects.select_related("conversation").get(pk=made.pk)


def remembering(given: Message, minds: Minds) -> Minds:
    """Return minds that read the words as they were read then; vectors are made anew."""
    kept = given.trace.get("thoughts") or {}

    def think(texts: Sequence[str], where: Placed | None = None) -> Thought:
        found = minds.think(texts, where)
        read = kept.get(texts[0]) if texts else None
        if not read:
            return found
        return replace(
            found, intent=str(read.get("intent", "")), feeling=read.get("feeling"),
            probability=float(read.get("probability", 0.0)), model=str(read.get("model", "")),
            site=heard_as(read.get("site")),
        )  # fmt: skip

    return replace(minds, think=think)


def told_of(message: Message) -> dict[str, Any]:
    """Return what made an answer: its inputs, versions, passages and claims."""
    trace, facts = message.trace, message.trace.get("facts") or {}
    return {
        **{name: getattr(message, name) for name in COMPARED},
        "question": trace.get("question", ""),
        "page": trace.get("page") or {},
        "before": message.before,
        "move": trace.get("move") or {},
        "plan": message.plan,
        "products": [one["sku"] for one in message.products],
        "passages": facts.get("passages") or [],
        "claims": message.claims,
        "versions": {
            "recipe": trace.get("version", ""),
            "encoder": trace.get("encoder", ""),
            "intents": next((one["model"] for one in (trace.get("thoughts") or {}).values()), ""),
        },
        "configured_encoder": settings.ENCODER_ID,
    }
