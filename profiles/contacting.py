"""How somebody may be written to: by which ways, in which language, not between which hours.

For whoever writes (`manner_of`, `loud_from`) and for the page where people choose. Whether anything
may be written at all is a matter of consent (`consenting`) and of shops that somebody muted.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.utils import timezone

from catalog.models import Order
from profiles.models import Contact, Muted
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_shopper

HOUR = datetime.timedelta(hours=1)
# Where a country has several zones, its first and its last: quiet in one of them is quiet.
ZONES = {
    "CN": ("Asia/Shanghai",), "HK": ("Asia/Hong_Kong",), "TW": ("Asia/Taipei",),
    "JP": ("Asia/Tokyo",), "KR": ("Asia/Seoul",), "SG": ("Asia/Singapore",),
    "MY": ("Asia/Kuala_Lumpur",), "GB": ("Europe/London",), "IE": ("Europe/Dublin",),
    "FR": ("Europe/Paris",), "DE": ("Europe/Berlin",), "ES": ("Europe/Madrid",),
    "IT": ("Europe/Rome",), "NL": ("Europe/Amsterdam",), "NZ": ("Pacific/Auckland",),
    "US": ("America/New_York", "America/Los_Angeles"),
    "CA": ("America/Halifax", "America/Vancouver"),
    "AU": ("Australia/Sydney", "Australia/Perth"),
}  # fmt: skip
# What the page offers: one for each place people are likely to live in.
OFFERED = tuple(sorted({zone for zones in ZONES.values() for zone in zones}))
CHANGEABLE = ("email", "push", "site", "language", "zone", "quiet_from", "quiet_until")


@dataclass(frozen=True)
class Manner:
    """How to write to somebody. ``zones``: all those they may live in."""

    email: bool = True
    push: bool = False
    site: bool = False
    language: str = ""
    zones: tuple[str, ...] = ()
    quiet_from: int = 21
    quiet_until: int = 9

    def takes(self, way: str) -> bool:
        """Tell whether somebody wants to be reached by this way."""
        return bool(getattr(self, way, False)) if way in ("email", "push", "site") else False


def contact_of(shopper: Shopper) -> Contact:
    """Return what somebody chose, or what holds until they do. One query."""
    with as_shopper(shopper):
        return Contact.objects.filter(shopper=shopper).first() or Contact(shopper=shopper)


def manner_of(shopper: Shopper) -> Manner:
    """Return how to write to somebody: what they chose, else what their last order tells.

    At most two queries; their rows must be visible.
    """
    kept = Contact.objects.filter(shopper=shopper).first() or Contact(shopper=shopper)
    language = kept.language
    zones: tuple[str, ...] = (kept.zone,) if kept.zone else ()
    if not language or not zones:
        last = Order.objects.filter(shopper=shopper).order_by("-placed_at").first()
        language = language or (last.language if last else "")
        zones = zones or ZONES.get(str(last.address.get("country")) if last else "", ())
    return Manner(
        kept.email, kept.push, kept.site, language or settings.LANGUAGE_CODE,
        zones or (settings.TIME_ZONE,), kept.quiet_from, kept.quiet_until,
    )  # fmt: skip


def loud_from(moment: datetime.datetime, manner: Manner) -> datetime.datetime:
    """Return the first moment from this one on that is outside the quiet hours in every zone.

    The moment itself if there is none: zones too far apart, hours too long.
    """
    found = moment
    for _step in range(4 * max(1, len(manner.zones))):
        after = max(out_of_quiet(found, zone, manner) for zone in manner.zones)
        if after == found:
            return found
        found = after
    return moment


def out_of_quiet(moment: datetime.datetime, zone: str, manner: Manner) -> datetime.datetime:
    """Return the moment, or the end of the quiet hours that it lies in."""
    start, end = manner.quiet_from, manner.quiet_until
    here = moment.astimezone(ZoneInfo(zone))
    across = start > end
    quiet = (here.hour >= start or here.hour < end) if across else start <= here.hour < end
    if not quiet:
        return moment
    over = here.replace(hour=end, minute=0, second=0, microsecond=0)
    over += datetime.timedelta(days=1) if across and here.hour >= start else datetime.timedelta()
    # Hours of a day that lacks or repeats one: never backwards.
    return max(over.astimezone(datetime.UTC), moment)


def change_contact(shopper: Shopper, values: Mapping[str, Any]) -> Contact:
    """Keep how somebody wants to be written to; it holds for the next message."""
    wanted = {name: values[name] for name in CHANGEABLE if name in values}
    if wanted.get("zone") and wanted["zone"] not in available_timezones():
        raise ValueError("unknown zone")
    with as_shopper(shopper):
        Shopper.objects.select_for_update(no_key=True).get(pk=shopper.pk)
        wanted["changed_at"] = timezone.now()
        return Contact.objects.update_or_create(shopper=shopper, defaults=wanted)[0]


def mute(shopper: Shopper, merchant: Merchant, *, via: str = "page") -> None:
    """Let somebody hear nothing more of a shop, at once; twice is as once."""
    with as_shopper(shopper):
        # Whoever is about to write holds this row: what is committed here is seen there.
        Shopper.objects.select_for_update(no_key=True).get(pk=shopper.pk)
        Muted.objects.get_or_create(shopper=shopper, merchant=merchant, defaults={"via": via})


def unmute(shopper: Shopper, merchant: int) -> None:
    """Let a shop write again, if the shopper agrees to offers at all."""
    with as_shopper(shopper):
        Muted.objects.filter(shopper=shopper, merchant=merchant).delete()


def muted_by(shopper: Shopper | None) -> list[Muted]:
    """Return the shops that somebody muted, the newest first. One query."""
    if shopper is None:
        return []
    with as_shopper(shopper):
        return list(Muted.objects.filter(shopper=shopper).select_related("merchant"))


def merge(source: Shopper, target: Shopper) -> None:
    """Bring a browser's mutes to the person who signs in; what they chose themselves holds."""
    mutes = [one.merchant for one in muted_by(source)]
    chosen = contact_of(source)
    with as_shopper(target):
        for merchant in mutes:
            mute(target, merchant, via="sign-in")
        if not chosen._state.adding and not Contact.objects.filter(shopper=target).exists():
            change_contact(target, {name: getattr(chosen, name) for name in CHANGEABLE})
