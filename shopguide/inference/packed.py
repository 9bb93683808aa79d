"""The default encoder on a CPU: a BERT-shaped model on packed tokens, 8-bit where that is exact.

For workers. Chooses the number format once, at load; never changes a vector by its neighbours.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import AutoModel, PreTrainedModel

from shopguide.inference.bert import FloatLayer, PackedBert, attention, pool
from shopguide.inference.calibration import CALIBRATION_TEXTS, CHECK_TEXTS
from shopguide.inference.encoder import EncoderSpec, NumberFormat, Vectors, clean, unit_rows
from shopguide.inference.errors import ModelUnsupported
from shopguide.inference.loading import Source, number_format
from shopguide.inference.packing import Run, plan_batches, runs_of
from shopguide.inference.quantizing import quantized
from shopguide.inference.shortqueries import ShortQueries
from shopguide.inference.transformer import TextEncoder
from shopguide.inference.upper import Shape, Upper

logger = logging.getLogger(__name__)

LOWEST_COSINE = 0.998  # of any check text; their mean must reach MEAN_COSINE
MEAN_COSINE = 0.999
SHORT_QUERY = 64  # tokens


class PackedEncoder(TextEncoder):
    """Run a BERT-shaped model without padding, in fp32, bf16 or int8.

    The id names the model and not the number format: formats are kept only while their vectors
    agree with fp32 (cosine .999 on texts that calibration has not seen), so vectors from
    processors of different kinds may be compared.
    """

    batch_tokens = 1024  # 128, 256, 512, 1,024: 2.9, 3.3, 3.9, 4.2 thousand tokens a CPU-second

    def __init__(self, spec: EncoderSpec, source: Source, model: PreTrainedModel) -> None:
        super().__init__(spec, source)
        self.source = source
        self.format: NumberFormat = number_format(spec.dtype, "cpu")
        self.agreement = 1.0
        self.short_queries: ShortQueries | None = None
        with torch.no_grad():
            dtype = torch.bfloat16 if self.format == "bf16" else torch.float32
            self.model = PackedBert(model, dtype)
            if spec.query_runtime == "ctranslate2":
                self._take_short_queries(source, model)
            if self.format == "int8":
                self._quantize()

    def pooled(self, ids: Sequence[Sequence[int]]) -> Tensor:
        """Compute one vector a text: n token id lists, equal lengths together -> (n, hidden)."""
        hidden, runs = self.model(ids)
        return pool(hidden, runs, self.pooling)

    def encode_queries_twice(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Encode queries, and average each one's tokens on the way, in the same pass.

        Two passes where another runtime encodes queries, for it shows no layers.
        """
        if self.short_queries is not None or not texts:
            return super().encode_queries_twice(texts)
        ids = self.token_ids([clean(text) for text in texts], self.spec.query_prompt)
        with self._lock, torch.inference_mode():
            batches = [*plan_batches([len(one) for one in ids], self.batch_tokens)]
            parts = [self._pooled_twice([ids[place] for place in batch]) for batch in batches]
        order = np.argsort(np.concatenate(batches))
        both = np.concatenate(parts, axis=1)[:, order]  # (2, n, hidden)
        return unit_rows(both[0][:, : self.dimensions]), both[1]

    def _pooled_twice(self, ids: Sequence[Sequence[int]]) -> Vectors:
        """Return last and middle vectors: n token id lists -> (2, n, hidden)."""
        model, runs = self.model, runs_of([len(one) for one in ids])
        x, middle = model.embed(ids).to(model.dtype), torch.empty(0)
        for number, layer in enumerate(model.layers, start=1):
            x = layer(x, lambda qkv: attention(qkv, runs, model.heads))
            if number == self.upper_middle:
                middle = pool(x, runs, "mean")
        return torch.stack([pool(x, runs, self.pooling), middle]).numpy()

    @property
    def depth(self) -> int:
        """Return how many layers there are."""
        return len(self.model.layers)

    def lower(self, ids: Sequence[Sequence[int]], layer: int) -> Tensor:
        """Run the first layers: n token id lists, shortest first -> (t, hidden), fp32."""
        model, runs = self.model, runs_of([len(one) for one in ids])
        x = model.embed(ids).to(model.dtype)
        for one in model.layers[:layer]:
            x = one(x, lambda qkv: attention(qkv, runs, model.heads))
        return x.float()

    def upper(self, *, layers: int, labels: int, most: int, seed: int) -> Upper | None:
        """Load the uppermost layers, at most all, in full precision, to train on from them."""
        layers = min(layers, len(self.model.layers))
        first = len(self.model.layers) - layers
        model: Any = self.source.load(AutoModel, dtype=torch.float32)
        lent = [FloatLayer(layer, torch.float32) for layer in model.encoder.layer[first:]]
        config = model.config
        shape = Shape(
            base=first, layers=layers, hidden=config.hidden_size, inner=config.intermediate_size,
            heads=config.num_attention_heads, labels=labels, epsilon=config.layer_norm_eps,
            most=most,
        )  # fmt: skip
        return Upper.over(lent, shape, seed)

    def _encode(self, texts: list[str], prompt: str) -> Vectors:
        if self.short_queries is None or prompt != self.spec.query_prompt:
            return super()._encode(texts, prompt)
        # One by one, so that a query's vector does not depend on who asks beside it.
        with torch.inference_mode():
            return np.concatenate([self._query(ids) for ids in self.token_ids(texts, prompt)])

    def _query(self, ids: list[int]) -> Vectors:
        if self.short_queries is None or len(ids) > SHORT_QUERY:
            return self.pooled([ids]).numpy()
        return pool(self.short_queries(ids), [Run(0, 1, len(ids))], self.pooling).numpy()

    def _quantize(self) -> None:
        """Go over to 8-bit layers if their vectors agree with the fp32 ones."""
        checks, exact_layers = self._sorted_ids(CHECK_TEXTS), self.model.layers
        exact = self.pooled(checks)
        self.model.layers = [*quantized(self.model, self._sorted_ids(CALIBRATION_TEXTS))]
        reason = self._disagreement(exact, self.pooled(checks))
        if reason and self.spec.dtype == "int8":
            raise ModelUnsupported(reason, remedy="Use dtype auto or fp32.")
        if reason:
            logger.warning("%s Computing in fp32.", reason)
            self.model.layers, self.format, self.agreement = exact_layers, "fp32", 1.0

    def _take_short_queries(self, source: Source, model: PreTrainedModel) -> None:
        """Load the other runtime if its vectors agree with the fp32 ones."""
        if source.directory is None or self.spec.query_prompt == self.spec.document_prompt:
            raise ModelUnsupported(
                "query_runtime ctranslate2 needs a model directory and a query prompt of its own."
            )
        runtime = ShortQueries(source.directory, model, threads=self.spec.threads)
        checks = self.token_ids(CHECK_TEXTS, self.spec.query_prompt)
        exact = torch.cat([self.pooled([ids]) for ids in checks])
        runs = [[Run(0, 1, len(ids))] for ids in checks]
        theirs = [
            pool(runtime(ids), run, self.pooling) for ids, run in zip(checks, runs, strict=True)
        ]
        if reason := self._disagreement(exact, torch.cat(theirs)):
            raise ModelUnsupported(reason, remedy="Use query_runtime torch.")
        self.short_queries = runtime

    def _disagreement(self, exact: Tensor, vectors: Tensor) -> str:
        """Say how vectors miss the agreement with fp32 that lets them share an id, if they do."""
        cosines = F.cosine_similarity(exact, vectors)
        self.agreement = min(self.agreement, cosines.mean().item())
        if cosines.min().item() >= LOWEST_COSINE and cosines.mean().item() >= MEAN_COSINE:
            return ""
        return f"8-bit vectors of {self.id} reach only cosine {cosines.mean():.4f} to fp32."

    def _sorted_ids(self, texts: Sequence[str]) -> list[list[int]]:
        asked = self.token_ids(texts, self.spec.query_prompt)
        written = self.token_ids(texts, self.spec.document_prompt)
        return sorted(asked[::2] + written[1::2], key=len)
