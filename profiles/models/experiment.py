"""A comparison of ways to do something, and who met which of them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from shopguide.accounts.models import Merchant, Shopper


class Stage(models.TextChoices):
    """The life of an experiment."""

    DRAFT = "draft", _("Draft")
    RUNNING = "running", _("Running")
    STOPPED = "stopped", _("Stopped")


class Mode(models.TextChoices):
    """How people are split: evenly to the end, or more and more to what does well."""

    AB = "ab", _("Even split")
    BANDIT = "bandit", _("Shifting split")


class Experiment(models.Model):
    """Ways to do one thing, compared on shoppers who agreed. Without a shop it is the market's.

    ``arms``: names with their shares, the first is what is done anyway. ``salt``: two experiments
    never split people alike. ``product``, ``channel`` and ``locale``: the text under test, for
    comparisons of texts. ``splits``: each split there has been, as [since, shares], oldest first.
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
    mode = models.CharField(max_length=6, choices=Mode.choices, default=Mode.AB)
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.CASCADE, related_name="experiments",
        db_constraint=False,
    )  # fmt: skip
    channel = models.CharField(max_length=20, blank=True)
    locale = models.CharField(max_length=10, blank=True)
    splits = models.JSONField(default=list, blank=True)
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
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="experiment_mode_known"),
            # Two at once would tell nothing of either.
            models.UniqueConstraint(
                fields=["product", "locale"], condition=Q(stage="running", product__isnull=False),
                name="experiment_one_runs_on_a_text",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code


class Place(models.TextChoices):
    """Where an arm was met first: in a list of products, or on the page of the thing itself."""

    LIST = "list", _("In a list")
    PAGE = "page", _("On its page")


class Exposure(models.Model):
    """That a shopper met an arm, at the first time. ``propensity``: how likely that arm was."""

    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="exposures")
    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="exposures")
    arm = models.CharField(max_length=40)
    propensity = models.FloatField(null=True, blank=True)
    place = models.CharField(max_length=4, choices=Place.choices, default=Place.LIST)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["experiment", "shopper"], name="exposure_once"),
            models.CheckConstraint(
                condition=Q(propensity__isnull=True) | Q(propensity__gt=0, propensity__lte=1),
                name="exposure_propensity_is_a_chance",
            ),
        ]
