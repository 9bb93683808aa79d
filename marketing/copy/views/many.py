"""Copy for many products: what it would cost, then a job that can be watched and stopped."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.models import Product
from catalog.search.addressing import LARGEST_ID, clean_number, clean_text
from catalog.views._results import show
from catalog.views.merchant_proposals import numbers
from marketing.copy.desk_forms import ManyForm
from marketing.copy.filling import MOST_TEXTS, ask_to_stop, begin, estimate, reason
from marketing.copy.presenting.drafts import LANGUAGES, channel_label
from marketing.copy.tasks import write_many
from marketing.copy.views._desk import known, may_write, person_of
from marketing.models import BulkJob, DraftState
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.guarding import member_view
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

NEW, JOB = "marketing/merchant/copy_many.html", "marketing/merchant/copy_job.html"
JOBS = 8


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def copy_many(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Choose products, places and languages; see how many texts that is; then begin."""
    sent = request.POST if request.method == "POST" else request.GET
    with as_merchant(merchant):
        chosen = chosen_of(sent, merchant)
        bound = request.method == "POST" and ("channels" in sent or "step" in sent)
        form = ManyForm(request.POST if bound else None)
        cost = None
        if bound and form.is_valid():
            said = form.cleaned_data
            cost = estimate(merchant, chosen, said["channels"], said["locales"])
            if cost.texts > MOST_TEXTS:
                form.add_error(None, _("That is too much at once. Choose fewer products."))
            elif cost.texts and sent.get("step") == "begin":
                job = begin(merchant, chosen, by=person_of(request), **said)
                transaction.on_commit(partial(write_many.delay, job.pk), robust=True)
                return redirect("merchant_copy_job", merchant.slug, job.pk)
        context = {
            "merchant": merchant, "nav": "copy", "form": form, "cost": cost, "chosen": chosen,
            "products": estimate(merchant, chosen, [], []).products, "jobs": recent(merchant),
            "minutes": minutes(cost.seconds) if cost else "",
        }  # fmt: skip
        return render(request, NEW, context, status=422 if form.errors else 200)


def chosen_of(sent: Any, merchant: Merchant) -> dict[str, Any]:
    """Return which products are meant: ticked ones, or all that a filter finds up to the newest."""
    if ticked := numbers(sent.getlist("pk")):
        return {"ids": ticked}
    newest = int(clean_number(sent.get("newest", ""), LARGEST_ID) or 0)
    return {
        "q": clean_text(sent.get("q", ""), 200),
        "status": "live",
        "newest": newest or Product.objects.of(merchant).aggregate(n=Max("pk"))["n"] or 0,
    }


def minutes(seconds: int) -> str:
    """Say about how long a job takes."""
    if seconds < 60:
        return _("about %(n)d s") % {"n": max(1, seconds)}
    return _("about %(n)d min") % {"n": round(seconds / 60)}


def recent(merchant: Merchant) -> list[BulkJob]:
    """Return the shop's latest jobs. One query; as the merchant."""
    return list(BulkJob.objects.filter(merchant=merchant).select_related("by")[:JOBS])


@require_safe
@member_view()
def copy_job(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show how far a job is and what came of it; htmx asks again until it is over."""
    with as_merchant(merchant):
        job = job_of(merchant, pk)
        states = [row.state for row in job.drafts.only("state")]
        context = {
            "merchant": merchant, "nav": "copy", "job": job, "may_write": may_write(request),
            "places": [channel_label(code) for code in job.channels],
            "spoken": [LANGUAGES.get(code, code) for code in job.locales],
            "waiting": states.count(DraftState.SUBMITTED),
            "marked": states.count(DraftState.DRAFT),
            "refused": refused_rows(merchant, job),
        }  # fmt: skip
    return show(request, JOB, context, "progress")


def job_of(merchant: Merchant, pk: int) -> BulkJob:
    """Return this shop's job, or 404. As the merchant."""
    return row_of(BulkJob.objects.select_related("by"), merchant, pk=known(pk))


def refused_rows(merchant: Merchant, job: BulkJob) -> list[dict[str, Any]]:
    """Return what was left out and why. Two queries."""
    ids = {row["product"] for row in job.refused}
    rows = Product.objects.of(merchant).filter(pk__in=ids).prefetch_related("texts")
    titles = {one.pk: one.title for one in rows}
    return [
        {
            "title": titles[row["product"]], "place": channel_label(row["channel"]),
            "language": LANGUAGES.get(row["locale"], ""), "why": reason(row["why"]),
        }
        for row in job.refused if row["product"] in titles
    ]  # fmt: skip


@require_POST
@member_view(CATALOGUE_EDITORS)
def copy_job_stop(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Stop a job; what it has written stays."""
    with as_merchant(merchant):
        job = job_of(merchant, pk)
        if job.over:
            messages.warning(request, _("It is over already."))
        else:
            ask_to_stop(job)
            messages.success(request, _("It stops behind the product it is at."))
    return redirect("merchant_copy_job", merchant.slug, pk)
