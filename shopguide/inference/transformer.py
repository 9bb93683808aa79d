"""The reference encoder: any transformers text encoder, in length-sorted padded batches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModel
from transformers.utils import cached_file

from shopguide.inference.encoder import Encoder, EncoderSpec, Vectors

BATCH_TOKENS = 1024


class TransformerEncoder(Encoder):
    """Run a transformers model."""

    def __init__(self, spec: EncoderSpec) -> None:
        super().__init__(spec)
        self.id = spec.label
        torch.set_num_threads(spec.threads)
        path = cached_file(str(spec.model), "tokenizer.json", local_files_only=spec.offline)
        self.tokenizer = Tokenizer.from_file(path)
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(spec.max_tokens)
        self.tokenizer.encode_special_tokens = True
        self.model = AutoModel.from_pretrained(
            str(spec.model),
            local_files_only=spec.offline,
            dtype=torch.float32,
            use_safetensors=True,
        ).eval()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count tokens as documents."""
        batch = [self.spec.document_prompt + text for text in texts]
        return [len(e.ids) for e in self.tokenizer.encode_batch_fast(batch)]

    @torch.inference_mode()
    def _encode(self, texts: list[str], prompt: str) -> Vectors:
        ids = [e.ids for e in self.tokenizer.encode_batch_fast([prompt + text for text in texts])]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        out = np.empty((len(ids), self.model.config.hidden_size), np.float32)
        batch: list[int] = []
        for i in order:
            if batch and (len(batch) + 1) * len(ids[i]) > BATCH_TOKENS:
                out[batch] = self._forward([ids[j] for j in batch])
                batch = []
            batch.append(i)
        out[batch] = self._forward([ids[j] for j in batch])
        return out

    def _forward(self, ids: list[list[int]]) -> Vectors:
        longest = max(map(len, ids))
        tokens = torch.tensor([row + [1] * (longest - len(row)) for row in ids])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
        hidden = self.model(input_ids=tokens, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).float()
        return ((hidden * weights).sum(1) / weights.sum(1)).numpy()
