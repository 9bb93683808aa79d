"""The first steps of a shop: what is done, what comes next, each with the page that does it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.models import (
    AttributeProposal,
    Media,
    Price,
    Product,
    SearchDocument,
    SearchRule,
    SearchSynonym,
    Stock,
)
from catalog.models.product import Status
from catalog.presenting.starting import steps_of
from catalog.views._portal import member_view
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant


@require_safe
@member_view()
def merchant_start(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show the shop's first steps; what is done is read from the shop itself. Nine queries."""
    with as_merchant(merchant):
        steps = steps_of(merchant, done_by(merchant))
    left = [step for step in steps if not step["done"]]
    context = {
        "merchant": merchant,
        "nav": "start",
        "steps": steps,
        "done": len(steps) - len(left),
        "next": left[0]["code"] if left else "",
    }
    return render(request, "catalog/merchant/start.html", context)


def done_by(merchant: Merchant) -> dict[str, bool]:
    """Return which steps a shop has taken. To be called as the merchant."""
    products = Product.objects.of(merchant).filter(deleted_at=None)
    decided = AttributeProposal.objects.filter(merchant=merchant).exclude(
        verdict=AttributeProposal.Verdict.OPEN
    )
    mine = {"merchant": merchant}
    return {
        "products": products.exists(),
        "prices": Price.objects.filter(**mine).exists(),
        "stock": Stock.objects.filter(**mine, quantity__gt=0).exists(),
        "pictures": Media.objects.filter(**mine).exists(),
        "live": products.filter(status=Status.LIVE).exists(),
        "found": SearchDocument.objects.filter(**mine).exists(),
        "facts": decided.exists(),
        "search": SearchRule.objects.filter(**mine).exists()
        or SearchSynonym.objects.filter(**mine).exists(),
    }
