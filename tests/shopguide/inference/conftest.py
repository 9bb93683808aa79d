"""The real encoder, loaded once a session, and tiny models."""

import os
from pathlib import Path

import pytest

from shopguide.inference.encoder import Encoder, EncoderSpec
from tests.shopguide.inference import tiny

ROOT = Path(__file__).resolve().parents[3]
MODEL = "e5-small-q4"


@pytest.fixture(scope="session")
def e5_dir() -> Path:
    """The fetched weights; without them the test is skipped."""
    directory = Path(os.environ.get("MODELS_DIR", ROOT / "var" / "models")) / MODEL
    if not (directory / "manifest.json").exists():
        pytest.skip("no weights here: run python manage.py fetch_models")
    return directory


def e5_spec(directory: Path, **changes: object) -> EncoderSpec:
    """Describe the default encoder."""
    fields: dict[str, object] = {
        "model": directory,
        "dimensions": 384,
        "query_prompt": "query: ",
        "document_prompt": "passage: ",
    }
    return EncoderSpec(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def e5(e5_dir: Path) -> Encoder:
    """The default encoder as settings would build it."""
    from shopguide.inference.building import build_encoder

    return build_encoder(e5_spec(e5_dir))


@pytest.fixture(scope="session")
def e5_exact(e5_dir: Path) -> Encoder:
    """The default encoder in full precision."""
    from shopguide.inference.building import build_encoder

    return build_encoder(e5_spec(e5_dir, dtype="fp32"))


@pytest.fixture(scope="session")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a random BERT of two layers."""
    return tiny.save_model(tmp_path_factory.mktemp("models") / "tiny-bert")
