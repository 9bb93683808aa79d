"""Every ranker on a shop where what comes next is known, and the closed forms against their law."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from shopguide.inference.sequences import committee
from shopguide.inference.sequences.attention import Shape
from shopguide.inference.sequences.blending import Blend, Ranker, Shortlists, standardised, weigh
from shopguide.inference.sequences.factors import als
from shopguide.inference.sequences.histories import Histories
from shopguide.inference.sequences.measures import measured, ranks
from shopguide.inference.sequences.neighbours import Popular, Steps, together, transitions
from shopguide.inference.sequences.regressing import ease, following, past_and_future
from shopguide.inference.sequences.teaching import Recipe, bucketed, teach
from tests.conftest import FULL

ITEMS = 40
SMALL = Recipe(epochs=30, tokens=256, negatives=32, rate=1e-2)
LIGHT = Shape(width=16, dropout=0.1, item_drop=0.0, longest=12)


def ring(users: int = 240, seed: int = 5, loyal: float = 0.85) -> Histories:
    """Return shoppers who mostly take the next of forty items in a ring."""
    chance = np.random.default_rng(seed)
    rows = []
    for _user in range(users):
        at, row = int(chance.integers(ITEMS)), []
        for _step in range(int(chance.integers(4, 9))):
            row.append(at)
            at = (at + 1) % ITEMS if chance.random() < loyal else int(chance.integers(ITEMS))
        rows.append(list(dict.fromkeys(row)))
    return Histories.of(rows, ITEMS)


@pytest.fixture(scope="module")
def learnt() -> Histories:
    return ring().shortened(1)


@pytest.fixture(scope="module")
def asked() -> tuple[Histories, np.ndarray]:
    whole = ring()
    return whole.shortened(1), whole.last()


def hit_rate(ranker: Ranker, asked: tuple[Histories, np.ndarray]) -> float:
    """Return HR@5."""
    histories, targets = asked
    return measured(ranks(ranker.scores(histories), targets, histories))["hr@5"]


FITS: dict[str, Callable[[Histories], Ranker]] = {
    "item_knn": together,
    "transitions": transitions,
    "ease": lambda histories: ease(histories, ridge=5),
    "following": lambda histories: following(histories, ridge=5),
    "als": lambda histories: als(histories, factors=16, rounds=8),
    "attentive": lambda histories: teach(histories, shape=LIGHT, recipe=SMALL),
}


@pytest.fixture(scope="module", params=FITS)
def fitted(request: pytest.FixtureRequest, learnt: Histories) -> Ranker:
    return FITS[request.param](learnt)


def test_what_comes_next_is_learnt(fitted: Ranker, learnt: Histories, asked: tuple) -> None:
    """Chance is 5 of 40, the bound is the .85 who are loyal and a little more."""
    scores = fitted.scores(asked[0])
    assert scores.shape == (len(asked[0]), ITEMS)
    assert scores.dtype == np.float32
    assert hit_rate(fitted, asked) > 0.6 > hit_rate(Popular.fit(learnt), asked)


def test_an_empty_history_is_scored_too(fitted: Ranker) -> None:
    scores = fitted.scores(Histories.of([[], [1]], ITEMS))
    assert np.isfinite(scores).all()


def test_the_same_seed_gives_the_same_model(learnt: Histories, asked: tuple) -> None:
    short = replace(SMALL, epochs=2)
    first, second = (teach(learnt, shape=LIGHT, recipe=short).scores(asked[0]) for _ in range(2))
    assert np.allclose(first, second, atol=1e-4)


def test_no_model_reads_the_numbers_of_items(learnt: Histories, asked: tuple) -> None:
    """Numbered otherwise, every item has the score it had."""
    numbers = np.random.default_rng(3).permutation(ITEMS)

    def renamed(histories: Histories) -> Histories:
        return Histories(numbers[histories.items], histories.starts, ITEMS)

    for name in ("item_knn", "transitions", "ease", "following"):
        before = FITS[name](learnt).scores(asked[0])
        after = FITS[name](renamed(learnt)).scores(renamed(asked[0]))
        assert np.allclose(before, after[:, numbers], atol=1e-3), name


def test_ease_is_the_constrained_regression() -> None:
    """Each column is the ridge regression on all others: Steck 2019, equation 8."""
    histories = Histories.of([[0, 1], [1, 2, 3], [0, 2], [3, 0, 1], [2, 3]], 4)
    weights = ease(histories, ridge=2.0, decay=1.0).weights
    took = histories.matrix().toarray()
    for item in range(4):
        others = [other for other in range(4) if other != item]
        x = took[:, others]
        by_hand = np.linalg.solve(x.T @ x + 2.0 * np.eye(3), x.T @ took[:, item])
        assert np.allclose(weights[others, item], by_hand, atol=1e-5)
        assert weights[item, item] == 0


def test_past_and_future_of_every_place() -> None:
    histories = Histories.of([[0, 1, 2], [3]], 4)
    past, future = past_and_future(histories, decay=0.5, ahead=0.25)
    assert past.toarray().tolist() == [[1, 0, 0, 0], [0.5, 1, 0, 0]]
    assert future.toarray().tolist() == [[0, 1, 0.25, 0], [0, 0, 1, 0]]


def test_steps_count_what_follows() -> None:
    histories = Histories.of([[0, 1, 2]], 3)
    plain = Steps(reach=2, fade=0.5, back=0.0, fame=0.0, decay=1.0, window=1)
    similar = transitions(histories, plain).similar.toarray()
    assert similar.tolist() == [[0, 1, 0.5], [0, 0, 1], [0, 0, 0]]


def test_attributes_place_an_item_that_nobody_took() -> None:
    """Items 0 to 4 are of one kind, 5 to 9 of another; nobody has taken item 4 yet."""
    chance = np.random.default_rng(1)
    rows = [list(chance.permutation(4)[:3]) for _ in range(60)]
    rows += [list(5 + chance.permutation(5)[:3]) for _ in range(60)]
    kinds = sparse.csr_array(np.repeat(np.eye(2), 5, axis=0))
    histories = Histories.of(rows, 10)
    for fitted in (
        ease(histories, ridge=1.0, attributes=kinds, weight=20.0),
        teach(histories, shape=LIGHT, recipe=SMALL, attributes=kinds),
    ):
        scores = fitted.scores(Histories.of([[0, 1]], 10))[0]
        assert scores[4] > scores[5:].max()


def test_batches_hold_everybody_once_within_the_tokens() -> None:
    histories = ring(100)
    found = list(bucketed(histories, 64, 50, np.random.default_rng(1)))
    assert sorted(np.concatenate(found).tolist()) == list(range(100))
    assert all(len(users) * histories.lengths[users].max() <= 64 for users in found)


def test_the_blend_trusts_what_validation_trusts(learnt: Histories, asked: tuple) -> None:
    parts: dict[str, Ranker] = {"good": transitions(learnt), "bad": Popular.fit(learnt)}
    weights = weigh(Shortlists.of(parts, *asked))
    assert weights["good"] > 0
    blend = Blend(list(parts.values()), [weights[name] for name in parts])
    assert hit_rate(blend, asked) >= hit_rate(parts["good"], asked) - 0.02


def test_shortlists_say_what_all_items_say(learnt: Histories, asked: tuple) -> None:
    parts: dict[str, Ranker] = {"one": transitions(learnt), "two": ease(learnt)}
    weights = {"one": 1.0, "two": 0.5}
    histories, targets = asked
    full = sum(
        weight * standardised(parts[name].scores(histories)) for name, weight in weights.items()
    )
    expected = measured(ranks(np.asarray(full), targets, histories))["ndcg@10"]
    assert abs(Shortlists.of(parts, *asked).quality(weights) - expected) < 1e-4


def test_what_cannot_be_scored_lies_below_all() -> None:
    scores = standardised(np.array([[1.0, np.nan, 3.0, -np.inf]], np.float32))[0]
    assert np.isfinite(scores).all()
    assert scores[1] == scores[3] == scores.min()


def test_a_committee_is_the_mean_of_its_fits(
    learnt: Histories, asked: tuple, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = replace(SMALL, epochs=2)
    whole = committee.teach_committee(learnt, recipe=recipe, members=[LIGHT, LIGHT])
    first, second = (standardised(member.scores(asked[0])) for member in whole.members)
    assert not np.allclose(first, second)
    assert np.allclose(whole.scores(asked[0]), (first + second) / 2, atol=1e-5)
    if FULL:  # a process for each core gives the same models
        monkeypatch.setattr(committee, "MANY", 0)
        apart = committee.teach_committee(learnt, recipe=recipe, members=[LIGHT, LIGHT])
        assert np.allclose(apart.scores(asked[0]), whole.scores(asked[0]), atol=1e-5)
