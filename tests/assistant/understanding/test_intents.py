"""Our own utterances, the head they make, and its card; the fake encoder knows spellings only."""

import json
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from assistant.understanding.intents import INTENTS, predict, situated
from assistant.understanding.intents import training as intents_training
from assistant.understanding.intents.training import (
    evaluate,
    lacks_a_head,
    lacks_the_first,
    own_version,
)
from assistant.understanding.intents.utterances import LANGUAGES, utterances
from assistant.understanding.sited import training as sited
from catalog.opinions.labelled import Labelled
from shopguide.inference.fakes import FakeEncoder
from shopguide.inference.heads import TextHead
from shopguide.inference.shelf import use
from shopguide.inference.softmax import favour, fit_softmax
from shopguide.reading import BadFile


@pytest.mark.parametrize("language", LANGUAGES)
def test_enough_is_said_for_each_intent_and_nothing_twice(language: str) -> None:
    said, held = utterances(language), utterances(language, kept="held_out")
    for intent in INTENTS:
        assert sum(one.intent == intent for one in said) >= 60
        assert sum(one.intent == intent for one in held) >= 12
    rough = utterances(language, kept="rough")
    taught = {one.text for one in said}
    assert sum(one.text in taught for one in (*held, *rough)) <= 1  # a greeting is a greeting


def two_kinds(count: int = 60) -> Labelled:
    texts = [f"where is parcel number {i}" for i in range(count)]
    texts += [f"please refund the money {i}" for i in range(count)]
    return Labelled(texts, ["order_status"] * count + ["refund"] * count, 0, "two.csv")


def test_evaluates_any_labelled_file_beside_peers() -> None:
    found = evaluate(two_kinds(), two_kinds(20), encoder=FakeEncoder(32))
    assert found["accuracy"] == found["macro_f1"] == 1.0 and found["n"] == 40
    assert found["ece"] < 0.2 and found["peers"]["majority"]["accuracy"] == 0.5
    strange = Labelled(["hm"], ["nonsense"], 0, "x")
    with pytest.raises(BadFile, match="nonsense"):
        evaluate(two_kinds(), strange, encoder=FakeEncoder(32))
    with pytest.raises(BadFile, match="too few"):
        evaluate(two_kinds(3), two_kinds(), encoder=FakeEncoder(32))


def test_the_temperature_is_chosen_on_what_is_set_aside(tmp_path: Path) -> None:
    labelled, encoder = two_kinds(), FakeEncoder(32)
    truth = np.array([int(label == "refund") for label in labelled.labels])
    vectors = encoder.encode_queries(labelled.texts)
    aside = np.arange(len(truth)) % 4 == 0
    kept = labelled.texts, vectors, truth, ("order_status", "refund")
    assert fit_softmax(*kept, aside=np.zeros(len(truth), bool)).temperature == 1.0
    head = fit_softmax(*kept, aside=aside)
    assert head.temperature < 1.0  # right on all that was set aside: it may be surer
    before = head.chances(["hm"], encoder.encode_queries(["hm"]))
    favour(head, "refund", 1.0)
    after = head.chances(["hm"], encoder.encode_queries(["hm"]))
    moved = np.log(after[0, 1] / after[0, 0]) - np.log(before[0, 1] / before[0, 0])
    assert moved == pytest.approx(1.0, abs=1e-3)
    head.save(tmp_path / "head")
    same = TextHead.load(tmp_path / "head").chances(["hm"], encoder.encode_queries(["hm"]))
    assert np.allclose(after, same, atol=0.01)


def test_predicts_by_the_head_in_use_or_not_at_all(settings: Settings, tmp_path: Path) -> None:
    settings.MODELS_DIR, settings.ENCODER_ID = tmp_path, "fake"
    settings.ENCODER = {"model": "fake", "dimensions": 32}
    assert predict(["where is my parcel"]) == [None] and predict([]) == []
    labelled, encoder = two_kinds(), FakeEncoder(32)
    truth = np.array([int(label == "refund") for label in labelled.labels])
    vectors = encoder.encode_queries(labelled.texts)
    head = fit_softmax(labelled.texts, vectors, truth, ("order_status", "refund"), aside=truth < 0)
    shelf = tmp_path / intents_training.SHELF
    head.save(shelf / own_version("fake"))
    assert lacks_a_head(tmp_path, "fake")
    use(shelf, own_version("fake"))
    assert not lacks_the_first(tmp_path, "fake") and lacks_the_first(tmp_path, "another")
    assert lacks_a_head(tmp_path, "fake")  # the placed utterances
    found = predict(["please refund the money"])[0]
    assert found is not None and found[0] == "refund" and 0.5 < found[1] <= 1
    settings.ENCODER_ID = "another"
    assert predict(["please refund the money"]) == [None]


def test_a_head_that_holds_is_not_learned_again(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MODELS_DIR, settings.ENCODER_ID = tmp_path, "fake"
    first = own_version("fake")
    versions = {
        intents_training.SHELF: first,
        situated.SHELF: situated.version_of(first),
        sited.SHELF: sited.version_of("fake"),
    }
    for name, version in versions.items():
        (tmp_path / name / version).mkdir(parents=True)
        card = {"version": version, "metrics": {}, "seconds": 1}
        (tmp_path / name / version / "card.json").write_text(json.dumps(card))
        use(tmp_path / name, version)
    call_command("train", "intent", "--if-lacking", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["version"] == first and told["in_place"]["version"] == versions[situated.SHELF]
    assert told["site"] == card
    for wrong in (["sentiment", "--if-lacking"], ["intent", "--if-lacking", "--data", "a.csv"]):
        with pytest.raises(CommandError, match="without --data"):
            call_command("train", *wrong)
