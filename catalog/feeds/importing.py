"""Import a catalogue file into a shop: read, check, load in chunks, keep the counts on the row.

For the task and the command. It never indexes or encodes (its callers do, afterwards), never
touches products that the file does not name, and never loses a good row to a bad one. Running it
again, after an end or a kill, comes to the same state; what is unchanged is not written.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from catalog.feeds.formats import Format, format_of
from catalog.feeds.images import Pictures, shelf
from catalog.feeds.loading import Loader
from catalog.feeds.mapped import Mapped
from catalog.feeds.mapping import mapping_of
from catalog.feeds.normalising import normalise
from catalog.feeds.opening import Source
from catalog.feeds.problems import Problems, Refused, RowProblem
from catalog.feeds.records import ProductRecord, RawProduct
from catalog.feeds.references import References
from catalog.feeds.relating import Relations
from catalog.feeds.remote import RemotePictures
from catalog.feeds.taking import Rules
from catalog.models import CatalogImport, RowError
from shopguide.accounts.tenancy import as_merchant

MOST_CHARACTERS_A_CHUNK = 6_000_000
SECONDS_A_CHUNK = 15.0
LOCK_SPACE = 0x5347  # advisory locks of imports, beside other uses of such locks
LOCK_WAIT_S = 600

Progress = Callable[[CatalogImport], None]


class Stopped(Exception):
    """Somebody asked the import to stop; what was loaded before stays, and can be taken back."""


@dataclass(slots=True)
class ImportReport:
    """What came of an import. ``errors``: the first 10,000 problems."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    errors: list[RowProblem] = field(default_factory=list)


def import_file(
    catalog_import: CatalogImport, *, progress: Progress | None = None, fetch: bool = True
) -> ImportReport:
    """Import the file that the row names; keep progress, counts and problems on the row.

    Raises `Refused` for a file that cannot be read (to its end) and `Stopped` if asked to; what was
    loaded before stays. ``fetch``: pictures at addresses too. A dry import counts what it would do
    and changes nothing. Waits while another import of the shop runs. The row's
    state is the caller's to set.
    """
    with alone(catalog_import, progress):
        return _Run(catalog_import, progress, fetch=fetch).run()


class _Run:
    """One import from the first byte to the last."""

    def __init__(self, row: CatalogImport, progress: Progress | None, *, fetch: bool) -> None:
        self.row, self.progress = row, progress
        self.journal = None if row.dry else row.pk
        self.problems = Problems(keep=RowError.MOST_KEPT)
        self.source = Source(Path(row.file))
        self.references = References(row.merchant, job=self.journal)
        self.loader = Loader(self.references, self.problems, job=None if row.dry else row)
        self.rules = Rules(
            currencies=frozenset(settings.CURRENCIES),
            folder=str(row.merchant_id),
            pictures=_pictures(row),
            remote=RemotePictures(row.merchant) if fetch and not row.dry else None,
            told_of_pictures=bool(row.dry and row.images),
        )
        self.relations = Relations()
        self.chunk: list[ProductRecord] = []
        self.size = self.variants = 0
        self.began = time.monotonic()

    def run(self) -> ImportReport:
        """Read the file through, a chunk at a time."""
        self._start()
        reader = self._reader()
        try:
            for raw in reader.products():
                self._take(raw)
                if self._full():
                    self._load(reader)
        except Refused:
            self._load(reader)  # what was read before is good
            raise
        self._load(reader)
        if not self.row.dry:
            self.relations.write(self.row.merchant, self.problems, job=self.journal)
        return self._report()

    def _take(self, raw: RawProduct) -> None:
        """Put the product into the chunk; count the rows that cannot be taken."""
        record = normalise(raw, self.rules, self.problems)
        if record is None:
            self.loader.counts["failed"] += raw.all_rows
            return
        self.loader.counts["failed"] += raw.all_rows - record.all_rows
        self.chunk.append(record)
        self.size += record.size
        self.variants += len(record.variants)

    def _reader(self) -> Format:
        """Return the format's reader, and let what it leaves unsaid be the rule."""
        row, rules = self.row, self.rules
        reader: Format
        if row.mapping:
            reader = Mapped(self.source, self.problems, mapping_of(row.mapping))
        else:
            reader = format_of(self.source, row.format)(self.source, self.problems)
        own = row.merchant.currencies
        rules.language, rules.divide = reader.language, reader.divide
        rules.currency = reader.currency or (own[0] if own else reader.usual_currency)
        return reader

    def _start(self) -> None:
        row = self.row
        row.stage, row.started_at = "reading", timezone.now()
        row.bytes_total, row.bytes_read = self.source.size, 0
        row.rows = row.created = row.updated = row.unchanged = row.failed = 0
        with as_merchant(row.merchant):
            row.errors.all().delete()
            row.save()
            if not row.dry and not row.began:
                row.began = _began(row)
                row.save(update_fields=["began"])
        self._tell()

    def _full(self) -> bool:
        return (
            self.variants >= self.loader.room
            or self.size >= MOST_CHARACTERS_A_CHUNK
            or (bool(self.chunk) and time.monotonic() - self.began > SECONDS_A_CHUNK)
        )

    def _load(self, reader: Format) -> None:
        if self.row.dry:
            self._try()
        else:
            self.references.prepare(self.chunk, self.rules.kinds)
            self.loader.load(self.chunk)
            self.relations.keep(self.chunk)
        self.chunk, self.size, self.variants = [], 0, 0
        self.began = time.monotonic()
        self._keep(reader.position)
        if self._asked_to_stop():
            raise Stopped

    def _try(self) -> None:
        """Load the chunk, count what it does, and take it all back."""
        with transaction.atomic():
            self.references.prepare(self.chunk, self.rules.kinds)
            self.loader.load(self.chunk)
            transaction.set_rollback(True)
        if self.chunk:
            self.references = References(self.row.merchant)
            self.loader.references = self.references

    def _asked_to_stop(self) -> bool:
        with as_merchant(self.row.merchant):
            return bool(CatalogImport.objects.filter(pk=self.row.pk, stop_asked=True).exists())

    def _keep(self, position: int) -> None:
        """Write counts and fresh problems to the row, for whoever watches."""
        row, counts = self.row, self.loader.counts
        row.created, row.updated = counts["created"], counts["updated"]
        row.unchanged = counts["unchanged"]
        row.failed = counts["failed"] + self.problems.lost_rows
        row.rows = row.created + row.updated + row.unchanged + row.failed
        row.bytes_read = position
        with as_merchant(row.merchant):
            RowError.objects.bulk_create(
                [
                    RowError(
                        merchant=row.merchant, catalog_import=row, line=problem.line,
                        column=problem.column, value=problem.value,
                        reason=problem.fault.reason, remedy=problem.fault.remedy,
                    )
                    for problem in self.problems.drain()
                ],
                batch_size=1_000,
            )  # fmt: skip
            row.save(
                update_fields=[
                    "stage", "bytes_read", "rows", "created", "updated", "unchanged", "failed",
                ]
            )  # fmt: skip
        self._tell()

    def _tell(self) -> None:
        if self.progress:
            self.progress(self.row)

    def _report(self) -> ImportReport:
        row = self.row
        row.stage = "imported"
        self._keep(self.source.size)
        return ImportReport(
            row.rows, row.created, row.updated, row.unchanged, row.failed, self.problems.first
        )


def _pictures(row: CatalogImport) -> Pictures | None:
    """Return the pictures that came with the file; a dry run stores none."""
    return (
        Pictures(shelf(Path(row.images)), row.merchant_id) if row.images and not row.dry else None
    )


def _began(row: CatalogImport) -> str:
    """Return the number of the transaction that saved the row: later edits have a higher one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM catalog_catalogimport WHERE id = %s", [row.pk])
        return str(cursor.fetchone()[0])


@contextmanager
def alone(row: CatalogImport, progress: Progress | None = None) -> Iterator[None]:
    """Hold the shop's import lock: two imports of one shop run one after the other.

    Postgres gives the lock back when the process dies.
    """
    deadline = time.monotonic() + LOCK_WAIT_S
    while not _lock(row.merchant_id):
        if time.monotonic() > deadline:
            raise Refused(
                _("Another import of this shop is still running."), _("Try again when it is done.")
            )
        row.stage = "waiting"
        if progress:
            progress(row)
        time.sleep(1)
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, row.merchant_id])


def _lock(merchant: int) -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, merchant])
        return bool(cursor.fetchone()[0])
