"""Where somebody is signed in, and the way to end it there."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

BROWSERS = ("Edg", "Firefox", "Chrome", "Safari")
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS X", "Mac"), ("Linux", "Linux"))  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """List the person's sessions; posted, end all but this one."""
    mine = UserSession.objects.filter(user=request.user.pk)
    here = request.session.session_key
    if request.method == "POST":
        for one in mine.exclude(session_key=here):
            one.end()
        messages.success(request, _("You are signed out everywhere but here."))
        return HttpResponseRedirect(reverse("sessions"))
    rows = [row_of(one, here) for one in mine.order_by("-last_seen_at") if one.exists()]
    return render(request, "accounts/sessions.html", {"nav": "sessions", "sessions": rows})


def row_of(session: UserSession, here: str | None) -> dict[str, Any]:
    """Return a session as the page shows it."""
    return {
        "pk": session.pk,
        "device": device(session.user_agent),
        "ip": session.ip,
        "since": session.created_at,
        "here": session.session_key == here,
    }


def device(agent: str) -> str:
    """Say what a browser calls itself, in two words."""
    browser = next((name for name in BROWSERS if f"{name}/" in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    told = [{"Edg": "Edge"}.get(browser, browser), system]
    return " · ".join(filter(None, told)) or agent[:60] or _("unknown")


@require_POST
@login_required
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the person's own sessions at once."""
    found = UserSession.objects.filter(user=request.user.pk, pk=pk).first()
    if found is None:
        raise Http404(_("There is no such page."))
    found.end()
    messages.success(request, _("That device is signed out."))
    return HttpResponseRedirect(reverse("sessions"))
