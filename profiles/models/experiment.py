"""A comparison of ways to do something, and who met which of them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopguide.accounts.models import Merchant, Shopper


class Stage(models.TextChoices):
    """The life of an experiment."""

    DRAFT = "draft", _("Draft")
    RUNNING = "running", _("Running")
    STOPPED = "stopped", _("Stopped")


class Experiment(models.Model):
    """Ways to do one thing, compared on shoppers who agreed. Without a shop it is the market's.

    ``arms``: names with their shares, the first is what is done anyway. ``salt``: two experiments
    never split people alike.
    """

    merchant = models.ForeignKey(
        Merchant, null=True, blank=True, on_delete=models.CASCADE, related_name="experiments"
    )
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    arms = models.JSONField()
    salt = models.CharField(max_length=32)
    metric = models.CharField(max_length=20, default="click")
    guardrails = models.JSONField(default=list, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    stopped_why = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="experiment_stage_known"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Exposure(models.Model):
    """That a shopper met an arm, at the first time."""

    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="exposures")
    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="exposures")
    arm = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["experiment", "shopper"], name="exposure_once"),
        ]
