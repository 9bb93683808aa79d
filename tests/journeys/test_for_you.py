"""What fits, in Chromium: three clicks change it, it says why, forgetting undoes it, off is off."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from catalog.encoding import encode_products
from profiles.sources.exploring import Drawn
from shopguide.accounts.models import Merchant
from shopguide.inference.fakes import FakeEncoder
from tests.conftest import FULL
from tests.journeys import market
from tests.journeys.conftest import Visit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not FULL, reason="half a minute in a browser: make test-all"),
]
Open = Callable[..., Visit]
HOODIES = "/search/?q=hoodie"


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve one demo shop with its vectors; nobody is shown anything by chance."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:  # type: ignore[attr-defined]
        patch.setattr("catalog.views._results.query_vector", lambda _text: None)
        patch.setattr("profiles.recommending.draw", no_chance)
        patch.setattr("django.conf.settings.ENCODER_ID", FakeEncoder().id)
        market.fill(tmp_path_factory.mktemp("catalogue"))
        encode_products(Merchant.objects.get(slug=market.SHOP), encoder=FakeEncoder())
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        market.empty()


def no_chance(*_asked: object) -> Drawn | None:
    """Put nothing first by lot."""
    return None


def offered(page: Page) -> list[str]:
    """Return what is offered, in order."""
    return page.locator("ul.grid .card-title").all_inner_texts()


def found(page: Page, path: str) -> tuple[list[str], list[str], str]:
    """Return what a search finds in order, with its prices and its count."""
    page.goto(path)
    cards = page.locator(".results .card")
    titles = cards.locator(".card-title").all_inner_texts()
    prices = cards.locator(".price").all_inner_texts()
    return titles, prices, page.locator("#found").inner_text()


def test_three_clicks_change_it_and_forgetting_undoes_it(site: str, visit: Open) -> None:
    window, nobody = visit(site), visit(site)
    page = window.go("/for-you/")
    plain = found(nobody.page, HOODIES)
    page.get_by_role("button", name="Learn what I like").click()
    expect(page.get_by_text("From now on what you look at counts.")).to_be_visible()
    page.goto("/search/?q=dress")
    window.go(str(page.locator(".results .card-title a").first.get_attribute("href")))
    before = offered(window.go("/for-you/"))
    assert before and "hoodie" not in " ".join(before[:3]).lower()

    page.goto(HOODIES)
    paths = [one.get_attribute("href") for one in page.locator(".results .card-title a").all()[:3]]
    looked_at = []
    for path in paths:
        looked_at.append(window.go(str(path)).locator("h1").inner_text())
    begun = time.monotonic()
    after = offered(window.go("/for-you/"))
    took = time.monotonic() - begun
    print(f"three clicks, then what fits anew: {took:.2f} s")
    assert after != before and "hoodie" in " ".join(after[:4]).lower()
    reasons = page.locator("ul.grid .card").all_inner_texts()
    named = [text for text in reasons if "Because you looked at" in text or "searched for" in text]
    assert named and any(title[:20] in text for title in looked_at for text in named)

    for what in [*looked_at, "hoodie"]:
        page.get_by_role("button", name=f"Forget · {what}", exact=True).first.click()
        expect(page.get_by_text("Forgotten. It no longer counts.")).to_be_visible()
    assert [one for one in offered(page) if "hoodie" in one.lower()] == [
        one for one in before if "hoodie" in one.lower()
    ]
    assert set(offered(page)[:3]) == set(before[:3])

    tasted = found(page, HOODIES)
    window.go("/for-you/")
    page.get_by_role("button", name="Switch it off").click()
    expect(page.get_by_text("From now on nothing counts.")).to_be_visible()
    off = found(page, HOODIES)
    assert off == plain == found(nobody.page, HOODIES)
    assert sorted(zip(*tasted[:2], strict=True)) == sorted(zip(*plain[:2], strict=True))
    assert tasted[2] == plain[2]
    assert window.complaints == [] and window.strangers == []
