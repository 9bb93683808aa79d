"""Products as a table of cells: edited, pasted into, looked at, saved and taken back."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.editing.grid import Cells, Edit, base_of, cells_of, looked_at, products_of, save_cells
from catalog.editing.pasting import Pasted, pasted
from catalog.models import PriceList, Product
from catalog.models.product import Status
from catalog.presenting.grid import base_now, change_rows, columns_of, grid_rows
from catalog.search.addressing import clean_text
from catalog.tasks import index_products
from catalog.views._portal import member_view, page_of
from catalog.views.merchant_proposals import person_of
from shopguide.accounts.access import CATALOGUE_EDITORS
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def merchant_grid(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show products as cells; show what was changed in them, then save it."""
    part = asked(request)
    with as_merchant(merchant):
        if request.method != "POST":
            return grid(request, merchant, part)
        then = request.POST.get("then", "")
        if then == "paste":
            return paste(request, merchant, part)
        cells, base = cells_of(sent(request)), base_of(request.POST.get("base", ""))
        if then != "save":
            edits = looked_at(merchant, cells, base)
            return look(request, merchant, part, edits, checked=then == "look")
        edits, job = save_cells(merchant, cells, base, by=person_of(request))
        if job is None:
            return look(request, merchant, part, edits)
        transaction.on_commit(partial(index_products.delay, merchant.pk), robust=True)
        messages.success(request, _("Saved."))
    return redirect("merchant_bulk", merchant.slug, job.pk)


def sent(request: HttpRequest) -> dict[str, str]:
    """Return what the form sent."""
    return {name: str(text) for name, text in request.POST.items()}


def asked(request: HttpRequest) -> dict[str, str]:
    """Return which part of the list is edited; what is no such part is left out."""
    status = request.GET.get("status", "")
    part = {
        "q": clean_text(request.GET.get("q", ""), 200),
        "status": status if status in Status.values else "",
    }
    return {name: value for name, value in part.items() if value}


def grid_url(merchant: Merchant, part: dict[str, str], **more: Any) -> str:
    """Return the address of a part of the grid."""
    kept = urlencode(part | more)
    return reverse("merchant_grid", args=[merchant.slug]) + (f"?{kept}" if kept else "")


def currencies(merchant: Merchant) -> list[str]:
    """Return the currencies in which the shop has prices. One query."""
    lists = PriceList.objects.filter(merchant=merchant, name="standard")
    return sorted(lists.values_list("currency", flat=True))


def grid(
    request: HttpRequest, merchant: Merchant, part: dict[str, str], problems: Any = ()
) -> HttpResponse:
    """Show a page of the grid."""
    rows = Product.objects.of(merchant).filter(deleted_at=None).matching(part.get("q", ""))
    rows = rows.filter(status=part["status"]) if "status" in part else rows

    def url(number: int) -> str:
        return grid_url(merchant, part, **({"page": number} if number > 1 else {}))

    ids, total, pages = page_of(request, rows.only("pk").order_by("-pk"), url, size=PAGE)
    products = {one.pk: one for one in products_of(merchant, [one.pk for one in ids])}
    columns = columns_of(merchant, currencies(merchant))
    cells, base = grid_rows([products[one.pk] for one in ids if one.pk in products], columns)
    context = frame(merchant, part) | {
        "columns": columns,
        "rows": cells,
        "base": base,
        "total": total,
        "pages": pages,
        "statuses": Status.choices,
        "problems": problems,
        "rows_pasted": request.POST.get("rows", "") if problems else "",
    }
    return render(request, "catalog/merchant/grid.html", context, status=422 if problems else 200)


def frame(merchant: Merchant, part: dict[str, str]) -> dict[str, Any]:
    """Return what both pages show."""
    return {
        "merchant": merchant,
        "nav": "products",
        "part": part,
        "grid_url": grid_url(merchant, part),
    }


def paste(request: HttpRequest, merchant: Merchant, part: dict[str, str]) -> HttpResponse:
    """Show what pasted rows would change."""
    columns = columns_of(merchant, currencies(merchant))
    found: Pasted = pasted(merchant, str(request.POST.get("rows", "")), columns)
    cells: Cells = found.cells
    edits = looked_at(merchant, cells, None) if cells else []
    if not edits:
        nothing = [(0, _("Nothing in these rows differs from what there is."))]
        return grid(request, merchant, part, found.problems or nothing)
    return look(request, merchant, part, edits, problems=found.problems, checked=True)


def look(
    request: HttpRequest,
    merchant: Merchant,
    part: dict[str, str],
    edits: list[Edit],
    *,
    problems: Any = (),
    checked: bool = False,
) -> HttpResponse:
    """Show each cell that would change; wrong ones are mended here.

    ``checked``: this is what was asked for and no refusal.
    """
    if not edits:
        messages.info(request, _("Nothing has been changed."))
        return redirect(grid_url(merchant, part))
    changes = change_rows(edits, columns_of(merchant, currencies(merchant)))
    wrong = any(row["error"] for row in changes)
    clash = any(row["clash"] for row in changes)
    context = frame(merchant, part) | {
        "changes": changes,
        "base": base_now(edits),
        "wrong": wrong,
        "clash": clash,
        "products": len(edits),
        "problems": problems,
    }
    status = 200 if checked and not wrong else 409 if clash else 422 if wrong else 200
    return render(request, "catalog/merchant/grid_changes.html", context, status=status)
