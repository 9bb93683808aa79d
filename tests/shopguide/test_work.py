"""A job row: one worker at a time, a lease while it works, three attempts, then a reason."""

import datetime
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from catalog.models import CatalogImport
from shopguide import work
from shopguide.accounts.tenancy import as_everyone
from shopguide.work import LEASE_S, MOST_ATTEMPTS, State
from tests.catalog.factories import make_merchant

NOW_MINUS_A_LEASE = datetime.timedelta(seconds=LEASE_S + 1)


@pytest.fixture(autouse=True)
def everyone(request: pytest.FixtureRequest) -> Iterator[None]:
    """See all shops' jobs, as the sweep does, where the test is one transaction anyway."""
    if "committed_rows" in request.fixturenames:
        yield
        return
    request.getfixturevalue("db")
    with as_everyone():
        yield


def make_job(**fields: object) -> CatalogImport:
    shop = make_merchant()
    with as_everyone():
        return CatalogImport.objects.create(
            merchant=shop, file="file.csv", file_name="file.csv", **fields
        )


def claim(pk: int) -> CatalogImport | None:
    with as_everyone():
        return CatalogImport.objects.claim(pk)


def lapse(pk: int) -> None:
    """Let the lease run out, as if its worker had been dead for as long."""
    now = timezone.now()
    CatalogImport.objects.filter(pk=pk).update(lease_until=now - datetime.timedelta(seconds=1))


def overdue() -> set[int]:
    return set(CatalogImport.objects.overdue().values_list("pk", flat=True))


# --- Claiming --------------------------------------------------------------------------------
def test_a_claim_takes_the_job_for_the_length_of_a_lease() -> None:
    before = timezone.now()
    taken = claim(make_job().pk)
    assert taken is not None
    assert (taken.state, taken.attempts) == (State.RUNNING, 1)
    assert taken.lease_until is not None
    assert taken.lease_until - before >= datetime.timedelta(seconds=LEASE_S)


def test_a_second_ring_finds_the_job_taken() -> None:
    job = make_job()
    assert claim(job.pk) is not None
    assert claim(job.pk) is None
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.RUNNING, 1)


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.CANCELLED])
def test_a_job_that_is_over_is_never_taken(state: State) -> None:
    job = make_job(state=state)
    assert claim(job.pk) is None
    job.refresh_from_db()
    assert (job.state, job.attempts) == (state, 0)


def test_a_job_that_does_not_exist_is_none() -> None:
    assert claim(0) is None


@pytest.mark.usefixtures("committed_rows")
def test_of_many_rings_at_once_one_gets_the_job() -> None:
    job, rings = make_job(), 6
    together = threading.Barrier(rings)

    def ring(number: int) -> bool:
        connection.ensure_connection()
        together.wait(timeout=10)
        try:
            return claim(job.pk) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(rings) as pool:
        taken = list(pool.map(ring, range(rings)))
    assert sum(taken) == 1
    with as_everyone():
        job.refresh_from_db()
    assert (job.state, job.attempts) == (State.RUNNING, 1)


# --- Overdue and attempts --------------------------------------------------------------------
def test_overdue_is_what_nobody_works_on() -> None:
    long_ago = timezone.now() - NOW_MINUS_A_LEASE
    shop = make_merchant()

    def job(**fields: object) -> int:
        made = CatalogImport.objects.create(merchant=shop, file="f", file_name="f", **fields)
        return int(made.pk)

    job(state=State.QUEUED)
    forgotten = job(state=State.QUEUED, changed_at=long_ago)
    job(state=State.RUNNING, changed_at=long_ago, lease_until=timezone.now() + NOW_MINUS_A_LEASE)
    abandoned = job(state=State.RUNNING, lease_until=long_ago)
    for over in (State.DONE, State.FAILED, State.CANCELLED):
        job(state=over, changed_at=long_ago, lease_until=long_ago)
    assert overdue() == {forgotten, abandoned}


def test_an_abandoned_job_is_taken_again() -> None:
    job = make_job()
    claim(job.pk)
    lapse(job.pk)
    again = claim(job.pk)
    assert again is not None
    assert (again.state, again.attempts) == (State.RUNNING, 2)
    assert overdue() == set()


def test_after_three_attempts_the_job_has_failed_and_says_why() -> None:
    job = make_job()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        taken = claim(job.pk)
        assert taken is not None
        assert taken.attempts == attempt
        lapse(job.pk)
    assert claim(job.pk) is None
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.FAILED, MOST_ATTEMPTS)
    assert "three times" in job.failure
    assert job.over
    assert overdue() == set()


def test_a_last_attempt_that_still_runs_is_not_failed_by_a_ring() -> None:
    job = make_job(attempts=MOST_ATTEMPTS - 1)
    assert claim(job.pk) is not None
    assert claim(job.pk) is None
    job.refresh_from_db()
    assert (job.state, job.failure) == (State.RUNNING, "")


# --- The end -----------------------------------------------------------------------------------
def test_finishing_says_when_and_gives_the_lease_back() -> None:
    job = make_job()
    taken = claim(job.pk)
    assert taken is not None
    taken.finish(stage="done")
    job.refresh_from_db()
    assert (job.state, job.stage, job.lease_until) == (State.DONE, "done", None)
    assert job.finished_at is not None
    assert job.over


def test_failing_keeps_the_reason_and_other_workers_counts() -> None:
    job = make_job()
    taken = claim(job.pk)
    assert taken is not None
    CatalogImport.objects.filter(pk=job.pk).update(rows=7)
    taken.fail("The file is empty.")
    job.refresh_from_db()
    assert (job.state, job.failure, job.rows) == (State.FAILED, "The file is empty.", 7)


# --- The lease ---------------------------------------------------------------------------------
def wait_until_renewed(job: CatalogImport, *, within_s: float = 10) -> bool:
    """Wait until the lease in the database is later than the one in hand."""
    before, deadline = job.lease_until, time.monotonic() + within_s
    while time.monotonic() < deadline:
        with as_everyone():
            if CatalogImport.objects.filter(pk=job.pk, lease_until__gt=before).exists():
                return True
        time.sleep(0.02)
    return False


@pytest.mark.usefixtures("committed_rows")
def test_a_lease_is_renewed_while_the_worker_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "HEARTBEAT_S", 0.05)
    taken = claim(make_job().pk)
    assert taken is not None
    with as_everyone():
        lapse(taken.pk)
        taken.refresh_from_db()
    with taken.leased():
        assert wait_until_renewed(taken)
        assert claim(taken.pk) is None
        with as_everyone():
            assert overdue() == set()


@pytest.mark.usefixtures("committed_rows")
def test_a_lease_ends_with_the_block_even_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "HEARTBEAT_S", 0.05)
    taken = claim(make_job().pk)
    assert taken is not None
    with pytest.raises(ZeroDivisionError), taken.leased():
        raise ZeroDivisionError
    names = [thread.name for thread in threading.enumerate()]
    assert f"lease-{taken.pk}" not in names


@pytest.mark.usefixtures("committed_rows")
def test_a_heartbeat_does_not_bring_a_finished_job_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "HEARTBEAT_S", 0.02)
    taken = claim(make_job().pk)
    assert taken is not None
    with taken.leased():
        with as_everyone():
            taken.finish()
        time.sleep(0.2)
    with as_everyone():
        taken.refresh_from_db()
    assert (taken.state, taken.lease_until) == (State.DONE, None)
