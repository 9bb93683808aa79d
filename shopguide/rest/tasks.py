"""What is done for the API on time: kept answers are forgotten."""

from celery import shared_task

from shopguide.accounts.tenancy import as_everyone
from shopguide.rest.models import KeptAnswer


@shared_task(ignore_result=True)
def forget_answers() -> int:
    """Delete the answers that were kept long enough; return how many."""
    with as_everyone():
        return KeptAnswer.objects.outlived().delete()[0]
