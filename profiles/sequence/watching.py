"""How well versions foresee what people really do next, and what follows of that.

Each deed is first a question to the state stored before it: at which place stood what was taken,
among all products? Sums of that are kept by version and day, of nobody in particular. A version
that foresees worse than the one before it is taken back; one that has lost what it could is taught
anew.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Sum
from django.utils import timezone

from profiles.models import Trained, TrainingRun, UserState, Watched
from profiles.sequence.scoring import rows
from profiles.sequence.versions import back, served
from shopguide.accounts.tenancy import as_everyone
from shopguide.work import State

CUT = 10
# Fewer deeds than this tell nothing.
LEAST_DEEDS = 40
# A version must reach this share of what the one before it reaches on the same deeds, …
LEAST_SHARE = 0.9
# … and of what it was judged to reach, lest it is taught anew.
DRIFTED = 0.7
DAYS = 7

PLACE_SQL = """
SELECT count(*) FILTER (WHERE -(i.vector <#> s.vector) >= wanted.score), min(wanted.score)
FROM profiles_userstate s
JOIN profiles_itemvector i ON i.trained_id = s.trained_id AND i.product <> ALL(%(had)s)
    AND i.product <> %(product)s
CROSS JOIN LATERAL (
    SELECT -(w.vector <#> s.vector) AS score FROM profiles_itemvector w
    WHERE w.trained_id = s.trained_id AND w.product = %(product)s
) wanted
WHERE s.id = %(state)s
"""


@dataclass(frozen=True)
class Figures:
    """How well a version foresaw: NDCG@10 and hit rate over so many deeds."""

    deeds: int
    ndcg: float
    hits: float


def count(made: Trained, state: UserState, events: Sequence[int], products: Sequence[int]) -> bool:
    """Count how well a state foresaw the first new product taken since. Two statements.

    The shopper's rows must be visible. Tells whether there was anything to count.
    """
    old = set(state.events)
    had = [product for event, product in zip(events, products, strict=True) if event in old]
    last = max((place for place, event in enumerate(events) if event in old), default=-1)
    fresh = [product for product in products[last + 1 :] if product not in had]
    if not had or not fresh:
        return False
    asked = {"state": state.pk, "had": had, "product": fresh[0]}
    found = rows(PLACE_SQL, **asked)
    if not found or found[0][1] is None:
        return False
    place = int(found[0][0])
    day, _new = Watched.objects.get_or_create(trained=made, day=timezone.localdate())
    Watched.objects.filter(pk=day.pk).update(
        deeds=F("deeds") + 1,
        ndcg=F("ndcg") + (1 / math.log2(place + 2) if place < CUT else 0.0),
        hits=F("hits") + int(place < CUT),
    )
    return True


def figures_of(made: Trained, days: int = DAYS) -> Figures:
    """Return how well a version foresaw in the last days. One query."""
    since = timezone.localdate() - timedelta(days=days)
    sums = Watched.objects.filter(trained=made, day__gt=since).aggregate(
        deeds=Sum("deeds"), ndcg=Sum("ndcg"), hits=Sum("hits")
    )
    deeds = sums["deeds"] or 0
    share = 1 / max(1, deeds)
    return Figures(deeds, (sums["ndcg"] or 0.0) * share, (sums["hits"] or 0) * share)


def worse(now: Figures, before: Figures) -> bool:
    """Tell whether a version falls behind another that was asked the same."""
    enough = min(now.deeds, before.deeds) >= LEAST_DEEDS
    return enough and now.ndcg < LEAST_SHARE * before.ndcg


def drifted(made: Trained, now: Figures) -> bool:
    """Tell whether a version has lost much of what it was judged to reach."""
    promised = made.card.get("quality") or 0.0
    return now.deeds >= LEAST_DEEDS and now.ndcg < DRIFTED * promised


def mind() -> str:
    """Take a worse version back, have a drifted one taught anew; return what was done."""
    at_work = served()
    if at_work.live is None:
        return ""
    now = figures_of(at_work.live)
    older = at_work.live.card.get("before")
    for one in at_work.shadows:
        if one.version == older and worse(now, figures_of(one)):
            back(why=f"foresees worse than version {older}: {now.ndcg:.4f}")
            return "taken back"
    if at_work.canary is not None and worse(figures_of(at_work.canary), now):
        Trained.objects.filter(pk=at_work.canary.pk).update(share=0.0)
        return "canary ended"
    if drifted(at_work.live, now) and ask(TrainingRun.Mode.WHOLE):
        return "to be taught anew"
    return ""


def ask(mode: str, *, seed: int = 1) -> TrainingRun | None:
    """Ask for a lesson; None while one is waiting or under way."""
    with as_everyone():
        under_way = TrainingRun.objects.filter(state__in=(State.QUEUED, State.RUNNING))
        return None if under_way.exists() else TrainingRun.objects.create(mode=mode, seed=seed)
