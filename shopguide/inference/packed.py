"""The default encoder on a CPU: a BERT-shaped model on packed tokens, 8-bit where that is exact.

For workers. Chooses the number format once, at load; never changes a vector by its neighbours.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import PreTrainedModel

from shopguide.inference.bert import PackedBert, pool
from shopguide.inference.calibration import CALIBRATION_TEXTS, CHECK_TEXTS
from shopguide.inference.encoder import EncoderSpec, NumberFormat
from shopguide.inference.errors import ModelUnsupported
from shopguide.inference.loading import Source, number_format
from shopguide.inference.quantizing import quantized
from shopguide.inference.transformer import TextEncoder

logger = logging.getLogger(__name__)

LOWEST_COSINE = 0.998  # of any check text; their mean must reach MEAN_COSINE
MEAN_COSINE = 0.999


class PackedEncoder(TextEncoder):
    """Run a BERT-shaped model without padding, in fp32, bf16 or int8.

    The id names the model and not the number format: formats are kept only while their vectors
    agree with fp32 (cosine .999 on texts that calibration has not seen), so vectors from
    processors of different kinds may be compared.
    """

    batch_tokens = 1024  # 128, 256, 512, 1,024: 2.9, 3.3, 3.9, 4.2 thousand tokens a CPU-second

    def __init__(self, spec: EncoderSpec, source: Source, model: PreTrainedModel) -> None:
        super().__init__(spec, source)
        self.format: NumberFormat = number_format(spec.dtype, "cpu")
        self.agreement = 1.0
        with torch.no_grad():
            dtype = torch.bfloat16 if self.format == "bf16" else torch.float32
            self.model = PackedBert(model, dtype)
            if self.format == "int8":
                self._quantize()

    def pooled(self, ids: Sequence[Sequence[int]]) -> Tensor:
        """Compute one vector a text: n token id lists, equal lengths together -> (n, hidden)."""
        hidden, runs = self.model(ids)
        return pool(hidden, runs, self.pooling)

    def _quantize(self) -> None:
        """Go over to 8-bit layers if their vectors agree with the fp32 ones."""
        checks, exact_layers = self._sorted_ids(CHECK_TEXTS), self.model.layers
        exact = self.pooled(checks)
        self.model.layers = [*quantized(self.model, self._sorted_ids(CALIBRATION_TEXTS))]
        cosines = F.cosine_similarity(exact, self.pooled(checks))
        self.agreement = cosines.mean().item()
        if cosines.min().item() >= LOWEST_COSINE and self.agreement >= MEAN_COSINE:
            return
        reason = f"8-bit vectors of {self.id} reach only cosine {self.agreement:.4f} to fp32."
        if self.spec.dtype == "int8":
            raise ModelUnsupported(reason, remedy="Use dtype auto or fp32.")
        logger.warning("%s Computing in fp32.", reason)
        self.model.layers, self.format, self.agreement = exact_layers, "fp32", 1.0

    def _sorted_ids(self, texts: Sequence[str]) -> list[list[int]]:
        asked = self.token_ids(texts, self.spec.query_prompt)
        written = self.token_ids(texts, self.spec.document_prompt)
        return sorted(asked[::2] + written[1::2], key=len)
