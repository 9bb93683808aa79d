"""Give the parts of passages their vectors.

For the `inference` worker and `manage.py import_knowledge`. What needs encoding is a queryset, so
running this twice or late does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from assistant.models import PassagePart
from catalog.models.embedding import vector_literal
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

WINDOW = 128


class DocumentEncoder(Protocol):
    """What this module needs of an encoder."""

    id: str

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts: (n,) -> (n, dimensions), unit length."""
        ...


def encode_parts(merchant: Merchant, *, encoder: DocumentEncoder, limit: int | None = None) -> int:
    """Encode the shop's parts that need it, at most ``limit``; return how many were encoded."""
    done, place = 0, 0
    while limit is None or done < limit:
        size = WINDOW if limit is None else min(WINDOW, limit - done)
        with as_merchant(merchant):
            mine = PassagePart.objects.filter(merchant=merchant, pk__gt=place)
            parts = list(mine.needing(encoder.id)[:size])
        if not parts:
            break
        place = parts[-1].pk
        texts = {part.text_hash: part.text for part in parts}  # the same words are read once
        vectors = encoder.encode_documents(list(texts.values()))
        with as_merchant(merchant):
            store(parts, dict(zip(texts, vectors, strict=True)), encoder.id)
        done += len(parts)
    return done


STORE = """
INSERT INTO assistant_partvector (merchant_id, part_id, encoder_id, text_hash, vector)
SELECT p.merchant_id, p.id, %(encoder)s, r.hash, r.vector::halfvec
FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(part bigint, hash text, vector text)
-- The part may be gone since: another version was approved while the encoder ran.
JOIN assistant_passagepart p ON p.id = r.part AND p.text_hash = r.hash
ON CONFLICT (part_id, encoder_id)
DO UPDATE SET text_hash = excluded.text_hash, vector = excluded.vector
"""


def store(
    parts: Sequence[PassagePart], vectors: dict[str, NDArray[np.float32]], encoder_id: str
) -> None:
    """Write one vector for each part, by the hash of its text. One statement."""
    rows = [
        {
            "part": part.pk,
            "hash": part.text_hash,
            "vector": vector_literal(vectors[part.text_hash].tolist()),
        }
        for part in parts
    ]
    with connection.cursor() as cursor:
        cursor.execute(STORE, {"rows": json.dumps(rows), "encoder": encoder_id})
