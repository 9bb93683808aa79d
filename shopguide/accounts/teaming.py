"""The people of a shop: other roles, leaving, suspension, a new owner.

For the team's page. A shop always keeps an owner who may act; whatever would leave it without one
is refused and changes nothing. Rows are locked shop by shop, so two owners cannot both go at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from shopguide.accounts.models import Membership, Merchant, Role
from shopguide.accounts.tenancy import as_merchant


class LastOwner(Exception):
    """The shop would be nobody's."""


@contextmanager
def team_of(merchant: Merchant | int) -> Iterator[None]:
    """Lock a shop's team; LastOwner, and nothing has changed, if no owner is left in the end."""
    number = merchant if isinstance(merchant, int) else merchant.pk
    with as_merchant(number):
        team = Membership.objects.filter(merchant_id=number)
        list(team.select_for_update().order_by("pk"))
        yield
        if not team.filter(role=Role.OWNER, suspended_at=None).exists():
            raise LastOwner


def change_role(member: Membership, role: str) -> None:
    """Give a member another role, effective at their next request."""
    with team_of(member.merchant_id):
        member.role = Role(role)
        member.save(update_fields=["role"])


def suspend(member: Membership, *, until_told: bool = True) -> None:
    """Let a member do nothing, or, with ``until_told=False``, everything again."""
    with team_of(member.merchant_id):
        member.suspended_at = timezone.now() if until_told else None
        member.save(update_fields=["suspended_at"])


def remove(member: Membership) -> None:
    """Take a member out of the team, by an owner or by themselves."""
    with team_of(member.merchant_id):
        member.delete()


def hand_over(owner: Membership, successor: Membership) -> None:
    """Make another member the owner in one's own place; one stays as editor."""
    with team_of(owner.merchant_id):
        successor.role, successor.suspended_at = Role.OWNER, None
        successor.save(update_fields=["role", "suspended_at"])
        owner.role = Role.EDITOR
        owner.save(update_fields=["role"])
