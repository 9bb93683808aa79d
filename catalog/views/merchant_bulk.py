"""Many products changed together: chosen in the list, counted, changed, and taken back."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.bulk_forms import FORMS, BulkForm
from catalog.editing.bulk import AT_ONCE, begin, begin_undo, chosen_products, run
from catalog.forgetting import kept
from catalog.models import BulkEdit, BulkEditRow, Product
from catalog.models.product import Status
from catalog.presenting.bulk import edit_row, refused_row
from catalog.search.addressing import LARGEST_ID, clean_number, clean_text
from catalog.tasks import change_products, index_products
from catalog.views._portal import member_view, page_of
from catalog.views._results import show
from catalog.views.merchant_proposals import numbers, person_of
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant

SHOWN = 5
REFUSED_SHOWN = 50


@require_POST
@member_view(CATALOGUE_EDITORS)
def bulk_new(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show how many products are meant and what can be done; then do it."""
    kind = request.POST.get("kind", "")
    with as_merchant(merchant):
        chosen = chosen_of(request)
        rows = chosen_products(merchant, chosen)
        total = rows.count()
        if not total:
            messages.warning(request, _("Choose at least one product."))
            return redirect("merchant_products", merchant.slug)
        forms = {
            name: form(merchant, request.POST if name == kind else None)
            for name, form in FORMS.items()
        }
        form = forms.get(kind)
        if form is not None and form.is_valid():
            job = begin(merchant, kind, form.change(), chosen, by=person_of(request))
        else:
            return asked(request, merchant, chosen, forms)
    do(job)
    return redirect("merchant_bulk", merchant.slug, job.pk)


def chosen_of(request: HttpRequest) -> dict[str, Any]:
    """Return which products are meant: the ticked ones, or all that the list has counted."""
    if not request.POST.get("all"):
        return {"ids": numbers(request.POST.getlist("pk"))}
    status = request.POST.get("status", "")
    return {
        "q": clean_text(request.POST.get("q", ""), 200),
        "status": status if status in Status.values else "",
        "lacking": clean_text(request.POST.get("lacking", ""), 20),
        "newest": int(clean_number(request.POST.get("newest", ""), LARGEST_ID) or 0),
    }


def asked(
    request: HttpRequest, merchant: Merchant, chosen: dict[str, Any], forms: dict[str, BulkForm]
) -> HttpResponse:
    """Show the forms of all kinds of change over the products that are meant."""
    rows = chosen_products(merchant, chosen)
    some = rows.prefetch_related("texts").order_by("-pk")[:SHOWN]
    context = {
        "merchant": merchant,
        "nav": "products",
        "total": rows.count(),
        "some": [{"title": one.title, "sku": one.sku} for one in some],
        "chosen": chosen,
        "forms": [{"kind": name, "label": BulkEdit.Kind(name).label, "form": form}
                  for name, form in forms.items()],
    }  # fmt: skip
    wrong = any(form.errors for form in forms.values())
    return render(request, "catalog/merchant/bulk_new.html", context, status=422 if wrong else 200)


def do(job: BulkEdit) -> None:
    """Carry a small job out at once and let a worker do a large one."""
    if job.total > AT_ONCE:
        transaction.on_commit(partial(change_products.delay, job.pk), robust=True)
        return
    with as_everyone():
        claimed = BulkEdit.objects.claim(job.pk)
    if claimed is None:
        return
    run(claimed)
    transaction.on_commit(partial(index_products.delay, job.merchant_id), robust=True)


@require_safe
@member_view()
def bulk_edits(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show what was changed together, the latest first."""
    with as_merchant(merchant):
        rows = BulkEdit.objects.filter(merchant=merchant).select_related("by", "undone_by")
        found, _total, pages = page_of(request, rows, lambda number: f"?page={number}")
        edits = [edit_row(one) for one in found]
    context = {"merchant": merchant, "nav": "products", "edits": edits, "pages": pages}
    return render(request, "catalog/merchant/bulk_edits.html", context)


@require_safe
@member_view()
def merchant_bulk(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show how far a bulk edit is, what came of it, and what it left alone and why."""
    with as_merchant(merchant):
        job = job_of(merchant, pk)
        refused = BulkEditRow.objects.filter(bulk_edit=job).exclude(reason="")
        rows = refused.select_related("product").prefetch_related("product__texts")
        context = {
            "merchant": merchant,
            "nav": "products",
            "job": job,
            "edit": edit_row(job),
            "refused": [refused_row(row) for row in rows.order_by("pk")[:REFUSED_SHOWN]],
        }
    return show(request, "catalog/merchant/bulk.html", context, "progress")


def job_of(merchant: Merchant, pk: int) -> BulkEdit:
    """Return this shop's bulk edit, or 404. To be called as the merchant."""
    if pk > LARGEST_ID:
        raise Http404(_("There is no such page."))
    rows = BulkEdit.objects.select_related("by", "undone_by", "merchant")
    return row_of(rows, merchant, pk=pk)


@require_POST
@member_view(CATALOGUE_EDITORS)
def bulk_undo(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Take a bulk edit back as a whole; what somebody has changed since stays."""
    with as_merchant(merchant):
        edit = job_of(merchant, pk)
        if not edit.over or edit.kind == BulkEdit.Kind.UNDO or not kept(edit):
            messages.warning(request, _("This cannot be taken back now."))
            return redirect("merchant_bulk", merchant.slug, pk)
        job = begin_undo(edit, by=person_of(request))
    if not job.over:
        do(job)
    return redirect("merchant_bulk", merchant.slug, job.pk)


def newest_of(merchant: Merchant) -> int:
    """Return the newest product's id, up to which a list has counted."""
    return Product.objects.of(merchant).aggregate(Max("pk"))["pk__max"] or 0
