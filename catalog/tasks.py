"""The catalogue's tasks: each takes an id, calls one verb, and rings what comes next.

The only module here that knows Celery and builds models. A task may be lost, doubled or late: the
import's row is claimed, the rest drains querysets.
"""

import hashlib
import logging
from collections.abc import Sequence

from celery import shared_task
from celery.exceptions import TimeoutError as CeleryTimeout
from django.conf import settings
from django.core.cache import cache
from django.db.models import Exists, OuterRef
from kombu.exceptions import OperationalError

from catalog.editing.bulk import run as run_bulk_edit
from catalog.encoding import encode_products as encode_rows
from catalog.extracting import propose_attributes as read_texts
from catalog.extraction import MODEL_VERSION
from catalog.feeds.importing import Stopped, import_file
from catalog.feeds.problems import Refused
from catalog.feeds.undoing import undo_import
from catalog.feeds.widths import draw_widths
from catalog.forgetting import forget_journals
from catalog.indexing import index_products as index_rows
from catalog.letters import give_up_lost, send_due
from catalog.models import BulkEdit, CatalogImport, Media, Product, ProductText, Refund, Review
from catalog.opinions.judges import SHELF, HeadJudge, Judge, WordJudge, judge_id
from catalog.opinions.judging import judge_reviews as judge_rows
from catalog.opinions.own import lacks_a_head, learn_own
from catalog.orders.paying_back import pay_back
from catalog.orders.wishing import tell_due
from catalog.search.noting import count_notes, forget_searches
from shopguide.accounts.acting import acting
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant

log = logging.getLogger(__name__)
# Texts encoded before the worker looks at its queue again: about half a minute on one core.
SLICE = 2_048
REVIEW_SLICE = 512
VECTOR_CACHE_S = 7 * 24 * 3600


def query_vector(text: str, *, wait_s: float | None = None) -> list[float] | None:
    """Return the vector of a shopper's words from the cache or a worker, None if neither has it.

    Called by the web process, which never loads a model: it asks and waits, at most
    ``QUERY_VECTOR_WAIT_S``. (dimensions,), unit length.
    """
    if not text.strip():
        return None
    key = vector_key(text)
    kept = cache.get(key)
    if kept is not None:
        return list(kept)
    try:
        asked = encode_query.apply_async((text, settings.ENCODER_ID), expires=10, retry=False)
        vector: list[float] = asked.get(
            timeout=settings.QUERY_VECTOR_WAIT_S if wait_s is None else wait_s,
            interval=0.01,
            disable_sync_subtasks=False,
        )
    except (CeleryTimeout, OperationalError, OSError) as error:
        log.warning("no query vector in time: %s", type(error).__name__)
        return None
    except Exception as error:  # a failing worker, whatever its reason, is an absent one
        log.warning("no query vector: %s", type(error).__name__)
        return None
    cache.set(key, vector, VECTOR_CACHE_S)
    return vector


def vector_key(text: str) -> str:
    """Return the cache key of a text's vector by the configured encoder."""
    digest = hashlib.sha256(f"{settings.ENCODER_ID}\0{text}".encode("utf-8", "replace"))
    return f"query-vector:{digest.hexdigest()[:40]}"


@shared_task(ignore_result=False)
def encode_query(text: str, wanted: str = "") -> list[float]:
    """Encode one query on the ``interactive`` queue: (dimensions,).

    Errors: LookupError where this worker has another encoder than who asks, which is so for the
    moments between two starts when a version is put in use: its vectors must not be mixed.
    """
    from shopguide.backends import encoder

    if wanted and wanted != settings.ENCODER_ID:
        raise LookupError(f"this worker encodes by {settings.ENCODER_ID}, not {wanted}")
    vector: Sequence[float] = encoder().encode_queries([text])[0].tolist()
    return [round(float(number), 6) for number in vector]


@shared_task(ignore_result=True)
def import_catalog(pk: int) -> None:
    """Import one uploaded file, then ring indexing."""
    with as_everyone():
        job: CatalogImport | None = CatalogImport.objects.claim(pk)
    if job is not None:
        with acting(job.asked_by_id):
            carry_out(job)


def carry_out(job: CatalogImport) -> None:
    """Import the file of a claimed job, or take an import back; the log tells who asked for it."""
    with job.leased():
        try:
            undo_import(job) if job.undoes_id else import_file(job)
        except Refused as refusal:
            with as_merchant(job.merchant_id):
                job.fail(str(refusal))
            return
        except Stopped:
            with as_merchant(job.merchant_id):
                job.cancel(stage="stopped")
            index_products.delay(job.merchant_id)
            return
    with as_merchant(job.merchant_id):
        job.finish(stage="checked" if job.dry else "done")
    if not job.dry:
        index_products.delay(job.merchant_id)
        draw_pictures.delay(job.merchant_id)


@shared_task(ignore_result=True)
def draw_pictures(merchant_id: int) -> None:
    """Draw the widths that some of a shop's pictures lack; ring again if more are left."""
    if draw_widths(Merchant.objects.get(pk=merchant_id)):
        draw_pictures.delay(merchant_id)


@shared_task(ignore_result=True)
def index_products(merchant_id: int) -> None:
    """Bring a shop's search documents up to date, then ring encoding."""
    merchant = Merchant.objects.get(pk=merchant_id)
    index_rows(merchant)
    encode_products.delay(merchant_id)
    propose_attributes.delay(merchant_id)
    judge_reviews.delay(merchant_id)


@shared_task(ignore_result=True)
def encode_products(merchant_id: int) -> None:
    """Encode a slice of a shop's passages on ``inference``; ring again if more is left."""
    from shopguide.backends import encoder

    merchant = Merchant.objects.get(pk=merchant_id)
    if encode_rows(merchant, encoder=encoder(), limit=SLICE) >= SLICE:
        encode_products.delay(merchant_id)


@shared_task(ignore_result=True)
def change_products(pk: int) -> None:
    """Carry out one bulk edit, then ring indexing."""
    with as_everyone():
        job: BulkEdit | None = BulkEdit.objects.claim(pk)
    if job is None:
        return
    with job.leased():
        run_bulk_edit(job)
    index_products.delay(job.merchant_id)


@shared_task(ignore_result=True)
def propose_attributes(merchant_id: int) -> None:
    """Read a slice of a shop's texts for facts; ring again if more is left."""
    merchant = Merchant.objects.get(pk=merchant_id)
    if read_texts(merchant, limit=SLICE) >= SLICE:
        propose_attributes.delay(merchant_id)


@shared_task(ignore_result=True)
def judge_reviews(merchant_id: int) -> None:
    """Judge a slice of a shop's reviews on ``inference``; ring again if more is left."""
    merchant = Merchant.objects.get(pk=merchant_id)
    if judge_rows(merchant, judge=judge_in_use(), limit=REVIEW_SLICE) >= REVIEW_SLICE:
        judge_reviews.delay(merchant_id)


def judge_in_use() -> Judge:
    """Return who judges texts now, with its model: for workers and commands."""
    from shopguide.backends import encoder, head

    version = judge_id(settings.MODELS_DIR, settings.ENCODER_ID)
    if version != WordJudge.id and (found := head(SHELF)):
        return HeadJudge(found[0], found[1], encoder())
    return WordJudge()


@shared_task(ignore_result=True)
def count_searches() -> None:
    """Add up what was searched for since the last minute."""
    count_notes()


@shared_task(ignore_result=True)
def forget_what_is_old() -> None:
    """Delete counts of searches and former values whose time is over."""
    forget_searches(settings.SEARCH_COUNT_DAYS)
    forget_journals()


@shared_task(ignore_result=True)
def learn_feelings() -> None:
    """Learn our own sentences on ``inference``, where nothing better is in use."""
    from shopguide.backends import encoder

    if lacks_a_head(settings.MODELS_DIR, settings.ENCODER_ID):
        learn_own(settings.MODELS_DIR, encoder=encoder())


@shared_task(ignore_result=True)
def ring_unjudged() -> None:
    """Ring for shops with reviews that the judge in use has not read as they stand now."""
    from shopguide.backends import FAKE

    real = settings.ENCODER["model"] != FAKE
    if real and lacks_a_head(settings.MODELS_DIR, settings.ENCODER_ID):
        learn_feelings.delay()
    judge = judge_id(settings.MODELS_DIR, settings.ENCODER_ID)
    with as_everyone():
        reviews = Review.objects.filter(merchant=OuterRef("pk")).unjudged(judge)
        shops = Merchant.objects.active().filter(Exists(reviews))
        waiting = list(shops.values_list("pk", flat=True))
    for pk in waiting:
        judge_reviews.delay(pk)


@shared_task(ignore_result=True)
def send_letters() -> None:
    """Send what waits in the outbox; say of letters lost with their worker that they are."""
    give_up_lost()
    send_due()


@shared_task(ignore_result=True)
def pay_refund(pk: int) -> None:
    """Move the money of one refund."""
    pay_back(pk)


@shared_task(ignore_result=True)
def tell_alerts() -> None:
    """Queue letters for prices that fell and things that are back."""
    tell_due()


@shared_task(ignore_result=True)
def ring_refunds() -> None:
    """Ring for refunds whose money has not moved: the rows are the only message."""
    with as_everyone():
        due = Refund.objects.filter(state__in=("queued", "running"))
        waiting = list(due.order_by("pk").values_list("pk", flat=True)[:100])
    for pk in waiting:
        pay_refund.delay(pk)


@shared_task(ignore_result=True)
def ring_overdue() -> None:
    """Ring again for whatever nobody works on: lost messages, dead workers, edits in the portal."""
    with as_everyone():
        jobs = list(CatalogImport.objects.overdue().values_list("pk", flat=True)[:100])
        edits = list(BulkEdit.objects.overdue().values_list("pk", flat=True)[:100])
        shops = Merchant.objects.active()
        mine = Product.objects.filter(merchant=OuterRef("pk"))
        outdated = list(shops.filter(Exists(mine.unindexed())).values_list("pk", flat=True))
        unencoded = list(
            shops.filter(Exists(mine.live().needing(settings.ENCODER_ID)))
            .exclude(pk__in=outdated)
            .values_list("pk", flat=True)
        )
        texts = ProductText.objects.filter(merchant=OuterRef("pk")).unread(MODEL_VERSION)
        unread = list(shops.filter(Exists(texts)).values_list("pk", flat=True))
        pictures = Media.objects.filter(merchant=OuterRef("pk"), widths=None)
        undrawn = list(shops.filter(Exists(pictures)).values_list("pk", flat=True))
    for pk in jobs:
        import_catalog.delay(pk)
    for pk in undrawn:
        draw_pictures.delay(pk)
    for pk in edits:
        change_products.delay(pk)
    for pk in outdated:
        index_products.delay(pk)
    for pk in unencoded:
        encode_products.delay(pk)
    for pk in set(unread) - set(outdated):
        propose_attributes.delay(pk)
