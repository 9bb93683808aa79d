"""What is kept of an answer: its words, what they lean on, and how it came about.

For answering. Everything is plain JSON, so that an answer can be understood and made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings

from assistant.handing_over import summary_of
from assistant.models import Conversation
from assistant.planning import Move
from assistant.turns import Reply, Turn
from catalog.models import Product

if TYPE_CHECKING:
    from assistant.answering import Job, Said

VERSION = "1"


def fields_of(job: Job, turn: Turn, move: Move, reply: Reply, said: Said) -> dict[str, Any]:
    """Return everything that is kept of an answer."""
    actions = [dict(one) for one in reply.actions]
    if reply.confirmation:
        asked = {"kind": "confirm", "confirmation": reply.confirmation.as_json()}
        actions.append({**asked, "text": reply.confirmation.says})
    return {
        "text": said.text,
        "language": turn.language,
        "intent": turn.reading.intent,
        "emotion": turn.reading.emotion,
        "act": reply.plans[0].act if reply.plans else "",
        "plan": [{"act": one.act, "facts": plain(one.facts)} for one in reply.plans],
        "claims": said.claims,
        "citations": [dict(one) for one in reply.citations],
        "products": [one.kept() for one in reply.picks] or named(turn, reply),
        "actions": actions,
        "before": job.before.as_json(),
        "after": reply.state.as_json(),
        "trace": trace_of(job, turn, move, reply, said),
        "writer": job.minds.writer.name,
    }


def named(turn: Turn, reply: Reply) -> list[dict[str, object]]:
    """Return the products an answer is about, where it offers none."""
    rows = Product.objects.live().filter(pk__in=reply.products).select_related("merchant")
    found = {one.pk: one for one in rows}
    return [
        {"product": pk, "sku": found[pk].sku, "merchant": found[pk].merchant.slug, "reason": "",
         "variant": None}
        for pk in reply.products if pk in found
    ]  # fmt: skip


def trace_of(job: Job, turn: Turn, move: Move, reply: Reply, said: Said) -> dict[str, Any]:
    """Return what is needed to understand and to repeat this answer."""
    reading = turn.reading
    return {
        "version": VERSION,
        "forced": job.message.trace.get("forced", ""),
        "question": job.question,
        "page": job.conversation.page,
        "locale": job.conversation.language,
        "confidence": round(reading.confidence, 4),
        "thoughts": thoughts_of(job),
        "abstained": reading.abstained,
        "references": list(reading.references),
        "amounts": dict(reading.amounts),
        "quantity": reading.quantity,
        "move": {"kind": move.kind, "why": move.why, "about": move.about, "skus": list(move.skus)},
        "encoder": settings.ENCODER_ID if turn.vector is not None else "",
        "dropped": said.dropped,
        "times_ms": job.times,
        "facts": plain(dict(reply.trace)),
    }


def thoughts_of(job: Job) -> dict[str, dict[str, Any]]:
    """Return what models made of each ask of the message; nothing where nobody thought."""
    return {
        ask: {
            "intent": thought.intent,
            "probability": round(thought.probability, 6),
            "model": thought.model,
            "feeling": thought.feeling,
            "site": thought.site,
        }
        for ask, thought in job.thoughts.items()
        if thought.intent
    }


def summary(held: Conversation, turn: Turn) -> str:
    """Return what the shop's people read first."""
    said = held.messages.filter(voice="shopper").order_by("-pk").values_list("text", flat=True)
    return summary_of([*said[:3]][::-1], turn.state, turn.language)


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
