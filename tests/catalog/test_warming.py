"""Warming up: once, beside the first request, and never a reason to fail."""

import gc
import threading

import pytest
from django.core.signals import request_started

from catalog import warming
from catalog.search.market import forget


@pytest.fixture(autouse=True)
def nothing_left_behind() -> object:
    """Give the collector back what was frozen, and forget the market."""
    yield
    request_started.disconnect(warming.warm_up_beside)
    gc.unfreeze()
    forget()


@pytest.mark.django_db
def test_what_the_first_shopper_needs_is_loaded() -> None:
    warming.warm_up()
    assert gc.get_freeze_count() > 0


def test_it_runs_once_at_the_first_request(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = threading.Event()
    calls: list[str] = []
    monkeypatch.setattr(warming, "warm_up", lambda: (calls.append("warm"), ran.set()))
    request_started.connect(warming.warm_up_beside)
    warming.warm_up_beside(sender=object)
    assert ran.wait(5)
    assert calls == ["warm"]
    assert not request_started.disconnect(warming.warm_up_beside)  # no second request rings


def test_a_failure_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr(warming, "warm_up", fail)
    warming.warm_up_beside()
    for thread in threading.enumerate():
        if thread.name == "warm-up":
            thread.join(5)
    assert "warm-up" not in {thread.name for thread in threading.enumerate()}
