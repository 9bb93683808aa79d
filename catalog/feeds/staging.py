"""Put a chunk of records into temporary tables with COPY.

For the loader. The tables are temporary and not shared unlogged ones: COPY cannot write into a
table under row-level security, and a shared table without it would show one shop's rows to
another. A temporary table belongs to one session, is not logged, and is gone with the
transaction, so nothing is left behind by a killed import.
"""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from catalog.feeds.problems import Problems
from catalog.feeds.records import ProductRecord
from catalog.feeds.references import References
from catalog.feeds.values import AtLeast, Total

TABLES = {
    "incoming_product": "n int, line int, sku text, status text, category_id bigint, brand text,"
    " attributes jsonb, option_names varchar[], created_at timestamptz, titled bool, rows int",
    "incoming_text": "n int, locale text, title text, description text",
    "incoming_variant": "v int, n int, line int, sku text, options jsonb, codes jsonb,"
    " position int, listed bool, active bool, fallback bool, rows int",
    "incoming_price": "v int, price_list_id bigint, amount numeric(14, 2), was numeric(14, 2)",
    "incoming_stock": "v int, warehouse_id bigint, quantity int, kind text",
    "incoming_media": "n int, file text, source text, alt_zh text, alt_en text, options jsonb,"
    " width int, height int, position int, kept bool",
    "incoming_review": "n int, source_id text, stars int, title text, body text, language text,"
    " author text, written_at timestamptz",
    "incoming_source": "n int, source text",
}
# What the statements note about the chunk: ids, what was written, what has changed children.
NOTES = {
    "product_written": "id bigint, created bool",
    "product_key": "n int, id bigint, created bool, changed bool, live bool",
    "variant_known": "v int, product_id bigint, id bigint, owner bigint",
    "variant_written": "id bigint, product_id bigint, sku text, created bool",
    "variant_key": "v int, n int, id bigint, created bool, changed bool",
    "touched_product": "id bigint, shown bool",
    "touched_variant": "id bigint",
}
STOCK_KINDS = {Total: "total", AtLeast: "least"}
Row = tuple[Any, ...]


def create(cursor: Any) -> None:
    """Create the temporary tables, or empty them where the caller's transaction has them already.

    They end with the transaction.
    """
    tables = TABLES | NOTES
    cursor.execute("SELECT to_regclass('pg_temp.incoming_product')")
    if cursor.fetchone()[0]:
        cursor.execute("TRUNCATE " + ", ".join(f"pg_temp.{table}" for table in tables))
        return
    cursor.execute(
        ";".join(
            f"CREATE TEMP TABLE {table} ({columns}) ON COMMIT DROP"
            for table, columns in tables.items()
        )
    )


def fill(
    cursor: Any, records: Sequence[ProductRecord], references: References, problems: Problems
) -> None:
    """Copy the records into the temporary tables."""
    rows: dict[str, list[Row]] = {table: [] for table in TABLES}
    for n, record in enumerate(records):
        rows["incoming_product"].append(
            (
                n, record.line, record.sku, record.status,
                references.category_id(record, problems), record.brand,
                _json(record.attributes), record.option_names, record.created_at,
                record.titled, record.rows,
            )
        )  # fmt: skip
        for locale, text in record.texts.items():
            rows["incoming_text"].append((n, locale, text.title, text.description))
        _add_variants(rows, n, record, references)
        _add_rest(rows, n, record)
    for table, lines in rows.items():
        if lines:
            _copy(cursor, table, lines)


def _add_variants(
    rows: dict[str, list[Row]], n: int, record: ProductRecord, references: References
) -> None:
    for variant in record.variants:
        v = len(rows["incoming_variant"])
        rows["incoming_variant"].append(
            (
                v, n, variant.line, variant.sku, _choice(variant.options), _choice(variant.codes),
                variant.position, record.listed, variant.active, variant.fallback, variant.rows,
            )
        )  # fmt: skip
        for code, (amount, was) in variant.prices.items():
            rows["incoming_price"].append((v, references.price_lists[code], amount, was))
        for code, quantity in variant.stock.items():
            house = references.warehouses[code]
            rows["incoming_stock"].append((v, house, quantity, STOCK_KINDS.get(type(quantity))))


def _add_rest(rows: dict[str, list[Row]], n: int, record: ProductRecord) -> None:
    for medium in record.media or ():
        rows["incoming_media"].append(
            (
                n, medium.file, medium.source, medium.alt_zh, medium.alt_en,
                _json(medium.options), medium.width, medium.height, medium.position,
                medium.kept,
            )
        )  # fmt: skip
    for source in record.media_sources or ():
        rows["incoming_source"].append((n, source))
    for review in record.reviews:
        rows["incoming_review"].append(
            (
                n, review.source_id, review.stars, review.title, review.body,
                review.language, review.author, review.written_at,
            )
        )  # fmt: skip


def _choice(chosen: dict[str, str] | None) -> str | None:
    """Return options as JSON; there are few different ones, and each is written once."""
    return None if chosen is None else _choice_json(tuple(chosen.items()))


@lru_cache(maxsize=20_000)
def _choice_json(chosen: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(dict(chosen), ensure_ascii=False)


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _copy(cursor: Any, table: str, rows: Iterable[Row]) -> None:
    with cursor.copy(f"COPY pg_temp.{table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
