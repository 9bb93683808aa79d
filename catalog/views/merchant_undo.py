"""Undo: the button beside the word that something is gone."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.models import BulkEdit, CatalogImport
from catalog.taking_back import TooLate, take_back
from catalog.tasks import change_products, import_catalog
from catalog.views._portal import member_view
from shopguide.accounts.access import CATALOGUE_EDITORS
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant


@require_POST
@member_view(CATALOGUE_EDITORS)
def merchant_undo(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Take the act back that the token tells of, and return to its page."""
    try:
        with as_merchant(merchant):
            done = take_back(merchant, request.POST.get("token", ""), request.user)  # type: ignore[arg-type]
            if done.job is not None:
                ring(done.job)
    except TooLate as error:
        messages.error(request, str(error))
        return redirect("merchant_today", merchant.slug)
    messages.success(request, done.text)
    return redirect(done.back, merchant.slug)


def ring(job: BulkEdit | CatalogImport) -> None:
    """Tell a worker of a job that takes something back."""
    task = change_products if isinstance(job, BulkEdit) else import_catalog
    transaction.on_commit(partial(task.delay, job.pk), robust=True)


def say_undoable(request: HttpRequest, merchant: Merchant, text: str, token: str) -> None:
    """Say that something is gone, with the button that brings it back."""
    where = reverse("merchant_undo", args=[merchant.slug])
    messages.success(
        request, f"{text} {_('You can take it back.')}", extra_tags=f"undo {where} {token}"
    )
