"""What the portal's pages share: who is asking, and pages of rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from catalog.presenting.paging import page_links
from catalog.search.addressing import clean_number
from shopguide.accounts.access import ANY_ROLE, memberships_of
from shopguide.accounts.models import Membership, Merchant, Role

P = ParamSpec("P")
M = TypeVar("M", bound=Model)
PAGE = 25
MOST_PAGES = 1_000_000


def member_view(
    roles: tuple[Role, ...] = ANY_ROLE,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Merchant, P], HttpResponse]], Callable[..., HttpResponse]
]:
    """Give a view its shop: anonymous people sign in, all but members in these roles get a 404.

    Members of a suspended shop read why. The frame of the page finds the person's places on the
    request, as ``membership`` and ``memberships``. Answers are nobody else's: they are not cached.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, Merchant, P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(
            request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            here = enter(request, slug)
            if here.merchant.suspended_at:
                response = suspended(request, here.merchant)
            elif here.role in roles:
                response = view(request, here.merchant, *args, **kwargs)
            else:
                raise Http404(_("There is no such page."))
            patch_cache_control(response, private=True, no_store=True)
            return response

        return login_required(guarded)

    return decorate


def enter(request: HttpRequest, slug: str) -> Membership:
    """Return the person's place in a shop, or 404; kept on the request. One query."""
    memberships = memberships_of(request.user)
    here = next((one for one in memberships if one.merchant.slug == slug), None)
    if here is None:
        raise Http404(_("There is no such page."))
    request.membership, request.memberships = here, memberships  # type: ignore[attr-defined]
    return here


def role_in(request: HttpRequest) -> str:
    """Return the role in which somebody reads this page of a shop."""
    return str(request.membership.role)  # type: ignore[attr-defined]


def suspended(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Say to a member that the shop is suspended, since when, why, and what to do."""
    context = {"merchant": merchant, "nav": ""}
    return render(request, "catalog/merchant/suspended.html", context, status=403)


def page_of(
    request: HttpRequest, rows: QuerySet[M], url: Callable[[int], str], *, size: int = PAGE
) -> tuple[list[M], int, dict[str, Any]]:
    """Return the rows of the asked page, how many there are, and links; beyond the end the last.

    Two queries. To be called where the rows may be seen.
    """
    total = rows.count()
    pages = max(1, -(-total // size))
    number = min(int(clean_number(request.GET.get("page", ""), MOST_PAGES) or 1), pages)
    found = list(rows[(number - 1) * size : number * size])
    return found, total, page_links(number, pages, url)
