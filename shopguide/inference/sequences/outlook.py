"""The sequence model of the shop: what somebody will do next, read from what they did.

A causal Transformer over deeds. An item is what its texts say, projected, plus what only deeds
taught of it (nothing for a new item), at length one; a state is a vector of length one in the same
space, so a score is one dot product. Beside the next item it foretells the next action, the kind of
the next item and the type of the shopper. It keeps nothing of any person.

Sources: Kang & McAuley 2018 (SASRec); Hou et al. 2022 (UniSRec, items by their texts); Caruana 1997
(several tasks on one trunk).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load, save
from torch import Tensor, nn
from torch.nn import functional

from shopguide.inference.encoder import Vectors
from shopguide.inference.errors import ModelUnsupported
from shopguide.inference.sequences.attention import BATCH, Block, Shape, padded
from shopguide.inference.sequences.deeds import Deeds, Names
from shopguide.inference.sequences.histories import Histories, Ids, Scores

USUAL = Shape(width=64, blocks=1, heads=2, longest=50, dropout=0.2, item_drop=0.1)
HOTTEST = math.log(60.0)  # the most that a cosine of 1 may count, as a logarithm
# So often in teaching an item is its text alone, so that a new one is understood as well as others
# (Volkovs et al. 2017, DropoutNet).
FORGOTTEN = 0.5
SAMPLED = 5_000  # items whose texts tell the main directions


class Items(nn.Module):
    """Items as vectors of length one: texts projected, plus what deeds taught of each.

    ``text``: (catalogue, dimensions) or None; ``numbers``: what each row is called outside.
    """

    def __init__(self, catalogue: int, width: int, text: Vectors | None, numbers: Ids) -> None:
        super().__init__()
        self.numbers = numbers
        self.own = nn.Parameter(torch.zeros(catalogue, width))
        self.register_buffer("middle", None)
        self.register_buffer("text", None, persistent=False)
        self.register_parameter("project", None)
        self.middle: Tensor | None
        self.text: Tensor | None
        self.project: nn.Parameter | None
        if text is None:
            nn.init.normal_(self.own, std=0.1)
            return
        self.text = torch.from_numpy(np.ascontiguousarray(text, np.float32))
        self.middle = self.text.mean(0)
        self.project = nn.Parameter(main_directions(self.text, width))

    def forward(self, items: Tensor) -> Tensor:
        """Return (n,) -> (n, width), rows of length one."""
        own = self.own[items]
        if self.project is None or self.middle is None:
            return functional.normalize(own, dim=-1)
        if self.text is None:
            raise ModelUnsupported("this model has no texts yet", remedy="Let it grow first.")
        if self.training:
            own = own * (torch.rand(len(items), 1) >= FORGOTTEN)
        return functional.normalize((self.text[items] - self.middle) @ self.project + own, dim=-1)

    def of_texts(self, text: Vectors, own: Tensor | None = None) -> Vectors:
        """Return items by their texts: (n, dimensions) -> (n, width); ``own``: (n, width)."""
        if self.project is None or self.middle is None:
            raise ModelUnsupported("this model was taught without texts")
        with torch.inference_mode():
            placed = (torch.from_numpy(np.asarray(text, np.float32)) - self.middle) @ self.project
            placed = placed if own is None else placed + own
            return np.asarray(functional.normalize(placed, dim=-1).numpy(), np.float32)


def main_directions(text: Tensor, width: int) -> Tensor:
    """Return what keeps texts apart in little room: (n, dimensions) -> (dimensions, width).

    Scaled so that rows have length one in the mean: then what deeds teach can move them.
    """
    centred = (text - text.mean(0))[:SAMPLED]
    directions = torch.zeros(text.shape[1], width)
    _left, _sizes, right = torch.linalg.svd(centred, full_matrices=False)
    kept = min(width, len(right))
    directions[:, :kept] = right[:kept].T
    length = (centred @ directions).norm(dim=1).mean().clamp(min=1e-6)
    return directions / length


@dataclass(frozen=True)
class Foretold:
    """What comes next, of n histories: (n, width), (n, actions), (n, kinds), (n, types)."""

    states: Vectors
    actions: Vectors
    kinds: Vectors
    types: Vectors


class Outlook(nn.Module):
    """Deeds to states, and four heads on them."""

    def __init__(
        self,
        catalogue: int,
        names: Names,
        *,
        shape: Shape = USUAL,
        text: Vectors | None = None,
        numbers: Ids | None = None,
        seed: int | None = None,
    ) -> None:
        super().__init__()
        if seed is not None:
            torch.manual_seed(seed)
        self.shape, self.names, self.catalogue = shape, names, catalogue
        called = np.arange(catalogue, dtype=np.int64) if numbers is None else numbers
        self.items = Items(catalogue, shape.width, text, called)
        self.done = nn.Embedding(len(names.actions), shape.width)
        self.places = nn.Embedding(shape.longest, shape.width)
        self.hidden = nn.Parameter(torch.zeros(shape.width))  # stands for a dropped item
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.blocks))
        self.normed = nn.LayerNorm(shape.width)
        self.drop = nn.Dropout(shape.dropout)
        self.to_item = nn.Linear(shape.width, shape.width)
        self.to_action = nn.Linear(shape.width, len(names.actions))
        self.to_kind = nn.Linear(shape.width, max(1, len(names.kinds)))
        self.to_type = nn.Linear(shape.width, max(1, len(names.types)))
        self.warmth = nn.Parameter(torch.tensor(math.log(1 / shape.temperature)))
        for one in (self.done, self.places):
            nn.init.normal_(one.weight, std=0.02)

    def forward(self, vectors: Tensor, actions: Tensor) -> Tensor:
        """Return what is known after each deed: (n, t, d), (n, t) -> (n, t, d)."""
        hidden = vectors * math.sqrt(self.shape.width)
        if self.training and self.shape.item_drop:
            gone = torch.rand(actions.shape) < self.shape.item_drop
            hidden = torch.where(gone[..., None], self.hidden, hidden)
        places = self.places.weight[: actions.shape[1]]
        hidden = self.drop(hidden + self.done(actions) + places)
        for block in self.blocks:
            hidden = block(hidden)
        known: Tensor = self.normed(hidden)
        return known

    def states(self, known: Tensor) -> Tensor:
        """Return where the next item is looked for: (…, d) -> (…, d), of length one."""
        return functional.normalize(self.to_item(known), dim=-1)

    @property
    def heat(self) -> Tensor:
        """Return what a cosine of 1 counts in the chances of items."""
        return self.warmth.clamp(max=HOTTEST).exp()

    def table(self) -> Tensor:
        """Return all items as they are asked for: (catalogue, width)."""
        self.eval()
        with torch.inference_mode():
            placed: Tensor = self.items(torch.arange(self.catalogue))
            return placed

    # --- Answers ----------------------------------------------------------------------------
    def foretell(self, paths: Sequence[tuple[Vectors, Ids]]) -> Foretold:
        """Tell what comes next after each path of item vectors (t, d) and actions (t,).

        Paths are not empty; only the last ``longest`` deeds count. About 1 ms for ten paths.
        """
        longest = self.shape.longest
        lengths = torch.tensor([min(len(actions), longest) for _vectors, actions in paths])
        vectors = torch.zeros(len(paths), int(lengths.max()), self.shape.width)
        done = torch.zeros(vectors.shape[:2], dtype=torch.long)
        for row, (theirs, actions) in enumerate(paths):
            kept = int(lengths[row])
            vectors[row, :kept] = torch.from_numpy(np.asarray(theirs[-kept:], np.float32))
            done[row, :kept] = torch.from_numpy(np.asarray(actions[-kept:], np.int64))
        self.eval()
        with torch.inference_mode():
            known = self(vectors, done)[torch.arange(len(paths)), lengths - 1]
            return Foretold(
                self.states(known).numpy(),
                *(
                    head(known).softmax(-1).numpy()
                    for head in (self.to_action, self.to_kind, self.to_type)
                ),
            )

    def known_after(self, deeds: Deeds, table: Tensor) -> Tensor:
        """Return what is known at the end of each history: n deeds -> (n, d)."""
        items, lengths = padded(deeds.histories, self.shape.longest)
        actions, _lengths = padded(deeds.acts, self.shape.longest)
        known: Tensor = self(table[items], actions)
        return known[torch.arange(len(lengths)), (lengths - 1).clamp(min=0)]

    def scores(self, deeds: Deeds) -> Scores:
        """Return the logarithm of the chance of each item to be next: n deeds -> (n, catalogue)."""
        self.eval()
        found = []
        with torch.inference_mode():
            table = self.table()
            for start in range(0, len(deeds), BATCH):
                some = deeds.chosen(np.arange(start, min(start + BATCH, len(deeds))))
                states = self.states(self.known_after(some, table))
                found.append(functional.log_softmax(states @ table.T * self.heat, dim=-1))
        return torch.cat(found).numpy() if found else np.zeros((0, self.catalogue), np.float32)

    # --- As bytes -----------------------------------------------------------------------------
    def packed(self) -> bytes:
        """Return the model without texts: what `unpacked` reads. No code is in it."""
        told = {
            "shape": asdict(self.shape), "names": asdict(self.names), "catalogue": self.catalogue,
            "dimensions": 0 if self.items.project is None else len(self.items.project),
        }  # fmt: skip
        tensors = {name: one.contiguous() for name, one in self.state_dict().items()}
        tensors["numbers"] = torch.from_numpy(np.asarray(self.items.numbers, np.int64))
        return save(tensors, metadata={"told": json.dumps(told)})

    @classmethod
    def unpacked(cls, body: bytes) -> Outlook:
        """Return a packed model; its items have no texts until `grown` gives them some."""
        try:
            length = int.from_bytes(body[:8], "little")
            told = json.loads(json.loads(body[8 : 8 + length])["__metadata__"]["told"])
            tensors = load(body)
            names = Names(**{name: tuple(row) for name, row in told["names"].items()})
            model = cls(
                told["catalogue"], names, shape=Shape(**told["shape"]),
                text=None, numbers=tensors.pop("numbers").numpy(),
            )  # fmt: skip
            if told["dimensions"]:
                model.items.middle = torch.zeros(told["dimensions"])
                model.items.project = nn.Parameter(
                    torch.zeros(told["dimensions"], model.shape.width)
                )
            model.load_state_dict(tensors)
        except Exception as error:  # whatever a broken body does
            raise ModelUnsupported(f"the stored sequence model cannot be read: {error}") from error
        return model.eval()

    def grown(self, text: Vectors | None, numbers: Ids, names: Names | None = None) -> Outlook:
        """Return a model for other items, with all that was learnt of those it knows.

        A new item is what its text says. Names may only have got longer.
        """
        other = Outlook(
            len(numbers), names or self.names, shape=self.shape, text=text, numbers=numbers
        )
        mine = {name: one for name, one in self.state_dict().items() if name != "items.own"}
        theirs = other.state_dict()
        with torch.no_grad():
            for name, one in mine.items():
                if name in theirs:
                    kept = tuple(slice(0, size) for size in one.shape)
                    theirs[name][kept].copy_(one) if one.ndim else theirs[name].copy_(one)
            known = {int(number): row for row, number in enumerate(self.items.numbers)}
            rows = [(row, known[int(n)]) for row, n in enumerate(numbers) if int(n) in known]
            if rows:
                places, sources = (list(side) for side in zip(*rows, strict=True))
                other.items.own[places] = self.items.own[sources]
        return other.eval()

    def own_of(self, numbers: Sequence[int]) -> Tensor:
        """Return what deeds taught of items: n numbers -> (n, width), zeros for new ones."""
        known = {int(number): row for row, number in enumerate(self.items.numbers)}
        own = torch.zeros(len(numbers), self.shape.width)
        for row, number in enumerate(numbers):
            if number in known:
                own[row] = self.items.own.detach()[known[number]]
        return own


@dataclass(frozen=True)
class Outlooks:
    """A model as a ranker of plain histories, whose deeds were all of one action."""

    model: Outlook
    action: int = 0

    def scores(self, histories: Histories) -> Scores:
        """Return n histories -> (n, catalogue)."""
        done: NDArray[np.int64] = np.full(len(histories.items), self.action, np.int64)
        rows = Deeds(
            histories, done, np.full(histories.catalogue, -1), np.full(len(histories), -1),
            self.model.names,
        )  # fmt: skip
        return self.model.scores(rows)
