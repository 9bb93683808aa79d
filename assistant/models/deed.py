"""What the assistant did for a shopper after a yes: once for each confirmation."""

import uuid

from django.db import models

from shopguide.accounts.models import Shopper


class Deed(models.Model):
    """One write. Its id is the confirmation's, so that pressing twice does it once.

    ``outcome``: what was answered (act, facts, products), to be answered again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="deeds")
    tool = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField()
    arguments = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    done_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-done_at"]
        indexes = [models.Index(fields=["shopper", "-done_at"], name="deed_of_shopper")]

    def __str__(self) -> str:
        return f"{self.tool} {self.pk}"
