"""Tasks of evidence: vectors of the sentences on products' pages. The sweep rings again."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.db.models import Exists, OuterRef

from assistant.doing.evidence.encoding import encode_pages, reader_id
from assistant.models import Sayings
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone

SLICE = 64  # pages, some ten seconds on one core


@shared_task(ignore_result=True)
def encode_sayings(merchant_id: int) -> None:
    """Encode a slice of a shop's pages on ``inference``; ring again if more is left."""
    from shopguide.backends import encoder

    merchant = Merchant.objects.filter(pk=merchant_id).first()
    if merchant and encode_pages(merchant, encoder=encoder(), limit=SLICE) >= SLICE:
        encode_sayings.delay(merchant_id)


@shared_task(ignore_result=True)
def ring_sayings() -> None:
    """Ring for shops with pages whose sentences the encoder in use has not read."""
    with as_everyone():
        missing = Sayings.objects.missing(reader_id(settings.ENCODER_ID))
        pages = missing.filter(merchant=OuterRef("pk"))
        waiting = list(Merchant.objects.active().filter(Exists(pages)).values_list("pk", flat=True))
    for pk in waiting:
        encode_sayings.delay(pk)
