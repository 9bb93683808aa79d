"""What the portal's and the account's frames show: navigation, the way up, the person's shops."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.context import RequestContext

from shopguide.accounts.models import Membership, Role
from shopguide.accounts.portal import ACCOUNT, GROUPS, actions_for, entries_for

register = template.Library()


@register.simple_tag(takes_context=True)
def portal(context: RequestContext) -> dict[str, Any]:
    """Return the frame of a shop's page; wants ``merchant`` and ``nav``. No query."""
    merchant, here = context["merchant"], context.get("nav", "")
    slug = merchant["slug"] if isinstance(merchant, dict) else merchant.slug
    membership: Membership | None = getattr(context.get("request"), "membership", None)
    role = membership.role if membership else Role.OWNER
    path = getattr(context.get("request"), "path", "")
    pages: list[dict[str, Any]] = [
        {"group": group, "entry": entry, "url": url, "here": entry.code == here}
        for group, entry, url in entries_for(role, slug)
    ]
    return {
        "groups": [
            {"group": group, "pages": mine}
            for group in GROUPS
            if (mine := [page for page in pages if page["group"] is group])
        ],
        "crumbs": crumbs_of(pages, path),
        "keys": [page for page in pages if page["entry"].keys],
        "actions": [{"entry": entry, "url": url} for entry, url in actions_for(role, slug)],
        "role": membership.get_role_display() if membership else "",
        "others": shops_of(context, slug),
    }


def crumbs_of(pages: list[dict[str, Any]], path: str) -> list[dict[str, str]]:
    """Return the way from the overview down to this page's part of the portal."""
    here = next((page for page in pages if page["here"]), None)
    first = pages[0] if pages else None
    if here is None or first is None or here is first:
        return []
    return [
        {"name": str(page["entry"].label), "url": "" if page["url"] == path else page["url"]}
        for page in (first, here)
    ]


def shops_of(context: RequestContext, slug: str) -> list[Membership]:
    """Return the person's other open shops, as the guard of the page has read them."""
    memberships = getattr(context.get("request"), "memberships", [])
    return [
        one for one in memberships if one.merchant.slug != slug and not one.merchant.suspended_at
    ]


@register.simple_tag(takes_context=True)
def account(context: RequestContext) -> list[dict[str, Any]]:
    """Return the pages of a person's account; the one shown is ``here``. No query."""
    match = getattr(context.get("request"), "resolver_match", None)
    name = context.get("nav") or getattr(match, "url_name", "") or ""
    return [
        {"entry": entry, "url": url, "here": belongs(name, entry.code)}
        for entry in ACCOUNT
        if (url := entry.url())
    ]


@register.simple_tag
def note_of(notes: Mapping[str, str], code: str) -> str:
    """Return what is to be known of a page of the account."""
    return notes.get(code, "")


@register.filter
def undo_of(message: Any) -> dict[str, str]:
    """Return where and with what an act is taken back, nothing if its word offers none."""
    kind, _space, rest = (getattr(message, "extra_tags", "") or "").partition(" ")
    where, _space, token = rest.partition(" ")
    return {"url": where, "token": token} if kind == "undo" and token else {}


def belongs(name: str, code: str) -> bool:
    """Tell whether an address is one of an entry's pages: all of two-step sign-in are one."""
    return name == code or (code == "mfa_index" and name.startswith("mfa_"))
