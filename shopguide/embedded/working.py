"""Loaded into Celery workers (``-I``): tell readiness, warm models, die with the main process.

A pool process whose main process was killed would wait for work for ever; the kernel ends it.
``SHOPGUIDE_WARM=module:function`` is called before the first task, so that the first shopper does
not wait for a model to load; a failure is logged, and the worker works without.
"""

import logging
import os
import signal
from importlib import import_module
from pathlib import Path
from typing import Any

from celery.signals import worker_process_init, worker_ready

from shopguide.embedded.children import KERNEL_WATCHES, die_with_parent

MARKS = "SHOPGUIDE_MARKS"  # a path; `.ready` and then `.warm` are left beside it
WARM = "SHOPGUIDE_WARM"
log = logging.getLogger(__name__)


@worker_process_init.connect
def die_with_main_process(**kwargs: Any) -> None:
    """Ask the kernel to end this pool process with its main process."""
    if KERNEL_WATCHES:
        die_with_parent(os.getppid(), signal.SIGKILL)()


@worker_ready.connect
def tell_ready(**kwargs: Any) -> None:
    """Leave a mark for the health gate, warm what is to be warm, and mark that, too."""
    leave_mark(".ready")
    if named := os.environ.get(WARM):
        warm(named)
    leave_mark(".warm")


def leave_mark(kind: str) -> None:
    """Leave a file where the runner looks for it."""
    if path := os.environ.get(MARKS):
        Path(path + kind).touch()


def warm(named: str) -> None:
    """Call ``module:function`` once; it keeps what it loads. A stop meanwhile ends us at once."""
    module, _, function = named.partition(":")
    graceful = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        getattr(import_module(module), function)()
    except Exception:  # without its model the worker still answers, and search says degraded
        log.exception("%s could not be warmed", named)
    finally:
        signal.signal(signal.SIGTERM, graceful)
