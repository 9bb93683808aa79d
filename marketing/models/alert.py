"""A burst of complaints: what, when, how many more than usual, and what people do about it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from shopguide.accounts.models import Merchant, User


class AlertState(models.TextChoices):
    """The life of an alert."""

    OPEN = "open", _("New")
    TAKEN = "taken", _("Being looked at")
    CLOSED = "closed", _("Closed")


class Outcome(models.TextChoices):
    """What an alert turned out to be, as the person who closed it says."""

    MENDED = "mended", _("Something was wrong, and is mended")
    KNOWN = "known", _("Known, nothing to be done now")
    FALSE_ALARM = "false_alarm", _("False alarm")
    ATTACK = "attack", _("Not honest opinions")


class OpinionAlertQuerySet(models.QuerySet["OpinionAlert"]):
    """Alerts by what is to be done."""

    def open(self) -> Self:
        """Keep alerts that nobody has closed."""
        return self.exclude(state=AlertState.CLOSED)


class OpinionAlert(models.Model):
    """Complaints of one aspect of one product, more than chance explains.

    ``first_day`` to ``last_day``: the window; ``seen`` complaints in it where ``expected`` were,
    with the chance ``p`` of so many on a quiet day. ``voices``: keys of what was counted
    (``review:1``, ``mention:1``), the words stay where they are. ``doubtful`` of them are held to
    be dishonest. ``answer``: a draft for a person; nothing sends it.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="opinion_alerts", db_constraint=False
    )
    aspect = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=AlertState.choices, default=AlertState.OPEN)
    first_day = models.DateField()
    last_day = models.DateField()
    seen = models.PositiveIntegerField()
    expected = models.FloatField()
    p = models.FloatField()
    doubtful = models.PositiveIntegerField(default=0)
    voices = models.JSONField(default=list)
    answer = models.TextField(blank=True)
    answer_language = models.CharField(max_length=10, blank=True)
    answer_claims = models.JSONField(default=list, blank=True)
    found_at = models.DateTimeField(default=timezone.now)
    grown_at = models.DateTimeField(default=timezone.now)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)

    objects: ClassVar[Any] = OpinionAlertQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["merchant", "state", "-found_at"], name="alert_of_shop")]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "aspect"],
                condition=~Q(state="closed"),
                name="alert_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AlertState.values), name="opinion_alert_state_known"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="opinion_alert_window"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.aspect} {self.first_day}"

    @property
    def over(self) -> bool:
        """Tell whether somebody closed it."""
        return self.state == AlertState.CLOSED

    def give(self, *, to: User) -> None:
        """Give the alert to somebody of the shop, who looks after it from now on."""
        self.state, self.assigned_to = AlertState.TAKEN, to
        self.taken_at = self.taken_at or timezone.now()
        self.save(update_fields=["state", "assigned_to", "taken_at"])

    def close(self, *, by: User, outcome: str, note: str = "") -> None:
        """Close the alert and say what it was."""
        self.state, self.closed_by, self.closed_at = AlertState.CLOSED, by, timezone.now()
        self.outcome, self.note = outcome, note[:500]
        self.save(update_fields=["state", "closed_by", "closed_at", "outcome", "note"])


class AlertWatch(models.Model):
    """A member of a shop who asked to be written to when an alert is raised."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merchant", "user"], name="alert_watch_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} of {self.merchant_id}"


class AlertLetter(models.Model):
    """One email about one alert to one person, sent at most once."""

    class State(models.TextChoices):
        """What may have been sent is never sent again."""

        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    alert = models.ForeignKey(OpinionAlert, on_delete=models.CASCADE, related_name="letters")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    failure = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["made_at"], condition=Q(state="queued"), name="alert_letter_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["alert", "user"], name="alert_letter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} to {self.user_id}"
