"""Tasks of the knowledge base: vectors of passages, and what shops' rules say of themselves.

Each drains a queryset; a lost or doubled message does no harm, the sweep rings again.
"""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.db.models import Exists, OuterRef

from assistant.knowledge.changes import changed, found_right
from assistant.knowledge.encoding import encode_parts
from assistant.knowledge.reading import read_here
from assistant.knowledge.terms import outdated, write_terms
from assistant.models import PassagePart
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone

SLICE = 512  # parts, some ten seconds on one core


@shared_task(ignore_result=True)
def encode_articles(merchant_id: int) -> None:
    """Encode a slice of a shop's passages on ``inference``; ring again if more is left."""
    from shopguide.backends import encoder

    merchant = Merchant.objects.filter(pk=merchant_id).first()
    if merchant and encode_parts(merchant, encoder=encoder(), limit=SLICE) >= SLICE:
        encode_articles.delay(merchant_id)


@shared_task(ignore_result=False)
def read_passages(question: str, texts: list[str]) -> list[tuple[int, int, float]] | None:
    """Find the stretch of each text that answers, on ``interactive``; None without a reader."""
    return read_here(question[:500], [text[:20_000] for text in texts[:8]])


@shared_task(ignore_result=True)
def refresh_terms() -> None:
    """Write anew what shops' rules say of themselves; only shops are asked that have changed."""
    with as_everyone():
        shops = list(Merchant.objects.active())
    for merchant, made_of in changed(shops).items():
        if not outdated(merchant):
            found_right(merchant, made_of)
        elif write_terms(merchant):
            encode_articles.delay(merchant.pk)


@shared_task(ignore_result=True)
def ring_knowledge() -> None:
    """Ring for shops with passages that the encoder in use has not read."""
    with as_everyone():
        parts = PassagePart.objects.filter(merchant=OuterRef("pk")).needing(settings.ENCODER_ID)
        shops = Merchant.objects.active().filter(Exists(parts))
        waiting = list(shops.values_list("pk", flat=True))
    for pk in waiting:
        encode_articles.delay(pk)
