"""From a spec to a loaded model."""

from __future__ import annotations

import torch
from transformers import AutoModel

from shopguide.inference.bert import can_pack
from shopguide.inference.crossencoder import CrossEncoder
from shopguide.inference.encoder import Encoder, EncoderSpec
from shopguide.inference.loading import Source
from shopguide.inference.packed import PackedEncoder
from shopguide.inference.rerank import Reranker, RerankerSpec
from shopguide.inference.transformer import TransformerEncoder


def build_encoder(spec: EncoderSpec) -> Encoder:
    """Load the encoder that a spec describes.

    BERT-shaped models on a CPU run packed; every other model runs in transformers.
    Errors: ModelMissing, ModelTampered, ModelUnsupported. Cost: about 2 s after torch's import,
    and the weights' memory.
    """
    source = Source(spec.model, revision=spec.revision, offline=spec.offline)
    if spec.device != "cpu":
        return TransformerEncoder(spec, source)
    torch.set_num_threads(spec.threads)
    model = source.load(AutoModel, dtype="auto")
    if can_pack(model):
        return PackedEncoder(spec, source, model)
    return TransformerEncoder(spec, source, model)


def build_reranker(spec: RerankerSpec) -> Reranker:
    """Load the reranker that a spec describes.

    Errors: ModelMissing, ModelTampered, ModelUnsupported.
    """
    return CrossEncoder(spec)
