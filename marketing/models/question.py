"""What a shop's people ask of their numbers, and the changes that the copilot proposed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import BulkEdit
from shopguide.accounts.models import Merchant

LONGEST = 300


class Question(models.Model):
    """One question as it was put, and the plan it was read as; an empty plan: not understood.

    The answer is not kept: asked again, the numbers are those of then.
    """

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="questions")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    text = models.CharField(max_length=LONGEST)
    language = models.CharField(max_length=10, default="en")
    plan = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["merchant", "-asked_at"], name="question_of_shop")]

    def __str__(self) -> str:
        return self.text


class ProposedChangeQuerySet(models.QuerySet["Proposal"]):
    """Proposed changes by where they stand."""

    def of(self, merchant: Merchant) -> Self:
        """Keep one shop's."""
        return self.filter(merchant=merchant)

    def open(self) -> Self:
        """Keep what waits for a yes or a no."""
        return self.filter(state=Proposal.State.PROPOSED)


class Proposal(models.Model):
    """A change that nobody has made yet: what, of which rows, and how each would look after it.

    ``differences``: rows of title, field, before, after, as they were when it was proposed; it is
    applied only if they still are so. ``edit``: the bulk edit that a yes made. ``made``: other rows
    that a yes made, as ``{"copy": [pk]}``. Nothing is written by proposing.
    """

    class Kind(models.TextChoices):
        """What would be changed."""

        PRICE = "price", _("Price")
        STOCK = "stock", _("Stock")
        STATUS = "status", _("Status")
        COPY = "copy", _("Copy")
        CAMPAIGN = "campaign", _("Campaign")

    class State(models.TextChoices):
        """The life of a proposal."""

        PROPOSED = "proposed", _("Proposed")
        APPLIED = "applied", _("Applied")
        DISMISSED = "dismissed", _("Dismissed")
        UNDONE = "undone", _("Taken back")

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="proposals_made")
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    change = models.JSONField(default=dict)
    differences = models.JSONField(default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    edit = models.ForeignKey(
        BulkEdit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ProposedChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["merchant", "state"], name="proposal_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["price", "stock", "status", "copy", "campaign"]),
                name="proposal_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "applied", "dismissed", "undone"]),
                name="proposal_state_known",
            ),
        ]
