"""Count what came of an experiment: people by arm, and those of them who did something after.

A metric is the share of people who did something after they met their arm; for texts of a product
within a week, with that product. Returns and bad reviews are read where they are written down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Count as Count_
from django.utils import timezone

from profiles.experiments.deciding import Guard, Period
from profiles.experiments.statistics import Count, summed
from profiles.models import Experiment, Exposure, Kind
from profiles.models.experiment import Place
from shopguide.accounts.tenancy import as_everyone

WINDOW = timedelta(days=7)
# Goods come back, and are complained of, after they have been used.
LATE = timedelta(days=30)


@dataclass(frozen=True)
class Metric:
    """Something that people do. ``wanted``: 1 if more of it is better, -1 if less is.

    ``kinds``: by which deeds it is known; ``rows``: else by which rows, as SQL.
    """

    kinds: tuple[str, ...] = ()
    rows: str = ""
    wanted: int = 1
    window: timedelta = WINDOW


DEEDS_SQL = """SELECT FROM profiles_event e WHERE e.shopper_id = x.shopper_id AND e.at >= x.at
    AND e.kind = ANY(%(kinds)s)
    AND (%(product)s::bigint IS NULL OR e.product = %(product)s AND e.at < x.at + %(window)s)"""
RETURNS_SQL = """SELECT FROM catalog_order o
    JOIN catalog_return b ON b.order_id = o.id JOIN catalog_returnline r ON r.back_id = b.id
    JOIN catalog_orderline l ON l.id = r.line_id JOIN catalog_variant v ON v.id = l.variant_id
    WHERE o.shopper_id = x.shopper_id AND o.placed_at >= x.at AND v.product_id = %(product)s
        AND b.state NOT IN ('rejected', 'withdrawn') AND b.asked_at < x.at + %(window)s"""
COMPLAINTS_SQL = """SELECT FROM catalog_buyerreview w
    WHERE w.shopper_id = x.shopper_id AND w.product_id = %(product)s AND w.stars <= 2
        AND w.written_at >= x.at AND w.written_at < x.at + %(window)s"""

METRICS: dict[str, Metric] = {
    "click": Metric((Kind.CLICK, Kind.VIEW)),
    "save": Metric((Kind.SAVE,)),
    "cart": Metric((Kind.CART,)),
    "purchase": Metric((Kind.PURCHASE,)),
    "return": Metric(rows=RETURNS_SQL, wanted=-1, window=LATE),
    "complaint": Metric(rows=COMPLAINTS_SQL, wanted=-1, window=LATE),
}

COUNTS_SQL = """
SELECT width_bucket(x.at, %(since)s::timestamptz[]) AS period, x.arm, count(*),
       count(*) FILTER (WHERE EXISTS ({did}))
FROM profiles_exposure x
WHERE x.experiment_id = %(experiment)s AND (NOT %(listed)s OR x.place = 'list')
GROUP BY 1, 2
"""
DAYS_SQL = """
SELECT (x.at AT TIME ZONE %(zone)s)::date AS day, x.arm, count(*),
       count(*) FILTER (WHERE EXISTS ({did}))
FROM profiles_exposure x
WHERE x.experiment_id = %(experiment)s AND (NOT %(listed)s OR x.place = 'list')
GROUP BY 1, 2 ORDER BY 1
"""


def counted(experiment: Experiment, metric: str) -> dict[str, Count]:
    """Return people and those who did it, by arm, in the arms' order. One query."""
    found = periods(experiment, metric)
    return {
        arm: summed(one.counts[arm] for one in found if arm in one.counts)
        for arm, _share in experiment.arms
    }


def periods(experiment: Experiment, metric: str) -> list[Period]:
    """Return the same for each time in which people were split one way. One query."""
    splits = experiment.splits or [[experiment.made_at.isoformat(), dict(experiment.arms)]]
    asked = asked_of(experiment, metric) | {"since": [since for since, _shares in splits]}
    counts: list[dict[str, Count]] = [{} for _split in splits]
    with as_everyone(), connection.cursor() as cursor:
        cursor.execute(COUNTS_SQL.format(did=did_sql(metric)), asked)
        for period, arm, people, did in cursor.fetchall():
            mine = counts[max(0, period - 1)]
            before = mine.get(arm, Count(0, 0))
            mine[arm] = Count(before.people + people, before.did + did)
    return [Period(shares, mine) for (_since, shares), mine in zip(splits, counts, strict=True)]


def guards_of(experiment: Experiment) -> list[Guard]:
    """Return what came of each guardrail. One query each."""
    return [
        Guard(name, METRICS[name].wanted, periods(experiment, name))
        for name in experiment.guardrails
    ]


def days_of(experiment: Experiment, metric: str) -> list[tuple[Any, str, Count]]:
    """Return day, arm, and of those who met it on that day how many did it. One query."""
    asked = asked_of(experiment, metric) | {"zone": timezone.get_current_timezone_name()}
    with as_everyone(), connection.cursor() as cursor:
        cursor.execute(DAYS_SQL.format(did=did_sql(metric)), asked)
        return [(day, arm, Count(people, did)) for day, arm, people, did in cursor.fetchall()]


def met_by(experiments: Sequence[Experiment]) -> dict[int, int]:
    """Return how many people have met each, as its figures count them. One query."""
    with as_everyone():
        rows = Exposure.objects.filter(experiment__in=experiments).exclude(
            experiment__metric="click", experiment__product__isnull=False, place=Place.PAGE
        )
        return dict(rows.values_list("experiment").annotate(Count_("pk")))


def did_sql(metric: str) -> str:
    """Return by which rows a metric is known."""
    return METRICS[metric].rows or DEEDS_SQL


def asked_of(experiment: Experiment, metric: str) -> dict[str, Any]:
    """Return the parameters of a count.

    Whoever came straight to the page has not seen the title in a list, and could not click it.
    """
    return {
        "experiment": experiment.pk,
        "kinds": [str(kind) for kind in METRICS[metric].kinds],
        "product": experiment.product_id,
        "window": METRICS[metric].window,
        "listed": experiment.product_id is not None and experiment.metric == "click",
    }


__all__ = ["METRICS", "Metric", "counted", "days_of", "guards_of", "met_by", "periods"]
