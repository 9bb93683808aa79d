"""Who bought one thing of a kind is shown what goes with it, not a second one."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from catalog.models import Product
from profiles.models import Event, Kind
from profiles.recommending import recommend
from profiles.sources.learning import put_live, store
from profiles.sources.switching import Source
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone

Shelves = dict[str, list[Product]]


def deed(shopper: Shopper, kind: str, product: Product, hours: float) -> None:
    """Let a shopper have done something so many hours ago."""
    with as_everyone():
        at = timezone.now() - timedelta(hours=hours)
        Event.objects.create(shopper=shopper, kind=kind, product=product.pk, at=at)


def kinds(shopper: Shopper, shelves: Shelves) -> list[str]:
    """Return of which kinds the list is, the first first."""
    names = {one.pk: kind for kind, row in shelves.items() for one in row}
    return [names[one.product] for one in recommend(shopper, limit=6)]


def test_ink_for_the_printer_not_a_second_printer(shelves: Shelves, shopper: Shopper) -> None:
    printer, inks = shelves["mice"][0], shelves["teapots"]
    put_live(store([(Source.BOUGHT, printer.pk, ink.pk, 0.5) for ink in inks[:2]]))
    deed(shopper, Kind.VIEW, printer, 50)
    deed(shopper, Kind.CART, printer, 49)
    assert kinds(shopper, shelves)[0] == "mice"
    deed(shopper, Kind.PURCHASE, printer, 48)
    assert kinds(shopper, shelves)[:2] == ["teapots", "teapots"]
    deed(shopper, Kind.VIEW, shelves["mice"][1], 3)
    assert kinds(shopper, shelves)[0] == "mice"  # looking again, there is a need again


def test_what_is_used_up_is_shown_on(shelves: Shelves, shopper: Shopper) -> None:
    bought, goes = shelves["mice"][0], shelves["teapots"][0]
    again = (Source.AGAIN, shelves["mice"][3].pk, shelves["mice"][3].pk, 30.0)
    put_live(store([(Source.BOUGHT, bought.pk, goes.pk, 0.3), again]))
    deed(shopper, Kind.VIEW, bought, 50)
    deed(shopper, Kind.PURCHASE, bought, 48)
    assert kinds(shopper, shelves)[0] == "mice"
