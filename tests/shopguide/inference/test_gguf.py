"""GGUF: floats come back from their blocks, a model is the same after the way there and back."""

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM

from shopguide.inference.converting_causal import convert_llama
from shopguide.inference.errors import ModelUnsupported
from shopguide.inference.gguf import GGUFFile

STRING, ARRAY, WORD, FLOAT = 8, 9, 4, 6
F32, F16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0 = 0, 1, 2, 3, 6, 7, 8


def text(said: str) -> bytes:
    """Return a string as GGUF writes it."""
    return struct.pack("<Q", len(said.encode())) + said.encode()


def value(said: Any) -> bytes:
    """Return a value with its kind before it."""
    if isinstance(said, str):
        return struct.pack("<I", STRING) + text(said)
    if isinstance(said, list):
        inner = value(said[0])[:4]
        return struct.pack("<I", ARRAY) + inner + struct.pack("<Q", len(said)) + b"".join(
            value(one)[4:] for one in said
        )  # fmt: skip
    if isinstance(said, float):
        return struct.pack("<If", FLOAT, said)
    return struct.pack("<II", WORD, said)


def write(path: Path, meta: dict[str, Any], tensors: dict[str, tuple[int, Any, bytes]]) -> Path:
    """Write a GGUF file: metadata, and tensors as kind, shape and bytes."""
    head = struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(meta))
    for key, said in meta.items():
        head += text(key) + value(said)
    body = b""
    for name, (kind, shape, raw) in tensors.items():
        head += text(name) + struct.pack("<I", len(shape))
        head += struct.pack(f"<{len(shape)}Q", *reversed(shape))
        head += struct.pack("<IQ", kind, len(body))
        body += raw + b"\0" * (-len(raw) % 32)
    path.write_bytes(head + b"\0" * (-len(head) % 32) + body)
    return path


def packed(kind: int, rows: np.ndarray) -> bytes:
    """Put blocks of 32 weights into a kind's bytes, as ggml does."""
    blocks, raw = rows.astype(np.float32).reshape(-1, 32), b""
    for one in blocks:
        low, high = float(one.min()), float(one.max())
        if kind == Q8_0:
            scale = max(abs(low), abs(high)) / 127
            raw += np.float16(scale).tobytes() + np.rint(one / scale).astype("i1").tobytes()
            continue
        bits = 4 if kind in (Q4_0, Q4_1) else 5
        from_least = kind in (Q4_1, Q5_1)
        half = 2 ** (bits - 1)
        scale = (
            (high - low) / (2**bits - 1) if from_least else max(abs(low), abs(high)) / (half - 1)
        )
        whole = np.rint((one - low) / scale) if from_least else np.rint(one / scale) + half
        whole = whole.clip(0, 2**bits - 1).astype(np.uint8)
        raw += np.float16(scale).tobytes() + (np.float16(low).tobytes() if from_least else b"")
        if bits == 5:
            raw += np.packbits(whole >> 4, bitorder="little").tobytes()
        raw += ((whole[:16] & 15) | ((whole[16:] & 15) << 4)).tobytes()
    return raw


@pytest.mark.parametrize(
    ("kind", "step"), [(Q4_0, 0.15), (Q4_1, 0.14), (Q5_0, 0.07), (Q5_1, 0.07), (Q8_0, 0.01)]
)
def test_blocks_come_back_within_half_a_step(tmp_path: Path, kind: int, step: float) -> None:
    """Every kind of block, rows in their order, the first half of a block first."""
    rows = np.linspace(-1, 1, 128).reshape(2, 64)
    path = write(tmp_path / "a.gguf", {"x": 1}, {"w": (kind, rows.shape, packed(kind, rows))})
    found = GGUFFile(path).floats("w")
    assert found.shape == (2, 64)
    assert np.abs(found - rows).max() <= step / 2 + 0.002


def test_metadata_is_read_by_kind(tmp_path: Path) -> None:
    """Numbers, texts and lists of them."""
    said = {"name": "小模型", "sizes": [3, 1, 2], "words": ["a", "б"], "eps": 0.5}
    assert GGUFFile(write(tmp_path / "a.gguf", said, {})).meta == said


@pytest.mark.parametrize("cut", [0, 3, 20, 60, -8])
def test_a_broken_file_is_one_line_of_reason(tmp_path: Path, cut: int) -> None:
    """Wherever it is cut off."""
    rows = np.ones((1, 32))
    path = write(
        tmp_path / "a.gguf", {"k": "v"}, {"w": (F32, rows.shape, rows.astype("<f4").tobytes())}
    )
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(ModelUnsupported):
        GGUFFile(path).floats("w")


def test_an_unknown_kind_and_an_unknown_tensor_are_told(tmp_path: Path) -> None:
    """Instead of numbers that mean nothing."""
    file = GGUFFile(write(tmp_path / "a.gguf", {"k": "v"}, {"w": (31, (1, 32), b"\0" * 64)}))
    with pytest.raises(ModelUnsupported, match="not known"):
        file.floats("w")
    with pytest.raises(ModelUnsupported, match="no tensor"):
        file.floats("v")


PIECES = ["<|end|>", "<|im_start|>", "<|im_end|>", *"abcdefghijklmnopqrstuvwxyz0123456789.", "Ġ",
          "th", "the"]  # fmt: skip


def paired(weights: torch.Tensor, heads: int) -> torch.Tensor:
    """Order the rows of a rotated projection as GGUF keeps them."""
    half = weights.shape[0] // heads // 2
    return weights.reshape(heads, 2, half, weights.shape[1]).swapaxes(1, 2).reshape(weights.shape)


def llama(path: Path) -> tuple[LlamaForCausalLM, Path]:
    """Write a small random model as GGUF, beside the model itself."""
    torch.manual_seed(3)
    config = LlamaConfig(
        vocab_size=len(PIECES), hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=64,
        tie_word_embeddings=True, rms_norm_eps=1e-5, initializer_range=0.3,
    )  # fmt: skip
    model = LlamaForCausalLM(config).eval()
    state = model.state_dict()
    names = {"token_embd": "model.embed_tokens", "output_norm": "model.norm"}
    for layer in range(2):
        for short, name in {
            "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj",
            "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
            "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
            "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
        }.items():  # fmt: skip
            names[f"blk.{layer}.{short}"] = f"model.layers.{layer}.{name}"
    tensors = {}
    for short, name in names.items():
        rows = state[f"{name}.weight"]
        if short.endswith(("attn_q", "attn_k")):
            rows = paired(rows, 4 if short.endswith("q") else 2)
        tensors[f"{short}.weight"] = (F32, tuple(rows.shape), rows.numpy().astype("<f4").tobytes())
    meta = {
        "general.architecture": "llama", "llama.block_count": 2, "llama.embedding_length": 32,
        "llama.feed_forward_length": 64, "llama.attention.head_count": 4,
        "llama.attention.head_count_kv": 2, "llama.context_length": 64,
        "llama.attention.layer_norm_rms_epsilon": 1e-5, "llama.rope.freq_base": 10000.0,
        "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.pre": "smollm",
        "tokenizer.ggml.tokens": PIECES, "tokenizer.ggml.merges": ["t h", "th e"],
        "tokenizer.ggml.token_type": [3, 3, 3, *[1] * (len(PIECES) - 3)],
        "tokenizer.ggml.bos_token_id": 1, "tokenizer.ggml.eos_token_id": 2,
    }  # fmt: skip
    return model, write(path, meta, tensors)


def test_a_converted_model_says_what_the_original_says(tmp_path: Path) -> None:
    """Logits of the model read back equal the original's; its tokenizer knows its marks."""
    model, source = llama(tmp_path / "small.gguf")
    target = tmp_path / "small"
    target.mkdir()
    convert_llama(source, target)
    ids = torch.tensor([[1, 5, 9, 20, 33, 2, 7]])
    found = AutoModelForCausalLM.from_pretrained(target, local_files_only=True, dtype="auto")
    with torch.no_grad():
        gap = (found(ids).logits - model(ids).logits).abs().max()
    assert gap < 0.02
    tokenizer = AutoTokenizer.from_pretrained(target, local_files_only=True)
    spoken = tokenizer("<|im_start|>the 12<|im_end|>")["input_ids"]
    assert [PIECES[one] for one in spoken] == ["<|im_start|>", "the", "Ġ", "1", "2", "<|im_end|>"]
    assert tokenizer.eos_token == "<|im_end|>"
    assert json.loads((target / "config.json").read_text())["tie_word_embeddings"] is True


def test_another_architecture_is_refused(tmp_path: Path) -> None:
    """Before anything is written."""
    path = write(tmp_path / "a.gguf", {"general.architecture": "mamba"}, {})
    with pytest.raises(ModelUnsupported, match="Llama"):
        convert_llama(path, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["a.gguf"]
