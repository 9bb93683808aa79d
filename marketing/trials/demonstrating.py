"""Trials of the demo: one that has found a better title, one whose split shifts, one that did harm.

For `load_marketing_demo`. The texts are composed from the demo's facts and approved by its people;
the shoppers are simulated, their tastes known and the differences planted. Doing it twice changes
nothing.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from catalog.models import Product
from marketing.copy.checking import examine
from marketing.copy.demonstrating import Staff, approved, drafts_for
from marketing.copy.examining import Refused
from marketing.models import Draft, Trial
from marketing.trials.minding import mind, shown
from marketing.trials.running import Wanted, begin
from profiles.experiments.allotting import allotted
from profiles.experiments.splitting import arm_of
from profiles.models import Consent, Event, Exposure, Kind, Purpose
from profiles.models.experiment import Mode, Place
from profiles.simulating.populating import NAMES, market_world
from profiles.simulating.walking import World
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant

SHOP = "cloudloom"
WORDING = "demo"
# Whoever is shown a thing that is nothing for them opens it so often; one that fits, so much more.
ANYWAY, FITS = 0.09, 0.25


@dataclass(frozen=True)
class Play:
    """One trial as it is played: of the shop's live products the so-maniest, and what differs.

    ``worth``: how much more often each tried text brings people to do it.
    """

    place: int
    channel: str
    locale: str
    wanted: Wanted
    people: int
    days: int
    worth: tuple[float, ...]
    deed: Kind = Kind.VIEW


# What is tried, expected of it, and planted.
PLAYS = (
    Play(
        3, "title", "zh-hans", people=760, days=12, worth=(0.9,),
        wanted=Wanted("click", 0.5, Mode.AB, "标题先说材质和用途，点开的人会更多。"),
    ),
    Play(
        9, "description", "zh-hans", people=150, days=6, worth=(0.35, -0.3), deed=Kind.CART,
        wanted=Wanted("cart", 0.5, Mode.BANDIT, "描述里把尺寸和场合讲清楚，加购会多一些。"),
    ),
    Play(
        15, "title", "en", people=700, days=9, worth=(-0.75,),
        wanted=Wanted("click", 0.5, Mode.AB, "A longer title may cost clicks."),
    ),
)  # fmt: skip


def demonstrate(slug: str = SHOP) -> dict[str, int]:
    """Give a demo shop its trials if it has none; return how many, and how many people met them."""
    with as_everyone():
        staff = Staff.of(slug)
        filled = staff is None or Trial.objects.filter(merchant=staff.shop).exists()
    told = {"trials": 0, "people": 0}
    if staff is None or filled:
        return told
    world, _offers = market_world()
    for number, play in enumerate(PLAYS):
        with as_merchant(staff.shop):
            spoken = Product.objects.filter(texts__locale=play.locale, texts__arm="")
            products = list(spoken.of(staff.shop).live().order_by("sku"))
        trial = begun(staff, products, play)
        if trial is not None:
            play_through(trial, play, world, number)
            told["trials"] += 1
            told["people"] += play.people
    return told


def begun(staff: Staff, products: Sequence[Product], play: Play) -> Trial | None:
    """Write, approve and begin one trial; None where the facts are too few for its texts."""
    if play.place >= len(products):
        return None
    texts: list[Draft] = []
    for draft in drafts_for(staff, products[play.place], play.channel, play.locale):
        agreed = approved(staff, draft) if len(texts) < len(play.worth) else None
        texts += [agreed] if agreed is not None else []
    try:
        trial: Trial = staff.do(staff.writer, begin, texts, wanted=play.wanted, examine=examine)
    except Refused:
        return None
    return trial


def play_through(trial: Trial, play: Play, world: World, number: int) -> None:
    """Let simulated shoppers meet a trial day by day, as it would have gone, and mind it."""
    start = timezone.now() - timedelta(days=play.days)
    backdated(trial, start)
    names = [name for name, _share in trial.experiment.arms]
    worth = dict(zip(names, (0.0, *play.worth), strict=False))
    crowd = Crowd(trial, play, world, worth, random.Random(f"trial {number}"))  # noqa: S311
    a_day = -(-play.people // play.days)
    for day in range(play.days):
        at = start + timedelta(days=day)
        came = range(day * a_day, min(play.people, (day + 1) * a_day))
        crowd.come([f"{number} {one}" for one in came], at)
        if trial.experiment.mode == Mode.BANDIT and day + 1 < play.days:
            shift(trial, at + timedelta(days=1))
    with as_everyone():
        rows = Trial.objects.select_related("experiment", "product")
        fresh = rows.prefetch_related("arms__draft").get(pk=trial.pk)
    mind(fresh, timezone.now())


def backdated(trial: Trial, start: datetime) -> None:
    """Let a trial have begun in the past."""
    experiment = trial.experiment
    experiment.started_at = experiment.made_at = trial.began_at = start
    experiment.splits = [[start.isoformat(), dict(experiment.arms)]]
    trial.demo = True
    with as_everyone():
        experiment.save(update_fields=["started_at", "made_at", "splits"])
        trial.save(update_fields=["began_at", "demo"])


@dataclass(frozen=True)
class Crowd:
    """Simulated shoppers who come upon a trial. ``worth``: what each arm adds to their doing it."""

    trial: Trial
    play: Play
    world: World
    worth: Mapping[str, float]
    dice: random.Random

    def come(self, names: Sequence[str], day: datetime) -> None:
        """Write down who met what on one day, and what they did. Four statements."""
        shares, experiment = dict(self.trial.experiment.arms), self.trial.experiment
        people, consents, met, deeds = [], [], [], []
        for name in names:
            who = Shopper(pk=uuid.uuid5(NAMES, f"trial visitor {name}"))
            arm = arm_of(shares, f"demo {self.play.place}", str(who.pk))
            at = day + timedelta(seconds=self.dice.uniform(0, 80_000))
            people.append(who)
            consents.append(Consent(shopper=who, purpose=Purpose.PERSONALISATION, given=True,
                                    via="demo", wording=WORDING, at=day))  # fmt: skip
            met.append(Exposure(experiment=experiment, shopper=who, arm=arm, at=at,
                                propensity=shares[arm] / sum(shares.values()),
                                place=Place.LIST))  # fmt: skip
            if self.dice.random() < self.chance(arm):
                later = at + timedelta(seconds=self.dice.uniform(5, 900))
                deeds.append(Event(shopper=who, kind=self.play.deed,
                                   product=self.trial.product_id, at=later))  # fmt: skip
        with as_everyone():
            Shopper.objects.bulk_create(people, ignore_conflicts=True)
            Consent.objects.bulk_create(consents)
            Exposure.objects.bulk_create(met, ignore_conflicts=True)
            Event.objects.bulk_create(deeds)

    def chance(self, arm: str) -> float:
        """Return how likely somebody drawn by lot does it who meets an arm."""
        thing = self.world.things.get(self.trial.product_id)
        who = self.world.persona(self.dice.randrange(10_000))
        fits = self.world.likes(who, thing) if thing else 0.0
        return min(0.95, (ANYWAY + FITS * fits) * (1 + self.worth.get(arm, 0.0)))


def shift(trial: Trial, at: datetime) -> None:
    """Shift the split as the sweep would have on that day."""
    experiment = trial.experiment
    with as_merchant(trial.merchant_id):
        shares = allotted(dict(shown(trial).totals), seed=experiment.pk)
    experiment.arms = [[name, shares[name]] for name, _share in experiment.arms]
    experiment.splits = [*experiment.splits, [at.isoformat(), shares]]
    with as_everyone():
        experiment.save(update_fields=["arms", "splits"])
