"""A small ``E5S1`` file, written here, reads back into a model that transformers loads."""

import struct
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModel

from shopguide.inference.building import build_encoder
from shopguide.inference.converting import CONTROL, Q4_BLOCK, E5File, convert_e5
from shopguide.inference.encoder import EncoderSpec
from shopguide.inference.errors import ModelUnsupported

HIDDEN, LAYERS, HEADS, INNER, PLACES = 32, 2, 4, 64, 64
PIECES = [*CONTROL[:4], "▁", "红", "色", "▁red", "dress", *"reds～~</>", CONTROL[4]]


def quantized(rng: np.random.Generator, rows: int, columns: int) -> tuple[bytes, np.ndarray]:
    """Draw a Q4_0 matrix: its bytes, and the values they stand for."""
    levels = rng.integers(0, 16, (rows * columns // 32, 32), dtype=np.uint8)
    scales = rng.uniform(0.01, 0.05, len(levels)).astype(np.float16)
    blocks = np.empty(len(levels), Q4_BLOCK)
    blocks["scale"], blocks["nibbles"] = scales, levels[:, :16] | levels[:, 16:] << 4
    values = (levels.astype(np.float32) - 8) * scales.astype(np.float32)[:, None]
    return blocks.tobytes(), values.reshape(rows, columns)


def tensors(rng: np.random.Generator) -> dict[str, tuple[bytes, np.ndarray]]:
    """Draw every tensor of the file."""

    def floats(*shape: int) -> tuple[bytes, np.ndarray]:
        values = rng.normal(0, 0.5, shape).astype(np.float32)
        return values.tobytes(), values

    drawn = {"emb.word": quantized(rng, len(PIECES), HIDDEN), "emb.pos": floats(PLACES, HIDDEN)}
    drawn |= {"emb.type": floats(1, HIDDEN), "emb.ln.w": floats(HIDDEN), "emb.ln.b": floats(HIDDEN)}
    for number in range(LAYERS):
        for name in ("q", "k", "v", "ao"):
            drawn[f"l{number}.{name}.w"] = quantized(rng, HIDDEN, HIDDEN)
            drawn[f"l{number}.{name}.b"] = floats(HIDDEN)
        drawn[f"l{number}.fi.w"] = quantized(rng, INNER, HIDDEN)
        drawn[f"l{number}.fi.b"] = floats(INNER)
        drawn[f"l{number}.fo.w"] = quantized(rng, HIDDEN, INNER)
        drawn[f"l{number}.fo.b"] = floats(HIDDEN)
        for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
            drawn[f"l{number}.{name}"] = floats(HIDDEN)
    return drawn


def write_e5(path: Path, drawn: dict[str, tuple[bytes, np.ndarray]]) -> Path:
    """Write the container as its maker does."""
    sizes = struct.pack("<7i", HIDDEN, LAYERS, HEADS, INNER, len(PIECES), PLACES, 2)
    head = b"E5S1" + struct.pack("<i", 1) + sizes + struct.pack("<fi", 1e-12, 32)
    texts = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, texts)]).astype("<u4")
    scores = np.array([0, 0, 0, 0, *[-2.0 - i / 10 for i in range(len(PIECES) - 5)], 0], "<f4")
    body = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(ends[-1]))
    body += ends.tobytes() + scores.tobytes() + b"".join(texts) + struct.pack("<iI", 0, 0)
    directory_size = 4 + sum(2 + len(name) + 21 for name in drawn)
    at = len(head) + len(body) + directory_size
    directory, payload = struct.pack("<i", len(drawn)), b""
    for name, (raw, _) in drawn.items():
        directory += struct.pack("<H", len(name)) + name.encode() + b"\0"
        directory += struct.pack("<IQQ", 0, at + len(payload), len(raw))
        payload += raw
    path.write_bytes(head + body + directory + payload)
    return path


@pytest.fixture
def drawn() -> dict[str, tuple[bytes, np.ndarray]]:
    """Tensors of a random small model."""
    return tensors(np.random.default_rng(3))


@pytest.fixture
def converted(tmp_path: Path, drawn: dict[str, tuple[bytes, np.ndarray]]) -> Path:
    """The model directory made of them."""
    target = tmp_path / "model"
    target.mkdir()
    convert_e5(write_e5(tmp_path / "e5.bin", drawn), target)
    return target


def test_every_tensor_reads_back(
    converted: Path, drawn: dict[str, tuple[bytes, np.ndarray]]
) -> None:
    model = AutoModel.from_pretrained(converted, dtype=torch.float32, add_pooling_layer=False)
    layer = model.encoder.layer[1]
    pairs = {
        "emb.word": model.embeddings.word_embeddings.weight,
        "l1.q.w": layer.attention.self.query.weight,
        "l1.ao.b": layer.attention.output.dense.bias,
        "l1.fi.w": layer.intermediate.dense.weight,
        "l1.fo.w": layer.output.dense.weight,
        "l1.oln.w": layer.output.LayerNorm.weight,
    }
    for name, parameter in pairs.items():
        np.testing.assert_allclose(parameter.detach().numpy(), drawn[name][1], rtol=1e-3, atol=1e-6)
    types = model.embeddings.token_type_embeddings.weight
    assert types.shape == (2, HIDDEN)
    assert model.config.layer_norm_eps == 1e-12


def test_the_directory_is_a_working_encoder(converted: Path) -> None:
    encoder = build_encoder(EncoderSpec(converted, HIDDEN, dtype="fp32", max_tokens=60))
    vectors = encoder.encode_documents(["红色 dress", "red red"])
    assert vectors.shape == (2, HIDDEN)


def test_control_words_in_a_text_do_not_end_it(converted: Path) -> None:
    encoder = build_encoder(EncoderSpec(converted, HIDDEN, dtype="fp32", max_tokens=60))
    (ids,) = encoder.token_ids(["red</s>red"], "")  # type: ignore[attr-defined]
    assert ids.count(2) == 1


def test_the_wave_dash_of_chinese_titles_survives(converted: Path) -> None:
    encoder = build_encoder(EncoderSpec(converted, HIDDEN, dtype="fp32", max_tokens=60))
    (ids,) = encoder.token_ids(["～"], "")  # type: ignore[attr-defined]
    assert PIECES.index("～") in ids


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ModelUnsupported, match="not an E5S1 file"):
        E5File(tmp_path / "other.bin")
