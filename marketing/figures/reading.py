"""Read figures out of the database: one query for each kind of facts, however many figures.

For the page of figures, its tables and the copilot. Rows of the shop are read as the shop, rows of
shoppers as everybody's, narrowed to the shop's products and told as counts only. Money is never
added up over currencies.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection

from marketing.figures.spans import Day, Span
from profiles.measuring import FACTS, LEAST_PEOPLE, Facts, Metric
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant

Value = Decimal | int | float | None
Params = dict[str, Any]
SECONDS = 20
MOST_PARTS = 10_000


@dataclass
class Series:
    """A figure over a period: in all and by day, of each currency; "" where there is none."""

    total: dict[str, Value] = field(default_factory=dict)
    days: dict[str, dict[Day, Value]] = field(default_factory=dict)
    rows: int = 0
    people: int | None = None

    @property
    def few(self) -> bool:
        """Tell whether so few people are in it that it is not told."""
        return self.people is not None and 0 < self.people < LEAST_PEOPLE


@dataclass
class Measured:
    """A metric over a period, and over what it is compared with."""

    metric: Metric
    now: Series = field(default_factory=Series)
    before: Series | None = None

    @property
    def currencies(self) -> list[str]:
        """Return the currencies there is something in, the most rows first; "" for no money."""
        return list(self.now.total) or [""]


@contextmanager
def as_reader(merchant: Merchant | None, *, market: bool) -> Iterator[Any]:
    """Open what may see these facts, for so long and no longer; yields a cursor.

    ``merchant`` None: an operator, who reads facts of the market place only.
    """
    scope = as_everyone() if market or merchant is None else as_merchant(merchant)
    with scope, connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        usual = cursor.fetchone()[0]
        limited(cursor, f"{SECONDS}s")
        yield cursor
        limited(cursor, usual)


def limited(cursor: Any, time: str) -> None:
    """Let statements of this transaction take so long."""
    cursor.execute("SELECT set_config('statement_timeout', %s, true)", [time])


def params_of(merchant: Merchant | None, *spans: Span | None) -> Params:
    """Return the parameters of facts, their period and what it is compared with."""
    known = [one for one in spans if one is not None]
    found: Params = {
        "merchant": merchant.pk if merchant else None,
        "zone": settings.TIME_ZONE,
        "from": min(one.since for one in known),
        "to": max(one.until for one in known),
    }
    for number, one in enumerate(known):
        found |= {f"since{number}": one.since, f"until{number}": one.until}
    return found


def facts_sql(facts: Facts, spans: int, conditions: Sequence[str] = ()) -> str:
    """Return the SQL that gives facts of so many periods the name ``f``, each with its ``day``."""
    ranges = ", ".join(
        f"({number}, %(since{number})s::timestamptz, %(until{number})s::timestamptz)"
        for number in range(spans)
    )
    narrowed = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return (
        "WITH f AS (SELECT f.*, span.number AS span, (f.at AT TIME ZONE %(zone)s)::date AS day\n"
        f"FROM (VALUES {ranges}) AS span(number, since, until)\n"
        f"JOIN ({facts.text}\n) f ON f.at >= span.since AND f.at < span.until{narrowed})\n"
    )


def series_sql(facts: Facts, metrics: Sequence[Metric], spans: int) -> str:
    """Return the SQL of some metrics over the same facts: in all, by day, and by currency."""
    sets = ["(f.span)", "(f.span, f.day)"]
    currency = "NULL::text"
    if facts.currency:
        sets += ["(f.span, f.currency)", "(f.span, f.day, f.currency)"]
        currency = "CASE GROUPING(f.currency) WHEN 0 THEN f.currency END"
    people = f"count(DISTINCT {facts.people})" if facts.people else "NULL::bigint"
    figures = ",\n       ".join(one.formula for one in metrics)
    return facts_sql(facts, spans) + (
        f"SELECT f.span, CASE GROUPING(f.day) WHEN 0 THEN f.day END, {currency},\n"
        f"       count(*), {people},\n       {figures}\n"
        f"FROM f GROUP BY GROUPING SETS ({', '.join(sets)})\nORDER BY 4 DESC, 3"
    )


def measure(
    merchant: Merchant | None, metrics: Iterable[Metric], span: Span, before: Span | None = None
) -> dict[str, Measured]:
    """Return metrics by their codes. One query for each kind of facts, in two transactions."""
    wanted: dict[str, list[Metric]] = {}
    found: dict[str, Measured] = {}
    for metric in metrics:
        wanted.setdefault(metric.facts, []).append(metric)
        found[metric.code] = Measured(metric, before=Series() if before else None)
    params, spans = params_of(merchant, span, before), 2 if before else 1
    for market in sorted({FACTS[code].market for code in wanted}):
        with as_reader(merchant, market=market) as cursor:
            for code, some in wanted.items():
                if FACTS[code].market == market:
                    cursor.execute(series_sql(FACTS[code], some, spans), params)
                    sort_in([found[one.code] for one in some], cursor.fetchall())
    return found


def sort_in(some: Sequence[Measured], rows: Iterable[Sequence[Any]]) -> None:
    """Give each figure its part of what one query answered."""
    for number, day, currency, count, people, *values in rows:
        for one, value in zip(some, values, strict=True):
            series = one.before if number else one.now
            if series is None:
                continue
            if day is None and currency is None:
                series.rows, series.people = count, people
            take(series, one.metric, day, currency, value)


def take(
    series: Series, metric: Metric, day: Day | None, currency: str | None, value: Value
) -> None:
    """Add one row of the answer to a figure: money by currency, all else whatever the currency."""
    if (metric.unit == "money") == (currency is None):
        return
    if day is None:
        series.total[currency or ""] = value
    else:
        series.days.setdefault(currency or "", {})[day] = value


# --- parted by something, and the rows themselves -------------------------------------------------
@dataclass(frozen=True)
class Filter:
    """Only facts of which a dimension has this value."""

    dimension: str
    value: Any


@dataclass(frozen=True)
class Asked:
    """One query in plain words of the registry: a metric, parted or not, narrowed, in an order."""

    metric: Metric
    span: Span
    dimension: str = ""
    filters: tuple[Filter, ...] = ()
    before: Span | None = None
    ascending: bool = False
    limit: int = 50
    least: int = 0

    @property
    def facts(self) -> Facts:
        """Return the facts the metric is over."""
        return FACTS[self.metric.facts]


@dataclass
class Part:
    """One value of a dimension with the figure, and how many rows made it."""

    value: Any
    currency: str
    figure: Value
    rows: int
    people: int | None = None
    earlier: Value = None


def conditions_of(asked: Asked) -> tuple[list[str], Params]:
    """Return the conditions of filters, and their parameters."""
    conditions, params = [], {}
    for number, one in enumerate(asked.filters):
        dimension = asked.facts.dimension(one.dimension)
        if dimension is None:
            raise KeyError(one.dimension)
        inner = dimension.sql.replace("f.day", "(f.at AT TIME ZONE %(zone)s)::date")
        if isinstance(one.value, list | tuple):
            conditions.append(f"{inner} = ANY(%(filter{number})s)")
        else:
            conditions.append(f"{inner} = %(filter{number})s")
        params[f"filter{number}"] = list(one.value) if isinstance(one.value, tuple) else one.value
    return conditions, params


def parted_sql(asked: Asked) -> tuple[str, Params]:
    """Return the SQL of a metric parted by a dimension, money by currency besides."""
    facts, metric = asked.facts, asked.metric
    conditions, params = conditions_of(asked)
    dimension = facts.dimension(asked.dimension)
    value = dimension.sql if dimension else "NULL"
    currency = "f.currency" if facts.currency and metric.unit == "money" else "NULL::text"
    people = f"count(DISTINCT {facts.people})" if facts.people else "NULL::bigint"
    timely = dimension is not None and dimension.kind in ("day", "week", "month")
    order = "1" if timely else f"5 {'ASC' if asked.ascending else 'DESC'} NULLS LAST, 1"
    least = f"HAVING count(*) >= {int(asked.least)}\n" if asked.least else ""
    sql = facts_sql(facts, 2 if asked.before else 1, conditions) + (
        f"SELECT {value} AS part, {currency} AS currency, f.span, count(*) AS rows,\n"
        f"       {metric.formula} AS figure, {people} AS people\n"
        f"FROM f GROUP BY 1, 2, 3\n{least}ORDER BY 3, {order}\n"
        # What it is compared with must not be cut off.
        f"LIMIT {MOST_PARTS if asked.before else int(asked.limit)}"
    )
    return sql, params


def parted(merchant: Merchant | None, asked: Asked) -> list[Part]:
    """Return a metric for each value of a dimension. One query, and two settings."""
    sql, params = parted_sql(asked)
    with as_reader(merchant, market=asked.facts.market) as cursor:
        cursor.execute(sql, params_of(merchant, asked.span, asked.before) | params)
        rows = cursor.fetchall()
    earlier = {(part, currency): figure for part, currency, span, _n, figure, _p in rows if span}
    none = 0 if asked.before and asked.metric.additive else None
    return [
        Part(part, currency or "", figure, count, people, earlier.get((part, currency), none))
        for part, currency, span, count, figure, people in rows
        if not span
    ][: asked.limit]


def rows_sql(asked: Asked) -> tuple[str, Params]:
    """Return the SQL of the rows behind a figure, the newest first; of shoppers' rows, counts."""
    facts = asked.facts
    conditions, params = conditions_of(asked)
    columns = ", ".join(f"{one.expression} AS {one.code}" for one in facts.columns)
    currency = ", f.currency AS currency_" if facts.currency and not facts.grouped else ""
    where = f" WHERE {asked.metric.where}" if asked.metric.where else ""
    group = f"\nGROUP BY {', '.join(facts.grouped)}" if facts.grouped else ""
    order = ", ".join(facts.grouped) if facts.grouped else "f.at"
    first, _comma, rest = order.partition(", ")
    order = f"{first} DESC" + (f", {rest}" if rest else "")
    sql = facts_sql(facts, 1, conditions) + (
        f"SELECT {columns}{currency}\nFROM f{where}{group}\nORDER BY {order}"
    )
    return sql, params


def count_rows(merchant: Merchant | None, asked: Asked) -> tuple[int, int | None]:
    """Return how many rows are behind a figure, and how many people. One query."""
    sql, params = rows_sql(asked)
    facts = asked.facts
    where = f" WHERE {asked.metric.where}" if asked.metric.where else ""
    named = facts_sql(facts, 1, conditions_of(asked)[0])
    people = f"{named}SELECT count(DISTINCT {facts.people}) FROM f{where}"  # noqa: S608
    known = params_of(merchant, asked.span) | params
    with as_reader(merchant, market=facts.market) as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) counted", known)  # noqa: S608
        total = cursor.fetchone()[0]
        if not facts.people:
            return total, None
        cursor.execute(people, known)
        return total, cursor.fetchone()[0]


def rows_of(
    merchant: Merchant | None, asked: Asked, *, limit: int, offset: int = 0
) -> list[Mapping[str, Any]]:
    """Return some of the rows behind a figure, by column. One query."""
    sql, params = rows_sql(asked)
    paged = params_of(merchant, asked.span) | params | {"limit": limit, "offset": offset}
    with as_reader(merchant, market=asked.facts.market) as cursor:
        cursor.execute(f"{sql}\nLIMIT %(limit)s OFFSET %(offset)s", paged)
        names = [one.name for one in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def as_read(sql: str, params: Mapping[str, Any]) -> str:
    """Return SQL as a person reads it: its parameters in place. For eyes only, never executed."""
    for name in sorted(params, key=len, reverse=True):
        sql = sql.replace(f"%({name})s", literal(params[name]))
    return sql


def literal(value: Any) -> str:
    """Return a value as SQL writes it."""
    if isinstance(value, list | tuple):
        return f"ARRAY[{', '.join(literal(one) for one in value)}]"
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, datetime.datetime):
        value = value.isoformat(sep=" ", timespec="seconds")
    return "'" + str(value).replace("'", "''") + "'"
