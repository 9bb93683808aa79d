"""What a shopper agrees to, and what holds of it at this moment.

For every feature that reads or keeps something personal: it asks `request.consent` (or `held` in a
worker) each time, so that a withdrawal is effective at the next request. Nothing is agreed to until
somebody says so. It deletes nothing: `erasing` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from profiles.models import Consent, Purpose
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper

WORDING = "2026-11b"


@dataclass(frozen=True)
class Held:
    """What holds now. What the shop cannot work without always does."""

    personalisation: bool = False
    marketing: bool = False
    media: bool = False
    training: bool = False
    essential: bool = True


NOTHING = Held()


def held(shopper: Shopper | None) -> Held:
    """Return what a shopper agrees to at this moment. One query, none for nobody."""
    if shopper is None:
        return NOTHING
    return Held(**{row.purpose: row.given for row in newest(shopper)})


def newest(shopper: Shopper) -> list[Consent]:
    """Return the newest choice for each purpose that there is one for."""
    with as_shopper(shopper):
        rows = Consent.objects.filter(shopper=shopper).order_by("purpose", "-pk")
        return list(rows.distinct("purpose"))


def choose(shopper: Shopper, choices: Mapping[str, bool], *, via: str = "page") -> Held:
    """Write down what somebody chose, where it differs from what held; return what holds now."""
    with transaction.atomic(), as_shopper(shopper):
        Shopper.objects.select_for_update().get(pk=shopper.pk)
        before = {row.purpose: row.given for row in newest(shopper)}
        Consent.objects.bulk_create(
            Consent(shopper=shopper, purpose=purpose, given=given, via=via, wording=WORDING)
            for purpose, given in choices.items()
            if purpose in Purpose.values and before.get(purpose) is not given
        )
    return held(shopper)


def history(shopper: Shopper) -> list[Consent]:
    """Return every choice, the newest first."""
    with as_shopper(shopper):
        return list(Consent.objects.filter(shopper=shopper))


def carry_over(source: Shopper, target: Shopper) -> None:
    """Bring a browser's choices to the person who signs in on it.

    A refusal that is newer than the person's word holds. An agreement counts only where the person
    has never chosen: somebody else may have sat at this browser.
    """
    theirs = {row.purpose: row for row in newest(target)}
    choices = {
        row.purpose: row.given
        for row in newest(source)
        if row.purpose not in theirs or (not row.given and later(row.at, theirs[row.purpose].at))
    }
    choose(target, choices, via="sign-in")


def later(one: datetime, other: datetime) -> bool:
    """Tell whether one moment is after another."""
    return one > other


def agreed(purpose: Purpose) -> list[str]:
    """Return the numbers of all shoppers who agree to a purpose now, for sweeps."""
    with as_everyone():
        rows = Consent.objects.filter(purpose=purpose).order_by("shopper", "-pk")
        return [str(row.shopper_id) for row in rows.distinct("shopper") if row.given]
