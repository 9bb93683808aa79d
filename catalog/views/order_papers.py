"""An order on paper, for its shopper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.models import Invoice
from catalog.presenting.buying import order_page
from catalog.views.carts import private
from catalog.views.orders import own_order
from shopguide.accounts.shopping import shopper_of
from shopguide.accounts.tenancy import as_shopper


@require_safe
@private
def order_print(request: HttpRequest, number: str) -> HttpResponse:
    """Show an order as a sheet of paper."""
    order = own_order(request, number)
    with as_shopper(shopper_of(request)):
        invoice = Invoice.objects.filter(order=order).first()
    page = order_page(order) | {"invoice": invoice}
    return render(request, "catalog/order_print.html", {"order": page})
