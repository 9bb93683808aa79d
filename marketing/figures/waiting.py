"""What a page says when the database needed too long: a shorter period, and never an error page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled

from shopguide.accounts.models import Merchant

P = ParamSpec("P")
SHORT = "7d"
View = Callable[Concatenate[HttpRequest, Merchant, P], HttpResponse]


def patient(view: View[P]) -> View[P]:
    """Answer a query that took too long with a shorter period; if it was short, say so."""

    @wraps(view)
    def waiting(
        request: HttpRequest, merchant: Merchant, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        try:
            return view(request, merchant, *args, **kwargs)
        except OperationalError as error:
            if not isinstance(error.__cause__, QueryCanceled):
                raise
        if request.GET.get("range") != SHORT and "/figures/" in request.path:
            messages.warning(request, too_long())
            return redirect(f"{request.path}?range={SHORT}")
        context = {"merchant": merchant, "nav": "figures", "text": too_long()}
        return render(request, "marketing/merchant/figures_late.html", context, status=503)

    return waiting


def patient_operator(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Do the same for an operator. To be put around the door, so that nothing is left half done."""

    @wraps(view)
    def waiting(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except OperationalError as error:
            if not isinstance(error.__cause__, QueryCanceled):
                raise
        if request.GET.get("range") != SHORT:
            messages.warning(request, too_long())
            return redirect(f"{request.path}?range={SHORT}")
        return render(request, "marketing/operator/figures.html", {"late": too_long()}, status=503)

    return waiting


def too_long() -> str:
    """Say that it took too long, and what helps."""
    return _("That many rows took too long to count. Choose fewer days.")
