"""Tasks of campaigns: the sweep that gathers, sends, ends and measures; what links led to."""

from uuid import UUID

from celery import shared_task

from marketing.models import Campaign
from marketing.reaching.gathering import finish, gather
from marketing.reaching.measuring import freeze_due
from marketing.reaching.noticing import note_opened
from marketing.reaching.passing_on import note_followed
from marketing.reaching.sending import give_up_lost, send_due
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone


@shared_task(ignore_result=True)
def reach_out() -> None:
    """Gather campaigns whose time has come, send what is due, end and measure what is over."""
    with as_everyone():
        due = list(Campaign.objects.due().values_list("pk", flat=True))
    for pk in due:
        gather(pk)
    give_up_lost()
    send_due()
    finish()
    freeze_due()


@shared_task(ignore_result=True)
def note_opening(token: str) -> None:
    """Keep that a message led somebody here."""
    note_opened(UUID(token))


@shared_task(ignore_result=True)
def note_following(code: str, shopper: str) -> None:
    """Count that a shared link was followed."""
    found = Shopper.objects.filter(pk=shopper).first() if shopper else None
    note_followed(code, found)
