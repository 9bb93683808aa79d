"""The fetch that is the permission check: every merchant page gets its rows from here.

A row that a person may not see is a 404, indistinguishable from one that does not exist.
"""

from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from shopguide.accounts.models import Membership, Merchant, Role, User

M = TypeVar("M", bound=Model)

CATALOGUE_EDITORS = (Role.OWNER, Role.EDITOR)
ANY_ROLE = tuple(Role)


def membership_of(
    user: User | AnonymousUser, slug: str, *, roles: tuple[Role, ...] = ANY_ROLE
) -> Membership:
    """Return the person's membership in this active shop, or 404. One query."""
    if not user.is_authenticated:
        raise Http404(_("There is no such page."))
    found = (
        Membership.objects.select_related("merchant")
        .filter(
            user_id=user.pk,
            merchant__slug=slug,
            merchant__suspended_at=None,
            suspended_at=None,
            role__in=[str(role) for role in roles],
        )
        .first()
    )
    if found is None:
        raise Http404(_("There is no such page."))
    return found


def memberships_of(user: User | AnonymousUser) -> list[Membership]:
    """Return a person's places in shops, suspended shops too, by address. One query."""
    mine = Membership.objects.filter(user=user.pk or 0, suspended_at=None)
    return list(mine.select_related("merchant").order_by("merchant__slug"))


def row_of(rows: QuerySet[M], merchant: Merchant, **lookup: object) -> M:
    """Return this shop's row, or 404, whether it is another shop's or nobody's."""
    found = rows.filter(merchant=merchant, **lookup).first()
    if found is None:
        raise Http404(_("There is no such page."))
    return found
