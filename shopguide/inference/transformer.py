"""The reference encoder: any transformers text encoder, on a CPU or a GPU.

For every model that ``bert`` cannot compute itself, for GPUs, and for comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from transformers import AutoModel, PreTrainedModel

from shopguide.inference.bert import pool
from shopguide.inference.encoder import Encoder, EncoderSpec, NumberFormat, Vectors, clean
from shopguide.inference.errors import ModelUnsupported
from shopguide.inference.loading import Source, check_device, number_format
from shopguide.inference.packing import Run, plan_batches
from shopguide.inference.states import TokenStates, cut_middle

CPU_BATCH_TOKENS = 1024
GPU_BATCH_TOKENS = 16384


class TextEncoder(Encoder):
    """What encoders with a tokenizer share: counting, batching by tokens, restoring order."""

    batch_tokens = CPU_BATCH_TOKENS

    def __init__(self, spec: EncoderSpec, source: Source) -> None:
        super().__init__(spec)
        self.id = spec.label
        self.pooling = source.pooling()
        self.tokenizer = source.tokenizer(spec.max_tokens)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens that each text costs as a document, after truncation."""
        cleaned = [clean(text) for text in texts]
        return [len(ids) for ids in self.token_ids(cleaned, self.spec.document_prompt)]

    def token_ids(self, texts: Sequence[str], prompt: str) -> list[list[int]]:
        """Turn texts into token ids with the model's special tokens around them."""
        if len(texts) == 1:
            return [self.tokenizer.encode(prompt + texts[0]).ids]
        prompted = [prompt + text for text in texts]
        return [encoding.ids for encoding in self.tokenizer.encode_batch_fast(prompted)]

    def _encode(self, texts: list[str], prompt: str) -> Vectors:
        ids = self.token_ids(texts, prompt)
        with torch.inference_mode():
            if len(ids) == 1:
                return self.pooled(ids).numpy()
            rows = np.empty((len(ids), self.dimensions), np.float32)
            for batch in plan_batches([len(row) for row in ids], self.batch_tokens):
                vectors = self.pooled([ids[index] for index in batch])
                rows[batch] = vectors[:, : self.dimensions].numpy()
        return rows

    def encode_queries_twice(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Encode queries, and each one's mean token after two thirds of the layers: two passes."""
        vectors, most = self.encode_queries(texts), self.spec.max_tokens
        if not texts:
            return vectors, np.zeros((0, 0), np.float32)
        states = self.token_states(texts, layer=self.upper_middle, most=most, asked=True)
        return vectors, states.means()

    @property
    def upper_middle(self) -> int:
        """Return how many layers two thirds of them are."""
        return max(1, round(self.depth * 2 / 3))

    @property
    def depth(self) -> int:
        """Return how many layers there are."""
        raise NotImplementedError

    def pooled(self, ids: Sequence[Sequence[int]]) -> Tensor:
        """Compute one vector a text: n token id lists, shortest first -> (n, hidden), fp32."""
        raise NotImplementedError

    def lower(self, ids: Sequence[Sequence[int]], layer: int) -> Tensor:
        """Run the first layers: n token id lists, shortest first -> (t, hidden), fp32."""
        raise NotImplementedError

    def token_states(
        self,
        texts: Sequence[str],
        *,
        layer: int,
        most: int,
        path: Path | None = None,
        progress: Callable[[int], None] = lambda done: None,
        asked: bool = False,
    ) -> TokenStates:
        """Compute documents' tokens after ``layer`` layers, each text cut to ``most`` tokens.

        ``asked``: texts are queries. They are kept in half precision, in memory or in the file
        ``path``: 0.8 kB a token. ``progress`` hears after each batch how many texts are done.
        """
        prompt = self.spec.query_prompt if asked else self.spec.document_prompt
        found = self.token_ids([clean(text) for text in texts], prompt)
        ids = [cut_middle(one, most) for one in found]
        lengths = [len(one) for one in ids]
        with self._lock, torch.inference_mode():
            states: TokenStates | None = None
            done = 0
            for batch in plan_batches(lengths, self.batch_tokens):
                x = self.lower([ids[place] for place in batch], layer)
                if states is None:
                    states = TokenStates.empty(lengths, x.shape[1], path)
                states.put(batch, x)
                progress(done := done + len(batch))
        return states or TokenStates.empty([], 1)


class TransformerEncoder(TextEncoder):
    """Run a transformers model on padded batches of texts of similar length."""

    def __init__(
        self, spec: EncoderSpec, source: Source, model: PreTrainedModel | None = None
    ) -> None:
        super().__init__(spec, source)
        check_device(spec.device)
        if spec.dtype == "int8":
            raise ModelUnsupported(
                f"{spec.label} has no 8-bit form here.", remedy="Use dtype auto, bf16 or fp32."
            )
        wanted = number_format(spec.dtype, spec.device)
        self.format: NumberFormat = "bf16" if wanted == "bf16" else "fp32"
        dtype = torch.bfloat16 if self.format == "bf16" else torch.float32
        model = model or source.load(AutoModel, dtype=dtype)
        on_device: Any = model  # torch wraps `to` in a way its types do not survive
        self.model: PreTrainedModel = on_device.to(device=spec.device, dtype=dtype)
        self.padding = self.model.config.pad_token_id or 0
        if spec.device != "cpu":
            self.batch_tokens = GPU_BATCH_TOKENS

    def pooled(self, ids: Sequence[Sequence[int]]) -> Tensor:
        """Compute one vector a text: n token id lists -> (n, hidden), fp32."""
        hidden = self._padded(ids).last_hidden_state
        rows = [
            pool(states[: len(row)], [Run(0, 1, len(row))], self.pooling)
            for states, row in zip(hidden, ids, strict=True)
        ]
        return torch.cat(rows).cpu()

    @property
    def depth(self) -> int:
        """Return how many layers there are."""
        return int(self.model.config.num_hidden_layers)

    def lower(self, ids: Sequence[Sequence[int]], layer: int) -> Tensor:
        """Run all layers, keep what the first ones gave: n token id lists -> (t, hidden), fp32."""
        hidden = self._padded(ids, output_hidden_states=True).hidden_states[layer]
        rows = [states[: len(row)] for states, row in zip(hidden, ids, strict=True)]
        return torch.cat(rows).float().cpu()

    def _padded(self, ids: Sequence[Sequence[int]], **asked: bool) -> Any:
        longest = max(map(len, ids))
        padded = [[*row, *[self.padding] * (longest - len(row))] for row in ids]
        mask = [[1] * len(row) + [0] * (longest - len(row)) for row in ids]
        return self.model(
            input_ids=torch.tensor(padded, device=self.spec.device),
            attention_mask=torch.tensor(mask, device=self.spec.device),
            **asked,
        )
