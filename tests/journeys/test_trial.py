"""From an approved text to a trial, its verdict, the winner, and back again, in Chromium."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from catalog import tasks
from catalog.indexing import index_products
from catalog.models import ProductText
from catalog.search.market import forget
from marketing.models import Trial
from marketing.trials.running import USUAL
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_product
from tests.journeys import market
from tests.journeys.conftest import Visit
from tests.marketing.trials.conftest import Stall, crowd, holds
from tests.people import browser as signed_in
from tests.people import make_people

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]


def index(pk: int) -> None:
    """Bring the shop's search up to date at once."""
    index_products(Merchant.objects.get(pk=pk))
    forget()


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, Stall]]:
    """Serve a shop with a kettle and an approved title for it."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks.index_products, "delay", index)
        patch.setattr("catalog.views._results.query_vector", lambda _text: None)
        patch.setattr("marketing.copy.publishing.examiner", lambda: holds)
        people = make_people()
        stall = Stall(people, make_product(people.loom, "KT-1", title="Steel kettle", stock=3))
        server = LiveServer("127.0.0.1")
        yield server.url, stall
        server.stop()
        market.empty()


def test_draft_trial_verdict_adopt_and_back(visit: Open, site: tuple[str, Stall]) -> None:
    address, stall = site
    draft = stall.approved()
    window = visit(address)
    name = settings.SESSION_COOKIE_NAME
    session = signed_in(stall.people.edda).cookies[name].value
    window.context.add_cookies([{"name": name, "value": session, "url": address}])
    page = window.go("merchant/loom/trials/")
    expect(page.get_by_role("heading", name="Nothing is being tried")).to_be_visible()
    page.click("text=Try a text >> nth=0")
    page.click(f"a[href='?draft={draft.pk}']")
    page.fill("[name=hypothesis]", "People want to know how much it holds.")
    page.check("[name=lift][value='0.5']")
    page.click("button:has-text('Begin')")
    expect(page.get_by_role("heading", name="Nobody has met it yet")).to_be_visible()
    with as_everyone():
        trial = Trial.objects.select_related("experiment").prefetch_related("arms").get()
    arm = f"d{draft.pk}"
    crowd(trial, USUAL, 150, 20, days_ago=4)
    crowd(trial, arm, 150, 26, days_ago=3)
    page.reload()
    expect(page.get_by_role("heading", name="Not enough data yet: about")).to_be_visible()
    crowd(trial, USUAL, 250, 35, days_ago=2)
    crowd(trial, arm, 250, 90, days_ago=1)
    page.reload()
    expect(page.get_by_role("heading", name="Text B does better")).to_be_visible()
    page.click("button:has-text('Adopt it')")
    expect(page.get_by_role("heading", name="Text B is what everybody reads")).to_be_visible()
    page.click("button:has-text('Roll back')")
    expect(page.get_by_role("heading", name="Rolled back")).to_be_visible()
    with as_merchant(stall.loom):
        titles = ProductText.objects.filter(product=stall.kettle).values_list("title", flat=True)
        assert list(titles) == ["Steel kettle"]
    assert window.complaints == [] and window.strangers == []
