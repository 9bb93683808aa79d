"""Where recommendations come from: stored scores, their versions, and the switch of each source."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopguide.accounts.models import Shopper


class Trained(models.Model):
    """One version of what was learnt from everybody, with its card. One of a kind is live.

    ``share``: of shoppers who meet it before it is live (a canary). ``shadow``: its scores are
    logged and compared, and shown to nobody.
    """

    kind = models.CharField(_("kind"), max_length=20)
    version = models.PositiveIntegerField(_("version"))
    card = models.JSONField(default=dict)
    live = models.BooleanField(_("live"), default=False)
    share = models.FloatField(_("share of shoppers"), default=0.0)
    shadow = models.BooleanField(_("beside the live one"), default=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        ordering = ["kind", "-version"]
        verbose_name, verbose_name_plural = _("learnt version"), _("learnt versions")
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="trained_version_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(live=True), name="trained_one_is_live"
            ),
            models.CheckConstraint(
                condition=models.Q(share__gte=0, share__lte=1), name="trained_share_is_a_share"
            ),
        ]


class Neighbour(models.Model):
    """One stored score of a source: how well ``product`` goes with ``anchor``.

    The anchor is a product, for lists by segment a category, for lists of everybody 0.
    """

    trained = models.ForeignKey(Trained, on_delete=models.CASCADE, related_name="neighbours")
    source = models.CharField(max_length=12)
    anchor = models.BigIntegerField()
    product = models.BigIntegerField()
    weight = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trained", "source", "anchor", "product"], name="neighbour_once"
            ),
        ]


class Switch(models.Model):
    """One source: whether it takes part, and how much its scores weigh."""

    source = models.CharField(max_length=12, primary_key=True)
    on = models.BooleanField(default=True)
    weight = models.FloatField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)


class Trace(models.Model):
    """One list as it was made: what it was made of, so that it can be made again bit for bit."""

    number = models.UUIDField(primary_key=True)
    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="traces")
    context = models.CharField(max_length=20)
    ranker = models.CharField(max_length=60)
    # The candidates with their terms, the settings, and what came of it.
    inputs = models.JSONField()
    products = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["shopper", "-at"], name="trace_of_shopper")]
