"""A brief says what is to be written; a draft is one text on its way to the shop window."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import Product
from marketing.models.bulk import BulkJob
from shopguide.accounts.models import Merchant
from shopguide.work import Work

LOCALES = [("zh-hans", "中文"), ("en", "English")]


class Brief(Work):
    """What a person asked for: a product's text for a channel, as a job that makes drafts.

    ``why``: what made a text worth mending, as `weighing` found it, if a finding began the brief.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="copy_briefs", db_constraint=False
    )
    channel = models.CharField(max_length=20)
    locale = models.CharField(max_length=10, choices=LOCALES)
    tone = models.CharField(max_length=20, default="plain")
    segment = models.CharField(max_length=60, blank=True)
    season = models.CharField(max_length=60, blank=True)
    variants = models.PositiveSmallIntegerField(default=3)
    why = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["merchant", "product"], name="brief_of_product")]

    def __str__(self) -> str:
        return f"{self.channel} {self.locale} {self.product_id}"


class DraftState(models.TextChoices):
    """Where a draft is between being written and being read by everybody."""

    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("To be decided")
    APPROVED = "approved", pgettext_lazy("copy", "Approved")
    REJECTED = "rejected", pgettext_lazy("copy", "Sent back")
    SCHEDULED = "scheduled", _("Planned")
    PUBLISHED = "published", pgettext_lazy("copy", "Live")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Taken down")


# What no longer changes its words.
SETTLED = (
    DraftState.APPROVED,
    DraftState.SCHEDULED,
    DraftState.PUBLISHED,
    DraftState.REPLACED,
)


# What a person still decides, and the second reader reads for them.
UNDECIDED = (DraftState.DRAFT, DraftState.SUBMITTED, DraftState.REJECTED)


class DraftQuerySet(models.QuerySet["Draft"]):
    """The vocabulary of drafts."""

    def of(self, merchant: Merchant) -> Self:
        """Keep one shop's drafts."""
        return self.filter(merchant=merchant)

    def waiting(self) -> Self:
        """Keep what waits for a decision, the oldest first."""
        return self.filter(state=DraftState.SUBMITTED).order_by("submitted_at", "pk")

    def due(self) -> Self:
        """Keep planned drafts whose time has come."""
        return self.filter(state=DraftState.SCHEDULED, publish_at__lte=timezone.now())

    def unread(self, reader: str) -> Self:
        """Keep what a person still decides and the second reader has not read as it stands now."""
        read = Concat(Cast("version", models.CharField()), Value(f":{reader}"))
        return self.filter(state__in=UNDECIDED).exclude(read_by=read)

    def beside(self, draft: Draft) -> Self:
        """Keep the other drafts for the same place: product, channel and language."""
        return self.filter(
            product=draft.product_id, channel=draft.channel, locale=draft.locale
        ).exclude(pk=draft.pk)


class Draft(models.Model):
    """One text for one place: its words, what they claim, and who said yes to them.

    ``parts``: texts by the channel's fields. ``claims``, ``warnings``, ``quality``: as `examine`
    left them when the words last changed. ``doubts``: what the second reader marked;
    ``read_by``: which version it read, and which reader it was, so that changed words are read
    again. ``writer``: what wrote it, empty for a person alone.
    ``version`` counts changes of the words, so that two editors notice each other. ``approved_at``
    stays for as long as the approval holds; the database refuses an approval that a rule forbids,
    and words that change after it (`marketing/migrations/_copy_sql.py`).
    """

    State = DraftState

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="copy_drafts", db_constraint=False
    )
    brief = models.ForeignKey(
        Brief, null=True, blank=True, on_delete=models.SET_NULL, related_name="drafts"
    )
    bulk = models.ForeignKey(
        BulkJob, null=True, blank=True, on_delete=models.SET_NULL, related_name="drafts"
    )
    channel = models.CharField(max_length=20)
    locale = models.CharField(max_length=10, choices=LOCALES)
    angle = models.CharField(max_length=20, blank=True)
    tone = models.CharField(max_length=20, default="plain")
    segment = models.CharField(max_length=60, blank=True)
    season = models.CharField(max_length=60, blank=True)
    parts = models.JSONField(default=dict)
    claims = models.JSONField(default=list, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    quality = models.JSONField(default=dict, blank=True)
    doubts = models.JSONField(default=list, blank=True)
    read_by = models.CharField(max_length=160, blank=True)
    writer = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # Why a planned text was not published when its time had come.
    stopped = models.CharField(max_length=500, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DraftState.values), name="copy_draft_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=DraftState.SCHEDULED) | Q(publish_at__isnull=False),
                name="copy_draft_planned_for",
            ),
        ]
        indexes = [
            models.Index(fields=["merchant", "state", "-id"], name="copy_draft_by_state"),
            models.Index(
                fields=["publish_at"],
                name="copy_draft_due",
                condition=Q(state=DraftState.SCHEDULED),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """Return the whole text, part below part."""
        return "\n".join(str(part) for part in self.parts.values())

    @property
    def approved(self) -> bool:
        """Tell whether an approval of these words holds."""
        return self.approved_at is not None

    @property
    def editable(self) -> bool:
        """Tell whether its words may still change."""
        return self.state in (DraftState.DRAFT, DraftState.REJECTED)

    @property
    def authors(self) -> set[int]:
        """Return who had a hand in the words."""
        return {pk for pk in (self.made_by_id, self.edited_by_id) if pk}

    @property
    def score(self) -> float:
        """Return how good it is measured to be, 0 to 1; 0 if it was not measured."""
        said: Any = self.quality.get("score", 0.0)
        return float(said)

    @property
    def doubted(self) -> list[dict[str, Any]]:
        """Return the doubts of the words as they are; none before they have been read."""
        found: list[dict[str, Any]] = self.doubts
        return found if self.read_by.startswith(f"{self.version}:") else []

    def is_unread(self, reader: str) -> bool:
        """Tell whether this reader has still to read these words."""
        return self.state in UNDECIDED and self.read_by != f"{self.version}:{reader}"

    @property
    def unsupported(self) -> list[dict[str, Any]]:
        """Return the claims that no fact stands behind."""
        return [one for one in self.claims if one.get("verdict") != "supported"]
