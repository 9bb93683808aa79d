"""Turn a Llama-shaped GGUF file into a plain transformers directory.

For ``weights.fetch``. The result is a ``LlamaForCausalLM`` with a fast tokenizer, in half
precision on disk: the source holds four bits a weight, so nothing is lost by it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from shopguide.inference.errors import ModelUnsupported
from shopguide.inference.gguf import Floats, GGUFFile

CONTROL, OWN = 3, 4  # kinds of tokens that are never part of a text
_LAYER = {
    "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj", "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
}  # fmt: skip


def convert_llama(source: Path, target: Path) -> None:
    """Write config, weights and tokenizer of a Llama-shaped model with a byte-level BPE."""
    file = GGUFFile(source)
    said = file.meta
    if said.get("general.architecture") != "llama":
        raise ModelUnsupported(f"{source.name} is no Llama-shaped model.")
    tokenizer = (said.get("tokenizer.ggml.model"), said.get("tokenizer.ggml.pre"))
    if tokenizer != ("gpt2", "smollm"):
        raise ModelUnsupported(f"{source.name} has a tokenizer not known here {tokenizer}.")
    save_file(_tensors(file), target / "model.safetensors", metadata={"format": "pt"})
    write_config(file, target)
    write_tokenizer(said, target)


def _tensors(file: GGUFFile) -> dict[str, np.ndarray[Any, Any]]:
    heads = int(file.meta["llama.attention.head_count"])
    grouped = int(file.meta.get("llama.attention.head_count_kv", heads))
    names = {"token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head"}
    for number in range(int(file.meta["llama.block_count"])):
        names |= {f"blk.{number}.{one}": f"model.layers.{number}.{name}"
                  for one, name in _LAYER.items()}  # fmt: skip
    found = {}
    for one, name in names.items():
        if f"{one}.weight" not in file.shapes and one == "output":
            continue  # the embeddings serve as the output too
        floats = file.floats(f"{one}.weight")
        if one.endswith(("attn_q", "attn_k")):
            floats = turned(floats, heads if one.endswith("q") else grouped)
        found[f"{name}.weight"] = np.ascontiguousarray(floats, dtype=np.float16)
    return found


def turned(weights: Floats, heads: int) -> Floats:
    """Put rows that GGUF keeps in pairs back into halves, as transformers rotates them.

    (heads × 2 × half, columns), same shape; the inverse of what the GGUF writer does.
    """
    half = weights.shape[0] // heads // 2
    pairs = weights.reshape(heads, half, 2, weights.shape[1])
    return pairs.swapaxes(1, 2).reshape(weights.shape)


def write_config(file: GGUFFile, target: Path) -> None:
    """Write the ``config.json`` of a LlamaForCausalLM."""
    said = file.meta
    heads = int(said["llama.attention.head_count"])
    config = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": file.shapes["token_embd.weight"][0],
        "hidden_size": int(said["llama.embedding_length"]),
        "num_hidden_layers": int(said["llama.block_count"]),
        "num_attention_heads": heads,
        "num_key_value_heads": int(said.get("llama.attention.head_count_kv", heads)),
        "intermediate_size": int(said["llama.feed_forward_length"]),
        "max_position_embeddings": int(said["llama.context_length"]),
        "rms_norm_eps": float(f"{said['llama.attention.layer_norm_rms_epsilon']:.3g}"),
        "rope_theta": float(said.get("llama.rope.freq_base", 10_000.0)),
        "hidden_act": "silu",
        "attention_bias": False,
        "tie_word_embeddings": "output.weight" not in file.shapes,
        "bos_token_id": said["tokenizer.ggml.bos_token_id"],
        "eos_token_id": said["tokenizer.ggml.eos_token_id"],
        "pad_token_id": _padding(said),
        "dtype": "float32",  # what it computes in; half precision is slow on most processors
    }
    _write_json(target / "config.json", config)


def write_tokenizer(said: Mapping[str, Any], target: Path) -> None:
    """Write a fast tokenizer: byte-level pairs, each digit by itself, marks of a chat apart."""
    pieces: list[str] = said["tokenizer.ggml.tokens"]
    merges = [tuple(one.split(" ", 1)) for one in said["tokenizer.ggml.merges"]]
    tokenizer = Tokenizer(models.BPE({one: place for place, one in enumerate(pieces)}, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
    ])  # fmt: skip
    tokenizer.decoder = decoders.ByteLevel()
    kinds: list[int] = said["tokenizer.ggml.token_type"]
    apart = [one for one, kind in zip(pieces, kinds, strict=True) if kind in (CONTROL, OWN)]
    tokenizer.add_special_tokens([AddedToken(one, special=True, normalized=False) for one in apart])
    tokenizer.save(str(target / "tokenizer.json"), pretty=False)
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": int(said["llama.context_length"]),
        "bos_token": pieces[said["tokenizer.ggml.bos_token_id"]],
        "eos_token": pieces[said["tokenizer.ggml.eos_token_id"]],
        "pad_token": pieces[_padding(said)],
        "chat_template": said.get("tokenizer.chat_template"),
        "clean_up_tokenization_spaces": False,
    }
    _write_json(target / "tokenizer_config.json", settings)


def _padding(said: Mapping[str, Any]) -> int:
    return int(said.get("tokenizer.ggml.padding_token_id", said["tokenizer.ggml.eos_token_id"]))


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
