"""Pictures of products."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from catalog.models.product import Product
from shopguide.accounts.models import Merchant


class Media(models.Model):
    """One picture. ``file`` is below ``MEDIA_ROOT``; ``options`` says which variants it shows.

    ``crop``: of which whole picture it is a part, and which, in per cent from the left and the top:
    ``{"file": …, "box": [left, top, width, height]}``; None for a whole one.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="media", db_constraint=False
    )
    file = models.CharField(max_length=300)
    source = models.CharField(max_length=500, blank=True)
    alt_zh = models.CharField(max_length=300, blank=True)
    alt_en = models.CharField(max_length=300, blank=True)
    options = models.JSONField(default=dict, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    crop = models.JSONField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    # The widths in pixels that it is stored in besides, each as AVIF and WebP; None: not yet made.
    widths = ArrayField(models.PositiveSmallIntegerField(), null=True, blank=True)
    # A perceptual hash of 64 bits: pictures that look alike differ in few of them.
    likeness = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "media"
        constraints = [
            models.UniqueConstraint(fields=["product", "file"], name="media_once"),
        ]

    def __str__(self) -> str:
        return self.file

    @property
    def whole(self) -> str:
        """Return the file of the whole picture."""
        return str(self.crop["file"]) if self.crop else self.file

    @property
    def box(self) -> list[int]:
        """Return the part that is shown: left, top, width and height in per cent of the whole."""
        return list(self.crop["box"]) if self.crop else [0, 0, 100, 100]
