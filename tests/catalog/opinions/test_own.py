"""Our own sentences: balanced, learned once, never in the way of a head of real reviews."""

from pathlib import Path

import numpy as np
import pytest
from pytest_django import Settings

from catalog import tasks
from catalog.opinions.judges import HeadJudge, judge_id, judged_by, with_word_lists
from catalog.opinions.own import lacks_a_head, learn_own, own_sentences, own_version
from shopguide.inference.fakes import FakeEncoder
from shopguide.inference.heads import TextHead
from shopguide.inference.plain import fit_plain
from shopguide.inference.shelf import current, use


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory in which the sentences were learned over the fake encoder."""
    directory = tmp_path_factory.mktemp("models")
    learn_own(directory, encoder=FakeEncoder(64))
    return directory


def test_sentences_have_both_feelings_in_both_languages() -> None:
    own = own_sentences()
    for english in (True, False):
        labels = [
            label
            for text, label in zip(own.texts, own.labels, strict=True)
            if text.isascii() is english
        ]
        assert labels.count("positive") == labels.count("negative") >= 100
    assert len(set(own.texts)) == len(own) and all(own.texts)


def test_learns_once_and_says_of_what(models: Path) -> None:
    version = own_version("fake")
    head = TextHead.load(models / "sentiment" / version)
    assert head.card["data"]["texts"] == len(own_sentences())
    metrics = head.card["metrics"]
    beaten = metrics["macro_f1"] > metrics["peers"]["word_lists"]["macro_f1"]
    assert head.card["in_use"] is beaten
    assert bool(current(models / "sentiment")) is beaten
    assert not lacks_a_head(models, "fake") and lacks_a_head(models / "other", "fake")


def test_the_head_and_the_word_lists_speak_together(models: Path) -> None:
    head = TextHead.load(models / "sentiment" / own_version("fake"))
    texts = ["Perfect\nSoft fabric, love it.", "Terrible\nAwful.", "很好\n非常喜欢", "差\n太失望"]
    judged = HeadJudge("own", head, FakeEncoder(64)).judge(texts)
    feelings = [one.feeling for one in judged]
    assert feelings == ["positive", "negative", "positive", "negative"]


def test_log_odds_add_up() -> None:
    assert with_word_lists(0.4, 0.0, 2.0) == pytest.approx(0.4)
    assert with_word_lists(0.0, 1.0, 2.0) == pytest.approx(np.tanh(1))
    assert with_word_lists(1.0, -1.0, 2.0) > 0.99  # who is certain stays so
    assert with_word_lists(-0.2, 0.5, 2.0) > 0


def test_a_head_of_real_reviews_stays_in_use(tmp_path: Path) -> None:
    shelf = tmp_path / "sentiment"
    (shelf / "sentiment-abc--fake").mkdir(parents=True)
    use(shelf, "sentiment-abc--fake")
    assert not lacks_a_head(tmp_path, "fake")
    assert learn_own(tmp_path, encoder=FakeEncoder(64))["in_use"] is False
    assert judge_id(tmp_path, "fake") == judged_by("sentiment-abc--fake")


def test_the_plain_head_learns_what_vectors_tell() -> None:
    chance = np.random.default_rng(1)
    truth = chance.integers(0, 2, 200)
    vectors = chance.normal(size=(200, 8)).astype(np.float32)
    vectors[:, 2] += 3 * truth
    head = fit_plain(vectors[:150], truth[:150], ("bad", "good"))
    chances = head.chances([""] * 50, vectors[150:])
    assert np.allclose(chances.sum(axis=1), 1)
    assert (head.decide(chances) == truth[150:]).mean() >= 0.85


def test_the_task_learns_only_what_is_missing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MODELS_DIR, settings.ENCODER_ID = tmp_path, "fake"
    settings.ENCODER = {"model": "fake", "dimensions": 64}
    learned: list[Path] = []

    def learn(models: Path, *, encoder: object) -> None:
        learned.append(models)
        (models / "sentiment" / own_version("fake")).mkdir(parents=True)

    monkeypatch.setattr(tasks, "learn_own", learn)
    tasks.learn_feelings()
    tasks.learn_feelings()
    assert learned == [tmp_path]
