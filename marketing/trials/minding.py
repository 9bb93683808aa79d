"""What the sweep does with running trials: sees what they show, and acts where it is clear.

A harmful arm is taken out, a broken trial is stopped, a shifting split is shifted once a day. A
winner is only named: to adopt it is a person's decision. Doing it again changes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from marketing.copy.examining import Refused
from marketing.copy.publishing import live, place_of
from marketing.models import Trial, TrialArm
from marketing.trials.running import USUAL, Ending, end
from profiles.experiments.allotting import allotted
from profiles.experiments.counting import guards_of, periods
from profiles.experiments.deciding import Decision, Plan, Standing, standing
from profiles.experiments.running import resplit
from profiles.models.experiment import Mode
from shopguide.accounts.tenancy import as_everyone, as_merchant

A_DAY = timedelta(hours=20)
OUT = ("drop", "cost", "harm")


def shown(trial: Trial) -> Standing:
    """Return what a trial shows by now. A query for the aim and one for each guardrail."""
    experiment = trial.experiment
    return standing(
        [name for name, _share in experiment.arms],
        periods(experiment, experiment.metric),
        Plan(trial.rate, trial.lift, trial.people),
        guards_of(experiment),
        out=[arm.name for arm in trial.arms.all() if arm.out],
    )


def mind_all(now: datetime | None = None) -> dict[int, str]:
    """Mind every running trial; return what was done with which."""
    with as_everyone():
        rows = Trial.objects.running().select_related("experiment", "product")
        trials = list(rows.prefetch_related("arms__draft"))
    done = {}
    for trial in trials:
        try:
            if said := mind(trial, now or timezone.now()):
                done[trial.pk] = said
        except Refused:
            continue  # a person was faster
    return done


def mind(trial: Trial, now: datetime) -> str:
    """Do what is to be done with one trial; return it, nothing for waiting."""
    if changed(trial):
        end(trial, Ending.CHANGED)
        return str(Ending.CHANGED)
    found = shown(trial)
    decision = found.decision
    if decision.doing in OUT:
        return take_out(trial, decision, now)
    if decision.doing == "fault":
        end(trial, Ending.FAULT)
    elif decision.doing == "same":
        end(trial, Ending.SAME)
    else:
        name_leader(trial, decision)
        shift(trial, found, now)
    return "" if decision.doing == "wait" else decision.doing


def changed(trial: Trial) -> bool:
    """Tell whether the words that are compared are not those any more that it began with."""
    with as_merchant(trial.merchant_id):
        arms = list(trial.arms.all())
        if any(arm.draft is None or not arm.draft.approved for arm in arms):
            return True
        place = place_of(arms[0].draft) if arms and arms[0].draft else None
        return place is None or live(place).parts != trial.control


def take_out(trial: Trial, decision: Decision, now: datetime) -> str:
    """Let nobody meet a harmful arm any more; the last one ends the trial."""
    with as_merchant(trial.merchant_id):
        TrialArm.objects.filter(trial=trial, name=decision.arm).update(
            out=decision.doing, out_at=now
        )
        left = [arm.name for arm in trial.arms.all() if not arm.out and arm.name != decision.arm]
        if not left:
            end(trial, Ending.HARM)
        else:
            kept = [USUAL, *left]
            shares = {name: share for name, share in trial.experiment.arms if name in kept}
            resplit(trial.experiment, {name: shares[name] / sum(shares.values()) for name in kept})
    return decision.doing


def name_leader(trial: Trial, decision: Decision) -> None:
    """Write down which arm has won so far, for lists."""
    leader = decision.arm if decision.doing == "adopt" else ""
    if leader != trial.winner:
        with as_merchant(trial.merchant_id):
            Trial.objects.filter(pk=trial.pk).update(winner=leader)


def shift(trial: Trial, found: Standing, now: datetime) -> None:
    """Give a shifting split its shares of the day, if the last ones are a day old."""
    experiment = trial.experiment
    last = experiment.splits[-1][0] if experiment.splits else experiment.made_at.isoformat()
    if experiment.mode != Mode.BANDIT or now - datetime.fromisoformat(last) < A_DAY:
        return
    alive = {name for name, share in experiment.arms if share > 0}
    counts = {name: count for name, count in found.totals.items() if name in alive}
    if sum(one.people for one in counts.values()):
        resplit(experiment, allotted(counts, seed=experiment.pk * 10_000 + len(experiment.splits)))
