"""What the sequence model learnt, what it makes of a shopper, and how well each version does."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from pgvector.django import VectorField

from profiles.models.source import Trained
from shopguide.accounts.models import Shopper
from shopguide.work import Work


class Weights(models.Model):
    """The numbers of one version, as safetensors; no person is in them."""

    trained = models.OneToOneField(
        Trained, primary_key=True, on_delete=models.CASCADE, related_name="weights"
    )
    body = models.BinaryField()


class TrainingRun(Work):
    """One lesson of the sequence model. ``checkpoint``: where it goes on after a break."""

    class Mode(models.TextChoices):
        """Everything anew, or what is fresh on top of the live version."""

        WHOLE = "whole"
        UPDATE = "update"

    mode = models.CharField(max_length=6, choices=Mode.choices, default=Mode.WHOLE)
    seed = models.PositiveIntegerField(default=1)
    checkpoint = models.BinaryField(null=True)
    trained = models.ForeignKey(Trained, null=True, on_delete=models.SET_NULL, related_name="runs")

    class Meta:
        constraints = [
            # Two at once would learn the same twice.
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(state__in=("queued", "running")),
                name="training_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(mode__in=("whole", "update")), name="training_mode_known"
            ),
        ]  # fmt: skip


class ItemVector(models.Model):
    """A product as one version sees it: (width,), of length one. ``mark``: of which texts."""

    trained = models.ForeignKey(Trained, on_delete=models.CASCADE, related_name="items")
    product = models.BigIntegerField()
    mark = models.CharField(max_length=40)
    vector = VectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trained", "product"], name="item_vector_once"),
        ]


class UserState(models.Model):
    """What one version expects a shopper to take next: scores are its dot products with items.

    ``vector``: (width,), of length one. ``events``: the deeds it was made of; without one of them
    it must not be used. ``listed``: the products it scores highest. ``actions``: how likely each
    deed is to come next.
    """

    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="states")
    trained = models.ForeignKey(Trained, on_delete=models.CASCADE, related_name="states")
    vector = VectorField()
    events = ArrayField(models.BigIntegerField())
    listed = ArrayField(models.BigIntegerField(), default=list)
    actions = models.JSONField(default=dict)
    last_at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shopper", "trained"], name="user_state_once"),
        ]


class StatePart(models.Model):
    """The same state if nothing had been done with one product: what a reason is told by."""

    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="state_parts")
    trained = models.ForeignKey(Trained, on_delete=models.CASCADE, related_name="state_parts")
    product = models.BigIntegerField()
    vector = VectorField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shopper", "trained", "product"], name="state_part_once"
            ),
        ]


class Watched(models.Model):
    """How well one version foresaw what people did on one day: sums, of nobody in particular."""

    trained = models.ForeignKey(Trained, on_delete=models.CASCADE, related_name="watched")
    day = models.DateField()
    deeds = models.PositiveIntegerField(default=0)
    ndcg = models.FloatField(default=0.0)
    hits = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trained", "day"], name="watched_once_a_day"),
        ]
