"""A reranker on a transformers sequence classifier with one output (a cross-encoder)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from transformers import AutoModelForSequenceClassification, PreTrainedModel

from shopguide.inference.errors import ModelUnsupported
from shopguide.inference.loading import Source, check_device
from shopguide.inference.packing import plan_batches
from shopguide.inference.rerank import Reranker, RerankerSpec, Scores

BATCH_TOKENS = 2048


class CrossEncoder(Reranker):
    """Read query and document together. Nogueira & Cho 2019, "Passage re-ranking with BERT"."""

    def __init__(self, spec: RerankerSpec) -> None:
        super().__init__()
        check_device(spec.device)
        source = Source(spec.model, revision=spec.revision, offline=spec.offline)
        self.id, self.device = spec.label, spec.device
        self.tokenizer = source.tokenizer(spec.max_tokens)
        # The document gives way, never the query.
        self.tokenizer.enable_truncation(spec.max_tokens, strategy="only_second")
        self.query_tokenizer = source.tokenizer(spec.max_tokens // 2)
        dtype = torch.bfloat16 if spec.dtype == "bf16" else torch.float32
        if spec.device == "cpu":
            torch.set_num_threads(spec.threads)
        loaded: Any = source.load(AutoModelForSequenceClassification, dtype=dtype)
        self.model: PreTrainedModel = loaded.to(spec.device)
        if self.model.config.num_labels != 1:
            raise ModelUnsupported(f"{spec.label} is a classifier and not a reranker.")
        self.padding = self.model.config.pad_token_id or 0

    def _score(self, query: str, documents: list[str]) -> Scores:
        query = self._shortened(query)
        pairs = self.tokenizer.encode_batch([(query, document) for document in documents])
        scores = np.empty(len(documents), np.float32)
        for batch in plan_batches([len(pair.ids) for pair in pairs], BATCH_TOKENS):
            scores[batch] = self._forward(
                [pairs[index].ids for index in batch], [pairs[index].type_ids for index in batch]
            )
        return scores

    def _shortened(self, query: str) -> str:
        """Cut a query that would leave its documents no room."""
        encoding = self.query_tokenizer.encode(query, add_special_tokens=False)
        return query[: encoding.offsets[-1][1]] if encoding.overflowing else query

    @torch.inference_mode()
    def _forward(self, ids: Sequence[list[int]], types: Sequence[list[int]]) -> Scores:
        longest = max(map(len, ids))
        gaps = [longest - len(row) for row in ids]
        inputs = {
            "input_ids": [row + [self.padding] * gap for row, gap in zip(ids, gaps, strict=True)],
            "attention_mask": [[1] * (longest - gap) + [0] * gap for gap in gaps],
        }
        if getattr(self.model.config, "type_vocab_size", 0) > 1:
            inputs["token_type_ids"] = [
                row + [0] * gap for row, gap in zip(types, gaps, strict=True)
            ]
        tensors = {name: torch.tensor(rows, device=self.device) for name, rows in inputs.items()}
        logits: torch.Tensor = self.model(**tensors).logits
        return logits[:, 0].float().cpu().numpy()
