"""What can be measured of a shop: facts, which are rows with a moment, and metrics over them.

For the portal's figures and whoever asks them in words. Each department registers its own; this
module asks nothing and knows no page. SQL here is put together from constants of this repository
only: what a reader says arrives as parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shopguide.accounts.models import Role

Words = str | Promise
ALL = tuple(Role)
# Who reads what was taken in money.
READERS = (Role.OWNER, Role.EDITOR, Role.ANALYST)
# What shoppers did is told of so many people or not at all.
LEAST_PEOPLE = 5
# An order counts as assisted so many days after what helped.
WINDOW_DAYS = 7


@dataclass(frozen=True)
class Column:
    """One column of the rows behind a figure. ``sql`` is over ``f``; kind says how it is shown.

    Kinds: text, number, money, moment, day, product, order, share, seconds, words (`told`).
    """

    code: str
    label: Words
    kind: str = "text"
    sql: str = ""

    @property
    def expression(self) -> str:
        """Return what is selected."""
        return self.sql or f"f.{self.code}"


@dataclass(frozen=True)
class Dimension:
    """A way to part facts: ``sql`` over ``f``; ``words`` are what somebody may call it by."""

    code: str
    label: Words
    sql: str
    kind: str = "text"
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """Rows of one kind: ``sql`` yields ``at`` and what columns, dimensions and metrics name.

    Parameters: ``merchant``, ``zone``, and ``from`` and ``to`` around all that is asked.
    ``market``: the rows are shoppers' own, so they are read as everybody's, told as counts by
    ``grouped`` columns, and only if ``people`` counts enough of them. ``currency``: it has one.
    """

    code: str
    label: Words
    sql: str | Callable[[], str]
    columns: tuple[Column, ...]
    dimensions: tuple[Dimension, ...] = ()
    market: bool = False
    people: str = ""
    grouped: tuple[str, ...] = ()
    currency: bool = False

    @property
    def text(self) -> str:
        """Return the SQL of the rows."""
        return self.sql if isinstance(self.sql, str) else self.sql()

    def dimension(self, code: str) -> Dimension | None:
        """Return one of the ways to part these rows, those of time among them."""
        return next((one for one in (*self.dimensions, *TIMES) if one.code == code), None)


@dataclass(frozen=True)
class Metric:
    """One figure: ``part`` over the facts, divided by ``whole`` if there is one.

    ``where``: the rows it is made of. Units: count, share, money, stars, seconds. ``good``: whether
    more is better (1), worse (-1) or neither. ``words``: what somebody may call it by.
    """

    code: str
    group: str
    label: Words
    meaning: Words
    facts: str
    part: str
    whole: str = ""
    unit: str = "count"
    where: str = ""
    good: int = 1
    words: tuple[str, ...] = ()

    @property
    def roles(self) -> Sequence[str]:
        """Return who may read it."""
        return READERS if self.unit == "money" else ALL

    @property
    def additive(self) -> bool:
        """Tell whether nothing is zero, and days add up."""
        return not self.whole and self.unit in ("count", "money")

    @property
    def formula(self) -> str:
        """Return the figure as one expression of SQL."""
        return f"({self.part})::numeric / nullif({self.whole}, 0)" if self.whole else self.part


TIMES = (
    Dimension("day", _("Day"), "f.day", "day",
              ("day", "daily", "per day", "a day", "by date",
               "每天", "每日", "按天", "按日", "逐日", "天")),
    Dimension("week", _("Week"), "date_trunc('week', f.day)::date", "week",
              ("week", "weekly", "每周", "按周", "逐周")),
    Dimension("month", _("Month"), "date_trunc('month', f.day)::date", "month",
              ("month", "monthly", "每月", "按月", "逐月", "各月")),
    Dimension("weekday", _("Day of the week"), "extract(isodow FROM f.day)::int", "weekday",
              ("weekday", "day of the week", "星期几", "周几", "星期")),
    Dimension("hour", _("Hour of the day"),
              "extract(hour FROM f.at AT TIME ZONE %(zone)s)::int", "hour",
              ("hour", "hourly", "time of day", "小时", "几点", "时段")),
)  # fmt: skip

FACTS: dict[str, Facts] = {}
METRICS: dict[str, Metric] = {}
# What may have helped somebody to an order: SQL of (shopper_id, product, at), by its name.
TOUCHES: dict[str, str] = {}


def register(*facts: Facts, metrics: Sequence[Metric] = ()) -> None:
    """Add facts and metrics; registered again they take the former's place."""
    FACTS.update({one.code: one for one in facts})
    METRICS.update({one.code: one for one in metrics})


def register_touch(name: str, sql: str) -> None:
    """Add something that may have helped to an order; its SQL takes no parameters."""
    TOUCHES[name] = sql


def metrics_for(role: str) -> list[Metric]:
    """Return the metrics that somebody in this role may read."""
    return [one for one in METRICS.values() if role in one.roles]
