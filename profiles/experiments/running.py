"""Run an experiment on shoppers who agreed: who meets what, what came of it, and when it stops.

For `recommending`, for texts under test and the sweep. Somebody's arm follows from a hash; that
they met it is kept, the first time. What came of it is counted in `counting`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from profiles.experiments.counting import METRICS, counted
from profiles.experiments.splitting import arm_of
from profiles.experiments.statistics import Comparison, Count, compared, ratio_p, verdict
from profiles.models import Experiment, Exposure, Stage
from profiles.models.experiment import Mode, Place
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant, as_shopper


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
    with as_everyone():
        return begun(arms, code=code, name=name, metric=metric, guardrails=list(guardrails))


def start_on_text(
    merchant: Merchant, arms: Mapping[str, float], *, mode: Mode = Mode.AB, **about: Any
) -> Experiment:
    """Start a comparison of texts of one of a shop's products; ValueError for one that cannot be.

    ``about``: code, name, product, channel, locale, metric, guardrails.
    """
    with as_merchant(merchant):
        return begun(arms, merchant=merchant, mode=mode, **about)


def begun(arms: Mapping[str, float], **about: Any) -> Experiment:
    """Write an experiment that runs from now on. To be called where its rows may be written."""
    if len(arms) < 2 or any(share <= 0 for share in arms.values()):
        raise ValueError("Give two arms or more, each with a share above 0.")
    if unknown := {about["metric"], *about["guardrails"]} - set(METRICS):
        raise ValueError(f"Unknown: {', '.join(sorted(unknown))}. Choose of {', '.join(METRICS)}.")
    now = timezone.now()
    return Experiment.objects.create(
        arms=list(arms.items()), salt=secrets.token_hex(8), stage=Stage.RUNNING, started_at=now,
        splits=[[now.isoformat(), dict(arms)]], **about,
    )  # fmt: skip


def meet(shopper: Shopper, code: str) -> str:
    """Return which arm a shopper meets, and keep that they did; nothing where none runs.

    To be called for shoppers who agreed. One query where none runs, else five.
    """
    found = Experiment.objects.filter(code=code, stage=Stage.RUNNING).first()
    return met(shopper, [found])[found.pk] if found else ""


def met(
    shopper: Shopper, running: Sequence[Experiment], place: Place = Place.LIST, *, keep: bool = True
) -> dict[int, str]:
    """Return which arm of each a shopper meets: the one they met first, else the one of the hash.

    An arm that has been taken out since is nobody's: then it is the first, what is done anyway.
    """
    with as_shopper(shopper):
        rows = Exposure.objects.filter(shopper=shopper, experiment__in=running)
        known = dict(rows.values_list("experiment_id", "arm"))
        fresh = [drawn(one, shopper, place) for one in running if one.pk not in known]
        if keep and fresh:
            Exposure.objects.bulk_create(fresh, ignore_conflicts=True)
    known |= {one.experiment_id: one.arm for one in fresh}
    return {one.pk: alive(one, known[one.pk]) for one in running}


def drawn(experiment: Experiment, shopper: Shopper, place: Place) -> Exposure:
    """Return what somebody meets who has not met it yet, and how likely that was."""
    shares = dict(experiment.arms)
    arm = arm_of(shares, experiment.salt, str(shopper.pk))
    likely = shares[arm] / sum(shares.values())
    return Exposure(
        experiment=experiment, shopper=shopper, arm=arm, place=place, propensity=likely
    )  # fmt: skip


def alive(experiment: Experiment, arm: str) -> str:
    """Return an arm if it is still in, else the first."""
    return arm if dict(experiment.arms).get(arm, 0) > 0 else str(experiment.arms[0][0])


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


def resplit(experiment: Experiment, shares: Mapping[str, float]) -> None:
    """Split people another way from now on; who has met an arm stays with it."""
    arms = [[name, shares.get(name, 0.0)] for name, _share in experiment.arms]
    if arms == [list(row) for row in experiment.arms]:
        return
    experiment.arms = arms
    experiment.splits = [*experiment.splits, [timezone.now().isoformat(), dict(arms)]]
    with transaction.atomic(), as_everyone():
        Experiment.objects.filter(pk=experiment.pk, stage=Stage.RUNNING).update(
            arms=experiment.arms, splits=experiment.splits
        )


def stop(experiment: Experiment, why: str) -> bool:
    """End an experiment: from the next page on everybody gets what is done anyway.

    Tells whether it was this call that ended it.
    """
    with transaction.atomic(), as_everyone():
        ended = Experiment.objects.filter(pk=experiment.pk, stage=Stage.RUNNING).update(
            stage=Stage.STOPPED, stopped_at=timezone.now(), stopped_why=why[:200]
        )
    return bool(ended)


def watch() -> list[str]:
    """Stop what does harm or is split wrongly; return their codes. For the sweep.

    Experiments on texts have a plan, by which whoever made them minds them.
    """
    stopped = []
    for experiment in Experiment.objects.filter(stage=Stage.RUNNING, product=None):
        found = results(experiment)
        if found.doing in {"fault", "stop"}:
            stop(experiment, f"{found.doing} {found.arm}".strip())
            stopped.append(experiment.code)
    return stopped
