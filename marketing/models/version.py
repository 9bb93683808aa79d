"""What stood where and when: every text that a place has had, so that any can come back."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from catalog.models.product import Provenance
from marketing.models.draft import LOCALES, Draft
from shopguide.accounts.models import Merchant


class CopyVersion(models.Model):
    """One version of a product's text in a channel and language, numbered from 1.

    ``act``: how it came to stand there. ``parts`` empty: nothing stood there from then on.
    """

    class Act(models.TextChoices):
        """How a text came to stand where it stands."""

        FOUND = "found", _("Stood there before")
        PUBLISHED = "published", _("Published")
        RESTORED = "restored", _("Restored")
        WITHDRAWN = "withdrawn", _("Taken down")

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="copy_versions", db_constraint=False
    )
    channel = models.CharField(max_length=20)
    locale = models.CharField(max_length=10, choices=LOCALES)
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=10, choices=Act.choices)
    parts = models.JSONField(default=dict, blank=True)
    provenance = models.CharField(
        max_length=10, choices=Provenance.choices, default=Provenance.GENERATED
    )
    draft = models.ForeignKey(
        Draft, null=True, blank=True, on_delete=models.SET_NULL, related_name="versions"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "channel", "locale", "number"], name="copy_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.locale} {self.number}"

    @property
    def text(self) -> str:
        """Return the whole text, part below part."""
        return "\n".join(str(part) for part in self.parts.values())
