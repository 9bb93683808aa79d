"""Learn from everybody what goes with what, and store it as rows that pages read.

For a worker every hour and for `manage.py learn`. Deeds count of shoppers who agree that models are
improved with them; baskets count where at least two people had the same pair. A version that finds
what comes next worse than the live one did does not go live; any older one can be put back at once.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from profiles.models import Neighbour, Trained
from profiles.sources.counting import (
    NEAREST,
    Row,
    due_again,
    new,
    popular,
    regressed,
    steps,
    together,
    trending,
)
from profiles.sources.material import Material, gather, numbered
from profiles.sources.switching import NEIGHBOURS
from shopguide.accounts.tenancy import as_everyone

# A version must reach this share of what the live one reaches.
LEAST_QUALITY = 0.9
KEPT_VERSIONS = 5


def learn(*, now: datetime | None = None) -> Trained:
    """Make a new version of all stored scores; it goes live unless it is worse. Seconds to minutes.

    Memory grows with the square of the items that take part, 6,000 at most.
    """
    started, now = time.monotonic(), now or timezone.now()
    material = gather(now)
    rows = [
        *steps(material), *regressed(material), *together(material),
        *trending(material, now), *popular(material), *new(now), *due_again(material),
    ]  # fmt: skip
    quality = quality_of(material)
    with transaction.atomic(), as_everyone():
        made = store(rows)
        worst = worse_than(live(), quality)
        made.card = {
            "rows": dict(Counter(row[0] for row in rows)),
            "people": material.people,
            "deeds": len(material.acts),
            "left_out": material.left_out,
            "baskets": len(material.baskets),
            "quality": quality,
            "seconds": round(time.monotonic() - started, 2),
            "held_back": worst,
        }
        made.save(update_fields=["card"])
        if not worst:
            put_live(made)
        forget_old()
    return made


# --- How good it is ---------------------------------------------------------------------------
def quality_of(material: Material) -> float | None:
    """Return NDCG@10 of what people took last, learnt without it; None of too few people."""
    from shopguide.inference.sequences.measures import ndcg, ranks
    from shopguide.inference.sequences.neighbours import transitions

    histories, items = numbered(material)
    if len(items) < NEAREST:
        return None
    before = histories.shortened(1)
    asked = (before.lengths > 0).nonzero()[0]
    if not len(asked):
        return None
    seen = before.chosen(asked)
    scores = transitions(before).scores(seen)
    return round(ndcg(ranks(scores, histories.chosen(asked).last(), seen)), 5)


def worse_than(before: Trained | None, quality: float | None) -> str:
    """Say why a version must not go live, nothing where it may."""
    earlier = before.card.get("quality") if before else None
    if quality is None or not earlier or quality >= LEAST_QUALITY * earlier:
        return ""
    return f"finds what comes next worse than version {before.version}: {quality} < {earlier}"  # type: ignore[union-attr]


# --- Versions ---------------------------------------------------------------------------------
def live() -> Trained | None:
    """Return the version that pages read."""
    return Trained.objects.filter(kind=NEIGHBOURS, live=True).first()


def store(rows: Iterable[Row]) -> Trained:
    """Keep rows as a new version that nobody reads yet."""
    newest = Trained.objects.filter(kind=NEIGHBOURS).order_by("-version").first()
    made = Trained.objects.create(kind=NEIGHBOURS, version=newest.version + 1 if newest else 1)
    Neighbour.objects.bulk_create(
        (
            Neighbour(trained=made, source=source, anchor=anchor, product=product, weight=weight)
            for source, anchor, product, weight in rows
        ),
        batch_size=5_000,
    )
    return made


def put_live(made: Trained) -> None:
    """Have pages read this version from the next request on; roll-back is the same call."""
    with transaction.atomic():
        Trained.objects.filter(kind=made.kind, live=True).exclude(pk=made.pk).update(live=False)
        Trained.objects.filter(pk=made.pk).update(live=True)
    made.live = True


def forget_old() -> None:
    """Remove all but the newest versions and the live one."""
    kept = Trained.objects.filter(kind=NEIGHBOURS).order_by("-version")[:KEPT_VERSIONS]
    numbers = [one.pk for one in kept]
    Trained.objects.filter(kind=NEIGHBOURS, live=False).exclude(pk__in=numbers).delete()
