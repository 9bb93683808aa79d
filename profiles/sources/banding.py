"""Keep what is shown of each shop near to what it merits: a band, switched on and off.

A shop that is shown more than its merit and the band allow gets its fair share of a list's places
at most; one that is shown less gets a place where it has something that fits. Scores and reasons
are not touched, so a reason stays the reason. What is over and under is weighed hourly and stored
(`Trained` of the kind ``exposure``): pages read one row, and none while it is off.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from django.db import transaction

from profiles.models import Switch, Trained
from profiles.sources.learning import put_live
from shopguide.accounts.tenancy import as_everyone

KIND, NAME = "exposure", "band"
# How far exposure may be from merit, as a share of merit.
BAND = 0.25
DAYS = 7
# Of fewer places shown nothing follows.
LEAST_SHOWN = 200
KEPT = 3


@dataclass(frozen=True)
class Band:
    """What is to be done: the most places of shops shown too much, and shops shown too little."""

    most: tuple[tuple[int, int], ...] = ()
    lifted: tuple[int, ...] = ()


def width() -> float:
    """Return the band's width, 0 while it is switched off. One query."""
    row = Switch.objects.filter(source=NAME, on=True).first()
    return (BAND if row.weight is None else row.weight) if row else 0.0


def band(limit: int) -> Band:
    """Return what holds for a list of so many places. One query, two while it is on."""
    wide = width()
    row = Trained.objects.filter(kind=KIND, live=True).first() if wide > 0 else None
    return Band() if row is None else made_of(row.card["shops"], limit, wide)


def made_of(shops: dict[str, dict[str, float]], limit: int, wide: float) -> Band:
    """Return the band for shares of exposure and merit, the most neglected shops first."""
    rows = [(int(pk), one["exposure"], one["merit"]) for pk, one in shops.items()]
    over = [(pk, max(1, ceil(limit * merit))) for pk, shown, merit in rows
            if shown > (1 + wide) * merit]  # fmt: skip
    under = sorted((shown / merit, pk) for pk, shown, merit in rows
                   if merit > 0 and shown < (1 - wide) * merit)  # fmt: skip
    return Band(tuple(sorted(over)), tuple(pk for _ratio, pk in under))


def weigh_shops(days: int = DAYS) -> Trained | None:
    """Store how much each shop is shown and merits; None where too little was shown."""
    from profiles.lab.fairness import fairness

    found = fairness(days)
    if found.shown < LEAST_SHOWN:
        return None
    shops = {
        str(one.merchant): {"exposure": round(one.exposure, 6), "merit": round(one.merit, 6)}
        for one in found.shops
    }
    with transaction.atomic(), as_everyone():
        newest = Trained.objects.filter(kind=KIND).order_by("-version").first()
        version = newest.version + 1 if newest else 1
        made = Trained.objects.create(kind=KIND, version=version, card={"shops": shops})
        put_live(made)
        Trained.objects.filter(kind=KIND, live=False, version__lte=version - KEPT).delete()
    return made


def switch(*, on: bool, wide: float | None = None) -> None:
    """Switch the band on or off, and say how wide it is, the usual width for None."""
    Switch.objects.update_or_create(source=NAME, defaults={"on": on, "weight": wide})
