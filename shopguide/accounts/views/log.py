"""What was changed in a shop, by whom: the audit log with its filters."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from shopguide.accounts.forms import LogFilter
from shopguide.accounts.guarding import member_view
from shopguide.accounts.models import AuditEntry, Membership, Merchant, Role
from shopguide.accounts.presenting import acts, log_rows, things
from shopguide.accounts.tenancy import as_merchant

PAGE = 50


@require_safe
@member_view((Role.OWNER,))
def merchant_log(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show the newest entries, or those before one; by person, kind, act and day."""
    asked = LogFilter(request.GET).asked()
    with as_merchant(merchant):
        rows = narrowed(AuditEntry.objects.filter(merchant=merchant), asked)
        found = list(rows.order_by("-pk")[: PAGE + 1])
        entries = log_rows(found[:PAGE])
    older = ""
    if len(found) > PAGE:
        kept = {name: value for name, value in asked.items() if name != "before"}
        older = "?" + urlencode(kept | {"before": found[PAGE - 1].pk})
    team = Membership.objects.filter(merchant=merchant).select_related("user")
    context = {
        "merchant": merchant,
        "nav": "log",
        "entries": entries,
        "older": older,
        "asked": asked,
        "people": [(one.user_id, one.user.email) for one in team.order_by("user__email")],
        "things": sorted(things().items(), key=lambda pair: pair[1]),
        "acts": acts().items(),
    }
    return render(request, "accounts/merchant/log.html", context)


def narrowed(rows: QuerySet[AuditEntry], asked: dict[str, Any]) -> QuerySet[AuditEntry]:
    """Keep the entries that were asked for."""
    columns = {"person": "actor", "about": "table", "action": "action", "before": "pk__lt"}
    for name, column in columns.items():
        if name in asked:
            rows = rows.filter(**{column: asked[name]})
    if "since" in asked:
        rows = rows.filter(at__gte=beginning(asked["since"]))
    if "until" in asked:
        rows = rows.filter(at__lt=beginning(asked["until"]) + datetime.timedelta(days=1))
    return rows


def beginning(day: datetime.date) -> datetime.datetime:
    """Return a day's first moment here."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
