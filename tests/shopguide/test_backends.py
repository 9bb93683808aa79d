"""Models are built once per process, from settings."""

import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from marketing.copy.tasks import composer
from shopguide import backends
from shopguide.inference.fakes import FakeEncoder, FakeReranker
from shopguide.writing import Realiser


@pytest.fixture(autouse=True)
def fakes(settings: Any) -> None:
    """Choose the fakes."""
    settings.ENCODER = {"model": "fake", "dimensions": 64}
    settings.RERANKER_MODEL = "fake"


def test_the_encoder_is_built_from_settings_once() -> None:
    encoder = backends.encoder()
    assert isinstance(encoder, FakeEncoder)
    assert encoder.dimensions == 64
    assert backends.encoder() is encoder


def test_threads_that_come_at_once_share_one(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[FakeEncoder] = []

    def load(fields: object) -> FakeEncoder:
        time.sleep(0.05)
        built.append(FakeEncoder())
        return built[-1]

    monkeypatch.setattr(backends, "_load_encoder", load)
    threads = [threading.Thread(target=backends.encoder) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 1


def test_rules_write_unless_the_settings_say_else(settings: Any) -> None:
    assert backends.writer().name == "realiser"
    settings.WRITER = {**settings.WRITER, "kind": "endpoint", "model": "m", "url": "http://x/v1"}
    assert type(backends.writer()).__name__ == "Rewriter"
    settings.WRITER = {**settings.WRITER, "kind": "local", "model": "fake"}
    assert backends.writer().holding(lambda _text: True).name == "realiser"


@pytest.mark.parametrize("wrong", [{"kind": "poet"}, {"kind": "endpoint", "url": "file:///etc"}])
def test_a_writer_that_makes_no_sense_is_told(settings: Any, wrong: dict[str, str]) -> None:
    settings.WRITER = {**settings.WRITER, **wrong}
    with pytest.raises(ValueError, match="WRITER"):
        backends.writer()


def test_rules_phrase_where_a_writer_cannot_be_had(settings: Any) -> None:
    settings.WRITER = {**settings.WRITER, "kind": "nobody"}
    assert isinstance(backends.phraser(), Realiser)


def test_copy_is_put_into_words_by_the_writer_of_the_settings(settings: Any) -> None:
    settings.WRITER = {**settings.WRITER, "kind": "local", "model": "fake"}
    assert composer().keywords["writer"] is backends.writer()  # type: ignore[attr-defined]


def test_counts_are_shared_by_the_cache() -> None:
    counts = backends.CachedCounts()
    first = counts.add("test:writer", 5, 60)
    assert counts.add("test:writer", 7, 60) == first + 7


def test_new_settings_build_anew(settings: Any) -> None:
    first = backends.encoder()
    settings.ENCODER = {"model": "fake", "dimensions": 32}
    assert backends.encoder() is not first
    assert backends.encoder().dimensions == 32


def test_a_failed_load_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(backends, "_load_encoder", lambda fields: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            backends.encoder()
    assert isinstance(backends.encoder(), FakeEncoder)


def test_no_reranker_unless_one_is_set(settings: Any) -> None:
    assert isinstance(backends.reranker(), FakeReranker)
    settings.RERANKER_MODEL = ""
    assert backends.reranker() is None


def test_models_are_named_without_loading(settings: Any) -> None:
    settings.ENCODER = {"model": "/somewhere/e5"}
    assert backends.describe() == {"encoder": "/somewhere/e5", "reranker": "fake"}


def test_importing_loads_no_torch() -> None:
    code = "import sys, shopguide.backends; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
