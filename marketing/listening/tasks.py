"""Listening's tasks: files in, mentions judged, voices weighed, letters out.

Each takes an id and calls one verb; a task may be lost, doubled or late. What there is to do is a
row of a job, a queryset, or a state that differs from the one last weighed.
"""

from __future__ import annotations

import logging
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.db.models import Exists, OuterRef

from catalog.feeds.problems import Refused
from catalog.opinions.judges import judge_id
from catalog.tasks import judge_in_use
from marketing.listening.chatting import hear_chats
from marketing.listening.importing import import_mentions
from marketing.listening.judging import judge_mentions as judge_rows
from marketing.listening.telling import send_due
from marketing.listening.turning import changed_shops, weigh_shop
from marketing.models import Mention, MentionImport
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant

log = logging.getLogger(__name__)
SLICE = 512


@shared_task(ignore_result=True)
def take_mentions(pk: int) -> None:
    """Import one uploaded file of mentions, then ring judging."""
    with as_everyone():
        job: MentionImport | None = MentionImport.objects.claim(pk)
    if job is None:
        return
    merchant = Merchant.objects.get(pk=job.merchant_id)
    with job.leased():
        try:
            import_mentions(merchant, Path(job.file), source=job.source, job=job)
        except Refused as refused:
            with as_merchant(merchant):
                job.fail(str(refused))
            return
    with as_merchant(merchant):
        job.finish()
    Path(job.file).unlink(missing_ok=True)  # it names who said what; the rows do not
    judge_mentions.delay(merchant.pk)


@shared_task(ignore_result=True)
def judge_mentions(merchant_id: int) -> None:
    """Judge a slice of a shop's mentions on ``inference``; ring again, or ring weighing."""
    merchant = Merchant.objects.get(pk=merchant_id)
    if judge_rows(merchant, judge=judge_in_use(), limit=SLICE) >= SLICE:
        judge_mentions.delay(merchant_id)
    else:
        weigh_voices.delay(merchant_id)


@shared_task(ignore_result=True)
def weigh_voices(merchant_id: int) -> None:
    """Weigh what a shop hears; letters about new alerts go with the next ring."""
    weigh_shop(Merchant.objects.get(pk=merchant_id))


@shared_task(ignore_result=True)
def ring_listening() -> None:
    """Ring for files that wait, mentions nobody has judged, and shops that hear something new."""
    judge = judge_id(settings.MODELS_DIR, settings.ENCODER_ID)
    with as_everyone():
        files = list(MentionImport.objects.overdue().values_list("pk", flat=True)[:100])
        rows = Mention.objects.filter(merchant=OuterRef("pk")).unjudged(judge)
        shops = Merchant.objects.active().filter(Exists(rows))
        unjudged = set(shops.values_list("pk", flat=True))
    for pk in files:
        take_mentions.delay(pk)
    for pk in unjudged:
        judge_mentions.delay(pk)
    for pk in set(changed_shops()) - unjudged:
        weigh_voices.delay(pk)
    send_due()


@shared_task(ignore_result=True)
def listen_to_chats() -> None:
    """Take in what shoppers who agree have said in chats; forget those who agree no longer."""
    hear_chats()
