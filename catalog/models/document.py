"""What search reads: a projection of live products that everybody may see.

A row is here only while its product is live, so search needs no condition that would keep Postgres
from its indexes. The text columns are derived by `catalog.indexing`; prices and stock in
`SearchOffer` are kept by database triggers, so they are never behind.
"""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from catalog.models.product import Product, Variant
from shopguide.accounts.models import Merchant


class SearchDocument(models.Model):
    """One live product as search sees it.

    ``terms``: all words of all its languages, weighted A (title, SKU) to D (description).
    ``names``: folded exact names (titles, SKUs). ``facets``: confirmed facts by dimension as
    vocabulary codes, e.g. ``{"material": ["cotton"]}``; options of variants are on the offers.
    """

    product = models.OneToOneField(
        Product,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="document",
        db_constraint=False,
    )
    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    revision = models.BigIntegerField()
    terms = SearchVectorField()
    names = ArrayField(models.TextField(), default=list)
    titles = models.TextField(default="")
    categories = ArrayField(models.BigIntegerField(), default=list)
    brand = models.CharField(max_length=120, blank=True)
    facets = models.JSONField(default=dict)
    # Titles and pictures as a result card shows them; prices come from the offers.
    card = models.JSONField(default=dict)
    locales = ArrayField(models.CharField(max_length=10), default=list)
    length = models.PositiveIntegerField(default=0)
    rating = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    reviews = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            GinIndex(fields=["terms"], name="document_terms", fastupdate=False),
            GinIndex(fields=["names"], name="document_names", fastupdate=False),
            GinIndex(fields=["categories"], name="document_categories", fastupdate=False),
            GinIndex(
                fields=["facets"],
                name="document_facets",
                opclasses=["jsonb_path_ops"],
                fastupdate=False,
            ),
            models.Index(fields=["merchant", "brand"], name="document_merchant_brand"),
            models.Index(fields=["brand"], name="document_brand"),
        ]


class SearchOffer(models.Model):
    """One variant in one currency; without a price, currency and amount are empty.

    Kept by the database function ``catalog_refresh_offers`` from variants, prices and stock.
    """

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="offers", db_constraint=False
    )
    variant = models.ForeignKey(
        Variant, on_delete=models.CASCADE, related_name="offers", db_constraint=False
    )
    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    currency = models.CharField(max_length=3, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    in_stock = models.BooleanField()
    codes = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["variant", "currency"], name="offer_once"),
        ]
        indexes = [
            models.Index(fields=["currency", "amount", "product"], name="offer_amount"),
            GinIndex(
                fields=["codes"], name="offer_codes", opclasses=["jsonb_path_ops"], fastupdate=False
            ),
        ]


class PassageQuerySet(models.QuerySet["SearchPassage"]):
    """Texts to encode."""

    def needing(self, encoder_id: str) -> Self:
        """Keep passages that this encoder has not encoded as they stand now.

        One look-up in a unique index for each passage, whatever the planner believes of the
        tables: as an anti join, and before the first statistics, it compared all with all.
        """
        from catalog.models.embedding import Embedding

        encoded = Embedding.objects.filter(
            document=OuterRef("document"), locale=OuterRef("locale"), encoder_id=encoder_id
        ).values("text_hash")[:1]
        current = Coalesce(Subquery(encoded), Value(""))
        return self.exclude(text_hash=current).order_by(F("document").asc())


class SearchPassage(models.Model):
    """What an encoder reads of a live product in one language, with its hash."""

    document = models.ForeignKey(
        SearchDocument, on_delete=models.CASCADE, related_name="passages", db_constraint=False
    )
    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    locale = models.CharField(max_length=10)
    text = models.TextField()
    text_hash = models.CharField(max_length=32)

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "locale"], name="passage_once"),
        ]


class TermCount(models.Model):
    """In how many of a shop's documents a term stands: what makes a rare word weigh more."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE)
    term = models.TextField()
    documents = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "merchant"], name="term_once"),
        ]
