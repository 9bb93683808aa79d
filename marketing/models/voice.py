"""How a shop sounds, and what it demands of its copy."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shopguide.accounts.models import Merchant

# Below this a draft is looked at by itself; the demo's lie above (docs/copy.md: .931 on average).
THRESHOLD = 0.6


class Voice(models.Model):
    """A shop's voice in one language: the tone, words it likes, words it never uses."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    locale = models.CharField(max_length=10, choices=[("zh-hans", "中文"), ("en", "English")])
    tone = models.CharField(max_length=20, default="plain")
    words_to_use = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    words_to_avoid = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    about = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merchant", "locale"], name="voice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.merchant_id} {self.locale}"


class CopyRules(models.Model):
    """What a shop demands: whether somebody else must approve, and how good a text must be.

    A shop without a row demands what the defaults say.
    """

    merchant = models.OneToOneField(
        Merchant, on_delete=models.CASCADE, related_name="copy_rules", db_constraint=False
    )
    four_eyes = models.BooleanField(_("Whoever wrote a text may not approve it"), default=False)
    threshold = models.FloatField(
        _("Least quality for approving together"),
        default=THRESHOLD,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
    )

    def __str__(self) -> str:
        return f"{self.merchant_id}"
