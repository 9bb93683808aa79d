"""Adapters: answers become less foreign, and the model below stays what it was."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from shopguide.inference.adapting import Adapters, Exercise, Recipe, learn, surprise
from shopguide.inference.errors import ModelUnsupported

RECIPE = Recipe(rounds=12, rate=2e-2, batch=4, tokens=50_000)
TAUGHT = [Exercise((1, 4 + n, 9), (20 + n, 21, 22, 2)) for n in range(8)]


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Let so small a model run on one thread: two would wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def small(**changes: Any) -> LlamaForCausalLM:
    """Return a random language model of some thousand weights."""
    torch.manual_seed(5)
    sizes: dict[str, Any] = {
        "vocab_size": 40, "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2,
        "num_attention_heads": 4, "max_position_embeddings": 64, "initializer_range": 0.3,
    } | changes  # fmt: skip
    return LlamaForCausalLM(LlamaConfig(**sizes)).eval().requires_grad_(False)


def test_learning_makes_answers_expected_and_leaves_the_model_alone() -> None:
    """Half as foreign at least; without the adapters all is as before, bit for bit."""
    model = small()
    before = surprise(model, TAUGHT)
    adapters = Adapters(model, rank=4, alpha=8)
    kept = {name: one.clone() for name, one in model.state_dict().items() if "base" in name}
    read = learn(model, adapters, TAUGHT, RECIPE)
    assert read > 0
    assert surprise(model, TAUGHT) < before / 2
    adapters.wear(False)
    assert surprise(model, TAUGHT) == pytest.approx(before, abs=1e-6)
    assert all(torch.equal(model.state_dict()[name], one) for name, one in kept.items())


def test_only_answers_are_learnt() -> None:
    """What is asked is no part of the loss: two questions of the same answer weigh the same."""
    model = small()
    one = surprise(model, [Exercise((1, 5), (7, 8))])
    both = surprise(model, [Exercise((1, 5), (7, 8)), Exercise((1, 5), (7, 8))])
    assert one == pytest.approx(both)
    assert surprise(model, [Exercise((1, 5, 7), (8,))]) != pytest.approx(one)


def test_the_same_seed_learns_the_same_and_a_bound_is_kept(tmp_path: Path) -> None:
    """Files are equal byte for byte; no more tokens are read than the recipe allows, by a batch."""
    files = []
    for name in ("a", "b"):
        model = small()
        adapters = Adapters(model, rank=2, alpha=4)
        read = learn(model, adapters, TAUGHT, Recipe(rounds=50, tokens=200))
        assert read <= 200 + 4 * 7
        adapters.save(tmp_path / name)
        files.append((tmp_path / name).read_bytes())
    assert files[0] == files[1]


def test_the_same_adapters_are_the_same_bytes(tmp_path: Path) -> None:
    """However often they are written: versions are told apart by their checksum."""
    adapters = Adapters(small(), rank=2, alpha=4)
    written = set()
    for _ in range(20):
        adapters.save(tmp_path / "one")
        written.add((tmp_path / "one").read_bytes())
    assert len(written) == 1


def test_what_was_saved_is_worn_again(tmp_path: Path) -> None:
    """By a model that was loaded anew, with the same words."""
    model = small()
    adapters = Adapters(model, rank=4, alpha=8)
    learn(model, adapters, TAUGHT, RECIPE)
    adapters.save(tmp_path / "taught")
    again = small()
    worn = Adapters(again, rank=4, alpha=8)
    worn.load(tmp_path / "taught")
    assert surprise(again, TAUGHT) == pytest.approx(surprise(model, TAUGHT), abs=1e-6)


def test_a_version_of_another_model_is_refused(tmp_path: Path) -> None:
    """Other sizes, no file, or no such layers: one line of reason."""
    adapters = Adapters(small(), rank=4, alpha=8)
    adapters.save(tmp_path / "taught")
    other = Adapters(small(hidden_size=16), rank=4, alpha=8)
    with pytest.raises(ModelUnsupported, match="does not fit"):
        other.load(tmp_path / "taught")
    with pytest.raises(ModelUnsupported):
        other.load(tmp_path / "nowhere")
    with pytest.raises(ModelUnsupported, match="no layers"):
        Adapters(torch.nn.Linear(2, 2), rank=1, alpha=1)
