"""A shop's own list of products, whatever their status."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from catalog.models import Product
from catalog.models.lacking import LACKS
from catalog.models.product import Status
from catalog.presenting.rows import product_row
from catalog.search.addressing import clean_text
from catalog.views._portal import member_view, page_of
from catalog.views._results import show
from catalog.views.merchant_proposals import may_edit
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant


@require_safe
@member_view()
def merchant_products(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show the shop's products: found by title or SKU, by status, the newest first."""
    query = clean_text(request.GET.get("q", ""), 200)
    status = request.GET.get("status", "")
    status = status if status in Status.values else ""
    lacking = request.GET.get("lacking", "")
    lacking = lacking if lacking in LACKS else ""

    def url(number: int) -> str:
        asked = {
            "q": query,
            "status": status,
            "lacking": lacking,
            "page": number if number > 1 else "",
        }
        kept = urlencode({name: value for name, value in asked.items() if value})
        return reverse("merchant_products", args=[merchant.slug]) + (f"?{kept}" if kept else "")

    with as_merchant(merchant):
        rows = Product.objects.of(merchant).filter(deleted_at=None).matching(query).order_by("-pk")
        rows = rows.filter(status=status) if status else rows
        rows = rows.lacking(lacking)
        products, total, pages = page_of(request, rows.for_cards(), url)
        unready = set(
            Product.objects.filter(pk__in=[one.pk for one in products])
            .unready(settings.ENCODER_ID)
            .values_list("pk", flat=True)
        )
        newest = rows.values_list("pk", flat=True).first() or 0
        editor = may_edit(request, merchant)
        currency = next(iter(merchant.currencies), "")
        shown = [product_row(one, currency, ready=one.pk not in unready) for one in products]
    page = {
        "query": query,
        "status": status,
        "statuses": [
            {"value": value, "label": label, "selected": value == status}
            for value, label in Status.choices
        ],
        "lacking": lacking,
        "lacks": [
            {"value": code, "label": label, "selected": code == lacking}
            for code, (label, _condition) in LACKS.items()
        ],
        "rows": shown,
        "total": total,
        "newest": newest,
        "pages": pages,
    }
    context = {"merchant": merchant, "nav": "products", "page": page, "may_edit": editor}
    return show(request, "catalog/merchant/products.html", context, "rows")
