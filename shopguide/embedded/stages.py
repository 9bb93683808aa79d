"""One stage of a command: a child whose words are shown, skipped while its inputs are unchanged."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from shopguide.embedded.addresses import ROOT
from shopguide.embedded.children import KERNEL_WATCHES, before_exec, supervised
from shopguide.embedded.errors import EmbeddedError
from shopguide.embedded.telling import Teller

MODEL_CODE = ("shopguide/inference/**/*.py",)


def fingerprint(*patterns: str, also: str = "") -> str:
    """Return one hash of the files in the checkout that match the patterns, and of ``also``.

    Bytecode is left out: it comes with the first start, and the second one would do all again.
    """
    digest = hashlib.sha256(also.encode())
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


class Stamps:
    """What each stage was last done for, in one data directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def fresh(self, name: str, wanted: str) -> bool:
        """Tell whether the stage was done for exactly this."""
        try:
            return (self.folder / name).read_text() == wanted
        except FileNotFoundError:
            return False

    def keep(self, name: str, wanted: str) -> None:
        """Remember what the stage was done for."""
        draft = self.folder / f"{name}.new"
        draft.write_text(wanted)
        draft.replace(self.folder / name)


def command(*arguments: str) -> list[str]:
    """Return a management command as a command line."""
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def run(
    teller: Teller, arguments: Iterable[str | Path], *, env: Mapping[str, str] | None = None
) -> None:
    """Run one child, show every line it says, and fail with its last words if it fails."""
    line = [str(argument) for argument in arguments]
    with subprocess.Popen(
        line if KERNEL_WATCHES else supervised(line, signal.SIGTERM, None),
        cwd=ROOT,
        env={**os.environ, **(env or {}), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        preexec_fn=before_exec(signal.SIGTERM),  # noqa: PLW1509 (no threads here)
    ) as child:
        try:
            last = listen(teller, child)
        except BaseException:
            end(child)
            raise
    if child.returncode != 0:
        shown = " ".join(Path(part).name if part.startswith("/") else part for part in line)
        raise EmbeddedError(
            f"`{shown}` failed with exit code {child.returncode}: {last}",
            "mend what its lines above name, then start again; finished stages are kept.",
        )


def listen(teller: Teller, child: subprocess.Popen[str]) -> str:
    """Show what a child says until it ends, and return its last line."""
    last = "it said nothing"
    for line in child.stdout or ():
        if text := line.rstrip():
            teller.note(text)
            last = text.strip()
    child.wait()
    return last


def end(child: subprocess.Popen[str]) -> None:
    """End a child that nobody waits for any more."""
    child.terminate()
    deadline = time.monotonic() + 5
    while child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    child.kill()


def stage(
    teller: Teller,
    stamps: Stamps,
    name: str,
    what: str,
    *commands: list[str],
    wanted: str,
    env: Mapping[str, str] | None = None,
) -> None:
    """Carry out a stage, unless it was carried out for exactly this before."""
    if stamps.fresh(name, wanted):
        teller.begin(name, "up to date")
        return
    teller.begin(name, what)
    for arguments in commands:
        run(teller, arguments, env=env)
    stamps.keep(name, wanted)
    teller.done()


def weights(teller: Teller, stamps: Stamps, data: Path) -> None:
    """Fetch the model weights, unless all that were there after the last time still are."""

    def wanted() -> str:
        there = sorted(path.name for path in (data / "models").glob("*") if path.is_dir())
        return fingerprint(*MODEL_CODE, also=" ".join(there))

    fetch = command("fetch_models")
    stage(teller, stamps, "Models", "fetching and checking weights", fetch, wanted=wanted())
    stamps.keep("Models", wanted())
