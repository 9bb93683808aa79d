"""Products side by side. The address holds them, so a comparison can be shared and kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.assembling import Whole, whole
from catalog.models import Product
from catalog.presenting.comparing import LEAST, MOST, comparison
from catalog.search.addressing import LARGEST_ID, clean_number
from catalog.search.market import market
from shopguide.web import currency_of


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show two to four live products side by side; with fewer, say how to choose. One query."""
    found = live_products(request.GET.getlist("id"))
    page = None
    if len(found) >= LEAST:
        definitions = {
            (one.product.merchant_id, code): definition
            for one in found
            for code, definition in one.definitions.items()
        }
        currency = market().currency(currency_of(request))
        only = request.GET.get("only") == "1"
        page = comparison([one.product for one in found], definitions, currency, only=only)
    return render(request, "catalog/compare.html", {"page": page})


def live_products(asked: list[str]) -> list[Whole]:
    """Return the first four asked for that shoppers may see, in their order. One query."""
    clean = [clean_number(one, LARGEST_ID) for one in asked[: 10 * MOST]]
    ids = list(dict.fromkeys(int(one) for one in clean if one))[:MOST]
    if not ids:
        return []
    live = Product.objects.live().filter(merchant__suspended_at=None, pk__in=ids)
    by_id = {one.product.pk: one for one in whole(live)}
    return [by_id[pk] for pk in ids if pk in by_id]
