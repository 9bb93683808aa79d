"""Sending the letters of the outbox, each at most once.

For the worker. A letter is claimed by one UPDATE that is committed before anything leaves, so two
workers never send it twice; one that may have left is never tried again. Only what surely stayed
here is: the server could not be reached, or the words could not be written.
"""

from __future__ import annotations

import datetime
import logging

from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone

from catalog.models import Letter
from catalog.models.letter import LetterState
from catalog.presenting.letters import compose
from shopguide.accounts.tenancy import as_everyone

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 5
WAIT = datetime.timedelta(minutes=1)
LOST = datetime.timedelta(minutes=10)


def send_due(*, most: int = 100) -> int:
    """Send the letters whose time has come, at most so many; return how many went out."""
    with as_everyone():
        waiting = list(Letter.objects.due().values_list("pk", flat=True)[:most])
    return sum(send(pk) for pk in waiting)


def send(pk: int) -> bool:
    """Send one letter; False if it is not to be sent now, or cannot be."""
    letter = claim(pk)
    if letter is None:
        return False
    try:
        with as_everyone():
            message = compose(letter)
        connection = get_connection()
        connection.open()
    except Exception as error:
        log.warning("letter %s waits: %s", pk, type(error).__name__)
        put_off(letter, type(error).__name__)
        return False
    try:
        with connection:
            sent = connection.send_messages([message])
    except Exception as error:
        log.warning("letter %s is lost: %s", pk, type(error).__name__)
        end(letter, LetterState.FAILED, f"{type(error).__name__}: it may have been sent")
        return False
    end(letter, LetterState.SENT if sent else LetterState.FAILED, "" if sent else "not accepted")
    return bool(sent)


def claim(pk: int) -> Letter | None:
    """Take a letter that waits, in a transaction of its own; None if somebody else has it."""
    with as_everyone():
        taken = (
            Letter.objects.due()
            .filter(pk=pk)
            .order_by()
            .update(
                state=LetterState.SENDING,
                attempts=F("attempts") + 1,
                due_at=timezone.now() + LOST,
            )
        )
        return Letter.objects.select_related("order__merchant").get(pk=pk) if taken else None


def put_off(letter: Letter, reason: str) -> None:
    """Let a letter that has not left wait longer each time, and give up in the end."""
    if letter.attempts >= MOST_ATTEMPTS:
        end(letter, LetterState.FAILED, reason)
        return
    with as_everyone():
        Letter.objects.filter(pk=letter.pk).update(
            state=LetterState.QUEUED,
            failure=reason[:200],
            due_at=timezone.now() + WAIT * 2**letter.attempts,
        )


def end(letter: Letter, state: LetterState, failure: str = "") -> None:
    """Say what became of a letter."""
    now = timezone.now() if state == LetterState.SENT else None
    with as_everyone():
        Letter.objects.filter(pk=letter.pk).update(state=state, failure=failure[:200], sent_at=now)


def give_up_lost() -> int:
    """Say of letters whose worker died while sending that they are not sent again."""
    with as_everyone():
        lost = Letter.objects.filter(state=LetterState.SENDING, due_at__lt=timezone.now())
        return lost.update(state=LetterState.FAILED, failure="worker stopped: may have been sent")
