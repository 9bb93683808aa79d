"""Vectors of products, beside the encoder and the text they were made of."""

import re
import zlib
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connections, models, transaction
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from pgvector.django import CosineDistance, HalfVectorField

from catalog.models.document import SearchDocument
from shopguide.accounts.models import Merchant


class Embedding(models.Model):
    """One language of a live product as one encoder sees it.

    The column has no fixed width, so that a new encoder can drain beside the old one; each encoder
    has its own partial HNSW index (`make_vector_index`).
    """

    document = models.ForeignKey(
        SearchDocument, on_delete=models.CASCADE, related_name="vectors", db_constraint=False
    )
    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    locale = models.CharField(max_length=10)
    encoder_id = models.CharField(max_length=120)
    text_hash = models.CharField(max_length=32)
    vector = HalfVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "locale", "encoder_id"], name="embedding_once"
            ),
        ]


def vector_literal(vector: Sequence[float]) -> str:
    """Return pgvector's text form; six digits keep a cosine to 1e-6, finer than halfvec."""
    return "[" + ",".join(f"{float(number):.6g}" for number in vector) + "]"


def cosine_distance(vector: Sequence[float]) -> CosineDistance:
    """Return the distance of an embedding to ``vector`` ((dimensions,)) as an expression."""
    wide = HalfVectorField(dimensions=len(vector))
    return CosineDistance(Cast("vector", wide), RawSQL("%s::halfvec", [vector_literal(vector)]))


def index_name(encoder_id: str) -> str:
    """Return the name of an encoder's partial vector index."""
    readable = re.sub(r"[^a-z0-9]+", "_", encoder_id.lower())[:36].strip("_")
    return f"embedding_{readable}_{zlib.crc32(encoder_id.encode()):08x}"


def make_vector_index(using: str = "owner", **kwargs: Any) -> None:
    """Make the configured encoder's HNSW index if it is missing; run by each ``migrate``.

    Django sends ``post_migrate`` after a flush too, and there as the role that owns nothing.
    """
    if using != "owner":
        return
    if not connections[using].introspection.table_names():
        return
    index_vectors(settings.ENCODER_ID, int(settings.ENCODER["dimensions"]), using=using)


def index_vectors(identity: str, dimensions: int, *, using: str = "owner") -> None:
    """Make an encoder's HNSW index if it is missing. Cost: grows with its vectors."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('catalog_embedding')")
        if cursor.fetchone()[0] is None:
            return
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS {index_name(identity)} ON catalog_embedding"
            f" USING hnsw ((vector::halfvec({dimensions})) halfvec_cosine_ops)"
            " WITH (m = 16, ef_construction = 64) WHERE encoder_id = " + quoted(identity)
        )


def quoted(text: str) -> str:
    """Return an SQL string literal: DDL takes no parameters."""
    return "'" + text.replace("'", "''") + "'"
