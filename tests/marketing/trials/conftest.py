"""A shop with a kettle that two approved titles compete for, and shoppers who agreed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from catalog.models import Product
from marketing.models import Draft, DraftState, Trial
from marketing.trials.running import begin
from profiles.models import Consent, Event, Exposure, Kind, Purpose
from profiles.models.experiment import Place
from shopguide.accounts.acting import acting
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_product
from tests.people import People, make_people

USUAL, TRIED = "Steel kettle", "Steel kettle, 1.7 litres, boils quietly"


def holds(*_text: Any, **_about: Any) -> Any:
    """Find nothing wrong, as the check does with a text that holds."""
    return SimpleNamespace(claims=[], warnings=[], publishable=True)


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the check of claims find nothing wrong: what it finds has tests of its own."""
    monkeypatch.setattr("marketing.copy.publishing.examiner", lambda: holds)


@dataclass(frozen=True)
class Stall:
    """The people of the shop Loom, and a kettle that it sells."""

    people: People
    kettle: Product

    @property
    def loom(self) -> Merchant:
        """Return the shop."""
        return self.people.loom

    def approved(self, words: str = TRIED, **fields: Any) -> Draft:
        """Save a draft that the owner has approved."""
        said: dict[str, Any] = {
            "merchant": self.loom, "product": self.kettle, "channel": "title", "locale": "en",
            "parts": {"title": words}, "writer": "realiser", "made_by": self.people.edda,
        }  # fmt: skip
        owner = self.people.mei
        with acting(owner.pk, "web"), as_merchant(self.loom):
            draft = Draft.objects.create(**(said | fields), state=DraftState.SUBMITTED)
            draft.state, draft.decided_by = DraftState.APPROVED, owner
            draft.approved_at = timezone.now()
            draft.save()
        return draft

    def trial(self, *drafts: Draft, **wanted: Any) -> Trial:
        """Begin a trial of a title."""
        from marketing.trials.running import Wanted

        found = list(drafts) or [self.approved()]
        return begin(found, by=self.people.edda, wanted=Wanted(**wanted), examine=holds)


def crowd(trial: Trial, arm: str, people: int, did: int, *, kind: str = Kind.VIEW,
          days_ago: float = 2) -> list[Shopper]:  # fmt: skip
    """Let so many have met an arm in a list, and so many of them have done something after."""
    at = timezone.now() - timedelta(days=days_ago)
    shoppers = Shopper.objects.bulk_create(Shopper() for _n in range(people))
    likely = dict(trial.experiment.arms).get(arm) or 0.5
    with as_everyone():
        Exposure.objects.bulk_create(
            Exposure(experiment=trial.experiment, shopper=one, arm=arm, at=at, propensity=likely,
                     place=Place.LIST)
            for one in shoppers
        )  # fmt: skip
        Event.objects.bulk_create(
            Event(shopper=one, kind=kind, product=trial.product_id, at=at + timedelta(minutes=1))
            for one in shoppers[:did]
        )
    return shoppers


@pytest.fixture
def stall(db: None, sound: None) -> Stall:
    """Return everybody and the kettle."""
    people = make_people()
    kettle = make_product(people.loom, "KT-1", title=USUAL, title_zh="钢水壶", stock=3)
    return Stall(people, kettle)


@pytest.fixture
def agreed() -> Callable[[], Shopper]:
    """Return a function that makes a shopper who agreed to personalisation."""

    def make() -> Shopper:
        shopper = Shopper.objects.create()
        with as_everyone():
            Consent.objects.create(
                shopper=shopper, purpose=Purpose.PERSONALISATION, given=True, wording="x"
            )
        return shopper

    return make
