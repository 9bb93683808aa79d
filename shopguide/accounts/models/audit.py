"""What was changed in a shop, by whom: written by the database itself, never changed again."""

from django.db import models

from shopguide.accounts.models.merchant import Merchant


class AuditEntry(models.Model):
    """One change of one row; of a statement that changed very many, one entry with their number.

    ``before`` and ``after`` hold the telling columns that differ (`shopguide/audited.toml`), none
    that says who a shopper is. Rows come from triggers; the application's role can only read them.
    Neither shop nor person is a key: the entry outlives both, and a person who is erased is a
    number without a name.
    """

    merchant = models.ForeignKey(
        Merchant, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    via = models.CharField(max_length=40)
    table = models.CharField(max_length=63)
    row = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=6)
    rows = models.PositiveIntegerField(default=1)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["merchant", "-at", "-id"], name="audit_by_shop")]
