"""Take in what shoppers said of products in chats, where they agree, and forget it with them.

For the sweep. Words come as events of `profiles`, which keeps them only with two agreements; here
both are asked again, so that a withdrawal takes the words out of what a shop sees. What is shown
has no name, no number and no address in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from catalog.models import Product
from catalog.text.languages import language_of
from marketing.listening.reading import blotted, mark
from marketing.models import Mention, Source
from profiles.consenting import agreed
from profiles.models import Event, Kind, Purpose
from shopguide.accounts.tenancy import as_everyone

MOST = 500


def hear_chats(*, most: int = MOST) -> int:
    """Take in new words and let go of those that may not be used any more; return how many new."""
    people: Any = {*agreed(Purpose.TRAINING)} & {*agreed(Purpose.PERSONALISATION)}
    with as_everyone():
        heard = Mention.objects.filter(source=Source.CHAT)
        heard.exclude(event__shopper__in=people).exclude(event=None).delete()
        rows = Event.objects.filter(kind=Kind.SAID, shopper__in=people)
        fresh = rows.exclude(pk__in=heard.exclude(event=None).values("event"))
        events = list(fresh.order_by("pk")[:most])
        mentions = list(mentions_of(events))
        Mention.objects.bulk_create(mentions, ignore_conflicts=True)
    return len(mentions)


def mentions_of(events: Iterable[Event]) -> Iterable[Mention]:
    """Yield a mention for each event about a product that is there, unsaved. One query."""
    events = list(events)
    wanted = {one.product for one in events if one.product}
    shops = dict(Product.objects.filter(pk__in=wanted).values_list("pk", "merchant_id"))
    for event in events:
        if event.product not in shops or not (text := blotted(event.words).strip()):
            continue
        key = hashlib.md5(f"event:{event.pk}".encode(), usedforsecurity=False).hexdigest()
        yield Mention(
            merchant_id=shops[event.product], product_id=event.product, source=Source.CHAT,
            key=key, author=mark(str(event.shopper_id)), text=text, said_at=event.at, event=event,
            language=language_of(text).language[:10],
        )  # fmt: skip
