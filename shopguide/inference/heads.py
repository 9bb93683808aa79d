"""A small trained head over an encoder: what a text says in words, and what it means as a vector.

Readers of one text and their mean: a regression over grams; networks in which grams go straight to
the labels ("wide") and, with the encoder's vector, through one hidden layer ("deep"); and, where
there was enough to learn from, upper layers of the encoder itself, trained on (``upper``). How
much each counts is chosen on texts that trained none of them. Knows nothing of shops; the caller
folds texts, encodes them and keeps the files. A head is one file of arrays and a card; nothing is
unpickled.

Sources: Cheng et al. 2016, "Wide & deep learning for recommender systems" (two ways to the
label); Joulin et al. 2017, "Bag of tricks for efficient text classification" (bags of grams);
Guo et al. 2017 (temperature).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from torch import Tensor, nn

from shopguide.inference.bags import Bags, Vocabulary
from shopguide.inference.errors import ModelMissing
from shopguide.inference.linear import Linear
from shopguide.inference.ngrams import count_grams
from shopguide.inference.states import TokenStates
from shopguide.inference.upper import Upper

WEIGHTS, CARD = "head.safetensors", "card.json"
BATCH = 1_024
MOST_TOKENS = 128  # of a text whose tokens are averaged


class Reader(Protocol):
    """An encoder, as far as heads need one; without upper layers ``token_states`` is not asked."""

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts: (n,) -> (n, dimensions), unit length."""
        ...

    def token_states(
        self,
        texts: Sequence[str],
        *,
        layer: int,
        most: int,
        path: Path | None = None,
        progress: Callable[[int], None] = ...,
    ) -> TokenStates:
        """Compute tokens after ``layer`` layers, each text cut to ``most`` tokens."""
        ...


class WideDeep(nn.Module):
    """The network: ``labels + hidden`` numbers for each gram, and a linear map of vectors."""

    def __init__(self, grams: int, vector: int, hidden: int, labels: int) -> None:
        super().__init__()
        self.labels = labels
        self.grams = nn.EmbeddingBag(max(1, grams), labels + hidden, mode="sum", sparse=True)
        self.vector = nn.Linear(vector, labels + hidden)
        self.drop = nn.Dropout(0.3)
        self.out = nn.Linear(hidden, labels)

    def forward(self, bags: tuple[Tensor, Tensor, Tensor], vectors: Tensor) -> Tensor:
        """Return logits: n bags, (n, vector) -> (n, labels)."""
        places, starts, weights = bags
        x = self.grams(places, starts, per_sample_weights=weights)  # (n, labels + hidden)
        x = x + self.vector(vectors)
        wide, deep = x[:, : self.labels], x[:, self.labels :]
        logits: Tensor = wide + self.out(self.drop(torch.relu(deep)))
        return logits


@dataclass
class TextHead:
    """A trained classifier. ``card`` says what it is, of what it was made and how well it does."""

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    mean: NDArray[np.float32]  # (vector,), of the training vectors
    scale: NDArray[np.float32]  # (vector,)
    linear: Linear
    networks: list[WideDeep]
    # Of the logits of the regression, the networks and the upper layers.
    shares: tuple[float, ...] = (0.5, 0.5)
    temperature: float = 1.0
    # Added to log chances before the best label is taken: it favours rare labels as macro-F1 does.
    leaning: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    longest: int = 3
    upper: Upper | None = None
    # What its vectors are: the encoder's own, or (0 < layer) the mean of tokens after that layer,
    # which knows more of how a thing is said.
    layer: int = 0
    card: dict[str, Any] = field(default_factory=dict)

    def bags(self, texts: Sequence[str]) -> Bags:
        """Count and weigh folded texts: (n,) -> n bags."""
        return self.vocabulary.bags(count_grams(texts, longest=self.longest))

    def read(
        self, encoder: Reader, texts: Sequence[str]
    ) -> tuple[NDArray[np.float32], TokenStates | None]:
        """Return of an encoder what this head looks at: (n, vector), and tokens or None."""
        if self.layer:
            states = encoder.token_states(texts, layer=self.layer, most=MOST_TOKENS)
            return states.means(), None
        return read(encoder, texts, self.upper)

    def chances(
        self,
        texts: Sequence[str],
        vectors: NDArray[np.float32],
        states: TokenStates | None = None,
    ) -> NDArray[np.float64]:
        """Return each label's chance: n folded texts and what was read of them -> (n, labels)."""
        logits = self.logits(self.bags(texts), vectors, states) / self.temperature
        logits -= logits.max(axis=1, keepdims=True)
        raw = np.exp(logits)
        return np.asarray(raw / raw.sum(axis=1, keepdims=True))

    def logits(
        self, bags: Bags, vectors: NDArray[np.float32], states: TokenStates | None = None
    ) -> NDArray[np.float64]:
        """Return the mixed logits: n bags, (n, vector), n texts' tokens -> (n, labels)."""
        total = np.zeros((len(bags), len(self.labels)))
        for share, logits in zip(self.shares, self.voices(bags, vectors, states), strict=True):
            total += share * logits
        return total

    def voices(
        self, bags: Bags, vectors: NDArray[np.float32], states: TokenStates | None = None
    ) -> list[NDArray[np.float64]]:
        """Return each reader's logits: n bags, (n, vector), n texts' tokens -> (n, labels) each."""
        found = [self.linear.logits(bags), self.deep_logits(bags, vectors)]
        if self.upper is not None:
            if states is None:
                raise ValueError("This head reads tokens. Ask it with ``read``.")
            found.append(self.upper.logits(states))
        return found

    def deep_logits(self, bags: Bags, vectors: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the networks' mean logits: n bags, (n, vector) -> (n, labels)."""
        scaled = self.scaled(vectors)
        total = np.zeros((len(bags), len(self.labels)))
        with torch.inference_mode():
            for start in range(0, len(bags), BATCH):
                rows = np.arange(start, min(start + BATCH, len(bags)))
                batch = bags.take(rows).tensors()
                for network in self.networks:
                    network.eval()
                    total[rows] += network(batch, scaled[rows]).double().numpy()
        return total / max(1, len(self.networks))

    def scaled(self, vectors: NDArray[np.float32]) -> Tensor:
        """Centre and scale vectors as training did: (n, vector) -> (n, vector)."""
        return torch.from_numpy((vectors - self.mean) / self.scale)

    def decide(self, chances: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the label's place for each row of chances: (n, labels) -> (n,)."""
        return (np.log(np.maximum(chances, 1e-12)) + self.leaning).argmax(axis=1)

    def save(self, directory: Path) -> None:
        """Write the head into a new directory, whole or not at all."""
        partial = directory.with_name(directory.name + ".partial")
        partial.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, NDArray[Any]] = {
            "keys": self.vocabulary.keys,
            "rarity": self.vocabulary.rarity,
            "mean": self.mean,
            "scale": self.scale,
            "leaning": self.leaning,
            "linear": self.linear.weights.half().numpy(),
            "numbers": np.array([self.temperature, self.longest, *self.shares], np.float64),
            "layer": np.array([self.layer], np.int64),
        }
        for number, network in enumerate(self.networks):
            for name, value in network.state_dict().items():
                half = value.half() if name.startswith("grams") else value
                arrays[f"{number}.{name}"] = half.contiguous().numpy()
        if self.upper is not None:
            arrays |= self.upper.arrays()
        save_file(arrays, partial / WEIGHTS)
        card = {**self.card, "labels": list(self.labels)}
        (partial / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1), "utf-8")
        partial.replace(directory)

    @classmethod
    def load(cls, directory: Path) -> TextHead:
        """Read a head back. Errors: ModelMissing with its remedy."""
        try:
            arrays = load_file(directory / WEIGHTS)
            card = json.loads((directory / CARD).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ModelMissing(
                f"There is no readable head in {directory.name}.", remedy="Train it again."
            ) from error
        temperature, longest, *shares = (float(one) for one in arrays["numbers"])
        labels = tuple(card["labels"])
        networks = [_network(arrays, number, len(labels)) for number in range(_count(arrays))]
        layer = int(arrays["layer"][0]) if "layer" in arrays else 0  # older heads have none
        return cls(
            labels, Vocabulary(arrays["keys"], arrays["rarity"]), arrays["mean"], arrays["scale"],
            Linear(torch.from_numpy(arrays["linear"]).float()), networks, tuple(shares),
            temperature, arrays["leaning"], int(longest), Upper.read(arrays), layer, card,
        )  # fmt: skip


def read(
    encoder: Reader, texts: Sequence[str], upper: Upper | None, **kept: Any
) -> tuple[NDArray[np.float32], TokenStates | None]:
    """Return of an encoder what a head looks at: each text's vector, and tokens or None."""
    if upper is None:
        return encoder.encode_documents(texts), None
    shape = upper.shape
    states = encoder.token_states(texts, layer=shape.base, most=shape.most, **kept)
    return states.means(), states


def _count(arrays: dict[str, NDArray[Any]]) -> int:
    return len({name.split(".")[0] for name in arrays if name[0].isdigit()})


def _network(arrays: dict[str, NDArray[Any]], number: int, labels: int) -> WideDeep:
    rows, width = arrays[f"{number}.grams.weight"].shape
    network = WideDeep(rows, arrays["mean"].shape[0], width - labels, labels)
    prefix = f"{number}."
    state = {
        name.removeprefix(prefix): torch.from_numpy(value).float()
        for name, value in arrays.items()
        if name.startswith(prefix)
    }
    network.load_state_dict(state)
    return network.eval()
