"""Which of the best stands first in a list: now and then another one, with its chance written down.

A contextual bandit over what speaks for a product (`Source`): who is shown what first is learnt
from what was opened, and every chance is known, so that another rule can be judged on what was
logged (`off_policy`). Off unless `LISTS_CURIOUS` is above 0. What was drawn stands in the list's
trace, which gives the same list again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from numpy.typing import NDArray

from profiles.experiments.bandit import Bandit, Belief
from profiles.experiments.off_policy import Estimate, doubly_robust, ips, snips
from profiles.models import Signal, Trained
from profiles.sources.arranging import Candidate
from profiles.sources.learning import put_live
from shopguide.accounts.tenancy import as_everyone

KIND = "reranker"
# Of so many at the top one stands first.
TOP = 4
# What a list is seen by: a constant, how much is known of the shopper, and how much of that is one
# deed.
SIZE = 3
MUCH = 20
# What was shown is judged when a day is over, while its trace is there.
AFTER = timedelta(days=1)
VERSIONS = 5


@dataclass(frozen=True)
class Drawn:
    """What stands first, how likely that was, and what it was drawn by."""

    thing: str
    chance: float
    context: tuple[float, ...]
    chances: Mapping[str, float] = field(default_factory=dict)
    version: int = 0
    usual: str = ""

    def packed(self) -> dict[str, Any]:
        """Return it as JSON for the trace."""
        return {
            "thing": self.thing, "chance": self.chance, "context": list(self.context),
            "chances": dict(self.chances), "version": self.version, "usual": self.usual,
        }  # fmt: skip


def context_of(signals: Sequence[Signal]) -> tuple[float, ...]:
    """Return what a list is seen by, numbers between 0 and 1."""
    weights = [one.weight for one in signals if one.weight > 0]
    whole = sum(weights)
    strongest = round(max(weights) / whole, 6) if whole else 0.0
    return (1.0, min(1.0, len(weights) / MUCH), strongest)


def things_of(chosen: Sequence[Candidate]) -> dict[str, int]:
    """Return what speaks for those at the top, and the place of the first of each."""
    places: dict[str, int] = {}
    for place, one in enumerate(chosen[:TOP]):
        places.setdefault(one.reason.source, place)
    return places


def draw(chosen: Sequence[Candidate], signals: Sequence[Signal], lot: float) -> Drawn | None:
    """Draw what stands first; None where nothing is drawn. ``lot``: even between 0 and 1.

    One query, none while it is off.
    """
    curious = float(settings.LISTS_CURIOUS)
    things = things_of(chosen)
    if not 0 < curious <= 1 or len(things) < 2:
        return None
    bandit, version = believed()
    bandit.curiosity = curious
    context = context_of(signals)
    vector = np.asarray(context)
    if not version:  # nothing is believed yet: the usual first, and now and then another
        bandit.learn(next(iter(things)), vector, 1e-6)
    thing, chance = bandit.choose(list(things), vector, lot)
    chances = bandit.chances(list(things), vector)
    return Drawn(thing, chance, context, chances, version, next(iter(things)))


def put_first(chosen: Sequence[Candidate], thing: str) -> list[Candidate]:
    """Return a list with the first of those that a thing speaks for at its head."""
    place = things_of(chosen).get(thing, 0)
    return [chosen[place], *chosen[:place], *chosen[place + 1 :]] if chosen else []


# --- Learning ---------------------------------------------------------------------------------
def believed() -> tuple[Bandit, int]:
    """Return what was learnt last and its version, 0 for nothing. One query."""
    row = Trained.objects.filter(kind=KIND, live=True).first()
    bandit = Bandit(SIZE)
    for thing, sums in (row.card["beliefs"] if row else {}).items():
        bandit.beliefs[thing] = Belief(np.asarray(sums["gram"]), np.asarray(sums["moment"]))
    return bandit, row.version if row else 0


@dataclass(frozen=True)
class Choice:
    """One list that was drawn, and whether what stood first was opened within a day."""

    thing: str
    chance: float
    context: tuple[float, ...]
    chances: Mapping[str, float]
    usual: str
    reward: float
    at: datetime


CHOICES_SQL = """
SELECT t.inputs->'drawn', t.at, EXISTS (
    SELECT FROM profiles_event e WHERE e.shopper_id = t.shopper_id
        AND e.product = (t.products->>0)::bigint AND e.kind IN ('view', 'click', 'cart', 'purchase')
        AND e.at >= t.at AND e.at < t.at + %(after)s)
FROM profiles_trace t
WHERE t.inputs ? 'drawn' AND t.at > %(since)s AND t.at <= %(until)s ORDER BY t.at
"""


def choices(since: datetime, until: datetime) -> list[Choice]:
    """Return the lists that were drawn in a time, and what came of them. One query."""
    asked: dict[str, Any] = {"after": AFTER, "since": since, "until": until}
    with as_everyone(), connection.cursor() as cursor:
        cursor.execute(CHOICES_SQL, asked)
        rows = cursor.fetchall()
    found = []
    for drawn, at, opened in rows:
        said = json.loads(drawn) if isinstance(drawn, str) else drawn
        found.append(Choice(
            said["thing"], said["chance"], tuple(said["context"]), said["chances"],
            said["usual"], float(opened), at,
        ))  # fmt: skip
    return found


def learn_first(now: datetime | None = None) -> Trained | None:
    """Take in what came of the lists drawn since the last time; None where there are none."""
    now = now or timezone.now()
    newest = Trained.objects.filter(kind=KIND).order_by("-version").first()
    since = datetime.fromisoformat(newest.card["until"]) if newest else now - timedelta(days=14)
    fresh = choices(since, now - AFTER)
    if not fresh:
        return None
    bandit, _version = believed()
    for one in fresh:
        bandit.learn(one.thing, np.asarray(one.context), one.reward)
    beliefs = {
        thing: {"gram": one.gram.tolist(), "moment": one.moment.tolist()}
        for thing, one in bandit.beliefs.items()
    }
    card = {"beliefs": beliefs, "choices": len(fresh), "until": fresh[-1].at.isoformat()}
    with transaction.atomic(), as_everyone():
        version = newest.version + 1 if newest else 1
        made = Trained.objects.create(kind=KIND, version=version, card=card)
        put_live(made)
        old = Trained.objects.filter(kind=KIND, live=False, version__lte=version - VERSIONS)
        old.delete()
    return made


# --- Judging other rules ----------------------------------------------------------------------
def judged(found: Sequence[Choice]) -> dict[str, dict[str, Estimate]]:
    """Return what other rules would have brought on the same lists, each by three estimates.

    ``usual``: what stands first without drawing; ``greedy``: what is believed best; ``even``: by
    lot. ValueError of no lists.
    """
    if not found:
        raise ValueError("nothing was logged")
    bandit = Bandit(SIZE)
    for one in found:
        bandit.learn(one.thing, np.asarray(one.context), one.reward)
    rewards = np.asarray([one.reward for one in found])
    logged = np.asarray([one.chance for one in found])
    told = {}
    for name in ("usual", "greedy", "even"):
        wanted = [chances_by(name, one, bandit) for one in found]
        guesses = [
            {t: bandit.belief(t).guess(np.asarray(one.context)) for t in one.chances}
            for one in found
        ]
        told[name] = estimates(found, rewards, logged, wanted, guesses)
    return told


def estimates(
    found: Sequence[Choice],
    rewards: NDArray[np.float64],
    logged: NDArray[np.float64],
    wanted: Sequence[Mapping[str, float]],
    guesses: Sequence[Mapping[str, float]],
) -> dict[str, Estimate]:
    """Return one rule's worth by IPS, SNIPS and doubly robust."""
    chosen = np.asarray([by[one.thing] for one, by in zip(found, wanted, strict=True)])
    guessed = np.asarray([by[one.thing] for one, by in zip(found, guesses, strict=True)])
    expected = np.asarray(
        [sum(by[t] * said[t] for t in by) for by, said in zip(wanted, guesses, strict=True)]
    )
    return {
        "ips": ips(rewards, logged, chosen),
        "snips": snips(rewards, logged, chosen),
        "dr": doubly_robust(rewards, logged, chosen, guessed, expected),
    }


def chances_by(name: str, one: Choice, bandit: Bandit) -> dict[str, float]:
    """Return how likely a rule would have put each first."""
    things = list(one.chances)
    if name == "even":
        return dict.fromkeys(things, 1 / len(things))
    if name == "usual":
        best = one.usual
    else:
        best = max(things, key=lambda t: bandit.belief(t).guess(np.asarray(one.context)))
    return {thing: float(thing == best) for thing in things}
