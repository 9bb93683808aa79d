"""The upper layers of a BERT-shaped encoder as a network that can be trained: tokens to labels.

For text heads. The layers below stay as they are and are computed once by the encoder; these
start from its weights and learn the task. The last layer is computed for a text's first token
alone, which costs a sixth of a whole one; beside it stands the mean of the tokens before it,
weighed by what the network learned to look at. Knows nothing of shops.

Sources: Devlin et al. 2018 (layers, the first token); Lin et al. 2017, "A structured
self-attentive sentence embedding" (weighed means); Lee et al. 2019, "What would Elsa do? Freezing
layers during transformer fine-tuning" (a quarter of them is nearly enough).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from shopguide.inference.bert import FloatLayer
from shopguide.inference.states import TokenStates, in_order_of_length

BATCH = 32  # texts that are read at once
NEVER = -1e9


@dataclass(frozen=True)
class Shape:
    """What a network over states is like. ``base``: layers of the encoder below it."""

    base: int
    layers: int
    hidden: int
    inner: int
    heads: int
    labels: int
    epsilon: float
    most: int  # tokens of a text that are read

    def numbers(self) -> NDArray[np.float64]:
        """Return all fields in their order."""
        return np.array([*asdict(self).values()], np.float64)

    @classmethod
    def of(cls, numbers: Sequence[float]) -> Shape:
        """Read what ``numbers`` returned."""
        base, layers, hidden, inner, heads, labels, epsilon, most = numbers
        return cls(
            int(base), int(layers), int(hidden), int(inner), int(heads), int(labels),
            float(epsilon), int(most),
        )  # fmt: skip


class Layer(nn.Module):
    """One transformer layer over padded texts; computes what ``bert.FloatLayer`` computes."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        hidden, inner, epsilon = shape.hidden, shape.inner, shape.epsilon
        self.heads = shape.heads
        self.qkv = nn.Linear(hidden, 3 * hidden)  # queries come out divided already
        self.mix = nn.Linear(hidden, hidden)
        self.widen = nn.Linear(hidden, inner)
        self.narrow = nn.Linear(inner, hidden)
        self.norm_mixed = nn.LayerNorm(hidden, eps=epsilon)
        self.norm_fed = nn.LayerNorm(hidden, eps=epsilon)

    @classmethod
    def like(cls, layer: FloatLayer, shape: Shape) -> Layer:
        """Copy an encoder's layer."""
        made = cls(shape)
        with torch.no_grad():
            mine: Any
            for name, mine in made.named_children():
                theirs: Any = getattr(layer, name)
                mine.weight.copy_(theirs.weight)
                mine.bias.copy_(theirs.bias)
        return made

    def forward(self, x: Tensor, here: Tensor) -> Tensor:
        """Run the layer: (n, t, hidden), (n, t) bool -> (n, t, hidden)."""
        q, k, v = self.split(self.qkv(x), 3)
        return self.finish(x, F.scaled_dot_product_attention(q, k, v, mask(here), scale=1.0))

    def first(self, x: Tensor, here: Tensor) -> Tensor:
        """Run the layer for each text's first token: (n, t, hidden), (n, t) -> (n, hidden)."""
        hidden, start = x.shape[2], x[:, :1]
        weight, bias = self.qkv.weight, self.qkv.bias
        (q,) = self.split(F.linear(start, weight[:hidden], bias[:hidden]), 1)
        k, v = self.split(F.linear(x, weight[hidden:], bias[hidden:]), 2)
        context = F.scaled_dot_product_attention(q, k, v, mask(here), scale=1.0)
        return self.finish(start, context)[:, 0]

    def split(self, x: Tensor, parts: int) -> tuple[Tensor, ...]:
        """Part products by heads: (n, t, parts * hidden) -> parts of (n, heads, t, size)."""
        shaped = x.view(*x.shape[:2], parts, self.heads, -1)
        return shaped.permute(2, 0, 3, 1, 4).unbind(0)

    def finish(self, x: Tensor, context: Tensor) -> Tensor:
        """Mix the heads and feed forward: (n, t, hidden), (n, heads, t, size) -> (n, t, hidden)."""
        joined = context.transpose(1, 2).reshape(x.shape)
        x = self.norm_mixed(self.mix(joined) + x)
        fed: Tensor = self.norm_fed(self.narrow(F.gelu(self.widen(x))) + x)
        return fed


class Upper(nn.Module):
    """An encoder's upper layers and the way from them to labels."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.layers = nn.ModuleList([Layer(shape) for _ in range(shape.layers)])
        self.look = nn.Parameter(torch.zeros(shape.hidden))
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(2 * shape.hidden, shape.labels)

    @classmethod
    def over(cls, layers: Sequence[FloatLayer], shape: Shape, seed: int) -> Upper:
        """Start from an encoder's layers; what is new is drawn by the seed."""
        torch.manual_seed(seed)
        made = cls(shape)
        made.layers = nn.ModuleList([Layer.like(layer, shape) for layer in layers])
        nn.init.normal_(made.out.weight, std=0.02)
        nn.init.zeros_(made.out.bias)
        return made

    def forward(self, x: Tensor, here: Tensor) -> Tensor:
        """Return logits: (n, t, hidden), (n, t) bool -> (n, labels)."""
        layers: list[Any] = [*self.layers]
        *lower, last = layers
        for layer in lower:
            x = layer(x, here)
        both = torch.cat([last.first(x, here), self.pool(x, here)], 1)
        logits: Tensor = self.out(self.drop(both))
        return logits

    def pool(self, x: Tensor, here: Tensor) -> Tensor:
        """Return each text's weighed mean: (n, t, hidden), (n, t) -> (n, hidden)."""
        seen = (x @ self.look / math.sqrt(x.shape[2])).masked_fill(~here, NEVER)
        return (seen.softmax(1)[:, :, None] * x).sum(1)

    def logits(self, states: TokenStates) -> NDArray[np.float64]:
        """Return logits of n texts: (n, labels)."""
        self.eval()
        found = np.zeros((len(states), self.shape.labels))
        with torch.inference_mode():
            for rows in in_order_of_length(states.lengths, BATCH):
                found[rows] = self(*states.padded(rows)).double().numpy()
        return found

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all that ``read`` needs, weights in half precision."""
        state = self.state_dict().items()
        kept = {f"upper.{name}": value.half().contiguous().numpy() for name, value in state}
        return kept | {"upper": self.shape.numbers()}

    @classmethod
    def read(cls, arrays: Mapping[str, NDArray[Any]]) -> Upper | None:
        """Make a network of kept arrays; None where a head has none."""
        if "upper" not in arrays:
            return None
        made = cls(Shape.of(arrays["upper"].tolist()))
        made.load_state_dict(
            {
                name.removeprefix("upper."): torch.from_numpy(value).float()
                for name, value in arrays.items()
                if name.startswith("upper.")
            }
        )
        return made.eval()


def mask(here: Tensor) -> Tensor:
    """Say to whom all may attend: (n, t) bool -> (n, 1, 1, t)."""
    return here[:, None, None, :]
