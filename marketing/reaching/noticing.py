"""A shopper's own list of messages, for app and site, and the banner on top of pages.

Consent and mutes are looked at whenever the list is: what somebody no longer agrees to is gone from
it at once, whenever it was sent.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from marketing.models import Notice, Send
from marketing.reaching.allowing import agreed
from profiles.contacting import manner_of
from profiles.models import Muted
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper

MOST = 100


def visible(shopper: Shopper) -> QuerySet[Notice]:
    """Return what may be shown of a shopper's list; their rows are visible. No query yet."""
    mine = Notice.objects.filter(
        shopper=shopper, gone_at=None, until__gt=timezone.now(), merchant__suspended_at=None
    )
    muted = Muted.objects.filter(shopper=shopper).values("merchant")
    return mine.exclude(merchant__in=muted).select_related("merchant")


def notices_of(shopper: Shopper | None) -> list[Notice]:
    """Return a shopper's messages, the newest first; none without consent. Two queries."""
    if shopper is None:
        return []
    with as_shopper(shopper):
        return list(visible(shopper)[:MOST]) if agreed(shopper) else []


def unread(shopper: Shopper | None) -> int:
    """Return how many messages are not read yet."""
    return sum(one.read_at is None for one in notices_of(shopper))


def banner_of(shopper: Shopper | None) -> Notice | None:
    """Return the message that belongs on top of a page, if there is one and it is wanted there."""
    if shopper is None:
        return None
    with as_shopper(shopper):
        if not agreed(shopper) or not manner_of(shopper).site:
            return None
        return visible(shopper).filter(banner=True, read_at=None).first()


def mark(shopper: Shopper | None, number: UUID, *, gone: bool = False) -> bool:
    """Mark a message as read, or put it away; False if the shopper has no such message."""
    if shopper is None:
        return False
    now = timezone.now()
    with as_shopper(shopper):
        found = Notice.objects.filter(shopper=shopper, number=number, gone_at=None).first()
        if found is None:
            return False
        found.read_at = found.read_at or now
        found.gone_at = now if gone else None
        found.save(update_fields=["read_at", "gone_at"])
    return True


def mark_all(shopper: Shopper | None) -> None:
    """Mark every message as read."""
    if shopper is not None:
        with as_shopper(shopper):
            Notice.objects.filter(shopper=shopper, read_at=None).update(read_at=timezone.now())


def note_opened(token: UUID) -> bool:
    """Keep that a message led somebody here, if they agree to be known; False if they do not."""
    from profiles.models import Purpose

    with as_everyone():
        found = Send.objects.filter(token=token).select_related("shopper").first()
        if found is None or not agreed(found.shopper, Purpose.PERSONALISATION):
            return False
        return bool(
            Send.objects.filter(pk=found.pk, clicked_at=None).update(clicked_at=timezone.now())
        )
