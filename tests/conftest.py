"""The real Postgres for every test: one server, a database for each xdist worker.

The suite joins the services whose addresses are in the environment, or brings up the embedded
ones under ``var/test``. Tables are made by the owner's role; tests run as the application's.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from shopguide.embedded.processes import alive
from tests.services import ROOT, give_back

SHARED_DATA = Path(os.environ.get("SHOPGUIDE_SHARED_DATA", ROOT.parent / "shared" / "data"))
FULL = os.environ.get("SHOPGUIDE_FULL") == "1"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give the lease of the services back."""
    give_back()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object, worker_id: str) -> Iterator[None]:
    """Make this worker's database as the owner, and let the application's role work in it."""
    from django.core.management import call_command
    from django.db import connections

    name = f"test_shopguide_{worker_id}_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        owner, app = connections["owner"], connections["default"]
        drop_left_behind(owner)
        with owner.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        for connection in (owner, app):
            connection.close()
            connection.settings_dict["NAME"] = name
        call_command("migrate", verbosity=0, interactive=False)
        with owner.cursor() as cursor:
            # Tests that commit empty the tables afterwards.
            cursor.execute(
                "GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO "
                + owner.ops.quote_name(str(app.settings_dict["USER"]))
            )
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        app.close()
        owner.close()
        owner.settings_dict["NAME"] = "shopguide"
        drop(owner, name)
        owner.close()


def drop(owner: BaseDatabaseWrapper, name: str) -> None:
    """Drop a test database; one that somebody still holds is left to the next run."""
    with suppress(DatabaseError), owner.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def drop_left_behind(owner: BaseDatabaseWrapper) -> None:
    """Drop the databases of test processes that are no more: their number ends the name."""
    with owner.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test_shopguide_%'")
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        if not alive(int(name.rsplit("_", 1)[1])):
            drop(owner, name)


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """Return xdist's name of this worker, ``main`` without xdist."""
    workerinput = getattr(request.config, "workerinput", None)
    return str(workerinput["workerid"]) if workerinput else "main"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data sets, which stands beside the checkout or not at all."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the shared data sets are not beside this checkout")
    return SHARED_DATA


@pytest.fixture(scope="session")
def full() -> bool:
    """Tell whether counts are to be run at their full figure (`make test-all`)."""
    return FULL
