"""Bringing sealed secrets under the newest key: for the command `reseal`, after keys changed."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db import transaction

from shopguide.accounts.adapters import SECOND_STEP
from shopguide.sealing import Unsealable, reseal

MEMBERS = ("secret", "seed")


@dataclass
class Resealed:
    """How many second steps there are, were sealed anew, and can be read by none of the keys."""

    rows: int = 0
    changed: int = 0
    lost: int = 0


def reseal_second_steps() -> Resealed:
    """Seal each second step by the newest key; run again it changes nothing."""
    count = Resealed()
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    for pk in Authenticator.objects.filter(type__in=kinds).values_list("pk", flat=True):
        count.rows += 1
        try:
            count.changed += reseal_one(pk)
        except Unsealable:
            count.lost += 1
    return count


@transaction.atomic
def reseal_one(pk: int) -> bool:
    """Seal one by the newest key, unless it is; tell whether it was changed."""
    held = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if held is None:  # switched off meanwhile
        return False
    now: dict[str, str | list[str]] = {
        name: reseal(held.data[name], SECOND_STEP) for name in MEMBERS if name in held.data
    }
    if codes := held.data.get("migrated_codes"):
        now["migrated_codes"] = [reseal(code, SECOND_STEP) for code in codes]
    changed = held.data != held.data | now
    if changed:
        held.data |= now
        held.save(update_fields=["data"])
    return changed
