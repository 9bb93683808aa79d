"""The real Postgres for every test: one server, a database for each xdist worker.

The suite joins the services whose addresses are in the environment, or brings up the embedded
ones under ``var/test``. Tables are made by the owner's role; tests run as the application's.
"""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services import ROOT, give_back

SHARED_DATA = Path(os.environ.get("SHOPGUIDE_SHARED_DATA", ROOT.parent / "shared" / "data"))
FULL = os.environ.get("SHOPGUIDE_FULL") == "1"


# What takes longest begins first, so that no process is left alone with it at the end.
LONG = ("tests/journeys/test_look", "tests/journeys/", "tests/shopguide/embedded/",
        "tests/catalog/search/", "tests/access/", "tests/catalog/views/")  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first; the order within a file stays as it was shuffled."""
    place = {prefix: number for number, prefix in enumerate(LONG)}
    items.sort(
        key=lambda item: next(
            (place[prefix] for prefix in LONG if item.nodeid.startswith(prefix)), len(LONG)
        )
    )


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let the collector pass over what stays for the whole run: dictionaries, models, tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Keep how the run ended, for the gate: with failed tests, or not at all."""
    if not hasattr(session.config, "workerinput") and session.config.cache is not None:
        session.config.cache.set("suite/ended", int(exitstatus))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give the lease of the services back."""
    give_back()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """Give this worker a database of its own, and let the application's role work in it."""
    from tests import databases

    name = f"{databases.PREFIX}{worker_id}_{os.getpid()}"
    with django_db_blocker.unblock():
        with databases.outside() as cursor:
            databases.drop_left_behind(cursor)
        databases.copy("tables", name, make_tables)
        pointed = databases.pointed_at(name)
        pointed.__enter__()
    yield
    with django_db_blocker.unblock():
        pointed.__exit__(None, None, None)
        with databases.outside() as cursor:
            databases.drop(cursor, name)


def make_tables() -> None:
    """Make the tables as the owner; tests that commit empty them afterwards."""
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0, interactive=False)
    owner, app = connections["owner"], connections["default"]
    with owner.cursor() as cursor:
        cursor.execute(
            "GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO "
            + owner.ops.quote_name(str(app.settings_dict["USER"]))
        )


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


@pytest.fixture
def rates_anew(db: None) -> Iterator[None]:
    """Read exchange rates anew before and after a test; the cache outlives what is rolled back."""
    from catalog.presenting.estimating import forget_rates

    forget_rates()
    yield
    forget_rates()
