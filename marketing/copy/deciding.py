"""A draft's way to its approval: edited, submitted, approved or sent back, each by a person.

For the portal and the worker. Every function opens its own transaction as the shop, locks the
draft, and raises `Refused` with the reason for the person. The database holds the same rules
(`marketing/migrations/_copy_sql.py`). Nothing here puts words on a page: see `publishing`.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from marketing.copy.channels import CHANNELS
from marketing.copy.examining import Examine, Refused, examined, reasons_of
from marketing.models import CopyRules, Draft, DraftState
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant

LONGEST_REASON = 500


class Conflict(Exception):
    """Somebody else has changed the words meanwhile; ``theirs`` is the draft as it stands."""

    def __init__(self, theirs: Draft) -> None:
        super().__init__("conflict")
        self.theirs = theirs


def rules_of(merchant: Merchant | int) -> CopyRules:
    """Return what a shop demands of its copy, the defaults if it has not said. One query."""
    pk = merchant if isinstance(merchant, int) else merchant.pk
    return CopyRules.objects.filter(merchant=pk).first() or CopyRules(merchant_id=pk)


def locked(draft: Draft, *states: DraftState) -> Draft:
    """Return the draft as it stands, locked; `Refused` if it is in none of these states."""
    now = Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if now is None:
        raise Refused(_("This draft is gone."))
    if states and now.state not in states:
        raise Refused(
            _("This draft is “%(state)s” now; somebody was faster.")
            % {"state": now.get_state_display()}
        )
    return now


def fitted(channel: str, parts: Mapping[str, str]) -> dict[str, str]:
    """Return the channel's parts of what was sent, in the channel's order, without other keys."""
    return {
        name: " ".join(parts.get(name, "").split("\r\n")).strip()
        if part.lines == 1
        else parts.get(name, "").replace("\r\n", "\n").strip()
        for name, part in CHANNELS[channel].parts.items()
    }


def edit(
    draft: Draft, parts: Mapping[str, str], *, version: int, by: User, examine: Examine
) -> Draft:
    """Write a person's words into a draft that they have seen as ``version``; check them.

    Raises `Conflict` if somebody has changed it since. Words that are the same change nothing.
    """
    said = fitted(draft.channel, parts)
    with as_merchant(draft.merchant_id):
        now = locked(draft, DraftState.DRAFT, DraftState.REJECTED)
        if now.parts == said:
            return now
        if now.version != version:
            raise Conflict(now)
        now.parts, now.version = said, now.version + 1
        now.edited_by, now.edited_at = by, timezone.now()
        examined(now, examine)
        now.save()
    return now


def submit(draft: Draft, *, by: User, examine: Examine) -> Draft:
    """Ask for a decision on a draft whose every claim holds now."""
    with as_merchant(draft.merchant_id):
        now = locked(draft, DraftState.DRAFT, DraftState.REJECTED)
        found = examined(now, examine)
        now.save(update_fields=["claims", "warnings", "quality"])
        if found.publishable:
            now.state, now.submitted_at = DraftState.SUBMITTED, timezone.now()
            now.reason, now.decided_by, now.decided_at = "", None, None
            now.save()
    if not found.publishable:
        raise Refused(_("This cannot be submitted: mend what is marked first."), reasons_of(now))
    return now


def take_back(draft: Draft, *, by: User) -> Draft:
    """Take a submitted, approved or taken-down draft back to the desk; an approval ends."""
    back = (DraftState.SUBMITTED, DraftState.APPROVED, DraftState.REJECTED, DraftState.WITHDRAWN)
    with as_merchant(draft.merchant_id):
        now = locked(draft, *back)
        now.state, now.approved_at, now.submitted_at = DraftState.DRAFT, None, None
        now.stopped = ""
        now.save()
    return now


def approve(draft: Draft, *, by: User, examine: Examine, together: bool = False) -> Draft:
    """Say yes to a submitted draft that holds now, as a person other than its writer if need be.

    ``together``: one of many in a row; what is below the shop's threshold is refused then.
    """
    with as_merchant(draft.merchant_id):
        now = locked(draft, DraftState.SUBMITTED)
        rules = rules_of(now.merchant_id)
        if rules.four_eyes and by.pk in now.authors:
            raise Refused(_("You wrote this. Your shop wants somebody else to approve it."))
        if together and now.score < rules.threshold:
            raise Refused(_("Its quality is below your threshold. Open it and decide there."))
        found = examined(now, examine)
        if not found.publishable:
            raise Refused(_("It no longer holds, so it cannot be approved."), reasons_of(now))
        now.state, now.reason = DraftState.APPROVED, ""
        now.decided_by, now.decided_at = by, timezone.now()
        now.approved_at = now.decided_at
        now.save()
    return now


def reject(draft: Draft, reason: str, *, by: User) -> Draft:
    """Send a submitted draft back with a reason."""
    said = " ".join(reason.split())[:LONGEST_REASON]
    if not said:
        raise Refused(_("Say why, so that it can be mended."))
    with as_merchant(draft.merchant_id):
        now = locked(draft, DraftState.SUBMITTED)
        now.state, now.reason = DraftState.REJECTED, said
        now.decided_by, now.decided_at = by, timezone.now()
        now.save()
    return now


def copied(draft: Draft, *, by: User) -> Draft:
    """Begin a new draft with the words of a settled one."""
    kept = ("merchant_id", "product_id", "channel", "locale", "angle", "tone", "segment", "season",
            "parts", "claims", "warnings", "quality", "writer")  # fmt: skip
    with as_merchant(draft.merchant_id):
        return Draft.objects.create(made_by=by, **{name: getattr(draft, name) for name in kept})


def discard(draft: Draft, *, by: User) -> None:
    """Throw a draft away that nobody has approved."""
    open_states = (DraftState.DRAFT, DraftState.REJECTED, DraftState.SUBMITTED)
    with as_merchant(draft.merchant_id):
        locked(draft, *open_states).delete()
