"""A shop's stock advice as a list: gathered in a handful of queries, narrowed, sorted by urgency.

For the stock page, its file and the command. It keeps nothing: advice follows from the forecast and
from stock as it is now.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone

from catalog.models import OrderLine, Product, Stock
from catalog.models.order import OrderState
from catalog.models.product import Status
from marketing.models import Demand, ForecastRun, Incoming, StockTerms
from marketing.stocking.advising import Advice, Arrival, Expected, Terms, advise
from shopguide.accounts.models import Merchant
from shopguide.work import State

OPEN = (OrderState.PLACED, OrderState.PAID, OrderState.PACKED)


@dataclass(frozen=True)
class Advised:
    """One product with its advice; no demand where it never sold."""

    product: Product
    demand: Demand | None
    advice: Advice


def newest_run(merchant: Merchant) -> ForecastRun | None:
    """Return the forecast that pages show. One query."""
    runs = ForecastRun.objects.filter(merchant=merchant, state=State.DONE)
    return runs.order_by("-number").first()


def waiting_run(merchant: Merchant) -> ForecastRun | None:
    """Return the forecast that is queued or running. One query."""
    runs = ForecastRun.objects.filter(merchant=merchant)
    return runs.filter(state__in=(State.QUEUED, State.RUNNING)).first()


def advised(
    merchant: Merchant, run: ForecastRun | None, *, products: Iterable[int] | None = None
) -> list[Advised]:
    """Return advice on products, the most urgent first. To be called as the shop. Seven queries.

    Without ``products``: all that are not archived.
    """
    rows = Product.objects.of(merchant).exclude(status=Status.ARCHIVED).prefetch_related("texts")
    rows = rows if products is None else rows.filter(pk__in=products)
    found = {one.pk: one for one in rows}
    own = {} if products is None else {"product__in": list(found)}
    demands = {}
    if run is not None:
        demands = {one.product_id: one for one in Demand.objects.filter(run=run, **own)}
    hands = sums(Stock.objects.filter(merchant=merchant, variant__product__in=found), "quantity")
    lines = OrderLine.objects.filter(merchant=merchant, order__state__in=OPEN)
    reserved = sums(lines.filter(variant__product__in=found), "quantity")
    coming: dict[int, list[Arrival]] = defaultdict(list)
    for one in Incoming.objects.filter(merchant=merchant, closed_at=None, **own):
        coming[one.product_id].append(Arrival(one.quantity, one.expected_on))
    terms = terms_of(merchant)
    today = timezone.localdate()
    told = [
        Advised(
            product,
            demand := demands.get(pk),
            advise(
                expected(demand, run, today),
                on_hand=hands.get(pk, 0),
                today=today,
                reserved=reserved.get(pk, 0),
                arrivals=coming.get(pk, ()),
                terms=terms.get(pk) or terms[None],
                idle_days=idle(product, demand, run, today),
            ),
        )
        for pk, product in found.items()
    ]
    return sorted(told, key=lambda one: (*one.advice.urgency, one.product.sku))


def sums(rows: object, column: str) -> dict[int, int]:
    """Add a column up by product."""
    by = rows.order_by().values_list("variant__product")  # type: ignore[attr-defined]
    return dict(by.annotate(count=Sum(column)))


def terms_of(merchant: Merchant) -> dict[int | None, Terms]:
    """Return a shop's terms by product; under None those of all others. One query."""
    found: dict[int | None, Terms] = {None: Terms()}
    for row in StockTerms.objects.filter(merchant=merchant):
        own = row.product_id is not None
        found[row.product_id] = Terms(row.lead_days, row.cover_days, row.service, row.pack, own)
    return found


def expected(
    demand: Demand | None, run: ForecastRun | None, today: datetime.date
) -> Expected | None:
    """Return a forecast as of today: the days that have passed since it was made are left out."""
    if demand is None or run is None:
        return None
    passed = min(max((today - run.begins).days, 0), len(demand.ahead) - 28)
    return Expected(demand.ahead[passed:], demand.spread, run.bounds)


def idle(
    product: Product, demand: Demand | None, run: ForecastRun | None, today: datetime.date
) -> int | None:
    """Return days since the last sale; of what never sold, since it is there; None if unknown."""
    if demand is not None and demand.last_sold:
        return (today - demand.last_sold).days
    return (today - timezone.localtime(product.created_at).date()).days if run else None


def narrowed(rows: list[Advised], *, state: str = "", words: str = "") -> list[Advised]:
    """Keep rows in a state whose SKU or title has these words."""
    wanted = words.casefold()
    return [
        one
        for one in rows
        if (not state or one.advice.state == state)
        and (
            not wanted
            or wanted in one.product.sku.casefold()
            or any(wanted in text.title.casefold() for text in one.product.texts.all())
        )
    ]
