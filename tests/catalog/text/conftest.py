"""A fresh interpreter, for what must or must not be loaded."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# The first Chinese text of a process loads a dictionary: no deadline for single examples.
settings.register_profile("language", deadline=None)
settings.load_profile("language")

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def isolated_python() -> Callable[..., str]:
    """Run a program in a new interpreter from the checkout and return what it prints."""

    def run(program: str, **environment: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return done.stdout.strip()

    return run
