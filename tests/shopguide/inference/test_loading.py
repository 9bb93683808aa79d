"""Opening models: what is missing, refused or chosen."""

import json
from pathlib import Path

import pytest
import torch

from shopguide.inference import loading
from shopguide.inference.building import build_encoder
from shopguide.inference.encoder import EncoderSpec
from shopguide.inference.errors import ModelMissing, ModelTampered, ModelUnsupported
from shopguide.inference.loading import Source, check_device, number_format
from tests.shopguide.inference import tiny


def test_a_missing_directory_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="fetch_models"):
        build_encoder(EncoderSpec(tmp_path / "nothing", 384))


def test_a_hub_id_that_is_not_cached_is_missing_offline() -> None:
    with pytest.raises(ModelMissing, match="There is no model at example/never-there"):
        build_encoder(EncoderSpec("example/never-there", 384))


def test_a_tampered_file_is_not_loaded(tmp_path: Path) -> None:
    directory = tiny.save_model(tmp_path / "model")
    files = {"model.safetensors": "0" * 64}
    (directory / "manifest.json").write_text(json.dumps({"files": files}))
    with pytest.raises(ModelTampered, match="Remove"):
        build_encoder(EncoderSpec(directory, 48))


def test_pickled_weights_are_not_loaded(tmp_path: Path) -> None:
    directory = tiny.save_model(tmp_path / "model")
    state = tiny.random_model().state_dict()
    (directory / "model.safetensors").unlink()
    torch.save(state, directory / "pytorch_model.bin")
    with pytest.raises(OSError, match="safetensors"):
        build_encoder(EncoderSpec(directory, 48))


def test_a_model_without_fast_tokenizer_is_refused(tmp_path: Path) -> None:
    directory = tiny.save_model(tmp_path / "model")
    (directory / "tokenizer.json").unlink()
    with pytest.raises(ModelUnsupported, match=r"tokenizer\.json"):
        build_encoder(EncoderSpec(directory, 48))


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"pooling_mode_cls_token": True}, "cls"),
        ({"pooling_mode_lasttoken": True}, "last"),
        ({"pooling_mode": "cls"}, "cls"),
        ({"pooling_mode_mean_tokens": True}, "mean"),
        (None, "mean"),
    ],
)
def test_pooling_is_read_from_the_model(
    tmp_path: Path, settings: dict[str, object] | None, expected: str
) -> None:
    if settings is not None:
        (tmp_path / "1_Pooling").mkdir()
        (tmp_path / "1_Pooling" / "config.json").write_text(json.dumps(settings))
    assert Source(tmp_path, revision=None, offline=True).pooling() == expected


@pytest.mark.parametrize(
    ("byte_products", "bf16", "expected"),
    [(True, True, "int8"), (True, False, "int8"), (False, True, "bf16"), (False, False, "fp32")],
)
def test_auto_chooses_by_processor(
    monkeypatch: pytest.MonkeyPatch, byte_products: bool, bf16: bool, expected: str
) -> None:
    monkeypatch.setattr(loading, "has_byte_products", lambda: byte_products)
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: bf16)
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: False)
    assert number_format("auto", "cpu") == expected
    assert number_format("fp32", "cpu") == "fp32"


def test_an_absent_device_is_refused() -> None:
    check_device("cpu")
    with pytest.raises(ModelUnsupported, match="Use cpu"):
        check_device("tpu")


@pytest.mark.parametrize(
    ("spec", "label"),
    [
        (EncoderSpec("BAAI/bge-m3", 1024), "bge-m3"),
        (EncoderSpec("BAAI/bge-m3", 1024, revision="5617a9f"), "bge-m3@5617a9f"),
        (EncoderSpec("/any/where/e5-small-q4", 384), "e5-small-q4"),
        (EncoderSpec("/any/where/e5-small-q4", 384, name="shop-tuned"), "shop-tuned"),
    ],
)
def test_the_stored_id_has_no_path(spec: EncoderSpec, label: str) -> None:
    assert spec.label == label
