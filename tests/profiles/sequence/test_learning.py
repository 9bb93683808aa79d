"""Versions of the sequence model: learnt, judged, shown for true reasons, never poisoned."""

import random
from datetime import timedelta

import numpy as np
import pytest
from django.db import transaction
from django.utils import timezone

from catalog.models import Product
from profiles.consenting import choose
from profiles.models import Event, Kind, Purpose, Trained, TrainingRun, UserState, Weights
from profiles.noting import forget, note
from profiles.recommending import Known, recommend, scored, signals_of
from profiles.sequence import learning
from profiles.sequence.gathering import lessons
from profiles.sequence.learning import LEAST_ASKED, TooLittle, beaten, held_out, learn_sequence
from profiles.sequence.serving import refresh_states
from profiles.sequence.tasks import ring_lessons, teach_sequence
from profiles.sequence.versions import served
from profiles.sequence.watching import ask
from profiles.sources.switching import SEQUENCE, Source, sources_now, turn
from profiles.taste.refreshing import taste_of
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper
from shopguide.inference.sequences.outlook import Outlook
from shopguide.work import State
from tests.conftest import FULL
from tests.profiles.sequence.conftest import ring_of, walk

Shelves = dict[str, list[Product]]
REASONS = 2_000 if FULL else 40


@pytest.fixture
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a new version store no states of who did something lately."""
    monkeypatch.setattr(learning, "ACTIVE", timedelta(0))


def test_what_comes_next_is_learnt_and_shown_with_its_reason(
    walked: Shelves, shopper: Shopper
) -> None:
    made = learn_sequence(epochs=24)
    card = made.card
    assert not card["held_back"] and Trained.objects.get(kind=SEQUENCE, live=True) == made
    assert card["quality"] > 1.5 * card["peers"]["popularity"]
    assert set(card["weights"]) == {"item", "action", "kind", "type"} == {*card["loss"], "type"}
    assert card["data"]["people"] == 60 and card["data"]["products"] == 18
    ring = ring_of(walked)
    for one in ring[3:6]:
        note(shopper, Kind.VIEW, product=one)
    assert refresh_states(shopper) == 1 and refresh_states(shopper) == 0
    with as_shopper(shopper):
        state = UserState.objects.get(shopper=shopper)
    assert ring[6] in state.listed[:3]
    assert sum(state.actions.values()) == pytest.approx(1, abs=1e-3)
    for source in (Source.KIND, Source.CONTENT, Source.PRICE):
        turn(source, on=False)
    found = {one.product: one for one in recommend(shopper)[:4]}
    assert found[ring[6]].source == Source.SEQUENCE
    turn(Source.SEQUENCE, on=False)
    assert Source.SEQUENCE not in {source for one in recommend(shopper) for source in one.sources}
    for source in (Source.KIND, Source.CONTENT, Source.PRICE, Source.SEQUENCE):
        turn(source, on=True)
    reasons_are_the_reasons(walked)


def reasons_are_the_reasons(shelves: Shelves) -> None:
    """Without the named deed the score is lower, and lower than without a deed drawn by lot."""
    turn(Source.SEQUENCE, on=True, weight=0.6)
    chance = random.Random(11)
    everything = ring_of(shelves)
    tested, lower, compared, lower_than_random, onward = 0, 0, 0, 0, 0
    while tested < REASONS:
        someone = Shopper.objects.create()
        for one in chance.sample(everything, chance.randint(2, 4)):
            note(someone, chance.choice([Kind.VIEW, Kind.SAVE]), product=one)
        refresh_states(someone)
        with as_everyone():
            deeds = set(Event.objects.filter(shopper=someone).values_list("product", flat=True))
        left = {deed: scores_without(someone, deed) for deed in deeds if deed is not None}
        for found in recommend(someone, limit=12):
            if found.because is None:
                assert found.source == Source.SEQUENCE
                continue
            named = found.because.product
            assert named is not None
            tested += 1
            onward += Source.SEQUENCE in found.sources
            lower += left[named].get(found.product, 0.0) < found.score
            if others := sorted(one for one in left if one != named):
                compared += 1
                drawn = left[chance.choice(others)].get(found.product, 0.0)
                lower_than_random += left[named].get(found.product, 0.0) <= drawn
    assert onward > 0.3 * tested
    assert lower / tested >= 0.99
    assert lower_than_random / compared >= 0.95


def scores_without(shopper: Shopper, product: int) -> dict[int, float]:
    """Return every candidate's score if one deed had not been done, and the worker had come by."""
    with transaction.atomic():
        forget(shopper, product=product)
        refresh_states(shopper)
        known = Known(shopper, taste_of(shopper), signals_of(shopper))
        with as_shopper(shopper):
            left = scored(known, sources_now(shopper))
        transaction.set_rollback(True)
    return {one.product: one.score for one in left}


@pytest.mark.skipif(not FULL, reason="two lessons one after the other: in the full run")
def test_what_is_fresh_is_learnt_on_top_and_new_people_alone_are_not_believed(
    walked: Shelves,
) -> None:
    first = learn_sequence(epochs=8)
    Trained.objects.filter(pk=first.pk).update(
        card=first.card | {"until": (timezone.now() - timedelta(hours=20)).isoformat()}
    )
    walk(walked, 30, seed=2, days_ago=0.6)
    second = learn_sequence(TrainingRun.Mode.UPDATE)
    assert (second.card["mode"], second.card["from"]) == ("update", first.version)
    assert not second.card["held_back"] and served().live == second
    assert served().shadows == (first,) and second.card["before"] == first.version
    # A batch of new people only: those who were here before are asked whether it can be believed.
    since = timezone.now() - timedelta(hours=10)
    walk(walked, 40, seed=3, days_ago=0.3, step=11)
    held = held_out(lessons(timezone.now()), since, since, 1)
    assert LEAST_ASKED <= held.known.sum() < len(held.known)


def test_a_gate_is_for_all_and_for_who_was_here_before() -> None:
    ours, theirs = np.array([0] * 20 + [30] * 20), np.zeros(40, np.int64)
    known = np.arange(40) >= 20
    assert "for all" in beaten(ours, theirs, known)
    assert "here before" in beaten(np.array([0] * 180 + [30] * 20), np.full(200, 1),
                                   np.arange(200) >= 180)  # fmt: skip
    assert not beaten(theirs, theirs, known) and not beaten(ours[:6], theirs[:6], known[:6])


def test_too_little_says_so_and_nothing_is_taught(shelves: Shelves) -> None:
    with pytest.raises(TooLittle, match="are needed"):
        learn_sequence()
    run = ask(TrainingRun.Mode.WHOLE)
    assert run is not None and ask(TrainingRun.Mode.WHOLE) is None
    teach_sequence(run.pk)
    run.refresh_from_db()
    assert run.state == State.FAILED and "are needed" in run.failure
    assert not Trained.objects.exists()
    teach_sequence(run.pk)  # a second ring does nothing
    ring_lessons()
    assert TrainingRun.objects.count() == 1


def test_nobody_who_did_not_agree_is_learnt_from(shelves: Shelves) -> None:
    for one in walk(shelves, 14):
        choose(one, {Purpose.TRAINING: False})
    with pytest.raises(TooLittle, match="0 people took"):
        learn_sequence()


def test_a_lesson_goes_on_from_its_checkpoint(walked: Shelves, nobody_waits: None) -> None:
    run = TrainingRun.objects.create(mode=TrainingRun.Mode.WHOLE)
    kept: list[bytes] = []
    whole = learn_sequence(epochs=6, keep=kept.append, now=run.created_at)
    assert len(kept) == 1
    again = learn_sequence(epochs=6, checkpoint=kept[0], now=run.created_at)
    other = learn_sequence(epochs=6, checkpoint=b"of another kind", now=run.created_at)
    bodies = [bytes(Weights.objects.get(trained=one).body) for one in (whole, again, other)]
    weights = [Outlook.unpacked(body).to_item.weight.detach().numpy() for body in bodies]
    assert np.array_equal(weights[0], weights[1]) and np.array_equal(weights[0], weights[2])
