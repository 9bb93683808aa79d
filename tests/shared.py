"""Real data beside the checkout, never copied; tests that need it skip with a reason."""

import os
from pathlib import Path

import pytest

SHARED = Path(
    os.environ.get("SHOPGUIDE_SHARED_DATA")
    or Path(__file__).resolve().parents[2] / "shared" / "data"
)


def shared_file(name: str) -> Path:
    """Return the path of a shared file, or skip the test and say what is missing."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"real data not found: {name} (set SHOPGUIDE_SHARED_DATA)")
    return path
