"""Handed-over conversations as the shop's people see them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from assistant.handing_over import REASONS
from assistant.models import Conversation
from shopguide.accounts.models import Merchant


def row(conversation: Conversation, merchant: Merchant) -> dict[str, Any]:
    """Return one line of the inbox."""
    seen = conversation.seen_at
    return {
        "title": conversation.title or str(conversation.pk)[:8],
        "url": reverse("merchant_chat", args=[merchant.slug, conversation.pk]),
        "reason": REASONS.get(conversation.reason, conversation.reason),
        "said_at": conversation.said_at,
        "unread": conversation.with_people and (seen is None or conversation.said_at > seen),
        "who": str(conversation.assigned_to or ""),
        "state": conversation.get_handling_display(),
        "stars": conversation.stars,
        "labels": [one.name for one in conversation.labels.all()],
    }


def chat_page(conversation: Conversation, merchant: Merchant) -> dict[str, Any]:
    """Return the head of a conversation."""
    asleep = conversation.snoozed_until
    return {
        **row(conversation, merchant),
        "conversation": conversation,
        "open": conversation.with_people,
        "summary": conversation.summary,
        "handed_at": conversation.handed_at,
        "snoozed_until": asleep if asleep and asleep > timezone.now() else None,
    }
