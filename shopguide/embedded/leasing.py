"""Leases on the embedded services: join those that run, or start a keeper that brings them up.

For every process that needs Postgres and Valkey on a machine that has neither. A lease ends with
its holder, and the last one to end waits until the services have stopped.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from shopguide.embedded.addresses import ROOT, Addresses
from shopguide.embedded.children import fresh_log, tail
from shopguide.embedded.errors import EmbeddedError
from shopguide.embedded.locking import Lock
from shopguide.embedded.places import Places

READY_S = 240  # recovery and a former set that has to be ended, at worst
LEAVE_S = 30
TRIES = 5  # a keeper that was just stopping is not joined but followed

Say = Callable[[str], None]


def on_stderr(text: str) -> None:
    """Print what is being done where it does not mix with a command's output."""
    print(text, file=sys.stderr, flush=True)


class Lease:
    """A hold on the running services; leaving it lets them stop if it was the last."""

    def __init__(self, connection: socket.socket, keeper: subprocess.Popen[bytes] | None) -> None:
        self.connection = connection
        self.keeper = keeper
        self.holder = os.getpid()
        self.addresses: Addresses
        self.buffer = b""

    def __enter__(self) -> Addresses:
        return self.addresses

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def messages(self, wait_s: float) -> Iterator[dict[str, Any]]:
        """Yield what the keeper says within ``wait_s``; end when it is gone."""
        deadline = time.monotonic() + wait_s
        while (left := deadline - time.monotonic()) > 0 or wait_s == 0:
            while b"\n" in self.buffer:
                line, self.buffer = self.buffer.split(b"\n", 1)
                yield json.loads(line)
            self.connection.settimeout(max(0.0, left))
            try:
                heard = self.connection.recv(65536)
            except (TimeoutError, BlockingIOError):
                return
            except OSError:
                heard = b""
            if not heard:
                raise EOFError
            self.buffer += heard

    def wait_ready(self, say: Say) -> Self | None:
        """Wait for the addresses; None when the keeper was just leaving."""
        try:
            for message in self.messages(READY_S):
                if text := message.get("say"):
                    say(text)
                if failed := message.get("failed"):
                    raise EmbeddedError(*failed)
                if ready := message.get("ready"):
                    self.addresses = Addresses(**ready)
                    return self
        except EOFError:
            return None
        raise EmbeddedError(
            "The embedded services do not answer.",
            "end the process `shopguide.embedded.keeper` of this data directory and try again.",
        )

    def news(self) -> list[str]:
        """Return what the keeper said since we last listened; EOFError when it is gone."""
        heard = []
        for message in self.messages(0):
            if failed := message.get("failed"):
                raise EmbeddedError(*failed)
            if text := message.get("say"):
                heard.append(text)
        return heard

    def close(self) -> None:
        """Give the lease back; the last one waits until the services have stopped."""
        if os.getpid() != self.holder:  # a fork must not end its parent's lease
            return
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
        stays = False
        with suppress(EOFError):
            for message in self.messages(LEAVE_S):
                stays = stays or "stays" in message
        self.connection.close()
        if self.keeper is not None and not stays:
            with suppress(subprocess.TimeoutExpired):
                self.keeper.wait(LEAVE_S)


def ensure(data_dir: Path, *, durable: bool = True, say: Say = on_stderr) -> Lease:
    """Return a lease on the services of ``data_dir``, which are up when this returns.

    ``durable=False`` starts Postgres without waiting for the disk (test suites: safe against a
    killed process, not against a power cut). Cost: 0.3 s when the cluster exists, 2 s for a new
    one, a few milliseconds when the services already run.
    """
    places = Places.of(data_dir)
    for _ in range(TRIES):
        joined = join(places)
        lease = joined.wait_ready(say) if joined else begin(places, durable=durable, say=say)
        if lease is not None:
            return lease
        time.sleep(0.05)
    raise EmbeddedError(
        "The embedded services end as soon as they start.",
        f"read {places.log('keeper')}: {tail(places.log('keeper'), 1)}",
    )


def join(places: Places) -> Lease | None:
    """Connect to a running keeper; None when there is none."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(str(places.control))
    except OSError:
        connection.close()
        return None
    return Lease(connection, None)


def begin(places: Places, *, durable: bool, say: Say) -> Lease | None:
    """Start a keeper, one process at a time; None when the one we met was just leaving."""
    gate = Lock(places.run / "start.lock")
    try:
        if not gate.take(READY_S):
            raise EmbeddedError("Another process is starting the services for minutes.", "end it.")
        lease = join(places) or Lease(*start_keeper(places, durable=durable))
        return lease.wait_ready(say)
    finally:
        gate.close()


def python_path() -> list[str]:
    """Return where the keeper finds this package, and then what we were told to use."""
    return [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]


def start_keeper(places: Places, *, durable: bool) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Start a keeper apart from us, holding the other end of our lease."""
    ours, its = socket.socketpair()
    mode = "durable" if durable else "quick"
    with its, fresh_log(places.log("keeper")) as log:
        keeper = subprocess.Popen(
            [
                *(sys.executable, "-m", "shopguide.embedded.keeper"),
                *(str(places.data), str(its.fileno()), mode),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=[its.fileno()],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(python_path())},
        )
    return ours, keeper
