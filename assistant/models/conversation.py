"""A conversation: whose it is, what it has come to, and which people of a shop look after it.

Its shopper alone sees it, until it is handed over: then the people of that one shop do, too.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopguide.accounts.models import Merchant, Shopper

if TYPE_CHECKING:
    from assistant.models.message import Message

LONGEST = 2000
TITLE = 80


class Handling(models.TextChoices):
    """Who answers."""

    ASSISTANT = "assistant", _("Assistant")
    WAITING = "waiting", _("Waiting for a person")
    AGENT = "agent", _("A person")
    RESOLVED = "resolved", _("Resolved")


WITH_PEOPLE = (Handling.WAITING, Handling.AGENT)


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Conversations, by who looks after them."""

    def of(self, merchant: Merchant) -> Self:
        """Keep what was handed over to a shop."""
        return self.filter(merchant=merchant)

    def open(self) -> Self:
        """Keep what people still have to look after, snoozed ones left out."""
        asleep = Q(snoozed_until__gt=timezone.now())
        return self.filter(handling__in=WITH_PEOPLE).exclude(asleep)

    def labelled(self, name: str) -> Self:
        """Keep what bears a label of its shop."""
        return self.filter(labels__name=name)

    def unread(self) -> Self:
        """Keep what the shopper has said something in that no person of the shop has seen."""
        return self.filter(Q(seen_at=None) | Q(said_at__gt=F("seen_at")))


class Conversation(models.Model):
    """``state``: the dialogue's, as `assistant.state.State` writes it. ``merchant``: handed to.

    ``page``: where the shopper is, as ``{"product": pk, "merchant": pk}``. ``said_at`` is when the
    shopper, ``seen_at`` when the shop last looked, ``replied_at`` when a person first answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="conversations")
    language = models.CharField(max_length=10, default="en")
    currency = models.CharField(max_length=3, blank=True)
    title = models.CharField(max_length=TITLE, blank=True)
    state = models.JSONField(default=dict)
    page = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    said_at = models.DateTimeField(default=timezone.now)
    # --- handed over ---
    handling = models.CharField(max_length=10, choices=Handling.choices, default=Handling.ASSISTANT)
    merchant = models.ForeignKey(
        Merchant, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    reason = models.CharField(max_length=40, blank=True)
    summary = models.TextField(blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    stars = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-pk"]
        indexes = [
            models.Index(fields=["shopper", "-said_at"], name="conversation_of_shopper"),
            models.Index(
                fields=["merchant", "handling", "-said_at"],
                condition=Q(merchant__isnull=False),
                name="conversation_of_shop",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(handling__in=Handling.values), name="conversation_handling_known"
            ),
            models.CheckConstraint(
                condition=Q(stars=None) | Q(stars__gte=1, stars__lte=5),
                name="conversation_stars_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.pk)

    @property
    def with_people(self) -> bool:
        """Tell whether people of a shop answer now."""
        return self.handling in WITH_PEOPLE

    def ask(self, text: str, *, page: dict[str, Any] | None = None) -> Message | None:
        """Write what the shopper says and the answer to come; None where a person will answer.

        One transaction, the conversation held: an answer that has not ended is given up for the new
        one, which then answers all that was said since. To be called where the rows may be seen.
        """
        from assistant.models.message import Message, Voice

        held = Conversation.objects.select_for_update().get(pk=self.pk)
        said = text[:LONGEST]
        Message.objects.create(conversation=held, voice=Voice.SHOPPER, text=said, state="done")
        held.said_at = timezone.now()
        held.title = held.title or said[:TITLE]
        held.page = held.page if page is None else page
        held.save(update_fields=["said_at", "title", "page"])
        self.said_at, self.title, self.page = held.said_at, held.title, held.page
        self.handling = held.handling
        if held.with_people:
            return None
        held.messages.pending().update(
            state="cancelled", superseded=True, finished_at=timezone.now(), lease_until=None
        )
        return Message.objects.create(conversation=held, voice=Voice.ASSISTANT)
