"""What an editor has typed and not saved yet."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from catalog.models.product import Product
from shopguide.accounts.models import Merchant


class ProductDraft(models.Model):
    """One person's unsaved changes of one product.

    ``changes``: the fields they changed; ``base``: fingerprints of what these fields were, so that
    another person's edit in between is noticed.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="drafts", db_constraint=False
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    changes = models.JSONField(default=dict)
    base = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "by"], name="draft_once"),
        ]
