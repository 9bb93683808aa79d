"""What a model takes a shopper to be like, and whom a shopper follows."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from shopguide.accounts.models import Shopper


class Portrait(models.Model):
    """What a trained model says of one shopper. ``mark``: of which deeds, by which version.

    ``chances``: of each type, they add up to 1. ``likely``: the chance of an order within a week.
    ``evidence``: by type, the facts that speak for it, the strongest first.
    """

    shopper = models.OneToOneField(
        Shopper, primary_key=True, on_delete=models.CASCADE, related_name="portrait"
    )
    version = models.CharField(max_length=60)
    mark = models.CharField(max_length=64)
    chances = models.JSONField(default=dict)
    likely = models.FloatField()
    evidence = models.JSONField(default=dict)
    deeds = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(likely__gte=0, likely__lte=1), name="portrait_likely_is_a_chance"
            ),
        ]


class Following(models.Model):
    """That a shopper wants to see what another one shows to followers.

    It says nothing of what is shown: that is asked anew for each list, so what is taken back is
    gone at once.
    """

    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="followings")
    followed = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="followers")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["shopper", "followed"], name="following_once"),
            models.CheckConstraint(
                condition=~Q(shopper=F("followed")), name="following_somebody_else"
            ),
        ]
