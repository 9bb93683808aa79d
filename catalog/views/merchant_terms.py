"""A shop's terms of sale: ways of shipping and coupons, added and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.models import Coupon, ShippingMethod
from catalog.presenting.buying import coupon_row, shipping_row
from catalog.taking_back import rows_token
from catalog.terms_form import CouponForm, ShippingForm, TermsForm
from catalog.views._portal import member_view
from catalog.views.merchant_undo import say_undoable
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

FORMS: dict[str, type[TermsForm]] = {"shipping": ShippingForm, "coupon": CouponForm}


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def merchant_terms(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show both lists with a form to add to each."""
    sent = request.POST.get("adding", "")
    with as_merchant(merchant):
        forms = {
            name: form(merchant, request.POST if name == sent else None, auto_id=f"{name}-%s")
            for name, form in FORMS.items()
        }
        if sent in forms and forms[sent].is_valid():
            forms[sent].save()
            messages.success(request, _("It holds from now on."))
            return HttpResponseRedirect(reverse("merchant_terms", args=[merchant.slug]))
        page = {
            "shipping": [
                shipping_row(way) for way in ShippingMethod.objects.filter(merchant=merchant)
            ],
            "coupons": [
                coupon_row(one) for one in Coupon.objects.filter(merchant=merchant).order_by("code")
            ],
        }
    wrong = sent in forms
    context = {"merchant": merchant, "nav": "terms", "page": page, "forms": forms, "open": sent}
    return render(request, "catalog/merchant/terms.html", context, status=422 if wrong else 200)


@require_POST
@member_view(CATALOGUE_EDITORS)
def merchant_terms_remove(
    request: HttpRequest, merchant: Merchant, kind: str, pk: int
) -> HttpResponse:
    """Take a way of shipping or a coupon back; orders placed with it stay as they are."""
    with as_merchant(merchant):
        rows = (ShippingMethod if kind == "shipping" else Coupon).objects.all()
        row = row_of(rows, merchant, pk=pk)
        token = rows_token(merchant, [row], "merchant_terms")
        name = str(row)
        row.delete()
    text = _("%(name)s no longer holds. Orders placed before stay as they are.") % {"name": name}
    say_undoable(request, merchant, text, token)
    return HttpResponseRedirect(reverse("merchant_terms", args=[merchant.slug]))
