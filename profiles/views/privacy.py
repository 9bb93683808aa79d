"""What a shopper agrees to, what is known of them; taking it along, and being forgotten."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.consenting import choose, history
from profiles.exporting import folder
from profiles.models import Erasure, Export, Purpose
from profiles.presenting import known_about, switches
from profiles.tasks import erase_person, export_person
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.accounts.tenancy import as_everyone, as_shopper
from shopguide.work import State

WAITS = {"0": 0, "7": 7, "30": 30}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the switches, what is known, exports and erasure; posted, keep what was switched."""
    if request.method == "POST":
        chosen = {purpose: purpose in request.POST for purpose in Purpose.values}
        choose(shopper_for(request), chosen)
        messages.success(request, _("Your choices hold from now on."))
        return HttpResponseRedirect(reverse("privacy"))
    shopper = shopper_of(request)
    context = {
        "nav": "privacy",
        "switches": switches(request.consent),  # type: ignore[attr-defined]
        "known": known_about(shopper),
        "history": history(shopper)[:50] if shopper else [],
        **jobs_of(shopper),
    }
    return render(request, "profiles/privacy.html", context)


def jobs_of(shopper: Shopper | None) -> dict[str, object]:
    """Return the shopper's newest exports, and the erasure that waits."""
    if shopper is None:
        return {"exports": [], "erasure": None}
    with as_shopper(shopper):
        exports = list(Export.objects.filter(shopper=shopper)[:3])
        waiting = Erasure.objects.filter(shopper=shopper, state=State.QUEUED).first()
    return {"exports": exports, "erasure": waiting}


@require_POST
@never_cache
def privacy_export(request: HttpRequest) -> HttpResponse:
    """Ask for a file with everything; one at a time."""
    shopper = shopper_of(request)
    if shopper is None:
        messages.info(request, _("Nothing is known of you, so there is nothing to export."))
        return HttpResponseRedirect(reverse("privacy"))
    with transaction.atomic(), as_shopper(shopper):
        Shopper.objects.select_for_update().get(pk=shopper.pk)
        open_one = Export.objects.filter(
            shopper=shopper, state__in=(State.QUEUED, State.RUNNING)
        ).exists()
        if not open_one:
            made = Export.objects.create(shopper=shopper)
            transaction.on_commit(lambda: export_person.delay(made.pk), robust=True)
    messages.success(request, _("The file is being made. Reload this page in a moment."))
    return HttpResponseRedirect(reverse("privacy"))


@require_safe
@never_cache
def privacy_download(request: HttpRequest, number: UUID) -> HttpResponse:
    """Send the shopper's own export."""
    shopper = shopper_of(request)
    found = None
    if shopper is not None:
        with as_shopper(shopper):
            done = Export.objects.filter(shopper=shopper, number=number, state=State.DONE)
            found = done.first()
    path = folder() / Path(found.file).name if found and found.file else None
    if path is None or not path.is_file():
        raise Http404(_("There is no such page."))
    return FileResponse(  # type: ignore[return-value]
        path.open("rb"), as_attachment=True, filename="shopguide-export.zip"
    )


def proven(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask people with an account for their password again; a browser is its own proof."""
    again = reauthentication_required(view)

    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        door = again if request.user.is_authenticated else view
        answer: HttpResponse = door(request, *args, **kwargs)
        return answer

    return guarded


@require_POST
@never_cache
@proven
def privacy_erase(request: HttpRequest) -> HttpResponse:
    """Ask to be forgotten, now or after a time to think again."""
    shopper = shopper_of(request)
    if shopper is None and request.user.is_authenticated:
        shopper = shopper_for(request)
    if shopper is None:
        messages.info(request, _("Nothing is known of you, so there is nothing to forget."))
        return HttpResponseRedirect(reverse("privacy"))
    days = WAITS.get(request.POST.get("wait", ""), 7)
    with transaction.atomic(), as_shopper(shopper):
        Shopper.objects.select_for_update().get(pk=shopper.pk)
        due = timezone.now() + datetime.timedelta(days=days)
        wish, _new = Erasure.objects.update_or_create(
            shopper=shopper, state=State.QUEUED, defaults={"due_at": due}
        )
        if not days:
            transaction.on_commit(lambda: erase_person.delay(wish.pk), robust=True)
    return HttpResponseRedirect(reverse("privacy_erased", args=[wish.number]))


@require_POST
@never_cache
def privacy_stay(request: HttpRequest) -> HttpResponse:
    """Take the wish to be forgotten back, as long as it waits."""
    shopper = shopper_of(request)
    if shopper is not None:
        with as_shopper(shopper):
            waiting = Erasure.objects.filter(shopper=shopper, state=State.QUEUED)
            waiting.update(state=State.CANCELLED, finished_at=timezone.now())
        messages.success(request, _("Everything stays as it is."))
    return HttpResponseRedirect(reverse("privacy"))


@require_safe
@never_cache
def privacy_erased(request: HttpRequest, number: UUID) -> HttpResponse:
    """Show how far a wish is, and then its certificate: for whoever has the address."""
    with as_everyone():
        found = Erasure.objects.filter(number=number).first()
    if found is None:
        raise Http404(_("There is no such page."))
    return render(request, "profiles/erased.html", {"erasure": found})
