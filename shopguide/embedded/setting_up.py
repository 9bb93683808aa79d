"""Set-up with nothing but a Python 3.11: the virtual environment, pinned packages and torch.

``python3 -m shopguide.embedded.setting_up demo|test|dev`` installs what is missing or changed
and becomes the next step of that command. Installs only below ``.venv``.
"""

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from shopguide.embedded.addresses import ROOT, data_dir
from shopguide.embedded.children import Child, follow_make, spawn, stop, tail
from shopguide.embedded.errors import EmbeddedError
from shopguide.embedded.listening import check_port_free
from shopguide.embedded.telling import Teller, fail

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
PACKAGES = "Packages"
DEMO_STAGES = (
    PACKAGES, "Models", "Services", "Tables", "Translations", "Shop", "Index", "Vectors",
    "Knowledge", "People", "Marketing", "Messages", "Product",
)  # fmt: skip
TEST_STAGES = (PACKAGES, "Browser", "Translations", "Models", "Tests")
USABLE = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
# What is never imported need not be compiled; Python compiles the rest at its first import.
PIP = ("--no-input", "--no-compile", "--progress-bar", "off")
QUIET_S = 10  # after so long without a word, say that it still runs


def main(arguments: list[str]) -> int:
    """Set up for one target and go on as its next step."""
    target = arguments[0]
    follow_make()
    try:
        if target == "demo":
            check_port_free()
        stages = DEMO_STAGES if target == "demo" else TEST_STAGES
        install(Teller(stages), with_dev=target != "demo")
    except EmbeddedError as error:
        return fail(error)
    except KeyboardInterrupt:
        return 130
    if target == "dev":
        return 0
    following = {"demo": "shopguide.embedded.demo", "test": "shopguide.embedded.suite"}[target]
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", following, *arguments[1:]])  # noqa: S606 (no shell)


def install(teller: Teller, *, with_dev: bool) -> None:
    """Bring the virtual environment to what the lock files say; skip what is unchanged.

    dev.txt has all of base.txt in the same versions: whoever has the one has the other.
    """
    make_venv(teller)
    pinned = "dev" if with_dev else "base"
    steps = [(pinned, ["--require-hashes", "-r", f"{pinned}.txt"]), ("torch", torch_arguments())]
    due = [(name, arguments) for name, arguments in steps if stamp(name) != wording(name)]
    if not due:
        teller.begin(PACKAGES, "up to date")
    for name, arguments in due:
        teller.begin(PACKAGES, described(name))
        pip_install(teller, name, arguments)
        for held in ("base", "dev") if name == "dev" else (name,):
            stamp_file(held).write_text(wording(held))
        teller.done()


def make_venv(teller: Teller) -> None:
    """Make the virtual environment, or make it anew when it is broken."""
    if PYTHON.exists() and runs([PYTHON, "-c", USABLE]):
        return
    if not runs([sys.executable, "-c", "import venv, ensurepip"]):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise EmbeddedError(
            f"This Python {version} cannot make virtual environments.",
            f"apt-get install python{version}-venv (Debian, Ubuntu), then try again.",
        )
    teller.begin(PACKAGES, f"making {VENV.name} with Python {sys.version.split()[0]}")
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


def runs(command: list[str | Path]) -> bool:
    """Tell whether a command succeeds."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def torch_arguments() -> list[str]:
    """Return how torch is asked for: outside the hashes, from the user's index if there is one."""
    index = os.environ.get("TORCH_INDEX_URL")
    return ["-r", "torch.txt", *(["--extra-index-url", index] if index else [])]


def described(name: str) -> str:
    """Say what a step installs."""
    if name == "torch":
        return "installing torch (200 MB for a processor, up to 3 GB with CUDA libraries)"
    return f"installing {pins(name)} pinned packages, checked by hash"


def pins(name: str) -> int:
    """Count the packages of a lock file; 0 for torch, which brings what it needs."""
    locked = (REQUIREMENTS / f"{name}.txt").read_text().lower()
    return len(re.findall(r"(?m)^[a-z0-9].*==.*\\$", locked))


def stamp_file(name: str) -> Path:
    """Return the file that remembers what was installed."""
    return VENV / f"shopguide-{name}"


def stamp(name: str) -> str:
    """Return what was installed last."""
    try:
        return stamp_file(name).read_text()
    except FileNotFoundError:
        return ""


def wording(name: str) -> str:
    """Return the hash of everything that decides what gets installed."""
    wanted = (REQUIREMENTS / f"{name}.txt").read_bytes()
    index = os.environ.get("TORCH_INDEX_URL", "") if name == "torch" else ""
    return hashlib.sha256(wanted + index.encode()).hexdigest()


def pip_install(teller: Teller, name: str, arguments: list[str]) -> None:
    """Run pip, tell how far it is, and keep its words in a log."""
    log = data_dir() / "logs" / f"pip-{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("")
    child = spawn(
        "pip",
        [PYTHON, "-m", "pip", "install", *PIP, *arguments],
        log=log,
        env=os.environ | {"PYTHONUNBUFFERED": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        cwd=REQUIREMENTS,
    )
    try:
        for text in progress(child, pins(name)):
            teller.note(text)
    finally:
        stop([child], wait_s=5)
    if child.code != 0:
        _, error, told = tail(log, 40).rpartition("ERROR: ")
        raise EmbeddedError(
            f"pip could not install requirements/{name}.txt: {told if error else tail(log, 1)}",
            f"check the network and your package index, read {log}, then try again.",
        )


def progress(child: Child, total: int) -> Iterator[str]:
    """Yield how far pip is, every few seconds, until it ends."""
    told, told_at = "", time.monotonic()
    while child.code is None:
        time.sleep(0.2)
        text = summary(child.log.read_text(errors="replace"), total)
        waited = time.monotonic() - told_at
        if (text != told and waited > 2) or waited > QUIET_S:
            told, told_at = text, time.monotonic()
            yield text


def summary(words: str, total: int) -> str:
    """Say in one line what pip is doing."""
    lines = [line.strip() for line in words.splitlines()]
    found = sum(line.startswith(("Collecting ", "Processing ")) for line in lines)
    count = f"{min(found, total)} of {total} packages" if total else f"{found} packages"
    for line in reversed(lines):
        if line.startswith("Installing collected"):
            return f"{count} fetched, unpacking them"
        if line.startswith(("Downloading ", "Using cached ", "Processing ", "Building ")):
            verb, what = line.split(" (from ")[0].split(" ", 1)
            return f"{count}, {verb.lower()} {what.rsplit('/', 1)[-1]}"
    return count


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
