"""Bring a chunk of records into the shop, writing only what differs.

For the importer. One transaction a chunk, a fixed number of statements however many products.
Products and fields that the file does not name are left alone. A chunk that the database refuses
is halved until the row at fault stands alone, so that it costs no other.
"""

import logging
from collections import Counter
from collections.abc import Sequence

from django.db import DataError, IntegrityError, connection, transaction

from catalog.feeds import _sql, _sql_values, staging
from catalog.feeds.problems import Fault, Problems
from catalog.feeds.records import ProductRecord, VariantRecord
from catalog.feeds.references import References
from catalog.models import CatalogImport
from shopguide.accounts.tenancy import as_merchant

logger = logging.getLogger(__name__)

# A chunk is one transaction. The first is small: the planner believes that empty tables stay
# empty, which a chunk of 8,000 variants paid with a minute. Larger chunks than 8,000 gain little
# and cost memory and longer locks.
FIRST_VARIANTS, MOST_VARIANTS = 500, 8_000


class Loader:
    """Loads one shop's chunks.

    ``job``: the import whose changes are written down, so that it can be taken back.
    ``counts``: rows created, updated, unchanged and failed. ``room``: how many variants the next
    chunk should have at most.
    """

    def __init__(
        self, references: References, problems: Problems, *, job: CatalogImport | None = None
    ) -> None:
        self.references, self.problems, self.job = references, problems, job
        self.merchant = references.merchant
        self.counts: Counter[str] = Counter()
        self.room = FIRST_VARIANTS

    def load(self, records: Sequence[ProductRecord]) -> None:
        """Load the records; those that the database refuses are reported and counted."""
        if not records:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_sql.ANALYZE_GROWN)
        try:
            with as_merchant(self.merchant):
                counts = _Chunk(self, records).load()
        except (IntegrityError, DataError) as error:
            self._halve(records, error)
        else:
            self.counts.update(counts)
            self.room = min(MOST_VARIANTS, 2 * self.room)

    def _halve(self, records: Sequence[ProductRecord], error: Exception) -> None:
        if len(records) > 1:
            middle = len(records) // 2
            self.load(records[:middle])
            self.load(records[middle:])
            return
        record = records[0]
        logger.warning("line %s, SKU %s: %s", record.line, record.sku, error)
        self.problems.add(record.line, record.name(("sku",)), record.sku, Fault.DATABASE)
        self.counts["failed"] += record.all_rows


class _Chunk:
    """One transaction's worth of records."""

    def __init__(self, loader: Loader, records: Sequence[ProductRecord]) -> None:
        self.loader, self.records, self.problems = loader, records, loader.problems
        self.counts: Counter[str] = Counter()
        self.variants: list[VariantRecord] = [v for record in records for v in record.variants]

    def load(self) -> Counter[str]:
        """Stage, merge, count."""
        with connection.cursor() as self.cursor:
            staging.create(self.cursor)
            staging.fill(self.cursor, self.records, self.loader.references, self.problems)
            # The triggers' work is done below, once for all rows.
            self.cursor.execute(f"SET LOCAL shopguide.bulk = 'on'; {_sql.PLANS}")
            job = self.loader.job
            self.job = job.pk if job else None
            self.again = bool(job and job.attempts > 1)
            self._leave_edited()
            self._products()
            self._variants()
            self._children()
            self.journal(None)
            for statement in (_sql_values.REVISIONS, _sql_values.OFFERS):
                self.run(statement)
            self.run(_sql_values.COUNTS)
            self.counts.update({name: int(rows) for name, rows in self.cursor.fetchall()})
            if self.job:
                self.run(_sql.JOURNAL_ADDED)
            self.cursor.execute(_sql.PLANS_AGAIN)
        return self.counts

    def run(self, statement: str) -> None:
        """Execute one statement for this shop."""
        job = self.loader.job
        _sql.execute(
            self.cursor,
            statement,
            self.loader.merchant.pk,
            job=self.job or 0,
            again=self.again,
            began=job.began if job else "",
        )

    def journal(self, job: int | None) -> None:
        """Write down what the next statements change, or no longer."""
        if self.job:
            _sql.keep_journal(self.cursor, job)

    def _leave_edited(self) -> None:
        """Take products back that somebody has edited since the import began."""
        if not self.loader.job or not self.loader.job.began:
            return
        self.run(_sql.EDITED_AGAIN if self.again else _sql.EDITED)
        for (n,) in sorted(self.cursor.fetchall()):
            record = self.records[n]
            self.counts["failed"] += record.all_rows
            self.problems.add(
                record.line, record.name(("sku",)), record.sku, Fault.EDITED_MEANWHILE
            )

    def _products(self) -> None:
        self.journal(self.job)
        if not all(record.titled for record in self.records):
            self.run(_sql.ALIASES)
            self.run(_sql.UNTITLED)
            for (n,) in self.cursor.fetchall():
                record = self.records[n]
                self.counts["failed"] += record.all_rows
                self.problems.add(record.line, record.name(("title",)), "", Fault.NO_TITLE)
        self.run(_sql.PRODUCTS)
        self.run(_sql.PRODUCT_KEYS)
        if any(text.title is None for record in self.records for text in record.texts.values()):
            self.run(_sql.TEXTS_WITHOUT_TITLE)
            for n, locale in self.cursor.fetchall():
                record = self.records[n]
                self.problems.add(record.line, record.name(("title", locale)), "", Fault.NO_TITLE)
        self.journal(None)
        self.run(_sql.TEXTS_OF_NEW)
        self.journal(self.job)
        self.run(_sql.TEXTS)

    def _variants(self) -> None:
        self.run(_sql.VARIANTS_KNOWN)
        self._refuse(_sql.SKUS_ELSEWHERE, "sku", Fault.SKU_ELSEWHERE)
        if self._any("SELECT FROM product_key WHERE NOT created"):
            self._refuse(_sql.SAME_OPTIONS, "options", Fault.SAME_OPTIONS)
            self.run(_sql.VARIANTS_CHANGED)
            self.run(_sql.VARIANTS_NEW)
            self.run(_sql.PLAIN_VARIANTS_GONE)
        else:
            self.run(_sql.VARIANTS_NEW)
        self.run(_sql.VARIANT_KEYS)

    def _any(self, query: str) -> bool:
        self.cursor.execute(f"SELECT EXISTS({query})")
        return bool(self.cursor.fetchone()[0])

    def _refuse(self, statement: str, column: str, fault: Fault) -> None:
        """Take variants back that clash with what the shop has, and report them."""
        self.run(statement)
        for n, v in sorted(set(self.cursor.fetchall())):
            record, variant = self.records[n], self.variants[v]
            path = ("variants", variant.position, column)
            self.problems.add(variant.line, record.name(path), variant.sku, fault)
            self.counts["failed"] += variant.rows

    def _children(self) -> None:
        records = self.records
        if self._any("SELECT FROM variant_key WHERE created"):
            self.journal(None)
            for statement in (
                _sql_values.PRICES_OF_NEW,
                _sql_values.STOCK_OF_NEW,
                _sql_values.OFFERS_OF_NEW,
            ):
                self.run(statement)
        if self._any("SELECT FROM product_key WHERE NOT created"):
            self.journal(self.job)
        if self._any("SELECT FROM variant_key WHERE NOT created"):
            self.run(_sql_values.PRICES)
            self.run(_sql_values.STOCK)
            if self._any("SELECT FROM incoming_stock WHERE kind IS NOT NULL"):
                self.run(_sql_values.STOCK_IN_ALL)
        if any(record.media_sources for record in records):
            self.run(_sql_values.MEDIA_CROPPED)
            self.run(_sql_values.MEDIA_GONE)
            self.run(_sql_values.MEDIA)
        if any(record.reviews for record in records):
            self.run(_sql_values.REVIEWS)
