"""A merchant's upload as a job: its file, its counts, and every row that could not be taken."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopguide.accounts.models import Merchant
from shopguide.work import State, Work


class CatalogImport(Work):
    """One import: queued → running → done | failed, with progress that a page can come back to."""

    class Format(models.TextChoices):
        """What the file is written in."""

        AUTO = "auto", _("Detect")
        CSV = "csv", "CSV"
        JSONL = "jsonl", "JSON Lines"
        XLSX = "xlsx", "Excel"
        MAGENTO = "magento", "Magento"
        GOOGLE = "google", "Google Merchant"
        SHOPIFY = "shopify", "Shopify"

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="imports")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    file = models.CharField(max_length=500)
    file_name = models.CharField(max_length=200)
    format = models.CharField(max_length=10, choices=Format.choices, default=Format.AUTO)
    mapping = models.JSONField(null=True, blank=True)
    images = models.CharField(max_length=500, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    bytes_total = models.BigIntegerField(default=0)
    bytes_read = models.BigIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    # Only told what would change; nothing is written.
    dry = models.BooleanField(default=False)
    # The import that this job takes back.
    undoes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by"
    )
    stop_asked = models.BooleanField(default=False)
    # The database's transaction number when it began: what is younger was edited meanwhile.
    began = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def can_be_undone(self) -> bool:
        """Tell whether anything that it wrote can be taken back, and nobody does so already."""
        if self.dry or self.undoes_id or not self.over:
            return False
        running = self.undone_by.filter(state__in=(State.QUEUED, State.RUNNING))
        return not running.exists() and self.changes.exists()

    @property
    def step(self) -> str:
        """Return where a person is with it: columns, check, checked, import or undo."""
        if self.undoes_id:
            return "undo"
        if not self.dry:
            return "import"
        if self.state == State.DONE:
            return "columns" if self.stage == "columns" else "checked"
        return "check"

    def cancel(self, **fields: object) -> None:
        """Mark the job as stopped by somebody."""
        self._end(State.CANCELLED, **fields)

    @property
    def percent(self) -> int:
        """Return how much of the file is read, 0 to 100."""
        if self.over:
            return 100
        return min(99, self.bytes_read * 100 // self.bytes_total) if self.bytes_total else 0

    @property
    def seconds_left(self) -> int | None:
        """Return the time left at the speed so far; None before it can be told."""
        if self.over or not self.started_at or not self.bytes_read:
            return None
        passed = (timezone.now() - self.started_at).total_seconds()
        return round(passed * max(0, self.bytes_total - self.bytes_read) / self.bytes_read)


class ImportChange(models.Model):
    """What an import did to one row, written by the database in the same transaction.

    ``before`` is None for a row that it added, ``after`` for one that it took away. Of an added
    product or variant ``after`` is a digest of all that belongs to it.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    catalog_import = models.ForeignKey(
        CatalogImport, on_delete=models.CASCADE, related_name="changes", db_constraint=False
    )
    kind = models.CharField(max_length=20)
    row_id = models.BigIntegerField()
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]


class RowError(models.Model):
    """One thing wrong with one row: where, what, why and how to mend it."""

    MOST_KEPT: ClassVar[int] = 10_000

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE)
    catalog_import = models.ForeignKey(
        CatalogImport, on_delete=models.CASCADE, related_name="errors"
    )
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=120, blank=True)
    value = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=400)
    remedy = models.CharField(max_length=400)

    class Meta:
        ordering = ["line", "pk"]
