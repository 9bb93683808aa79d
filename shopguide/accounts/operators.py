"""The operator's site: Django's admin behind the ordinary sign-in, its second step, and the log.

Nobody signs in here: strangers go to the one sign-in page, everybody else who is no operator gets
the 404 of a page that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shopguide.accounts.second_step import SecondStepNeeded, lacks_second_step
from shopguide.accounts.tenancy import as_everyone


class OperatorSite(AdminSite):
    """Django's admin with our door."""

    site_header = gettext_lazy("ShopGuide: operation")
    site_title = gettext_lazy("ShopGuide: operation")

    def has_permission(self, request: HttpRequest) -> bool:
        """Tell whether somebody is an operator, and has a second step if one is needed."""
        if not super().has_permission(request):
            return False
        if lacks_second_step(request.user):  # type: ignore[arg-type]
            raise SecondStepNeeded
        return True

    def admin_view(  # type: ignore[override]
        self, view: Callable[..., HttpResponse], cacheable: bool = False
    ) -> Callable[..., HttpResponse]:
        """Let a page see every shop's rows, and what it writes be the operator's."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
            if not self.has_permission(request):
                raise Http404(_("There is no such page."))
            with as_everyone():
                response: Any = inner(request, *args, **kwargs)
                # What is drawn later would be drawn outside.
                return response.render() if hasattr(response, "render") else response

        return guarded

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Lead strangers to the one sign-in page; others find nothing here."""
        if request.user.is_authenticated:
            raise Http404(_("There is no such page."))
        wanted = request.GET.get("next", "") or request.get_full_path()
        return redirect_to_login(wanted, resolve_url(settings.LOGIN_URL))
