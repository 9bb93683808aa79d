"""The operator's page that removes the demo, one button on the list of shops."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.clearing import demo_extent, demo_people, remove_demo
from shopguide.accounts.admin import MerchantAdmin
from shopguide.accounts.models import Merchant

admin.site.unregister(Merchant)


@admin.register(Merchant)
class ShopAdmin(MerchantAdmin):
    """Shops, which of them are demo, and the way to remove those."""

    list_display = [*MerchantAdmin.list_display, "is_demo"]
    list_filter = [*MerchantAdmin.list_filter, "is_demo"]
    change_list_template = "catalog/operator/shops.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the page that removes the demo."""
        page = self.admin_site.admin_view(require_http_methods(["GET", "POST"])(self.demo_remove))
        return [path("demo/", page, name="demo_remove"), *super().get_urls()]

    def demo_remove(self, request: HttpRequest) -> HttpResponse:
        """Show what the demo is; posted, remove it."""
        if not (request.user.is_superuser and self.has_delete_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return TemplateResponse(request, "catalog/operator/demo.html", self._page(request))
        leaving = _of_the_demo(request)
        gone = remove_demo()
        if leaving:
            return redirect("home")
        words = _("The demo is removed: %(shops)d shops, %(products)d products, %(people)d people.")
        messages.success(request, words % vars(gone))
        return redirect("admin:accounts_merchant_changelist")

    def _page(self, request: HttpRequest) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": _("Remove the demo"),
            "opts": self.model._meta,
            "extent": demo_extent(),
            "leaving": _of_the_demo(request),
        }


def _of_the_demo(request: HttpRequest) -> bool:
    return demo_people().filter(pk=request.user.pk or 0).exists()
