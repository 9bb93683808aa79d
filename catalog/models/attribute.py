"""What kinds of facts products have, and facts that a model proposes and a person confirms."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product
from shopguide.accounts.models import Merchant


class AttributeQuerySet(models.QuerySet["Attribute"]):
    """Definitions of the market place and of shops."""

    def usable_by(self, merchant: Merchant) -> Self:
        """Keep what holds for a shop, its own last, so that of two with a code its own counts."""
        mine = self.filter(Q(merchant=None) | Q(merchant=merchant))
        return mine.order_by(F("merchant").asc(nulls_first=True), "code")


class Attribute(models.Model):
    """The definition of one kind of fact: its type, unit and names. Shared, or a shop's own.

    ``allowed``: the values that products may state, each with its names (value, zh, en); any if
    there are none.
    """

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
    allowed = models.JSONField(default=list, blank=True)

    objects = AttributeQuerySet.as_manager()

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

    def value_name(self, value: str) -> str:
        """Return one of the allowed values in the reader's language, any other as it is."""
        first, second = ("zh", "en") if (get_language() or "").startswith("zh") else ("en", "zh")
        found: dict[str, Any] = next((one for one in self.allowed if one.get("value") == value), {})
        return str(found.get(first) or found.get(second) or value)


class Extraction(models.Model):
    """Which text of a product was read for facts, at which revision, and by which rules.

    Without a row for the product's present revision the text is to be read (again); where only
    something else about the product has changed, the hash says so and nothing is read.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="extractions", db_constraint=False
    )
    locale = models.CharField(max_length=10)
    revision = models.BigIntegerField()
    text_hash = models.CharField(max_length=32)
    model_version = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "locale"], name="extraction_once"),
        ]


# A list contains its member, a single value itself; 480 and 480.0 are one number.
STATED = RawSQL(
    "coalesce((SELECT p.attributes -> catalog_attributeproposal.code"
    " @> catalog_attributeproposal.fact FROM catalog_product p"
    " WHERE p.id = catalog_attributeproposal.product_id), false)",
    [],
    output_field=models.BooleanField(),
)


class ProposalQuerySet(models.QuerySet["AttributeProposal"]):
    """Proposals by what is to be done with them."""

    def open(self) -> Self:
        """Keep what waits for a person and is not stated by the product already."""
        return self.filter(~Q(STATED), verdict=AttributeProposal.Verdict.OPEN)

    def with_twins(self) -> Self:
        """Keep these and what says the same of the same product in other languages.

        To be asked before `open`, which reads the outermost proposal.
        """
        same = ("product", "attribute", "value", "unit")
        mine = self.order_by().filter(**{name: OuterRef(name) for name in same})
        return type(self)(self.model).filter(Exists(mine))

    def once(self) -> Self:
        """Keep one of the proposals that say the same of a product in several languages."""
        twin = type(self)(self.model).filter(
            product=OuterRef("product"),
            code=OuterRef("code"),
            fact=OuterRef("fact"),
            verdict=OuterRef("verdict"),
            pk__lt=OuterRef("pk"),
        )
        return self.filter(~Exists(twin))


class AttributeProposal(models.Model):
    """A fact read out of a text, with its evidence. It counts as a fact only once confirmed.

    ``start`` and ``end`` are the evidence's place in ``field`` of the text in ``locale``;
    ``before`` and ``after`` are the words around it. ``code`` and ``fact`` are what the
    product would state.
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
    before = models.CharField(max_length=80, blank=True)
    evidence = models.CharField(max_length=300)
    after = models.CharField(max_length=80, blank=True)
    text_hash = models.CharField(max_length=32, blank=True)
    code = models.SlugField(max_length=100, blank=True, db_index=False)
    fact = models.JSONField(default=str)
    confidence = models.FloatField()
    model_version = models.CharField(max_length=60)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["merchant", "verdict", "code"], name="proposal_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "attribute", "value", "unit", "locale"], name="proposal_once"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="proposal_has_evidence"),
            models.CheckConstraint(
                condition=Q(confidence__range=(0, 1)), name="proposal_confidence"
            ),
        ]
