"""Train the model of portraits, keep it as a version, and measure it beside its peers.

For `train shoppers`, `evaluate_shoppers` and a fresh machine. Those who are judged are simulated by
other seeds and search in wordings that no training has seen. Versions lie on a shelf; putting
another one in use, and going back, is one write.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from profiles.portraits.features import NAMES
from profiles.portraits.material import AHEAD_S, QueryEncoder, Rows, own, shop_now, simulated
from profiles.simulating.characters import DAY_S, WAYS
from profiles.simulating.phrases import TYPES, WORDINGS
from shopguide.inference import shelf
from shopguide.inference.peers import fit_regression, majority
from shopguide.inference.portraits import SHELF, Portraits, Recipe, fit_portraits
from shopguide.inference.scores import accuracy, calibration_error, macro_f1

Say = Callable[[str], None]
PEOPLE, JUDGED = 1_500, 600
# Judged people have numbers and seeds of their own.
JUDGED_SEED = 1_000_003
DRAWS = 1_000
RECIPE = 2  # counts changes: another number is another version
LABELS = (
    "Types and orders are those of simulated shoppers, whose behaviour and wordings were written by"
    " the people who wrote the model: expect less of real ones. Orders within a week are also those"
    " of real shoppers who agreed to the improvement of models; nobody has said their type."
)


class TooLittle(ValueError):
    """There is too little for sale to learn from."""


def material(encoder: QueryEncoder, *, people: int, seed: int, held_out: bool) -> Rows:
    """Return simulated rows. Errors: TooLittle."""
    shop = shop_now()
    if shop is None or not shop.vectors:
        raise TooLittle("Nothing to learn from: import products and run manage.py encode first.")
    return simulated(shop, encoder, people, seed=seed, held_out=held_out)


def train(
    models: Path,
    *,
    encoder: QueryEncoder,
    encoder_id: str,
    people: int = PEOPLE,
    seed: int = 1,
    now: datetime | None = None,
    say: Say = lambda line: None,
) -> dict[str, Any]:
    """Train, keep, put in use; return the card. Half a minute for the usual numbers."""
    started, now = time.monotonic(), now or timezone.now()
    rows = material(encoder, people=people, seed=seed, held_out=False)
    say(f"{people} simulated shoppers, {len(rows.types)} moments")
    size = rows.features[0].words.shape[0]
    real = own(now, size)
    rows.add(real)
    model = fit(rows, seed=seed, say=say)
    judged = material(
        encoder, people=max(60, people * JUDGED // PEOPLE), seed=JUDGED_SEED + seed, held_out=True
    )
    figures = measured(judged, *model.chances(judged.seen))
    version = f"{now:%Y%m%d-%H%M%S}-{fingerprint(encoder_id, seed)}"
    model.card = {
        "model": SHELF, "version": version, "encoder": encoder_id, "features": list(NAMES),
        "data": {"simulated": people, "moments": len(rows.types), "real": len(real.types),
                 "labels": LABELS, "judged": len(judged.types)},
        "metrics": figures, "made_at": now.isoformat(),
        "seconds": round(time.monotonic() - started, 1),
    }  # fmt: skip
    place = models / SHELF
    place.mkdir(parents=True, exist_ok=True)
    model.save(place / version)
    shelf.use(place, version)
    forget_old(place)
    return model.card


def fit(rows: Rows, *, seed: int, say: Say = lambda line: None) -> Portraits:
    """Fit the model on rows."""
    types, likely, people = rows.truth
    return fit_portraits(
        rows.seen, types, likely, TYPES, groups=people, recipe=Recipe(seed=seed), say=say
    )


def fingerprint(encoder_id: str, seed: int) -> str:
    """Return what tells one way of training from another."""
    told = repr((RECIPE, encoder_id, seed, NAMES, WORDINGS, WAYS))
    return sha256(told.encode()).hexdigest()[:8]


def forget_old(place: Path) -> None:
    """Remove all but the newest versions."""
    for name in shelf.versions(place)[shelf.KEPT :]:
        for file in (place / name).iterdir():
            file.unlink(missing_ok=True)
        (place / name).rmdir()


def version_in_use(models: Path, encoder_id: str) -> str:
    """Return the version in use if it was made with this encoder, nothing otherwise. One read."""
    found = shelf.current(models / SHELF)
    if found is None:
        return ""
    try:
        card = (found / "card.json").read_text("utf-8")
    except OSError:
        return ""
    return found.name if f'"encoder": "{encoder_id}"' in card else ""


# --- Figures ----------------------------------------------------------------------------------
def measured(rows: Rows, chances: NDArray[np.float64], near: NDArray[np.float64]) -> dict[str, Any]:
    """Return how well types and orders are told."""
    types, likely, _people = rows.truth
    guessed = chances.argmax(axis=1)
    return {
        "types": {
            "macro_f1": round(macro_f1(types, guessed), 4),
            "accuracy": round(accuracy(types, guessed), 4),
            "ece": round(calibration_error(types, guessed, chances), 4),
        },
        "orders": orders_told(likely, near),
    }


def orders_told(likely: NDArray[np.float32], near: NDArray[np.float64]) -> dict[str, float]:
    """Return how well orders are told: AUC, Brier score, calibration error, and how many came."""
    both = np.stack([1 - near, near], axis=1)
    truth = likely.astype(np.int64)
    return {
        "auc": round(auc(truth, near), 4),
        "brier": round(float(((near - likely) ** 2).mean()), 4),
        "ece": round(calibration_error(truth, both.argmax(axis=1), both), 4),
        "share": round(float(likely.mean()), 4),
    }


def auc(truth: NDArray[np.int64], said: NDArray[np.float64]) -> float:
    """Return the chance that an order is put above none, ties half: (n,), (n,)."""
    from scipy.stats import rankdata

    yes = int(truth.sum())
    no = len(truth) - yes
    if not yes or not no:
        return 0.5
    ranks = rankdata(said)
    return float((ranks[truth == 1].sum() - yes * (yes + 1) / 2) / (yes * no))


# --- Peers ------------------------------------------------------------------------------------
def compare(
    encoder: QueryEncoder,
    *,
    people: int = PEOPLE,
    judged: int = JUDGED,
    seed: int = 1,
    say: Say = lambda line: None,
) -> dict[str, Any]:
    """Measure ours beside a forest on the same features, tf-idf with regression, and majority.

    ``leads``: by how much our macro-F1 is above a peer's, with a bootstrap interval over people.
    """
    rows = material(encoder, people=people, seed=seed, held_out=False)
    asked = material(encoder, people=judged, seed=JUDGED_SEED + seed, held_out=True)
    types, _likely, _people = rows.truth
    truth, likely, who = asked.truth
    say(f"learning from {len(types)} moments, judging on {len(truth)}")
    chances, near = fit(rows, seed=seed, say=say).chances(asked.seen)
    guesses = {
        "ours": chances.argmax(axis=1),
        "tfidf_regression": fit_regression(rows.texts, types, len(TYPES)).guess(asked.texts),
        "majority": majority(types, len(truth)),
    }
    told = {"ours": measured(asked, chances, near)}
    forest = grow(rows, asked, seed)
    if forest is not None:
        guesses["random_forest"] = forest[0]
        told["random_forest"] = {"orders": orders_told(likely, forest[1])}
    for name, guessed in guesses.items():
        told.setdefault(name, {}).setdefault("types", {
            "macro_f1": round(macro_f1(truth, guessed), 4),
            "accuracy": round(accuracy(truth, guessed), 4),
        })  # fmt: skip
    leads = {
        name: lead(truth, guesses["ours"], guessed, who, seed)
        for name, guessed in guesses.items()
        if name != "ours"
    }
    return {"models": told, "leads": leads, "judged": len(truth), "people": judged,
            "ahead_days": AHEAD_S / DAY_S}  # fmt: skip


def grow(
    rows: Rows, asked: Rows, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]] | None:
    """Return a random forest's types and chances of orders; None where scikit-learn is not."""
    try:
        from sklearn.ensemble import RandomForestClassifier
    except ImportError:
        return None
    types, likely, _people = rows.truth
    known, there = flat(rows), flat(asked)
    forest = RandomForestClassifier(n_estimators=300, min_samples_leaf=2, random_state=seed)
    guessed = forest.fit(known, types).predict(there)
    near = forest.fit(known, likely.astype(int)).predict_proba(there)[:, -1]
    return np.asarray(guessed, np.int64), np.asarray(near, np.float64)


def flat(rows: Rows) -> NDArray[np.float32]:
    """Return all that the model sees as one table: (n, numbers + 2 dimensions)."""
    seen = rows.seen
    return np.concatenate([seen.numbers, seen.words, seen.things], axis=1)


def lead(
    truth: NDArray[np.int64],
    ours: NDArray[np.int64],
    theirs: NDArray[np.int64],
    who: NDArray[np.int64],
    seed: int,
) -> dict[str, float]:
    """Return how much more macro-F1 ours has, with 95 % of `DRAWS` draws of people around it."""
    chance = np.random.default_rng(seed)
    people = np.unique(who)
    places = {one: np.flatnonzero(who == one) for one in people}
    found = []
    for _draw in range(DRAWS):
        drawn = np.concatenate([places[one] for one in chance.choice(people, len(people))])
        found.append(macro_f1(truth[drawn], ours[drawn]) - macro_f1(truth[drawn], theirs[drawn]))
    low, high = np.quantile(found, [0.025, 0.975])
    mean = macro_f1(truth, ours) - macro_f1(truth, theirs)
    return {"by": round(mean, 4), "low": round(float(low), 4), "high": round(float(high), 4)}
