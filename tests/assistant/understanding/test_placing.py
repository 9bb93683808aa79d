"""Where a message falls in a conversation, its signs, and the head that hears both."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytest_django import Settings

from assistant.slots import Seen
from assistant.state import State
from assistant.understanding.intents import INTENTS, predict, situated
from assistant.understanding.intents.scenes import SCENES
from assistant.understanding.intents.situating import HELD_OUT, HELD_VOICE, learn
from assistant.understanding.intents.training import SHELF
from assistant.understanding.intents.utterances import Utterance, utterances
from assistant.understanding.placing import PLACES, SIGNS, Place, Placed, place_of, placed
from catalog.opinions.judges import suffix
from catalog.search.understanding import Vocabulary, understand
from shopguide.inference.fakes import FakeEncoder
from shopguide.inference.shelf import use
from shopguide.inference.softmax import fit_softmax

LIST = State().shown([Seen("A"), Seen("B")])


@pytest.mark.parametrize("place", PLACES)
def test_each_scene_is_at_its_place(place: Place) -> None:
    assert place_of(SCENES[place]) == place


@pytest.mark.parametrize(
    ("state", "place"),
    [(State().on_page("P"), "one"), (LIST.asking("person"), "list"),
     (LIST.talking_of("K7M2P-9XQ4T", ("A",)), "order"), (State().listing(["K7M2P-9XQ4T"]), "order"),
     (replace(LIST, compared=("A", "B"), intent="price"), "list"), (State(topic="gifts"), "list"),
     (replace(LIST, intent="policy"), "list"), (State(intent="greeting"), "open")],
)  # fmt: skip
def test_finds_the_place_of_the_next_message(state: State, place: Place) -> None:
    assert place_of(state) == place


def test_tells_the_signs_of_a_message() -> None:
    def signs(text: str, language: str) -> set[str]:
        words = Vocabulary.from_lexicon()
        said = understand(text, vocabulary=words, locale=language, currency="USD")
        found = placed(text, said, "list")
        assert Placed.of(found.as_json()) == found and set(found.signs) <= {*SIGNS}
        return set(found.signs)

    assert {"kind", "price"} <= signs("backpacks under 50 dollars", "en")
    assert {"ordinal", "attribute", "asks"} <= signs("第二个多重？", "zh-hans")
    assert "order" in signs("where is my parcel", "en")
    assert not signs("backpack", "en") - {"kind", "short"}


def test_without_a_place_only_signs_and_rule_are_seen() -> None:
    vectors, heard = np.ones((2, 4), np.float32), np.full((2, len(INTENTS)), 1 / len(INTENTS))
    where = [Placed("", ("asks",), "price"), Placed("list", ("asks",), "price")]
    alone, at_a_list = situated.features(vectors, where, heard)
    assert alone[4:].sum() == 2.0 and (alone[:4] == 1).all()
    assert at_a_list[4:].sum() > 4 and at_a_list.shape == alone.shape


def test_a_dear_act_wants_its_words_or_to_be_sure() -> None:
    def act(sure: float, ruled: str) -> str:
        chances = np.full((1, len(INTENTS)), 1e-3)
        chances[0, INTENTS.index("human")] = sure
        chances[0, INTENTS.index("attribute")] = 1 - sure
        return INTENTS[int(situated.chosen(chances, [Placed("list", (), ruled)])[0])]

    assert act(0.7, "") == "attribute" and act(0.7, "human") == "human"
    assert act(0.97, "") == "human"


def test_placed_utterances_are_at_known_places_and_held_out_ones_are_apart() -> None:
    said = utterances(kept="placed")
    taught = {(one.place, one.text.casefold()) for one in said}
    assert any(one.voice == HELD_VOICE for one in said)
    for kept in HELD_OUT:
        held = utterances(kept=kept)
        assert {one.place for one in said} == {*PLACES} == {one.place for one in held}
        assert sum((one.place, one.text.casefold()) in taught for one in held) <= len(held) // 50


def test_the_same_words_mean_another_thing_elsewhere(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MODELS_DIR, settings.ENCODER_ID = tmp_path, "fake"
    settings.ENCODER = {"model": "fake", "dimensions": 32}
    encoder, texts = FakeEncoder(32), ["how long does it last", "send it to my office"]
    plain = tuple(Utterance(text, "attribute", "en", n) for n in range(4) for text in texts)
    told = (*plain, *(replace(one, place="list") for one in plain),
            *(replace(one, place="order", intent="change_address") for one in plain))  # fmt: skip
    monkeypatch.setattr(
        "assistant.understanding.intents.situating.utterances",
        lambda _language="", kept="spoken": {"spoken": plain, "placed": told}.get(kept, ()),
    )
    first = fit_softmax(
        texts, encoder.encode_queries(texts), np.array([3, 4]), INTENTS, aside=np.zeros(2, bool)
    )
    version = f"by-hand{suffix('fake')}"
    first.save(tmp_path / SHELF / version)
    use(tmp_path / SHELF, version)
    assert situated.lacks(tmp_path)
    learn(tmp_path, first, version, encoder.encode_queries_twice)
    assert not situated.lacks(tmp_path)
    where = [Placed("list"), Placed("order")]
    found = predict([texts[1]] * 2, where=where)
    assert [one and one[0] for one in found] == ["attribute", "change_address"]
    # A head whose recipe is older than the code is left alone until it is learned anew.
    monkeypatch.setattr(situated, "SIGNS", (*SIGNS, "a sign of tomorrow"))
    alone = predict([texts[1]] * 2, where=where)
    assert alone == predict([texts[1]] * 2) and None not in alone


@pytest.mark.parametrize("module", ["intents.training", "interpreting", "picking"])
def test_reading_is_imported_by_itself(module: str) -> None:
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", f"import assistant.understanding.{module}"],
        cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0 and "Error" not in told.stderr, told.stderr[-500:]
