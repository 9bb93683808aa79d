"""Leases: who starts, who joins, who stops, and what a kill leaves behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import redis

from shopguide.embedded import EmbeddedError, ensure
from shopguide.embedded.addresses import ROOT, data_dir
from tests.conftest import FULL
from tests.shopguide.embedded.conftest import Holder, gone, pid_of, running

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
Holding = Callable[..., Holder]


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    """Run one statement and return its rows."""
    with psycopg.connect(url) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_services_run_while_leased_and_stop_with_the_last_lease(data: Path) -> None:
    with ensure(data, durable=False) as addresses:
        assert rows(addresses.database_url, "SELECT current_user") == [("shop_app",)]
        broker = redis.Redis.from_url(addresses.cache_url)
        assert broker.set("key", "value") and broker.get("key") == b"value"
        broker.close()
        assert len(running(data)) > 2
    assert running(data) == {}


def test_roles_may_do_what_they_are_for_and_no_more(data: Path) -> None:
    with ensure(data, durable=False) as addresses:
        owner, app = addresses.migrate_database_url, addresses.database_url
        rows(owner, "CREATE TABLE kept (id serial PRIMARY KEY, v halfvec(3))")
        rows(app, "INSERT INTO kept (v) VALUES ('[1,2,3]')")
        assert rows(app, "SELECT id FROM kept") == [(1,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            rows(app, "CREATE TABLE stray (id int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            rows(app, "TRUNCATE kept")
        attributes = rows(
            app,
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles"
            " WHERE rolname LIKE 'shop%' ORDER BY 1",
        )
        assert attributes == [
            ("shop_app", False, False, False),
            ("shop_owner", False, False, True),
        ]


def test_database_made_by_the_owner_has_extensions_and_chinese_trigrams(data: Path) -> None:
    with ensure(data, durable=False) as addresses:
        with psycopg.connect(addresses.migrate_database_url, autocommit=True) as owner:
            owner.execute("CREATE DATABASE test_one")
        url = addresses.migrate_database_url.replace("/shopguide?", "/test_one?")
        names = {name for (name,) in rows(url, "SELECT extname FROM pg_extension")}
        assert {"vector", "pg_trgm", "btree_gin", "unaccent"} <= names
        assert len(rows(url, "SELECT unnest(show_trgm('跑步鞋'))")) == 4
        rows(url, "CREATE TABLE kept (id int)")
        app = addresses.database_url.replace("/shopguide?", "/test_one?")
        assert rows(app, "SELECT count(*) FROM kept") == [(0,)]


def test_second_process_joins_and_outlives_the_first(data: Path, holder: Holding) -> None:
    first = holder(data)
    postmaster = pid_of(data, "bin/postgres -D")
    second = holder(data)
    assert second.url == first.url
    first.leave()
    assert pid_of(data, "bin/postgres -D") == postmaster
    assert rows(second.url, "SELECT 1") == [(1,)]
    second.leave()
    assert gone(data) == {}


def test_many_that_start_at_once_share_one_set(data: Path) -> None:
    command = "import sys; from pathlib import Path; from shopguide.embedded import ensure\n" + (
        "with ensure(Path(sys.argv[1]), durable=False) as a: print(a.database_url)"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", command, str(data)], cwd=ROOT, stdout=subprocess.PIPE
        )
        for _ in range(6)
    ]
    answers = {process.communicate(timeout=60)[0] for process in processes}
    assert [process.returncode for process in processes] == [0] * 6
    assert len(answers) == 1
    assert gone(data) == {}


def test_killed_holder_leaves_nothing_running(data: Path, holder: Holding) -> None:
    one = holder(data)
    one.process.kill()
    one.process.wait()
    assert gone(data) == {}


def test_killed_keeper_takes_the_services_along_and_the_next_start_is_clean(
    data: Path, holder: Holding
) -> None:
    with ensure(data, durable=False) as addresses:
        rows(addresses.migrate_database_url, "CREATE TABLE kept AS SELECT 7 AS n")
    holder(data)
    os.kill(pid_of(data, "shopguide.embedded.keeper"), signal.SIGKILL)
    with ensure(data, durable=False) as addresses:  # at once: waits for the earlier set itself
        assert rows(addresses.database_url, "SELECT n FROM kept") == [(7,)]
    assert gone(data) == {}


def test_killed_postgres_comes_back_with_its_rows(data: Path) -> None:
    lease = ensure(data, durable=False)
    with lease as addresses:
        rows(addresses.migrate_database_url, "CREATE TABLE kept AS SELECT 7 AS n")
        killed = pid_of(data, "bin/postgres -D")
        os.kill(killed, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while True:
            try:
                assert rows(addresses.database_url, "SELECT n FROM kept") == [(7,)]
                break
            except psycopg.OperationalError:
                assert time.monotonic() < deadline
                time.sleep(0.1)
        assert pid_of(data, "bin/postgres -D") != killed
        time.sleep(0.2)
        assert any("signal 9" in text for text in lease.news())
    assert running(data) == {}


def test_everything_killed_at_once_and_the_next_start_is_clean(data: Path, holder: Holding) -> None:
    one = holder(data)
    rows(one.url.replace("shop_app", "shop_owner"), "CREATE TABLE kept AS SELECT 7 AS n")
    for pid in [one.process.pid, *running(data)]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    with ensure(data, durable=False) as addresses:
        assert rows(addresses.database_url, "SELECT n FROM kept") == [(7,)]
    assert gone(data) == {}


def test_service_that_keeps_dying_is_given_up_with_its_last_words(data: Path) -> None:
    lease = ensure(data, durable=False)
    with lease, pytest.raises((EmbeddedError, EOFError)) as given_up:
        for _ in range(100):
            for pid in [pid for pid, text in running(data).items() if "valkey-server" in text]:
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.1)
            lease.news()
    assert "valkey keeps dying" in str(given_up.value)
    assert gone(data) == {}


def test_data_dir_is_var_in_the_checkout_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATA_DIR", raising=False)
    assert data_dir() == ROOT / "var"
    monkeypatch.setenv("DATA_DIR", "/elsewhere/../shop")
    assert data_dir() == Path("/shop")


@pytest.mark.skipif(not FULL, reason="all tables anew are part of make test-all")
def test_the_first_command_of_a_fresh_machine_finds_its_tables(data: Path) -> None:
    """Nobody has to run ``migrate`` by hand before the first import or search."""
    unset = ("DATABASE_URL", "MIGRATE_DATABASE_URL", "BROKER_URL", "RESULT_URL", "CACHE_URL")
    own = {name: value for name, value in os.environ.items() if name not in unset}
    asked = subprocess.run(
        [sys.executable, "manage.py", "dumpdata", "accounts.merchant"],
        check=False, cwd=ROOT, env=own | {"DATA_DIR": str(data)}, capture_output=True, text=True,
    )  # fmt: skip
    assert (asked.returncode, asked.stdout.strip()) == (0, "[]"), asked.stderr
    assert "tables" in asked.stderr
