"""Versions of what is learnt: which is live, tried on some, or only watched; and the way back.

For workers, commands and operators. A page reads which version serves it anew in each request, so a
switch holds from the next one on; states of the version before stay, so going back does at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from profiles.models import Trained
from profiles.sources.learning import put_live
from profiles.sources.switching import SEQUENCE

KEPT = 6


class Impossible(ValueError):
    """What was asked cannot be done, and why."""


@dataclass(frozen=True)
class Served:
    """The versions at work: the live one, the one tried on a share, those that are watched."""

    live: Trained | None
    canary: Trained | None
    shadows: tuple[Trained, ...]

    @property
    def all(self) -> list[Trained]:
        """Return each of them once."""
        found = [self.live, self.canary, *self.shadows]
        return list({one.pk: one for one in found if one is not None}.values())


def served(kind: str = SEQUENCE) -> Served:
    """Return the versions at work. One query."""
    rows = list(at_work(kind))
    return Served(
        next((one for one in rows if one.live), None),
        next((one for one in rows if one.share > 0 and not one.live), None),
        tuple(one for one in rows if one.shadow and not one.live),
    )


def at_work(kind: str) -> QuerySet[Trained]:
    """Return rows of versions that are live, tried or watched."""
    return Trained.objects.filter(Q(live=True) | Q(share__gt=0) | Q(shadow=True), kind=kind)


def next_version(kind: str = SEQUENCE) -> int:
    """Return the number of the next version."""
    newest = Trained.objects.filter(kind=kind).order_by("-version").first()
    return newest.version + 1 if newest else 1


def switch(made: Trained) -> None:
    """Put a version live and go on watching the one before, which is a way back.

    Two statements in one transaction.
    """
    with transaction.atomic():
        before = Trained.objects.filter(kind=made.kind, live=True).exclude(pk=made.pk).first()
        put_live(made)
        Trained.objects.filter(kind=made.kind, shadow=True).update(shadow=False)
        Trained.objects.filter(pk=made.pk).update(share=0.0)
        if before is not None:
            Trained.objects.filter(pk=before.pk).update(shadow=before.kind == SEQUENCE)
            made.card["before"] = before.version
            made.save(update_fields=["card"])
    made.share, made.shadow = 0.0, False


def back(kind: str = SEQUENCE, *, why: str = "") -> Trained:
    """Put back the version that was live before; Impossible without one."""
    with transaction.atomic():
        current = Trained.objects.select_for_update().filter(kind=kind, live=True).first()
        number = current.card.get("before") if current else None
        older = Trained.objects.filter(kind=kind, version=number).first() if number else None
        if current is None and (newest := Trained.objects.filter(kind=kind).first()):
            older = newest
        if older is None:
            raise Impossible(_("There is no version to go back to."))
        put_live(older)
        Trained.objects.filter(kind=kind).update(share=0.0, shadow=False)
        if current is not None:
            current.card["taken_back"] = why or "by hand"
            current.save(update_fields=["card"])
    older.share, older.shadow = 0.0, False
    return older


def try_on(made: Trained, share: float) -> None:
    """Let a share of shoppers meet a version; 0 ends it. Impossible for the live one."""
    if made.live:
        raise Impossible(_("It is live: everybody meets it."))
    if not 0 <= share <= 1:
        raise Impossible(_("Give a share from 0 to 1."))
    with transaction.atomic():
        Trained.objects.filter(kind=made.kind, share__gt=0).update(share=0.0)
        Trained.objects.filter(pk=made.pk).update(share=share)
    made.share = share


def watch_beside(made: Trained, *, on: bool = True) -> None:
    """Score with a version and log it, without showing it. Impossible for the live one."""
    if made.live:
        raise Impossible(_("It is live: it is watched anyway."))
    with transaction.atomic():
        Trained.objects.filter(kind=made.kind, shadow=True).update(shadow=False)
        Trained.objects.filter(pk=made.pk).update(shadow=on)
    made.shadow = on


def find(kind: str, version: int) -> Trained:
    """Return a version; Impossible for one that is not there."""
    found = Trained.objects.filter(kind=kind, version=version).first()
    if found is None:
        raise Impossible(_("There is no such version."))
    return found


def forget_old(kind: str = SEQUENCE) -> None:
    """Remove old versions that nobody needs. Rows of shoppers must be visible."""
    kept = Trained.objects.filter(kind=kind).order_by("-version")[:KEPT]
    needed = {one.pk for one in kept} | {one.pk for one in at_work(kind)}
    live = Trained.objects.filter(kind=kind, live=True).first()
    older = live.card.get("before") if live else None
    old = Trained.objects.filter(kind=kind).exclude(pk__in=needed)
    old.exclude(version=older or 0).delete()


def told(made: Trained) -> dict[str, Any]:
    """Return a version for lists and commands."""
    state = "live" if made.live else "canary" if made.share else "shadow" if made.shadow else ""
    return {
        "kind": made.kind, "version": made.version, "state": state, "share": made.share,
        "made_at": made.made_at.isoformat(timespec="seconds"), "quality": made.card.get("quality"),
        "held_back": made.card.get("held_back", ""),
        "taken_back": made.card.get("taken_back", ""),
    }  # fmt: skip
