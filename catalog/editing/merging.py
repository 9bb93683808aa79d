"""Bring together what one person sent and what others have saved meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.editing.sheet import TICKED, Sheet, fingerprint, lines


@dataclass(frozen=True)
class Merge:
    """``changes``: what is to be written. ``conflicts``: fields that both have changed.

    ``gone``: fields of this person's that no longer exist, as a variant that was taken away.
    """

    changes: Sheet
    conflicts: Sheet = field(default_factory=dict)
    gone: Sheet = field(default_factory=dict)


def merge(sent: Mapping[str, str], base: Mapping[str, str], theirs: Sheet) -> Merge:
    """Return what a person changed, and where somebody else changed the same.

    ``base`` holds the fingerprints of the fields as the person saw them. A field that was not sent,
    or that is as it was seen, is not this person's change. ``take:KEY`` means: theirs, please.
    """
    changes: Sheet = {}
    conflicts: Sheet = {}
    gone: Sheet = {}
    for key, seen in base.items():
        mine = said(sent, key)
        if mine is None or fingerprint(mine) == seen or sent.get(f"take:{key}"):
            continue
        now = theirs.get(key)
        if now is None and not addable(key):
            gone[key] = mine
        elif fingerprint(now or "") == fingerprint(mine):
            continue
        elif fingerprint(now or "") != seen:
            conflicts[key] = now or ""
            changes[key] = mine
        else:
            changes[key] = mine
    return Merge(changes, conflicts, gone)


def said(sent: Mapping[str, str], key: str) -> str | None:
    """Return what was sent for a field; an empty box counts only if its form was sent."""
    if key.startswith(TICKED):
        return ("1" if sent.get(key) else "") if f"shown:{key}" in sent else None
    value = sent.get(key)
    return None if value is None else lines(value).strip()


def addable(key: str) -> bool:
    """Tell whether a field may come into being by being filled in: a price, a stock level."""
    return key.startswith(("price:", "was:", "stock:", "fact:", "option:", "new-"))
