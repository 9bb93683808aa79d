"""The forecast of a shop: each product by the method that proved best for it, with honest bounds.

Rolling backtest: the same computation is done as of several past days, and held against what came.
Its errors choose the method of each product, and say how wide the bounds must be (split conformal
prediction: a bound is a quantile of past errors, so it needs no distribution to be true).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from marketing.stocking.demand import calendar, uplift
from marketing.stocking.demand.methods import METHODS, WEEK, Array

VERSION = "demand-1"
HORIZON = 56
WEEKS = HORIZON // WEEK
# Past origins of the backtest, two weeks apart, each looking four weeks ahead.
ORIGINS, STEP, LOOK = 6, 14, 28
LEAST_DAYS = 8 * WEEK
LEVELS = (80, 90, 95, 98)
PRIOR_WEEKS = 6.0


@dataclass(frozen=True)
class History:
    """Daily counts of a shop's products: (n, t), the first day, and marks of days sold apart.

    ``promoted``: (n, t + horizon), whether a product was or will be lowered in price; ``shop``:
    (t + horizon,), whether the whole shop had or will have a promotion.
    """

    counts: Array
    begins: datetime.date
    promoted: NDArray[np.bool_] | None = None
    shop: NDArray[np.bool_] | None = None

    def until(self, days: int) -> History:
        """Return what was known after so many days; of promotions also the coming weeks."""
        cut = days + HORIZON
        promoted = self.promoted[:, :cut] if self.promoted is not None else None
        shop = self.shop[:cut] if self.shop is not None else None
        return History(self.counts[:, :days], self.begins, promoted, shop)

    def earlier(self, days: int) -> History:
        """Return the same with so many days without sales before it."""
        widen = ((0, 0), (days, 0))
        begins = self.begins - datetime.timedelta(days=days)
        promoted = None if self.promoted is None else np.pad(self.promoted, widen)
        shop = None if self.shop is None else np.pad(self.shop, widen[1])
        return History(np.pad(self.counts, widen), begins, promoted, shop)

    def marks(self, days: int) -> list[str]:
        """Return the kind of each of the first days; a shop's promotion over a festival wins."""
        found = calendar.events_of(self.begins, days)
        if self.shop is None:
            return found
        shop = self.shop[:days]
        return [uplift.PROMOTION if on else kind for on, kind in zip(shop, found, strict=False)] + (
            found[len(shop) :]
        )


@dataclass(frozen=True)
class Outlook:
    """What comes: ``ahead`` (n, 56) means by day, the method of each product, bounds by spreads.

    ``spread`` (n,): the deviation of a sum of days, in roots of its mean. ``band``: half width of a
    single week's 80 % interval in spreads. ``upper``: level → for a sum of 1 … 8 weeks, how many
    spreads above the mean the level lies. ``mase``, ``coverage``: as measured, if they are.
    """

    ahead: Array
    methods: list[str]
    spread: Array
    band: float
    upper: dict[int, list[float]]
    uplifts: dict[str, float]
    mases: Array
    mase: float | None = None
    coverage: float | None = None
    counts: dict[str, int] = field(default_factory=dict)


def all_methods(history: History, days: int = HORIZON) -> tuple[dict[str, Array], dict[str, float]]:
    """Return every method's forecast, with what the coming days will do to it, and the factors."""
    counts = history.counts
    length = counts.shape[1]
    marks = history.marks(length + days)
    learnt = uplift.learn(counts, marks[:length])
    factor = np.maximum(uplift.factors(marks, learnt), 0.05)
    cleaned = tamed(counts / factor[:length])
    own, coming = 1.0, np.ones((counts.shape[0], days))
    if history.promoted is not None and history.promoted[:, :length].any():
        past = history.promoted[:, :length]
        plain = np.where(past, 0.0, cleaned).sum(axis=1) / np.maximum((~past).sum(axis=1), 1)
        own = uplift.shares(cleaned, past, np.repeat(plain[:, None], length, axis=1))
        cleaned = np.where(past, cleaned / own, cleaned)
        after = history.promoted[:, length : length + days]
        coming[:, : after.shape[1]] = np.where(after, own, 1.0)
        learnt = learnt | {"price_lowered": own}
    ahead = factor[length : length + days] * coming
    return {name: method(cleaned, days) * ahead for name, method in METHODS.items()}, learnt


def tamed(counts: Array) -> Array:
    """Lower single days that are far beyond a product's others: one bulk order is no demand.

    The cap is four times the 90th percentile of the days on which it sold, at least 10.
    """
    days = np.where(counts > 0, counts, np.nan)
    sold = (counts > 0).any(axis=1)
    caps = np.full(len(counts), np.inf)
    if sold.any():
        caps[sold] = np.maximum(4 * np.nanpercentile(days[sold], 90, axis=1), 10.0)
    return np.asarray(np.minimum(counts, caps[:, None]))


def weekly(daily: Array) -> Array:
    """Add days up to weeks: (n, 7 w) -> (n, w)."""
    rows, days = daily.shape
    return np.asarray(daily[:, : days // WEEK * WEEK].reshape(rows, -1, WEEK).sum(axis=2))


def naive_error(counts: Array) -> Array:
    """Return the mean absolute error, by weeks, of saying last week again, within the past: (n,).

    From the week of the first sale on: zeros before it would make any error look large.
    """
    weeks = weekly(counts[:, counts.shape[1] % WEEK :])
    begun = np.maximum.accumulate(weeks > 0, axis=1)[:, 1:]
    steps = np.abs(np.diff(weeks, axis=1)) * begun
    return np.asarray(steps.sum(axis=1) / np.maximum(begun.sum(axis=1), 1))


def origins_of(length: int) -> list[int]:
    """Return the days of the past as of which forecasts are tried, newest first."""
    tried = [length - LOOK - STEP * number for number in range(ORIGINS)]
    return [day for day in tried if day >= LEAST_DAYS]


def outlook(history: History) -> Outlook:
    """Forecast a shop: every method as of today and as of up to six past days."""
    length = history.counts.shape[1]
    if length < WEEK:
        return outlook(history.earlier(WEEK - length))
    said, learnt = all_methods(history)
    origins = origins_of(length)
    if not origins:
        return untested(history, said["pooled"], learnt)
    tried = [all_methods(history.until(day), LOOK)[0] for day in origins]
    came = [history.counts[:, day : day + LOOK] for day in origins]
    names = list(METHODS)
    errors = np.array(
        [
            [np.abs(weekly(each[name]) - weekly(real)).mean(axis=1) for name in names]
            for each, real in zip(tried, came, strict=True)
        ]
    )  # (origins, methods, n)
    chosen = choose(errors)
    rows = np.arange(len(chosen))
    means = [np.stack([each[name] for name in names])[chosen, rows] for each in tried]
    spread = spreads(means, came)
    scale = np.maximum(naive_error(history.counts), 1e-9)
    sold = history.counts.sum(axis=1) > 0
    mases = np.where(sold, errors[:, chosen, rows].mean(axis=0) / scale, np.nan)
    return Outlook(
        ahead=np.stack([said[name] for name in names])[chosen, rows],
        methods=[names[number] for number in chosen],
        spread=spread,
        band=float(np.quantile(np.abs(scored(means, came, spread, 1)), 0.8)),
        upper=uppers(means, came, spread),
        uplifts=learnt,
        mases=mases,
        mase=total_mase(errors[:, chosen, rows], scale, sold),
        coverage=held_out(means, came),
        counts={name: int((chosen == number).sum()) for number, name in enumerate(names)},
    )


def choose(errors: Array) -> NDArray[np.intp]:
    """Choose each product's method: its own errors, mixed with how the method does for all.

    ``errors``: (origins, methods, n). The methods' standing in the shop counts as two origins more,
    so that one lucky month does not choose.
    """
    own = errors.mean(axis=0)
    usual = np.maximum(own.mean(axis=0), 1e-9)
    relative = own / usual
    standing = relative.mean(axis=1, keepdims=True)
    tried = errors.shape[0]
    return np.asarray(((relative * tried + standing * 2) / (tried + 2)).argmin(axis=0))


def spreads(means: Sequence[Array], came: Sequence[Array]) -> Array:
    """Return each product's deviation in roots of its weekly mean, shrunk to the shop's: (n,)."""
    said = np.concatenate([weekly(each) for each in means], axis=1)
    real = np.concatenate([weekly(each) for each in came], axis=1)
    squares = (real - said) ** 2 / np.maximum(said, 0.25)
    shop = float(np.median(squares.mean(axis=1))) if len(squares) else 1.0
    count = squares.shape[1]
    mixed = (squares.sum(axis=1) + PRIOR_WEEKS * max(shop, 1.0)) / (count + PRIOR_WEEKS)
    return np.asarray(np.sqrt(np.maximum(mixed, 0.5)))


def scored(means: Sequence[Array], came: Sequence[Array], spread: Array, weeks: int) -> Array:
    """Return errors of sums of so many weeks in spreads: (origins, products and weeks)."""
    found = []
    for said, real in zip(means, came, strict=True):
        mean, seen = weekly(said), weekly(real)
        if weeks > 1:
            mean, seen = (each[:, :weeks].sum(axis=1, keepdims=True) for each in (mean, seen))
        unit = spread[:, None] * np.sqrt(np.maximum(mean, 0.25))
        found.append(((seen - mean) / unit).ravel())
    return np.stack(found)


def uppers(means: Sequence[Array], came: Sequence[Array], spread: Array) -> dict[int, list[float]]:
    """Return how many spreads above its mean each level lies, for sums of 1 … 8 weeks.

    The quantile of the worst past month: months differ, and running out costs more than a week of
    stock. Beyond the four weeks that are tried, the bound of four
    weeks is widened by the root of time.
    """
    tried = LOOK // WEEK
    scores = [scored(means, came, spread, weeks) for weeks in range(1, tried + 1)]
    found: dict[int, list[float]] = {}
    for level in LEVELS:
        share = level / 100
        bounds = [float(np.quantile(each, share, axis=1).max()) for each in scores]
        bounds += [bounds[-1] * np.sqrt(weeks / tried) for weeks in range(tried + 1, WEEKS + 1)]
        rising = np.maximum.accumulate(np.maximum(bounds, 0.1))
        found[level] = [round(float(value), 4) for value in rising]
    return found


def held_out(means: Sequence[Array], came: Sequence[Array]) -> float | None:
    """Return how often the 80 % interval of a week held what came, each origin by the others.

    None with fewer than three origins: nothing would be held out.
    """
    if len(means) < 3:
        return None
    inside, total = 0, 0
    for number in range(len(means)):
        others = [place for place in range(len(means)) if place != number]
        spread = spreads([means[place] for place in others], [came[place] for place in others])
        known = scored([means[p] for p in others], [came[p] for p in others], spread, 1)
        width = float(np.quantile(np.abs(known), 0.8))
        fresh = scored([means[number]], [came[number]], spread, 1)
        inside += int((np.abs(fresh) <= width).sum())
        total += fresh.size
    return round(inside / total, 4) if total else None


def total_mase(errors: Array, scale: Array, sold: NDArray[np.bool_]) -> float | None:
    """Return the mean scaled error of what sells at all: (origins, n), (n,) -> 1 is the naive."""
    kept = sold & (scale > 1e-6)
    if not kept.any():
        return None
    return round(float((errors[:, kept].mean(axis=0) / scale[kept]).mean()), 4)


def untested(history: History, ahead: Array, learnt: dict[str, float]) -> Outlook:
    """Return the forecast of a history that is too short for a backtest: pooled, with wide bounds.

    The bounds are those of a count with twice the spread of a pure chance.
    """
    rows = len(history.counts)
    normal = {80: 0.84, 90: 1.28, 95: 1.65, 98: 2.05}
    return Outlook(
        ahead=ahead,
        methods=["pooled"] * rows,
        spread=np.full(rows, 1.5),
        band=1.28,
        upper={level: [value] * WEEKS for level, value in normal.items()},
        uplifts=learnt,
        mases=np.full(rows, np.nan),
        counts={"pooled": rows},
    )
