"""Loaded into every Celery worker of the one command (``-I``): tells readiness, dies with its main.

A pool process whose main process was killed would wait for work for ever; the kernel ends it.
"""

import os
import signal
from pathlib import Path
from typing import Any

from celery.signals import worker_process_init, worker_ready

from shopguide.embedded.children import KERNEL_WATCHES, die_with_parent

READY_FILE = "SHOPGUIDE_READY_FILE"


@worker_process_init.connect
def die_with_main_process(**kwargs: Any) -> None:
    """Ask the kernel to end this pool process with its main process."""
    if KERNEL_WATCHES:
        die_with_parent(os.getppid(), signal.SIGKILL)()


@worker_ready.connect
def tell_ready(**kwargs: Any) -> None:
    """Leave a mark for the health gate."""
    if mark := os.environ.get(READY_FILE):
        Path(mark).touch()
