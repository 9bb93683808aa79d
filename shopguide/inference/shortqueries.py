"""One short query at a time through CTranslate2, for those who install that package.

For ``PackedEncoder`` with ``query_runtime="ctranslate2"``. Torch spends most of a short query on
starting its operators; one compiled loop over the same weights takes 0.4 of the time (5.1 against
12.2 CPU-ms on a busy machine). For many tokens torch's packed batches are the faster ones, so
documents never come here. Builds its file once beside the model, from weights already loaded.
"""

from __future__ import annotations

import importlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from transformers import PreTrainedModel

from shopguide.inference.errors import ModelUnsupported

PACKAGE = "ctranslate2"
REMEDY = "Run: pip install -r requirements/fast.in (or use query_runtime torch)."


class ShortQueries:
    """Run an 8-bit CTranslate2 encoder on one text's tokens."""

    def __init__(self, directory: Path, model: PreTrainedModel, *, threads: int) -> None:
        package = _package()
        built = directory / f"{PACKAGE}-{package.__version__}"
        if not (built / "model.bin").is_file():
            _build(package, model, built)
        self.encoder = package.Encoder(
            str(built), device="cpu", compute_type="int8", intra_threads=threads, inter_threads=1
        )

    def __call__(self, ids: Sequence[int]) -> Tensor:
        """Compute hidden states: t token ids -> (t, hidden), fp32."""
        output = self.encoder.forward_batch([list(ids)])
        return torch.from_numpy(np.array(output.last_hidden_state, np.float32)[0])


def _package() -> Any:
    try:
        return importlib.import_module(PACKAGE)
    except ImportError as error:
        raise ModelUnsupported(f"{PACKAGE} is not installed.", remedy=REMEDY) from error


def _build(package: Any, model: PreTrainedModel, target: Path) -> None:
    """Write the weights in CTranslate2's form; a crash leaves nothing behind that is loaded."""
    with tempfile.TemporaryDirectory(prefix=f".{PACKAGE}-", dir=target.parent) as scratch:
        spec = _specification(package, model)
        spec.validate()
        spec.optimize(quantization="int8")
        spec.save(scratch)
        ready = Path(scratch) / "ready"
        ready.mkdir(mode=0o755)
        for file in Path(scratch).glob("*.*"):
            file.chmod(0o644)
            file.rename(ready / file.name)
        shutil.rmtree(target, ignore_errors=True)
        ready.rename(target)


def _specification(package: Any, model: Any) -> Any:
    """Name every weight as CTranslate2 does (its ``BertModel`` layout)."""
    specs, config = package.specs, model.config
    common = importlib.import_module(f"{PACKAGE}.specs.common_spec")
    encoder = importlib.import_module(f"{PACKAGE}.specs.transformer_spec").TransformerEncoderSpec(
        config.num_hidden_layers,
        config.num_attention_heads,
        pre_norm=False,
        activation=common.Activation.GELU,
        layernorm_embedding=True,
        num_source_embeddings=2,
        embeddings_merge=common.EmbeddingsMerge.ADD,
    )
    spec = specs.TransformerEncoderModelSpec(encoder)
    encoder.scale_embeddings = False
    embeddings = model.embeddings
    encoder.embeddings[0].weight = _array(embeddings.word_embeddings.weight)
    encoder.embeddings[1].weight = _array(embeddings.token_type_embeddings.weight)
    encoder.position_encodings.encodings = _array(embeddings.position_embeddings.weight)
    _norm(encoder.layernorm_embedding, embeddings.LayerNorm)
    for layer_spec, layer in zip(encoder.layer, model.encoder.layer, strict=True):
        _layer(layer_spec, layer)
    spec.register_vocabulary([str(number) for number in range(config.vocab_size)])
    spec.config.unk_token = "0"  # noqa: S105 (a word of the vocabulary)
    spec.config.layer_norm_epsilon = config.layer_norm_eps
    return spec


def _layer(spec: Any, layer: Any) -> None:
    looking, output = layer.attention.self, layer.attention.output
    _linear(spec.self_attention.linear[0], looking.query, looking.key, looking.value)
    _linear(spec.self_attention.linear[1], output.dense)
    _norm(spec.self_attention.layer_norm, output.LayerNorm)
    _linear(spec.ffn.linear_0, layer.intermediate.dense)
    _linear(spec.ffn.linear_1, layer.output.dense)
    _norm(spec.ffn.layer_norm, layer.output.LayerNorm)


def _linear(spec: Any, *parts: Any) -> None:
    spec.weight = np.concatenate([_array(part.weight) for part in parts])
    spec.bias = np.concatenate([_array(part.bias) for part in parts])


def _norm(spec: Any, norm: Any) -> None:
    spec.gamma, spec.beta = _array(norm.weight), _array(norm.bias)


def _array(weights: Tensor) -> np.ndarray:
    return weights.detach().float().numpy()
