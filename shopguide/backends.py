"""What the settings choose, built once per process: the encoder, the reranker, the writer.

For tasks and commands, which hand the result to verbs as an argument. Loading happens at the
first call and not at import, so the web process, which never calls, never loads torch; workers
call after their fork. ``settings.ENCODER`` holds the fields of ``EncoderSpec``;
``settings.RERANKER_MODEL`` is a directory or a hub id, and empty means that nothing is reranked.
The model ``fake`` needs no weights.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.signals import setting_changed

if TYPE_CHECKING:
    from shopguide.inference.encoder import Encoder
    from shopguide.inference.generator import Generator
    from shopguide.inference.heads import TextHead
    from shopguide.inference.rerank import Reranker
    from shopguide.writing import Writer

FAKE = "fake"
WRITER_OF_OURS = "smollm2-135m"  # what `fetch_models --only` gives a local writer

log = logging.getLogger(__name__)
_lock = threading.RLock()  # a writer's model is loaded while the writer is
_built: dict[str, Any] = {}


def encoder() -> Encoder:
    """Return this process's encoder, loading it at the first call.

    Errors: InferenceError with its remedy. Cost: seconds at the first call, nothing later.
    """
    return _once("ENCODER", _load_encoder)


def reranker() -> Reranker | None:
    """Return this process's reranker, loading it at the first call; None when none is set.

    Errors: InferenceError with its remedy. Cost: seconds at the first call, nothing later.
    """
    return _once("RERANKER_MODEL", _load_reranker) if settings.RERANKER_MODEL else None


def head(name: str) -> tuple[str, TextHead] | None:
    """Return the trained head in use and its version, loading it when that has changed.

    None when nothing was trained yet. Errors: InferenceError with its remedy.
    """
    from shopguide.inference.shelf import current

    found = current(Path(settings.MODELS_DIR) / name)
    if found is None:
        return None
    with _lock:
        kept: tuple[str, TextHead] | None = _built.get(f"head:{name}")
        if kept is None or kept[0] != found.name:
            from shopguide.inference.heads import TextHead

            kept = found.name, TextHead.load(found)
            _built[f"head:{name}"] = kept
        return kept


def writer(shop: str = "") -> Writer:
    """Return who phrases; the caller gives it the check for each text by ``holding``.

    ``shop``: whose copy it is, by its slug. A local model then writes as that shop has taught it
    (`train writer`) and takes its time, for nobody waits for copy. Without one: answers.
    Errors: InferenceError with its remedy, for a local model only; ValueError for a kind or an
    address that makes no sense. Cost: seconds at the first call of a local model, nothing else.
    """
    if shop and settings.WRITER["kind"] == "local":
        return _copywriter(shop)
    return _once("WRITER", _load_writer)


def generator() -> Generator:
    """Return this process's local language model, whoever writes; loading it at the first call.

    Errors: InferenceError with its remedy.
    """
    return _once("WRITER", _load_generator, kept_as="generator")


def taught_shelf(shop: str) -> Path:
    """Return where the versions of the writer stand that a shop has taught."""
    return Path(settings.MODELS_DIR) / "writer" / shop


def phraser(shop: str = "") -> Writer:
    """Return who phrases; the realiser where what the settings name cannot be had."""
    from shopguide.inference.errors import InferenceError
    from shopguide.writing import Realiser

    try:
        return writer(shop)
    except (InferenceError, ValueError) as error:
        log.warning("the realiser writes: %s", error)
        return Realiser()


def describe() -> dict[str, str]:
    """Name the models that the settings choose, loading nothing; empty means none."""
    return {"encoder": str(settings.ENCODER["model"]), "reranker": str(settings.RERANKER_MODEL)}


def _once(name: str, load: Callable[[Any], Any], *, kept_as: str = "") -> Any:
    """Load at the first call; two threads that come at once load one model between them."""
    key = kept_as or name
    with _lock:
        if key not in _built:
            _built[key] = load(getattr(settings, name))
        return _built[key]


def _load_encoder(fields: dict[str, Any]) -> Encoder:
    if fields["model"] == FAKE:
        from shopguide.inference.fakes import FakeEncoder

        return FakeEncoder(fields.get("dimensions", 384))
    from shopguide.inference.building import build_encoder
    from shopguide.inference.encoder import EncoderSpec

    return build_encoder(EncoderSpec(**fields))


def _load_writer(fields: dict[str, Any]) -> Writer:
    if fields["kind"] == "local":
        from shopguide.writing.local import local_writer

        return local_writer(generator(), total_s=fields["total_s"])
    if fields["kind"] == "endpoint":
        from shopguide.writing.endpoint import Budget, Endpoint, endpoint_writer

        if not fields["url"].startswith(("http://", "https://")) or not fields["model"]:
            raise ValueError("WRITER=endpoint needs WRITER_URL (http or https) and WRITER_MODEL.")
        names = ("url", "model", "key", "first_s", "total_s")
        return endpoint_writer(
            Endpoint(**{name: fields[name] for name in names}),
            budget=Budget(fields["tokens_a_day"], CachedCounts()),
        )
    if fields["kind"] != "realiser":
        raise ValueError("WRITER is one of realiser, local and endpoint.")
    from shopguide.writing import Realiser

    return Realiser()


def _load_generator(fields: dict[str, Any]) -> Generator:
    from shopguide.inference.generator import FakeGenerator, GeneratorSpec, build_generator

    if fields["model"] == FAKE:
        return FakeGenerator()
    named = fields["model"] or WRITER_OF_OURS
    ours = Path(settings.MODELS_DIR) / named
    spec = GeneratorSpec(
        str(ours) if ours.is_dir() or not fields["model"] else named,
        fields["revision"], fields["threads"], fields["offline"],
    )  # fmt: skip
    return build_generator(spec)


def _copywriter(shop: str) -> Writer:
    """Return the local model as a shop has taught it; as it came where none has."""
    from shopguide.inference.shelf import current
    from shopguide.writing.local import local_writer

    model, version = generator(), current(taught_shelf(shop))
    speaker = model.taught(version) if version else model
    return local_writer(speaker, total_s=settings.WRITER["copy_s"])


class CachedCounts:
    """Numbers that all processes share, in the cache."""

    def add(self, key: str, amount: int, seconds: int) -> int:
        """Add to a number and return it; without a cache that counts, nothing is allowed."""
        from django.core.cache import cache
        from redis import RedisError

        try:
            cache.add(key, 0, seconds)
            return int(cache.incr(key, amount))
        except (RedisError, ValueError, OSError):
            return sys.maxsize


def _load_reranker(model: str) -> Reranker:
    if model == FAKE:
        from shopguide.inference.fakes import FakeReranker

        return FakeReranker()
    from shopguide.inference.building import build_reranker
    from shopguide.inference.rerank import RerankerSpec

    shared = ("dtype", "device", "threads", "offline")
    fields = {name: settings.ENCODER[name] for name in shared if name in settings.ENCODER}
    return build_reranker(RerankerSpec(model=model, **fields))


def _forget(*, setting: str, **kwargs: Any) -> None:
    """Let a test that overrides a setting have its own model."""
    _built.pop(setting, None)
    if setting == "WRITER":
        _built.pop("generator", None)


setting_changed.connect(_forget, dispatch_uid="shopguide.backends")
