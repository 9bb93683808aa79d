"""Lists that several people keep together, for apps: the pages' own rows and rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404

from catalog.api.finding import hit_shown, shown_in
from catalog.api.keeping import product_of
from catalog.api.shapes.finding import ShownQuery
from catalog.models import Product
from catalog.search.featuring import hits_of
from catalog.search.market import market
from marketing.api.shapes_of_lists import (
    GroupIn,
    GroupItemIn,
    GroupOut,
    GroupsOut,
    GroupStateIn,
    JoinIn,
)
from marketing.models import GroupList, GroupMember
from marketing.reaching import grouping
from marketing.reaching.grouping import NotGrouped, Seen
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.accounts.tenancy import as_everyone
from shopguide.problems import Problem
from shopguide.rest.operations import Asked, operation

TAG = "Lists with others"


@contextmanager
def refusals() -> Iterator[None]:
    """Say as a problem why nothing was done."""
    try:
        yield
    except NotGrouped as error:
        raise Problem("not_joined" if error.code == "not_yours" else error.code) from error


def list_seen(request: Asked, code: str) -> Seen:
    """Return a list as this shopper sees it, or 404."""
    found = grouping.seen(code, shopper_of(request._request))
    if found is None:
        raise Http404
    return found


def own_word(request: Asked, code: str) -> Shopper:
    """Return the shopper, for whom there must be such a list."""
    list_seen(request, code)
    return shopper_for(request._request)


def group_brief(one: GroupList, shopper: Shopper | None) -> dict[str, Any]:
    """Return a list without what is on it."""
    own = shopper is not None and one.shopper_id == shopper.pk
    return {"code": one.code, "name": one.name, "own": own, "open": one.revoked_at is None}


def group_shown(request: Asked, code: str) -> dict[str, Any]:
    """Return a list with its products at today's prices, and its people."""
    found, shopper = list_seen(request, code), shopper_of(request._request)
    hits = hits_of([one.product_id for one in found.items], shown_in(request, market()))
    mine = shopper.pk if shopper else None
    return group_brief(found.group, shopper) | {
        "joined": found.member,
        "people": list(people_of(found)),
        "items": [
            {
                "product": hit_shown(hits[one.product_id]),
                "note": one.note,
                "by": found.names.get(str(one.shopper_id), ""),
                "removable": found.own or one.shopper_id == mine,
            }
            for one in found.items
            if one.product_id in hits
        ],
    }


def people_of(found: Seen) -> Iterator[dict[str, Any]]:
    """Return who has joined: names for all, and for the owner the number to put somebody out."""
    if not found.own:
        yield from ({"id": None, "name": name} for name in found.names.values())
        return
    with as_everyone():
        for one in GroupMember.objects.filter(group=found.group, gone_at=None):
            yield {"id": one.pk, "name": one.name}


@operation("groups", tag=TAG, answer=GroupsOut)
def groups(request: Asked) -> dict[str, Any]:
    """List the lists that one owns or has joined, the newest first."""
    shopper = shopper_of(request._request)
    return {"items": [group_brief(one, shopper) for one in grouping.lists_of(shopper)]}


@operation("group_make", tag=TAG, query=ShownQuery, body=GroupIn, answer=GroupOut, status=201,
           codes=["full"])  # fmt: skip
def group_make(request: Asked) -> dict[str, Any]:
    """Make a list to keep with others; its code is what one passes on."""
    with refusals():
        made = grouping.open_list(shopper_for(request._request), request.sent["name"])
    return group_shown(request, made.code)


@operation("group", tag=TAG, query=ShownQuery, answer=GroupOut)
def group(request: Asked, code: str) -> dict[str, Any]:
    """Return a list: one's own, or for whoever has its code while it is open."""
    return group_shown(request, code)


@operation("group_change", tag=TAG, query=ShownQuery, body=GroupStateIn, answer=GroupOut)
def group_change(request: Asked, code: str) -> dict[str, Any]:
    """Close one's own list for all others, or open it again under a new code."""
    shopper = own_word(request, code)
    if request.sent["open"]:
        made = grouping.reopen(code, shopper)
        if made is None:
            raise Http404
        return group_shown(request, made.code)
    if not grouping.revoke(code, shopper) and not list_seen(request, code).own:
        raise Http404
    return group_shown(request, code)


@operation("group_join", tag=TAG, query=ShownQuery, body=JoinIn, answer=GroupOut,
           codes=["no_such", "full"])  # fmt: skip
def group_join(request: Asked, code: str) -> dict[str, Any]:
    """Join a list under a name; again only changes the name."""
    shopper = own_word(request, code)
    with refusals():
        grouping.join(code, shopper, request.sent["name"])
    return group_shown(request, code)


@operation("group_add", tag=TAG, query=ShownQuery, body=GroupItemIn, answer=GroupOut, status=201,
           codes=["no_such", "full", "not_joined"])  # fmt: skip
def group_add(request: Asked, code: str) -> dict[str, Any]:
    """Put a product on a list that one owns or has joined; twice is as once."""
    shopper, sent = own_word(request, code), request.sent
    rows = Product.objects.live().filter(merchant__slug=sent["merchant"], sku=sent["sku"])
    product = rows.values_list("pk", flat=True).first() or 0
    with refusals():
        grouping.add(code, shopper, product, sent["note"])
    return group_shown(request, code)


@operation("group_take_off", tag=TAG, answer=None)
def group_take_off(request: Asked, code: str, merchant: str, sku: str) -> None:
    """Take a product off: the owner any, others what they added."""
    shopper = own_word(request, code)
    if not grouping.take_off(code, shopper, product_of(merchant, sku).pk):
        raise Http404


@operation("group_put_out", tag=TAG, answer=None)
def group_put_out(request: Asked, code: str, pk: int) -> None:
    """Put somebody out of one's own list, with what they added."""
    if not grouping.put_out(code, own_word(request, code), pk):
        raise Http404
