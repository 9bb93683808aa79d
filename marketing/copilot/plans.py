"""What a question was read as: a plan that a person can check, and that code carries out.

A plan names metrics and dimensions of the registry, days, names of the shop's own things, and at
most one change. It is kept as JSON with the question; it holds no number of the shop.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from marketing.figures.spans import NOTHING, OWN, PRESETS, USUAL, Span, before, between, preset
from profiles.measuring import FACTS, METRICS, Metric


@dataclass(frozen=True)
class Named:
    """Things of the shop that were named: product, category, brand, city or currency."""

    kind: str
    values: tuple[Any, ...]
    label: str


@dataclass(frozen=True)
class Change:
    """A change that is asked for. Kinds and modes are those of the bulk edits, and copy's channel.

    ``amount``: as text, so that no digit is lost; ``unit``: percent, a currency, or nothing.
    ``more``: what else was said of a coupon or a campaign, as ``name=value;``.
    """

    kind: str
    mode: str = ""
    amount: str = ""
    unit: str = ""
    more: str = ""


@dataclass(frozen=True)
class Days:
    """A period by its name, or its first and last day."""

    code: str = USUAL
    first: str = ""
    last: str = ""

    def span(self, now: datetime.datetime) -> Span:
        """Return the period as of now."""
        if self.code in PRESETS:
            return preset(self.code, now)
        first, last = (datetime.date.fromisoformat(one) for one in (self.first, self.last))
        return replace(between(first, last, now), code=OWN)


@dataclass(frozen=True)
class Plan:
    """One question as it is understood. Intents: figure, trend, rank, parts, change."""

    intent: str
    metrics: tuple[str, ...] = ()
    dimension: str = ""
    ascending: bool = False
    limit: int = 5
    days: Days = Days()
    against: str = NOTHING
    names: tuple[Named, ...] = ()
    change: Change | None = None
    # What nobody said and was taken for granted: days.
    assumed: tuple[str, ...] = ()

    @property
    def metric(self) -> Metric:
        """Return the first metric."""
        return METRICS[self.metrics[0]]

    def before(self, now: datetime.datetime) -> Span | None:
        """Return what the period is compared with, if anything."""
        return before(self.days.span(now), self.against, now)

    def as_json(self) -> dict[str, Any]:
        """Return the plan as it is kept."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Plan | None:
        """Return a kept plan; None if it names what there is no more."""
        try:
            plan = cls(
                **{
                    **kept,
                    "metrics": tuple(kept["metrics"]),
                    "days": Days(**kept["days"]),
                    "names": tuple(
                        Named(one["kind"], tuple(one["values"]), one["label"])
                        for one in kept["names"]
                    ),
                    "change": Change(**kept["change"]) if kept["change"] else None,
                    "assumed": tuple(kept["assumed"]),
                }
            )
        except (KeyError, TypeError):
            return None
        return plan if plan.known() else None

    def known(self) -> bool:
        """Tell whether everything it names is still in the registry."""
        if not all(one in METRICS for one in self.metrics):
            return False
        return not self.dimension or bool(
            FACTS[self.metric.facts].dimension(self.dimension) if self.metrics else True
        )


@dataclass(frozen=True)
class Misunderstood:
    """That a question was not understood, and why: nothing, metric, name, parts, role or change.

    ``words``: what of it could not be read; ``instead``: what could be asked.
    """

    why: str
    words: str = ""
    instead: tuple[str, ...] = ()
