"""Run an experiment on shoppers who agreed: who meets what, what came of it, and when it stops.

For `recommending` and the sweep. Somebody's arm follows from a hash; that they met it is kept, the
first time. A metric is the share of people who did something after they met their arm.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from profiles.experiments.splitting import arm_of
from profiles.experiments.statistics import Comparison, Count, compared, ratio_p, verdict
from profiles.models import Experiment, Exposure, Kind, Stage
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper

# What may be measured: people who did one of these.
METRICS: dict[str, tuple[str, ...]] = {
    "click": (Kind.CLICK, Kind.VIEW),
    "save": (Kind.SAVE,),
    "cart": (Kind.CART,),
    "purchase": (Kind.PURCHASE,),
}

COUNTS_SQL = """
SELECT x.arm, count(*), count(*) FILTER (WHERE EXISTS (
    SELECT FROM profiles_event e WHERE e.shopper_id = x.shopper_id AND e.at >= x.at
        AND e.kind = ANY(%(kinds)s)))
FROM profiles_exposure x WHERE x.experiment_id = %(experiment)s GROUP BY x.arm
"""


@dataclass(frozen=True)
class Results:
    """What an experiment shows by now. ``doing``: fault, stop, adopt, drop or wait."""

    counts: dict[str, Count]
    against_first: dict[str, Comparison]
    split_p: float
    doing: str
    arm: str


def start(code: str, name: str, arms: Mapping[str, float], *, metric: str = "click",
          guardrails: tuple[str, ...] = ()) -> Experiment:  # fmt: skip
    """Start a comparison on the whole market place; ValueError for one that cannot be."""
    if len(arms) < 2 or any(share <= 0 for share in arms.values()):
        raise ValueError("Give two arms or more, each with a share above 0.")
    if unknown := {metric, *guardrails} - set(METRICS):
        raise ValueError(f"Unknown: {', '.join(sorted(unknown))}. Choose of {', '.join(METRICS)}.")
    with as_everyone():
        return Experiment.objects.create(
            code=code, name=name, arms=list(arms.items()), salt=secrets.token_hex(8),
            metric=metric, guardrails=list(guardrails), stage=Stage.RUNNING,
            started_at=timezone.now(),
        )  # fmt: skip


def meet(shopper: Shopper, code: str) -> str:
    """Return which arm a shopper meets, and keep that they did; nothing where none runs.

    To be called for shoppers who agreed. One query where none runs, else four.
    """
    found = Experiment.objects.filter(code=code, stage=Stage.RUNNING).first()
    if found is None:
        return ""
    arm = arm_of(dict(found.arms), found.salt, str(shopper.pk))
    with as_shopper(shopper):
        Exposure.objects.bulk_create(
            [Exposure(experiment=found, shopper=shopper, arm=arm)], ignore_conflicts=True
        )
    return arm


def results(experiment: Experiment) -> Results:
    """Return what an experiment shows; it may be looked at as often as one likes."""
    shares = dict(experiment.arms)
    counts = counted(experiment, experiment.metric)
    guards = [counted(experiment, name) for name in experiment.guardrails]
    doing, arm = verdict(counts, shares, guards)
    first, *others = counts
    return Results(
        counts,
        {other: compared(counts[first], counts[other]) for other in others},
        ratio_p({name: one.people for name, one in counts.items()}, shares),
        doing,
        arm,
    )


def counted(experiment: Experiment, metric: str) -> dict[str, Count]:
    """Return people and those who did it, by arm, in the arms' order. One query."""
    asked: dict[str, Any] = {
        "experiment": experiment.pk,
        "kinds": [str(kind) for kind in METRICS[metric]],
    }
    with as_everyone(), connection.cursor() as cursor:
        cursor.execute(COUNTS_SQL, asked)
        found = {arm: Count(people, did) for arm, people, did in cursor.fetchall()}
    return {arm: found.get(arm, Count(0, 0)) for arm, _share in experiment.arms}


def stop(experiment: Experiment, why: str) -> None:
    """End an experiment: from the next list on everybody gets what is done anyway."""
    with transaction.atomic(), as_everyone():
        Experiment.objects.filter(pk=experiment.pk, stage=Stage.RUNNING).update(
            stage=Stage.STOPPED, stopped_at=timezone.now(), stopped_why=why[:200]
        )


def watch() -> list[str]:
    """Stop what does harm or is split wrongly; return their codes. For the sweep."""
    stopped = []
    for experiment in Experiment.objects.filter(stage=Stage.RUNNING):
        found = results(experiment)
        if found.doing in {"fault", "stop"}:
            stop(experiment, f"{found.doing} {found.arm}".strip())
            stopped.append(experiment.code)
    return stopped
