"""Upper layers: the same function as the encoder's, trained on from there, kept with their head."""

from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from shopguide.inference import tuning
from shopguide.inference.building import build_encoder
from shopguide.inference.encoder import EncoderSpec
from shopguide.inference.errors import ModelUnsupported, NoSpace
from shopguide.inference.fakes import FakeEncoder
from shopguide.inference.fitting import Recipe, fit_head, simplex
from shopguide.inference.heads import TextHead
from shopguide.inference.packed import PackedEncoder
from shopguide.inference.states import TokenStates, cut_middle, in_order_of_length
from shopguide.inference.transformer import TransformerEncoder
from shopguide.inference.tuning import Tuning, tune
from shopguide.inference.upper import Layer, Shape, Upper

MOST = 24
LABELS = ("negative", "positive")
SHORT = Tuning(rounds=6, batch=16, rate=1e-3)
RECIPE = Recipe(rounds=1, networks=1, hidden=8, tuning=SHORT)


@pytest.fixture(scope="module")
def encoder(tiny_bert: Path) -> PackedEncoder:
    """A random BERT of two layers."""
    built = build_encoder(EncoderSpec(model=tiny_bert, dimensions=48, dtype="fp32"))
    assert isinstance(built, PackedEncoder)
    return built


def sample(count: int = 240) -> tuple[list[str], NDArray[np.int64]]:
    """Return texts in which an x or a y among other letters tells the label."""
    chance = np.random.default_rng(5)
    truth = chance.integers(0, 2, count)
    texts = []
    for one in truth:
        rest = [*chance.choice([*"abcdefgh"], int(chance.integers(4, 9)))]
        place = int(chance.integers(0, len(rest)))
        texts.append(" ".join([*rest[:place], "x" if one else "y", *rest[place:]]))
    return texts, truth


def fresh(encoder: PackedEncoder, layers: int = 1) -> Upper:
    """Return fresh upper layers."""
    upper = encoder.upper(layers=layers, labels=2, most=MOST, seed=1)
    assert upper is not None
    return upper


@pytest.fixture(scope="module")
def head(encoder: PackedEncoder) -> TextHead:
    """Return a head whose upper layers were trained."""
    texts, truth = sample()
    states = encoder.token_states(texts, layer=1, most=MOST)
    return fit_head(
        texts, states.means(), truth, LABELS,
        states=states, upper=fresh(encoder), recipe=RECIPE,
    )  # fmt: skip


def test_texts_are_cut_in_their_middle() -> None:
    assert cut_middle([*range(9)], 9) == [*range(9)]
    assert cut_middle([*range(10)], 6) == [0, 1, 2, 3, 8, 9]


def test_rows_of_a_length_stand_together() -> None:
    batches = [*in_order_of_length(np.array([5, 1, 5, 1, 3]), 2)]
    assert [batch.tolist() for batch in batches] == [[1, 3], [4, 0], [2]]


def test_states_are_those_of_each_text_alone(encoder: PackedEncoder, tmp_path: Path) -> None:
    texts = ["abc", "a" * 60, "", "红色 x"]
    told: list[int] = []
    states = encoder.token_states(
        texts, layer=1, most=MOST, path=tmp_path / "s.npy", progress=told.append
    )
    assert states.lengths.tolist() == [5, MOST, 2, 5] and told[-1] == 4
    for row, text in enumerate(texts):
        alone = encoder.token_states([text], layer=1, most=MOST)
        assert np.allclose(states.text(row), alone.text(0), atol=0.01)
    assert np.allclose(states.take(np.array([3])).means()[0], states.text(3).mean(0), atol=0.01)
    assert len(encoder.token_states([], layer=1, most=MOST)) == 0


def test_refuses_to_fill_the_disk(tmp_path: Path) -> None:
    with pytest.raises(NoSpace, match="fewer texts"):
        TokenStates.empty([1 << 40], 384, tmp_path / "s.npy")
    assert not [*tmp_path.iterdir()]


def test_both_encoders_show_the_same_tokens(encoder: PackedEncoder, tiny_bert: Path) -> None:
    spec = EncoderSpec(model=tiny_bert, dimensions=48, dtype="fp32")
    reference = TransformerEncoder(spec, encoder.source)
    texts = ["abc def", "x", "2020红色连衣裙"]
    for layer in (0, 1, 2):
        mine = encoder.token_states(texts, layer=layer, most=MOST)
        theirs = reference.token_states(texts, layer=layer, most=MOST)
        assert np.abs(mine.values - theirs.values).max() < 0.01
    assert reference.upper(layers=1, labels=2, most=MOST, seed=1) is None


def test_queries_twice_show_the_mean_token_of_two_thirds(
    encoder: PackedEncoder, tiny_bert: Path
) -> None:
    texts = ["abc def", "x", "2020红色连衣裙"]
    _vectors, middles = encoder.encode_queries_twice(texts)
    layer = encoder.upper_middle
    assert layer == round(encoder.depth * 2 / 3) and encoder.depth > layer
    states = encoder.token_states(texts, layer=layer, most=MOST, asked=True)
    assert np.abs(middles - states.means()).max() < 0.01
    spec = EncoderSpec(model=tiny_bert, dimensions=48, dtype="fp32")
    reference = TransformerEncoder(spec, encoder.source)
    assert np.abs(middles - reference.encode_queries_twice(texts)[1]).max() < 0.01


def test_layers_compute_what_the_encoder_computes(encoder: PackedEncoder) -> None:
    texts = ["abc def ghi", "x", "红色连衣裙 2020"]
    upper = fresh(encoder)
    below = encoder.token_states(texts, layer=1, most=MOST)
    above = encoder.token_states(texts, layer=2, most=MOST)
    x, here = below.padded(np.arange(3))
    wanted, _here = above.padded(np.arange(3))
    with torch.no_grad():
        layer = upper.layers[0]
        assert isinstance(layer, Layer)
        assert torch.allclose(layer(x, here)[here], wanted[here], atol=0.02)
        assert torch.allclose(layer.first(x, here), wanted[:, 0], atol=0.02)
        # Before training nothing is looked at more than the rest.
        assert torch.allclose(upper.pool(x, here)[1], x[1][here[1]].mean(0), atol=1e-4)


def test_tokens_are_hidden_but_never_the_first() -> None:
    values = np.arange(1, 41, dtype=np.float16)[:, None]
    states = TokenStates(np.array([0, 20]), np.array([20, 20]), values)
    x, here = states.padded(np.arange(2), np.random.default_rng(1), 0.5)
    assert x[:, 0, 0].tolist() == [1, 21] and 5 < int(here[0].sum()) < 17


@pytest.mark.parametrize("half", [False, True])
def test_training_learns_which_token_tells(
    encoder: PackedEncoder, monkeypatch: pytest.MonkeyPatch, half: bool
) -> None:
    monkeypatch.setattr(tuning, "has_half_products", lambda: half)
    texts, truth = sample()
    states = encoder.token_states(texts, layer=1, most=MOST)
    rows, held = np.arange(180), np.arange(180, 240)
    upper = fresh(encoder)
    tune(upper, states.take(rows), truth[rows], seed=1, tuning=SHORT)
    assert (upper.logits(states.take(held)).argmax(1) == truth[held]).mean() >= 0.9
    assert {one.dtype for one in upper.parameters()} == {torch.float32}


def test_products_are_in_half_precision_where_the_processor_has_them(
    encoder: PackedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, truth = sample(40)
    states = encoder.token_states(texts, layer=1, most=MOST)
    found = {}
    for half in (False, True):
        monkeypatch.setattr(tuning, "has_half_products", lambda half=half: half)
        seen: list[torch.dtype] = []
        upper = fresh(encoder)
        upper.out.register_forward_hook(lambda _one, _x, out, seen=seen: seen.append(out.dtype))
        tune(upper, states, truth, seed=1, tuning=Tuning(rounds=1, batch=16))
        found[half] = {*seen}
    assert found == {False: {torch.float32}, True: {torch.bfloat16}}


def test_one_seed_gives_one_network(encoder: PackedEncoder) -> None:
    texts, truth = sample(40)
    states = encoder.token_states(texts, layer=1, most=MOST)
    found = []
    for _again in range(2):
        upper = fresh(encoder)
        tune(upper, states, truth, seed=1, tuning=Tuning(rounds=1.5, batch=16))
        found.append(upper.logits(states))
    assert (found[0] == found[1]).all()


def test_a_head_reads_and_judges(head: TextHead, encoder: PackedEncoder) -> None:
    texts, truth = sample()
    chances = head.chances(texts, *head.read(encoder, texts))
    assert np.allclose(chances.sum(axis=1), 1) and len(head.shares) == 3
    assert (head.decide(chances) == truth).mean() >= 0.9
    alone = head.chances(texts[:1], *head.read(encoder, texts[:1]))
    assert np.allclose(alone, chances[:1], atol=0.01)
    odd = ["", "\ud800", "!" * 5_000, "😀"]
    assert np.isfinite(head.chances(odd, *head.read(encoder, odd))).all()


def test_kept_and_read_back(head: TextHead, encoder: PackedEncoder, tmp_path: Path) -> None:
    head.save(tmp_path / "one")
    back = TextHead.load(tmp_path / "one")
    assert back.upper is not None and head.upper is not None
    assert back.upper.shape == head.upper.shape and back.shares == head.shares
    texts, _truth = sample(20)
    seen = head.read(encoder, texts)
    assert np.abs(back.chances(texts, *seen) - head.chances(texts, *seen)).max() < 0.02


def test_says_what_cannot_be(head: TextHead, encoder: PackedEncoder) -> None:
    with pytest.raises(ValueError, match="reads tokens"):
        head.chances(["x"], np.zeros((1, 48), np.float32))
    assert fresh(encoder, 9).shape.layers == 2  # it has no more
    fake = FakeEncoder(48)
    assert fake.upper(layers=1, labels=2, most=MOST, seed=1) is None
    with pytest.raises(ModelUnsupported, match="Train the head again"):
        head.read(fake, ["x"])


def test_shapes_and_shares_are_whole() -> None:
    shape = Shape(9, 3, 384, 1536, 12, 2, 1e-12, 128)
    assert Shape.of(shape.numbers().tolist()) == shape
    shares = simplex(3)
    assert len(shares) == 66 and all(sum(one) == pytest.approx(1) for one in shares)
