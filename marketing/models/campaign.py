"""A message to a segment, what became of it for each person, and what lies in their list."""

from __future__ import annotations

import datetime
import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import Coupon
from profiles.models import Segment
from shopguide.accounts.models import Merchant, Shopper


class Way(models.TextChoices):
    """How a message reaches somebody."""

    EMAIL = "email", pgettext_lazy("way", "Email")
    PUSH = "push", _("In the app")
    SITE = "site", _("On the site")


class CampaignStage(models.TextChoices):
    """The life of a campaign."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns by what is to be done."""

    def due(self) -> Self:
        """Keep those whose people are to be gathered: their time has come, nobody has begun."""
        return self.filter(stage=CampaignStage.SCHEDULED, starts_at__lte=timezone.now())

    def under_way(self) -> Self:
        """Keep those whose messages are going out."""
        return self.filter(stage=CampaignStage.RUNNING)


class Campaign(models.Model):
    """One message of a shop to one segment, by one way or more.

    ``texts``: by language, the parts of the message. ``holdout``: of 100 people so many get
    nothing, so that there is something to compare with; ``salt`` decides who.
    ``until``: what could not be sent by then is not sent. ``outcome``: the comparison as it stood
    when ``window_days`` were over, kept though people may be forgotten.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, related_name="campaigns", db_index=False
    )
    name = models.CharField(max_length=80)
    segment = models.ForeignKey(Segment, on_delete=models.RESTRICT, related_name="campaigns")
    ways = ArrayField(models.CharField(max_length=10, choices=Way.choices))
    texts = models.JSONField(default=dict)
    # Products the message is about, by id; the first is what its words are checked against.
    products = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # Whether emails add what fits their reader, for those who agreed to be known.
    personal = models.BooleanField(default=False)
    coupon = models.ForeignKey(
        Coupon, null=True, blank=True, on_delete=models.SET_NULL, related_name="campaigns"
    )
    stage = models.CharField(
        max_length=10, choices=CampaignStage.choices, default=CampaignStage.DRAFT
    )
    starts_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    holdout = models.PositiveSmallIntegerField(default=10)
    # No more than so many messages of this shop in so many days, whatever the campaign.
    cap = models.PositiveSmallIntegerField(default=2)
    cap_days = models.PositiveSmallIntegerField(default=7)
    window_days = models.PositiveSmallIntegerField(default=7)
    salt = models.CharField(max_length=32)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="campaigns_made",
    )  # fmt: skip
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="campaigns_released",
    )  # fmt: skip
    made_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(null=True, blank=True)

    objects: ClassVar[Any] = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "id"], name="campaign_of_its_shop"),
            models.CheckConstraint(
                condition=Q(stage__in=CampaignStage.values), name="campaign_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(holdout__lte=50, cap__gte=1, cap_days__gte=1, window_days__gte=1),
                name="campaign_numbers_make_sense",
            ),
            models.CheckConstraint(
                condition=Q(stage="draft") | Q(starts_at__isnull=False, until__isnull=False),
                name="campaign_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def measured_until(self) -> datetime.datetime | None:
        """Return when orders no longer count; None before it has begun."""
        if self.started_at is None:
            return None
        return self.started_at + datetime.timedelta(days=self.window_days)

    @property
    def open(self) -> bool:
        """Tell whether anything may still go out."""
        return self.stage in (CampaignStage.SCHEDULED, CampaignStage.RUNNING)


class SendState(models.TextChoices):
    """What became of one message. What may have been sent is never sent again."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    SKIPPED = "skipped", _("Not sent")
    FAILED = "failed", _("Failed")
    HELD = "held", _("Held out")


class SendQuerySet(models.QuerySet["Send"]):
    """Messages by what is to be done."""

    def due(self) -> Self:
        """Keep messages whose time has come, of campaigns under way, the oldest first."""
        rows = self.filter(state=SendState.WAITING, due_at__lte=timezone.now())
        return rows.filter(campaign__stage=CampaignStage.RUNNING).order_by("due_at", "pk")

    def interrupting(self) -> Self:
        """Keep what reached somebody, or may have: what caps count."""
        reached = (SendState.SENDING, SendState.SENT, SendState.FAILED)
        return self.filter(way__in=(Way.EMAIL, Way.PUSH), state__in=reached)


class Send(models.Model):
    """One message to one person, by its key: campaign, shopper and way. Held-out: no way.

    ``token`` stands in its links. ``why``: the reason if it was not sent.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="sends")
    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="sends")
    way = models.CharField(max_length=10, blank=True, choices=Way.choices)
    state = models.CharField(max_length=10, choices=SendState.choices, default=SendState.WAITING)
    why = models.CharField(max_length=40, blank=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    clicked_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SendQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "shopper", "way"], name="send_once"),
            models.CheckConstraint(
                condition=Q(state__in=SendState.values), name="send_state_known"
            ),
            models.CheckConstraint(
                condition=Q(way="", state="held") | (~Q(way="") & ~Q(state="held")),
                name="send_held_out_has_no_way",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="send_due"),
            models.Index(fields=["shopper", "-claimed_at"], name="send_of_shopper"),
        ]


class Notice(models.Model):
    """A message in a shopper's own list, for app and site. ``banner``: also shown on pages."""

    number = models.UUIDField(unique=True, default=uuid.uuid4)
    shopper = models.ForeignKey(
        Shopper, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, db_index=False)
    send = models.OneToOneField(
        Send, null=True, blank=True, on_delete=models.CASCADE, related_name="notice"
    )
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=10)
    path = models.CharField(max_length=300)
    code = models.CharField(max_length=40, blank=True)
    banner = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["shopper", "-at"], condition=Q(gone_at=None), name="notice_of_shopper"
            ),
        ]
