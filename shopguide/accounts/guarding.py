"""The portal's door: who is asking, in which shop, in which role.

For every view below /merchant/. It fetches the person's place in the shop; who has none gets the
404 of a shop that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from shopguide.accounts.access import ANY_ROLE, memberships_of
from shopguide.accounts.models import Membership, Merchant, Role
from shopguide.accounts.second_step import SecondStepNeeded, lacks_second_step

P = ParamSpec("P")


def member_view(
    roles: tuple[Role, ...] = ANY_ROLE,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Merchant, P], HttpResponse]], Callable[..., HttpResponse]
]:
    """Give a view its shop: anonymous people sign in, all but members in these roles get a 404.

    Members of a suspended shop read why. Owners without a second step are led to set it up. The
    frame of the page finds the person's places on the request, as ``membership`` and
    ``memberships``. Answers are nobody else's: they are not cached.
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
    """Return the person's place in a shop, or 404; kept on the request. One query, two for owners.

    A member whom an owner has suspended is, here, nobody.
    """
    memberships = memberships_of(request.user)
    here = next((one for one in memberships if one.merchant.slug == slug), None)
    if here is None:
        raise Http404(_("There is no such page."))
    if here.role == Role.OWNER and lacks_second_step(request.user):  # type: ignore[arg-type]
        raise SecondStepNeeded
    request.membership, request.memberships = here, memberships  # type: ignore[attr-defined]
    return here


def role_in(request: HttpRequest) -> str:
    """Return the role in which somebody reads this page of a shop."""
    return str(request.membership.role)  # type: ignore[attr-defined]


def suspended(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Say to a member that the shop is suspended, since when, why, and what to do."""
    context = {"merchant": merchant, "nav": ""}
    return render(request, "catalog/merchant/suspended.html", context, status=403)
