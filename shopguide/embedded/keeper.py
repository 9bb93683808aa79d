"""The keeper: parent of Postgres and Valkey, alive as long as somebody holds a lease.

A lease is an open connection to the keeper's socket, so the kernel ends it with its holder. The
first lease is inherited from the process that starts the keeper; when the last one ends, or on
SIGTERM, the services stop in good order. If the keeper itself is killed, the kernel stops them.
"""

import json
import os
import selectors
import signal
import socket
import sys
import time
import traceback
from collections import deque
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from shopguide.embedded import postgres, valkey
from shopguide.embedded.addresses import Addresses
from shopguide.embedded.children import Child, stop
from shopguide.embedded.errors import EmbeddedError
from shopguide.embedded.locking import Lock
from shopguide.embedded.places import Places, cluster_dir
from shopguide.embedded.processes import kill_server_of

FORMER_SET_S = 15  # an earlier set gets this long to end before it is killed
STOP_S = 20
DEATHS, DEATHS_WITHIN_S = 3, 60  # a service that dies more often than this stays down
POLL_S = 0.5


@dataclass
class Keeper:
    """One running set of services and the leases on it."""

    places: Places
    durable: bool
    leases: set[socket.socket]
    lock: Lock
    services: dict[str, Child] = field(default_factory=dict)
    addresses: Addresses | None = None
    deaths: deque[float] = field(default_factory=deque)
    told_to_stop: bool = False
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def tell(self, *to: socket.socket, **message: Any) -> None:
        """Send a message to these leases or to all; one who does not listen misses it."""
        line = json.dumps(message).encode() + b"\n"
        for lease in to or tuple(self.leases):
            with suppress(OSError):
                lease.send(line, socket.MSG_DONTWAIT)

    def say(self, text: str) -> None:
        """Tell what is being done, to the leases and the log."""
        print(time.strftime("%F %T"), text, flush=True)
        self.tell(say=text)

    def wanted(self) -> bool:
        """Tell whether anybody holds a lease."""
        for lease in list(self.leases):
            self.hear(lease)
        return bool(self.leases) and not self.told_to_stop

    def hear(self, lease: socket.socket) -> None:
        """Notice that a lease has ended; while others go on, let its holder leave at once."""
        try:
            ended = lease.recv(1024, socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return
        except OSError:
            ended = True
        if ended and (len(self.leases) > 1 or self.addresses is None):
            self.tell(lease, stays=True)
            self.drop(lease)
        elif ended:
            self.told_to_stop = True  # its holder sees the end of our stop

    def drop(self, lease: socket.socket) -> None:
        """Forget a lease."""
        self.leases.discard(lease)
        with suppress(KeyError, ValueError):
            self.selector.unregister(lease)
        lease.close()

    def take_over(self) -> bool:
        """Wait for an earlier set to be gone, and end what is left of it by force."""
        if self.lock.take(0.2, unless=self.unwanted):
            return True
        self.say("Waiting for an earlier set of services to stop")
        if self.lock.take(FORMER_SET_S, unless=self.unwanted):
            return True
        for directory, note in self.pid_notes():
            with suppress(OSError, ValueError):
                kill_server_of(directory, int(note.read_text().split("\n", 1)[0]))
        return self.lock.take(FORMER_SET_S, unless=self.unwanted)

    def unwanted(self) -> bool:
        """Tell whether nobody holds a lease any more."""
        return not self.wanted()

    def pid_notes(self) -> list[tuple[Path, Path]]:
        """Return where each service works and where its process number is noted."""
        cluster, broker = cluster_dir(self.places), self.places.valkey
        return [(cluster, cluster / "postmaster.pid"), (broker, self.places.run / "valkey.pid")]

    def start(self) -> None:
        """Bring both services up."""
        server, cluster = self.start_postgres()
        self.services["postgres"] = server
        self.services["valkey"] = self.start_valkey()
        self.addresses = Addresses.at(
            postgres_socket=cluster.socket, valkey_socket=self.places.valkey_socket
        )

    def start_postgres(self) -> tuple[Child, postgres.Cluster]:
        """Start Postgres."""
        return postgres.start(self.places, lock_fd=self.lock.fd, say=self.say, durable=self.durable)

    def start_valkey(self) -> Child:
        """Start Valkey and note its process number."""
        child = valkey.start(self.places, lock_fd=self.lock.fd)
        (self.places.run / "valkey.pid").write_text(str(child.process.pid))
        return child

    def heal(self) -> None:
        """Start a service again that has died; give up when it dies again and again."""
        for name, child in list(self.services.items()):
            if child.code is None:
                continue
            self.say(f"{child.ending()}; starting it again")
            self.services[name] = self.start_again(child)
            self.say(f"{name} is up again")

    def start_again(self, child: Child) -> Child:
        """Start a service until it stays up; give up when it dies too often."""
        while True:
            now = time.monotonic()
            self.deaths.append(now)
            while self.deaths[0] < now - DEATHS_WITHIN_S:
                self.deaths.popleft()
            if len(self.deaths) > DEATHS:
                words = f"{child.name} keeps dying: {child.tail(3)}"
                raise EmbeddedError(words, f"read {child.log}.")
            try:
                return self.start_postgres()[0] if child.name == "postgres" else self.start_valkey()
            except EmbeddedError as error:
                self.say(error.reason)

    def listen(self) -> socket.socket:
        """Open the socket on which others join."""
        self.places.control.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(self.places.control))
        self.places.control.chmod(0o600)
        listener.listen(128)
        listener.setblocking(False)
        return listener

    def accept(self, listener: socket.socket) -> None:
        """Take a new lease and tell it the addresses."""
        lease, _ = listener.accept()
        self.leases.add(lease)
        self.selector.register(lease, selectors.EVENT_READ, self.hear)
        self.greet(lease)

    def greet(self, lease: socket.socket) -> None:
        """Tell a new lease the addresses."""
        if self.addresses is not None:
            self.tell(lease, ready=asdict(self.addresses))

    def serve(self) -> None:
        """Keep the services until nobody needs them."""
        listener = self.listen()
        self.selector.register(listener, selectors.EVENT_READ, self.accept)
        for lease in self.leases:
            self.selector.register(lease, selectors.EVENT_READ, self.hear)
            self.greet(lease)
        try:
            while self.leases and not self.told_to_stop:
                for key, _ in self.selector.select(POLL_S):
                    key.data(key.fileobj)
                self.heal()
        finally:
            # First nobody can join, then the services stop: a late comer starts its own keeper.
            self.places.control.unlink(missing_ok=True)
            listener.close()

    def run(self) -> None:
        """Live one life, from the first lease to the last."""
        try:
            if not self.take_over():
                if self.wanted():
                    raise EmbeddedError(
                        f"Another process still uses {self.places.data}.",
                        "end the postgres or valkey-server that works there, then try again.",
                    )
                return
            self.start()
            self.serve()
        except EmbeddedError as error:
            self.tell(failed=[error.reason, error.remedy])
        except Exception as error:  # whatever it is, the leases must hear of it
            traceback.print_exc()
            log = self.places.log("keeper")
            self.tell(failed=[f"The keeper of the services failed: {error!r}.", f"read {log}."])
        finally:
            for child in stop(list(self.services.values()), wait_s=STOP_S):
                self.say(f"{child.name} did not stop in time and was killed")


def main(arguments: list[str]) -> None:
    """Keep the services of one data directory; the first lease is an inherited descriptor."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    os.umask(0o077)
    places = Places.of(Path(arguments[0]))
    first = socket.socket(fileno=int(arguments[1]))
    first.set_inheritable(False)
    keeper = Keeper(places, arguments[2] == "durable", {first}, Lock(places.run / "services.lock"))

    def end(number: int, frame: object) -> None:
        keeper.told_to_stop = True

    signal.signal(signal.SIGTERM, end)
    keeper.run()


if __name__ == "__main__":
    main(sys.argv[1:])
