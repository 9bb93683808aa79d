"""What operators do in the catalogue: remove the demo, enter exchange rates."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from catalog.clearing import demo_extent, demo_people, remove_demo
from catalog.models import ExchangeRate
from catalog.presenting.estimating import DOLLAR, forget_rates
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


class RateForm(forms.ModelForm):
    """A rate of one of the market place's currencies; the dollar is one dollar."""

    currency = forms.ChoiceField(
        label=gettext_lazy("currency"),
        choices=[(code, code) for code in settings.CURRENCIES if code != DOLLAR],
    )


@admin.register(ExchangeRate)
class ExchangeRateAdmin(admin.ModelAdmin):
    """By which estimates in other currencies are made; nothing is ever paid by them."""

    form = RateForm
    list_display = ["currency", "per_dollar", "as_of"]
    list_editable = ["per_dollar", "as_of"]
    ordering = ["currency"]

    def get_readonly_fields(self, request: HttpRequest, obj: ExchangeRate | None = None) -> Any:
        """Keep the currency of a rate that is there."""
        return ["currency"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Let it hold from the next page on."""
        super().save_model(request, obj, form, change)
        transaction.on_commit(forget_rates)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Let there be no estimate from the next page on."""
        super().delete_model(request, obj)
        transaction.on_commit(forget_rates)


def _of_the_demo(request: HttpRequest) -> bool:
    return demo_people().filter(pk=request.user.pk or 0).exists()
