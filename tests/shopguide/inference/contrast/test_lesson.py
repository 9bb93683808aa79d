"""A lesson from pairs to a version: better on what it has not seen, the same if begun again."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from shopguide.inference.building import build_encoder
from shopguide.inference.contrast import lesson as lessons
from shopguide.inference.contrast.judging import Kept, verdict
from shopguide.inference.contrast.keeping import spec_of
from shopguide.inference.contrast.lesson import Lesson, Told, TooFew, keep, tune
from shopguide.inference.contrast.measures import Scores
from shopguide.inference.contrast.pairs import Material
from shopguide.inference.contrast.teaching import Course, akin, contrast, planned, teach
from shopguide.inference.encoder import Encoder, EncoderSpec
from shopguide.inference.errors import EncodingFailed, ModelTampered, ModelUnsupported
from shopguide.inference.fakes import FakeEncoder
from shopguide.inference.shelf import versions
from tests.shopguide.inference.contrast.market import QUICK, market

Card = dict[str, Any]


@pytest.fixture(scope="module")
def encoder(tiny_bert: Path) -> Encoder:
    """A random BERT of two layers."""
    spec = EncoderSpec(tiny_bert, 48, query_prompt="q ", document_prompt="d ", dtype="fp32")
    return build_encoder(spec)


@pytest.fixture(scope="module")
def lesson(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    """A lesson whose texts went through the lower layers."""
    room = tmp_path_factory.mktemp("room")
    made = Lesson(
        encoder, market(), market(40, seed=9), recipe=QUICK, room=room, say=lambda _line: None
    )
    made.read(room)
    return made


@pytest.fixture(scope="module")
def made(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Card]:
    """A version on its shelf."""
    folder = tmp_path_factory.mktemp("made")
    card = tune(
        encoder, market(), market(40, seed=9), seed=1, seeds=1, shelf=folder / "shelf",
        room=folder / "room", source={"source": "made up"}, recipe=QUICK,
    )  # fmt: skip
    return folder, card


def test_learns_what_a_text_is_about(made: tuple[Path, Card]) -> None:
    _folder, card = made
    means = card["metrics"]["mean"]
    assert means["tuned"]["ndcg@10"] > means["base"]["ndcg@10"] + 0.05
    assert card["metrics"]["difference"]["from"] > 0
    assert set(card["metrics"]["families"]["title"]) == {"questions", "tuned", "base", "random"}
    assert card["data"]["pairs"]["title"]["learn"] > 50 and card["data"]["source"] == "made up"
    assert len(card["seeds"]) == 1 and card["agreement"] > 0.999


def test_the_version_is_a_model_like_any_other(
    made: tuple[Path, Card], encoder: Encoder, tmp_path: Path
) -> None:
    folder, card = made
    directory = folder / "shelf" / card["version"]
    assert versions(folder / "shelf") == [card["version"]]
    assert card["version"].startswith(f"{encoder.id}+")
    assert json.loads((directory / "card.json").read_text("utf-8")) == {**card}
    built = build_encoder(spec_of(encoder, directory))
    assert built.id == card["version"] != encoder.id
    texts = ["123 abc", "77 hgf"]
    assert not np.allclose(
        built.encode_documents(texts), encoder.encode_documents(texts), atol=0.01
    )
    assert not [*(folder / "room").iterdir()]  # neither states nor checkpoints are left
    weights = directory / "model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(ModelTampered, match="versions encoder"):
        build_encoder(spec_of(encoder, directory))
    weights.write_bytes(whole)


def test_goes_on_after_its_end_to_the_same_weights(
    lesson: Lesson, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    recipe = replace(QUICK, rounds=3)
    material, texts = lesson.material, lesson.texts

    def run(tower: Any, checkpoint: Path | None = None) -> int:
        return teach(tower, material, texts, seed=4, recipe=recipe, checkpoint=checkpoint)

    straight, broken, fresh = (lesson.base.blended(lesson.base, 1.0) for _one in range(3))
    steps = run(straight)
    plain, ended = Course.step, 8

    def end(self: Course, step: int, *rest: Any) -> None:
        if step == ended:
            raise KeyboardInterrupt
        plain(self, step, *rest)

    path = tmp_path / "checkpoint.safetensors"
    monkeypatch.setattr(Course, "step", end)
    with pytest.raises(KeyboardInterrupt):
        run(broken, path)
    monkeypatch.setattr(Course, "step", plain)
    assert steps > ended and path.exists()
    taken: list[int] = []
    monkeypatch.setattr(
        Course, "step", lambda self, step, *rest: (taken.append(step), plain(self, step, *rest))
    )
    assert run(fresh, path) == steps and taken[0] == 5  # what the last checkpoint has behind it
    for name, wanted in straight.state_dict().items():
        assert torch.equal(wanted, fresh.state_dict()[name])
    path.write_bytes(b"not a checkpoint")
    taken.clear()
    run(lesson.base.blended(lesson.base, 1.0), path)
    assert taken[0] == 0


def test_another_seed_is_another_lesson(lesson: Lesson) -> None:
    one, other = (planned(lesson.material, lesson.texts, seed, QUICK) for seed in (1, 2))
    assert [row.tolist() for row in one] != [row.tolist() for row in other]
    learnt = {*lesson.material.learnt.tolist()}
    assert {row for batch in one for row in batch.tolist()} <= learnt


def test_texts_that_may_be_akin_never_compete() -> None:
    rows = np.arange(4)
    same = akin(np.array([0, 0, 1, 2]), np.array([0, 1, 2, 2]), rows)
    assert same[0, 1] and same[2, 3] and not same[0, 2]
    cosines = torch.eye(4)
    plain = contrast(cosines, cosines, same, QUICK)
    cosines[0, 1] = cosines[1, 0] = cosines[2, 3] = 0.99
    assert torch.isclose(contrast(cosines, torch.eye(4), same, QUICK), plain)
    cosines[0, 2] = 0.99
    assert contrast(cosines, torch.eye(4), same, QUICK) > plain + 0.1


def test_way_from_old_to_new_weights(lesson: Lesson) -> None:
    other = lesson.base.drawn_anew(1)
    half = other.blended(lesson.base, 0.5)
    for name, value in half.state_dict().items():
        both = other.state_dict()[name] + lesson.base.state_dict()[name]
        assert torch.allclose(value, both / 2, atol=1e-6)


def scored(value: float, many: int = 60) -> dict[str, Scores]:
    """Return figures that scatter around a value."""
    found = np.clip(np.random.default_rng(1).normal(value, 0.1, many), 0, 1)
    return {"title": Scores(found, found, found)}


@pytest.mark.parametrize(
    ("now", "kept", "reason"),
    [
        (scored(0.7), Kept(0.9, [0.8, 0.85]), ""),
        (scored(0.5), Kept(0.9, [0.8, 0.85]), "not surely better"),
        (scored(0.4), Kept(0.9, [0.8, 0.85]), "less by title"),
        (scored(0.7), Kept(0.85, [0.8, 0.85]), "forgot"),
        (scored(0.7), Kept(0.9, [0.76, 0.85]), "cosines mean something else"),
    ],
)
def test_the_gate(now: dict[str, Scores], kept: Kept, reason: str) -> None:
    said = verdict(scored(0.5), now, Kept(0.9, [0.8, 0.85]), kept)["held_back"]
    assert (reason in said) if reason else not said


def test_one_kind_of_pair_may_not_pay_for_the_others() -> None:
    same = Kept(0.9, [0.8])
    base = scored(0.5) | {"searches": scored(0.6)["title"]}
    tuned = scored(0.9) | {"searches": scored(0.4)["title"]}
    assert "less by searches" in verdict(base, tuned, same, same)["held_back"]


def test_the_gate_wants_enough_to_judge_by() -> None:
    same = Kept(0.9, [0.8])
    assert "too few" in verdict(scored(0.1, 5), scored(0.9, 5), same, same)["held_back"]
    assert "too few" in verdict({}, {}, same, same)["held_back"]


def test_refuses_in_one_line(encoder: Encoder, tmp_path: Path) -> None:
    def run(encoder: Encoder, pairs: int) -> None:
        tune(
            encoder, market(pairs), [], seed=1, seeds=1, shelf=tmp_path / "shelf",
            room=tmp_path / "room", source={}, recipe=QUICK,
        )  # fmt: skip

    with pytest.raises(TooFew, match="give labelled pairs with --data"):
        run(encoder, 20)
    with pytest.raises(ModelUnsupported, match="does not lend its layers"):
        run(FakeEncoder(), 120)
    assert not (tmp_path / "shelf").exists()


def test_what_cannot_be_served_is_not_kept(
    lesson: Lesson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Told(1, lesson.base.drawn_anew(3), 1.0, 0, {}, {})
    plain = lessons.keeping.check

    def other(encoder: Encoder, partial: Path, texts: list[str], wanted: Any) -> float:
        return plain(encoder, partial, texts, -wanted)

    monkeypatch.setattr(lessons.keeping, "check", other)
    with pytest.raises(EncodingFailed, match="cosine -"):
        keep(lesson, [wrong], tmp_path, {}, 0.0)
    assert not [*tmp_path.iterdir()]


def test_without_pairs_nothing_is_numbered() -> None:
    assert not len(Material([])) and Material([]).counts() == {}
