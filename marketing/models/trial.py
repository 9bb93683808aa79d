"""A comparison of a product's texts on shoppers: what is tried, why, and what became of it.

Who meets what, and when it stops, is its experiment's (`profiles.Experiment`).
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from marketing.models.draft import LOCALES, Draft
from profiles.models import Experiment, Stage
from shopguide.accounts.models import Merchant


class TrialQuerySet(models.QuerySet["Trial"]):
    """The vocabulary of trials."""

    def of(self, merchant: Merchant) -> Self:
        """Keep one shop's trials."""
        return self.filter(merchant=merchant)

    def running(self) -> Self:
        """Keep trials that shoppers meet now."""
        return self.filter(experiment__stage=Stage.RUNNING)


class Trial(models.Model):
    """One comparison of texts for a place: product, channel and language.

    ``control``: the words that everybody read when it began. ``rate``, ``lift``, ``people``: what
    it is planned for: to find a relative lift of a rate, with so many people an arm; ``days`` was
    the estimate. ``ending``: how it ended, ``winner`` with which arm; ``before``: the version that
    stood there before a winner was adopted, so that it can come back.
    """

    class Ending(models.TextChoices):
        """How a trial ended."""

        OPEN = "", _("Running")
        STOPPED = "stopped", _("Stopped by a person")
        FAULT = "fault", _("Stopped: split wrongly")
        HARM = "harm", _("Stopped: it did harm")
        CHANGED = "changed", _("Stopped: a text was changed")
        SAME = "same", _("Over: no difference found")
        ADOPTED = "adopted", _("Adopted")
        BACK = "back", _("Rolled back")

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="copy_trials", db_constraint=False
    )
    channel = models.CharField(max_length=20)
    locale = models.CharField(max_length=10, choices=LOCALES)
    experiment = models.OneToOneField(Experiment, on_delete=models.CASCADE, related_name="trial")
    hypothesis = models.CharField(max_length=300, blank=True)
    control = models.JSONField(default=dict)
    rate = models.FloatField()
    lift = models.FloatField()
    people = models.PositiveIntegerField()
    days = models.PositiveIntegerField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True, default="")
    winner = models.CharField(max_length=40, blank=True)
    before = models.PositiveIntegerField(null=True, blank=True)
    demo = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TrialQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rate__gt=0, rate__lt=1, lift__gt=0), name="trial_plan_can_be"
            ),
            models.UniqueConstraint(fields=["merchant", "id"], name="trial_of_its_shop"),
        ]
        indexes = [models.Index(fields=["merchant", "-id"], name="trial_by_shop")]

    def __str__(self) -> str:
        return f"{self.channel} {self.locale} {self.product_id}"

    @property
    def running(self) -> bool:
        """Tell whether shoppers meet it now."""
        return self.experiment.stage == Stage.RUNNING


class TrialArm(models.Model):
    """One text that is tried beside the usual one: an approved draft's words, and why it is out."""

    class Out(models.TextChoices):
        """Why an arm is met by nobody any more, before its trial is over."""

        IN = "", _("In")
        WORSE = "drop", _("It did worse")
        COST = "cost", _("It cost too much")
        HARM = "harm", _("It hurt something else")

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="arms")
    name = models.CharField(max_length=40)
    draft = models.ForeignKey(
        Draft, null=True, blank=True, on_delete=models.SET_NULL, related_name="trial_arms"
    )
    parts = models.JSONField(default=dict)
    out = models.CharField(max_length=10, choices=Out.choices, blank=True, default="")
    out_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["trial", "name"], name="trial_arm_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def text(self) -> str:
        """Return the whole text, part below part."""
        return "\n".join(str(part) for part in self.parts.values())
