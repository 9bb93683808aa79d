"""How fast a catalogue comes in: our import beside three ways to write the same rows.

`python -m bench.import_catalog` measures, in one run and on one database,

- a loop of ``update_or_create``, as most shops' importers do it, row by row or product by product;
- ``bulk_create(update_conflicts=True)``, the fastest that Django has of its own; once more with
  our triggers' work ``deferred`` to the end, which is more than a peer would know to do;
- raw ``COPY`` into tables that are equal to ours in columns, indexes, checks and foreign keys,
  without row-level security or triggers: the floor under which no import of these rows can go;
- our loader, from typed records, and our whole verb, from the file.

All end with the same rows: products, texts in two languages, variants, prices, stock and what
search offers. A row is a variant with everything that belongs to it. The way that writes least
often (the loop) is measured on fewer rows. It makes a database of its own and drops it.
"""

import argparse
import json
import math
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

SIZES = (2_000, 20_000, 100_000)
LOOP_ROWS = 400
ROUNDS = 3
VARIANTS_A_PRODUCT = 10
RESULTS = Path(__file__).parent / "results" / "import.json"
COLOURS = ("black", "white", "navy", "red", "green", "gray", "pink", "beige")
SIZE_NAMES = ("XS", "S", "M", "L", "XL")
MATERIALS = ("cotton", "wool", "linen", "silk", "polyester")
GOALS = {"loop": 100.0, "bulk_create": 2.0, "raw_copy": 0.6}


def products(count: int, *, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield products in our JSON with ``count`` variants in all."""
    chance = random.Random(seed)
    for number in range(math.ceil(count / VARIANTS_A_PRODUCT)):
        left = min(VARIANTS_A_PRODUCT, count - number * VARIANTS_A_PRODUCT)
        yield {
            "sku": f"P{number}",
            "status": "live",
            "brand": "Loom",
            "category": "clothing/tops/t-shirts",
            "title": {"zh-hans": f"纯棉圆领短袖 {number} 号", "en": f"Cotton crew neck {number}"},
            "description": {
                "zh-hans": "柔软的纯棉面料，适合日常穿着。" * 3,
                "en": "Soft combed cotton for every day. " * 4,
            },
            "attributes": {
                "material": chance.choice(MATERIALS), "weight_g": chance.randint(100, 300),
            },
            "options": ["colour", "size"],
            "variants": [
                {
                    "sku": f"P{number}-{place}",
                    "options": {"colour": COLOURS[place // 5], "size": SIZE_NAMES[place % 5]},
                    "prices": {"CNY": f"{chance.randint(20, 900)}.00"},
                    "stock": {"main": chance.randint(1, 90)},
                }
                for place in range(left)
            ],
        }  # fmt: skip


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


@contextmanager
def scratch_database() -> Iterator[None]:
    """Point the settings at a new database, migrate it, and drop it at the end."""
    import psycopg

    name = f"bench_import_{os.getpid()}"
    owner = os.environ["MIGRATE_DATABASE_URL"]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    for variable in ("DATABASE_URL", "MIGRATE_DATABASE_URL"):
        parts = urlsplit(os.environ[variable])
        os.environ[variable] = urlunsplit(parts._replace(path=f"/{name}"))
    try:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield
    finally:
        from django.db import connections

        connections.close_all()
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name}")


def empty() -> None:
    """Remove all that a measurement wrote, so that each begins with empty tables."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE accounts_merchant CASCADE")


def new_shop() -> Any:
    """Return an empty shop in an empty market place."""
    from shopguide.accounts.models import Merchant

    empty()
    return Merchant.objects.create(slug="bench", currencies=["CNY"])


def timed(work: Callable[[], Any]) -> float:
    """Return the seconds that ``work`` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def records_of(count: int) -> list[Any]:
    """Return typed records, as our normaliser makes them; not part of what is timed."""
    from catalog.feeds.normalising import normalise
    from catalog.feeds.problems import Problems
    from catalog.feeds.records import RawProduct, RawVariant
    from catalog.feeds.taking import Rules

    problems, rules, found = Problems(100), Rules(currencies={"CNY"}), []
    for line, said in enumerate(products(count), 1):
        variants = [RawVariant(line, each) for each in said["variants"]]
        record = normalise(RawProduct(line, said, variants, size=1_000), rules, problems)
        if record is None:
            raise SystemExit(f"a product of the bench is refused: {problems.first[0]}")
        found.append(record)
    return found


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
    from catalog.models import Price, PriceList, Product, ProductText, Stock, Variant, Warehouse
    from shopguide.accounts.tenancy import as_merchant

    shop = new_shop()
    records = records_of(count)

    def upsert(model: Any, rows: list[Any], key: list[str], fields: list[str]) -> list[Any]:
        made: list[Any] = model.objects.bulk_create(
            rows, batch_size=2_000, update_conflicts=True, unique_fields=key, update_fields=fields
        )
        return made

    def work() -> None:
        with as_merchant(shop):
            prices, _new = PriceList.objects.get_or_create(merchant=shop, currency="CNY")
            house, _new = Warehouse.objects.get_or_create(merchant=shop, code="main")
        for start in range(0, len(records), 800):
            part = records[start : start + 800]
            with writing(shop, deferred=deferred) as saved:
                made = upsert(
                    Product,
                    [Product(merchant=shop, sku=r.sku, **_product_fields(r)) for r in part],
                    ["merchant", "sku"], ["status", "brand", "attributes", "option_names"],
                )  # fmt: skip
                upsert(
                    ProductText,
                    [
                        ProductText(merchant=shop, product=product, locale=locale,
                                    title=text.title, description=text.description)
                        for product, record in zip(made, part, strict=True)
                        for locale, text in record.texts.items()
                    ],
                    ["product", "locale", "arm"], ["title", "description"],
                )  # fmt: skip
                stated = [v for record in part for v in record.variants]
                variants = upsert(
                    Variant,
                    [
                        Variant(merchant=shop, product=product, sku=v.sku, options=v.options,
                                codes=v.codes, position=v.position)
                        for product, record in zip(made, part, strict=True)
                        for v in record.variants
                    ],
                    ["merchant", "sku"], ["options", "codes", "position"],
                )  # fmt: skip
                pairs = list(zip(variants, stated, strict=True))
                upsert(
                    Price,
                    [Price(merchant=shop, price_list=prices, variant=variant,
                           amount=v.prices["CNY"][0]) for variant, v in pairs],
                    ["price_list", "variant"], ["amount", "was"],
                )  # fmt: skip
                upsert(
                    Stock,
                    [Stock(merchant=shop, warehouse=house, variant=variant,
                           quantity=v.stock["main"]) for variant, v in pairs],
                    ["warehouse", "variant"], ["quantity"],
                )  # fmt: skip
                saved.extend(variant.pk for variant in variants)

    return timed(work)


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


def ours_from_records(count: int) -> tuple[float, float]:
    """Load typed records with our loader: into an empty shop, and once more unchanged."""
    from catalog.feeds.loading import Loader
    from catalog.feeds.problems import Problems
    from catalog.feeds.references import References

    shop = new_shop()
    records = records_of(count)

    def work() -> None:
        problems = Problems(100)
        loader = Loader(References(shop), problems)
        start = 0
        while part := records[start : start + loader.room // VARIANTS_A_PRODUCT]:
            loader.references.prepare(part, {})
            loader.load(part)
            start += len(part)
        if problems.count or loader.counts["failed"]:
            raise SystemExit(f"our import refused rows: {problems.first[:3]}")

    return timed(work), timed(work)


def ours_from_file(count: int, path: Path) -> float:
    """Run the whole verb on a JSON Lines file."""
    from catalog.feeds.importing import import_file
    from catalog.models import CatalogImport
    from shopguide.accounts.tenancy import as_merchant

    shop = new_shop()
    with path.open("w", encoding="utf-8") as stream:
        for said in products(count):
            stream.write(json.dumps(said, ensure_ascii=False) + "\n")
    with as_merchant(shop):
        row = CatalogImport.objects.create(merchant=shop, file=str(path), file_name=path.name)
    return timed(lambda: import_file(row))


def resident_mb() -> float:
    """Return the most memory that this process has held."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def slope(seconds: dict[int, float]) -> float:
    """Return the exponent of time over rows from the second size to the largest."""
    sizes = sorted(seconds)
    small, large = sizes[-2], sizes[-1]
    return math.log(seconds[large] / seconds[small]) / math.log(large / small)


def whole_import(path: Path, shop: str) -> tuple[float, float]:
    """Run ``import_catalog`` into a new shop: seconds, and its peak of resident megabytes.

    In a process of its own, from /proc: what getrusage says of a child starts at its parent's peak.
    """
    import subprocess

    code = (
        "import re, sys; from django.core.management import execute_from_command_line as run;"
        "run(['manage.py', 'import_catalog', sys.argv[1], '--merchant', sys.argv[2],"
        " '--create-merchant', '--skip-checks']);"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) / 1024)"
    )
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), shop], check=True, capture_output=True, text=True
    )
    return time.perf_counter() - began, float(done.stdout.splitlines()[-1])


def memory(count: int, folder: Path) -> dict[str, dict[str, float]]:
    """Return seconds and peak memory of a first import in each format, 100,000 rows unless told."""
    from catalog.feeds.exporting import export_file
    from shopguide.accounts.models import Merchant

    path = folder / "jsonl.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for said in products(count):
            stream.write(json.dumps(said, ensure_ascii=False) + "\n")
    found = {"jsonl": whole_import(path, "memory-jsonl")}
    shop = Merchant.objects.get(slug="memory-jsonl")
    for name, format in (("csv", "own"), ("tsv", "google"), ("xml", "google")):
        path = folder / f"{name}.{name}"
        export_file(shop, path, format=format)
        found[name] = whole_import(path, f"memory-{name}")
        seconds, megabytes = found[name]
        print(f"  {name:6} {seconds:6.1f} s {megabytes:6.0f} MB", file=sys.stderr)
    return {
        name: {"seconds": round(seconds, 1), "resident_mb": round(megabytes)}
        for name, (seconds, megabytes) in found.items()
    }


def measure(sizes: Sequence[int], rounds: int, folder: Path) -> dict[str, Any]:
    """Measure all, the peers of one round after another; keep each one's median."""
    taken: dict[str, dict[int, list[float]]] = {}

    def note(name: str, size: int, seconds: float) -> None:
        taken.setdefault(name, {}).setdefault(size, []).append(seconds)
        print(f"  {name:22} {size:>9,} rows {size / seconds:>10,.0f} rows/s", file=sys.stderr)

    for size in sizes:
        for _round in range(rounds):
            note("bulk_create", size, bulk(size))
            note("bulk_create_deferred", size, bulk(size, deferred=True))
            fresh, again = ours_from_records(size)
            note("ours", size, fresh)
            note("ours_unchanged", size, again)
            note("raw_copy", size, raw_copy(size))
            note("raw_copy_no_keys", size, raw_copy(size, keys=False))
            note("ours_whole_file", size, ours_from_file(size, folder / "bench.jsonl"))
    for _round in range(rounds):
        note("loop", LOOP_ROWS, loop(LOOP_ROWS))
        note("loop_by_product", LOOP_ROWS, loop_by_product(LOOP_ROWS))
    seconds = {n: {s: statistics.median(t) for s, t in by.items()} for n, by in taken.items()}
    return summary(seconds, sizes, whole=memory(max(sizes), folder))


def summary(
    seconds: dict[str, dict[int, float]], sizes: Sequence[int], *, whole: dict[str, Any]
) -> dict[str, Any]:
    """Return speeds, ratios, slopes and memory, with the goals beside them."""
    speeds = {n: {s: s / t for s, t in by.items()} for n, by in seconds.items()}
    largest = max(sizes)
    ours = speeds["ours"][largest]
    peers = {name: by.get(largest, by.get(LOOP_ROWS)) for name, by in speeds.items()}
    return {
        "rows": largest,
        "rows_per_second": {
            n: {str(s): round(v) for s, v in by.items()} for n, by in speeds.items()
        },
        "ratios": {n: round(ours / speed, 2) for n, speed in peers.items() if n != "ours"},
        "goals": GOALS,
        "slope": {
            name: round(slope(seconds[name]), 3)
            for name in ("ours", "ours_whole_file", "bulk_create", "raw_copy")
            if len(sizes) > 1
        },
        "whole_import_seconds": round(seconds["ours_whole_file"][largest], 1),
        "whole_import": whole,
        "resident_mb": max(each["resident_mb"] for each in whole.values()),
        "processors": os.cpu_count(),
    }


def show(found: dict[str, Any]) -> None:
    """Print the table."""
    sizes = sorted({int(size) for by in found["rows_per_second"].values() for size in by})
    print(f"{'rows/s':24}" + "".join(f"{size:>12,}" for size in sizes) + f"{'ours is ×':>12}")
    for name, by in found["rows_per_second"].items():
        cells = "".join(f"{by.get(str(size), ''):>12}" for size in sizes)
        print(f"{name:24}{cells}{found['ratios'].get(name, ''):>12}")
    print("slope: " + ", ".join(f"{name} {value}" for name, value in found["slope"].items()))
    print(
        f"{found['rows']:,} rows from the file: {found['whole_import_seconds']} s,"
        f" {found['resident_mb']} MB resident"
    )


def main() -> None:
    """Measure, print, write the JSON."""
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--memory", action="store_true", help="only whole imports, by format")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopguide.settings")
    with services(), scratch_database(), tempfile.TemporaryDirectory() as folder:
        if options.memory:
            print(json.dumps(memory(max(options.sizes), Path(folder)), indent=2))
            return
        found = measure(options.sizes, options.rounds, Path(folder))
    show(found)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


@contextmanager
def services() -> Iterator[None]:
    """Use the database of the environment, else bring up the embedded one."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    from shopguide.embedded import data_dir, ensure

    with ensure(data_dir()) as addresses:
        os.environ.update(addresses.environ())
        yield


if __name__ == "__main__":
    main()
