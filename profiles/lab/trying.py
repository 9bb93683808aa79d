"""Try the band of exposure: the same people's lists without it and with it, side by side.

For the ``fairness`` command. Shops are weighed anew after each round of lists, as a worker does
hourly, so that the band has time to act. Nothing is shown to anybody and nothing is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from profiles.consenting import agreed
from profiles.lab.fairness import Share, fairness
from profiles.models import Purpose
from profiles.recommending import Known, own_signals, scored
from profiles.sources.arranging import Candidate, Settings, arrange
from profiles.sources.banding import BAND, made_of
from profiles.sources.standing import stances_of
from profiles.sources.switching import sources_now
from profiles.taste.refreshing import taste_of
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper

MOST_TRIED = 1_000
LIST, ROUNDS, DAYS = 12, 6, 28


def try_band(people: int, wide: float | None = None) -> dict[str, Any]:
    """Return how far exposure is from merit without the band and with it, and what it costs.

    ``score``: the share of the lists' scores that is left. About 100 ms a person.
    """
    merits = fairness(DAYS).shops
    pools = [pool for pk in agreed(Purpose.PERSONALISATION)[:people] if (pool := pool_of(pk))]
    return tried(pools, merits, BAND if wide is None else wide)


def pool_of(pk: str) -> list[Candidate]:
    """Return what a shopper's list is made of, for who has one."""
    shopper = Shopper.objects.filter(pk=UUID(pk)).first()
    if shopper is None:
        return []
    taste = taste_of(shopper)
    with as_shopper(shopper):
        known = Known(shopper, taste, own_signals(shopper), stances_of(shopper))
        return scored(known, sources_now()) if known.signals else []


def tried(
    pools: Sequence[Sequence[Candidate]], merits: Sequence[Share], wide: float
) -> dict[str, Any]:
    """Return both, over the same candidates. Plain arithmetic."""
    plain = [arrange(pool, Settings(LIST)) for pool in pools]
    before = shares_of(plain)
    seen, lists = dict(before), plain
    for _round in range(ROUNDS):
        said = {
            str(one.merchant): {"exposure": seen.get(one.merchant, 0.0), "merit": one.merit}
            for one in merits
        }
        fair = made_of(said, LIST, wide)
        settings = replace(Settings(LIST), band=fair.most, lifted=fair.lifted)
        lists = [arrange(pool, settings) for pool in pools]
        now = shares_of(lists)
        seen = {pk: (seen.get(pk, 0.0) + now.get(pk, 0.0)) / 2 for pk in {*seen, *now}}
    return {
        "people": len(pools),
        "without": told(before, merits),
        "with": told(seen, merits),
        "score": round(worth(lists) / worth(plain), 4) if worth(plain) else 1.0,
    }


def shares_of(lists: Sequence[Sequence[Candidate]]) -> dict[int, float]:
    """Return each shop's share of the places."""
    places = Counter(one.merchant for row in lists for one in row)
    whole = sum(places.values())
    return {shop: count / whole for shop, count in places.items()}


def told(shown: dict[int, float], merits: Sequence[Share]) -> dict[str, Any]:
    """Return how far it is from merit: over all, and the worst shops on both sides."""
    ratios = {one.slug: shown.get(one.merchant, 0.0) / one.merit for one in merits if one.merit}
    apart = sum(abs(shown.get(one.merchant, 0.0) - one.merit) for one in merits) / 2
    return {
        "spread": round(apart, 4),
        "lowest": round(min(ratios.values(), default=1.0), 4),
        "highest": round(max(ratios.values(), default=1.0), 4),
    }


def worth(lists: Sequence[Sequence[Candidate]]) -> float:
    """Return the sum of the scores of all that is shown."""
    return sum(one.score for row in lists for one in row)
