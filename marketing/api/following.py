"""Whom a shopper follows, for apps: the pages' own rows and rules."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from marketing.api.shapes_of_following import FollowingIn, FollowingOut, FollowingsOut, ShownIn
from marketing.reaching import grouping, showing
from profiles.sources.following import Followed, NotFollowed, followings, unfollow
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.problems import Problem
from shopguide.rest.operations import Asked, operation

TAG = "Following"


@operation("followings", tag=TAG, answer=FollowingsOut)
def following_list(request: Asked) -> dict[str, Any]:
    """List whom one follows, and how many products each shows at the moment."""
    return {"items": [shown(one) for one in followings(shopper_of(request._request))]}


def shown(one: Followed) -> dict[str, Any]:
    """Return one person somebody follows."""
    return {"number": one.pk, "name": one.name, "products": one.products}


@operation("following_start", tag=TAG, body=FollowingIn, answer=FollowingOut, status=201,
           codes=["full", "not_found"])  # fmt: skip
def following_start(request: Asked) -> dict[str, Any]:
    """Follow the owner of a list that is shown to followers, by the list's word."""
    found = grouping.seen(request.sent["list"], shopper_of(request._request))
    if found is None or found.own or not found.group.shown_as:
        raise Http404
    shopper = shopper_for(request._request)
    try:
        made = showing.follow_owner(found.group, shopper)
    except NotFollowed as error:
        raise Problem(error.code) from error
    if made is None:
        raise Http404
    return shown(next(one for one in followings(shopper) if one.pk == made.pk))


@operation("following_end", tag=TAG, answer=None)
def following_end(request: Asked, pk: int) -> None:
    """Follow somebody no more; what they show is in no list from the next request on."""
    if not unfollow(shopper_of(request._request), pk):
        raise Http404


@operation("list_shown", tag=TAG, body=ShownIn, answer=None)
def list_shown(request: Asked, code: str) -> None:
    """Show one's own list to followers under a name; to none with an empty one."""
    shopper = shopper_of(request._request)
    if shopper is None or not showing.show_as(code, shopper, request.sent["name"]):
        raise Http404
