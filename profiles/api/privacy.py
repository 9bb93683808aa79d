"""Choices, export and erasure, for apps: the same rows as the privacy page's."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied

from profiles.api.shapes import (
    ChoicesIn,
    ChoicesOut,
    ErasureIn,
    ErasureOut,
    ErasuresOut,
    ExportOut,
)
from profiles.api.shapes_of_deeds import CertificateOut, ChoicesMadeOut, KnownsOut
from profiles.consenting import Held, choose, held, history
from profiles.exporting import folder
from profiles.models import Erasure, Export, Purpose
from profiles.presenting import known_about
from profiles.tasks import erase_person, export_person
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.accounts.tenancy import as_everyone, as_shopper
from shopguide.problems import Problem
from shopguide.rest.operations import Asked, operation
from shopguide.work import State

TAG = "Privacy"
MOST_CHOICES = 500


@operation("consents", tag=TAG, answer=ChoicesOut)
def consents(request: Asked) -> dict[str, bool]:
    """Tell what is agreed to; nothing is until somebody says so."""
    return choices_shown(held(shopper_of(request._request)))


def choices_shown(now: Held) -> dict[str, bool]:
    """Return the switches."""
    return {name: getattr(now, name) for name in (*Purpose.values, "essential")}


@operation("consents_change", tag=TAG, body=ChoicesIn, answer=ChoicesOut)
def consents_change(request: Asked) -> dict[str, bool]:
    """Agree or withdraw; it holds from the next request on."""
    return choices_shown(choose(shopper_for(request._request), request.sent, via="app"))


@operation("consents_made", tag=TAG, answer=ChoicesMadeOut)
def consents_made(request: Asked) -> dict[str, Any]:
    """List every choice that was made, the newest first."""
    shopper = shopper_of(request._request)
    rows = history(shopper)[:MOST_CHOICES] if shopper else []
    names = ("purpose", "given", "via", "wording", "at")
    return {"items": [{name: getattr(one, name) for name in names} for one in rows]}


@operation("known", tag=TAG, answer=KnownsOut)
def known(request: Asked) -> dict[str, Any]:
    """Count what is known of oneself, by kind."""
    return {"items": known_about(shopper_of(request._request))}


@operation("export_make", tag=TAG, answer=ExportOut, status=202)
def export_make(request: Asked) -> dict[str, Any]:
    """Ask for a file with all that is known of oneself; one at a time."""
    shopper = shopper_for(request._request)
    Shopper.objects.select_for_update().get(pk=shopper.pk)
    with as_shopper(shopper):
        open_ones = Export.objects.filter(shopper=shopper, state__in=(State.QUEUED, State.RUNNING))
        made = open_ones.first()
        if made is None:
            made = Export.objects.create(shopper=shopper)
            number = made.pk
            transaction.on_commit(lambda: export_person.delay(number), robust=True)
    return export_shown(made)


def own_export(request: Asked, number: UUID) -> Export:
    """Return an export of the shopper, or 404."""
    shopper, found = shopper_of(request._request), None
    if shopper is not None:
        with as_shopper(shopper):
            found = Export.objects.filter(shopper=shopper, number=number).first()
    if found is None:
        raise Http404
    return found


@operation("export", tag=TAG, answer=ExportOut)
def export(request: Asked, number: UUID) -> dict[str, Any]:
    """Tell how far the file is."""
    return export_shown(own_export(request, number))


def export_shown(one: Export) -> dict[str, Any]:
    """Return an export."""
    done = one.state == State.DONE and bool(one.file)
    return {
        "number": str(one.number),
        "state": one.state,
        "size": one.size,
        "url": reverse("api_export_file", args=[one.number]) if done else None,
    }


@operation("export_file", tag=TAG, answer=None, sparse=False, media="application/zip",
           codes=["conflict"])  # fmt: skip
def export_file(request: Asked, number: UUID) -> Any:
    """Send the file, a zip."""
    found = own_export(request, number)
    if found.state in (State.QUEUED, State.RUNNING):
        raise Problem("conflict", detail=_("The file is still being made. Ask again soon."))
    path = folder() / Path(found.file).name if found.file else None
    if found.state != State.DONE or path is None or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename="shopguide-export.zip")


@operation("erasure", tag=TAG, answer=ErasuresOut)
def erasure(request: Asked) -> dict[str, Any]:
    """Return the wish to be forgotten that waits, if one does."""
    shopper = shopper_of(request._request)
    if shopper is None:
        return {"items": []}
    with as_shopper(shopper):
        waiting = Erasure.objects.filter(shopper=shopper, state=State.QUEUED)
        return {"items": [erasure_shown(one) for one in waiting]}


def erasure_shown(one: Erasure) -> dict[str, Any]:
    """Return a wish to be forgotten."""
    return {"number": str(one.number), "state": one.state, "due_at": one.due_at}


@operation("erasure_wish", tag=TAG, body=ErasureIn, answer=ErasureOut, status=202,
           codes=["permission_denied"])  # fmt: skip
def erasure_wish(request: Asked) -> dict[str, Any]:
    """Ask to be forgotten, now or after a time to think again; people prove it by password."""
    user, days = request.user, request.sent["wait_days"]
    if user.is_authenticated and not user.check_password(request.sent.get("password", "")):
        raise PermissionDenied()
    shopper = shopper_for(request._request)
    Shopper.objects.select_for_update().get(pk=shopper.pk)
    with as_shopper(shopper):
        wish, _new = Erasure.objects.update_or_create(
            shopper=shopper,
            state=State.QUEUED,
            defaults={"due_at": timezone.now() + datetime.timedelta(days=days)},
        )
    if not days:
        transaction.on_commit(lambda: erase_person.delay(wish.pk), robust=True)
    return erasure_shown(wish)


@operation("certificate", tag=TAG, answer=CertificateOut)
def certificate(request: Asked, number: UUID) -> dict[str, Any]:
    """Tell how far a wish to be forgotten is, for whoever has its number; then its certificate."""
    with as_everyone():
        found = Erasure.objects.filter(number=number).first()
    if found is None:
        raise Http404
    return erasure_shown(found) | {"certificate": found.certificate}


@operation("erasure_stay", tag=TAG, answer=None)
def erasure_stay(request: Asked) -> None:
    """Take the wish back, as long as it waits."""
    shopper = shopper_of(request._request)
    if shopper is not None:
        with as_shopper(shopper):
            waiting = Erasure.objects.filter(shopper=shopper, state=State.QUEUED)
            waiting.update(state=State.CANCELLED, finished_at=timezone.now())
