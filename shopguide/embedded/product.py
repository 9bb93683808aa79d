"""The processes of the product: workers by queue, beat and web, started together and watched."""

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shopguide.embedded import listening
from shopguide.embedded.children import Child, spawn, stop
from shopguide.embedded.errors import EmbeddedError
from shopguide.embedded.places import Places
from shopguide.embedded.telling import Teller
from shopguide.embedded.working import MARKS, WARM

READY_S = 180
WARM_S = 20  # the address does not wait longer for models; until then search is by words alone
STOP_S = 10
POLL_S = 0.1
QUEUES = {  # queue: how its worker runs; bulk work steps back behind pages
    "interactive": ["-P", "solo"],
    "chat": ["-P", "threads", "-c", "16"],
    "default": ["-P", "prefork", "-c", "1"],
    "inference": ["-P", "solo"],
}
WARMED = {  # a person waits for these
    "interactive": {WARM: "assistant.tasks:warm_reading"},
    "chat": {WARM: "assistant.warming:warm_up"},
}
WEB = {  # pages are short: a statement that takes seconds must not hold a connection
    "DATABASE_POOL": "true",
    "STATEMENT_TIMEOUT_MS": "5000",
    "LOCK_TIMEOUT_MS": "2000",
}


@dataclass
class Product:
    """Every process of one running product."""

    places: Places
    env: Mapping[str, str]
    children: list[Child] = field(default_factory=list)

    def start(self) -> None:
        """Start all processes at once; each waits for what it needs itself."""
        for queue in QUEUES:
            for kind in (".ready", ".warm"):
                self.mark(queue, kind).unlink(missing_ok=True)
        (self.places.data / "static").mkdir(exist_ok=True)  # WhiteNoise warns where there is none
        self.spawn("web", web_command(), WEB)
        for queue, pool in QUEUES.items():
            env = {MARKS: str(self.places.run / queue), **WARMED.get(queue, {})}
            self.spawn(queue, worker_command(queue, pool), env)
        self.spawn("beat", beat_command(self.places.data / "beat"), {})

    def spawn(self, name: str, arguments: list[str], env: Mapping[str, str]) -> None:
        """Start one process."""
        child = spawn(name, arguments, log=self.places.log(name), env={**self.env, **env})
        self.children.append(child)

    def mark(self, queue: str, kind: str) -> Path:
        """Return the file that a worker leaves when it is ``.ready`` or ``.warm``."""
        return self.places.run / f"{queue}{kind}"

    def waiting_for(self) -> list[str]:
        """Name the processes that are not ready yet."""
        waiting = [queue for queue in QUEUES if not self.mark(queue, ".ready").exists()]
        return waiting if waiting or listening.is_ready() else ["web"]

    def is_warm(self) -> bool:
        """Tell whether the models that a person waits for are loaded."""
        return all(self.mark(queue, ".warm").exists() for queue in WARMED)

    def check(self) -> None:
        """Fail with the last words of a process that has died."""
        for child in self.children:
            if child.code is not None:
                raise EmbeddedError(
                    f"{child.ending()}. Its last words:\n{child.tail()}\n",
                    f"read {child.log}, mend it and start again.",
                )

    def wait_ready(self, teller: Teller) -> None:
        """Wait for the health gate: every worker ready and the web answering /readyz."""
        begun = time.monotonic()
        deadline = begun + READY_S
        told: list[str] = []
        told_at = time.monotonic()
        while waiting := self.waiting_for():
            self.check()
            if time.monotonic() > deadline:
                raise EmbeddedError(
                    f"Not ready after {READY_S} s: {', '.join(waiting)}.",
                    f"read {self.places.log(waiting[0])} and start again.",
                )
            if waiting != told and time.monotonic() - told_at > 2:
                teller.note(f"waiting for {', '.join(waiting)}")
                told, told_at = waiting, time.monotonic()
            time.sleep(POLL_S)
        while not self.is_warm() and time.monotonic() < begun + WARM_S:
            self.check()
            time.sleep(POLL_S)

    def stop(self) -> list[Child]:
        """Stop all processes, and return those that had to be killed."""
        stubborn = stop(self.children, wait_s=STOP_S)
        self.children.clear()
        return stubborn


def web_command() -> list[str]:
    """Return the command of the web process."""
    return [
        *(sys.executable, "-m", "uvicorn", "shopguide.asgi:application"),
        *("--host", listening.host(), "--port", str(listening.port())),
        *("--log-level", "warning", "--lifespan", "off", "--no-server-header"),
        *("--timeout-graceful-shutdown", "3"),
    ]


def worker_command(queue: str, pool: list[str]) -> list[str]:
    """Return the command of one queue's worker."""
    polite = ["nice", "-n", "5"] if queue == "inference" else []
    # Django's checks cost a second; one process of the five makes them.
    unchecked = [] if queue == "default" else ["--skip-checks"]
    return [
        *(*polite, sys.executable, "-m", "celery", "-q", "-A", "shopguide", *unchecked, "worker"),
        *(*pool, "-Q", queue, "-n", f"{queue}@%h", "-I", "shopguide.embedded.working"),
        *("--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
    ]


def beat_command(folder: Path) -> list[str]:
    """Return the command of the clock that rings for overdue work."""
    folder.mkdir(exist_ok=True)
    return [
        *(sys.executable, "-m", "celery", "-q", "-A", "shopguide", "--skip-checks", "beat"),
        *("-s", str(folder / "schedule"), "--pidfile=", "--loglevel", "WARNING"),
    ]
