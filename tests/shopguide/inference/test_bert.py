"""The packed model computes what transformers computes."""

from typing import Any

import pytest
import torch

from shopguide.inference.bert import PackedBert, attention, can_pack, pool
from shopguide.inference.packing import Run, runs_of
from tests.shopguide.inference.tiny import random_model, reference_states

TEXTS = [[0, 5, 2], [0, 9, 9, 2], [0, 7, 8, 2], [0, *range(3, 60), 2], [0, *range(4, 61), 2]]


@pytest.mark.parametrize("kind", ["bert", "xlm-roberta"])
@torch.no_grad()
def test_hidden_states_equal_those_of_transformers(kind: str) -> None:
    model = random_model(kind)
    hidden, runs = PackedBert(model)(TEXTS)
    assert [(run.count, run.length) for run in runs] == [(1, 3), (2, 4), (2, 59)]
    torch.testing.assert_close(
        hidden, torch.cat(reference_states(model, TEXTS)), atol=2e-5, rtol=1e-4
    )


@torch.no_grad()
def test_scores_too_large_for_a_plain_exponential_are_exact_too() -> None:
    model = random_model()
    for layer in model.encoder.layer:
        layer.attention.self.query.weight.mul_(60)
        layer.attention.self.query.bias.mul_(60)
    reference = torch.cat(reference_states(model, TEXTS))
    hidden, _ = PackedBert(model)(TEXTS)
    torch.testing.assert_close(hidden, reference, atol=5e-4, rtol=1e-3)


@pytest.mark.parametrize("shift", [-500.0, 0.0, 500.0])
def test_attention_is_softmax_however_large_the_scores(shift: float) -> None:
    torch.manual_seed(0)
    qkv = torch.randn(12, 24)
    qkv[:, 0], qkv[:, 8] = shift, 1.0  # the same addend in every score of the first head
    heads = qkv.view(3, 4, 3, 2, 4).permute(2, 0, 3, 1, 4)
    weights = torch.softmax(heads[0] @ heads[1].transpose(-1, -2), -1)
    expected = (weights @ heads[2]).transpose(1, 2).reshape(12, 8)
    torch.testing.assert_close(attention(qkv, [Run(0, 3, 4)], 2), expected, atol=1e-4, rtol=1e-3)


@torch.no_grad()
def test_bf16_stays_near() -> None:
    model = random_model()
    exact = pool(*PackedBert(model)(TEXTS), "mean")
    near = pool(*PackedBert(model, torch.bfloat16)(TEXTS), "mean")
    assert near.dtype == torch.float32
    assert torch.cosine_similarity(exact, near).min() > 0.999


def test_pooling_picks_the_right_tokens() -> None:
    hidden = torch.arange(20.0).view(10, 2)
    runs = runs_of([2, 4, 4])
    assert pool(hidden, runs, "cls")[:, 0].tolist() == [0, 4, 12]
    assert pool(hidden, runs, "last")[:, 0].tolist() == [2, 10, 18]
    assert pool(hidden, runs, "mean")[:, 0].tolist() == [1, 7, 15]


@pytest.mark.parametrize(
    ("changes", "packable"),
    [({}, True), ({"hidden_act": "relu"}, False), ({"is_decoder": True}, False)],
)
def test_only_what_it_computes_exactly_is_packed(changes: dict[str, Any], packable: bool) -> None:
    assert can_pack(random_model(**changes)) is packable
