"""A conversation as its page shows it: bubbles, cards in place of the lines they stand for, chips.

Prices and stock on cards are read when they are shown, whatever the words said at their time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistant.models import Conversation, Handling, Message, Thumb, Voice
from assistant.state import State
from catalog.presenting.cards import card_of
from catalog.presenting.naming import html_lang, reader
from catalog.search.featuring import hits_of
from catalog.search.market import market
from catalog.search.offering import Hit

OFFERING = frozenset(("search_results", "other_results", "recommend", "at_the_edge"))
ITEM = "- "
WRITERS = {"realiser": gettext_lazy("by rules, from the shop's own facts")}
# Why the answer is of this kind, in words; what is not here is not worth telling.
WHYS = {
    "find": gettext_lazy("You described what you want, so the shop's search was asked."),
    "others": gettext_lazy("You did not want what was shown, so it was put aside."),
    "like": gettext_lazy("You wanted more of the kind, so similar products were looked up."),
    "recommend": gettext_lazy("You left the choice to the shop, so what buyers like came first."),
    "compare": gettext_lazy("Every cell of the comparison is what the shops state now."),
    "product": gettext_lazy("The product's own data was looked up."),
    "order": gettext_lazy("Your own orders were looked up, and the shop's rules for them."),
    "know": gettext_lazy("The shop's own pages were searched for an answer."),
    "promotion": gettext_lazy("The shop's coupons and prices were looked up."),
    "bundle": gettext_lazy("Sets were put together so that the sum stays within your budget."),
    "clarify": gettext_lazy("What you want was not clear enough to look for it."),
    "refuse": gettext_lazy("A rule keeps the assistant from this subject."),
    "hand_over": gettext_lazy("You asked for a person, or were not helped well."),
    "complain": gettext_lazy("You were dissatisfied, so making amends comes before selling."),
}


def page_of(
    conversation: Conversation, messages: Sequence[Message], currency: str
) -> dict[str, Any]:
    """Return everything that the conversation's templates show. One query for the cards."""
    hits = hits_for(messages, currency)
    shown = [bubble(one, hits, latest=one is messages[-1]) for one in messages]
    return {
        "conversation": conversation,
        "messages": shown,
        "last": messages[-1].pk if messages else 0,
        "waits": any(one["pending"] for one in shown),
        "chips": chips_of(conversation),
        "with_people": conversation.with_people,
        "waiting": conversation.handling == Handling.WAITING,
        "resolved": conversation.handling == Handling.RESOLVED,
        "shop": conversation.merchant.name if conversation.merchant else "",
    }


def hits_for(messages: Sequence[Message], currency: str) -> dict[int, Hit]:
    """Return the products of messages as they stand now. One query, or none."""
    ids = [int(one["product"]) for message in messages for one in message.products]
    return hits_of(ids, market().currency(currency)) if ids else {}


def bubble(message: Message, hits: Mapping[int, Hit], *, latest: bool = True) -> dict[str, Any]:
    """Return one message; what can be clicked next only where it is the ``latest``."""
    assistant = message.voice == Voice.ASSISTANT
    pending = assistant and not message.over
    return {
        "pk": message.pk,
        "voice": message.voice,
        "pending": pending,
        "stopped": message.state == "cancelled",
        "failed": message.state == "failed",
        "text": message.text,
        "lang": html_lang(message.language),
        "parts": parts_of(message, cards_in(message, hits)) if not pending else [],
        "table": table_of(message),
        "citations": message.citations,
        "why": why_of(message) if assistant and not pending else {},
        "actions": [one for one in message.actions if latest and one.get("kind") == "confirm"],
        "suggestions": suggestions_of(message) if latest else [],
        "thumb": message.thumb,
        "rateable": assistant and message.state == "done",
        "up": Thumb.UP,
        "down": Thumb.DOWN,
        "by": message.by.first_name or _("The shop") if message.by else "",
        "at": message.created_at,
    }


def cards_in(message: Message, hits: Mapping[int, Hit]) -> list[dict[str, Any]]:
    """Return the cards of a message; what is no longer sold has none."""
    found = []
    for one in message.products:
        hit = hits.get(int(one["product"]))
        if hit is not None:
            found.append({**card_of(hit), "reason": one.get("reason", ""), "sku": hit.sku})
    return found


def parts_of(message: Message, cards: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a text as paragraphs and lists; lines that offer products become cards."""
    parts: list[dict[str, Any]] = []
    tabled, skipped = bool(table_of(message)), False  # its first list is what the table shows
    offering = message.act in OFFERING and bool(cards)
    for line in message.text.split("\n"):
        item = line.startswith(ITEM)
        if item and offering:
            if not any(one["kind"] == "cards" for one in parts):
                parts.append({"kind": "cards", "cards": cards})
        elif item and tabled:
            skipped = True
        elif item:
            if not parts or parts[-1]["kind"] != "list":
                parts.append({"kind": "list", "items": []})
            parts[-1]["items"].append(line.removeprefix(ITEM))
        elif line.strip():
            tabled = tabled and not skipped
            parts.append({"kind": "text", "text": line})
    if cards and not offering and not table_of(message):
        parts.append({"kind": "cards", "cards": cards, "small": True})
    return parts


def table_of(message: Message) -> dict[str, Any]:
    """Return a comparison as a table, nothing where there is none."""
    facts = message.trace.get("facts", {}) if isinstance(message.trace, dict) else {}
    table = facts.get("table") or {}
    return {**table, "url": facts.get("url", "")} if table.get("rows") else {}


def why_of(message: Message) -> dict[str, Any]:
    """Return how an answer came about: the rule, what was checked, who wrote it."""
    move = message.trace.get("move", {})
    return {
        "rule": WHYS.get(move.get("kind", ""), ""),
        "claims": [one for one in message.claims if one.get("verdict") == "supported"],
        "dropped": message.trace.get("dropped", 0),
        "writer": WRITERS.get(message.writer, message.writer),
    }


def suggestions_of(message: Message) -> list[dict[str, Any]]:
    """Return what can be clicked after an answer, as words to say or wishes to give up."""
    found = []
    for one in message.actions:
        if one.get("kind") == "say":
            found.append({"text": one["text"], "name": "text", "value": one["text"]})
        elif one.get("kind") == "drop":
            text = _("Without “%(name)s” (%(count)s)") % {
                "name": one["text"],
                "count": one["count"],
            }
            found.append({"text": text, "name": "drop", "value": ",".join(one["kinds"])})
        elif one.get("kind") == "link":
            found.append({"text": one["text"], "url": one["url"]})
        elif one.get("kind") == "choice":
            found.append({"text": one["text"], "name": "choice", "value": one["value"]})
        elif one.get("kind") == "shop":
            found.append({"text": one["text"], "name": "shop", "value": one["slug"]})
    return found


def chips_of(conversation: Conversation) -> list[dict[str, Any]]:
    """Return what the assistant has understood is wanted, removable."""
    chips = State.from_json(conversation.state).chips(reader())
    return [{"index": one.index, "label": one.label, "kind": one.kind} for one in chips]


def listed(conversations: Sequence[Conversation]) -> list[dict[str, Any]]:
    """Return conversations as links."""
    return [
        {
            "title": one.title or _("New conversation"),
            "url": reverse("ask_conversation", args=[one.pk]),
            "at": one.said_at,
            "with_people": one.with_people,
        }
        for one in conversations
    ]
