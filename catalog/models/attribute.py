"""What kinds of facts products have, and facts that a model proposes and a person confirms."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product
from shopguide.accounts.models import Merchant


class Attribute(models.Model):
    """The definition of one kind of fact: its type, unit and names. Shared, or a shop's own."""

    class Kind(models.TextChoices):
        """How a value is written and compared."""

        CODE = "code", _("One of the vocabulary")
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        FLAG = "flag", _("Yes or no")

    merchant = models.ForeignKey(Merchant, null=True, blank=True, on_delete=models.CASCADE)
    code = models.SlugField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TEXT)
    unit = models.CharField(max_length=20, blank=True)
    name_zh = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "code"], name="attribute_code", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """Return the name in the reader's language, or the one it has."""
        if (get_language() or "").startswith("zh"):
            return self.name_zh or self.name_en or self.code
        return self.name_en or self.name_zh or self.code


class AttributeProposal(models.Model):
    """A fact read out of a text, with its evidence. It counts as a fact only once confirmed.

    ``start`` and ``end`` are the evidence's place in ``field`` of the text in ``locale``.
    """

    class Verdict(models.TextChoices):
        """What a person said."""

        OPEN = "open", _("To be confirmed")
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Rejected")

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="proposals", db_constraint=False
    )
    attribute = models.SlugField(max_length=80)
    value = models.CharField(max_length=200)
    unit = models.CharField(max_length=20, blank=True)
    locale = models.CharField(max_length=10)
    field = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    evidence = models.CharField(max_length=300)
    confidence = models.FloatField()
    model_version = models.CharField(max_length=60)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product", "attribute", "value", "locale"], name="proposal_once"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="proposal_has_evidence"),
            models.CheckConstraint(
                condition=Q(confidence__range=(0, 1)), name="proposal_confidence"
            ),
        ]
