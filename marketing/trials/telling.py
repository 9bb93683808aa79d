"""A trial in plain words: what it shows, whether that can be told from chance, what may be done.

For pages, in the reader's language. It decides nothing: `deciding` does.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marketing.models import Trial
from marketing.trials.running import USUAL
from profiles.experiments.deciding import Plan, Standing, days_left
from profiles.experiments.statistics import Comparison

# Figures of fewer people in an arm are somebody's own.
LEAST_PEOPLE = 5
Ending = Trial.Ending

AIMS: dict[str, str | Promise] = {
    "click": gettext_lazy("Opened from a list"),
    "cart": gettext_lazy("Put in the cart"),
    "save": gettext_lazy("Kept as a favourite"),
    "purchase": gettext_lazy("Bought"),
    "return": gettext_lazy("Sent back"),
    "complaint": gettext_lazy("Rated with one or two stars"),
}


@dataclass(frozen=True)
class Told:
    """What is to be said: ``kind`` is good, warn, bad or nothing."""

    kind: str
    headline: str
    text: str = ""


def number(value: float, digits: int = 1) -> str:
    """Return a number as a reader writes it."""
    return str(formats.number_format(round(value, digits), digits))


def percent(share: float) -> str:
    """Return a share as a reader sees it."""
    return f"{number(100 * share)}%"


def points(difference: float) -> str:
    """Return a difference of shares in points, with its sign."""
    value = number(abs(100 * difference))
    return ("+" if difference >= 0 else "−") + value


def letter_of(arms: list[str], name: str) -> str:
    """Return what an arm is called on pages: A is the usual text."""
    return chr(ord("A") + arms.index(name)) if name in arms else name


def told(trial: Trial, found: Standing, a_day: float) -> Told:
    """Return what a trial shows, in a headline and a sentence or two."""
    if not trial.running:
        return ended(trial, found)
    doing = found.decision.doing
    if doing == "fault":
        return fault()
    if doing == "adopt":
        return won(found, trial, found.decision.arm)
    if doing in {"drop", "cost", "harm"}:
        return Told(
            "bad",
            _("Text %(letter)s does harm")
            % {"letter": letter_of([*found.arms], found.decision.arm)},
            _("It is being taken out; nobody will meet it any more within five minutes."),
        )
    return waiting(trial, found, a_day)


def waiting(trial: Trial, found: Standing, a_day: float) -> Told:
    """Say that nothing can be told yet, and for how long about."""
    met = sum(one.people for one in found.totals.values())
    if not met:
        return Told("", _("Nobody has met it yet"), _(
            "It counts from the moment on at which shoppers who agreed to personalisation see the"
            " product. Everybody else reads the usual text."
        ))  # fmt: skip
    planned = trial.people * len(found.arms)
    said = _("%(met)s of %(planned)s people have met it. What differs so far may be chance.") % {
        "met": f"{met:,}", "planned": f"{planned:,}",
    }  # fmt: skip
    days = days_left(Plan(trial.rate, trial.lift, trial.people), found, a_day)
    if days is None:
        return Told("", _("Not enough data yet"), said)
    headline = ngettext(
        "Not enough data yet: about %(days)s day to go",
        "Not enough data yet: about %(days)s days to go",
        days,
    )
    return Told("", headline % {"days": formats.number_format(days)}, said)


def won(found: Standing, trial: Trial, name: str) -> Told:
    """Say that an arm does better, by how much, and how sure that is."""
    against = found.against[name]
    said = _(
        "%(aim)s: %(new)s with it, %(old)s with the usual text. The difference lies between"
        " %(low)s and %(high)s points. Chance alone would show this in fewer than 5 of 100 trials,"
        " however often you look."
    ) % {
        "aim": AIMS[trial.experiment.metric],
        "new": percent(found.totals[name].rate),
        "old": percent(found.totals[USUAL].rate),
        "low": points(against.low),
        "high": points(against.high),
    }
    letter = letter_of([*found.arms], name)
    return Told("good", _("Text %(letter)s does better") % {"letter": letter}, said)


def fault() -> Told:
    """Say that people were not split as they should be."""
    return Told(
        "bad",
        _("People were not split as planned, so its figures mean nothing"),
        _(
            "So uneven a split happens by chance in fewer than 1 of 2,000 trials. Something sends"
            " people past one of the texts: a cache, a link, a robot. Begin a new trial when that"
            " is found."
        ),
    )


def ended(trial: Trial, found: Standing) -> Told:
    """Say how a trial ended."""
    letter = letter_of([*found.arms], trial.winner)
    if trial.ending == Ending.FAULT:
        return fault()
    if trial.ending == Ending.HARM:
        return Told("bad", _("Stopped by itself: it did harm"), why_out(trial, found))
    said: dict[str, tuple[str, str, str]] = {
        Ending.SAME: ("", _("Over: no difference found"), _(
            "All planned people have met it. A difference of %(lift)s or more would have been found"
            " in four of five trials; keep the text you like better."
        ) % {"lift": percent(trial.lift)}),
        Ending.CHANGED: ("warn", _("Stopped by itself: a text was changed"), _(
            "What is compared must stay the same. Somebody has changed the usual text, or an"
            " approval has ended."
        )),
        Ending.STOPPED: ("", _("Stopped by a person"), _("Everybody reads the usual text.")),
        Ending.BACK: ("", _("Rolled back"), _("Everybody reads what stood there before.")),
        Ending.ADOPTED: ("good", _("Text %(letter)s is what everybody reads now") % {
            "letter": letter}, won_by(found, trial)),
    }  # fmt: skip
    kind, headline, text = said.get(trial.ending, ("", _("It is over"), ""))
    return Told(kind, headline, text)


def won_by(found: Standing, trial: Trial) -> str:
    """Say what the adopted text had shown, if it was proven."""
    against = found.against.get(trial.winner)
    if against is None or not against.better:
        return _("It was adopted before a difference was proven.")
    return won(found, trial, trial.winner).text


def why_out(trial: Trial, found: Standing) -> str:
    """Say which arms were taken out, and why."""
    reasons = {
        "drop": _("Text %(letter)s did worse: %(new)s against %(old)s."),
        "cost": _("Text %(letter)s had cost as much as the whole trial may cost: %(new)s against"
                  " %(old)s."),
        "harm": _("Text %(letter)s hurt what must be kept: see below."),
    }  # fmt: skip
    said = []
    for arm in trial.arms.all():
        if arm.out in reasons and arm.name in found.totals:
            said.append(
                reasons[arm.out]
                % {
                    "letter": letter_of([*found.arms], arm.name),
                    "new": percent(found.totals[arm.name].rate),
                    "old": percent(found.totals[USUAL].rate),
                }
            )
    return " ".join([*said, _("Everybody reads the usual text.")])


def difference(one: Comparison) -> str:
    """Return a difference with its interval in words."""
    return _("%(difference)s points, between %(low)s and %(high)s") % {
        "difference": points(one.difference), "low": points(one.low), "high": points(one.high),
    }  # fmt: skip
