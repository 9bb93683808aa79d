"""A shop's imports: the list, a new one, its progress, and the rows that were not taken."""

from __future__ import annotations

import csv
import logging
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.concerns import bad_imports
from catalog.feeds.guessing import Beginning, beginning_of
from catalog.feeds.opening import Source
from catalog.feeds.problems import Refused
from catalog.forms import ImportForm
from catalog.models import CatalogImport, RowError
from catalog.presenting.rows import error_row, failure_text, import_row
from catalog.repair_form import RepairForm
from catalog.search.addressing import LARGEST_ID
from catalog.tasks import import_catalog
from catalog.uploading import AlreadyTaken, receive
from catalog.views._portal import member_view, page_of
from catalog.views._results import show
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.models import Membership, Merchant
from shopguide.accounts.tenancy import as_merchant

log = logging.getLogger(__name__)
COLUMNS = ("line", "column", "value", "reason", "remedy")
# What a spreadsheet may take for the beginning of a formula.
FORMULAS = ("=", "+", "-", "@", "|", "%")
ERRORS_A_PAGE = 50


@require_safe
@member_view()
def merchant_imports(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show what was imported, the latest first; or only what could not be taken whole."""
    url = reverse("merchant_imports", args=[merchant.slug])
    bad = "&bad=1" if request.GET.get("bad") == "1" else ""
    with as_merchant(merchant):
        rows = bad_imports(merchant) if bad else CatalogImport.objects.filter(merchant=merchant)
        rows = rows.select_related("merchant")
        jobs, total, pages = page_of(request, rows, lambda number: f"{url}?page={number}{bad}")
    context = {
        "merchant": merchant,
        "nav": "imports",
        "imports": [import_row(job) for job in jobs],
        "pages": pages,
        "total": total,
        "bad": bad,
    }
    return render(request, "catalog/merchant/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def import_new(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Take a catalogue file in and ring a worker; the page then shows its progress."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent)
    if request.method == "POST" and form.is_valid():
        try:
            job = taken(request, merchant, form)
            page = "merchant_import_mapping" if job.step == "columns" else "merchant_import"
            return redirect(page, merchant.slug, job.pk)
        except AlreadyTaken as before:
            where = ("merchant_import", before.row.pk) if before.row else ("merchant_imports",)
            return redirect(where[0], merchant.slug, *where[1:])
        except OSError as error:
            log.error("an upload could not be stored: %s", error)
            form.add_error("file", _("The file could not be stored. Try again in a few minutes."))
    context = {"merchant": merchant, "nav": "imports", "form": form}
    status = 422 if form.errors else 200
    return render(request, "catalog/merchant/import_new.html", context, status=status)


def taken(request: HttpRequest, merchant: Merchant, form: ImportForm) -> CatalogImport:
    """Store the upload and ring once its row is committed."""
    with transaction.atomic():
        check = request.POST.get("then") == "check"
        fields = form.cleaned_data | {"check": check}
        job = receive(merchant, by=request.user, **fields)  # type: ignore[arg-type]
        if not job.over:
            transaction.on_commit(partial(ring, job.pk), robust=True)
    messages.success(request, _("The file has arrived."))
    return job


def ring(pk: int) -> None:
    """Ring a worker; if the broker is away, the sweep finds the row later."""
    try:
        import_catalog.apply_async((pk,), retry=False)
    except Exception as error:
        log.warning("import %s waits for the sweep: %s", pk, type(error).__name__)


@require_safe
@member_view()
def import_detail(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show how far an import is, what came of it, and the rows that were not taken."""
    url = reverse("merchant_import", args=[merchant.slug, pk])
    with as_merchant(merchant):
        job = job_of(merchant, pk)
        undoable = job.can_be_undone
        rows = RowError.objects.filter(merchant=merchant, catalog_import=job)
        errors, total, pages = page_of(
            request, rows, lambda number: f"{url}?page={number}", size=ERRORS_A_PAGE
        )
    may_edit = Membership.objects.filter(
        user=request.user.pk, merchant=merchant, role__in=CATALOGUE_EDITORS
    ).exists()
    context: dict[str, Any] = {
        "merchant": merchant,
        "nav": "imports",
        "job": job,
        "failure": failure_text(job.failure),
        "errors": [error_row(error) for error in errors],
        "may_edit": may_edit,
        "can_be_undone": may_edit and undoable,
        "preview": preview_of(job) if job.step == "checked" else None,
        "errors_total": total,
        "repair": repairable(job, total) and may_edit and {"form": RepairForm()},
        "errors_url": reverse("merchant_import_errors", args=[merchant.slug, pk]),
        "pages": pages,
    }
    return show(request, "catalog/merchant/import_detail.html", context, "progress")


def repairable(job: CatalogImport, errors: int) -> bool:
    """Tell whether rows were left out that can be given out, mended and imported."""
    return bool(errors) and job.over and job.step == "import" and Path(job.file).is_file()


def preview_of(job: CatalogImport) -> Beginning | None:
    """Return the file's first rows, None for a file that is gone."""
    try:
        return beginning_of(Source(Path(job.file)), job.mapping, job.format)
    except Refused:
        return None


def job_of(merchant: Merchant, pk: int) -> CatalogImport:
    """Return this shop's import, or 404. To be called as the merchant."""
    if pk > LARGEST_ID:
        raise Http404(_("There is no such page."))
    return row_of(CatalogImport.objects.all(), merchant, pk=pk)


@require_safe
@member_view()
def import_errors(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Send every kept problem as CSV that a spreadsheet opens as text and never as a formula."""
    with as_merchant(merchant):
        job = job_of(merchant, pk)
        rows = [error_row(error) for error in RowError.objects.filter(catalog_import=job)]
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{job.pk}-errors.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Line"), _("Column"), _("Value"), _("Reason"), _("Remedy")])
    writer.writerows([harmless(str(row[name])) for name in COLUMNS] for row in rows)
    return response


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip()[:1] in FORMULAS else text
