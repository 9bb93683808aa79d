"""The demo's trials: real texts, simulated shoppers, a verdict each; twice is once."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog.search.market import Market
from marketing.models import Trial
from marketing.trials.demonstrating import PLAYS, demonstrate
from marketing.trials.minding import shown
from profiles.models import Exposure
from shopguide.accounts.models import Membership, Merchant, Role
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.demo_market import demo_database, demo_market
from tests.people import browser, make_user

__all__ = ["demo_database", "demo_market"]


@pytest.fixture
def owner(demo_market: Market) -> Client:
    """Return the browser of the owner of the demo's shop."""
    shop = Merchant.objects.get(slug="cloudloom")
    Merchant.objects.filter(pk=shop.pk).update(is_demo=True)
    for name, role in (("kai", Role.OWNER), ("lea", Role.EDITOR)):
        person = make_user(name)
        Membership.objects.create(user=person, merchant=shop, role=role)
    return browser(person)


def test_the_demo_shows_a_winner_a_shifting_split_and_harm_that_was_stopped(owner: Client) -> None:
    told = demonstrate()
    assert told["trials"] == len(PLAYS)
    assert demonstrate() == {"trials": 0, "people": 0}
    with as_everyone():
        rows = Trial.objects.select_related("experiment", "product").order_by("pk")
        trials = list(rows.prefetch_related("arms__draft"))
        standings = [shown(one) for one in trials]
        assert Exposure.objects.filter(propensity=None).count() == 0
    won, shifting, harmful = trials
    assert standings[0].decision.doing == "adopt" and won.winner and won.running and won.demo
    assert standings[1].decision.doing == "wait" and shifting.running
    assert len(shifting.experiment.splits) == 7  # each day, and now
    assert harmful.ending == "harm" and not harmful.running
    page = owner.get(reverse("merchant_trial", args=["cloudloom", won.pk])).content.decode()
    assert "Text B does better" in page and "chart-names" in page
    assert "Demo" in owner.get(reverse("merchant_trials", args=["cloudloom"])).content.decode()
