"""Keep, forget and hand over what a shopper did.

For the log that a request carries, which asks for consent, and for sign-in. Doing the same again
at once is one deed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from profiles.consenting import held
from profiles.models import Event, Exposure, Following, Kind, Portrait, Stance, Trace
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper

# The same deed within so long is a second click, not a second wish.
AGAIN = timedelta(minutes=10)
# What was offered is worth as long as it can be compared with what was done.
OFFERS_KEPT = timedelta(days=90)
SAID = 200  # characters of what was said that are kept
# A list can be made again for so long.
TRACES_KEPT = timedelta(days=14)


def note(shopper: Shopper, kind: Kind, **what: Any) -> Event | None:
    """Keep one deed, unless it is the same as a moment ago. Words have no vector yet."""
    with as_shopper(shopper):
        same = Event.objects.filter(
            shopper=shopper, kind=kind, product=what.get("product"), words=what.get("words", ""),
            at__gt=timezone.now() - AGAIN,
        )  # fmt: skip
        if same.exists():
            return None
        return Event.objects.create(shopper=shopper, kind=kind, **what)


def note_said(shopper: Shopper, product: int, words: str) -> Event | None:
    """Keep what was said of a product in a chat, if the shopper agrees that words are used.

    For opinion monitoring, which shows words without a name. Two agreements are needed: that deeds
    are kept, and that words may improve things.
    """
    agreed = held(shopper)
    said = words.strip()[:SAID]
    if not (agreed.personalisation and agreed.training and said):
        return None
    return note(shopper, Kind.SAID, product=product, words=said)


def note_shown(
    shopper: Shopper,
    shelf: str,
    ranker: str,
    products: Sequence[int],
    *,
    trace: UUID | None = None,
    sources: Mapping[int, str] | None = None,
    chance: float = 1.0,
) -> None:
    """Keep what a list offered, in its order. Three statements; old offers of the shopper go.

    ``chance``: how likely the first was to stand first. All else is certain: the same deeds always
    give the same list.
    """
    with as_shopper(shopper):
        offers = Event.objects.filter(shopper=shopper, kind=Kind.IMPRESSION)
        offers.filter(at__lt=timezone.now() - OFFERS_KEPT).delete()
        Trace.objects.filter(shopper=shopper, at__lt=timezone.now() - TRACES_KEPT).delete()
        Event.objects.bulk_create(
            Event(
                shopper=shopper, kind=Kind.IMPRESSION, product=product,
                shelf=shelf, place=place, ranker=ranker, propensity=chance if place == 1 else 1.0,
                trace=trace, source=(sources or {}).get(product, ""),
            )
            for place, product in enumerate(products, 1)
        )  # fmt: skip


def forget(shopper: Shopper, **which: Any) -> int:
    """Delete some of what a shopper did, all of it without a choice; return how many."""
    with as_shopper(shopper):
        Portrait.objects.filter(shopper=shopper).delete()
        return Event.objects.filter(shopper=shopper, **which).delete()[0]


def undo_key(shopper: Shopper) -> str:
    """Return where deeds that were forgotten wait ten minutes for an undo."""
    return f"forgotten:{shopper.pk}"


def merge(source: Shopper, target: Shopper) -> None:
    """Give an anonymous shopper's deeds to a person; what would be there twice is left out."""
    with as_shopper(source):
        moved = list(Event.objects.filter(shopper=source))
    with as_shopper(target):
        for one in moved:
            one.pk, one.shopper = None, target
        Event.objects.bulk_create(moved, ignore_conflicts=True)
    carry_arms(source, target)
    carry_word(source, target)


def carry_word(source: Shopper, target: Shopper) -> None:
    """Let hold for a person what their browser said and whom it follows; their own word wins."""
    with as_shopper(source):
        said = list(Stance.objects.filter(shopper=source))
        follows = list(Following.objects.filter(shopper=source).exclude(followed=target))
    with as_shopper(target):
        for word in said:
            word.pk, word.shopper = None, target
        for follow in follows:
            follow.pk, follow.shopper = None, target
        Stance.objects.bulk_create(said, ignore_conflicts=True)
        Following.objects.bulk_create(follows, ignore_conflicts=True)


def carry_arms(source: Shopper, target: Shopper) -> None:
    """Let a person go on with the arms that their browser has met, where they had met none."""
    with as_shopper(source):
        met = list(Exposure.objects.filter(shopper=source))
    with as_shopper(target):
        for one in met:
            one.pk, one.shopper = None, target
        Exposure.objects.bulk_create(met, ignore_conflicts=True)
