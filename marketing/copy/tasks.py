"""Copy's tasks: each takes an id, claims the row, calls one verb."""

from functools import partial
from pathlib import Path

from celery import shared_task
from django.conf import settings

from catalog.tasks import index_products
from marketing.copy.briefing import write
from marketing.copy.composing import begun
from marketing.copy.examining import Compose
from marketing.copy.filling import run
from marketing.copy.publishing import publish_due
from marketing.copy.reading_again import read_again, reader_here
from marketing.copy.wording.doubting import SecondReader
from marketing.copy.wording.learning import SHELF, lacks_a_head, learn_own
from marketing.models import Brief, BulkJob, Draft
from shopguide.accounts.acting import acting
from shopguide.accounts.tenancy import as_everyone
from shopguide.backends import phraser


def composer(shop: str = "") -> Compose:
    """Return what composes texts, with whoever `WRITER` names to put them into other words.

    ``shop``: whose texts they are, for a model that the shop has taught its own manner.
    """
    return partial(begun, writer=phraser(shop))


@shared_task(ignore_result=True)
def write_brief(pk: int) -> None:
    """Write the variants of one brief."""
    with as_everyone():
        brief: Brief | None = Brief.objects.claim(pk)
    if brief is not None:
        with brief.leased(), acting(brief.by_id):
            write(brief, compose=composer(brief.merchant.slug))


@shared_task(ignore_result=True)
def write_many(pk: int) -> None:
    """Write about many products; product by product, so a killed run goes on."""
    with as_everyone():
        job: BulkJob | None = BulkJob.objects.claim(pk)
    if job is not None:
        with job.leased(), acting(job.by_id):
            run(job, compose=composer(job.merchant.slug))


@shared_task(ignore_result=True)
def learn_wording() -> None:
    """Learn the labelled sentences on ``inference``, where they were not learned as they are."""
    from shopguide.backends import encoder

    if lacks_a_head(Path(settings.MODELS_DIR), settings.ENCODER_ID):
        learn_own(Path(settings.MODELS_DIR), encoder=encoder())


@shared_task(ignore_result=True)
def read_drafts(pk: int) -> None:
    """Read a shop's drafts a second time on ``inference``, where there is a reader."""
    from shopguide.backends import encoder, head

    kept = head(SHELF) if reader_here() else None
    if kept:
        read_again(pk, SecondReader(*kept, encoder()))


@shared_task(ignore_result=True)
def publish_planned() -> None:
    """Publish what people have approved and planned for now, then ring indexing."""
    with as_everyone():
        shops = set(Draft.objects.due().values_list("merchant_id", flat=True))
    if publish_due():
        for pk in shops:
            index_products.delay(pk)


@shared_task(ignore_result=True)
def ring_copy() -> None:
    """Ring again for briefs and jobs that nobody works on, and for what is still to be read."""
    with as_everyone():
        briefs = list(Brief.objects.overdue().values_list("pk", flat=True)[:100])
        jobs = list(BulkJob.objects.overdue().values_list("pk", flat=True)[:100])
    ring_reading()
    for pk in briefs:
        write_brief.delay(pk)
    for pk in jobs:
        write_many.delay(pk)


def ring_reading() -> None:
    """Ring for the sentences that have still to be learned, and for drafts still to be read."""
    from shopguide.backends import FAKE

    real = settings.ENCODER["model"] != FAKE
    if real and lacks_a_head(Path(settings.MODELS_DIR), settings.ENCODER_ID):
        learn_wording.apply_async(expires=60)
    reader = reader_here()
    if not reader:
        return
    with as_everyone():
        shops = set(Draft.objects.unread(reader).values_list("merchant_id", flat=True))
    for pk in shops:
        read_drafts.apply_async((pk,), expires=60)
