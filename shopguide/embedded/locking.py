"""Locks that the kernel releases when their last holder is gone.

The lock of a running set is inherited by Postgres and Valkey: whoever gets it knows that no
process of an earlier set is left, even after its keeper was killed.
"""

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path

POLL_S = 0.05


class Lock:
    """An exclusive lock on a file, held until closed by every process that inherited it."""

    def __init__(self, path: Path) -> None:
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def try_once(self) -> bool:
        """Take the lock if it is free."""
        try:
            fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def take(self, wait_s: float, *, unless: Callable[[], bool] = lambda: False) -> bool:
        """Take the lock within ``wait_s``; give up early when ``unless`` says so."""
        deadline = time.monotonic() + wait_s
        while not self.try_once():
            if time.monotonic() > deadline or unless():
                return False
            time.sleep(POLL_S)
        return True

    def close(self) -> None:
        """Let go of our hold."""
        os.close(self.fd)
