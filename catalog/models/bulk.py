"""Many products changed at once, with what they were, so that it can be taken back as a whole."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product
from shopguide.accounts.models import Merchant
from shopguide.work import Work


class BulkEdit(Work):
    """One change of many products as a job: queued → running → done | failed.

    ``chosen``: ids, or the list's filter with the newest id it has counted. ``undo_of``: the edit
    that this one takes back.
    """

    class Kind(models.TextChoices):
        """What is changed."""

        STATUS = "status", _("Status")
        CATEGORY = "category", _("Category")
        BRAND = "brand", _("Brand")
        PRICE = "price", _("Price")
        STOCK = "stock", _("Stock")
        GRID = "grid", _("Edited in the grid")
        UNDO = "undo", _("Undo")

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="bulk_edits")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    change = models.JSONField(default=dict)
    chosen = models.JSONField(default=dict)
    undo_of = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by"
    )
    total = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]

    @property
    def percent(self) -> int:
        """Return how many of the products have been visited, 0 to 100."""
        if self.over or not self.total:
            return 100
        return min(99, (self.changed + self.unchanged + self.refused) * 100 // self.total)


class BulkEditRow(models.Model):
    """One product of a bulk edit: the changed fields as they were and as they became."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    bulk_edit = models.ForeignKey(BulkEdit, on_delete=models.CASCADE, related_name="rows")
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulk_edit", "product"], name="bulk_row_once"),
        ]
