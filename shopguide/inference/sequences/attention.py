"""A causal Transformer over a history: P(next item | items before), scored by cosine.

Sources: Kang & McAuley 2018 (SASRec); Klenitskiy & Vasilev 2023 (softmax over shared negatives);
Yi et al. 2019 (the log Q correction of sampled softmax). An item is its own embedding plus the mean
of its attributes' embeddings, so that a new item is placed by what is known of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from scipy import sparse
from torch import Tensor, nn
from torch.nn import functional

from shopguide.inference.sequences.histories import Histories, Ids, Scores

BATCH = 512


@dataclass(frozen=True)
class Shape:
    """The size of the model and how far back it looks."""

    width: int = 64
    blocks: int = 1
    heads: int = 1
    longest: int = 50
    dropout: float = 0.5
    item_drop: float = 0.15
    temperature: float = 0.07


class Attributes(nn.Module):
    """The mean of the embeddings of what each item is: item numbers -> (..., width)."""

    def __init__(self, table: sparse.csr_array, width: int) -> None:
        super().__init__()
        self.register_buffer("places", torch.from_numpy(table.indices.astype(np.int64)))
        self.register_buffer("starts", torch.from_numpy(table.indptr.astype(np.int64)))
        self.embedding = nn.Parameter(torch.randn(table.shape[1], width) * 0.02)
        self.places: Tensor
        self.starts: Tensor

    def forward(self, items: Tensor) -> Tensor:
        """Return (n,) -> (n, width)."""
        starts, lengths = self.starts[items], self.starts[items + 1] - self.starts[items]
        ends = lengths.cumsum(0)
        offsets = ends - lengths
        total = int(ends[-1]) if len(ends) else 0
        flat = torch.arange(total) + torch.repeat_interleave(starts - offsets, lengths)
        return functional.embedding_bag(self.places[flat], self.embedding, offsets, mode="mean")


class Block(nn.Module):
    """Attention over what came before, then a small network; both normalised first."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads, self.dropout = shape.heads, shape.dropout
        self.before, self.after = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        self.mix = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.network = nn.Sequential(
            nn.Linear(shape.width, 2 * shape.width),
            nn.GELU(),
            nn.Dropout(shape.dropout),
            nn.Linear(2 * shape.width, shape.width),
            nn.Dropout(shape.dropout),
        )

    def forward(self, hidden: Tensor) -> Tensor:
        """Return (n, t, d) -> (n, t, d); padding stands at the end, so the causal mask hides it."""
        n, t, d = hidden.shape
        mixed = self.mix(self.before(hidden)).view(n, t, 3, self.heads, d // self.heads)
        query, key, value = mixed.permute(2, 0, 3, 1, 4)  # each (n, heads, t, d / heads)
        dropout = self.dropout if self.training else 0.0
        seen = functional.scaled_dot_product_attention(
            query, key, value, is_causal=True, dropout_p=dropout
        )
        hidden = hidden + self.out(seen.transpose(1, 2).reshape(n, t, d))
        return hidden + self.network(self.after(hidden))


class NextItem(nn.Module):
    """Histories to a place in the space of items."""

    def __init__(
        self, catalogue: int, shape: Shape, attributes: sparse.csr_array | None = None
    ) -> None:
        super().__init__()
        self.shape, self.catalogue = shape, catalogue
        self.items = nn.Embedding(catalogue, shape.width)
        self.places = nn.Embedding(shape.longest, shape.width)
        self.hidden = nn.Parameter(torch.zeros(shape.width))  # stands for a dropped item
        self.attributes = Attributes(attributes, shape.width) if attributes is not None else None
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.blocks))
        self.normed = nn.LayerNorm(shape.width)
        self.drop = nn.Dropout(shape.dropout)
        nn.init.normal_(self.items.weight, std=0.02)
        nn.init.normal_(self.places.weight, std=0.02)

    def embed(self, items: Tensor) -> Tensor:
        """Return what items are, before any history: (n,) -> (n, width)."""
        own = self.items(items)
        return own if self.attributes is None else own + self.attributes(items)

    def forward(self, inputs: Tensor, table: Tensor) -> Tensor:
        """Return unit vectors of what comes next: (n, t) rows of ``table`` (u, d) -> (n, t, d)."""
        hidden = table[inputs] * math.sqrt(self.shape.width)
        if self.training and self.shape.item_drop:
            gone = torch.rand(inputs.shape) < self.shape.item_drop
            hidden = torch.where(gone[..., None], self.hidden, hidden)
        hidden = self.drop(hidden + self.places.weight[: inputs.shape[1]])
        for block in self.blocks:
            hidden = block(hidden)
        return functional.normalize(self.normed(hidden), dim=-1)


@dataclass(frozen=True)
class Attentive:
    """A fitted model as a ranker."""

    model: NextItem

    def scores(self, histories: Histories) -> Scores:
        """Return n histories -> (n, catalogue), cosine over temperature."""
        model = self.model.eval()
        with torch.inference_mode():
            table = model.embed(torch.arange(model.catalogue))
            unit = functional.normalize(table, dim=-1)
            found = [
                self._last(histories.chosen(users), table) @ unit.T / model.shape.temperature
                for users in np.array_split(
                    np.arange(len(histories)), max(1, math.ceil(len(histories) / BATCH))
                )
            ]
        return torch.cat(found).numpy()

    def _last(self, histories: Histories, table: Tensor) -> Tensor:
        inputs, lengths = padded(histories, self.model.shape.longest)
        states = self.model(inputs, table)
        return states[torch.arange(len(lengths)), (lengths - 1).clamp(min=0)]


def padded(histories: Histories, longest: int) -> tuple[Tensor, Tensor]:
    """Return the last items of each history as rows, padded at the end with item 0, and lengths."""
    kept = histories.ages < longest
    users, items = histories.users[kept], histories.items[kept]
    lengths = np.minimum(histories.lengths, longest)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    rows: Ids = np.zeros((len(histories), max(1, int(lengths.max(initial=1)))), np.int64)
    rows[users, np.arange(len(items)) - starts[users]] = items
    return torch.from_numpy(rows), torch.from_numpy(lengths)
