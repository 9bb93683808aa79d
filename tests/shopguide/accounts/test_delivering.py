"""Webhooks: every event arrives, in order for each object, signed, and never at somebody inside."""

import base64
import datetime
import hashlib
import hmac
import json
import multiprocessing
import os
import random
import re
import signal
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from shopguide import outbound
from shopguide.accounts.delivering import (
    WAITS_S,
    announce,
    attempt,
    claim,
    deliver,
    ping,
    redeliver,
    renew_secret,
    replay,
    secret_of,
    secrets_of,
    signature,
)
from shopguide.accounts.models import (
    DeliveryState,
    Merchant,
    Webhook,
    WebhookDelivery,
    WebhookEvent,
)
from shopguide.accounts.tasks import forget_old_events
from shopguide.accounts.tenancy import as_everyone, as_merchant
from shopguide.outbound import Answered
from tests.committing import committed_rows
from tests.conftest import FULL
from tests.people import browser, make_people

__all__ = ["committed_rows"]
OBJECTS, STEPS, KILLS = (50, 40, 20) if FULL else (8, 6, 3)


@pytest.fixture(autouse=True)
def no_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers a bell here."""
    monkeypatch.setattr("shopguide.accounts.delivering.ring", lambda merchant: None)


def make_hook(url: str = "https://example.com/hook", **fields: Any) -> Webhook:
    """Save a shop with an address."""
    shop = Merchant.objects.create(slug="loom", name_en="Loom")
    with as_merchant(shop):
        return Webhook.objects.create(merchant=shop, url=url, **fields)


def told(hook: Webhook, number: int, about: str = "order:A", kind: str = "order.paid") -> None:
    """Let something happen."""
    with as_merchant(hook.merchant_id):
        announce(hook.merchant_id, kind, about, {"step": number})


class Receiver(BaseHTTPRequestHandler):
    """Notes what it is sent; fails a third of the time."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server: Any = self.server
        with server.lock:
            fails = server.chance.random() < 1 / 3
            if not fails:
                server.got.append((dict(self.headers), json.loads(body), body))
        self.send_response(500 if fails else 204)
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Any]:
    """Return a server that takes two of three."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.got, server.lock, server.chance = [], threading.Lock(), random.Random(7)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def dispatch(merchant: int, port: int) -> None:
    """Send until nothing is due: what a worker does, in a process that can be killed."""
    for each in connections.all():
        each.connection = None  # the parent's, not ours to close
    send = partial(outbound.send, public=lambda _one: True, ports={"http": port})
    deliver(merchant, send=send, most=10_000)
    os._exit(0)


@pytest.mark.skipif(os.name == "nt", reason="needs fork")
def test_all_arrive_in_order_though_a_third_fails_and_the_worker_dies(
    committed_rows: None, receiver: Any
) -> None:
    port = receiver.server_address[1]
    hook = make_hook(f"http://127.0.0.1:{port}/")
    for step in range(STEPS):
        for one in range(OBJECTS):
            told(hook, step, f"order:{one}")
    chance, kills, deadline = random.Random(3), 0, time.monotonic() + (400 if FULL else 60)
    fork = multiprocessing.get_context("fork")
    while True:
        with as_everyone():
            # No waiting here: what failed is due at once, and a dead worker's lease is over.
            WebhookDelivery.objects.filter(state="queued").update(next_at=timezone.now())
            WebhookDelivery.objects.filter(state="sending").update(lease_until=timezone.now())
            if not WebhookDelivery.objects.exclude(state="done").exists():
                break
        worker = fork.Process(target=dispatch, args=(hook.merchant_id, port))
        worker.start()
        if kills < KILLS:
            time.sleep(chance.uniform(0.05, 0.25))
            if worker.is_alive() and worker.pid:
                os.kill(worker.pid, signal.SIGKILL)
                kills += 1
        worker.join()
        assert time.monotonic() < deadline, "not all delivered in time"
    connection.close()
    seen: dict[str, list[int]] = {}
    for _headers, sent, _body in receiver.got:
        steps = seen.setdefault(sent["about"], [])
        if sent["data"]["step"] not in steps:  # at least once
            steps.append(sent["data"]["step"])
    assert seen == {f"order:{one}": list(range(STEPS)) for one in range(OBJECTS)}
    headers, sent, body = receiver.got[0]
    expected = signature(secret_of(hook), sent["id"], headers["Webhook-Timestamp"], body)
    assert headers["Webhook-Signature"] == expected and headers["Webhook-Id"] == sent["id"]


pytestmark = pytest.mark.django_db


def test_an_event_is_gone_with_its_transaction() -> None:
    hook = make_hook()
    with pytest.raises(ZeroDivisionError), as_merchant(hook.merchant_id):
        announce(hook.merchant_id, "order.paid", "order:A", {})
        _ = 1 / 0
    with as_everyone():
        assert not WebhookEvent.objects.exists()


def test_nobody_listens_nothing_is_written() -> None:
    hook = make_hook(kinds=["order.shipped"])
    told(hook, 1, kind="order.paid")
    with as_everyone():
        assert not WebhookEvent.objects.exists()
    told(hook, 2, kind="order.shipped")
    with as_everyone():
        assert WebhookDelivery.objects.count() == 1


def test_what_happens_to_one_object_waits_for_what_happened_before() -> None:
    hook = make_hook()
    told(hook, 1), told(hook, 2), told(hook, 1, "order:B")
    first, other = claim(hook.merchant_id), claim(hook.merchant_id)
    assert first and other and (first.about, other.about) == ("order:A", "order:B")
    assert claim(hook.merchant_id) is None
    attempt(first, send=lambda *_a, **_k: Answered(200, ""))
    second = claim(hook.merchant_id)
    assert second and second.event.content == {"step": 2}


def test_it_is_tried_again_later_and_later_and_then_given_up() -> None:
    hook = make_hook()
    told(hook, 1), told(hook, 2)
    waits = []
    for _try in range(len(WAITS_S) + 1):
        with as_everyone():
            WebhookDelivery.objects.filter(event__content__step=1).update(next_at=timezone.now())
        held = claim(hook.merchant_id)
        assert held and held.event.content == {"step": 1}
        attempt(held, send=lambda *_a, **_k: Answered(500, "busy\x00"))
        waits.append(round((held.next_at - timezone.now()).total_seconds()))
    assert waits[:-1] == list(WAITS_S)
    assert (held.state, held.status, held.attempts) == ("failed", 500, len(WAITS_S) + 1)
    after = claim(hook.merchant_id)
    assert after and after.event.content == {"step": 2}  # the rest goes on


def test_a_former_secret_signs_for_a_day() -> None:
    hook = make_hook()
    old = secret_of(hook)
    renew_secret(hook)
    assert secrets_of(hook) == [secret_of(hook), old] and secret_of(hook) != old
    hook.overlap_until = timezone.now()
    assert secrets_of(hook) == [secret_of(hook)]
    other = Webhook(number="0" * 32)
    assert secret_of(other) != secret_of(hook)


def test_a_signature_is_what_the_page_says() -> None:
    key = base64.b64encode(b"k" * 32).decode()
    made = hmac.new(b"k" * 32, b"id.1.{}", hashlib.sha256).digest()
    assert signature(f"whsec_{key}", "id", "1", b"{}") == "v1," + base64.b64encode(made).decode()


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://169.254.169.254/", "http://[::1]/", "http://2130706433/",
     "http://10.0.0.1/", "file:///etc/passwd", "http://user@example.com/", "http://x.invalid/"],
)  # fmt: skip
def test_nobody_inside_is_told(url: str) -> None:
    hook = make_hook(url)
    told(hook, 1)
    assert deliver(hook.merchant_id) == 1
    with as_everyone():
        tried = WebhookDelivery.objects.get().tries[0]
    assert tried["status"] is None and tried["said"].split(":")[0] in ("Blocked", "Unreachable")


def test_a_test_and_a_second_delivery_go_to_one_address_only() -> None:
    hook = make_hook()
    with as_merchant(hook.merchant_id):
        Webhook.objects.create(merchant=hook.merchant, url="https://other.example/")
    first = ping(hook)
    again = redeliver(first)
    assert again.event == first.event and again.pk != first.pk
    with as_everyone():
        assert set(WebhookDelivery.objects.values_list("webhook", flat=True)) == {hook.pk}


def test_a_rival_sees_no_event() -> None:
    hook = make_hook()
    told(hook, 1)
    with as_merchant(Merchant.objects.create(slug="rival")):
        assert not WebhookEvent.objects.exists() and not Webhook.objects.exists()
    assert claim(hook.merchant_id + 1) is None


def test_all_since_a_moment_is_sent_again_in_its_order() -> None:
    hook = make_hook(kinds=["order.paid"])
    begun = timezone.now()
    for step in range(4):
        told(hook, step)
    while held := claim(hook.merchant_id):
        attempt(held, send=lambda *_a, **_k: Answered(200, ""))
    assert replay(hook, begun, failed=True) == 0
    with as_everyone():
        WebhookDelivery.objects.filter(event__content__step=2).update(state="failed")
    assert replay(hook, begun, failed=True) == 1
    assert replay(hook, begun, failed=True) == 0  # it waits already
    assert replay(hook, begun) == 3
    steps = []
    while held := claim(hook.merchant_id):
        attempt(held, send=lambda *_a, **_k: Answered(200, ""))
        steps.append(held.event.content["step"])
    assert steps == [2, 0, 1, 3]
    assert replay(hook, timezone.now()) == 0


@pytest.mark.django_db
def test_what_was_told_long_ago_is_deleted_and_what_waits_is_not() -> None:
    hook = make_hook()
    for number in range(3):
        told(hook, number, about=f"order:{number}")
    with as_everyone():
        done, waiting, _young = WebhookDelivery.objects.order_by("pk")
        long_ago = timezone.now() - datetime.timedelta(days=61)
        WebhookEvent.objects.filter(pk__in=[done.event_id, waiting.event_id]).update(at=long_ago)
        WebhookDelivery.objects.filter(pk=done.pk).update(state=DeliveryState.DONE)
    forget_old_events()
    with as_everyone():
        left = WebhookEvent.objects.order_by("pk").values_list("about", flat=True)
        assert list(left) == ["order:1", "order:2"]
        assert WebhookDelivery.objects.count() == 2


def test_what_an_address_is_told_can_be_changed_by_one_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shopguide.accounts.forms.outbound.check", lambda url: None)
    people = make_people()
    with as_merchant(people.loom):
        hook = Webhook.objects.create(merchant=people.loom, url="https://example.com/a")
    mei, where = browser(people.mei), f"/merchant/loom/webhooks/{hook.pk}/"
    page = mei.get(where).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    sent = {"url": "https://example.com/b", "kinds": ["stock.out"], "seen": seen[1]}
    assert mei.post(where, sent).status_code == 302
    late = mei.post(where, sent | {"url": "https://example.com/c"})
    text = late.content.decode()
    assert late.status_code == 409 and "Somebody else has changed" in text
    assert "https://example.com/b" in text and "https://example.com/c" in text
    again = re.search(r'name="seen" value="(\w+)"', text)
    assert again and again[1] != seen[1]
    for wrong in ({"url": "http://example.com/"}, {"kinds": ["planet"]}, {"url": ""}):
        assert mei.post(where, sent | {"seen": again[1]} | wrong).status_code == 422
    with as_everyone():
        assert Webhook.objects.get().url == "https://example.com/b"
    assert mei.post(where, sent | {"seen": again[1], "kinds": []}).status_code == 302
    for odd in ("", "x", "9999-99-99T00:00", "2026-01-01T00:00"):
        changed = mei.post(f"{where}change/", {"replay": "1", "since": odd})
        assert changed.status_code == 302
    for person in (people.edda, people.ana, people.rui):
        assert browser(person).post(where, sent).status_code == 404
