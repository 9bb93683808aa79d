"""Give live products their vectors.

For the inference worker and `manage.py encode`. What needs encoding is a queryset: passages whose
hash this encoder has not seen. Batches are measured in tokens; an unchanged catalogue costs one
query a shop. It never changes a product's text.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from catalog.indexing import freshen_statistics
from catalog.models import SearchPassage
from catalog.models.embedding import vector_literal
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

# Rows fetched at a time: sorted by length inside, so that a batch holds texts of one size.
WINDOW = 512


class DocumentEncoder(Protocol):
    """What this module needs of an encoder."""

    id: str
    dimensions: int

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts: (n,) -> (n, dimensions), unit length."""
        ...


def encode_products(
    merchant: Merchant,
    *,
    encoder: DocumentEncoder,
    limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Encode the shop's passages that need it, at most ``limit``; return how many were encoded."""
    done = 0
    for passages in windows(merchant, encoder.id, limit):
        vectors = encoder.encode_documents([passage.text for passage in passages])
        with as_merchant(merchant):
            store(passages, vectors, encoder.id)
        done += len(passages)
        if progress:
            progress(done)
    if done:
        freshen_statistics()
    return done


def windows(
    merchant: Merchant, encoder_id: str, limit: int | None
) -> Iterator[list[SearchPassage]]:
    """Yield windows of passages to encode until none is left or the limit is reached.

    Each window goes on where the last one ended; what was written before that place meanwhile is
    found by another round. Nothing is held in memory.
    """
    left, place = limit, 0
    while left is None or left > 0:
        size = WINDOW if left is None else min(WINDOW, left)
        ahead = SearchPassage.objects.filter(merchant=merchant, document__gte=place)
        with as_merchant(merchant):
            found = list(ahead.needing(encoder_id)[:size])
        if found:
            yield found
            left = None if left is None else left - len(found)
            place = found[-1].document_id
        elif place:
            place = 0
        else:
            return


STORE = """
INSERT INTO catalog_embedding (document_id, merchant_id, locale, encoder_id, text_hash, vector)
SELECT r.document, r.merchant, r.locale, %(encoder)s, r.hash, r.vector::halfvec
FROM jsonb_to_recordset(%(rows)s::jsonb)
    AS r(document bigint, merchant bigint, locale text, hash text, vector text)
-- The product may have left the shop window, or changed its text, while the encoder ran.
JOIN catalog_searchpassage p
    ON p.document_id = r.document AND p.locale = r.locale AND p.text_hash = r.hash
ON CONFLICT (document_id, locale, encoder_id)
DO UPDATE SET text_hash = excluded.text_hash, vector = excluded.vector
"""


def store(passages: Sequence[SearchPassage], vectors: NDArray[np.float32], encoder_id: str) -> None:
    """Write one vector for each passage: (n,), (n, dimensions). One statement."""
    rows: list[dict[str, Any]] = [
        {
            "document": passage.document_id,
            "merchant": passage.merchant_id,
            "locale": passage.locale,
            "hash": passage.text_hash,
            "vector": vector_literal(vector),
        }
        for passage, vector in zip(passages, vectors, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(STORE, {"rows": json.dumps(rows), "encoder": encoder_id})


def remaining(merchant: Merchant, encoder_id: str) -> int:
    """Count the shop's passages that still need this encoder."""
    with as_merchant(merchant):
        return SearchPassage.objects.filter(merchant=merchant).needing(encoder_id).count()
