"""The sources there are, which of them take part, and what their scores weigh.

For pages and the lab. A source that is switched off has no part in any list from the next one on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone

from profiles.experiments.splitting import place_of
from profiles.models import Switch, Trained
from shopguide.accounts.models import Shopper


class Source(StrEnum):
    """What brings a product into a list."""

    CONTENT = "content"  # like what was looked at, by its text
    STEPS = "steps"  # what others went on to (transition-kNN)
    EASE = "ease"  # what goes with the whole history (EASE)
    SEQUENCE = "sequence"  # what the sequence model takes to come next
    BOUGHT = "bought"  # in the same basket
    KIND = "kind"  # of the same category
    BRAND = "brand"
    COLOUR = "colour"
    PRICE = "price"
    STATED = "stated"  # what the shopper says of themselves
    FOLLOWED = "followed"  # shown by somebody they follow
    ASPECT = "aspect"  # what the shopper praises and complains about
    TRENDING = "trending"
    POPULAR = "popular"
    NEW = "new"
    AGAIN = "again"  # due to be bought again


# How much a source's score of 1 counts. Chosen on simulated shoppers (`simulate --judge`): 60 of
# them were satisfied by .08 with content 1 and no kind, by .15 with these, by .22 at the very best.
WEIGHTS: dict[str, float] = {
    Source.CONTENT: 0.7,
    Source.STEPS: 0.6,
    Source.EASE: 0.6,
    Source.SEQUENCE: 0.2,
    Source.BOUGHT: 0.4,
    Source.KIND: 0.6,
    Source.BRAND: 0.08,
    Source.COLOUR: 0.05,
    Source.PRICE: 0.1,
    Source.STATED: 0.5,
    Source.FOLLOWED: 0.4,
    Source.ASPECT: 0.3,
    Source.TRENDING: 0.1,
    Source.POPULAR: 0.05,
    Source.NEW: 0.1,
    Source.AGAIN: 1.0,
}
NEIGHBOURS, SEQUENCE = "neighbours", "sequence"
# Which shoppers meet a version that is tried on a share of them.
CANARY = "canary"


@dataclass(frozen=True)
class Sources:
    """What takes part now. ``trained``: the row of what was learnt, 0 if nothing was yet.

    ``sequence``: the row of the sequence model, ``shadow``: that of one that is only watched.
    """

    weights: dict[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    trained: int = 0
    version: int = 0
    sequence: int = 0
    sequence_version: int = 0
    shadow: int = 0
    shadow_version: int = 0

    def weight(self, source: str) -> float:
        """Return what a source weighs, 0 for one that is off."""
        return self.weights.get(source, 0.0)

    @property
    def name(self) -> str:
        """Return what a list says it was made by."""
        sequence = f"+s{self.sequence_version}" if self.sequence_version else ""
        return f"taste-2.{self.version}{sequence}"


def sources_now(shopper: Shopper | None = None) -> Sources:
    """Return what takes part now, for a shopper's lists. Two queries over some rows."""
    weights = dict(WEIGHTS)
    for switch in Switch.objects.filter(source__in=WEIGHTS):
        chosen = weights[switch.source] if switch.weight is None else switch.weight
        weights[switch.source] = chosen if switch.on else 0.0
    rows = Trained.objects.filter(
        Q(live=True) | Q(share__gt=0) | Q(shadow=True), kind__in=(NEIGHBOURS, SEQUENCE)
    ).defer("card")
    trained, version, sequence, shadow = 0, 0, (0, 0), (0, 0)
    for row in sorted(rows, key=lambda one: not one.live):
        if row.kind == NEIGHBOURS:
            trained, version = (row.pk, row.version) if row.live else (trained, version)
        elif row.live or (shopper is not None and meets(shopper, row)):
            sequence = row.pk, row.version
        elif row.shadow:
            shadow = row.pk, row.version
    if not weights[Source.SEQUENCE]:
        sequence = shadow = 0, 0
    return Sources(weights, trained, version, *sequence, *shadow)


def meets(shopper: Shopper, tried: Trained) -> bool:
    """Tell whether a shopper is among those a version is tried on: always the same ones."""
    return place_of(f"{CANARY}:{tried.version}", str(shopper.pk)) < tried.share


def turn(source: str, *, on: bool, weight: float | None = None) -> None:
    """Switch a source on or off, and say what it weighs, its usual weight for None."""
    values = {"on": on, "weight": weight, "changed_at": timezone.now()}
    Switch.objects.update_or_create(source=Source(source), defaults=values)
