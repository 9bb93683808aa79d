"""Teach versions of the sequence model: everything anew, or what is fresh on top of the live one.

For a worker and for ``manage.py train sequence``. The last step of people is held out: by half of
them the best epoch is chosen, by the other half the version is judged, beside what is popular and
what is taken together. A version that is judged worse than the live one, or than what is popular,
does not go live. The card of each says what it was taught on, by what weights, and how it was
judged.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from profiles.models import Trained, TrainingRun, Weights
from profiles.sequence.gathering import Lessons, lessons
from profiles.sequence.serving import place_items, refresh_everybody, shelf
from profiles.sequence.versions import forget_old, next_version, served, switch
from profiles.sources.switching import SEQUENCE
from shopguide.accounts.tenancy import as_everyone

if TYPE_CHECKING:
    from shopguide.inference.sequences.deeds import Deeds
    from shopguide.inference.sequences.lessons import Lesson
    from shopguide.inference.sequences.outlook import Outlook

LEAST_PEOPLE, LEAST_STEPS = 12, 60
# So many are asked at most: by half of them epochs are chosen, by the others versions judged.
ASKED = 4_000
# A version must reach this share of the live one's quality on the same deeds.
LEAST_SHARE = 0.9
# Fewer than these say nothing on two versions.
LEAST_ASKED = 12
ACTIVE = timedelta(days=30)
EPOCHS, UPDATE_EPOCHS = 40, 8
Say = Callable[[str], None]
Keep = Callable[[bytes], None]


class TooLittle(ValueError):
    """There is not enough to learn from, and what it takes."""


@dataclass(frozen=True)
class Held:
    """What is learnt from, and two halves of what is asked: what was before, what was taken."""

    learnt: Deeds
    choosing: tuple[Deeds, NDArray[np.int64]]
    judging: tuple[Deeds, NDArray[np.int64]]
    known: NDArray[np.bool_]  # of those who judge: whether they were here before


@dataclass
class Verdict:
    """How a version was judged. ``held_back``: why it does not go live, nothing where it may."""

    quality: float
    figures: dict[str, Any]
    held_back: str = ""


def learn_sequence(
    mode: str = TrainingRun.Mode.WHOLE,
    *,
    seed: int = 1,
    epochs: int | None = None,
    checkpoint: bytes | None = None,
    keep: Keep = lambda _body: None,
    now: datetime | None = None,
    say: Say = lambda _line: None,
) -> Trained:
    """Teach a version, judge it, and put it live unless it is worse. TooLittle of too few deeds.

    Cost: some seconds for a hundred people, minutes for ten thousand.
    """
    from shopguide.inference.sequences.lessons import Lesson

    started, now = time.monotonic(), now or timezone.now()
    live = served().live
    update = mode == TrainingRun.Mode.UPDATE and live is not None and of_these_texts(live)
    model_before = shelf.get(live.pk) if live is not None else None
    names = model_before.names if model_before is not None else None
    found = lessons(now, kinds=names.kinds if names else (), types=names.types if names else ())
    fresh_since = since_of(live) if update else None
    held = held_out(found, fresh_since, since_of(live), seed)
    lesson = Lesson(seed=seed, epochs=epochs or (UPDATE_EPOCHS if update else EPOCHS),
                    rate=2e-3 if update else 4e-3)  # fmt: skip
    before = grown(model_before, found) if model_before is not None else None
    model = before if update and before is not None else made_anew(found, seed)
    old = grown(model_before, found) if model_before is not None and of_these_texts(live) else None
    say(
        f"{found.people} people, {len(found.texts.products)} products, {len(held.judging[1])} judge"
    )
    taught = taught_on(model, held, lesson, checkpoint=checkpoint, keep=keep, say=say)
    verdict = judged(taught.model, old, held)
    verdict.figures["loss"] = taught.losses
    card = card_of(found, lesson, verdict) | {
        "mode": "update" if update else "whole", "epoch": taught.epoch, "seed": seed,
        "until": now.isoformat(), "seconds": round(time.monotonic() - started, 2),
        "from": live.version if update and live is not None else None,
    }  # fmt: skip
    return stored(taught.model, found, card, now)


def since_of(live: Trained | None) -> datetime | None:
    """Return until when a version has seen what people did."""
    until = live.card.get("until") if live is not None else None
    return datetime.fromisoformat(until) if until else None


def of_these_texts(live: Trained | None) -> bool:
    """Tell whether a version reads texts with the encoder in use."""
    return live is not None and live.card.get("encoder") == settings.ENCODER_ID


def made_anew(found: Lessons, seed: int) -> Outlook:
    """Return a model that knows texts and nothing else."""
    from shopguide.inference.sequences.outlook import Outlook

    numbers = np.asarray(found.texts.products, np.int64)
    deeds = found.deeds
    return Outlook(len(numbers), deeds.names, text=found.texts.vectors, numbers=numbers, seed=seed)


def grown(model: Outlook, found: Lessons) -> Outlook | None:
    """Return a model for the products of today; None where it was taught on other texts."""
    project = model.items.project
    if project is None or len(project) != found.texts.vectors.shape[1]:
        return None
    numbers = np.asarray(found.texts.products, np.int64)
    return model.grown(found.texts.vectors, numbers, found.deeds.names)


# --- What is asked ----------------------------------------------------------------------------
def held_out(
    found: Lessons, fresh_since: datetime | None, seen_until: datetime | None, seed: int
) -> Held:
    """Hold the last step of people out. TooLittle where there is too little.

    With ``fresh_since`` only who did something since is asked and taught, and as many others are
    taught again, lest what they like is forgotten. Who was here before ``seen_until`` is known;
    where hardly any of them did something since, others of them are asked as well.
    """
    chance = np.random.default_rng(seed)
    users = np.arange(found.people)
    asked, before = users, seen_until.timestamp() if seen_until else -np.inf
    if fresh_since is not None:
        users = asked = np.flatnonzero(found.last > fresh_since.timestamp())
        others = chance.permutation(np.setdiff1d(np.arange(found.people), users))
        if (found.first[users] < before).sum() < 2 * LEAST_ASKED:
            # All of it comes from new people: those of before say whether it can be believed.
            asked = np.concatenate([users, others[: max(len(users), 4 * LEAST_ASKED)]])
    asked = np.sort(chance.permutation(asked)[:ASKED])
    left, whose, taken = found.deeds.held_out(asked)
    if len(whose) < LEAST_PEOPLE or len(left.steps()) < LEAST_STEPS:
        raise TooLittle(
            f"{len(whose)} people took a step that can be judged, {LEAST_PEOPLE} are needed; "
            f"{len(left.steps())} steps teach, {LEAST_STEPS} are needed."
        )
    taught = left
    if fresh_since is not None:
        taught = left.chosen(np.sort([*users, *others[: len(users)]]))
    order = chance.permutation(len(whose))
    halves = np.sort(order[: len(order) // 2]), np.sort(order[len(order) // 2 :])
    choosing, judging = ((left.chosen(whose[half]), taken[half]) for half in halves)
    return Held(taught, choosing, judging, found.first[whose[halves[1]]] < before)


def taught_on(
    model: Outlook,
    held: Held,
    lesson: Lesson,
    *,
    checkpoint: bytes | None = None,
    keep: Keep = lambda _body: None,
    say: Say = lambda _line: None,
) -> Any:
    """Teach; a checkpoint of other deeds than today's is begun anew."""
    from shopguide.inference.errors import ModelUnsupported
    from shopguide.inference.sequences.foretelling import judge_by
    from shopguide.inference.sequences.lessons import teach_deeds

    judge = judge_by(*held.choosing)
    try:
        return teach_deeds(
            model, held.learnt, lesson, judge=judge, checkpoint=checkpoint, keep=keep, say=say
        )
    except ModelUnsupported:
        return teach_deeds(model, held.learnt, lesson, judge=judge, keep=keep, say=say)


# --- The verdict ------------------------------------------------------------------------------
def judged(model: Outlook, old: Outlook | None, held: Held) -> Verdict:
    """Judge a version beside the live one, what is popular and what is taken together."""
    from shopguide.inference.sequences.foretelling import accuracy, loss_on, places_of
    from shopguide.inference.sequences.measures import measured, ndcg, ranks
    from shopguide.inference.sequences.neighbours import Popular, together, transitions

    asked, taken = held.judging
    places = places_of(model, asked, taken)
    peers = {}
    for name, fit in (("popularity", Popular.fit), ("item_knn", together),
                      ("transition_knn", transitions)):  # fmt: skip
        scores = fit(held.learnt.histories).scores(asked.histories)
        peers[name] = round(ndcg(ranks(scores, taken, asked.histories)), 5)
    quality = round(ndcg(places), 5)
    figures: dict[str, Any] = {
        "measured": measured(places), "asked": len(taken), "peers": peers,
        "nll": round(loss_on(model, asked, taken), 4), "heads": accuracy(model, asked),
    }  # fmt: skip
    verdict = Verdict(quality, figures)
    if quality <= peers["popularity"]:
        verdict.held_back = f"no better than what is popular: {quality} <= {peers['popularity']}"
    if old is not None and len(taken) >= LEAST_ASKED:
        theirs = places_of(old, asked, taken)
        figures["live"] = round(ndcg(theirs), 5)
        verdict.held_back = verdict.held_back or beaten(places, theirs, held.known)
    return verdict


def beaten(places: NDArray[np.int64], theirs: NDArray[np.int64], known: NDArray[np.bool_]) -> str:
    """Say why a version must not follow the live one: worse for all, or for who was here before.

    What many new people did at once may be made up; who was here before must not pay for it.
    """
    from shopguide.inference.sequences.measures import ndcg

    for who, asked in (("all", np.ones(len(places), bool)), ("who was here before", known)):
        if asked.sum() < LEAST_ASKED:
            continue
        ours, earlier = ndcg(places[asked]), ndcg(theirs[asked])
        if ours < LEAST_SHARE * earlier:
            return f"worse than the live version for {who}: {ours:.5f} < {earlier:.5f}"
    return ""


def card_of(found: Lessons, lesson: Lesson, verdict: Verdict) -> dict[str, Any]:
    """Return what is told of a version; no person is named."""
    names = found.deeds.names
    return {
        "quality": verdict.quality,
        "held_back": verdict.held_back,
        **verdict.figures,
        "data": {
            "people": found.people, "deeds": len(found.deeds.actions),
            "products": len(found.texts.products), "left_out": found.left_out,
            "kinds": len(names.kinds), "types": list(names.types),
            "agreed_to": "training", "until_days": 365,
        },
        "weights": dict(lesson.weights),
        "lesson": {"epochs": lesson.epochs, "rate": lesson.rate, "tokens": lesson.tokens},
        "encoder": settings.ENCODER_ID,
    }  # fmt: skip


# --- Versions ---------------------------------------------------------------------------------
def stored(model: Outlook, found: Lessons, card: dict[str, Any], now: datetime) -> Trained:
    """Keep a version with what it says of products and people; live unless it is held back."""
    with transaction.atomic(), as_everyone():
        made = Trained.objects.create(kind=SEQUENCE, version=next_version(), card=card)
        Weights.objects.create(trained=made, body=model.packed())
        place_items(made, model, found.texts)
    if not card["held_back"]:
        refresh_everybody(made, now - ACTIVE)
        switch(made)
    with transaction.atomic(), as_everyone():
        forget_old()
    return made
