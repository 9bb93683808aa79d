"""A row is the job; Celery is the doorbell.

:class:`Work` is what every job row has: a state, a lease, attempts, a reason of failure. A worker
*claims* the row; a second ring finds it taken. A worker that dies leaves a lease that runs out, and
a sweep rings again; after :data:`MOST_ATTEMPTS` the row says ``failed`` and why.
"""

import datetime
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Self

from django.db import close_old_connections, connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LEASE_S = 30
HEARTBEAT_S = 10
MOST_ATTEMPTS = 3


class State(models.TextChoices):
    """The life of a job."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class WorkQuerySet(models.QuerySet[Any]):
    """Jobs by state."""

    def overdue(self) -> Self:
        """Keep jobs that nobody works on: queued for long, or running with a lease run out."""
        now = timezone.now()
        waited = Q(state=State.QUEUED, changed_at__lt=now - datetime.timedelta(seconds=LEASE_S))
        abandoned = Q(state=State.RUNNING, lease_until__lt=now)
        return self.filter(waited | abandoned)

    def claim(self, pk: int) -> Any | None:
        """Take the job if it is free and has attempts left; None if another worker has it.

        One UPDATE decides, so two rings at once give one worker. A job out of attempts is failed.
        """
        now = timezone.now()
        free = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lt=now)
        taken = self.filter(free, pk=pk, attempts__lt=MOST_ATTEMPTS).update(
            state=State.RUNNING,
            attempts=F("attempts") + 1,
            lease_until=now + datetime.timedelta(seconds=LEASE_S),
            changed_at=now,
        )
        if taken:
            return self.get(pk=pk)
        self.filter(free, pk=pk, attempts__gte=MOST_ATTEMPTS).update(
            state=State.FAILED,
            changed_at=now,
            finished_at=now,
            lease_until=None,
            failure="The worker stopped three times while doing this. See the worker's log.",
        )
        return None


class Work(models.Model):
    """Abstract job row: queued → running → done | failed."""

    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = WorkQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def over(self) -> bool:
        """Tell whether nothing more will happen to this job."""
        return self.state in (State.DONE, State.FAILED, State.CANCELLED)

    def finish(self, **fields: Any) -> None:
        """Mark the job done, with what came of it."""
        self._end(State.DONE, **fields)

    def fail(self, reason: str, **fields: Any) -> None:
        """Mark the job failed and say why, for the person who asked for it."""
        self._end(State.FAILED, failure=reason, **fields)

    def _end(self, state: State, **fields: Any) -> None:
        now = timezone.now()
        values = {"state": state, "changed_at": now, "finished_at": now, "lease_until": None}
        for name, value in (values | fields).items():
            setattr(self, name, value)
        self.save(update_fields=[*values, *fields])

    @contextmanager
    def leased(self) -> Iterator[None]:
        """Renew the lease from a small thread while the block runs: a solo worker cannot itself."""
        over = threading.Event()

        def renew() -> None:
            while not over.wait(HEARTBEAT_S):
                until = timezone.now() + datetime.timedelta(seconds=LEASE_S)
                close_old_connections()
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('shopguide.everyone', 'on', true)")
                    type(self)._default_manager.filter(pk=self.pk, state=State.RUNNING).update(
                        lease_until=until
                    )
            connection.close()

        thread = threading.Thread(target=renew, daemon=True, name=f"lease-{self.pk}")
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join(timeout=5)
