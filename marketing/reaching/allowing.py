"""Whether one message may go out at this moment, and if not, why, or when.

For the sender, inside the transaction that claims the message, with the shopper's row held: two
workers never count the same messages, and a withdrawal that is committed is seen. It sends nothing.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone

from marketing.models import Campaign, Send, Way
from profiles.contacting import Manner, loud_from, manner_of
from profiles.models import Consent, Muted, Purpose
from shopguide.accounts.models import Shopper

# Why something is not sent; the words for it are in `presenting`.
NO_CONSENT, MUTED, WAY_OFF, NO_ADDRESS = "no_consent", "muted", "way_off", "no_address"
CAPPED_SHOP, CAPPED_MARKET, LATE, NO_WORDS = "capped_shop", "capped_market", "late", "no_words"
CANCELLED = "cancelled"


@dataclass(frozen=True)
class Verdict:
    """What is to be done with a message. ``why``: it is not sent; ``later``: not before then."""

    manner: Manner
    why: str = ""
    later: datetime.datetime | None = None
    address: str = ""


def verdict(send: Send, shopper: Shopper) -> Verdict:
    """Judge one message now. The shopper's row is locked and visible. At most eight queries."""
    manner = manner_of(shopper)
    if why := forbidden(send, shopper, manner):
        return Verdict(manner, why)
    address = address_of(shopper) if send.way == Way.EMAIL else ""
    if send.way == Way.EMAIL and not address:
        return Verdict(manner, NO_ADDRESS)
    now = timezone.now()
    # What lies on the site until it is looked for wakes nobody.
    loud = now if send.way == Way.SITE else max(now, loud_from(now, manner))
    if loud >= (send.campaign.until or now):
        return Verdict(manner, LATE)
    if loud > now:
        return Verdict(manner, later=loud)
    why = "" if send.way == Way.SITE else capped(send.campaign, shopper, now)
    return Verdict(manner, why, address=address)


def forbidden(send: Send, shopper: Shopper, manner: Manner) -> str:
    """Return why somebody may not be written to by this shop in this way; nothing if they may."""
    if not agreed(shopper):
        return NO_CONSENT
    if Muted.objects.filter(shopper=shopper, merchant=send.merchant_id).exists():
        return MUTED
    return "" if manner.takes(send.way) else WAY_OFF


def agreed(shopper: Shopper, purpose: Purpose = Purpose.MARKETING) -> bool:
    """Tell whether the newest choice is a yes. One query; no row is a no."""
    rows = Consent.objects.filter(shopper=shopper, purpose=purpose).order_by("-pk")
    return rows.values_list("given", flat=True).first() is True


def address_of(shopper: Shopper) -> str:
    """Return the address that somebody has proven to be theirs; nothing without one."""
    if shopper.user_id is None or not shopper.user.is_active:  # type: ignore[union-attr]
        return ""
    rows = EmailAddress.objects.filter(user_id=shopper.user_id, verified=True)
    found = rows.order_by("-primary", "pk").values_list("email", flat=True).first()
    return str(found or "")


def capped(campaign: Campaign, shopper: Shopper, now: datetime.datetime) -> str:
    """Return which cap is reached; nothing if none is. Two queries.

    Messages that may have left count as sent. What lies on the site interrupts nobody.
    """
    reached = Send.objects.interrupting().filter(shopper=shopper)
    since = now - datetime.timedelta(days=campaign.cap_days)
    if reached.filter(merchant=campaign.merchant_id, claimed_at__gt=since).count() >= campaign.cap:
        return CAPPED_SHOP
    since = now - datetime.timedelta(days=settings.OUTREACH_DAYS)
    if reached.filter(claimed_at__gt=since).count() >= settings.OUTREACH_MOST:
        return CAPPED_MARKET
    return ""
