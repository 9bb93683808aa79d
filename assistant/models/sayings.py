"""The sentences of products' pages as an encoder sees them, beside the text they were made of."""

from __future__ import annotations

from django.db import models
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from catalog.models import Product, ProductText
from shopguide.accounts.models import Merchant

UNREAD = -1


class SayingsQuerySet(models.QuerySet["Sayings"]):
    """Rows of sentences."""

    def missing(self, reader_id: str) -> models.QuerySet[ProductText]:
        """Return the texts of live products that this reader has not read in their revision.

        One look-up in a unique index for each text.
        """
        read = self.filter(text=OuterRef("pk"), reader_id=reader_id).values("revision")[:1]
        texts = ProductText.objects.filter(arm="", product__in=Product.objects.live())
        seen = texts.annotate(seen=Coalesce(Subquery(read), Value(UNREAD)))
        return seen.exclude(seen=F("product__revision")).order_by("pk")


class Sayings(models.Model):
    """One language of a product's description, sentence by sentence.

    ``reader_id``: the encoder and how texts are cut; ``revision``: the product's, when it was read;
    ``vectors``: (sentences, dimensions) in half precision, row by row, in their order.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    text = models.ForeignKey(
        ProductText, on_delete=models.CASCADE, related_name="sayings", db_constraint=False
    )
    reader_id = models.CharField(max_length=140)
    revision = models.BigIntegerField()
    text_hash = models.CharField(max_length=32)
    vectors = models.BinaryField()

    objects: SayingsQuerySet = SayingsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "reader_id"], name="sayings_once"),
        ]
