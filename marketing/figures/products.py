"""Which products do best and worst: three short lists, each in one query.

For the page of figures. What sells least is told of live products that can be bought, so that what
was never sold stands there too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from marketing.figures.naming import Namer
from marketing.figures.presenting import figure_url, say
from marketing.figures.reading import Asked, params_of, parted
from marketing.figures.spans import Span
from profiles.measuring import METRICS
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

SHOWN = 5
# Of fewer items a share says nothing.
ENOUGH = 3
LEAST_SQL = """
SELECT p.id, coalesce(sold.units, 0) AS units
FROM catalog_product p
LEFT JOIN (SELECT v.product_id, sum(l.quantity) AS units
           FROM catalog_order o JOIN catalog_orderline l ON l.order_id = o.id
           JOIN catalog_variant v ON v.id = l.variant_id
           WHERE o.merchant_id = %(merchant)s AND o.state <> 'cancelled'
               AND o.placed_at >= %(since0)s AND o.placed_at < %(until0)s
           GROUP BY v.product_id) sold ON sold.product_id = p.id
WHERE p.merchant_id = %(merchant)s AND p.status = 'live'
    AND EXISTS (SELECT FROM catalog_variant v JOIN catalog_stock s ON s.variant_id = v.id
                WHERE v.product_id = p.id AND v.active AND s.quantity > 0)
ORDER BY units, p.id LIMIT 5"""


def sells_least(merchant: Merchant, span: Span) -> list[tuple[int, int]]:
    """Return the products in stock that sold least in a period, with how many. One query."""
    with as_merchant(merchant), connection.cursor() as cursor:
        cursor.execute(LEAST_SQL, params_of(merchant, span))
        return [(int(pk), int(units)) for pk, units in cursor.fetchall()]


def ranked(merchant: Merchant, code: str, span: Span, least: int = 0) -> list[tuple[Any, Any]]:
    """Return the products with the highest figure that is more than nothing. One query."""
    metric = METRICS[code]
    asked = Asked(metric, span, "product", limit=SHOWN + 1, least=least)
    parts = [one for one in parted(merchant, asked) if one.value is not None and one.figure]
    return [(one.value, one.figure) for one in parts][:SHOWN]


def tables(merchant: Merchant, span: Span, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the three lists with names. Four queries."""
    best = ranked(merchant, "units", span)
    back = ranked(merchant, "return_rate", span, least=ENOUGH)
    least = sells_least(merchant, span) if best else []
    namer = Namer(merchant, {pk for pk, _figure in [*best, *least, *back]}, kind="product")
    lists = (
        (_("Sells best"), "units", best, _("Items sold")),
        (_("In stock, sells least"), "units", least, _("Items sold")),
        (_("Comes back most"), "return_rate", back, _("Return rate")),
    )
    return [
        {
            "title": title,
            "head": head,
            "url": figure_url(merchant, code, {**asked, "by": "product"}),
            "rows": [
                {"pk": pk, "name": namer.name("product", pk), "value": say(METRICS[code], figure)}
                for pk, figure in rows
            ],
        }
        for title, code, rows, head in lists
        if rows
    ]
