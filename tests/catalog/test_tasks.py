"""The queue as it runs in the product: a real broker, real workers, a worker that is killed.

Each test process has a Valkey of its own, so that no other worker answers its bells.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import numpy as np
import pytest
from django.db import connection
from django.utils import timezone

from catalog import tasks
from catalog.models import CatalogImport, Embedding, Product, SearchDocument
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant
from shopguide.celery import app
from shopguide.embedded import valkey
from shopguide.embedded.addresses import Addresses
from shopguide.embedded.children import Child, spawn, stop
from shopguide.embedded.places import Places
from shopguide.embedded.product import QUEUES, worker_command
from shopguide.embedded.working import MARKS
from shopguide.inference.fakes import FakeEncoder
from shopguide.work import State
from tests.catalog.factories import make_merchant

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(sys.platform == "win32", reason="needs unix sockets"),
    pytest.mark.usefixtures("committed_rows", "bell"),
]
PATIENCE_S = 60
Worker = Callable[..., Child]


# --- Services ----------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def broker() -> Iterator[Addresses]:
    """Start a Valkey for this module, and stop it."""
    with tempfile.TemporaryDirectory(prefix="sg-") as folder:
        places = Places.of(Path(folder) / "var")
        with (places.run / "lock").open("w") as lock:
            child = valkey.start(places, lock_fd=lock.fileno())
        yield Addresses.at(
            postgres_socket=Path("unused") / "socket", valkey_socket=places.valkey_socket
        )
        stop([child], wait_s=5)


@pytest.fixture
def bell(broker: Addresses, settings: Any) -> Iterator[None]:
    """Point this process's Celery at the broker, with queues that nobody has used."""
    settings.ENCODER = {"model": "fake", "dimensions": 384}
    settings.ENCODER_ID = "fake"
    before = {name: app.conf[name] for name in ("broker_url", "result_backend")}
    point(app, broker_url=broker.broker_url, result_backend=broker.result_url)
    with app.connection_for_write() as link:
        link.default_channel.client.flushall()
    yield
    point(app, **before)


def point(celery: Any, **urls: str) -> None:
    """Change where a Celery application that may already be connected rings."""
    celery.conf.update(urls)
    celery._after_fork()  # closes pools: the next message connects anew
    celery.__dict__.pop("amqp", None)
    celery._local, celery._backend_cache = threading.local(), None


@pytest.fixture
def worker(broker: Addresses, tmp_path: Path) -> Iterator[Worker]:
    """Return what starts the product's own workers on this test's database."""
    started: list[Child] = []
    ours = urlsplit(os.environ["DATABASE_URL"])
    address = urlunsplit(ours._replace(path=f"/{connection.settings_dict['NAME']}"))

    def start(queue: str, **env: str) -> Child:
        marks = tmp_path / f"{queue}-{len(started)}"
        child = spawn(
            queue,
            worker_command(queue, QUEUES[queue]),
            log=tmp_path / f"{queue}.log",
            env={
                **os.environ,
                **broker.environ(),
                "DATABASE_URL": address,
                "MIGRATE_DATABASE_URL": address,
                "ENCODER_MODEL": "fake",
                "DATA_DIR": str(tmp_path / "data"),
                MARKS: str(marks),
                **env,
            },
        )
        started.append(child)
        wait_for(Path(f"{marks}.warm").exists, child)
        return child

    yield start
    stop(started, wait_s=5)


def wait_for(reached: Callable[[], object], *children: Child) -> None:
    """Wait until something is so; fail with the last words of a worker that ended."""
    deadline = time.monotonic() + PATIENCE_S
    while not reached():
        for child in children:
            assert child.code is None, f"{child.ending()}\n{child.tail()}"
        words = "\n".join(child.tail(8) for child in children)
        assert time.monotonic() < deadline, f"still not so after {PATIENCE_S} s\n{words}"
        time.sleep(0.05)


# --- Rows ------------------------------------------------------------------------------------
@pytest.fixture
def shop() -> Merchant:
    return make_merchant("loom", currencies=["USD"])


def make_import(shop: Merchant, folder: Path, number: int, name: str = "products") -> CatalogImport:
    """Save an upload of so many products as the page does: row and file, nothing rung."""
    path = folder / f"{name}.jsonl"
    records = (
        {
            "sku": f"P{place}",
            "status": "live",
            "title": {"en": f"Wireless mouse {place}", "zh-hans": f"无线鼠标 {place}"},
            "variants": [{"sku": f"P{place}-V", "prices": {"USD": "14.90"}, "stock": {"main": 3}}],
        }
        for place in range(number)
    )
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    with as_merchant(shop):
        return CatalogImport.objects.create(
            merchant=shop, file=str(path), file_name=path.name, format="jsonl"
        )


def current(job: CatalogImport) -> CatalogImport:
    with as_everyone():
        return CatalogImport.objects.get(pk=job.pk)


def encoded() -> int:
    return Embedding.objects.filter(encoder_id="fake").count()


# --- Tests -------------------------------------------------------------------------------------
def test_an_import_that_is_rung_ends_done_indexed_and_encoded(
    worker: Worker, shop: Merchant, tmp_path: Path
) -> None:
    workers = [worker("default"), worker("inference")]
    job = make_import(shop, tmp_path, 40)
    for _ring in range(3):  # a doubled message does no harm
        tasks.import_catalog.delay(job.pk)
    wait_for(lambda: current(job).over, *workers)
    done = current(job)
    assert (done.state, done.failure) == (State.DONE, "")
    assert (done.attempts, done.rows, done.created, done.failed) == (1, 40, 40, 0)
    wait_for(lambda: encoded() == 80, *workers)
    assert SearchDocument.objects.count() == 40
    with as_merchant(shop):
        assert not Product.objects.unready("fake").exists()


def test_a_bad_file_fails_with_a_reason_and_a_lost_message_is_rung_again(
    worker: Worker, shop: Merchant, tmp_path: Path
) -> None:
    default = worker("default")
    bad, lost = make_import(shop, tmp_path, 1, "gone"), make_import(shop, tmp_path, 2)
    Path(bad.file).unlink()
    forget_for_a_while(lost)
    tasks.import_catalog.delay(bad.pk)
    tasks.ring_overdue.delay()
    wait_for(lambda: current(bad).over and current(lost).over, default)
    assert current(bad).state == State.FAILED
    assert current(bad).failure
    assert (current(lost).state, current(lost).created) == (State.DONE, 2)


def test_a_killed_worker_is_healed_by_the_sweep(
    worker: Worker, shop: Merchant, tmp_path: Path
) -> None:
    first = worker("default")
    job = make_import(shop, tmp_path, 30)
    with held_texts():
        tasks.import_catalog.delay(job.pk)
        wait_for(waits_for_a_lock, first)
        assert current(job).state == State.RUNNING
        os.killpg(first.process.pid, signal.SIGKILL)
        first.process.wait()
    assert current(job).state == State.RUNNING
    forget_for_a_while(job)
    second = worker("default")
    tasks.ring_overdue.delay()
    wait_for(lambda: current(job).over, second)
    done = current(job)
    assert (done.state, done.attempts, done.failed) == (State.DONE, 2, 0)
    with as_merchant(shop):
        assert Product.objects.of(shop).live().count() == 30
    wait_for(lambda: SearchDocument.objects.count() == 30, second)


def test_a_query_vector_comes_in_time_and_is_kept(worker: Worker) -> None:
    child = worker("interactive", SHOPGUIDE_WARM="shopguide.backends:encoder")
    began = time.monotonic()
    vector = tasks.query_vector("wireless mouse, in time", wait_s=5)
    assert time.monotonic() - began < 5
    assert vector is not None
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)
    expected = FakeEncoder().encode_queries(["wireless mouse, in time"])[0]
    assert vector == pytest.approx(expected.tolist(), abs=1e-5)
    stop([child], wait_s=5)
    assert tasks.query_vector("wireless mouse, in time", wait_s=0) == vector


def test_without_a_worker_there_is_soon_no_vector(settings: Any) -> None:
    settings.QUERY_VECTOR_WAIT_S = 0.3
    began = time.monotonic()
    assert tasks.query_vector("wireless mouse, nobody there") is None
    assert time.monotonic() - began < 2


ASK = """
import time
import django
django.setup()
from catalog.tasks import query_vector
began = time.monotonic()
print(query_vector("wireless mouse"), time.monotonic() - began)
"""


def test_without_a_broker_there_is_soon_no_vector(tmp_path: Path) -> None:
    gone = f"redis+socket://{tmp_path}/gone.sock?virtual_host=0"
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        env=os.environ | {"BROKER_URL": gone, "RESULT_URL": gone, "CACHE_URL": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    vector, seconds = asked.stdout.split()
    assert vector == "None"
    assert float(seconds) < 2


# --- Trouble -----------------------------------------------------------------------------------
@contextmanager
def held_texts() -> Iterator[None]:
    """Hold, in a connection of its own, a table that an import must write to."""
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("LOCK TABLE catalog_producttext IN SHARE MODE")
    yield
    other.rollback()
    other.close()


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def forget_for_a_while(job: CatalogImport) -> None:
    """Let as much time pass for this row as a lease lasts."""
    past = timezone.now() - timedelta(minutes=5)
    with as_everyone():
        rows = CatalogImport.objects.filter(pk=job.pk)
        rows.filter(state=State.RUNNING).update(lease_until=past)
        rows.filter(state=State.QUEUED).update(changed_at=past)
