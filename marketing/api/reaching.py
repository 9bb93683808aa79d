"""Messages of shops, how they may write, and shared links, for apps: the pages' own rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from catalog.models import Product
from marketing.api.shapes import (
    ContactIn,
    ContactOut,
    Named,
    NoticeIn,
    NoticeOut,
    NoticesOut,
    ShareOut,
    SharesOut,
)
from marketing.api.shapes_of_lists import FollowedOut
from marketing.models import Notice
from marketing.reaching import noticing, passing_on
from marketing.reaching.passing_on import NotShared, Passed
from marketing.reaching.tasks import note_following
from profiles.consenting import held
from profiles.contacting import CHANGEABLE, change_contact, contact_of, mute, muted_by, unmute
from profiles.models import Contact
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.problems import Problem
from shopguide.rest.operations import Asked, operation

TAG = "Messages"


# --- Messages -------------------------------------------------------------------------------------
@operation("notifications", tag=TAG, answer=NoticesOut)
def notifications(request: Asked) -> dict[str, Any]:
    """List what shops wrote; a withdrawn consent or a muted shop empties it at once."""
    found = noticing.notices_of(shopper_of(request._request))
    return {"items": [notice_shown(one) for one in found]}


def notice_shown(one: Notice) -> dict[str, Any]:
    """Return a message."""
    return {
        "number": str(one.number),
        "merchant": one.merchant.slug,
        "shop": one.merchant.name,
        "title": one.title,
        "body": one.body,
        "language": one.language,
        "path": one.path,
        "code": one.code or None,
        "at": one.at,
        "read": one.read_at is not None,
    }


@operation("notification_read", tag=TAG, body=NoticeIn, answer=NoticeOut)
def notification_read(request: Asked, number: UUID) -> dict[str, Any]:
    """Say that a message was read; that is not taken back."""
    shopper = shopper_of(request._request)
    known = {one.number: one for one in noticing.notices_of(shopper)}
    if number not in known:
        raise Http404
    if request.sent["read"]:
        noticing.mark(shopper, number)
    shown = notice_shown(known[number])
    return shown | {"read": shown["read"] or request.sent["read"]}


@operation("notification_away", tag=TAG, answer=None)
def notification_away(request: Asked, number: UUID) -> None:
    """Put a message away."""
    if not noticing.mark(shopper_of(request._request), number, gone=True):
        raise Http404


# --- How shops may write --------------------------------------------------------------------------
@operation("contact", tag=TAG, answer=ContactOut)
def contact(request: Asked) -> dict[str, Any]:
    """Tell by which ways shops may write, when not, and which may not."""
    return contact_shown(shopper_of(request._request))


def contact_shown(shopper: Shopper | None) -> dict[str, Any]:
    """Return how somebody may be written to."""
    kept = contact_of(shopper) if shopper else Contact()
    return {name: getattr(kept, name) for name in CHANGEABLE} | {
        "agreed": held(shopper).marketing,
        "muted": [one.merchant.slug for one in muted_by(shopper)],
    }


@operation("contact_change", tag=TAG, body=ContactIn, answer=ContactOut)
def contact_change(request: Asked) -> dict[str, Any]:
    """Change how shops may write; it holds for the next message."""
    shopper = shopper_for(request._request)
    change_contact(shopper, request.sent)
    return contact_shown(shopper)


def shop_of(merchant: str) -> Merchant:
    """Return a shop by its name, or 404."""
    found = Merchant.objects.active().filter(slug=merchant).first()
    if found is None:
        raise Http404
    return found


@operation("shop_mute", tag=TAG, answer=ContactOut)
def shop_mute(request: Asked, merchant: str) -> dict[str, Any]:
    """Hear nothing more of a shop; twice is as once."""
    found = shop_of(merchant)
    shopper = shopper_for(request._request)
    mute(shopper, found, via="app")
    return contact_shown(shopper)


@operation("shop_unmute", tag=TAG, answer=ContactOut)
def shop_unmute(request: Asked, merchant: str) -> dict[str, Any]:
    """Let a shop write again, if offers are agreed to at all."""
    found, shopper = shop_of(merchant), shopper_of(request._request)
    if shopper is not None:
        unmute(shopper, found.pk)
    return contact_shown(shopper)


# --- Shared links ---------------------------------------------------------------------------------
@operation("shares", tag=TAG, answer=SharesOut)
def shares(request: Asked) -> dict[str, Any]:
    """List the links one passed on, with what came of each."""
    found = passing_on.passed_on(shopper_of(request._request))
    return {"items": [share_shown(one) for one in found]}


def share_shown(one: Passed) -> dict[str, Any]:
    """Return a link."""
    product = one.link.product
    return {
        "code": one.link.code,
        "merchant": product.merchant.slug,
        "sku": product.sku,
        "title": product.title,
        "url": reverse("share_follow", args=[one.link.code]),
        "opened": one.link.opened,
        "ordered": one.ordered,
    }


@operation("share_make", tag=TAG, body=Named, answer=ShareOut, status=201,
           codes=["no_such", "full"])  # fmt: skip
def share_make(request: Asked) -> dict[str, Any]:
    """Make one's link to a product; twice gives the same link."""
    sent = request.sent
    rows = Product.objects.live().filter(merchant__slug=sent["merchant"], sku=sent["sku"])
    try:
        made = passing_on.share(
            shopper_for(request._request), rows.values_list("pk", flat=True).first() or 0
        )
    except NotShared as error:
        raise Problem(error.code) from error
    known = passing_on.passed_on(shopper_of(request._request))
    return share_shown(next(one for one in known if one.link.pk == made.pk))


@operation("share_follow", tag=TAG, answer=FollowedOut)
def share_follow(request: Asked, code: str) -> dict[str, Any]:
    """Return the product that a link leads to, for whoever has it; a worker counts it."""
    link = passing_on.followed(code)
    if link is None:
        raise Http404
    shopper = shopper_of(request._request)
    note_following.delay(code, str(shopper.pk) if shopper else "")
    return {
        "merchant": link.merchant.slug, "sku": link.product.sku, "title": link.product.title,
    }  # fmt: skip


@operation("share_revoke", tag=TAG, answer=None)
def share_revoke(request: Asked, code: str) -> None:
    """Let a link lead nowhere, at once."""
    shopper = shopper_of(request._request)
    if shopper is None or not passing_on.revoke(shopper, code):
        raise Http404
