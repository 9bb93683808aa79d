"""Give what a browser was sent, passed on and keeps with others to the person who signs in on it.

For `joining`, in one transaction with it. What the person has already stays theirs.
"""

from __future__ import annotations

from django.utils import timezone

from marketing.models import GroupItem, GroupList, GroupMember, Notice, Send, ShareLink, ShareVisit
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone


def merge(source: Shopper, target: Shopper) -> None:
    """Hand over messages, links and lists; what would stand twice stays behind. Ten statements."""
    with as_everyone():
        theirs = ShareLink.objects.filter(shopper=target, revoked_at=None).values("product")
        links = ShareLink.objects.filter(shopper=source)
        links.filter(revoked_at=None, product__in=theirs).update(revoked_at=timezone.now())
        links.update(shopper=target)
        for model, key in ((Send, "campaign"), (ShareVisit, "link"), (GroupMember, "group")):
            there = model._default_manager.filter(shopper=target).values(key)
            mine = model._default_manager.filter(shopper=source).exclude(**{f"{key}__in": there})
            mine.update(shopper=target)
        for whole in (Notice, GroupList, GroupItem):
            whole._default_manager.filter(shopper=source).update(shopper=target)
