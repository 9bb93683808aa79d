"""Say something to the assistant: what a shopper types, clicks, or takes back.

For pages and the API. Each verb writes its rows in one transaction; whoever calls rings the worker
for the answer it returns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from assistant.amending import amended
from assistant.handing_over import hand_over, summary_of, take_back
from assistant.models import Conversation, Handling, Message
from assistant.safety import clean
from assistant.state import State
from catalog.search.market import market
from catalog.text import fold
from profiles.noting import note_said
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_shopper

# What a button may ask for besides words.
CHOICES = ("confirm", "decline", "hand_over")


# Nobody has answered yet, and nobody is waited for any more.
NO_PERSON = re.compile(
    r"不(?:用)?转(?:人工)?了|不(?:用|要|需要)(?:转)?人工|别转了|不等了|(?:还是)?(?:你|机器人)(?:直接)?(?:来|告诉|回答)"
    r"|\b(?:never ?mind|forget|don't need|no need for|rather not wait for) (?:the |a )?"
    r"(?:person|human|agent|people)\b|\bback to (?:the )?(?:bot|assistant|you|ai)\b"
    r"|\byou (?:can )?(?:just )?(?:answer|tell me) (?:it|instead|yourself)\b"
)


def say(
    conversation: Conversation, text: str, *, place: dict[str, Any] | None = None, choice: str = ""
) -> Message | None:
    """Say something; the answer to come, None where a person answers."""
    if not choice and NO_PERSON.search(fold(text)):
        with as_shopper(conversation.shopper_id):
            waiting = Conversation.objects.filter(pk=conversation.pk, handling=Handling.WAITING)
            if waiting.exists():
                take_back(conversation)
    with as_shopper(conversation.shopper_id):
        message = conversation.ask(clean(text), page=place)
        if message is not None and choice in CHOICES:
            message.trace = {"forced": choice}
            message.save(update_fields=["trace"])
    if text and not choice and (product := (conversation.page or {}).get("product")):
        note_said(conversation.shopper, product, text)
    return message


def drop(
    conversation: Conversation, kinds: Sequence[str] = (), *, index: int | None = None
) -> Message | None:
    """Take back what is wanted, by kind or by its chip, and search again without it."""
    with as_shopper(conversation.shopper_id):
        held = Conversation.objects.select_for_update().get(pk=conversation.pk)
        state = State.from_json(held.state)
        labels = {chip.index: chip for chip in state.chips(held.language)}
        gone = [one for one in labels.values() if one.kind in kinds or one.index == index]
        if not gone:
            return None
        for chip in sorted(gone, key=lambda one: -one.index):
            state = state.without(chip.index)
        held.state = state.as_json()
        held.save(update_fields=["state"])
        names = " / ".join(one.label for one in gone)
        message = held.ask(_("Without “%(name)s”") % {"name": names})
        if message is not None:
            message.trace = {"forced": "find"}
            message.save(update_fields=["trace"])
    return message


def edit(conversation: Conversation, index: int, text: str) -> Message | None:
    """Put other words in a chip's place and search again; None where they say nothing.

    Error: IndexError if there is no such chip.
    """
    shop = conversation.page.get("shop")
    scope = market(int(shop)) if shop in market().shops else market()
    with as_shopper(conversation.shopper_id):
        held = Conversation.objects.select_for_update().get(pk=conversation.pk)
        state = State.from_json(held.state)
        names = {chip.index: chip.label for chip in state.chips(held.language)}
        if index not in names:
            raise IndexError(index)
        changed = amended(
            state, index, clean(text), locale=held.language, vocabulary=scope.vocabulary,
            currency=held.currency or settings.CURRENCY_OF_LANGUAGE[held.language],
        )  # fmt: skip
        if changed is None:
            return None
        held.state = changed.as_json()
        held.save(update_fields=["state"])
        said = _("“%(new)s” instead of “%(old)s”") % {"new": clean(text), "old": names[index]}
        message = held.ask(said)
        if message is not None:
            message.trace = {"forced": "find"}
            message.save(update_fields=["trace"])
    return message


def go_to(conversation: Conversation, merchant: Merchant) -> bool:
    """Hand the conversation over to the shop that the shopper chose."""
    with as_shopper(conversation.shopper_id):
        rows = conversation.messages.filter(voice="shopper").order_by("-pk")
        said = [*rows.values_list("text", flat=True)[:3]][::-1]
        state = State.from_json(conversation.state)
        summary = summary_of(said, state, conversation.language)
        return hand_over(conversation, merchant, reason="asked", summary=summary)
