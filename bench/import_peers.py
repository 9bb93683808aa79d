"""Three other ways to write what an import writes: row by row, in bulk, and raw ``COPY``."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.import_rows import new_shop, records_of, timed


@contextmanager
def writing(shop: Any, *, deferred: bool) -> Iterator[list[int]]:
    """Write as the shop; the ids of variants put into the list are offered at the end.

    ``deferred``: the triggers that keep what search offers are told to wait and their work is done
    once, as our own import does it. A peer that does not know of this has ``deferred`` off.
    """
    from django.db import connection

    from shopguide.accounts.tenancy import as_merchant

    saved: list[int] = []
    with as_merchant(shop), connection.cursor() as cursor:
        if deferred:
            cursor.execute("SET LOCAL shopguide.bulk = 'on'")
        yield saved
        if deferred:
            cursor.execute("SELECT catalog_refresh_offers(%s::bigint[])", [saved])


def loop(count: int) -> float:
    """Write with ``update_or_create``, row by row: each row has its product, as in a flat file."""
    return _loop(count, by_row=True)


def loop_by_product(count: int) -> float:
    """Write with ``update_or_create``, each product once and then its variants."""
    return _loop(count, by_row=False)


def _loop(count: int, *, by_row: bool) -> float:
    from catalog.models import PriceList, Warehouse
    from shopguide.accounts.tenancy import as_merchant

    shop = new_shop()
    records = records_of(count)

    def work() -> None:
        with as_merchant(shop):
            prices, _new = PriceList.objects.get_or_create(merchant=shop, currency="CNY")
            house, _new = Warehouse.objects.get_or_create(merchant=shop, code="main")
        for record in records:
            for part in [[v] for v in record.variants] if by_row else [record.variants]:
                with as_merchant(shop):
                    product = _save_product(shop, record)
                    for variant in part:
                        _save_variant(product, variant, prices, house)

    return timed(work)


def _save_product(shop: Any, record: Any) -> Any:
    from catalog.models import Product, ProductText

    product, _new = Product.objects.update_or_create(
        merchant=shop, sku=record.sku, defaults=_product_fields(record)
    )
    for locale, text in record.texts.items():
        ProductText.objects.update_or_create(
            merchant=shop, product=product, locale=locale, arm="",
            defaults={"title": text.title, "description": text.description},
        )  # fmt: skip
    return product


def _save_variant(product: Any, said: Any, prices: Any, house: Any) -> None:
    from catalog.models import Price, Stock, Variant

    shop = product.merchant
    variant, _new = Variant.objects.update_or_create(
        merchant=shop, sku=said.sku,
        defaults={"product": product, "options": said.options, "codes": said.codes,
                  "position": said.position},
    )  # fmt: skip
    Price.objects.update_or_create(
        merchant=shop, price_list=prices, variant=variant,
        defaults={"amount": said.prices["CNY"][0]},
    )  # fmt: skip
    Stock.objects.update_or_create(
        merchant=shop, warehouse=house, variant=variant,
        defaults={"quantity": said.stock["main"]},
    )  # fmt: skip


def _product_fields(record: Any) -> dict[str, Any]:
    return {
        "status": record.status, "brand": record.brand, "attributes": record.attributes,
        "option_names": record.option_names,
    }  # fmt: skip


def bulk(count: int, *, deferred: bool = False) -> float:
    """Write all with ``bulk_create(update_conflicts=True)``, 2,000 rows a statement."""
    from catalog.models import PriceList, Warehouse
    from shopguide.accounts.tenancy import as_merchant

    shop = new_shop()
    records = records_of(count)

    def work() -> None:
        with as_merchant(shop):
            prices, _new = PriceList.objects.get_or_create(merchant=shop, currency="CNY")
            house, _new = Warehouse.objects.get_or_create(merchant=shop, code="main")
        for start in range(0, len(records), 800):
            part = records[start : start + 800]
            with writing(shop, deferred=deferred) as saved:
                variants = _bulk_variants(shop, part, _bulk_products(shop, part))
                _bulk_terms(part, variants, prices, house)
                saved.extend(variant.pk for variant in variants)

    return timed(work)


def _upsert(model: Any, rows: list[Any], key: list[str], fields: list[str]) -> list[Any]:
    made: list[Any] = model.objects.bulk_create(
        rows, batch_size=2_000, update_conflicts=True, unique_fields=key, update_fields=fields
    )
    return made


def _bulk_products(shop: Any, part: list[Any]) -> list[Any]:
    from catalog.models import Product, ProductText

    made = _upsert(
        Product,
        [Product(merchant=shop, sku=r.sku, **_product_fields(r)) for r in part],
        ["merchant", "sku"], ["status", "brand", "attributes", "option_names"],
    )  # fmt: skip
    texts = [
        ProductText(
            merchant=shop, product=product, locale=locale,
            title=text.title, description=text.description,
        )
        for product, record in zip(made, part, strict=True)
        for locale, text in record.texts.items()
    ]  # fmt: skip
    _upsert(ProductText, texts, ["product", "locale", "arm"], ["title", "description"])
    return made


def _bulk_variants(shop: Any, part: list[Any], made: list[Any]) -> list[Any]:
    from catalog.models import Variant

    rows = [
        Variant(
            merchant=shop, product=product, sku=v.sku, options=v.options,
            codes=v.codes, position=v.position,
        )
        for product, record in zip(made, part, strict=True)
        for v in record.variants
    ]  # fmt: skip
    return _upsert(Variant, rows, ["merchant", "sku"], ["options", "codes", "position"])


def _bulk_terms(part: list[Any], variants: list[Any], prices: Any, house: Any) -> None:
    from catalog.models import Price, Stock

    shop, stated = prices.merchant, [v for record in part for v in record.variants]
    pairs = list(zip(variants, stated, strict=True))
    _upsert(
        Price,
        [Price(merchant=shop, price_list=prices, variant=variant, amount=v.prices["CNY"][0])
         for variant, v in pairs],
        ["price_list", "variant"], ["amount", "was"],
    )  # fmt: skip
    _upsert(
        Stock,
        [Stock(merchant=shop, warehouse=house, variant=variant, quantity=v.stock["main"])
         for variant, v in pairs],
        ["warehouse", "variant"], ["quantity"],
    )  # fmt: skip


TABLES = ("product", "producttext", "variant", "price", "stock", "searchoffer")


def raw_copy(count: int, *, keys: bool = True) -> float:
    """COPY the finished rows of our own import into equal tables.

    The rows are taken from an import that ran before, so they are exactly those that it wrote.
    """
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('shopguide.everyone', 'on', false)")
        rows = {table: _rows_of(cursor, table) for table in TABLES}
        _equal_tables(cursor, keys=keys)

        def work() -> None:
            cursor.execute("BEGIN")
            for table, (columns, lines) in rows.items():
                with cursor.copy(f"COPY equal_{table} ({columns}) FROM STDIN") as copy:
                    for line in lines:
                        copy.write(line)
            cursor.execute("COMMIT")

        seconds = timed(work)
        cursor.execute("SELECT count(*) FROM equal_variant")
        if cursor.fetchone() != (count,):
            raise SystemExit("the copied rows are not those of the import")
        for table in reversed(TABLES):
            cursor.execute(f"DROP TABLE equal_{table}")
    return seconds


def _rows_of(cursor: Any, table: str) -> tuple[str, list[bytes]]:
    cursor.execute(
        "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        [f"catalog_{table}"],
    )
    columns = cursor.fetchone()[0]
    with cursor.copy(f"COPY (SELECT {columns} FROM catalog_{table} ORDER BY id) TO STDOUT") as copy:
        return columns, [bytes(block) for block in copy]


def _equal_tables(cursor: Any, *, keys: bool) -> None:
    """Make tables with our columns, defaults, checks and indexes, and our foreign keys."""
    for table in TABLES:
        cursor.execute(f"CREATE TABLE equal_{table} (LIKE catalog_{table} INCLUDING ALL)")
    for table in TABLES if keys else ():
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = 'f'",
            [f"catalog_{table}"],
        )
        for (definition,) in cursor.fetchall():
            equal = re.sub(rf"catalog_({'|'.join(TABLES)})\(", r"equal_\1(", definition)
            cursor.execute(f"ALTER TABLE equal_{table} ADD {equal}")
