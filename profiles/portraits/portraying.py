"""Have a model say what a shopper is like, and keep what it said. For workers.

What speaks for a guess is found by taking it away: a group of numbers, or one search. Only what
lowers the chance is told. A portrait remembers of which deeds and by which version it was made, so
a newer deed or version shows that it is behind. Without the agreement to be known there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from django.conf import settings
from django.utils import timezone

from profiles.consenting import agreed, held
from profiles.models import Portrait, Purpose
from profiles.portraits.features import GROUPS, NAMES, Done, Features, features_of, pooled
from profiles.portraits.reading import done_by
from profiles.taste.refreshing import mark_of
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper
from shopguide.inference.portraits import Portraits, Seen

# Of fewer deeds nothing is said.
FEWEST_DEEDS = 4
# So many types are given reasons, so many each; searches that are tried.
REASONED, REASONS, SEARCHES = 2, 3, 8
# Taking it away must cost so much of the chance.
LEAST_DROP = 0.02


def portray(
    shopper: Shopper, model: Portraits | None, *, at: datetime | None = None
) -> Portrait | None:
    """Bring one shopper's portrait up to what they did; None where nothing is to be said.

    Four statements and a few products of small matrices: some milliseconds.
    """
    if model is None or model.card.get("encoder") != settings.ENCODER_ID:
        return None
    if not held(shopper).personalisation:
        return None
    version = str(model.card["version"])
    with as_shopper(shopper):
        mark = mark_of(shopper)
        kept = Portrait.objects.filter(shopper=shopper).first()
        if kept is not None and (kept.mark, kept.version) == (mark, version) and at is None:
            return kept
        done = done_by(shopper, at or timezone.now())
        if len(done) < FEWEST_DEEDS:
            Portrait.objects.filter(shopper=shopper).delete()
            return None
        values = said_of(done, (at or timezone.now()).timestamp(), model)
        values |= {"version": version, "mark": mark, "made_at": timezone.now()}
        return Portrait.objects.update_or_create(shopper=shopper, defaults=values)[0]


def portray_all(model: Portraits | None) -> int:
    """Portray everybody who agrees to be known; return how many there are. For a worker."""
    people = [Shopper(pk=UUID(pk)) for pk in agreed(Purpose.PERSONALISATION)] if model else []
    return sum(portray(one, model) is not None for one in people)


def said_of(done: Sequence[Done], at: float, model: Portraits) -> dict[str, Any]:
    """Return what a model says of deeds up to a moment, with what speaks for it."""
    size = len(model.arrays["words_mean"])
    seen = features_of(done, at, size)
    chances, near = model.chances(batch([seen]))
    said = dict(zip(model.labels, (round(float(one), 4) for one in chances[0]), strict=True))
    best = sorted(said, key=lambda code: -said[code])[:REASONED]
    return {
        "chances": said,
        "likely": round(float(near[0]), 4),
        "evidence": evidence(done, seen, model, best),
        "deeds": len(done),
    }


def batch(rows: Sequence[Features]) -> Seen:
    """Return shoppers as the model takes them."""
    return Seen(*(
        np.stack([getattr(one, name) for one in rows]).astype(np.float32)
        for name in ("numbers", "words", "things")
    ))  # fmt: skip


def evidence(
    done: Sequence[Done], seen: Features, model: Portraits, codes: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    """Return for each type what its chance falls without, the most telling first."""
    without = [*lacking(seen, model), *unsearched(done, seen)]
    told, _near = model.chances(batch([seen, *(row for _what, row in without)]))
    found: dict[str, list[dict[str, Any]]] = {}
    for code in codes:
        place = model.labels.index(code)
        drops = [(told[0, place] - told[n, place], what)
                 for n, (what, _row) in enumerate(without, 1)]  # fmt: skip
        drops.sort(key=lambda pair: -pair[0])
        found[code] = [
            {**what, "drop": round(float(drop), 4)} for drop, what in drops if drop >= LEAST_DROP
        ][:REASONS]
    return found


def lacking(seen: Features, model: Portraits) -> list[tuple[dict[str, Any], Features]]:
    """Return the shopper with each group of numbers as everybody's mean."""
    found = []
    for group, names in GROUPS.items():
        numbers = seen.numbers.copy()
        places = [NAMES.index(name) for name in names]
        numbers[places] = model.arrays["mean"][places]
        found.append(({"about": group, "facts": seen.facts}, replace(seen, numbers=numbers)))
    return found


def unsearched(done: Sequence[Done], seen: Features) -> list[tuple[dict[str, Any], Features]]:
    """Return the shopper without each of the last things they searched for."""
    searched = [one for one in done if one.kind == "search" and one.vector is not None]
    found = []
    for words in list(dict.fromkeys(one.words for one in reversed(searched)))[:SEARCHES]:
        left = [one for one in searched if one.words != words]
        row = replace(seen, words=pooled(left, len(seen.words)))
        found.append(({"about": "words", "words": words}, row))
    return found
