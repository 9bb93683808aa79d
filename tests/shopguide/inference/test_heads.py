"""Heads over an encoder: counted, fitted the same each time, calibrated, kept and read back."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from shopguide.inference.bags import Vocabulary
from shopguide.inference.errors import ModelMissing
from shopguide.inference.fitting import Recipe, fit_head, lean
from shopguide.inference.heads import TextHead
from shopguide.inference.ngrams import MOST_UNITS, count_grams, units
from shopguide.inference.peers import fit_regression, majority
from shopguide.inference.scores import accuracy, calibration_error, macro_f1
from shopguide.inference.shelf import current, use, versions

LABELS = ("negative", "positive")
GOOD, BAD = ["good", "great", "很好", "喜欢"], ["bad", "awful", "很差", "失望"]
RECIPE = Recipe(rounds=3, networks=1, hidden=8, batch=16)


def sample(count: int = 400) -> tuple[list[str], NDArray[np.float32], NDArray[np.int64]]:
    """Return texts whose words and vectors both tell the label, the vectors with noise."""
    chance = np.random.default_rng(3)
    truth = chance.integers(0, 2, count)
    words = [str(chance.choice(GOOD if one else BAD)) for one in truth]
    texts = [f"the shirt is {word} number {place % 17}" for place, word in enumerate(words)]
    vectors = chance.normal(size=(count, 16)).astype(np.float32)
    vectors[:, 0] += 2 * truth - 1
    return texts, vectors, truth


@pytest.fixture(scope="module")
def head() -> TextHead:
    """Return a head fitted on the sample's first three quarters."""
    texts, vectors, truth = sample()
    return fit_head(texts[:300], vectors[:300], truth[:300], LABELS, recipe=RECIPE)


def test_units_are_characters_words_and_feeling() -> None:
    assert units("很好用 it's great!! no.5") == ["很", "好", "用", "it's", "great", "!!", "no", "5"]
    assert len(units("好" * 10_000)) == MOST_UNITS


def test_grams_stay_within_their_text() -> None:
    grams = count_grams(["a b a", "", "b"], longest=2)
    assert np.diff(grams.starts).tolist() == [4, 0, 1]  # a, b, "a b", "b a" · nothing · b
    assert sorted(grams.counts[:4].tolist()) == [1, 1, 1, 2]
    alone = count_grams(["b"], longest=2)
    assert grams.keys[4] == alone.keys[0]


def test_bags_have_unit_length_and_forget_strangers() -> None:
    grams = count_grams(["good shirt", "good hat", "good"], longest=1)
    vocabulary = Vocabulary.of(grams, least=2)
    assert len(vocabulary) == 1
    bags = vocabulary.bags(count_grams(["good good day", "strange"], longest=1))
    assert bags.weights.tolist() == [1.0]
    assert bags.starts.tolist() == [0, 1, 1]


def test_learns_what_words_and_vectors_tell(head: TextHead) -> None:
    texts, vectors, truth = sample()
    chances = head.chances(texts[300:], vectors[300:])
    assert chances.shape == (100, 2)
    assert np.allclose(chances.sum(axis=1), 1)
    assert accuracy(truth[300:], head.decide(chances)) >= 0.97


def test_the_same_seed_gives_the_same_head(head: TextHead) -> None:
    texts, vectors, truth = sample()
    again = fit_head(texts[:300], vectors[:300], truth[:300], LABELS, recipe=RECIPE)
    assert (again.chances(texts, vectors) == head.chances(texts, vectors)).all()


def test_a_text_is_judged_alike_alone_and_among_others(head: TextHead) -> None:
    texts, vectors, _truth = sample(40)
    together = head.chances(texts, vectors)
    alone = np.concatenate(
        [head.chances([t], v[None]) for t, v in zip(texts, vectors, strict=True)]
    )
    assert np.allclose(together, alone, atol=1e-5)


def test_odd_texts_get_chances(head: TextHead) -> None:
    odd = ["", "\ud800", "!" * 50_000, "\0", "😀" * 100, "unseen words only"]
    chances = head.chances(odd, np.zeros((len(odd), 16), np.float32))
    assert np.isfinite(chances).all()


def test_kept_and_read_back(head: TextHead, tmp_path: Path) -> None:
    head.card = {"model": "sentiment", "version": "one"}
    head.save(tmp_path / "one")
    back = TextHead.load(tmp_path / "one")
    texts, vectors, _truth = sample(50)
    assert back.labels == LABELS and back.card["version"] == "one"
    assert np.abs(back.chances(texts, vectors) - head.chances(texts, vectors)).max() < 0.01
    with pytest.raises(ModelMissing):
        TextHead.load(tmp_path / "two")


def test_a_shelf_knows_which_version_is_in_use(head: TextHead, tmp_path: Path) -> None:
    assert current(tmp_path) is None
    for name in ("one", "two"):
        head.save(tmp_path / name)
        use(tmp_path, name)
    assert current(tmp_path) == tmp_path / "two"
    assert set(versions(tmp_path)) == {"one", "two"}
    use(tmp_path, "../../etc")
    assert current(tmp_path) is None


def test_figures_equal_those_by_hand() -> None:
    truth, guessed = np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1])
    assert accuracy(truth, guessed) == 0.75
    assert macro_f1(truth, guessed) == pytest.approx((2 / 3 + 4 / 5) / 2)
    chances = np.array([[0.9, 0.1], [0.1, 0.9], [0.1, 0.9], [0.1, 0.9]])
    assert calibration_error(truth, guessed, chances) == pytest.approx(0.15)


def test_leaning_favours_the_rare_label_only_when_it_pays() -> None:
    even = np.log(np.array([[0.9, 0.1], [0.1, 0.9]] * 50))
    assert lean(even).tolist() == [0, 0]
    rare = np.log(np.array([[0.45, 0.55]] * 10 + [[0.02, 0.98]] * 90))
    assert lean(rare)[1] < 0


def test_peers_learn_too() -> None:
    texts, _vectors, truth = sample()
    regression = fit_regression(texts[:300], truth[:300], 2)
    assert accuracy(truth[300:], regression.guess(texts[300:])) >= 0.97
    assert set(majority(np.array([1, 1, 0]), 4).tolist()) == {1}
