"""What the shopper's views share: whose conversation it is, where the shopper is, the next step."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from assistant.models import Conversation, Message
from catalog.models import Product
from catalog.presenting.naming import reader
from catalog.search.market import market
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.shopping import shopper_of
from shopguide.accounts.tenancy import as_shopper
from shopguide.rest.limiting import take
from shopguide.web import currency_of

CURRENT = datetime.timedelta(hours=24)
MOST_LISTED = 20


def own(request: HttpRequest, number: UUID) -> Conversation:
    """Return the shopper's conversation, or 404."""
    shopper, found = shopper_of(request), None
    if shopper is not None:
        with as_shopper(shopper):
            rows = Conversation.objects.select_related("merchant")
            found = rows.filter(shopper=shopper, pk=number).first()
    if found is None:
        raise Http404
    return found


def own_message(request: HttpRequest, number: UUID, pk: int) -> Message:
    """Return a message of the shopper's conversation, or 404."""
    conversation = own(request, number)
    with as_shopper(conversation.shopper_id):
        found: Message | None = conversation.messages.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.conversation = conversation
    return found


def current(shopper: Shopper | None) -> Conversation | None:
    """Return the conversation that goes on, None if the last one is long ago."""
    if shopper is None:
        return None
    with as_shopper(shopper):
        rows = Conversation.objects.select_related("merchant").filter(shopper=shopper)
        return rows.filter(said_at__gt=timezone.now() - CURRENT).first()


def recent(shopper: Shopper | None) -> list[Conversation]:
    """Return the shopper's conversations, the newest first."""
    if shopper is None:
        return []
    with as_shopper(shopper):
        return list(Conversation.objects.filter(shopper=shopper)[:MOST_LISTED])


def begun(request: HttpRequest, shopper: Shopper) -> Conversation:
    """Begin a conversation in the page's language and currency."""
    with as_shopper(shopper):
        return Conversation.objects.create(
            shopper=shopper, language=reader(), currency=market().currency(currency_of(request))
        )


def place_of(request: HttpRequest, path: str) -> dict[str, Any]:
    """Return what the page is about that the shopper came from; nothing for any other address."""
    plain = path.partition("?")[0]
    if not url_has_allowed_host_and_scheme(plain, None) or not plain.startswith("/"):
        return {}
    try:
        match = resolve(plain)
    except Resolver404:
        return {}
    if match.url_name == "product":
        rows = Product.objects.live().filter(merchant__slug=match.kwargs["slug"])
        found = rows.filter(sku=match.kwargs["sku"], merchant__suspended_at=None).first()
        return {"product": found.pk, "merchant": found.merchant_id} if found else {}
    if match.url_name == "shop":
        shop = Merchant.objects.active().filter(slug=match.kwargs["slug"]).first()
        return {"shop": shop.pk, "merchant": shop.pk} if shop else {}
    return {}


def product_at(place: dict[str, Any]) -> str:
    """Return the name of the product that the shopper is looking at, nothing elsewhere."""
    rows = Product.objects.live().filter(pk=place.get("product") or 0).prefetch_related("texts")
    found = rows.first()
    return found.title if found else ""


def allowed(request: HttpRequest, shopper: Shopper) -> bool:
    """Count a message; False if somebody sends more than a person would."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    return take(request, [("chat", f"shopper:{shopper.pk}"), ("chat_ip", address)]) is None
