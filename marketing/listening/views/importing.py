"""Mentions from a file: the form, and what came of earlier files."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.uploading import save, shown_name
from marketing.listening.forms import MentionsForm
from marketing.listening.tasks import take_mentions
from marketing.models import MentionImport
from shopguide.accounts.access import CATALOGUE_EDITORS
from shopguide.accounts.guarding import member_view
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant
from shopguide.work import State

log = logging.getLogger(__name__)
SHOWN = 10
TONES = {State.DONE: "good", State.FAILED: "bad"}


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def mentions_import(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Take a file in and ring a worker; list what earlier files brought."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MentionsForm(*sent)
    if request.method == "POST" and form.is_valid():
        try:
            receive(merchant, request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except OSError as error:
            log.error("mentions could not be stored: %s", error)
            form.add_error("file", _("The file could not be stored. Try again in a few minutes."))
        else:
            messages.success(request, _("The file has arrived. It is read in the background."))
            return redirect("merchant_mentions_import", merchant.slug)
    with as_merchant(merchant):
        jobs = list(MentionImport.objects.filter(merchant=merchant).select_related("by")[:SHOWN])
    context = {"merchant": merchant, "nav": "voices", "form": form,
               "jobs": [job_row(one) for one in jobs]}  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "marketing/merchant/mentions_import.html", context, status=status)


def receive(merchant: Merchant, by: User, *, file: UploadedFile, source: str) -> MentionImport:
    """Store an upload and ring once its row is committed. Raises OSError if the disk refuses."""
    folder = Path(settings.UPLOAD_ROOT) / merchant.slug / "mentions"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / uuid4().hex
    save(file, path)
    try:
        with as_merchant(merchant):
            job: MentionImport = MentionImport.objects.create(
                merchant=merchant, by=by, file=str(path), file_name=shown_name(file), source=source
            )
            transaction.on_commit(partial(ring, job.pk), robust=True)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return job


def ring(pk: int) -> None:
    """Ring a worker; if the broker is away, the sweep finds the row later."""
    try:
        take_mentions.apply_async((pk,), retry=False)
    except Exception as error:
        log.warning("mentions %s wait for the sweep: %s", pk, type(error).__name__)


def job_row(job: MentionImport) -> dict[str, object]:
    """Return one earlier file, its bad lines in the reader's language."""
    return {
        "file_name": job.file_name,
        "by": str(job.by or ""),
        "at": job.created_at,
        "state": job.get_state_display(),
        "tone": TONES.get(State(job.state), ""),
        "rows": job.rows,
        "created": job.created,
        "repeated": job.repeated,
        "unmatched": job.unmatched,
        "failed": job.failed,
        "failure": job.failure,
        "errors": [
            {"line": one["line"], "reason": _(one["reason"]), "remedy": _(one["remedy"])}
            for one in job.errors[:20]
        ],
    }
