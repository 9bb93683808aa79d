"""The demo market place for search tests: a database of its own, each module rolled back."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import connections, transaction

from catalog import demo
from catalog.encoding import encode_products
from catalog.feeds.importing import import_file
from catalog.indexing import index_products
from catalog.models import CatalogImport, Category
from catalog.search.market import Market, forget, market
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant
from shopguide.inference.fakes import FakeEncoder
from tests import databases

COPIED: set[str] = set()


def load_demo(folder: Path) -> None:
    """Import the demo's texts, prices and stock, without drawing its pictures."""
    with as_everyone():
        for entry in demo.categories():
            above = entry["path"].rpartition("/")[0]
            Category.objects.create(
                path=entry["path"],
                name_zh=entry["zh-hans"],
                name_en=entry["en"],
                parent=Category.objects.filter(path=above).first(),
            )
    encoder = FakeEncoder()
    for entry in demo.merchants():
        shop = Merchant.objects.create(slug=entry["slug"], name_en=entry["slug"])
        path = folder / f"{shop.slug}.jsonl"
        records = [{**record, "media": []} for record in demo.products(shop.slug)]
        path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
        with as_merchant(shop):
            job = CatalogImport.objects.create(
                merchant=shop, file=str(path), file_name=path.name, format="jsonl"
            )
        report = import_file(job)
        assert report.failed == 0, report.errors[:3]
        index_products(shop)
        encode_products(shop, encoder=encoder)


def fill() -> None:
    """Load the demo and let the planner count it."""
    with TemporaryDirectory() as folder:
        load_demo(Path(folder))
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture(scope="session")
def demo_database(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[str]:
    """Copy the demo market place, indexed and encoded by the fake encoder; return its name."""
    name = f"{databases.PREFIX}demo_{worker_id}_{os.getpid()}"
    if name in COPIED:  # each folder that imports this has a fixture of its own
        yield name
        return
    COPIED.add(name)
    with django_db_blocker.unblock():
        databases.copy("demo", name, fill, of="tables")
        yield name
        with databases.outside() as cursor:
            databases.drop(cursor, name)


@pytest.fixture(scope="module")
def demo_market(demo_database: str, django_db_blocker: Any) -> Iterator[Market]:
    """Work in the demo market place; what a module does there is taken back."""
    with (
        django_db_blocker.unblock(),
        databases.pointed_at(demo_database),
        transaction.atomic(),
    ):
        forget()
        yield market()
        transaction.set_rollback(True)
    forget()
