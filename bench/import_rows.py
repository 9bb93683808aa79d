"""Rows for measurements of imports, an empty shop to write them into, and a database to drop."""

import math
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

VARIANTS_A_PRODUCT = 10
COLOURS = ("black", "white", "navy", "red", "green", "gray", "pink", "beige")
SIZE_NAMES = ("XS", "S", "M", "L", "XL")
MATERIALS = ("cotton", "wool", "linen", "silk", "polyester")


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


@contextmanager
def services() -> Iterator[None]:
    """Use the database of the environment, else bring up the embedded one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopguide.settings")
    if os.environ.get("DATABASE_URL"):
        yield
        return
    from shopguide.embedded import data_dir, ensure

    with ensure(data_dir()) as addresses:
        os.environ.update(addresses.environ())
        yield


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
