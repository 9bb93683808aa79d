"""Trials' task: the sweep that minds what runs."""

from celery import shared_task

from catalog.tasks import index_products
from marketing.models import Trial
from marketing.trials.minding import mind_all
from shopguide.accounts.tenancy import as_everyone


@shared_task(ignore_result=True)
def mind_trials() -> None:
    """Take out what does harm, stop what is broken, shift what shifts."""
    done = mind_all()
    with as_everyone():
        shops = set(Trial.objects.filter(pk__in=done).values_list("merchant_id", flat=True))
    for pk in shops:
        index_products.delay(pk)
