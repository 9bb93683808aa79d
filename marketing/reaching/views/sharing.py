"""What a shopper passes on: links to products, and lists kept with others."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Product
from catalog.orders.wishing import wished
from catalog.presenting.cards import cards_of, product_url
from catalog.presenting.letters import absolute
from catalog.search.addressing import LARGEST_ID, clean_number, clean_text
from catalog.search.featuring import hits_of
from catalog.search.market import market
from marketing.models import GroupMember
from marketing.reaching import grouping, passing_on, showing
from marketing.reaching.grouping import NotGrouped, Seen
from marketing.reaching.passing_on import NotShared
from marketing.reaching.tasks import note_following
from profiles.sources.following import (
    NotFollowed,
    followers,
    followings,
    let_go,
    unfollow,
)
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.accounts.tenancy import as_everyone
from shopguide.web import currency_of


def number_in(request: HttpRequest, name: str) -> int:
    """Return a number that was sent, 0 for none."""
    return int(clean_number(request.POST.get(name, ""), LARGEST_ID) or 0)


def not_done(code: str) -> str:
    """Say why nothing was done."""
    return {
        "no_such": _("This is no longer for sale."),
        "full": _("There is no more room. Remove something first."),
    }.get(code, _("Join the list first."))


# --- Links ----------------------------------------------------------------------------------------
@require_safe
@never_cache
def shared(request: HttpRequest) -> HttpResponse:
    """List the links somebody passed on with what came of them, and their lists with others."""
    shopper = shopper_of(request)
    context = {
        "nav": "shared",
        "links": [link_row(one) for one in passing_on.passed_on(shopper)],
        "groups": [
            {"name": one.name, "code": one.code, "own": shopper == one.shopper,
             "closed": one.revoked_at is not None}
            for one in grouping.lists_of(shopper)
        ],
        "followings": followings(shopper),
        "followers": followers(shopper) if shopper else 0,
        "fresh": request.GET.get("new", ""),
    }  # fmt: skip
    return render(request, "marketing/shared.html", context)


def link_row(one: passing_on.Passed) -> dict[str, Any]:
    """Return a link as the page shows it."""
    product = one.link.product
    return {
        "title": product.title,
        "url": product_url(product.merchant.slug, product.sku),
        "address": absolute(reverse("share_follow", args=[one.link.code])),
        "code": one.link.code,
        "opened": one.link.opened,
        "ordered": one.ordered,
        "made_at": one.link.made_at,
    }


@require_POST
@never_cache
def share_make(request: HttpRequest) -> HttpResponse:
    """Make the shopper's link to a product, and show it."""
    try:
        made = passing_on.share(shopper_for(request), number_in(request, "product"))
    except NotShared as error:
        messages.error(request, not_done(error.code))
        return HttpResponseRedirect(reverse("shared"))
    return HttpResponseRedirect(f"{reverse('shared')}?new={made.code}")


@require_POST
@never_cache
def share_revoke(request: HttpRequest) -> HttpResponse:
    """Let one of the shopper's links lead nowhere from now on."""
    shopper = shopper_of(request)
    if shopper is None or not passing_on.revoke(shopper, request.POST.get("code", "")[:20]):
        raise Http404(_("There is no such page."))
    messages.success(request, _("The link leads nowhere any more."))
    return HttpResponseRedirect(reverse("shared"))


@require_safe
@never_cache
def share_follow(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the product of a link; a worker counts it. A revoked link is as an unknown one."""
    link = passing_on.followed(code)
    if link is None:
        raise Http404(_("There is no such page."))
    shopper = shopper_of(request)
    note_following.delay(code, str(shopper.pk) if shopper else "")
    return HttpResponseRedirect(product_url(link.merchant.slug, link.product.sku))


# --- Lists ----------------------------------------------------------------------------------------
@require_POST
@never_cache
def group_open(request: HttpRequest) -> HttpResponse:
    """Make a list to keep with others."""
    name = clean_text(request.POST.get("name", ""), 80)
    try:
        made = grouping.open_list(shopper_for(request), name or _("Our list"))
    except NotGrouped as error:
        messages.error(request, not_done(error.code))
        return HttpResponseRedirect(reverse("shared"))
    return to_group(made.code)


def to_group(code: str) -> HttpResponse:
    """Lead to a list."""
    return HttpResponseRedirect(reverse("group", args=[code]))


@require_safe
@never_cache
def group(request: HttpRequest, code: str) -> HttpResponse:
    """Show a list to its owner, and to whoever has its word while it holds."""
    shopper = shopper_of(request)
    found = grouping.seen(code, shopper)
    if found is None:
        raise Http404(_("There is no such page."))
    context = {
        "nav": "shared",
        "seen": found,
        "rows": rows_of(request, found, shopper),
        "members": members_of(found) if found.own else [],
        "names": list(found.names.values()),
        "address": absolute(reverse("group", args=[code])),
        "choices": choices_of(shopper, found) if found.member else [],
        "following": None if found.own else showing.following_owner(found.group, shopper),
    }
    return render(request, "marketing/group.html", context)


def rows_of(request: HttpRequest, found: Seen, shopper: Shopper | None) -> list[dict[str, Any]]:
    """Return the products of a list as cards, each with who put it there. One query."""
    ids = [one.product_id for one in found.items]
    hits = hits_of(ids, market().currency(currency_of(request))) if ids else {}
    mine = shopper.pk if shopper else None
    return [
        {
            "card": cards_of([hits[one.product_id]])[0],
            "product": one.product_id,
            "note": one.note,
            "by": found.names.get(str(one.shopper_id), ""),
            "mine": found.own or one.shopper_id == mine,
        }
        for one in found.items
        if one.product_id in hits
    ]


def members_of(found: Seen) -> list[dict[str, Any]]:
    """Return the people of one's own list."""
    with as_everyone():
        rows = GroupMember.objects.filter(group=found.group, gone_at=None)
        return [{"pk": one.pk, "name": one.name} for one in rows]


def choices_of(shopper: Shopper | None, found: Seen) -> list[dict[str, Any]]:
    """Return the shopper's favourites that are not on the list yet."""
    there = {one.product_id for one in found.items}
    ids = [pk for pk in wished(shopper)[:50] if pk not in there]
    rows = Product.objects.live().filter(pk__in=ids).prefetch_related("texts")
    return [{"pk": one.pk, "title": one.title} for one in rows]


@require_POST
@never_cache
def group_act(request: HttpRequest, code: str) -> HttpResponse:
    """Join a list, add to it, take off it; its owner closes, reopens and puts people out."""
    if grouping.seen(code, shopper_of(request)) is None:
        raise Http404(_("There is no such page."))
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return to_group(code)
    try:
        return act(request, code, shopper_for(request))
    except NotGrouped as error:
        messages.error(request, not_done(error.code))
        return to_group(code)


def act_join(request: HttpRequest, code: str, shopper: Shopper) -> HttpResponse:
    """Join under a name."""
    grouping.join(code, shopper, clean_text(request.POST.get("name", ""), 40))
    return to_group(code)


def act_add(request: HttpRequest, code: str, shopper: Shopper) -> HttpResponse:
    """Add a product."""
    note = clean_text(request.POST.get("note", ""), 200)
    grouping.add(code, shopper, number_in(request, "product"), note)
    return to_group(code)


def act_off(request: HttpRequest, code: str, shopper: Shopper) -> HttpResponse:
    """Take a product off."""
    return done_or_404(grouping.take_off(code, shopper, number_in(request, "product")), code)


def act_out(request: HttpRequest, code: str, shopper: Shopper) -> HttpResponse:
    """Put somebody out."""
    return done_or_404(grouping.put_out(code, shopper, number_in(request, "member")), code)


def act_close(request: HttpRequest, code: str, shopper: Shopper) -> HttpResponse:
    """Close the list for everybody else."""
    return done_or_404(grouping.revoke(code, shopper), code)


def act_reopen(request: HttpRequest, code: str, shopper: Shopper) -> HttpResponse:
    """Open the list again under a new word."""
    made = grouping.reopen(code, shopper)
    return done_or_404(made is not None, made.code if made else code)


def act_show(request: HttpRequest, code: str, shopper: Shopper) -> HttpResponse:
    """Show one's own list to followers under a name, or to none without one."""
    return done_or_404(
        showing.show_as(code, shopper, clean_text(request.POST.get("name", ""), 40)), code
    )


def act_follow(request: HttpRequest, code: str, shopper: Shopper) -> HttpResponse:
    """Follow the owner of a list."""
    found = grouping.seen(code, shopper)
    try:
        made = None if found is None else showing.follow_owner(found.group, shopper)
    except NotFollowed as error:
        messages.error(request, not_done(error.code))
        return to_group(code)
    if made is not None:
        messages.success(request, _("What they share counts in what is recommended to you."))
    return done_or_404(made is not None, code)


# --- Following ------------------------------------------------------------------------------------
@require_POST
@never_cache
def following_end(request: HttpRequest) -> HttpResponse:
    """Follow somebody no more."""
    if not unfollow(shopper_of(request), number_in(request, "following")):
        raise Http404(_("There is no such page."))
    messages.success(request, _("You follow them no more. It holds from the next list on."))
    return HttpResponseRedirect(reverse("shared"))


@require_POST
@never_cache
def followers_end(request: HttpRequest) -> HttpResponse:
    """Let nobody follow the shopper any more."""
    shopper = shopper_of(request)
    count = let_go(shopper) if shopper else 0
    messages.success(request, _("Nobody follows you any more: %(count)s did.") % {"count": count})
    return HttpResponseRedirect(reverse("shared"))


def done_or_404(done: bool, code: str) -> HttpResponse:
    """Lead back to the list, or nowhere if nothing was the shopper's to change."""
    if not done:
        raise Http404(_("There is no such page."))
    return to_group(code)


ACTS = {
    "join": act_join, "add": act_add, "off": act_off, "out": act_out, "close": act_close,
    "reopen": act_reopen, "show": act_show, "follow": act_follow,
}  # fmt: skip
