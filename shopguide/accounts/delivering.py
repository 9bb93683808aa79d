"""Telling a shop's systems what happens: the outbox, and its deliveries.

An event and its deliveries are rows of the transaction in which it happens; a worker sends them, at
least once, what concerns one object in order. A receiver tells doubles apart by `Webhook-Id` and
proves the sender by `Webhook-Signature`. Nobody inside can be reached by an address given here.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from shopguide import outbound
from shopguide.accounts.models import (
    DeliveryState,
    Kind,
    Merchant,
    Webhook,
    WebhookDelivery,
    WebhookEvent,
)
from shopguide.accounts.models.webhook import PENDING
from shopguide.accounts.tenancy import as_merchant

# Seconds between tries: the last one comes a day and a quarter after the first.
WAITS_S = (5, 30, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200)
LEASE = datetime.timedelta(seconds=30)
TIMEOUT_S = 10.0
OVERLAP = datetime.timedelta(hours=24)
TRIES_KEPT = 20
MOST_REPLAYED = 1_000
Send = Callable[..., outbound.Answered]


def announce(
    merchant: Merchant | int, kind: str, about: str, content: dict[str, Any]
) -> WebhookEvent | None:
    """Write an event and its deliveries; None where nobody listens. To be called as the shop.

    ``about``: the object, as ``order:ABCDE-23456``. Its row must be locked by the caller, so that
    what happens to it has one order. ``content``: facts, never who a shopper is.
    """
    number = merchant if isinstance(merchant, int) else merchant.pk
    listening = [
        one for one in Webhook.objects.filter(merchant_id=number, active=True) if one.hears(kind)
    ]
    if not listening:
        return None
    event = WebhookEvent.objects.create(merchant_id=number, kind=kind, about=about, content=content)
    for one in listening:
        queue(one, event)
    return event


def queue(webhook: Webhook, event: WebhookEvent) -> WebhookDelivery:
    """Add one delivery, and ring once it is committed."""
    made = WebhookDelivery.objects.create(
        merchant_id=webhook.merchant_id, webhook=webhook, event=event, about=event.about
    )
    transaction.on_commit(lambda: ring(webhook.merchant_id), robust=True)
    return made


def ring(merchant_id: int) -> None:
    """Ask a worker to look at a shop's deliveries; a lost bell is rung again by the sweep."""
    from shopguide.accounts.tasks import deliver_webhooks

    deliver_webhooks.delay(merchant_id)


def ping(webhook: Webhook) -> WebhookDelivery:
    """Send a test, to one address only."""
    with as_merchant(webhook.merchant_id):
        event = WebhookEvent.objects.create(
            merchant_id=webhook.merchant_id, kind=Kind.PING, about=f"ping:{webhook.pk}", content={}
        )
        return queue(webhook, event)


def redeliver(delivery: WebhookDelivery) -> WebhookDelivery:
    """Send an event once more, behind whatever waits for the same object."""
    with as_merchant(delivery.merchant_id):
        return queue(delivery.webhook, delivery.event)


def replay(webhook: Webhook, since: datetime.datetime, *, failed: bool = False) -> int:
    """Send again what an address hears of, from a moment on, in its order; return how many.

    ``failed``: only what it never took. At most `MOST_REPLAYED`, the oldest first; what waits
    already is left where it is.
    """
    with as_merchant(webhook.merchant_id):
        rows = WebhookEvent.objects.filter(merchant_id=webhook.merchant_id, at__gte=since)
        sent = WebhookDelivery.objects.filter(webhook=webhook, event=OuterRef("pk"))
        rows = rows.filter(~Exists(sent.filter(state__in=PENDING)))
        if webhook.kinds:
            rows = rows.filter(kind__in=webhook.kinds)
        if failed:
            rows = rows.filter(Exists(sent), ~Exists(sent.filter(state=DeliveryState.DONE)))
        events = list(rows.exclude(kind=Kind.PING).order_by("pk")[:MOST_REPLAYED])
        WebhookDelivery.objects.bulk_create(
            WebhookDelivery(
                merchant_id=webhook.merchant_id, webhook=webhook, event=event, about=event.about
            )
            for event in events
        )
        transaction.on_commit(lambda: ring(webhook.merchant_id), robust=True)
    return len(events)


def forget_events(days: int) -> int:
    """Delete events older than so many days, with their deliveries; what still waits is left.

    Return how many. To be called by a sweep, for all shops.
    """
    waiting = WebhookDelivery.objects.filter(event=OuterRef("pk"), state__in=PENDING)
    old = WebhookEvent.objects.filter(
        ~Exists(waiting), at__lt=timezone.now() - datetime.timedelta(days=days)
    )
    return old.delete()[1].get(WebhookEvent._meta.label, 0)


def deliver(merchant_id: int, *, send: Send = outbound.send, most: int = 200) -> int:
    """Send what is due of a shop, one after the other; return how many tries were made."""
    for tried in range(most):
        held = claim(merchant_id)
        if held is None:
            return tried
        attempt(held, send=send)
    return most


def claim(merchant_id: int) -> WebhookDelivery | None:
    """Take the first delivery that is due, for half a minute; None if there is none."""
    with as_merchant(merchant_id):
        held = (
            WebhookDelivery.objects.due()
            .filter(merchant_id=merchant_id)
            .order_by("pk")
            .select_related("webhook", "event")
            .select_for_update(skip_locked=True, of=("self",))
            .first()
        )
        if held is not None:
            held.state, held.attempts = DeliveryState.SENDING, held.attempts + 1
            held.lease_until = timezone.now() + LEASE
            held.save(update_fields=["state", "attempts", "lease_until"])
    return held


def attempt(delivery: WebhookDelivery, *, send: Send = outbound.send) -> bool:
    """Send once and write down what came of it; tell whether it was taken."""
    begun, status, said = time.monotonic(), None, ""
    body = json.dumps(delivery.event.body(), ensure_ascii=False).encode()
    try:
        answer = send(delivery.webhook.url, body, headers_of(delivery, body), timeout_s=TIMEOUT_S)
        status, said = answer.status, answer.text
    except outbound.Outbound as error:
        said = f"{type(error).__name__}: {error}"
    taken = status is not None and 200 <= status < 300
    write_down(delivery, taken, status, said, round((time.monotonic() - begun) * 1_000))
    return taken


def write_down(
    delivery: WebhookDelivery, taken: bool, status: int | None, said: str, took_ms: int
) -> None:
    """Note a try, and when the next one is due."""
    now = timezone.now()
    tried = {
        "at": now.isoformat(),
        "status": status,
        "said": said.replace("\0", "")[:300],
        "ms": took_ms,
    }
    delivery.tries = [*delivery.tries, tried][-TRIES_KEPT:]
    delivery.lease_until = None
    if taken:
        delivery.state, delivery.finished_at = DeliveryState.DONE, now
    elif delivery.attempts > len(WAITS_S):
        delivery.state, delivery.finished_at = DeliveryState.FAILED, now
    else:
        delivery.state = DeliveryState.QUEUED
        wait_s = WAITS_S[delivery.attempts - 1]
        delivery.next_at = now + datetime.timedelta(seconds=wait_s)
    with as_merchant(delivery.merchant_id):
        delivery.save(update_fields=["state", "tries", "lease_until", "finished_at", "next_at"])


def headers_of(delivery: WebhookDelivery, body: bytes) -> dict[str, str]:
    """Return the headers of a delivery: id, time and signature, as Standard Webhooks has them."""
    stamp = str(int(time.time()))
    number = str(delivery.event.number)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "Webhook-Id": number,
        "Webhook-Timestamp": stamp,
        "Webhook-Signature": " ".join(
            signature(secret, number, stamp, body) for secret in secrets_of(delivery.webhook)
        ),
    }


def signature(secret: str, number: str, stamp: str, body: bytes) -> str:
    """Return the signature of a body by one secret."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, f"{number}.{stamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(signed.digest()).decode()


def secret_of(webhook: Webhook, generation: int = 0, *, by: str = "") -> str:
    """Return the secret of a generation, the newest unless told otherwise; kept nowhere.

    ``by``: the key of the installation that it is reckoned from, the one of today by default.
    """
    said = f"webhook:{webhook.number}:{generation or webhook.generation}"
    key = hmac.new((by or settings.SECRET_KEY).encode(), said.encode(), hashlib.sha256)
    return "whsec_" + base64.b64encode(key.digest()).decode()


def secrets_of(webhook: Webhook) -> list[str]:
    """Return the secrets that sign now: for a day after a change the former one too.

    While the installation changes its key, those of the former key sign as well, so that no
    receiver is lost by it.
    """
    overlapping = webhook.overlap_until is not None and webhook.overlap_until > timezone.now()
    generations = [webhook.generation, *([webhook.generation - 1] if overlapping else [])]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [secret_of(webhook, one, by=key) for key in keys for one in generations]


def renew_secret(webhook: Webhook) -> None:
    """Change the secret; the former one signs beside it for a day."""
    with as_merchant(webhook.merchant_id):
        webhook.generation += 1
        webhook.overlap_until = timezone.now() + OVERLAP
        webhook.save(update_fields=["generation", "overlap_until"])
