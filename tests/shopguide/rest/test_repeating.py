"""A request with an Idempotency-Key is carried out once, however often and at once it is sent."""

import json
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from catalog.models import CartLine, Variant
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import _signer
from shopguide.accounts.tenancy import as_everyone, as_shopper
from shopguide.problems import Problem
from shopguide.rest import repeating
from shopguide.rest.models import KeptAnswer
from shopguide.rest.tasks import forget_answers
from tests.catalog.factories import make_merchant, make_product
from tests.conftest import FULL

LINES = "/api/v1/cart/lines/"
ROUNDS = 50 if FULL else 2


class App:
    """An app of one anonymous shopper."""

    def __init__(self) -> None:
        self.shopper = Shopper.objects.create()
        self.token = _signer.sign(str(self.shopper.pk))
        shop = make_merchant(f"shop-{uuid.uuid4().hex[:8]}")
        product = make_product(shop, "A1", stock=50)
        with as_everyone():
            self.variant = Variant.objects.get(product=product).pk

    def add(self, key: str, quantity: int = 1, variant: int = 0, **headers: str) -> Any:
        """Put something into the cart."""
        return Client().post(
            LINES, json.dumps({"variant": variant or self.variant, "quantity": quantity}),
            content_type="application/json",
            headers={"Shopper-Token": self.token, "Idempotency-Key": key, **headers},
        )  # fmt: skip

    def in_cart(self) -> int:
        """Return how many things are in the cart."""
        with as_shopper(self.shopper):
            return sum(line.quantity for line in CartLine.objects.filter(shopper=self.shopper))


@pytest.fixture
def app(db: None) -> App:
    """Return an app with something to buy."""
    return App()


def test_sent_again_it_is_answered_alike_and_done_once(app: App) -> None:
    first, again = app.add("k1"), app.add("k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert app.in_cart() == 1
    assert app.add("k2").status_code == 201
    assert app.in_cart() == 2


def test_the_same_key_for_something_else_is_refused(app: App) -> None:
    app.add("k1")
    other = app.add("k1", quantity=2)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert app.in_cart() == 1


def test_a_refusal_leaves_the_key_free(app: App) -> None:
    refused = app.add("k1", quantity=60)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_enough")
    assert app.add("k1", quantity=2).status_code == 201
    assert app.in_cart() == 2


def test_keys_of_others_mean_nothing(app: App) -> None:
    other = App()
    assert app.add("k1").status_code == other.add("k1").status_code == 201
    assert (app.in_cart(), other.in_cart()) == (1, 1)


@pytest.mark.parametrize("key", ["a b", "é", "x" * 129, "\t"])
def test_what_is_no_key_is_said(app: App, key: str) -> None:
    answer = app.add(key)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["Idempotency-Key"])
    assert app.in_cart() == 0


def test_one_that_died_is_taken_over_and_undone_if_it_lives(app: App) -> None:
    dead = repeating.claimed(app.shopper, "k1", "hash")
    with pytest.raises(Problem) as busy:
        repeating.claimed(app.shopper, "k1", "hash")
    assert busy.value.get_codes() == "still_running"
    with as_shopper(app.shopper):
        KeptAnswer.objects.update(started_at=timezone.now() - timedelta(minutes=2))
    repeating.claimed(app.shopper, "k1", "hash")
    from django.http import HttpResponse

    with pytest.raises(Problem), transaction.atomic():
        repeating.keep(app.shopper, dead, HttpResponse(b"late"))


def test_kept_answers_are_their_owners_alone(app: App) -> None:
    app.add("k1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM rest_keptanswer")
        assert cursor.fetchone() == (0,)
    with as_shopper(Shopper.objects.create()):
        assert not KeptAnswer.objects.exists()
    with as_shopper(app.shopper):
        assert KeptAnswer.objects.get().status == 201


def test_answers_are_forgotten_after_a_day(app: App) -> None:
    app.add("old")
    with as_everyone():
        KeptAnswer.objects.update(started_at=timezone.now() - timedelta(hours=25))
    app.add("new")
    assert forget_answers() == 1
    with as_everyone():
        assert KeptAnswer.objects.get().key == "new"


@pytest.fixture
def parallel(committed_rows: None) -> Iterator[ThreadPoolExecutor]:
    """Return fifty threads, each with a connection that is closed again."""
    with ThreadPoolExecutor(10) as threads:
        yield threads


def test_fifty_at_once_have_one_effect(parallel: ThreadPoolExecutor) -> None:
    app = App()

    def send(key: str) -> tuple[int, bytes]:
        try:
            answer = app.add(key)
            return answer.status_code, answer.content
        finally:
            connections.close_all()

    for number in range(ROUNDS):
        answers = list(parallel.map(send, [f"key-{number}"] * 50))
        done = {content for status, content in answers if status == 201}
        assert {status for status, _content in answers} <= {201, 409}
        assert len(done) == 1
        assert send(f"key-{number}") == (201, done.pop())
    assert app.in_cart() == min(ROUNDS, 50)
