"""What a shopper has agreed to: every choice is a row, the newest one holds."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopguide.accounts.models import Shopper


class Purpose(models.TextChoices):
    """What may be agreed to. What the shop cannot work without is no question."""

    PERSONALISATION = "personalisation", _("Personal recommendations")
    MARKETING = "marketing", _("Offers from shops")
    MEDIA = "media", _("Voice and pictures")
    TRAINING = "training", _("Improving the models")


class Consent(models.Model):
    """One choice of one shopper. Rows are only ever added; ``via``: page, app or sign-in."""

    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    given = models.BooleanField()
    via = models.CharField(max_length=10, default="page")
    # Which wording was agreed to.
    wording = models.CharField(max_length=10)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["shopper", "purpose", "-id"], name="consent_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="consent_purpose_known"
            ),
        ]
