"""The tree that products stand in: shared by the market place, or a shop's own branch."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from shopguide.accounts.models import Merchant


class CategoryQuerySet(models.QuerySet["Category"]):
    """Categories of the market place and of shops."""

    def shared(self) -> Self:
        """Keep the market place's own categories."""
        return self.filter(merchant=None)

    def usable_by(self, merchant: Merchant) -> Self:
        """Keep what this shop may put products into: the shared ones and its own."""
        return self.filter(Q(merchant=None) | Q(merchant=merchant))

    def under(self, category: "Category") -> Self:
        """Keep the category and everything below it."""
        return self.filter(Q(pk=category.pk) | Q(path__startswith=f"{category.path}/")).filter(
            merchant=category.merchant
        )


class Category(models.Model):
    """One place in the tree. ``path`` is the slugs from the root, joined by ``/``."""

    merchant = models.ForeignKey(Merchant, null=True, blank=True, on_delete=models.CASCADE)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=400)
    name_zh = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "path"]
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "path"], name="category_path", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return the name in the reader's language, or the one it has."""
        if (get_language() or "").startswith("zh"):
            return self.name_zh or self.name_en or self.path
        return self.name_en or self.name_zh or self.path
