"""Lists that several people keep together: opened by a word, joined under a name, closed again.

Whoever has the word may look; to add something one joins. The owner may put a member out or revoke
the word; both hold at once, and what they had added goes along.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from catalog.models import Product
from marketing.models import GroupItem, GroupList, GroupMember
from marketing.models.sharing import new_code
from profiles.sources.following import let_go
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone

MOST_LISTS, MOST_ITEMS, MOST_MEMBERS = 30, 200, 50


class NotGrouped(Exception):
    """Nothing was done. ``code``: no_such, full or not_yours."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Seen:
    """A list as somebody sees it: its products with who put them there, and its people."""

    group: GroupList
    items: list[GroupItem]
    names: dict[str, str]
    own: bool
    member: bool


def open_list(shopper: Shopper, name: str) -> GroupList:
    """Make a list; its owner is its first member."""
    with as_everyone():
        if GroupList.objects.filter(shopper=shopper, revoked_at=None).count() >= MOST_LISTS:
            raise NotGrouped("full")
        return GroupList.objects.create(shopper=shopper, name=name.strip()[:80] or "–")


def lists_of(shopper: Shopper | None) -> list[GroupList]:
    """Return the lists somebody owns or has joined, the newest first."""
    if shopper is None:
        return []
    with as_everyone():
        mine = GroupList.objects.filter(shopper=shopper)
        joined = GroupList.objects.filter(
            members__shopper=shopper, members__gone_at=None, revoked_at=None
        )
        return sorted({*mine, *joined}, key=lambda one: (-one.made_at.timestamp(), -one.pk))


def found(code: str, shopper: Shopper | None) -> GroupList | None:
    """Return a list by its word: the owner's own always, another's while its word holds.

    Somebody who was put out finds nothing.
    """
    group = GroupList.objects.filter(code=code).first()
    if group is None or (shopper is not None and group.shopper_id == shopper.pk):
        return group
    put_out = shopper is not None and GroupMember.objects.filter(
        group=group, shopper=shopper, gone_at__isnull=False
    )
    return None if group.revoked_at or (put_out and put_out.exists()) else group


def seen(code: str, shopper: Shopper | None) -> Seen | None:
    """Return a list as somebody sees it; None for whom it is not. Four queries."""
    with as_everyone():
        group = found(code, shopper)
        if group is None:
            return None
        items = GroupItem.objects.filter(group=group, product__status="live")
        rows = items.select_related("product__merchant").prefetch_related("product__texts")
        members = GroupMember.objects.filter(group=group, gone_at=None)
        names = {str(one.shopper_id): one.name for one in members}
        own = shopper is not None and group.shopper_id == shopper.pk
        member = own or (shopper is not None and str(shopper.pk) in names)
        return Seen(group, list(rows[:MOST_ITEMS]), names, own, member)


def join(code: str, shopper: Shopper, name: str) -> GroupMember:
    """Let somebody join a list under a name; twice only changes the name."""
    with as_everyone():
        group = found(code, shopper)
        if group is None:
            raise NotGrouped("no_such")
        if GroupMember.objects.filter(group=group, gone_at=None).count() >= MOST_MEMBERS:
            raise NotGrouped("full")
        return GroupMember.objects.update_or_create(
            group=group, shopper=shopper, defaults={"name": name.strip()[:40] or "–"}
        )[0]


def add(code: str, shopper: Shopper, product: int, note: str = "") -> GroupItem:
    """Put a live product on a list that somebody owns or has joined; twice is as once."""
    with as_everyone():
        group = found(code, shopper)
        live = Product.objects.live().filter(pk=product, merchant__suspended_at=None).first()
        if group is None or live is None or group.revoked_at:
            raise NotGrouped("no_such")
        inside = group.shopper_id == shopper.pk or GroupMember.objects.filter(
            group=group, shopper=shopper, gone_at=None
        )
        if not inside:
            raise NotGrouped("not_yours")
        if GroupItem.objects.filter(group=group).count() >= MOST_ITEMS:
            raise NotGrouped("full")
        return GroupItem.objects.get_or_create(
            group=group, product=live, defaults={"shopper": shopper, "note": note.strip()[:200]}
        )[0]


def take_off(code: str, shopper: Shopper, product: int) -> bool:
    """Take a product off a list: the owner any, others what they added."""
    with as_everyone():
        group = found(code, shopper)
        if group is None:
            return False
        items = GroupItem.objects.filter(group=group, product=product)
        mine = items if group.shopper_id == shopper.pk else items.filter(shopper=shopper)
        return bool(mine.delete()[0])


def put_out(code: str, shopper: Shopper, member: int) -> bool:
    """Put somebody out of one's own list, with what they added; it holds at once.

    They follow its owner no more either.
    """
    with as_everyone():
        rows = GroupMember.objects.filter(
            pk=member, group__code=code, group__shopper=shopper, gone_at=None
        )
        one = rows.first()
        if one is None:
            return False
        GroupItem.objects.filter(group=one.group, shopper=one.shopper_id).delete()
        let_go(shopper, one.shopper)
        return bool(rows.update(gone_at=timezone.now()))


def revoke(code: str, shopper: Shopper) -> bool:
    """Close one's own list for everybody else, at once."""
    with as_everyone():
        mine = GroupList.objects.filter(code=code, shopper=shopper, revoked_at=None)
        return bool(mine.update(revoked_at=timezone.now()))


def reopen(code: str, shopper: Shopper) -> GroupList | None:
    """Open one's own list again under a new word; the old one stays dead."""
    with as_everyone():
        mine = GroupList.objects.filter(code=code, shopper=shopper)
        if not mine.update(code=(word := new_code()), revoked_at=None):
            return None
        return GroupList.objects.get(code=word)
