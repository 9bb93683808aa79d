"""Databases made once and copied: the tables of the code as it is, and the demo market place.

Migrating takes ten seconds and loading the demo as many; copying a database takes a half. A copy's
model is named by the hash of the code, so that it is made anew as soon as anything changes.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from shopguide.embedded.processes import alive
from tests.services import ROOT

PREFIX, MODEL = "test_shopguide_", "model_shopguide_"
CODE = ("shopguide", "catalog", "profiles", "assistant", "marketing", "tests/databases.py",
        "tests/catalog/demo_market.py")  # fmt: skip
KINDS = {".py", ".toml", ".sql", ".jsonl", ".json", ".txt"}
LOCK = 7_203_114


@cache
def of_code() -> str:
    """Return a hash of everything that decides what the databases hold."""
    seen = hashlib.sha256()
    for place in CODE:
        for path in sorted([ROOT / place, *(ROOT / place).rglob("*")]):
            if path.suffix in KINDS and path.is_file():
                seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


def copy(kind: str, name: str, fill: Callable[[], None], *, of: str | None = None) -> None:
    """Copy the model of a kind to a new database; ``fill`` makes the contents of the model.

    ``of`` is the kind of model that this one is made from. Both connections point at the model
    while it is filled.
    """
    model = model_of(kind)
    with outside(alone=True) as cursor:
        if not known(cursor, model):
            forget_models(cursor, kind)
            from_model = f" TEMPLATE {model_of(of)}" if of else ""
            cursor.execute(f"CREATE DATABASE {model}_new{from_model}")
            with pointed_at(f"{model}_new"):
                fill()
            cursor.execute(f"ALTER DATABASE {model}_new RENAME TO {model}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {model}")


def model_of(kind: str) -> str:
    """Return the name of the model of a kind."""
    return f"{MODEL}{kind}_{of_code()}"


@contextmanager
def outside(*, alone: bool = False) -> Iterator[CursorWrapper]:
    """Yield a cursor that stands outside of all test databases; ``alone``: one at a time."""
    owner = connections["owner"].copy()
    owner.settings_dict["NAME"] = "shopguide"
    try:
        with owner.cursor() as cursor:
            if alone:  # however long another process takes to make a model
                cursor.execute("SET lock_timeout = 0; SET statement_timeout = 0")
                cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            yield cursor
    finally:
        owner.close()


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Let both connections work in a database, then where they were."""
    both = [connections["owner"], connections["default"]]
    before = [connection.settings_dict["NAME"] for connection in both]
    point(both, [name, name])
    try:
        yield
    finally:
        point(both, before)


def point(both: list[BaseDatabaseWrapper], names: list[object]) -> None:
    """Close the connections, and name what they open next."""
    for connection, name in zip(both, names, strict=True):
        connection.close()
        connection.settings_dict["NAME"] = name


def known(cursor: CursorWrapper, name: str) -> bool:
    """Tell whether there is such a database."""
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return cursor.fetchone() is not None


def forget_models(cursor: CursorWrapper, kind: str) -> None:
    """Drop the models of this kind that other code has made, and those half made."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{MODEL}{kind}%"])
    for (name,) in cursor.fetchall():
        drop(cursor, name)


def drop(cursor: CursorWrapper, name: str) -> None:
    """Drop a database; one that somebody still holds is left to the next run."""
    with suppress(DatabaseError):
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def drop_left_behind(cursor: CursorWrapper) -> None:
    """Drop the databases of test processes that are no more: their number ends the name."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
    for (name,) in cursor.fetchall():
        if not alive(int(name.rsplit("_", 1)[1])):
            drop(cursor, name)
