"""Who meets a text under test: who agreed, always the same one, and nobody else notices."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.signing import Signer
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.indexing import index_products
from catalog.search.market import forget
from marketing.models import Trial
from marketing.trials.running import USUAL, Ending, end
from profiles.models import Exposure
from profiles.models.experiment import Place
from profiles.noting import carry_arms
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import COOKIE
from shopguide.accounts.tenancy import as_everyone
from tests.marketing.trials.conftest import TRIED, Stall
from tests.marketing.trials.conftest import USUAL as WORDS

Make = Callable[[], Shopper]


def browser_of(shopper: Shopper | None, **headers: str) -> Client:
    """Return the browser of an anonymous shopper."""
    client = Client(headers={"User-Agent": "Mozilla/5.0", **headers})
    client.cookies["language"] = "en"
    if shopper is not None:
        client.cookies[COOKIE] = Signer(salt="shopguide.shopper").sign(str(shopper.pk))
    return client


def page(shopper: Shopper | None, **headers: str) -> str:
    """Return the kettle's page as a shopper gets it."""
    url = reverse("product", args=["loom", "KT-1"])
    return browser_of(shopper, **headers).get(url).content.decode()


def exposures() -> list[tuple[Any, str, str]]:
    """Return who met what where."""
    with as_everyone():
        rows = Exposure.objects.order_by("pk")
        return list(rows.values_list("shopper_id", "arm", "place"))


@pytest.fixture
def trial(stall: Stall) -> Trial:
    """Return a trial that runs, on a product that search knows."""
    made = stall.trial()
    index_products(stall.loom)
    forget()
    return made


def both(trial: Trial, make: Make) -> dict[str, Shopper]:
    """Return somebody for each arm."""
    from profiles.experiments.splitting import arm_of

    found: dict[str, Shopper] = {}
    while len(found) < 2:
        shopper = make()
        arm = arm_of(dict(trial.experiment.arms), trial.experiment.salt, str(shopper.pk))
        found.setdefault(arm, shopper)
    return found


def test_who_agreed_meets_one_text_and_keeps_it(trial: Trial, agreed: Make) -> None:
    arm = trial.experiment.arms[1][0]
    people = both(trial, agreed)
    for name, words, other in ((USUAL, WORDS, TRIED), (arm, TRIED, WORDS)):
        for _again in range(2):
            said = page(people[name])
            assert f">{words}</h1>" in said and f">{other}</h1>" not in said
    assert sorted(exposures(), key=str) == sorted(
        [(people[name].pk, name, Place.PAGE) for name in people], key=str
    )
    with as_everyone():
        assert set(Exposure.objects.values_list("propensity", flat=True)) == {0.5}
    end(trial, Ending.STOPPED)
    assert f">{WORDS}</h1>" in page(people[arm])


@pytest.mark.parametrize("who", ["nobody", "undecided", "robot"])
def test_everybody_else_reads_the_usual_text_and_leaves_no_row(
    trial: Trial, agreed: Make, who: str
) -> None:
    tried = both(trial, agreed)[trial.experiment.arms[1][0]]
    said = {
        "nobody": lambda: page(None),
        "undecided": lambda: page(Shopper.objects.create()),
        "robot": lambda: page(tried, **{"User-Agent": "Googlebot/2.1"}),
    }[who]()
    assert f">{WORDS}</h1>" in said and exposures() == []


def test_lists_and_the_api_show_the_same_title_and_the_same_price(
    trial: Trial, agreed: Make
) -> None:
    people = both(trial, agreed)
    arm = trial.experiment.arms[1][0]
    seen = {}
    for name, shopper in people.items():
        client = browser_of(shopper)
        listed = client.get(reverse("search"), {"q": "kettle"}).content.decode()
        words = TRIED if name == arm else WORDS
        assert f">{words}</a>" in listed
        token = Signer(salt="shopguide.shopper").sign(str(shopper.pk))
        app = {"headers": {"Shopper-Token": token, "Accept-Language": "en"}}
        hit = Client().get(reverse("api_search"), {"q": "kettle"}, **app).json()["hits"][0]
        one = Client().get(reverse("api_product", args=["loom", "KT-1"]), **app).json()
        assert hit["title"] == one["title"] == words
        seen[name] = (hit["price"], one["variants"], listed.count("99"))
    assert seen[USUAL] == seen[arm]
    assert [place for _who, _arm, place in exposures()] == [Place.LIST, Place.LIST]


def test_it_costs_nothing_without_agreement_and_one_query_with_it(
    stall: Stall, agreed: Make
) -> None:
    url = reverse("product", args=["loom", "KT-1"])
    from django.db import connection

    client = browser_of(None)
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(url)
    assert not [one for one in asked.captured_queries if "profiles_experiment" in one["sql"]]
    client = browser_of(agreed())
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    mine = [one["sql"] for one in asked.captured_queries if "profiles_exp" in one["sql"]]
    assert len([sql for sql in mine if '"profiles_experiment"."product_id" IN' in sql]) <= 2
    assert not [sql for sql in mine if "profiles_exposure" in sql]


def test_a_page_fetched_ahead_is_not_counted_and_an_arm_outlives_sign_in(
    trial: Trial, agreed: Make
) -> None:
    tried = both(trial, agreed)[trial.experiment.arms[1][0]]
    assert f">{TRIED}</h1>" in page(tried, **{"Sec-Purpose": "prefetch"}) and exposures() == []
    page(tried)
    person = both(trial, agreed)[USUAL]
    carry_arms(tried, person)
    assert f">{TRIED}</h1>" in page(person)
