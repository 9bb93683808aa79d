"""Rates are exact in every window, whoever counts: Valkey for all processes, or one process."""

import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from shopguide.rest.limiting import Memory, Policy, counted, in_valkey, take, tell

Count = Callable[[list[tuple[str, Policy]]], tuple[bool, list[tuple[int, int]]]]


@pytest.fixture(params=["valkey", "memory"])
def count(request: pytest.FixtureRequest, settings: Settings) -> Count:
    """Return both ways to count; what is said of one must hold of the other."""
    if request.param == "valkey" and not settings.CACHE_URL:
        pytest.skip("no Valkey")
    return in_valkey if request.param == "valkey" else Memory().take


def test_exactly_the_quota_passes_whoever_asks_at_once(count: Count) -> None:
    sixty = [(uuid.uuid4().hex, Policy("t", 60, 30))]
    with ThreadPoolExecutor(20) as threads:
        full = list(threads.map(lambda _: count(sixty)[0], range(400)))
    assert full.count(False) == 60


def test_what_leaves_the_window_gives_its_place_back(count: Count) -> None:
    two = [(uuid.uuid4().hex, Policy("t", 2, 1))]
    assert [count(two)[0] for _ in range(3)] == [False, False, True]
    wait_us = count(two)[1][0][1]
    assert 0 < wait_us <= 1_000_000
    time.sleep(wait_us / 1_000_000 + 0.01)
    assert count(two)[0] is False


def test_a_request_is_counted_in_all_buckets_or_in_none(count: Count) -> None:
    wide, narrow = (uuid.uuid4().hex, Policy("w", 9, 30)), (uuid.uuid4().hex, Policy("n", 1, 30))
    assert count([wide, narrow])[1][0][0] == 1
    full, counts = count([wide, narrow])
    assert full and [number for number, _reset in counts] == [1, 1]
    assert count([wide])[1][0][0] == 2


def test_without_valkey_the_process_counts(settings: Settings) -> None:
    settings.CACHE_URL = "unix:///nowhere"
    settings.CACHES = {"default": {"LOCATION": "unix:///nowhere"}}
    from shopguide.rest import limiting

    limiting.script.cache_clear()
    try:
        one = [(uuid.uuid4().hex, Policy("t", 1, 30))]
        assert [counted(one)[0] for _ in range(2)] == [False, True]
    finally:
        limiting.script.cache_clear()


@pytest.fixture
def rated(settings: Settings) -> Iterator[Settings]:
    """Let five requests of an address through, and name the buckets freshly."""
    settings.API_RATES = {"ip": "5/60", "person": "0", "write": "0", "key": "0"}
    settings.SECRET_KEY = uuid.uuid4().hex
    yield settings


def test_headers_say_what_is_left(rated: Settings) -> None:
    request, response = RequestFactory().get("/api/v1/home/"), HttpResponse()
    assert take(request, [("ip", "10.0.0.1")]) is None
    tell(request, response)
    assert response["RateLimit-Policy"] == '"ip";q=5;w=60'
    assert response["RateLimit"] == '"ip";r=4;t=60'


def test_an_address_that_asks_too_often_waits(rated: Settings) -> None:
    """A header that anybody can write changes nothing: only the connection's address counts."""
    client = Client()
    answers = [
        client.get("/api/v1/nothing/", headers={"X-Forwarded-For": f"10.0.0.{number}"})
        for number in range(7)
    ]
    assert [one.status_code for one in answers] == [404] * 5 + [429] * 2
    problem = answers[-1].json()
    assert (problem["code"], answers[-1]["Content-Type"]) == (
        "throttled",
        "application/problem+json",
    )
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert answers[-1]["RateLimit"].startswith('"ip";r=0;t=')
    assert client.get("/livez").status_code == 200  # pages are not counted


@pytest.mark.django_db
def test_people_are_counted_apart(settings: Settings) -> None:
    settings.API_RATES = {"ip": "0", "person": "2/60", "write": "1/60", "key": "0"}
    from shopguide.accounts.models import Shopper
    from shopguide.accounts.shopping import _signer

    tokens = [_signer.sign(str(Shopper.objects.create().pk)) for _ in range(2)]

    def ask(token: str) -> int:
        return Client().get("/api/v1/cart/", headers={"Shopper-Token": token}).status_code

    assert [ask(tokens[0]) for _ in range(3)] == [200, 200, 429]
    assert ask(tokens[1]) == 200
