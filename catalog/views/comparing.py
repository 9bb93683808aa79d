"""Products side by side. The address holds them, so a comparison can be shared and kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.models import Attribute, Product
from catalog.presenting.comparing import LEAST, MOST, comparison
from catalog.search.addressing import LARGEST_ID, clean_number
from catalog.search.market import market
from shopguide.web import currency_of


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show two to four live products side by side; with fewer, say how to choose. Eight queries."""
    products = live_products(request.GET.getlist("id"))
    page = None
    if len(products) >= LEAST:
        shops = {one.merchant_id for one in products}
        rows = Attribute.objects.filter(merchant__in=shops)
        definitions = {(one.merchant_id or 0, one.code): one for one in rows}
        currency = market().currency(currency_of(request))
        only = request.GET.get("only") == "1"
        page = comparison(products, definitions, currency, only=only)
    return render(request, "catalog/compare.html", {"page": page})


def live_products(asked: list[str]) -> list[Product]:
    """Return the first four asked for that shoppers may see, in their order."""
    clean = [clean_number(one, LARGEST_ID) for one in asked[: 10 * MOST]]
    ids = list(dict.fromkeys(int(one) for one in clean if one))[:MOST]
    found = Product.objects.live().for_cards().filter(merchant__suspended_at=None)
    by_id = {one.pk: one for one in found.filter(pk__in=ids)}
    return [by_id[pk] for pk in ids if pk in by_id]
