"""Give the sentences of products' pages their vectors, all of a page in one row.

For the ``inference`` worker. What needs encoding is a queryset, so running this twice or late does
no harm; of a product that changed elsewhere only the revision is noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.doing.evidence.sentences import sentences_of
from assistant.models import Sayings
from catalog.models import ProductText
from catalog.models.product import text_hash
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

CUT = 1  # counts changes of how texts are cut into sentences
WINDOW = 32  # pages
Vectors = NDArray[np.float32]


class DocumentEncoder(Protocol):
    """What this module needs of an encoder."""

    id: str

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode texts: (n,) -> (n, dimensions), unit length."""
        ...


def reader_id(encoder_id: str) -> str:
    """Name what an encoder makes of sentences that are cut as they are now."""
    return f"{encoder_id}/{CUT}"


def encode_pages(merchant: Merchant, *, encoder: DocumentEncoder, limit: int) -> int:
    """Read the shop's pages that need it, at most ``limit``; return how many were read."""
    done, reader = 0, reader_id(encoder.id)
    while done < limit:
        with as_merchant(merchant):
            missing = Sayings.objects.missing(reader).filter(merchant=merchant)
            pages = list(missing.select_related("product")[: min(WINDOW, limit - done)])
            kept = dict(
                Sayings.objects.filter(text__in=pages, reader_id=reader).values_list(
                    "text", "text_hash"
                )
            )
        if not pages:
            break
        same = [one for one in pages if kept.get(one.pk) == text_hash(one.description)]
        rows = _read([one for one in pages if one not in same], encoder, reader)
        with as_merchant(merchant):
            for one in same:
                Sayings.objects.filter(text=one, reader_id=reader).update(
                    revision=one.product.revision
                )
            Sayings.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["text", "reader_id"],
                update_fields=["revision", "text_hash", "vectors"],
            )  # fmt: skip
        done += len(pages)
    return done


def _read(pages: Sequence[ProductText], encoder: DocumentEncoder, reader: str) -> list[Sayings]:
    """Return rows with the vectors of each page's sentences in half precision."""
    cut = [sentences_of(one.description, one.locale) for one in pages]
    texts = list(dict.fromkeys(line for lines in cut for line in lines))
    vectors = dict(zip(texts, encoder.encode_documents(texts), strict=True)) if texts else {}
    return [
        Sayings(
            merchant_id=one.merchant_id, text=one, reader_id=reader,
            revision=one.product.revision, text_hash=text_hash(one.description),
            vectors=b"".join(vectors[line].astype(np.float16).tobytes() for line in lines),
        )
        for one, lines in zip(pages, cut, strict=True)
    ]  # fmt: skip


def unpacked(row: Sayings, count: int) -> Vectors | None:
    """Return a row's vectors: (count, dimensions), None where it has others' number."""
    flat = np.frombuffer(bytes(row.vectors), np.float16).astype(np.float32)
    return flat.reshape(count, -1) if count and flat.size and not flat.size % count else None
