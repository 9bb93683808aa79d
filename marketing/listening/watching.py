"""Weigh what a shop hears: doubts first, then bursts of complaints, an alert for each.

For the task, the command ``listen`` and the demo. An alert is raised once for a burst and grows
with it; one that somebody closed is not raised again by the same days. Doing it twice changes
nothing. What is doubted does not count; where only doubtful voices make a burst, the alert says
so. It writes to nobody: letters wait in their table.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db import IntegrityError, transaction
from django.utils import timezone
from numpy.typing import NDArray

from catalog.text.aspects import ASPECTS
from marketing.listening.answering import draft_answer
from marketing.listening.bursts import RULES, Burst, bursts
from marketing.listening.doubting import doubt
from marketing.listening.voices import Asked, complaints_by_day, last_days, listed, voices_by_day
from marketing.models import AlertLetter, AlertState, AlertWatch, OpinionAlert
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

BACK = 30  # days that are looked at: files come late
MOST_VOICES = 60
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """A burst in its place and days."""

    product: int
    aspect: str
    first: datetime.date
    last: datetime.date
    burst: Burst

    @property
    def place(self) -> tuple[int, str]:
        """Return which product and aspect."""
        return self.product, self.aspect


@dataclass(frozen=True)
class Table:
    """What was said, day by day. ``first``: the earliest day; ``products``: ids by row."""

    first: datetime.date
    products: list[int]
    bad: NDArray[np.int64]  # (products, aspects, days)
    heard: NDArray[np.int64]  # (products, days)

    @classmethod
    def of(cls, merchant: Merchant, asked: Asked) -> Table:
        """Count the voices of some days. Two queries."""
        heard = voices_by_day(merchant, asked)
        products = sorted({product for product, _day in heard})
        rows = {product: row for row, product in enumerate(products)}
        columns = {aspect: column for column, aspect in enumerate(ASPECTS)}
        table = cls(
            asked.since, products,
            np.zeros((len(products), len(ASPECTS), asked.days), np.int64),
            np.zeros((len(products), asked.days), np.int64),
        )  # fmt: skip
        for (product, day), count in heard.items():
            table.heard[rows[product], (day - asked.since).days] = count
        for (product, day, aspect), count in complaints_by_day(merchant, asked).items():
            if aspect in columns:
                table.bad[rows[product], columns[aspect], (day - asked.since).days] = count
        return table

    def windows(self, known: Iterable[OpinionAlert]) -> list[Window]:
        """Return the bursts of the last days, the latest of each place."""
        quiet = self.quiet(known)
        found: dict[tuple[int, str], Window] = {}
        for end in range(RULES.span, self.heard.shape[1] + 1):
            if not self.bad[:, :, end - 1].any():
                continue
            last = self.first + (end - 1) * DAY
            cut = slice(end - RULES.span, end)
            for burst in bursts(
                self.bad[:, :, cut], self.heard[:, cut], weekday=last.weekday(),
                quiet=quiet[:, :, cut],
            ):  # fmt: skip
                one = Window(
                    self.products[burst.product], ASPECTS[burst.aspect],
                    last - (burst.days - 1) * DAY, last, burst,
                )  # fmt: skip
                found[one.place] = _joined(found.get(one.place), one)
        return list(found.values())

    def quiet(self, known: Iterable[OpinionAlert]) -> NDArray[np.bool_]:
        """Return the days that tell what is usual: without those of earlier alerts."""
        kept = np.ones(self.bad.shape, bool)
        rows = {product: row for row, product in enumerate(self.products)}
        for alert in known:
            if alert.product_id in rows and alert.aspect in ASPECTS:
                start = max(0, (alert.first_day - self.first).days)
                end = max(0, (alert.last_day - self.first).days + 1)
                kept[rows[alert.product_id], ASPECTS.index(alert.aspect), start:end] = False
        return kept


def _joined(earlier: Window | None, later: Window) -> Window:
    """Return a burst with the days before it that belong to it."""
    if earlier is None or later.first > earlier.last + DAY:
        return later
    surer = min(earlier.burst, later.burst, key=lambda one: one.p)
    return Window(*later.place, min(earlier.first, later.first), later.last, surer)


def weigh(merchant: Merchant, *, until: datetime.date | None = None) -> list[OpinionAlert]:
    """Bring a shop's doubts and alerts up to date; return the alerts that are new."""
    with as_merchant(merchant):
        doubt(merchant)
        asked = last_days(RULES.span - 1 + BACK, _last_day(merchant, until))
        known = list(OpinionAlert.objects.filter(merchant=merchant, last_day__gte=asked.since))
        sure = Table.of(merchant, asked).windows(known)
        doubted = Table.of(merchant, _with_doubts(asked)).windows(known)
        places = {one.place for one in sure}
        windows = sure + [one for one in doubted if one.place not in places]
        return [new for one in windows if (new := raise_alert(merchant, one, known))]


def _last_day(merchant: Merchant, until: datetime.date | None) -> datetime.date:
    """Return the last day on which anything was said, today at the latest."""
    today = until or timezone.localdate()
    found, _total = listed(merchant, Asked(today - 20 * 365 * DAY, today, doubtful=True), limit=1)
    return timezone.localdate(found[0].at) if found else today


def _with_doubts(asked: Asked) -> Asked:
    return Asked(asked.since, asked.until, asked.product, asked.source, doubtful=True)


def raise_alert(
    merchant: Merchant, window: Window, known: Iterable[OpinionAlert]
) -> OpinionAlert | None:
    """Write an alert for a burst, or let the open one grow; return it if it is new."""
    mine = [one for one in known if (one.product_id, one.aspect) == window.place]
    if any(one.over and window.first <= one.last_day for one in mine):
        return None
    still_open = next((one for one in mine if not one.over), None)
    first = min(window.first, still_open.first_day) if still_open else window.first
    voices, total = listed(
        merchant, Asked(first, window.last, window.product, doubtful=True),
        aspect=window.aspect, polarity=-1, limit=MOST_VOICES,
    )  # fmt: skip
    said = {
        # The window may begin before anybody complained.
        "first_day": max(first, min((timezone.localdate(one.at) for one in voices), default=first)),
        "last_day": window.last,
        "seen": total,
        "expected": _expected(window, (window.last - first).days + 1),
        "p": max(window.burst.p, math.ulp(0.0)),
        "doubtful": sum(one.doubtful for one in voices),
        "voices": [one.key for one in voices],
    }
    if still_open:
        _grow(still_open, said)
        return None
    return _raise(merchant, window, said)


def _expected(window: Window, days: int) -> float:
    return round(window.burst.expected / window.burst.days * days, 4)


def _grow(alert: OpinionAlert, said: dict[str, object]) -> None:
    """Let an open alert tell what came since; unchanged it is not written."""
    if alert.voices == said["voices"] and alert.seen == said["seen"]:
        return
    for name, value in (said | {"grown_at": timezone.now()}).items():
        setattr(alert, name, value)
    alert.save(update_fields=[*said, "grown_at"])


def _raise(merchant: Merchant, window: Window, said: dict[str, object]) -> OpinionAlert | None:
    """Write a new alert and the letters about it; None where another worker was faster."""
    alert = OpinionAlert(
        merchant=merchant, product_id=window.product, aspect=window.aspect, state=AlertState.OPEN,
        **said,
    )  # fmt: skip
    draft_answer(alert)
    try:
        with transaction.atomic():
            alert.save()
            watchers = AlertWatch.objects.filter(merchant=merchant).values_list("user", flat=True)
            AlertLetter.objects.bulk_create(
                AlertLetter(merchant=merchant, alert=alert, user_id=user) for user in watchers
            )
    except IntegrityError:
        return None
    return alert
