"""What a person did to the shop's categories and attributes, so that it can be taken back."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopguide.accounts.models import Merchant


class Arrangement(models.Model):
    """One change of the shop's own categories or attributes.

    ``rows``: the categories or definitions as they were, by table; ``made``: ids of those that it
    added. ``was`` and ``became``: category or attributes of each product that it touched, by id.
    """

    class Kind(models.TextChoices):
        """What was done."""

        CATEGORY_ADD = "category_add", _("Category added")
        CATEGORY_RENAME = "category_rename", _("Category renamed")
        CATEGORY_MERGE = "category_merge", _("Category merged")
        CATEGORY_DELETE = "category_delete", _("Category deleted")
        ATTRIBUTE_DEFINE = "attribute_define", _("Attribute defined")
        ATTRIBUTE_MERGE = "attribute_merge", _("Attribute merged")
        ATTRIBUTE_DELETE = "attribute_delete", _("Attribute deleted")
        VALUE_RENAME = "value_rename", _("Value renamed")

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.CharField(max_length=250)
    target = models.CharField(max_length=250, blank=True)
    touched = models.PositiveIntegerField(default=0)
    rows = models.JSONField(default=dict)
    made = models.JSONField(default=list)
    was = models.JSONField(default=dict)
    became = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    kept = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]

    @property
    def of_categories(self) -> bool:
        """Tell whether it is about categories."""
        return self.kind.startswith("category")
