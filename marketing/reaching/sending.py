"""Sending the messages of campaigns, each at most once.

For the worker. A message is claimed under the lock of its shopper's row, where consent, mutes,
quiet hours and caps are looked at; what lies in the shopper's own list is written in the same
transaction. An email leaves after the claim is committed, and one that may have left is never
tried again; only what surely stayed here is.
"""

from __future__ import annotations

import datetime
import logging

from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import timezone

from marketing.models import Notice, Send, SendState, Way
from marketing.reaching.allowing import NO_WORDS, agreed, verdict
from marketing.reaching.presenting.message import email_of, notice_of
from profiles.models import Purpose
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone

log = logging.getLogger(__name__)
WAIT = datetime.timedelta(minutes=5)
LOST = datetime.timedelta(minutes=10)


def send_due(*, most: int = 300) -> int:
    """Send what is due, at most so many; return how many went out."""
    with as_everyone():
        waiting = list(Send.objects.due().values_list("pk", flat=True)[:most])
    return sum(send(pk) for pk in waiting)


def send(pk: int) -> bool:
    """Send one message; False if it is not to be sent now, or at all."""
    with as_everyone():
        message = claim(pk)
    if not isinstance(message, EmailMultiAlternatives):
        return message
    try:
        connection = get_connection()
        connection.open()
    except Exception as error:
        log.warning("message %s waits: %s", pk, type(error).__name__)
        put_off(pk)
        return False
    try:
        with connection:
            sent = connection.send_messages([message])
    except Exception as error:
        log.warning("message %s is lost: %s", pk, type(error).__name__)
        end(pk, SendState.FAILED, type(error).__name__)
        return False
    end(pk, SendState.SENT if sent else SendState.FAILED, "" if sent else "refused")
    return bool(sent)


def claim(pk: int) -> EmailMultiAlternatives | bool:
    """Take one message: an email to be sent, or whether it is done already.

    Within a transaction that sees everybody's rows. The shopper's row is locked, so that all that
    is written to one person is judged one after the other.
    """
    rows = Send.objects.due().select_for_update(of=("self",), skip_locked=True)
    found: Send | None = rows.select_related("campaign__merchant").filter(pk=pk).first()
    if found is None:
        return False
    people = Shopper.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    shopper = people.get(pk=found.shopper_id)
    judged = verdict(found, shopper)
    if judged.later:
        Send.objects.filter(pk=pk).update(due_at=judged.later)
        return False
    if judged.why:
        return skip(found, judged.why)
    if found.way == Way.EMAIL:
        known = agreed(shopper, Purpose.PERSONALISATION)
        message = email_of(found, judged.manner, judged.address, reader=shopper if known else None)
        if message is None:
            return skip(found, NO_WORDS)
        now = timezone.now()
        Send.objects.filter(pk=pk).update(state=SendState.SENDING, claimed_at=now)
        return message
    notice = notice_of(found, judged.manner)
    return put_into_list(found, notice) if notice else skip(found, NO_WORDS)


def put_into_list(found: Send, notice: Notice) -> bool:
    """Lay a message into its shopper's list, which is all there is to sending it."""
    notice.save(force_insert=True)
    now = timezone.now()
    Send.objects.filter(pk=found.pk).update(state=SendState.SENT, claimed_at=now, sent_at=now)
    return True


def skip(found: Send, why: str) -> bool:
    """Say why a message is not sent; it will not be."""
    Send.objects.filter(pk=found.pk).update(state=SendState.SKIPPED, why=why)
    return False


def put_off(pk: int) -> None:
    """Let a message that has not left wait; it counts for no cap meanwhile."""
    with as_everyone():
        Send.objects.filter(pk=pk, state=SendState.SENDING).update(
            state=SendState.WAITING, claimed_at=None, due_at=timezone.now() + WAIT
        )


def end(pk: int, state: SendState, why: str = "") -> None:
    """Say what became of a message."""
    now = timezone.now() if state == SendState.SENT else None
    with as_everyone():
        Send.objects.filter(pk=pk).update(state=state, why=why[:40], sent_at=now)


def give_up_lost() -> int:
    """Say of messages whose worker died while sending that they are not sent again."""
    with as_everyone():
        lost = Send.objects.filter(state=SendState.SENDING, claimed_at__lt=timezone.now() - LOST)
        return int(lost.update(state=SendState.FAILED, why="lost"))
