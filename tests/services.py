"""The services of the suite: those whose addresses are in the environment, or the embedded ones."""

import os
import re
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_leases = ExitStack()
FIRST_CACHE = 4  # below are the broker, results and the cache of a process alone


def bring_up() -> None:
    """Start, or join, the embedded services under ``var/test`` unless a database is named."""
    os.environ.setdefault("MODELS_DIR", str(ROOT / "var" / "models"))
    if not os.environ.get("DATABASE_URL"):
        from shopguide.embedded import ensure

        addresses = _leases.enter_context(ensure(ROOT / "var" / "test", durable=False))
        os.environ.update(addresses.environ())
        os.environ["DATA_DIR"] = str(ROOT / "var" / "test" / "data")
    own_cache()


def own_cache() -> None:
    """Give this process of the suite a cache database of its own: tests empty it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if worker and "db=" in os.environ.get("CACHE_URL", ""):
        number = FIRST_CACHE + int(worker)
        os.environ["CACHE_URL"] = re.sub(r"db=\d+", f"db={number}", os.environ["CACHE_URL"])


def give_back() -> None:
    """Give the lease back; the last one out stops the services."""
    _leases.close()
