"""A trial from its beginning to its end: what shoppers meet, and who decides what."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import ProductText, PublishedCopy
from marketing.copy.deciding import take_back
from marketing.copy.examining import Refused
from marketing.models import DraftState, Trial
from marketing.trials.minding import mind_all, shown
from marketing.trials.running import USUAL, adopt, begin, end, roll_back
from profiles.experiments.counting import periods
from profiles.models import Experiment, Kind, Stage
from shopguide.accounts.acting import acting
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.marketing.trials.conftest import TRIED, Stall, crowd, holds
from tests.marketing.trials.conftest import USUAL as WORDS


def texts(stall: Stall) -> dict[str, str]:
    """Return the kettle's English titles by arm."""
    with as_merchant(stall.loom):
        rows = ProductText.objects.filter(product=stall.kettle, locale="en")
        return dict(rows.values_list("arm", "title"))


def fresh(trial: Trial) -> Trial:
    """Return a trial as it stands, with its experiment."""
    with as_everyone():
        rows = Trial.objects.select_related("experiment", "product").prefetch_related("arms__draft")
        return rows.get(pk=trial.pk)


def test_it_begins_with_a_plan_of_its_own_and_words_that_were_approved(stall: Stall) -> None:
    draft = stall.approved()
    trial = stall.trial(draft)
    assert texts(stall) == {"": WORDS, f"d{draft.pk}": TRIED}
    assert fresh(trial).experiment.arms == [[USUAL, 0.5], [f"d{draft.pk}", 0.5]]
    assert trial.control == {"title": WORDS} and 0 < trial.rate < 1 and trial.people > 100
    assert trial.experiment.guardrails == ["return", "complaint", "purchase"]
    with as_merchant(stall.loom):
        copy = PublishedCopy.objects.get(product=stall.kettle, arm=f"d{draft.pk}")
        draft.refresh_from_db()
    assert copy.parts == {"title": TRIED} and draft.state == DraftState.APPROVED


def test_what_may_not_be_tried(stall: Stall) -> None:
    draft = stall.approved()
    with as_merchant(stall.loom):
        raw = stall.approved("Another one")
        type(raw).objects.filter(pk=raw.pk).update(state=DraftState.DRAFT, approved_at=None)
    for drafts, why in (
        ([raw], "somebody was faster"),
        ([stall.approved(WORDS)], "reads already"),
        ([stall.approved(channel="push", parts={"title": "a", "body": "b"})], "on the site"),
        ([draft, stall.approved("水壶", locale="zh-hans")], "one product"),
        ([draft] * 4, "one to three"),
    ):
        with pytest.raises(Refused, match=why):
            begin(drafts, by=None, examine=holds)
    stall.trial(draft)
    with pytest.raises(Refused, match="being tried"):
        stall.trial(stall.approved("A third one"))
    assert Experiment.objects.count() == 1 and len(texts(stall)) == 2


def test_a_winner_is_adopted_by_a_person_and_rolled_back(stall: Stall) -> None:
    trial = stall.trial(lift=0.5)
    arm = trial.experiment.arms[1][0]
    crowd(trial, USUAL, 400, 60)
    crowd(trial, arm, 400, 140)
    assert mind_all() == {trial.pk: "adopt"}
    trial = fresh(trial)
    assert (trial.winner, trial.ending, trial.experiment.stage) == (arm, "", Stage.RUNNING)
    assert texts(stall)[""] == WORDS
    with acting(stall.people.mei.pk, "web"):
        trial = adopt(trial, arm, by=stall.people.mei, examine=holds)
    assert texts(stall) == {"": TRIED}
    assert (trial.ending, fresh(trial).experiment.stage) == ("adopted", Stage.STOPPED)
    with acting(stall.people.mei.pk, "web"):
        trial = roll_back(fresh(trial), by=stall.people.mei, examine=holds)
    assert texts(stall) == {"": WORDS} and trial.ending == "back"
    with pytest.raises(Refused, match="nothing to roll back"):
        roll_back(fresh(trial), by=stall.people.mei)
    with pytest.raises(Refused, match="over already"):
        end(fresh(trial), "stopped")


def test_a_harmful_text_is_taken_out_and_the_last_one_ends_it(stall: Stall) -> None:
    worse, other = stall.approved("A worse one"), stall.approved()
    trial = stall.trial(worse, other, lift=0.5)
    for name, did in ((USUAL, 150), (f"d{worse.pk}", 20), (f"d{other.pk}", 150)):
        crowd(trial, name, 500, did, days_ago=0)
    assert mind_all() == {trial.pk: "drop"}
    trial = fresh(trial)
    assert dict(trial.experiment.arms)[f"d{worse.pk}"] == 0
    assert dict(trial.experiment.arms)[USUAL] == pytest.approx(0.5)
    assert [arm.out for arm in trial.arms.all()] == ["drop", ""]
    assert mind_all() == {}  # doing it again changes nothing
    assert shown(fresh(trial)).split_p > 0.5
    crowd(trial, f"d{other.pk}", 600, 30, days_ago=-0.01)
    crowd(trial, USUAL, 600, 180, days_ago=-0.01)
    assert mind_all() == {trial.pk: "drop"}
    assert fresh(trial).ending == "harm" and texts(stall) == {"": WORDS}


def test_a_broken_split_and_a_changed_text_stop_it(stall: Stall) -> None:
    trial = stall.trial()
    crowd(trial, USUAL, 520, 50)
    crowd(trial, trial.experiment.arms[1][0], 300, 50)
    assert mind_all() == {trial.pk: "fault"} and fresh(trial).ending == "fault"
    draft = stall.approved("One more")
    trial = stall.trial(draft)
    with as_merchant(stall.loom):
        ProductText.objects.filter(product=stall.kettle, arm="", locale="en").update(title="New")
    assert mind_all() == {trial.pk: "changed"}
    trial = stall.trial(draft)
    take_back(draft, by=stall.people.edda)
    assert mind_all() == {trial.pk: "changed"} and list(texts(stall)) == [""]


def test_returns_that_rise_stop_it(stall: Stall) -> None:
    trial = stall.trial(aim="cart", lift=0.5)
    arm = trial.experiment.arms[1][0]
    usual = crowd(trial, USUAL, 500, 100, kind=Kind.CART)
    tried = crowd(trial, arm, 500, 170, kind=Kind.CART)
    with as_everyone():
        from profiles.models import Event

        Event.objects.bulk_create(
            Event(shopper=one, kind=Kind.PURCHASE, product=stall.kettle.pk)
            for one in [*usual[:90], *tried[:20]]
        )
    assert shown(fresh(trial)).decision.guard == "purchase"
    assert mind_all() == {trial.pk: "harm"} and fresh(trial).ending == "harm"


def test_a_shifting_split_shifts_once_a_day_and_keeps_what_it_was(stall: Stall) -> None:
    trial = stall.trial(mode="bandit")
    arm = trial.experiment.arms[1][0]
    crowd(trial, USUAL, 60, 6, days_ago=0)
    crowd(trial, arm, 60, 14, days_ago=0)
    assert mind_all() == {} and dict(fresh(trial).experiment.arms) == {USUAL: 0.5, arm: 0.5}
    tomorrow = timezone.now() + timedelta(days=1)
    mind_all(tomorrow)
    experiment = fresh(trial).experiment
    shares = dict(experiment.arms)
    assert shares[arm] > 0.8 and shares[USUAL] >= 0.1 and len(experiment.splits) == 2
    crowd(trial, arm, 40, 4, days_ago=-0.01)
    found = periods(experiment, "click")
    assert [sum(one.people for one in each.counts.values()) for each in found] == [120, 40]


def test_without_a_difference_it_is_over_when_all_have_met_it(stall: Stall) -> None:
    trial = stall.trial(lift=0.5)
    with as_everyone():
        Trial.objects.filter(pk=trial.pk).update(people=100)
    crowd(trial, USUAL, 101, 12)
    crowd(trial, trial.experiment.arms[1][0], 101, 13)
    assert mind_all() == {trial.pk: "same"} and fresh(trial).ending == "same"
