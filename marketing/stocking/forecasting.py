"""Forecasting a shop's demand: a job of its own, whose rows say what will be asked for.

For the stock page, the command and the nightly ring. A run is a version: the newest finished one is
what pages show. It orders nothing and changes no stock.
"""

from __future__ import annotations

import datetime

import numpy as np
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketing.models import Demand, ForecastRun
from marketing.stocking.demand.choosing import VERSION, Outlook, outlook, weekly
from marketing.stocking.gathering import Past, past_of
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant
from shopguide.work import State

SHOWN_WEEKS = 26
KEPT_RUNS = 5


def begin(merchant: Merchant, *, by: User | None = None) -> ForecastRun:
    """Queue a forecast, or return the one that is queued or running already."""
    with as_merchant(merchant):
        runs = ForecastRun.objects.filter(merchant=merchant)
        newest = runs.order_by("-number").first()
        if newest is not None and not newest.over:
            return newest
        number = newest.number + 1 if newest else 1
        try:
            with transaction.atomic():
                return ForecastRun.objects.create(
                    merchant=merchant, number=number, by=by, begins=timezone.localdate()
                )
        except IntegrityError:  # somebody else asked in the same moment
            return runs.order_by("-number").get(number=number)


def forecast(run: ForecastRun, *, today: datetime.date | None = None) -> ForecastRun:
    """Carry out a forecast that was claimed; rows of the shop's five newest runs are kept.

    About a second for 1,000 products and a year.
    """
    begins = today or timezone.localdate()
    with as_merchant(run.merchant_id):
        past = past_of(run.merchant, begins)
    found = outlook(past.history) if past else None
    with as_merchant(run.merchant_id):
        Demand.objects.filter(run=run).delete()
        if past and found:
            Demand.objects.bulk_create(demands(run, past, found), batch_size=500)
        run.finish(begins=begins, method=VERSION, **(measured(past, found) if found else {}))  # type: ignore[arg-type]
        old = ForecastRun.objects.filter(
            merchant_id=run.merchant_id, number__lte=run.number - KEPT_RUNS
        )
        Demand.objects.filter(run__in=old).delete()
        old.delete()
    return run


def measured(past: Past, found: Outlook) -> dict[str, object]:
    """Return what a run keeps of its making."""
    return {
        "days": past.history.counts.shape[1],
        "products": len(past.products),
        "mase": found.mase,
        "coverage": found.coverage,
        "bounds": {"band": round(found.band, 4)}
        | {str(level): bounds for level, bounds in found.upper.items()},
        "uplifts": found.uplifts,
    }


def demands(run: ForecastRun, past: Past, found: Outlook) -> list[Demand]:
    """Return the rows of a run."""
    counts, first = past.sold, past.history.begins
    weeks = weekly(counts[:, counts.shape[1] % 7 :])[:, -SHOWN_WEEKS:].astype(int)
    rows = []
    for place, product in enumerate(past.products):
        sold = np.flatnonzero(counts[place])
        rows.append(
            Demand(
                merchant_id=run.merchant_id,
                run=run,
                product_id=product,
                method=found.methods[place],
                history=weeks[place].tolist(),
                ahead=[round(float(mean), 4) for mean in found.ahead[place]],
                spread=round(float(found.spread[place]), 4),
                mase=None if np.isnan(found.mases[place]) else round(float(found.mases[place]), 4),
                first_sold=first + datetime.timedelta(days=int(sold[0])),
                last_sold=first + datetime.timedelta(days=int(sold[-1])),
            )
        )
    return rows


def forecast_now(merchant: Merchant, *, by: User | None = None) -> ForecastRun:
    """Forecast at once, in this process: for commands and the demo."""
    asked = begin(merchant, by=by)
    with as_merchant(merchant):
        claimed: ForecastRun | None = ForecastRun.objects.claim(asked.pk)
    if claimed is None or claimed.state != State.RUNNING:
        return asked
    return forecast(claimed)
