"""Do what was confirmed: once for each confirmation, however often it is pressed.

A row with the confirmation's id is taken first; whoever comes second gets the first one's answer.
Everything is asked again, as the asker of now: a confirmation opens no door.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import translation

from assistant.doing.basket import do_cart_change
from assistant.doing.cancelling import do_cancel
from assistant.doing.changing import do_change_address, do_invoice
from assistant.doing.filling import do_cart_adds
from assistant.doing.outcome import Asker, Confirmation, Outcome
from assistant.doing.taking_back import do_back
from assistant.models import Deed
from shopguide.accounts.tenancy import as_shopper

log = logging.getLogger(__name__)
Do = Callable[[Asker, Mapping[str, Any], str], Outcome]


@dataclass(frozen=True)
class Write:
    """A tool that changes something. ``version`` moves when its arguments mean something else."""

    version: int
    do: Do


WRITES: dict[str, Write] = {
    "cancel": Write(1, do_cancel),
    "return": Write(1, do_back),
    "exchange": Write(1, do_back),
    "change_address": Write(1, do_change_address),
    "invoice": Write(1, do_invoice),
    "cart_add": Write(1, do_cart_adds),
    "cart_change": Write(1, do_cart_change),
}
DONE = ("done", "cart_added", "cart_changed", "cart_empty")


class NotDone(Exception):
    """Nothing was changed; the outcome says why. Rolls the deed back, so that it may be tried."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.act)
        self.outcome = outcome


def confirm(asker: Asker, confirmation: Confirmation) -> Outcome:
    """Do what was confirmed, or tell why it is not done; a second time the same is answered."""
    write = WRITES.get(confirmation.tool)
    if write is None or write.version != confirmation.version:
        return Outcome("failed", {"what": confirmation.says})
    if asker.shopper is None:
        return Outcome("sign_in_needed", {"for": confirmation.tool})
    with translation.override("zh-hans" if asker.chinese else "en"):
        try:
            return once(asker, confirmation, write)
        except NotDone as refusal:
            return refusal.outcome
        except (KeyError, TypeError, ValueError, DatabaseError):
            log.exception("a confirmed %s was not done", confirmation.tool)
            return Outcome("failed", {"what": confirmation.says})


def once(asker: Asker, confirmation: Confirmation, write: Write) -> Outcome:
    """Take the deed's row and do it, or return what the first one answered."""
    assert asker.shopper is not None  # noqa: S101 - `confirm` has asked
    with transaction.atomic(), as_shopper(asker.shopper):
        deed = Deed(
            id=confirmation.key,
            shopper=asker.shopper,
            tool=confirmation.tool,
            version=confirmation.version,
            arguments=dict(confirmation.arguments),
        )
        # Waits for another press that is under way, then finds its row.
        Deed.objects.bulk_create([deed], ignore_conflicts=True)
        held = Deed.objects.select_for_update().filter(pk=confirmation.key).first()
        if held is None:  # the id is somebody else's
            return Outcome("failed", {"what": confirmation.says})
        if held.outcome:
            return kept(held.outcome)
        outcome = write.do(asker, confirmation.arguments, confirmation.key)
        if outcome.act not in DONE:
            raise NotDone(outcome)
        held.outcome = as_json(outcome)
        held.save(update_fields=["outcome"])
    return outcome


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as a deed keeps it."""
    return {
        "act": outcome.act,
        "facts": dict(outcome.facts),
        "products": list(outcome.products),
        "merchants": list(outcome.merchants),
        "actions": list(outcome.actions),
        "trace": dict(outcome.trace),
    }


def kept(stored: Mapping[str, Any]) -> Outcome:
    """Return what a deed answered."""
    return Outcome(
        str(stored["act"]),
        dict(stored["facts"]),
        tuple(stored["products"]),
        None,
        tuple(stored["merchants"]),
        tuple(stored["actions"]),
        dict(stored["trace"]),
    )
