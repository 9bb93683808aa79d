"""The one command for real: workers, beat and web on services of its own, ended in every way."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shopguide.embedded import demo, ensure
from shopguide.embedded.addresses import ROOT
from shopguide.embedded.children import spawn
from shopguide.embedded.places import Places
from shopguide.embedded.setting_up import DEMO_STAGES
from shopguide.embedded.stages import MODEL_CODE, Stamps, fingerprint
from shopguide.embedded.telling import Teller
from tests.conftest import FULL
from tests.shopguide.embedded.conftest import gone, pid_of, running

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]
READY_S = 300


class Run:
    """One run of the command in a data directory."""

    def __init__(self, data: Path, port: int) -> None:
        self.data = data
        self.port = port
        self.output = data.parent / "output"
        environment = {k: v for k, v in os.environ.items() if not k.endswith("_URL")}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "shopguide.embedded.demo"],
                cwd=ROOT,
                env=environment | {"DATA_DIR": str(data), "PORT": str(port)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def said(self) -> str:
        """Return what it has printed."""
        return self.output.read_text()

    def wait_ready(self) -> None:
        """Wait for the printed address."""
        deadline = time.monotonic() + READY_S
        while "Ctrl-C stops everything" not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def status(self, path: str) -> int:
        """Ask the web for a page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return int(answer.status)


@pytest.fixture
def filled(data: Path) -> Path:
    """Return a data directory whose shop counts as loaded: this is about processes."""
    with ensure(data, durable=False) as addresses:
        os.environ["DATABASE_URL"], former = addresses.database_url, os.environ["DATABASE_URL"]
        try:
            wanted = demo.inputs(demo.known_database(Places.of(data)))
        finally:
            os.environ["DATABASE_URL"] = former
    stamps = Stamps(data / "stamps")
    for name in ("Shop", "Index", "Vectors", "Knowledge", "People"):
        stamps.keep(name, wanted[name])
    stamps.keep("Models", fingerprint(*MODEL_CODE))
    stamps.keep("Messages", fingerprint(*demo.MESSAGES))
    return data


@pytest.fixture
def port() -> int:
    """Return a port that is free now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def start(filled: Path, port: int) -> Iterator[Callable[[], Run]]:
    """Return what starts the command; what still runs at the end is killed."""
    runs: list[Run] = []

    def begin() -> Run:
        runs.append(Run(filled, port))
        return runs[-1]

    yield begin
    for run in runs:
        run.process.kill()
        run.process.wait()
    assert gone(filled) == {}


def test_the_command_serves_and_ends_without_a_trace(start: Callable[[], Run]) -> None:
    first = start()
    first.wait_ready()
    assert first.status("/readyz") == 200
    assert f"http://localhost:{first.port}/" in first.said()
    commands = "\n".join(running(first.data).values())
    for part in ("bin/postgres -D", "valkey-server", "celery", "uvicorn", "-Q inference"):
        assert part in commands

    second = start()
    assert second.process.wait(30) == 1
    assert "already runs from" in second.said()

    first.process.send_signal(signal.SIGTERM)
    assert first.process.wait(30) == 0, first.said()
    assert gone(first.data) == {}


def test_what_was_not_learned_is_tried_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    teller, stamps = Teller(DEMO_STAGES), Stamps(tmp_path / "stamps")
    for code in (1, 0):
        child = spawn(
            "messages", [sys.executable, "-c", f"raise SystemExit({code})"], log=tmp_path / "log"
        )
        demo.learned(teller, stamps, child)
        said = capsys.readouterr().out
        assert ("a worker tries again" in said) == bool(code), said
        assert stamps.fresh("Messages", fingerprint(*demo.MESSAGES)) == (not code)


@pytest.mark.skipif(not FULL, reason="two starts more are part of make test-all")
def test_a_killed_runner_leaves_nothing_and_tables_are_kept(start: Callable[[], Run]) -> None:
    first = start()
    first.wait_ready()
    first.process.send_signal(signal.SIGTERM)
    assert first.process.wait(30) == 0, first.said()
    again = start()
    again.wait_ready()
    assert "Tables: up to date" in again.said()
    again.process.kill()
    again.process.wait()
    assert gone(again.data) == {}


@pytest.mark.skipif(not FULL, reason="a second start of everything is part of make test-all")
def test_a_worker_that_dies_ends_the_command_with_its_last_words(start: Callable[[], Run]) -> None:
    run = start()
    run.wait_ready()
    os.kill(pid_of(run.data, "-Q chat"), signal.SIGKILL)
    assert run.process.wait(30) == 1
    assert "chat was killed by signal 9" in run.said()
    assert gone(run.data) == {}
