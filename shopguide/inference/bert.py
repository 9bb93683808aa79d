"""BERT-shaped encoders on packed tokens: no padding, one pass, one thread or several.

For ``PackedEncoder``. Takes the weights of a loaded transformers model and computes the same
function; ``tests/shopguide/inference`` compares the two. Never trains.

Sources: Devlin et al. 2018 (layers); Krell et al. 2021, "Efficient sequence packing" (packing);
transformers, ``modeling_bert.py`` (the reference).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import PreTrainedModel

from shopguide.inference.packing import Run, runs_of

Attend = Callable[[Tensor], Tensor]  # (t, 3 * hidden) -> (t, hidden)
Observe = Callable[[str, Tensor], None]

MODEL_TYPES = ("bert", "roberta", "xlm-roberta")
LONG = 128  # tokens from which torch's fused attention is the faster one for several texts too
SMALLEST_TOTAL = 1e-30  # below it fp32 begins to lose digits of a sum of exponentials


@dataclass(frozen=True)
class Norm:
    """A layer norm's weights."""

    weight: Tensor
    bias: Tensor
    epsilon: float

    def __call__(self, x: Tensor) -> Tensor:
        """Normalise each token: (t, hidden) -> (t, hidden)."""
        return F.layer_norm(x, self.weight.shape, self.weight, self.bias, self.epsilon)


@dataclass(frozen=True)
class Product:
    """A linear map's weights: (out, in) and (out,)."""

    weight: Tensor
    bias: Tensor

    def __call__(self, x: Tensor) -> Tensor:
        """Map each token: (t, in) -> (t, out)."""
        return F.linear(x, self.weight, self.bias)


def can_pack(model: PreTrainedModel) -> bool:
    """Tell whether this module computes what the model computes."""
    config = model.config
    return (
        config.model_type in MODEL_TYPES
        and config.hidden_act == "gelu"
        and getattr(config, "position_embedding_type", "absolute") == "absolute"
        and not getattr(config, "is_decoder", False)
    )


class FloatLayer:
    """One transformer layer in fp32 or bf16."""

    def __init__(self, layer: Any, dtype: torch.dtype) -> None:
        looking, output = layer.attention.self, layer.attention.output
        scale = 1 / math.sqrt(looking.attention_head_size)
        self.qkv = _joined([looking.query, looking.key, looking.value], dtype, (scale, 1, 1))
        self.mix = _joined([output.dense], dtype)
        self.widen = _joined([layer.intermediate.dense], dtype)
        self.narrow = _joined([layer.output.dense], dtype)
        self.norm_mixed = _norm(output.LayerNorm, dtype)
        self.norm_fed = _norm(layer.output.LayerNorm, dtype)

    def __call__(self, x: Tensor, attend: Attend, observe: Observe | None = None) -> Tensor:
        """Run the layer: (t, hidden) -> (t, hidden). ``observe`` sees each product's input."""
        see = observe or _ignore
        see("qkv", x)
        context = attend(self.qkv(x))
        see("mix", context)
        x = self.norm_mixed(self.mix(context).add_(x))
        see("widen", x)
        inner = F.gelu(self.widen(x))
        see("narrow", inner)
        return self.norm_fed(self.narrow(inner).add_(x))


class PackedBert:
    """Run a BERT-shaped model over texts laid end to end."""

    def __init__(self, model: PreTrainedModel, dtype: torch.dtype = torch.float32) -> None:
        embeddings: Any = model.embeddings
        encoder: Any = model.encoder
        self.heads: int = model.config.num_attention_heads
        self.dtype = dtype
        # Kept in the stored precision: in half precision it is 192 MB and not 384.
        self.words = embeddings.word_embeddings.weight.detach()
        self.places = (
            embeddings.position_embeddings.weight.detach().float()
            + embeddings.token_type_embeddings.weight.detach()[0].float()
        )
        padding = embeddings.position_embeddings.padding_idx
        self.first_place = 0 if padding is None else padding + 1
        self.norm = _norm(embeddings.LayerNorm, torch.float32)
        self.layers: list[Callable[[Tensor, Attend], Tensor]] = [
            FloatLayer(layer, dtype) for layer in encoder.layer
        ]

    def __call__(self, texts: Sequence[Sequence[int]]) -> tuple[Tensor, list[Run]]:
        """Compute hidden states: n token id lists -> (t, hidden) with t their sum, and runs."""
        runs = runs_of([len(ids) for ids in texts])
        x = self.embed(texts).to(self.dtype)

        def attend(qkv: Tensor) -> Tensor:
            return attention(qkv, runs, self.heads)

        for layer in self.layers:
            x = layer(x, attend)
        return x, runs

    def embed(self, texts: Sequence[Sequence[int]]) -> Tensor:
        """Sum word and place vectors of every token: (t, hidden), fp32."""
        tokens = torch.tensor([token for ids in texts for token in ids])
        places = torch.cat([self.places[self.first_place :][: len(ids)] for ids in texts])
        return self.norm(self.words[tokens].float() + places)


def attention(qkv: Tensor, runs: Sequence[Run], heads: int) -> Tensor:
    """Let every token attend to its own text: (t, 3 * hidden) -> (t, hidden).

    Queries are expected already divided by the root of the head size.
    """
    out = qkv.new_empty(len(qkv), qkv.shape[1] // 3)
    for run in runs:
        _attend_run(qkv[run.start : run.stop], run, heads, out[run.start : run.stop])
    return out


def _attend_run(qkv: Tensor, run: Run, heads: int, out: Tensor) -> None:
    """Attend within texts of one length: (count * length, 3 * hidden) -> out, (same, hidden).

    For several texts of a product's length, batched products beat torch's fused kernel on a CPU
    up to three times.
    """
    count, length, size = run.count, run.length, out.shape[1] // heads
    # (count, length, 3, heads, size) -> (3, count, heads, length, size)
    split = qkv.view(count, length, 3, heads, size).permute(2, 0, 3, 1, 4)
    if count == 1 or length >= LONG:
        q, k, v = split.unbind(0)
        context = F.scaled_dot_product_attention(q, k, v, scale=1.0)
        out.view(count, length, heads, size).copy_(context.transpose(1, 2))
    else:
        _attend_batched(split.reshape(3, count * heads, length, size), run, heads, out)


def _attend_batched(split: Tensor, run: Run, heads: int, out: Tensor) -> None:
    """Attend by batched products: (3, count * heads, length, size) -> out.

    Softmax over rows of 41 costs five plain exponentials; so maxima are subtracted only when
    some sum of exponentials leaves the range of fp32.
    """
    count, length, size = run.count, run.length, split.shape[3]
    q, k, v = split.unbind(0)
    scores = torch.bmm(q, k.transpose(1, 2))
    weights = scores.exp()
    ones = weights.new_ones(length, 1)
    totals = torch.matmul(weights, ones)
    low, high = torch.aminmax(totals)
    if not (low.item() > SMALLEST_TOTAL and high.item() < math.inf):
        weights = torch.softmax(scores, -1)
        totals = torch.matmul(weights, ones)
    context = torch.bmm(weights, v)
    torch.div(
        context.view(count, heads, length, size).transpose(1, 2),
        totals.view(count, heads, length, 1).transpose(1, 2),
        out=out.view(count, length, heads, size),
    )


def pool(hidden: Tensor, runs: Sequence[Run], how: str) -> Tensor:
    """Make one vector of each text's tokens: (t, hidden) -> (n, hidden), fp32.

    ``how``: ``mean`` (Reimers & Gurevych 2019, section 3), ``cls`` (first token), ``last``.
    """
    parts = []
    for run in runs:
        tokens = hidden[run.start : run.stop].view(run.count, run.length, -1).float()
        if how == "mean":
            parts.append(tokens.mean(1))
        else:
            parts.append(tokens[:, 0 if how == "cls" else -1])
    return torch.cat(parts)


def _joined(
    linears: Sequence[nn.Linear], dtype: torch.dtype, scales: Sequence[float] = (1,)
) -> Product:
    """Put linear maps side by side as one, each scaled: (out 1 + out 2 + ..., in)."""
    pairs = list(zip(linears, scales, strict=True))
    weight = torch.cat([linear.weight.detach().float() * scale for linear, scale in pairs])
    bias = torch.cat([linear.bias.detach().float() * scale for linear, scale in pairs])
    return Product(weight.to(dtype).contiguous(), bias.to(dtype).contiguous())


def _norm(norm: nn.LayerNorm, dtype: torch.dtype) -> Norm:
    return Norm(norm.weight.detach().to(dtype), norm.bias.detach().to(dtype), norm.eps)


def _ignore(name: str, x: Tensor) -> None:
    return None
