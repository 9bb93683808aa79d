"""What is held to be no honest opinion: shown apart with the reason, and not counted."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Review
from marketing.models.hearing import Mention
from shopguide.accounts.models import Merchant


class Reason(models.TextChoices):
    """Why something is held to be no honest opinion."""

    COPY = "copy", _("The same words as another")
    TWIN = "twin", _("Nearly the same words as another")
    NEW_ACCOUNTS = "new_accounts", _("One of many from accounts that are new")
    ONE_AUTHOR = "one_author", _("One of many by the same person")
    STARS = "stars", _("The stars say the opposite of the words")


class Suspicion(models.Model):
    """One review or mention with the reasons against it. A person of the shop may clear it.

    ``first`` is the key of what it repeats: ``review:1`` or ``mention:1``.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    review = models.OneToOneField(
        Review, null=True, blank=True, on_delete=models.CASCADE, related_name="suspicion",
        db_constraint=False,
    )  # fmt: skip
    mention = models.OneToOneField(
        Mention, null=True, blank=True, on_delete=models.CASCADE, related_name="suspicion",
        db_constraint=False,
    )  # fmt: skip
    reasons = ArrayField(models.CharField(max_length=20, choices=Reason.choices))
    first = models.CharField(max_length=40, blank=True)
    found_at = models.DateTimeField(default=timezone.now)
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["merchant", "-found_at"], name="suspicion_of_shop")]
        constraints = [
            models.CheckConstraint(
                condition=Q(review=None) ^ Q(mention=None), name="suspicion_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.reasons)
