"""Copy's tasks: each takes an id, claims the row, calls one verb."""

from functools import partial

from celery import shared_task

from catalog.tasks import index_products
from marketing.copy.briefing import write
from marketing.copy.composing import begun
from marketing.copy.examining import Compose
from marketing.copy.filling import run
from marketing.copy.publishing import publish_due
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
def publish_planned() -> None:
    """Publish what people have approved and planned for now, then ring indexing."""
    with as_everyone():
        shops = set(Draft.objects.due().values_list("merchant_id", flat=True))
    if publish_due():
        for pk in shops:
            index_products.delay(pk)


@shared_task(ignore_result=True)
def ring_copy() -> None:
    """Ring again for briefs and jobs that nobody works on."""
    with as_everyone():
        briefs = list(Brief.objects.overdue().values_list("pk", flat=True)[:100])
        jobs = list(BulkJob.objects.overdue().values_list("pk", flat=True)[:100])
    for pk in briefs:
        write_brief.delay(pk)
    for pk in jobs:
        write_many.delay(pk)
