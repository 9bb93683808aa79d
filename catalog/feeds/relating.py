"""Which products a file puts side by side, written when all of them are there.

For the importer. A product may name one that comes later in the file, so the pairs wait in a
temporary file, not in memory, until the last chunk is loaded.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from catalog.feeds import _sql, _sql_values
from catalog.feeds.problems import Fault, Problems
from catalog.feeds.records import ProductRecord
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

PAIRS_A_CHUNK = 20_000
TABLE = "line int, col text, sku text, other text, position int"


class Relations:
    """The pairs of one import."""

    def __init__(self) -> None:
        self._spool = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  (closed by `write`)
        self._count = 0

    def keep(self, records: Iterable[ProductRecord]) -> None:
        """Remember what these records name."""
        for record in records:
            if record.related is not None:
                column = record.name(("related",))
                entry = (record.line, column, record.sku, record.related)
                self._spool.write(json.dumps(entry) + "\n")
                self._count += 1

    def write(self, merchant: Merchant, problems: Problems, *, job: int | None = None) -> None:
        """Write the pairs that differ; report products that do not exist."""
        if self._count:
            self._spool.seek(0)
            for rows in self._chunks():
                with as_merchant(merchant):
                    _write(rows, merchant.pk, problems, job)
        self._spool.close()

    def _chunks(self) -> Iterator[list[tuple[Any, ...]]]:
        rows: list[tuple[Any, ...]] = []
        for text in self._spool:
            line, column, sku, others = json.loads(text)
            # A product that names none has one row without another: its old pairs are removed.
            for place, other in enumerate(others or [None]):
                rows.append((line, column, sku, other, place))
            if len(rows) >= PAIRS_A_CHUNK:
                yield rows
                rows = []
        yield rows


def _write(rows: list[tuple[Any, ...]], merchant: int, problems: Problems, job: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL client_min_messages = warning;"
            " DROP TABLE IF EXISTS pg_temp.incoming_related;"
            f" CREATE TEMP TABLE incoming_related ({TABLE}) ON COMMIT DROP"
        )
        with cursor.copy("COPY pg_temp.incoming_related FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("ANALYZE incoming_related")
        _sql.execute(cursor, _sql_values.RELATED_UNKNOWN, merchant)
        for line, column, other in cursor.fetchall():
            problems.add(line, column, other, Fault.RELATED_UNKNOWN)
        _sql.keep_journal(cursor, job)
        _sql.execute(cursor, _sql_values.RELATED, merchant)
        _sql.keep_journal(cursor, None)
