"""Carry a plan out: numbers by SQL, each with how many rows it is made of, and the SQL itself.

It reads and never writes; every number in a sentence comes from a row of the answer. What may be
done about it is offered as a change that somebody else must propose and approve.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.presenting.today import whole_steps
from marketing.copilot.plans import Plan
from marketing.figures.naming import Namer, day_label
from marketing.figures.presenting import change, few, figure_url, say
from marketing.figures.products import LEAST_SQL, sells_least
from marketing.figures.reading import (
    MOST_PARTS,
    Asked,
    Filter,
    Part,
    as_read,
    params_of,
    parted,
    parted_sql,
)
from marketing.figures.spans import DAY, Span
from profiles.measuring import FACTS, LEAST_PEOPLE, METRICS, Metric
from shopguide.accounts.models import Merchant
from shopguide.charts import Line, Point, line

# Of fewer rows a share or an average is nobody's ranking.
LEAST_ROWS = 3


@dataclass
class Answer:
    """Sentences, rows of a table, a line where it is about time, the SQL, and what to do."""

    sentences: list[str] = field(default_factory=list)
    head: tuple[str, ...] = ()
    rows: list[dict[str, Any]] = field(default_factory=list)
    chart: Line | None = None
    sql: list[str] = field(default_factory=list)
    counted: int = 0
    url: str = ""
    offers: list[dict[str, Any]] = field(default_factory=list)


def answer(merchant: Merchant, plan: Plan, now: datetime.datetime, *, editor: bool) -> Answer:
    """Return the numbers of a plan. One query a figure."""
    made = Answer()
    for code in plan.metrics:
        metric = METRICS[code]
        asked = asked_of(plan, metric, now)
        sql, params = parted_sql(asked)
        made.sql.append(as_read(sql, params_of(merchant, asked.span, asked.before) | params))
        parts = least_sold(merchant, plan, asked, made) or parted(merchant, asked)
        parts = [one for one in parts if not hidden(one)]
        if plan.intent == "trend":
            parts = filled(metric, parts, plan.dimension, asked.span)
        made.counted += sum(one.rows for one in parts)
        tell(merchant, plan, metric, parts, made)
    made.url = figure_url(
        merchant, plan.metrics[0],
        plan.days.span(now).params() | ({"by": plan.dimension} if plan.dimension else {}),
    )  # fmt: skip
    if editor:
        made.offers = offers(plan, made)
    return made


def asked_of(plan: Plan, metric: Metric, now: datetime.datetime) -> Asked:
    """Return the plan's query of one metric."""
    ranked = plan.intent == "rank" and (bool(metric.whole) or metric.unit == "stars")
    return Asked(
        metric,
        plan.days.span(now),
        plan.dimension,
        tuple(Filter(one.kind, list(one.values)) for one in plan.names),
        plan.before(now),
        plan.ascending,
        limit=MOST_PARTS if plan.intent == "trend" else max(plan.limit, 1),
        least=LEAST_ROWS if ranked and not plan.names else 0,
    )


def least_sold(merchant: Merchant, plan: Plan, asked: Asked, made: Answer) -> list[Part]:
    """Return the products in stock that sold least, those that never sold among them."""
    plainly = plan.metrics == ("units",) and plan.dimension == "product" and plan.ascending
    if not plainly or plan.names:
        return []
    made.sql[-1] = as_read(LEAST_SQL.strip(), params_of(merchant, asked.span))
    found = sells_least(merchant, asked.span)[: plan.limit]
    return [Part(pk, "", units, 1) for pk, units in found]


def filled(metric: Metric, parts: list[Part], dimension: str, span: Span) -> list[Part]:
    """Return the parts of a time with those that had nothing, where nothing is a number."""
    if not metric.additive or not parts:
        return parts
    begins = {
        "day": lambda day: day,
        "week": lambda day: day - day.weekday() * DAY,
        "month": lambda day: day.replace(day=1),
    }[dimension]
    times = dict.fromkeys(begins(day) for day in span.days)
    known = {(one.value, one.currency): one for one in parts}
    return [
        known.get((time, currency), Part(time, currency, 0, 0))
        for currency in dict.fromkeys(one.currency for one in parts)
        for time in times
    ]


def hidden(one: Part) -> bool:
    """Tell whether a part is of so few people that it is not told."""
    return one.people is not None and one.people < LEAST_PEOPLE


def tell(merchant: Merchant, plan: Plan, metric: Metric, parts: list[Part], made: Answer) -> None:
    """Add one metric's sentence, and its rows where it is broken down."""
    facts = FACTS[metric.facts]
    if not plan.dimension:
        made.sentences += [whole(plan, metric, one) for one in parts] or [nothing(metric, plan)]
        return
    dimension = facts.dimension(plan.dimension)
    kind = dimension.kind if dimension else "text"
    namer = Namer(merchant, {one.value for one in parts}, kind=kind)
    made.head = (str(dimension.label if dimension else ""), str(metric.label))
    rows = [row_of(metric, one, namer.name(kind, one.value), kind) for one in parts]
    made.rows += rows
    if not rows:
        made.sentences.append(nothing(metric, plan))
    elif plan.intent == "trend":
        made.chart = drawn(metric, parts, kind)
        made.sentences.append(trend(metric, rows))
    else:
        made.sentences.append(first(plan, metric, rows))


def row_of(metric: Metric, one: Part, name: str, kind: str) -> dict[str, Any]:
    """Return one row of the table."""
    return {
        "name": name,
        "pk": one.value if kind == "product" else None,
        "value": say(metric, one.figure, one.currency),
        "figure": one.figure,
        "before": say(metric, one.earlier, one.currency) if one.earlier is not None else "",
        "change": change(metric, one.figure, one.earlier),
        "rows": one.rows,
    }


def whole(plan: Plan, metric: Metric, one: Part) -> str:
    """Say a figure of a whole period, what it was, and of how many rows it is made."""
    said = _("%(figure)s: %(value)s") % {
        "figure": metric.label, "value": say(metric, one.figure, one.currency)
    }  # fmt: skip
    if one.earlier is not None:
        moved = change(metric, one.figure, one.earlier)["text"]
        said += " " + _("(%(change)s; before: %(value)s)") % {
            "change": moved or _("no comparison"),
            "value": say(metric, one.earlier, one.currency),
        }
    return said + " · " + counted(one.rows)


def counted(rows: int) -> str:
    """Say of how many rows something is made."""
    return ngettext("%(count)s row", "%(count)s rows", rows) % {"count": f"{rows:,}"}


def nothing(metric: Metric, plan: Plan) -> str:
    """Say that there is nothing to tell, and why that may be."""
    if FACTS[metric.facts].market:
        return _("%(figure)s: nothing to tell; of %(few)s it is not told.") % {
            "figure": metric.label, "few": few()
        }  # fmt: skip
    return _("%(figure)s: nothing in this period.") % {"figure": metric.label}


def first(plan: Plan, metric: Metric, rows: list[dict[str, Any]]) -> str:
    """Say what stands first."""
    sentence = (
        _("%(figure)s, lowest: %(name)s with %(value)s.")
        if plan.ascending
        else _("%(figure)s, highest: %(name)s with %(value)s.")
    )
    top = rows[0]
    return sentence % {"figure": metric.label, "name": top["name"], "value": top["value"]}


def trend(metric: Metric, rows: list[dict[str, Any]]) -> str:
    """Say the highest and the lowest of a time."""
    known = [row for row in rows if row["figure"] is not None]
    if not known:
        return _("%(figure)s: nothing in this period.") % {"figure": metric.label}
    high = max(known, key=lambda row: row["figure"])
    low = min(known, key=lambda row: row["figure"])
    return _("%(figure)s: highest %(high)s (%(when)s), lowest %(low)s (%(then)s).") % {
        "figure": metric.label, "high": high["value"], "when": high["name"],
        "low": low["value"], "then": low["name"],
    }  # fmt: skip


def drawn(metric: Metric, parts: list[Part], kind: str) -> Line:
    """Return a line over time of what there is the most rows of."""
    sums: Counter[str] = Counter()
    for one in parts:
        sums[one.currency] += one.rows
    currency = max(sums, key=lambda code: sums[code])
    points = [
        Point(day_label(one.value, kind), float(one.figure or 0))
        for one in parts
        if one.currency == currency
    ]
    if metric.unit == "count":
        return line(points, steps=whole_steps(max(point.value for point in points)))
    return line(points, say=lambda value: say(metric, Decimal(str(value)), currency))


def offers(plan: Plan, made: Answer) -> list[dict[str, Any]]:
    """Return changes that fit what was found: of the products that stand there."""
    products = [row["pk"] for row in made.rows if row["pk"]][:5]
    if not products:
        return []
    found = []
    if plan.metrics[0] == "units" and plan.ascending:
        found.append({"kind": "price", "mode": "percent", "amount": "-10",
                      "label": _("Lower their prices by a tenth")})  # fmt: skip
        found.append({"kind": "copy", "mode": "brief", "amount": "",
                      "label": _("Write better descriptions")})  # fmt: skip
    elif plan.metrics[0] in ("return_rate", "stars", "low_reviews"):
        found.append({"kind": "copy", "mode": "brief", "amount": "",
                      "label": _("Write better descriptions")})  # fmt: skip
    elif plan.metrics[0] in ("units", "item_sales"):
        found.append({"kind": "stock", "mode": "add", "amount": "10",
                      "label": _("Add 10 to the stock of each")})  # fmt: skip
    return [one | {"products": products} for one in found]
