"""A shop's orders as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.orders.exporting import Narrow, rows
from catalog.orders.listing import Listed
from catalog.views._portal import member_view
from shopguide.accounts.models import Merchant

BOM = "\ufeff"  # by which spreadsheets know the text for what it is


@require_safe
@member_view()
def merchant_orders_csv(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Send the orders that the list shows, a row for each line."""
    name = f"orders-{merchant.slug}-{timezone.localdate():%Y%m%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    asked = Listed.of(request.GET.dict())
    return StreamingHttpResponse(  # type: ignore[return-value]
        written(merchant, asked.narrow),
        content_type="text/csv; charset=utf-8",
        headers=headers,
    )


def written(merchant: Merchant, narrow: Narrow) -> Iterator[str]:
    """Yield the file in pieces."""
    yield BOM
    for row in rows(merchant, narrow):
        buffer = io.StringIO()
        csv.writer(buffer).writerow(row)
        yield buffer.getvalue()
