"""The services of the suite: those whose addresses are in the environment, or the embedded ones."""

import os
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_leases = ExitStack()


def bring_up() -> None:
    """Start, or join, the embedded services under ``var/test`` unless a database is named."""
    os.environ.setdefault("MODELS_DIR", str(ROOT / "var" / "models"))
    if os.environ.get("DATABASE_URL"):
        return
    from shopguide.embedded import ensure

    addresses = _leases.enter_context(ensure(ROOT / "var" / "test", durable=False))
    os.environ.update(addresses.environ())
    os.environ["DATA_DIR"] = str(ROOT / "var" / "test" / "data")


def give_back() -> None:
    """Give the lease back; the last one out stops the services."""
    _leases.close()
