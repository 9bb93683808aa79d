"""The address book of a shopper: saved, chosen at checkout, one of them the usual one.

For the account's pages, the checkout and the API. A foreign number is as unknown as any.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from catalog.address_form import KEPT
from catalog.models import Address
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper

MOST = 30


class NoRoom(Exception):
    """There are as many addresses as may be."""


def addresses_of(shopper: Shopper | None) -> list[Address]:
    """Return the shopper's addresses, the usual one first. One query; none without a shopper."""
    if shopper is None:
        return []
    with as_shopper(shopper):
        return list(Address.objects.filter(shopper=shopper))


def address_of(shopper: Shopper | None, pk: int) -> Address | None:
    """Return one of the shopper's addresses, None for any other."""
    if shopper is None:
        return None
    with as_shopper(shopper):
        return Address.objects.filter(shopper=shopper, pk=pk).first()


def fields_of(address: Address) -> dict[str, str]:
    """Return an address as an order keeps it."""
    return {key: str(getattr(address, key)) for key in KEPT}


def save(
    shopper: Shopper, fields: Mapping[str, Any], *, pk: int | None = None, usual: bool = False
) -> Address:
    """Add an address, or change one; the same again is not added. NoRoom beyond `MOST`."""
    kept = {key: fields.get(key, "") for key in KEPT}
    with as_shopper(shopper):
        mine = Address.objects.select_for_update().filter(shopper=shopper)
        there = list(mine)
        known = [one for one in there if one.pk == pk] or [
            one for one in there if pk is None and fields_of(one) == kept
        ]
        if not known and len(there) >= MOST:
            raise NoRoom
        address = known[0] if known else Address(shopper=shopper)
        usual = usual or not there or (bool(known) and known[0].is_default)
        if usual:
            mine.exclude(pk=address.pk).update(is_default=False)
        for key, value in kept.items():
            setattr(address, key, value)
        address.is_default, address.used_at = usual, timezone.now()
        address.save()
    return address


def remove(shopper: Shopper, pk: int) -> bool:
    """Forget an address; the next one becomes the usual one. False for an unknown one."""
    with as_shopper(shopper):
        mine = Address.objects.select_for_update().filter(shopper=shopper)
        found = mine.filter(pk=pk).first()
        if found is None:
            return False
        found.delete()
        heir = mine.first()
        if found.is_default and heir:
            mine.filter(pk=heir.pk).update(is_default=True)
    return True


def merge(source: Shopper, target: Shopper) -> None:
    """Give one shopper's addresses to another, whose usual one stays."""
    for address in addresses_of(source):
        remove(source, address.pk)
        if len(addresses_of(target)) < MOST:
            save(target, fields_of(address))
