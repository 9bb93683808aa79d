"""An encoder's upper layers as a network that makes vectors and can be taught.

What lies below stays as it is: its tokens were computed once and are kept in half precision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from shopguide.inference.errors import ModelUnsupported
from shopguide.inference.states import TokenStates, in_order_of_length
from shopguide.inference.upper import Layer, Shape

if TYPE_CHECKING:
    from shopguide.inference.encoder import Encoder

BATCH = 64
DRAWN = 0.02  # standard deviation of weights that are drawn anew, as the encoder's own once were


class Tower(nn.Module):
    """The uppermost layers and pooling: tokens in, unit vectors out."""

    def __init__(self, layers: nn.ModuleList, shape: Shape, pooling: str) -> None:
        super().__init__()
        self.layers, self.shape, self.pooling = layers, shape, pooling

    def forward(self, x: Tensor, here: Tensor) -> Tensor:
        """Return vectors: (n, t, hidden), (n, t) bool -> (n, hidden), of unit length."""
        for layer in self.layers:
            x = layer(x, here)
        return F.normalize(pooled(x, here, self.pooling))

    def vectors(self, states: TokenStates) -> NDArray[np.float32]:
        """Return the vectors of n texts: (n, hidden)."""
        found = np.zeros((len(states), self.shape.hidden), np.float32)
        with torch.inference_mode():
            for rows in in_order_of_length(states.lengths, BATCH):
                found[rows] = self(*states.padded(rows)).numpy()
        return found

    def blended(self, other: Tower, share: float) -> Tower:
        """Return a tower with ``share`` of these weights and the rest of another's.

        Source: Wortsman et al. 2022, "Robust fine-tuning of zero-shot models", section 3.
        """
        made = Tower(_copied(self.layers, self.shape), self.shape, self.pooling)
        with torch.no_grad():
            theirs = dict(other.named_parameters())
            for name, mine in made.named_parameters():
                mine.lerp_(theirs[name], 1 - share)
        return made

    def drawn_anew(self, seed: int) -> Tower:
        """Return a tower of the same shape that has learnt nothing."""
        torch.manual_seed(seed)
        made = Tower(_copied(self.layers, self.shape), self.shape, self.pooling)
        for part in made.modules():
            if isinstance(part, nn.Linear):
                nn.init.normal_(part.weight, std=DRAWN)
                nn.init.zeros_(part.bias)
            elif isinstance(part, nn.LayerNorm):
                part.reset_parameters()
        return made


def tower_of(encoder: Encoder, *, layers: int, most: int) -> Tower:
    """Copy an encoder's uppermost layers. Errors: ModelUnsupported where that is not built."""
    lent = encoder.upper(layers=layers, labels=1, most=most, seed=0)
    if lent is None:
        raise ModelUnsupported(
            f"{encoder.id} does not lend its layers.",
            remedy="Use a BERT-shaped encoder on a CPU; `manage.py fetch_models` brings one.",
        )
    return Tower(lent.layers, lent.shape, str(getattr(encoder, "pooling", "mean")))


def pooled(x: Tensor, here: Tensor, how: str) -> Tensor:
    """Make one vector of each text's tokens: (n, t, hidden), (n, t) bool -> (n, hidden)."""
    if how == "cls":
        return x[:, 0]
    counts = here.sum(1)
    if how == "last":
        return x[torch.arange(len(x)), counts - 1]
    total: Tensor = (x * here[:, :, None]).sum(1)
    return total / counts[:, None]


def _copied(layers: nn.ModuleList, shape: Shape) -> nn.ModuleList:
    state: dict[str, Any] = layers.state_dict()
    made = nn.ModuleList([Layer(shape) for _one in layers])
    made.load_state_dict(state)
    return made
