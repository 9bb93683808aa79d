"""Write a taught encoder as a model directory that loads like any other, and its card.

One directory a version, whole or not at all: safetensors, the tokenizer, how to pool, a manifest
with each file's SHA-256, and the card. The name is the base's id and a hash of the weights, so
vectors of two versions are never taken for each other's.
"""

from __future__ import annotations

import hashlib
import json
import math
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoModel

from shopguide.inference.building import build_encoder
from shopguide.inference.contrast.tower import Tower
from shopguide.inference.encoder import Encoder, EncoderSpec
from shopguide.inference.errors import EncodingFailed
from shopguide.inference.loading import Source
from shopguide.inference.states import check_space
from shopguide.inference.upper import Layer
from shopguide.inference.weights import MANIFEST, sha256_of

CARD = "card.json"
COPIED = (
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "modules.json",
    "sentence_bert_config.json", "1_Pooling/config.json", "2_Normalize/config.json",
)  # fmt: skip
REMEDY = "Put another version in use: python manage.py versions encoder"
AGREEING = 0.995  # mean cosine of what was judged and what is served
JOIN = "+"


def write(encoder: Encoder, tower: Tower, shelf: Path) -> Path:
    """Write a version without its card; return its directory, which ends in ``.partial``.

    Errors: NoSpace. Cost: the size of the base's files.
    """
    spec = encoder.spec
    source = Source(spec.model, revision=spec.revision, offline=spec.offline)
    shelf.mkdir(parents=True, exist_ok=True)
    model: Any = source.load(AutoModel, dtype="auto")
    check_space(shelf / "x", sum(one.numel() * one.element_size() for one in model.parameters()))
    for layer, mine in zip(model.encoder.layer[tower.shape.base :], tower.layers, strict=True):
        put(layer, mine)  # type: ignore[arg-type]
    partial = shelf / f"{encoder.id}{JOIN}{fingerprint(tower)}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    model.save_pretrained(partial, safe_serialization=True)
    for name in COPIED:
        found = source.file(name)
        if found is not None:
            (partial / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(found, partial / name)
    return partial


def finish(partial: Path, card: dict[str, Any]) -> Path:
    """Put the card and the manifest beside the weights; from then on it is a version."""
    files = [one for one in sorted(partial.rglob("*")) if one.is_file()]
    manifest = {
        "source": f"taught from {card['base']}",
        "remedy": REMEDY,
        "files": {str(one.relative_to(partial)): sha256_of(one) for one in files},
    }
    (partial / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    text = json.dumps(card, ensure_ascii=False, indent=1)
    (partial / CARD).write_text(text + "\n", "utf-8")
    directory = partial.with_name(card["version"])
    shutil.rmtree(directory, ignore_errors=True)
    partial.replace(directory)
    return directory


def version_of(partial: Path) -> str:
    """Return the name that a directory will have."""
    return partial.name.removesuffix(".partial")


def spec_of(encoder: Encoder, directory: Path) -> EncoderSpec:
    """Describe a version as its base is described."""
    return replace(encoder.spec, model=directory, name=version_of(directory), revision=None)


def check(encoder: Encoder, partial: Path, texts: list[str], wanted: Any) -> float:
    """Load what was written and compare its documents with what was judged: n texts, (n, d).

    Errors: EncodingFailed where it is something else.
    """
    served = build_encoder(spec_of(encoder, partial)).encode_documents(texts)
    agreement = float((served * wanted).sum(axis=1).mean())
    if not agreement >= AGREEING:
        raise EncodingFailed(f"What was written reaches only cosine {agreement:.4f} to the judged.")
    return agreement


def fingerprint(tower: Tower) -> str:
    """Return a short hash of the weights."""
    digest = hashlib.sha256()
    for name, value in sorted(tower.state_dict().items()):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(value.numpy()).tobytes())
    return digest.hexdigest()[:8]


def put(theirs: Any, mine: Layer) -> None:
    """Write a layer's weights into the transformers layer that it was copied from."""
    looking, output = theirs.attention.self, theirs.attention.output
    hidden = mine.mix.weight.shape[0]
    scale = math.sqrt(looking.attention_head_size)
    with torch.no_grad():
        for place, (to, by) in enumerate(
            ((looking.query, scale), (looking.key, 1.0), (looking.value, 1.0))
        ):
            rows = slice(place * hidden, (place + 1) * hidden)
            to.weight.copy_(mine.qkv.weight[rows] * by)
            to.bias.copy_(mine.qkv.bias[rows] * by)
        for to, plain in (
            (output.dense, mine.mix), (theirs.intermediate.dense, mine.widen),
            (theirs.output.dense, mine.narrow), (output.LayerNorm, mine.norm_mixed),
            (theirs.output.LayerNorm, mine.norm_fed),
        ):  # fmt: skip
            to.weight.copy_(plain.weight)
            to.bias.copy_(plain.bias)
