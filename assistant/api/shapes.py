"""Shapes of conversations and messages."""

from __future__ import annotations

from rest_framework import serializers

from assistant.models import Handling, Voice
from assistant.presenting.plainly import LIVES

NUMBER = "3b9f1f52-7a51-4d0e-9a2c-5f3f8f1f0a11"
AT = "2026-03-11T08:00:00+08:00"


class SayIn(serializers.Serializer):
    """What is said. `choice` instead of words: what a button would say.

    `merchant` and `sku`: the product page it is said on.
    """

    text = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    choice = serializers.ChoiceField(
        choices=["confirm", "decline", "hand_over"], required=False, default=""
    )
    merchant = serializers.SlugField(max_length=60, required=False)
    sku = serializers.CharField(max_length=100, required=False)

    example = {"text": "a gift for my mother under $40", "choice": "hand_over",
               "merchant": "cloudloom", "sku": "CL-HD-201"}  # fmt: skip


class JudgeIn(serializers.Serializer):
    """Whether an answer helped: 1 or -1, and why not."""

    thumb = serializers.ChoiceField(choices=[1, -1])
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")

    example = {"thumb": -1, "reason": "too expensive"}


class ChipIn(serializers.Serializer):
    """What is wanted instead: "under 60", "navy or black", another kind of thing."""

    text = serializers.CharField(max_length=200)

    example = {"text": "under $60"}


class ChipOut(serializers.Serializer):
    """One thing that is wanted; delete or replace it by its index."""

    index = serializers.IntegerField()
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]

    example = {"index": 0, "kind": "price", "label": "≤ $40"}


class OfferedOut(serializers.Serializer):
    """A product of an answer, and why it is there."""

    merchant = serializers.CharField()
    sku = serializers.CharField()
    variant = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)

    example = {"merchant": "cloudloom", "sku": "CL-HD-201", "variant": 412, "reason": "cotton"}


class CitationOut(serializers.Serializer):
    """Where an answer stands."""

    title = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)

    example = {"title": "Returns", "url": "/s/cloudloom/help/3/", "text": "Within 14 days."}


class ActionOut(serializers.Serializer):
    """What can be done next: words to say, a wish to give up, something to confirm."""

    kind = serializers.CharField()
    text = serializers.CharField(allow_blank=True)

    example = {"kind": "say", "text": "for my mother"}


class MessageOut(serializers.Serializer):
    """A message. An answer is `queued`, `answering`, then `done`, `stopped` or `failed`."""

    id = serializers.IntegerField()
    voice = serializers.ChoiceField(choices=Voice.values)
    state = serializers.ChoiceField(choices=sorted(LIVES.values()))
    text = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    intent = serializers.CharField(allow_blank=True)
    products = OfferedOut(many=True)
    citations = CitationOut(many=True)
    actions = ActionOut(many=True)
    writer = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()

    example = {"id": 412, "text": "I'd look at these first.", "language": "en", "intent": "gift",
               "writer": "realiser", "at": AT}  # fmt: skip


class ConversationOut(serializers.Serializer):
    """A conversation; `merchant` once people of a shop look after it."""

    id = serializers.UUIDField()
    title = serializers.CharField(allow_blank=True)
    language = serializers.CharField()
    handling = serializers.ChoiceField(choices=Handling.values)
    merchant = serializers.CharField(allow_null=True)
    chips = ChipOut(many=True)
    said_at = serializers.DateTimeField()

    example = {"id": NUMBER, "title": "a gift for my mother", "language": "en",
               "merchant": "cloudloom", "said_at": AT}  # fmt: skip


class ConversationsOut(serializers.Serializer):
    """One's conversations, the newest first."""

    items = ConversationOut(many=True)


class MessagesOut(serializers.Serializer):
    """Messages in their order."""

    items = MessageOut(many=True)


class SaidOut(serializers.Serializer):
    """What was begun or gone on with, and the answer to come; none where a person answers."""

    conversation = ConversationOut()
    answer = MessageOut(allow_null=True)


class AfterQuery(serializers.Serializer):
    """After which message; `wait`: at most so many seconds, for something to come."""

    after = serializers.IntegerField(min_value=0, max_value=10**18 - 1, required=False, default=0)
    wait = serializers.IntegerField(min_value=0, max_value=20, required=False, default=0)

    example = {"after": 411, "wait": 15}


class WordsQuery(serializers.Serializer):
    """How many characters are known; `wait`: at most so many seconds, for more or the end."""

    known = serializers.IntegerField(min_value=0, max_value=10**6, required=False, default=0)
    wait = serializers.IntegerField(min_value=0, max_value=20, required=False, default=0)

    example = {"known": 40, "wait": 15}
