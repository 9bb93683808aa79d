"""Forget, after some time, what edits and imports keep only so that they can be taken back.

For the hourly task. The edits themselves and their counts stay; only the former values go, and with
them the button that takes an edit back. A few thousand rows in a transaction, so nothing waits.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from catalog.models import Arrangement, BulkEdit
from shopguide.accounts.tenancy import as_everyone

BATCH = 5_000
# Journal, the job that it belongs to, and its column.
JOURNALS = (
    ("catalog_importchange", "catalog_catalogimport", "catalog_import_id"),
    ("catalog_bulkeditrow", "catalog_bulkedit", "bulk_edit_id"),
)
SOME = """
DELETE FROM {journal} WHERE id IN (
    SELECT c.id FROM {job} j JOIN {journal} c ON c.{column} = j.id
    WHERE j.finished_at < %s AND j.state IN ('done', 'failed', 'cancelled') LIMIT %s)
"""


def oldest() -> datetime.datetime:
    """Return the moment before which what was done cannot be taken back any more."""
    return timezone.now() - datetime.timedelta(days=settings.UNDO_DAYS)


def kept(job: BulkEdit) -> bool:
    """Tell whether a finished edit's former values are still there."""
    return job.finished_at is not None and job.finished_at >= oldest()


def forget_journals() -> int:
    """Delete former values of edits and imports that ended long ago; return how many rows."""
    done = 0
    for journal, job, column in JOURNALS:
        statement = SOME.format(journal=journal, job=job, column=column)
        while True:
            with as_everyone(), connection.cursor() as cursor:
                cursor.execute(statement, [oldest(), BATCH])
                gone = cursor.rowcount
            done += gone
            if gone < BATCH:
                break
    with as_everyone():
        old = Arrangement.objects.filter(created_at__lt=oldest())
        return done + int(old._raw_delete("default"))
