"""Products, what is written about them, and the variants that are bought."""

import hashlib
from collections.abc import Sequence
from copy import copy
from typing import Any, Protocol, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models.category import Category
from shopguide.accounts.models import Merchant


class Status(models.TextChoices):
    """Draft: seen by the shop only. Live: in the shop window. Archived: kept for history."""

    DRAFT = "draft", _("Draft")
    LIVE = "live", _("Live")
    ARCHIVED = "archived", _("Archived")


class Provenance(models.TextChoices):
    """Who wrote a text."""

    MERCHANT = "merchant", _("Written by the shop")
    IMPORTED = "imported", _("Imported")
    GENERATED = "generated", _("Written by a model")


class ProductQuerySet(models.QuerySet["Product"]):
    """The vocabulary of products. Row-level security decides what a connection sees at all."""

    def live(self) -> Self:
        """Keep what shoppers may see."""
        return self.filter(status=Status.LIVE)

    def of(self, merchant: Merchant) -> Self:
        """Keep one shop's products."""
        return self.filter(merchant=merchant)

    def matching(self, words: str) -> Self:
        """Keep products whose title, SKU or a variant's SKU contains these words; all for none."""
        if not words:
            return self
        titled = ProductText.objects.filter(product=OuterRef("pk"), title__icontains=words)
        coded = Variant.objects.filter(product=OuterRef("pk"), sku__icontains=words)
        return self.filter(Q(sku__icontains=words) | Exists(titled) | Exists(coded))

    def lacking(self, code: str) -> Self:
        """Keep products that lack something (`catalog.models.lacking.LACKS`); all for nothing."""
        from catalog.models.lacking import LACKS, lacks

        return self.filter(lacks(code)) if code in LACKS else self

    def unindexed(self) -> Self:
        """Keep products whose search document is missing, outdated, or should not be there."""
        from catalog.models.document import SearchDocument

        document = SearchDocument.objects.filter(product=OuterRef("pk"))
        current = document.filter(revision=OuterRef("revision"))
        return self.filter(
            Q(~Exists(current), status=Status.LIVE) | Q(Exists(document)) & ~Q(status=Status.LIVE)
        )

    def needing(self, encoder_id: str) -> Self:
        """Keep live products with a passage that this encoder has not encoded as it stands now."""
        from catalog.models.document import SearchPassage

        return self.filter(
            Exists(SearchPassage.objects.needing(encoder_id).filter(document=OuterRef("pk")))
        )

    def unready(self, encoder_id: str) -> Self:
        """Keep live products that search does not know as they stand now, by words or by vector."""
        from catalog.models.document import SearchPassage

        waiting = Exists(SearchPassage.objects.needing(encoder_id).filter(document=OuterRef("pk")))
        outdated = Exists(type(self)(self.model).unindexed().filter(pk=OuterRef("pk")))
        return self.live().filter(waiting | outdated)

    def nearest(self, vector: Sequence[float], *, encoder_id: str) -> Self:
        """Order products by cosine distance to ``vector``, nearest first.

        ``vector``: (dimensions,), unit length. Adds ``distance``, 0 (same) to 2 (opposite): the
        nearest of the product's languages. Products without an embedding are left out. Exact: one
        distance for each product of the queryset, so narrow it first; search has the index scan.
        """
        from catalog.models.embedding import Embedding, cosine_distance

        nearest = (
            Embedding.objects.filter(document=OuterRef("pk"), encoder_id=encoder_id)
            .annotate(distance=cosine_distance(vector))
            .order_by("distance")
            .values("distance")[:1]
        )
        return (
            self.annotate(distance=models.Subquery(nearest))
            .exclude(distance=None)
            .order_by("distance", "pk")
        )

    def for_cards(self) -> Self:
        """Fetch with each product what a card shows: texts, pictures, variants with prices, stock.

        Six queries, however many products.
        """
        from catalog.models.offer import Price

        prices = models.Prefetch("variants__prices", Price.objects.select_related("price_list"))
        return self.select_related("merchant", "category").prefetch_related(
            "texts", "media", "variants", prices, "variants__stock"
        )


class Product(models.Model):
    """One thing that is sold. ``attributes`` holds confirmed facts only, typed by `Attribute`."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="products")
    sku = models.CharField(max_length=100)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="products"
    )
    brand = models.CharField(max_length=120, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    option_names = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    # Set by the database from one sequence whenever anything that search shows has changed.
    revision = models.BigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merchant", "sku"], name="product_sku_once_per_shop"),
            models.UniqueConstraint(fields=["merchant", "id"], name="product_of_its_shop"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="product_status_known"
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) | ~Q(status=Status.LIVE),
                name="product_deleted_not_live",
            ),
        ]

    # Which text under test whoever looks meets: set for one request by what shows the product.
    tested: "Tested | None" = None

    def __str__(self) -> str:
        return self.sku

    def text(self, language: str | None = None) -> "ProductText | None":
        """Return the text in the reader's language, else in the one there is."""
        wanted = language or get_language() or settings.LANGUAGE_CODE
        texts = [text for text in self.texts.all() if not text.arm]
        texts.sort(key=lambda text: (text.locale != wanted, text.locale))
        return self._as_tested(texts[0]) if texts else None

    def _as_tested(self, text: "ProductText") -> "ProductText":
        """Return a text with what is under test in its place, if whoever looks meets that."""
        if self.tested is None or self.tested.locale != text.locale:
            return text
        rows = (one for one in self.texts.all() if one.locale == text.locale)
        other = next((one for one in rows if one.arm == self.tested.arm), None)
        if other is None or self.tested.channel not in ("title", "description"):
            return text
        shown = copy(text)
        setattr(shown, self.tested.channel, getattr(other, self.tested.channel))
        shown.provenance = other.provenance
        return shown

    @property
    def title(self) -> str:
        """Return the title in the reader's language, else in the one there is."""
        text = self.text()
        return text.title if text else self.sku

    def delete_softly(self) -> None:
        """Take the product out of the shop for good; orders and reviews keep their reference."""
        self.status, self.deleted_at = Status.ARCHIVED, timezone.now()
        self.save(update_fields=["status", "deleted_at"])


def text_hash(text: str) -> str:
    """Return the 32-character fingerprint by which an embedding knows its text."""
    return hashlib.md5(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


class Tested(Protocol):
    """A text under test: which of a product's, and by which arm."""

    @property
    def channel(self) -> str: ...
    @property
    def locale(self) -> str: ...
    @property
    def arm(self) -> str: ...


class TextQuerySet(models.QuerySet["ProductText"]):
    """Texts of products."""

    def unread(self, model_version: str) -> Self:
        """Keep texts that these rules have not read for facts as the product stands now.

        One comparison of revisions a text; archived products and texts under test are left out.
        """
        from catalog.models.attribute import Extraction

        current = Extraction.objects.filter(
            product=OuterRef("product"),
            locale=OuterRef("locale"),
            revision=OuterRef("product__revision"),
            model_version=model_version,
        )
        return self.filter(~Exists(current), arm="").exclude(product__status=Status.ARCHIVED)


class ProductText(models.Model):
    """Title and description in one language, and who wrote and approved them.

    ``arm`` is empty for the text that everybody sees; a variant under test has a name there.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="texts", db_constraint=False
    )
    locale = models.CharField(max_length=10, choices=[("zh-hans", "中文"), ("en", "English")])
    title = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    provenance = models.CharField(
        max_length=10, choices=Provenance.choices, default=Provenance.MERCHANT
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    arm = models.CharField(max_length=40, blank=True)

    objects = TextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "locale", "arm"], name="text_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Variant(models.Model):
    """What is bought: one combination of the product's options.

    ``options`` holds what the shop says ("Navy Blue"); ``codes`` the shared vocabulary's word for
    it ("navy"), by which search filters.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="variants", db_constraint=False
    )
    sku = models.CharField(max_length=100)
    options = models.JSONField(default=dict, blank=True)
    codes = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "sku"], name="variant_sku_once_per_shop"),
            models.UniqueConstraint(fields=["merchant", "id"], name="variant_of_its_shop"),
            # Checked at the end of a statement, so that an import may swap two variants' options.
            models.UniqueConstraint(
                fields=["product", "options"],
                name="variant_combination_once",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        return self.sku

    @property
    def in_stock(self) -> int:
        """Return how many are in stock over all warehouses. Uses prefetched rows."""
        return sum(row.quantity for row in self.stock.all())


class RelatedProduct(models.Model):
    """The shop says that one product goes with another."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="related", db_constraint=False
    )
    other = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="related_to", db_constraint=False
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["product", "other"], name="related_once"),
            models.CheckConstraint(condition=~Q(product=F("other")), name="related_to_another"),
        ]


def next_revision() -> int:
    """Take the next number of the catalogue's revision sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('catalog_revision')")
        number: tuple[Any, ...] = cursor.fetchone()
    return int(number[0])
