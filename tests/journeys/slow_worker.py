"""A chat worker of its own that writes slowly, so that somebody can watch it: for the journeys.

``python -m tests.journeys.slow_worker DATABASE QUEUE PAUSE``. It is the real worker, task and all;
only the pace of the words is set here, and nobody is asked to think.
"""

import os
import sys
import time
from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def main(database: str, queue: str, pause: float) -> None:
    """Work on one queue in one database until somebody ends it."""
    import django

    django.setup()
    from django.db import connections

    from assistant import tasks
    from assistant.answering import thoughtless
    from shopguide.celery import app
    from shopguide.writing import Plan, Realiser
    from tests.databases import point

    class Slow(Realiser):
        """The realiser, with a breath before each sentence."""

        def write(self, plan: Plan) -> Iterator[str]:
            for sentence in super().write(plan):
                time.sleep(pause)
                yield sentence

    point([connections["owner"], connections["default"]], [database, database])
    tasks.think, tasks.phraser = thoughtless, Slow  # type: ignore[assignment]
    app.worker_main(
        ["worker", "-n", f"{queue}@journeys", "-Q", queue, "-P", "threads", "-c", "2",
         "--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "ERROR"]
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
