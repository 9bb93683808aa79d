"""Conversations for apps: saying something, answers as they are written, or by waiting for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.http import Http404
from rest_framework.exceptions import Throttled, ValidationError

from assistant import asking, handing_over
from assistant.api.shapes import (
    AfterQuery,
    ChipIn,
    ConversationOut,
    ConversationsOut,
    JudgeIn,
    MessageOut,
    MessagesOut,
    SaidOut,
    SayIn,
    WordsQuery,
)
from assistant.models import Conversation, Message
from assistant.presenting.plainly import LIVES
from assistant.state import State
from assistant.streaming import Teller
from assistant.tasks import ring
from assistant.views._own import allowed, begun, own, own_message, recent
from assistant.views.asking import spoken
from assistant.views.streams import streamed
from catalog.models import Product
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.accounts.tenancy import as_shopper
from shopguide.rest.operations import Asked, operation

TAG = "Assistant"
LOOK_S = 0.25
T = TypeVar("T")


def conversation_shown(one: Conversation) -> dict[str, Any]:
    """Return a conversation."""
    chips = State.from_json(one.state).chips(one.language)
    return {
        "id": str(one.pk),
        "title": one.title,
        "language": one.language,
        "handling": one.handling,
        "merchant": one.merchant.slug if one.merchant else None,
        "chips": [{"index": c.index, "kind": c.kind, "label": c.label} for c in chips],
        "said_at": one.said_at,
    }


def message_shown(one: Message) -> dict[str, Any]:
    """Return a message."""
    return {
        "id": one.pk,
        "voice": one.voice,
        "state": LIVES[one.state],
        "text": one.text,
        "language": one.language,
        "intent": one.intent,
        "products": [
            {"merchant": p["merchant"], "sku": p["sku"], "variant": p.get("variant"),
             "reason": p.get("reason", "")}
            for p in one.products
        ],
        "citations": [
            {"title": c["title"], "url": c.get("url") or "", "text": c.get("text", "")}
            for c in one.citations
        ],
        "actions": [{"kind": a["kind"], "text": a.get("text", "")} for a in one.actions],
        "writer": one.writer,
        "at": one.created_at,
    }  # fmt: skip


@operation("conversations", tag=TAG, answer=ConversationsOut)
def conversations(request: Asked) -> dict[str, Any]:
    """List one's conversations."""
    found = recent(shopper_of(request._request))
    return {"items": [conversation_shown(one) for one in found]}


@operation("conversation_begin", tag=TAG, body=SayIn, answer=SaidOut, status=201)
def conversation_begin(request: Asked) -> dict[str, Any]:
    """Begin a conversation with what is said."""
    return said(request, None)


@operation("conversation", tag=TAG, answer=ConversationOut)
def conversation(request: Asked, number: UUID) -> dict[str, Any]:
    """Return a conversation with what is wanted in it."""
    return conversation_shown(own(request._request, number))


@operation("messages", tag=TAG, query=AfterQuery, answer=MessagesOut)
def messages(request: Asked, number: UUID) -> dict[str, Any]:
    """List the messages after one; wait for them where there are none yet."""
    found = own(request._request, number)

    def look() -> list[Message]:
        with as_shopper(found.shopper_id):
            rows = found.messages.visible().filter(pk__gt=request.asked["after"])
            return list(rows.select_related("by"))

    rows = waited(look, bool, request.asked["wait"])
    return {"items": [message_shown(one) for one in rows]}


@operation("message_say", tag=TAG, body=SayIn, answer=SaidOut, status=201)
def message_say(request: Asked, number: UUID) -> dict[str, Any]:
    """Say something more; an answer that has not ended is given up for the new one."""
    return said(request, own(request._request, number))


@operation("message", tag=TAG, query=WordsQuery, answer=MessageOut)
def message(request: Asked, number: UUID, pk: int) -> dict[str, Any]:
    """Return a message as it stands, or wait until it says more than is known."""
    found = own_message(request._request, number, pk)
    known = request.asked["known"]

    def look() -> Message:
        with as_shopper(found.conversation.shopper_id):
            found.refresh_from_db()
        return found

    return message_shown(
        waited(look, lambda one: one.over or len(one.text) > known, request.asked["wait"])
    )


@operation("message_events", tag=TAG, answer=None, sparse=False, media="text/event-stream")
def message_events(request: Asked, number: UUID, pk: int) -> Any:
    """Stream an answer's words as events, from `Last-Event-ID` on."""
    return streamed(request._request, own_message(request._request, number, pk))


@operation("message_stop", tag=TAG, answer=MessageOut)
def message_stop(request: Asked, number: UUID, pk: int) -> dict[str, Any]:
    """Stop an answer where it is; one that has ended stays as it is."""
    found = own_message(request._request, number, pk)
    with as_shopper(found.conversation.shopper_id):
        if found.stop():
            Teller(found.pk, found.attempts)("", at=len(found.text), over=True)
        found.refresh_from_db()
    return message_shown(found)


@operation("message_judge", tag=TAG, body=JudgeIn, answer=None)
def message_judge(request: Asked, number: UUID, pk: int) -> None:
    """Say whether an answer helped."""
    found = own_message(request._request, number, pk)
    with as_shopper(found.conversation.shopper_id):
        rows = Message.objects.filter(pk=found.pk, voice="assistant", state="done")
        rows.update(thumb=request.sent["thumb"], thumb_reason=request.sent["reason"])


@operation("chip_remove", tag=TAG, answer=SaidOut)
def chip_remove(request: Asked, number: UUID, pk: int) -> dict[str, Any]:
    """Take back what is wanted, by its index, and search again without it."""
    found = own(request._request, number)
    answer = asking.drop(found, index=pk)
    if answer is None:
        raise Http404
    ring(answer.pk)
    return answered(found, answer)


@operation("chip_edit", tag=TAG, body=ChipIn, answer=SaidOut)
def chip_edit(request: Asked, number: UUID, pk: int) -> dict[str, Any]:
    """Put other words in the place of what is wanted, and search again with them."""
    found = own(request._request, number)
    try:
        answer = asking.edit(found, pk, request.sent["text"])
    except IndexError as error:
        raise Http404 from error
    if answer is None:
        raise ValidationError({"text": ["Nothing of this was understood."]})
    ring(answer.pk)
    return answered(found, answer)


@operation("conversation_back", tag=TAG, answer=ConversationOut)
def conversation_back(request: Asked, number: UUID) -> dict[str, Any]:
    """Go on with the assistant instead of a person."""
    found = own(request._request, number)
    with as_shopper(found.shopper_id):
        handing_over.take_back(found)
        found.refresh_from_db()
    return conversation_shown(found)


def said(request: Asked, found: Conversation | None) -> dict[str, Any]:
    """Write what was said, and ring for the answer."""
    sent, shopper = request.sent, shopper_for(request._request)
    text = sent["text"].strip() or spoken(sent["choice"])
    if not text:
        raise ValidationError({"text": ["Say something."]})
    if not allowed(request._request, shopper):
        raise Throttled(60)
    found = found or begun(request._request, shopper)
    answer = asking.say(found, text, place=place_in(sent), choice=sent["choice"])
    if answer is not None:
        ring(answer.pk)
    return answered(found, answer)


def place_in(sent: dict[str, Any]) -> dict[str, Any] | None:
    """Return the product page that it was said on, None for none."""
    if "merchant" not in sent or "sku" not in sent:
        return None
    rows = Product.objects.live().filter(merchant__slug=sent["merchant"], sku=sent["sku"])
    found = rows.filter(merchant__suspended_at=None).first()
    return {"product": found.pk, "merchant": found.merchant_id} if found else None


def answered(found: Conversation, answer: Message | None) -> dict[str, Any]:
    """Return a conversation as it stands, and the answer to come."""
    with as_shopper(found.shopper_id):
        now = Conversation.objects.select_related("merchant").get(pk=found.pk)
    return {
        "conversation": conversation_shown(now),
        "answer": message_shown(answer) if answer else None,
    }


def waited(look: Callable[[], T], enough: Callable[[T], bool], wait_s: float) -> T:
    """Look until there is enough or the time is over; no connection is held meanwhile."""
    deadline = time.monotonic() + wait_s
    found = look()
    while not enough(found) and time.monotonic() < deadline:
        if not connection.in_atomic_block:
            connection.close()
        time.sleep(LOOK_S)
        found = look()
    return found
