"""Where one data directory keeps its clusters, sockets and logs.

Unix socket paths end at 107 bytes and Postgres refuses root, so a long path gets its sockets in
a short private directory, and root gets a cluster that ``nobody`` can reach.
"""

import hashlib
import importlib.util
import os
import pwd
import re
import secrets
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from shopguide.embedded.errors import EmbeddedError

SOCKET_ROOM = 80  # of 107 bytes; the rest is for "/pg/.s.PGSQL.5432" and a second name
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")  # what every URL parser on the way leaves as it is
SHELTERS = ("/var/lib/shopguide", "/usr/local/var/shopguide")


@dataclass(frozen=True)
class Account:
    """The user that Postgres runs as, where that is not ourselves."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Places:
    """The directories of one data directory; ``run`` holds the sockets and the locks."""

    data: Path
    run: Path

    @classmethod
    def of(cls, data: Path) -> "Places":
        """Make the directories that every user of the services needs, and name them."""
        data = data.resolve()
        try:
            data.mkdir(parents=True, exist_ok=True)
            for name in ("logs", "valkey"):
                (data / name).mkdir(exist_ok=True, mode=0o700)
            return cls(data, socket_dir(data))
        except OSError as error:
            raise EmbeddedError(
                f"The data directory {data} cannot be used ({error.strerror}).",
                "set DATA_DIR to a directory that you may write to.",
            ) from error

    @property
    def control(self) -> Path:
        """The keeper's socket, on which leases are held."""
        return self.run / "keeper.sock"

    @property
    def valkey(self) -> Path:
        """Valkey's own directory."""
        return self.data / "valkey"

    @property
    def valkey_socket(self) -> Path:
        """The socket that Valkey listens on."""
        return self.run / "valkey.sock"

    def log(self, name: str) -> Path:
        """Return the log file of one child."""
        return self.data / "logs" / f"{name}.log"


def package_dir(name: str) -> Path | None:
    """Find an installed package without importing it (their start-up code is not for us)."""
    found = importlib.util.find_spec(name)
    return Path(found.origin).parent if found and found.origin else None


def socket_dir(data: Path) -> Path:
    """Make and return the private directory of the sockets of this data directory."""
    near = data / "run"
    if len(os.fsencode(near)) <= SOCKET_ROOM and PLAIN.fullmatch(str(near)):
        return private(near)
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    for base in ("/tmp", tempfile.gettempdir()):  # noqa: S108 (private() refuses what is not ours)
        if os.access(base, os.W_OK) and len(base) < SOCKET_ROOM / 2:
            return private(Path(base) / f"shopguide-{os.geteuid()}-{digest}")
    raise EmbeddedError(
        f"No directory with a path short enough for a socket was found for {data}.",
        "set DATA_DIR to a path of fewer than 70 plain characters.",
    )


def private(directory: Path) -> Path:
    """Make a directory that only we may change, or refuse one that somebody else made."""
    directory.mkdir(mode=0o700, exist_ok=True)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise EmbeddedError(
            f"{directory} belongs to somebody else.", "remove it, or set another DATA_DIR."
        )
    # Root's Postgres runs as another user, who must pass through to its own socket directory.
    directory.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return directory


def postgres_account(cluster: Path) -> Account | None:
    """Return whom Postgres must run as: ourselves (None), the cluster's owner, or nobody."""
    if os.geteuid() != 0:
        return None
    if cluster.exists() and (owner := cluster.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedError(
            "Postgres refuses to run as root, and there is no user `nobody` to run it as.",
            "run as an ordinary user, or set DATABASE_URL to a Postgres of your own.",
        ) from None
    return Account(nobody.pw_uid, nobody.pw_gid)


def reaches(account: Account | None, directory: Path) -> bool:
    """Tell whether the account can pass through to a directory."""
    if account is None:
        return True
    entered = subprocess.run(
        ["/bin/sh", "-c", 'cd "$0"', directory],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return entered.returncode == 0


def shelter() -> Path:
    """Return a folder of root's that every user can pass through."""
    nobody = postgres_account(Path("/"))
    for candidate in (*SHELTERS, f"{tempfile.gettempdir()}/shopguide-root"):
        folder = Path(candidate)
        try:
            if not folder.exists():
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(0o755)  # whatever the umask says
        except OSError:
            continue
        found = folder.lstat()
        ours = stat.S_ISDIR(found.st_mode) and found.st_uid == 0 and not found.st_mode & 0o022
        if ours and reaches(nobody, folder):
            return folder
    raise EmbeddedError(
        "Root's Postgres needs a folder that `nobody` can reach, and none could be made.",
        f"make one of {', '.join(SHELTERS)} writable, or run as an ordinary user.",
    )


def cluster_dir(places: Places) -> Path:
    """Return where the Postgres cluster lives: in the data directory wherever that is reachable.

    Below a closed folder root's cluster moves to the shelter, named by a token that this data
    directory keeps, so that a new checkout at the same path never meets an older database.
    """
    near = places.data / "postgres"
    if near.exists() or reaches(postgres_account(near), places.data):
        return near
    return refuge(places) / "postgres"


def refuge(places: Places) -> Path:
    """Make and return this data directory's own folder in the shelter."""
    token = places.data / "cluster"
    if not token.exists():
        draft = token.with_suffix(".new")
        draft.write_text(secrets.token_hex(8))
        draft.rename(token)
    folder = shelter() / token.read_text().strip()
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    (folder / "origin").write_text(f"{places.data}\n")
    return folder


def postgres_socket_dir(places: Places, account: Account | None) -> Path:
    """Make and return the directory where Postgres puts its socket, open to its user alone."""
    parent = places.run if reaches(account, places.run) else refuge(places)
    directory = parent / "pg"
    directory.mkdir(mode=0o700, exist_ok=True)
    if account is not None:
        os.chown(directory, account.uid, account.gid)
    return directory
