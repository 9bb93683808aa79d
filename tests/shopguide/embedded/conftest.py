"""Data directories of their own, and a look at what is left running in them."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from shopguide.embedded import ensure
from shopguide.embedded.addresses import ROOT

HOLD = """
import sys, time
from pathlib import Path
from shopguide.embedded import ensure
with ensure(Path(sys.argv[1]), durable=False) as addresses:
    print(addresses.database_url, flush=True)
    sys.stdin.readline()
print("left", flush=True)
"""


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    """Return a data directory with a new cluster, made once and then only copied."""
    folder = Path(tempfile.mkdtemp(prefix="sg-"))
    folder.chmod(0o755)
    with ensure(folder / "var", durable=False):
        pass
    yield folder / "var" / "postgres"
    shutil.rmtree(folder)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a new folder that every user can pass through to."""
    made = Path(tempfile.mkdtemp(prefix="sg-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def data(folder: Path, cluster: Path) -> Path:
    """Return a data directory of our own, with a cluster in it."""
    (folder / "var").mkdir()
    subprocess.run(["cp", "-a", cluster, folder / "var" / "postgres"], check=True)
    return folder / "var"


@dataclass
class Holder:
    """Another process that holds a lease."""

    process: subprocess.Popen[str]
    url: str

    def leave(self) -> None:
        """End the lease in good order and wait for the process."""
        out, _ = self.process.communicate("\n", timeout=30)
        assert "left" in out


PACKAGES = {"PYTHONPATH": os.pathsep.join([str(ROOT), sysconfig.get_paths()["purelib"]])}


def hold(data: Path, *, python: str = sys.executable, **options: object) -> Holder:
    """Start a process that takes a lease and keeps it until told to leave."""
    process = subprocess.Popen(  # type: ignore[call-overload]
        [python, "-c", HOLD, str(data)],
        cwd=ROOT,
        env=os.environ | PACKAGES,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        **options,
    )
    return Holder(process, process.stdout.readline().strip())


@pytest.fixture
def holder() -> Iterator[Callable[..., Holder]]:
    """Return what starts holders; those still there at the end are killed."""
    started: list[Holder] = []

    def start(data: Path, **options: object) -> Holder:
        started.append(hold(data, **options))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.communicate()


def running(data: Path) -> dict[int, str]:
    """Return the processes of a data directory, by where they work, command or environment."""
    found = {}
    theirs = f"DATA_DIR={data}\0".encode()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            works_there = str((entry / "cwd").readlink()).startswith(str(data))
            told = theirs in (entry / "environ").read_bytes()
        except OSError:
            continue
        named = str(data) in command and "-c \nimport" not in command
        if works_there or told or named:
            found[int(entry.name)] = command
    return found


def pid_of(data: Path, part: str) -> int:
    """Return the number of the one process whose command contains ``part``.

    A child of it that has just been forked has its command for a moment.
    """
    found = {pid for pid, command in running(data).items() if part in command}
    (pid,) = [pid for pid in found if not found & parents(pid)]
    return pid


def parents(pid: int) -> set[int]:
    """Return the parent of a process, by /proc; its own number where it has ended."""
    try:
        status = (Path("/proc") / str(pid) / "stat").read_text()
    except OSError:
        return {pid}
    return {int(status.rpartition(")")[2].split()[1])}


def gone(data: Path, within_s: float = 10) -> dict[int, str]:
    """Wait until nothing of a data directory runs, and return what is left."""
    deadline = time.monotonic() + within_s
    while (left := running(data)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left
