"""Messages of a conversation: each answer is a job row that says how it came about."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistant.models.conversation import Conversation
from shopguide.accounts.models import Merchant
from shopguide.work import State, Work, WorkQuerySet


class Voice(models.TextChoices):
    """Who speaks."""

    SHOPPER = "shopper", _("Shopper")
    ASSISTANT = "assistant", _("Assistant")
    AGENT = "agent", _("A person of the shop")


class Thumb(models.IntegerChoices):
    """What the shopper thinks of an answer."""

    DOWN = -1, _("Not helpful")
    UP = 1, _("Helpful")


class MessageQuerySet(WorkQuerySet):
    """Messages by what is to be done with them."""

    def pending(self) -> Self:
        """Keep answers that have not ended."""
        return self.filter(voice=Voice.ASSISTANT, state__in=(State.QUEUED, State.RUNNING))

    def visible(self) -> Self:
        """Leave out answers that were given up for a newer one."""
        return self.filter(superseded=False)


class Message(Work):
    """One message. An answer is queued → running → done | cancelled (stopped) | failed.

    ``plan``, ``claims``, ``citations``, ``products``, ``actions``: what it was made of, as JSON;
    ``before`` and ``after`` are the dialogue's states around it. ``trace`` holds what is needed to
    make it again: question, reading, versions, times. ``writer`` names who phrased it.
    ``superseded``: given up for the answer to a message that came meanwhile.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    voice = models.CharField(max_length=10, choices=Voice.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    text = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    intent = models.CharField(max_length=30, blank=True)
    emotion = models.CharField(max_length=10, blank=True)
    act = models.CharField(max_length=30, blank=True)
    plan = models.JSONField(default=list)
    claims = models.JSONField(default=list)
    citations = models.JSONField(default=list)
    products = models.JSONField(default=list)
    actions = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    trace = models.JSONField(default=dict)
    writer = models.CharField(max_length=80, blank=True)
    superseded = models.BooleanField(default=False)
    thumb = models.SmallIntegerField(choices=Thumb.choices, null=True, blank=True)
    thumb_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["changed_at"],
                condition=Q(state__in=("queued", "running")),
                name="message_pending",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="message_voice_known"),
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(voice="assistant", state__in=("queued", "running")),
                name="message_one_answer_at_a_time",
            ),
        ]

    def said(self) -> list[str]:
        """Return what this answers: all that was said since the last answer that ended."""
        since = self.conversation.messages.filter(
            voice=Voice.SHOPPER, pk__gt=self._answered_until()
        )
        return list(since.filter(pk__lt=self.pk).order_by("pk").values_list("text", flat=True))

    def said_before(self) -> str:
        """Return the shopper's last words that an earlier answer was given to, "" for none."""
        rows = self.conversation.messages.filter(voice=Voice.SHOPPER)
        rows = rows.filter(pk__lt=self._answered_until()).order_by("-pk")
        return rows.values_list("text", flat=True).first() or ""

    def _answered_until(self) -> int:
        earlier = self.conversation.messages.filter(pk__lt=self.pk, superseded=False)
        ended = earlier.exclude(voice=Voice.SHOPPER).order_by("-pk").values_list("pk", flat=True)
        return ended.first() or 0

    def say(self, text: str) -> bool:
        """Write what is said so far; False if the answer is no longer this worker's to give."""
        self.text = text
        return bool(self._mine().update(text=text))

    def complete(self, **fields: Any) -> bool:
        """End the answer with all that came of it, once; False if it is not ours any more."""
        now = timezone.now()
        ending = {"state": State.DONE, "finished_at": now, "changed_at": now, "lease_until": None}
        return bool(self._mine().update(**(ending | fields)))

    def stop(self) -> bool:
        """End the answer where it is, at the shopper's wish; False if it had ended."""
        now = timezone.now()
        ending = {"state": State.CANCELLED, "finished_at": now, "changed_at": now}
        rows = type(self).objects.pending().filter(pk=self.pk)
        return bool(rows.update(**ending, lease_until=None))

    def _mine(self) -> Any:
        rows = type(self).objects.filter(pk=self.pk, state=State.RUNNING)
        return rows.filter(attempts=self.attempts)


class Note(models.Model):
    """What people of a shop write to each other about a conversation; the shopper never sees it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class Label(models.Model):
    """A word by which a shop's people sort conversations; the shopper never sees it.

    A label exists as long as a conversation bears it; `Conversation.objects.labelled` finds them.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="labels")
    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "name"], name="label_once"),
        ]
        indexes = [models.Index(fields=["merchant", "name"], name="label_of_shop")]

    def __str__(self) -> str:
        return self.name


class CannedReply(models.Model):
    """A sentence that a shop's people send often."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="canned_replies")
    title = models.CharField(max_length=60)
    text = models.TextField(max_length=1000)
    language = models.CharField(max_length=10, default="en")

    class Meta:
        ordering = ["language", "title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "title"], name="canned_reply_once"),
        ]
