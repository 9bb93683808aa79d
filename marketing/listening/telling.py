"""Write to members who asked about new alerts, each letter at most once.

For the sweep. A letter is claimed by one UPDATE before anything leaves; one that may have left is
never tried again. Whoever has left the shop meanwhile gets none.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from catalog.presenting.opinions import aspect_name
from marketing.models import AlertLetter
from shopguide.accounts.models import Membership
from shopguide.accounts.tenancy import as_everyone

log = logging.getLogger(__name__)
State = AlertLetter.State


def send_due(*, most: int = 50) -> int:
    """Send the letters that wait; return how many went out."""
    with as_everyone():
        waiting = AlertLetter.objects.filter(state=State.QUEUED).order_by("made_at", "pk")
        due = list(waiting.values_list("pk", flat=True)[:most])
    return sum(send(pk) for pk in due)


def send(pk: int) -> bool:
    """Send one letter; False where somebody else has it, or it cannot go out."""
    with as_everyone():
        rows = AlertLetter.objects.filter(pk=pk, state=State.QUEUED)
        if not rows.update(state=State.SENDING):
            return False
        letter = AlertLetter.objects.select_related(
            "alert__product", "alert__merchant", "user"
        ).get(pk=pk)
        here = Membership.objects.filter(
            user=letter.user_id, merchant=letter.merchant_id, suspended_at=None
        )
        message = compose(letter) if here.exists() and letter.user.email else None
    if message is None:
        return _end(pk, State.FAILED, "no longer a member")
    try:
        message.send()
    except Exception as error:
        log.warning("alert letter %s: %s", pk, type(error).__name__)
        return _end(pk, State.FAILED, type(error).__name__)
    return _end(pk, State.SENT)


def compose(letter: AlertLetter) -> EmailMessage:
    """Return the letter, in the shop's first language."""
    alert = letter.alert
    with translation.override(alert.merchant.language or settings.LANGUAGE_CODE):
        url = reverse("merchant_alert", args=[alert.merchant.slug, alert.pk])
        about = {"aspect": aspect_name(alert.aspect), "product": alert.product.title}
        subject = _("Complaints about the %(aspect)s of “%(product)s”") % about
        lines = [
            _("%(seen)s complaints from %(first)s to %(last)s, where %(expected)s were usual.")
            % {"seen": alert.seen, "first": alert.first_day.isoformat(),
               "last": alert.last_day.isoformat(), "expected": f"{alert.expected:.1f}"},
            _("What was said, and a draft of an answer:"),
            f"{settings.SITE_URL.rstrip('/')}{url}",
            "",
            _("You get this because you asked to be told in “What people say”."),
        ]  # fmt: skip
    body = "\n".join(lines)
    return EmailMessage(
        " ".join(subject.split()), body, to=[letter.user.email],
        headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip


def _end(pk: int, state: str, failure: str = "") -> bool:
    sent = timezone.now() if state == State.SENT else None
    with as_everyone():
        AlertLetter.objects.filter(pk=pk).update(state=state, failure=failure, sent_at=sent)
    return state == State.SENT
