"""The steps of an import in the portal: columns, the check, the import, stop, and undo."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.feeds.exporting import export_pieces
from catalog.feeds.guessing import beginning_of, chosen_in, guesses, mapping_from
from catalog.feeds.opening import Source
from catalog.feeds.problems import Refused
from catalog.feeds.repairing import repair_file
from catalog.models import CatalogImport, RowError
from catalog.presenting.importing import column_choices
from catalog.repair_form import RepairForm
from catalog.uploading import AlreadyTaken, ask_undo, receive
from catalog.views._portal import member_view
from catalog.views.imports import job_of, ring
from shopguide.accounts.access import CATALOGUE_EDITORS
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from shopguide.work import State

DOWNLOADS = {
    "own.jsonl": ("own", "application/x-ndjson"),
    "own.csv": ("own", "text/csv"),
    "own.xlsx": ("own", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "shopify.csv": ("shopify", "text/csv"),
    "google.tsv": ("google", "text/tab-separated-values"),
    "google.xml": ("google", "application/xml"),
}
AGAIN = {
    "state": State.QUEUED, "attempts": 0, "lease_until": None, "finished_at": None, "failure": "",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def import_mapping(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show what the columns probably mean; keep what a person chose and check the file by it."""
    with as_merchant(merchant):
        job = job_of(merchant, pk)
    if not job.dry or not job.over:
        return redirect("merchant_import", merchant.slug, pk)
    failure = ""
    try:
        beginning = beginning_of(Source(Path(job.file)), job.mapping, job.format)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("merchant_import", merchant.slug, pk)
    chosen = chosen_in(job.mapping, beginning.columns) or guesses(beginning)
    try:
        if request.method == "POST":
            asked = [request.POST.get(f"c{n}", "") for n in range(len(beginning.columns))]
            known = {value for value, _label in column_choices(merchant.currencies)}
            chosen = [each if each in known else "" for each in asked]
            check(merchant, job, mapping_from(beginning.columns, chosen))
            return redirect("merchant_import", merchant.slug, pk)
    except Refused as refused:
        failure = str(refused)
    context = {
        "merchant": merchant,
        "nav": "imports",
        "job": job,
        "failure": failure,
        "columns": [
            {
                "number": n,
                "name": name,
                "chosen": field,
                "cells": [row[n] for _at, row in beginning.rows[:3]],
            }
            for n, (name, field) in enumerate(zip(beginning.columns, chosen, strict=True))
        ],
        "choices": column_choices(merchant.currencies),
    }  # fmt: skip
    status = 422 if failure else 200
    return render(request, "catalog/merchant/import_mapping.html", context, status=status)


def check(merchant: Merchant, job: CatalogImport, mapping: dict[str, Any]) -> None:
    """Keep the mapping and let a worker look what the file would change."""
    _queue(merchant, job, dry=True, stage="", mapping=mapping)


def _queue(merchant: Merchant, job: CatalogImport, **fields: Any) -> None:
    """Queue a checked job once, however often it is asked for."""
    with as_merchant(merchant):
        rows = CatalogImport.objects.filter(
            pk=job.pk, dry=True, state__in=(State.DONE, State.FAILED)
        )
        queued = rows.update(changed_at=timezone.now(), **AGAIN, **fields)
        if queued:
            transaction.on_commit(partial(ring, job.pk), robust=True)


@require_POST
@member_view(CATALOGUE_EDITORS)
def import_go(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Import a file that was checked."""
    with as_merchant(merchant):
        job = job_of(merchant, pk)
    if job.stage == "checked":
        _queue(merchant, job, dry=False, stage="")
    return redirect("merchant_import", merchant.slug, pk)


@require_POST
@member_view(CATALOGUE_EDITORS)
def import_stop(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Stop an import that waits or runs; what was loaded stays until it is taken back."""
    with as_merchant(merchant):
        job = job_of(merchant, pk)
        rows = CatalogImport.objects.filter(pk=job.pk)
        waiting = rows.filter(state=State.QUEUED)
        now = timezone.now()
        if not waiting.update(state=State.CANCELLED, changed_at=now, finished_at=now):
            rows.filter(state=State.RUNNING).update(stop_asked=True)
    return redirect("merchant_import", merchant.slug, pk)


@require_POST
@member_view(CATALOGUE_EDITORS)
def import_undo(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Let a worker take a whole import back."""
    with as_merchant(merchant):
        job = job_of(merchant, pk)
        if not job.can_be_undone:
            messages.info(request, _("There is nothing to take back."))
            return redirect("merchant_import", merchant.slug, pk)
        undo = ask_undo(job, by=request.user)  # type: ignore[arg-type]
        transaction.on_commit(partial(ring, undo.pk), robust=True)
    return redirect("merchant_import", merchant.slug, undo.pk)


@require_safe
@member_view(CATALOGUE_EDITORS)
def import_repair_file(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Send the rows that were not taken, as they stood in the file, each with what is wrong."""
    with as_merchant(merchant):
        job = job_of(merchant, pk)
        told: dict[int, list[str]] = {}
        for error in RowError.objects.filter(catalog_import=job, line__gt=0):
            where = f"{error.column}: " if error.column else ""
            reason = f"{where}{_(error.reason)} {_(error.remedy)}"
            if reason not in told.setdefault(error.line, []):
                told[error.line].append(reason)
    try:
        if job.undoes_id or not told:
            raise Refused(
                gettext_noop("There are no rows to mend."),
                gettext_noop("All that could be taken was."),
            )
        ending, pieces = repair_file(job, told)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("merchant_import", merchant.slug, pk)
    kind = "text/csv" if ending == "csv" else "application/x-ndjson"
    response = StreamingHttpResponse(pieces, content_type=f"{kind}; charset=utf-8")
    name = f"import-{job.pk}-repair.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]


@require_POST
@member_view(CATALOGUE_EDITORS)
def import_repair(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Import mended rows as the file was imported that they come from."""
    with as_merchant(merchant):
        job = job_of(merchant, pk)
    form = RepairForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("merchant_import", merchant.slug, pk)
    try:
        with transaction.atomic():
            made = receive(
                merchant,
                by=request.user,  # type: ignore[arg-type]
                mapping=job.mapping,
                format="auto" if job.format == CatalogImport.Format.XLSX else job.format,
                **form.cleaned_data,
            )
            if job.images:
                with as_merchant(merchant):
                    CatalogImport.objects.filter(pk=made.pk).update(images=job.images)
            transaction.on_commit(partial(ring, made.pk), robust=True)
    except AlreadyTaken as before:
        made = before.row or job
    except OSError:
        messages.error(request, _("The file could not be stored. Try again in a few minutes."))
        made = job
    return redirect("merchant_import", merchant.slug, made.pk)


@require_safe
@member_view(CATALOGUE_EDITORS)
def catalogue_export(request: HttpRequest, merchant: Merchant, name: str) -> HttpResponse:
    """Send the whole catalogue in one of the formats, as it is read from the database."""
    if name not in DOWNLOADS:
        return redirect("merchant_imports", merchant.slug)
    form, kind = DOWNLOADS[name]
    base = request.build_absolute_uri("/").rstrip("/")
    language = request.LANGUAGE_CODE if form != "own" else ""
    pieces = export_pieces(merchant, name, format=form, language=language, base_url=base)
    text = "" if name.endswith(".xlsx") else "; charset=utf-8"
    response = StreamingHttpResponse(pieces, content_type=kind + text)
    response["Content-Disposition"] = f'attachment; filename="{merchant.slug}-{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]
