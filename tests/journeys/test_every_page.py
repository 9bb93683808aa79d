"""Every page of the demo market place that a link leads to, looked at by a machine: for everybody.

The gallery holds made-up contexts with the worst that may come; here are the real ones, with the
demo's own people, orders, drafts, trials, campaigns, alerts and articles.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from catalog import demo
from catalog.search.market import forget
from marketing.models import Campaign
from profiles.models import Segment
from shopguide.accounts.models import User
from shopguide.accounts.tenancy import as_everyone
from tests.conftest import FULL
from tests.journeys import looking, market
from tests.journeys.conftest import Visit
from tests.journeys.crawling import Found, crawl
from tests.journeys.gallery import PAGES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not FULL, reason="minutes, with the whole demo: make test-all"),
]
TEMPLATES = Path(settings.BASE_DIR) / "templates"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze 不可断行的长名称不可断行的长名称"
STARTS = {
    "merchant@example.com": ["/merchant/cloudloom/"],
    "operator@example.com": ["/operator/figures/"],
    "shopper@example.com": [
        "/", "/account/", "/ask/", "/for-you/", "/for-you/taste/", "/privacy/", "/lists/",
        "/orders/", "/cart/", "/checkout/", "/compare/",
    ],
    "": ["/", "/cart/", "/accounts/login/", "/accounts/signup/", "/search/?q=xyzzyqq", "/no/"],
}  # fmt: skip
# Pages that no link of the demo leads to; their own tests look at them, or the gallery does.
APART = re.compile(
    r"(^|/)_|^(admin|allauth|account|mail|marketing/mail|layouts|components)/|^api\.html|^\d+"
    r"|^(offline|style)\.html|csrf"
    r"|accounts/(invitation|sessions|merchant/webhook|operator/suspend)"
    r"|catalog/(alert_stop|(operator|merchant)/shops|operator/demo|checkout|order_address|returns?|order_return|order_review)"
    r"|catalog/merchant/(bulk|bulk_new|category|grid_changes|import_mapping|return|suspended)"
    r"|assistant/merchant/chat"
    r"|profiles/erased"
)


def without_pictures(slug: str) -> Iterator[dict[str, Any]]:
    """Return a shop's records: drawing 300 pictures says nothing of pages."""
    for record in PRODUCTS(slug):
        yield {**record, "media": []}


def no_pictures(_slug: str, folder: Path, **_wanted: Any) -> None:
    """Make the folder that the import looks for, with nothing in it."""
    folder.mkdir(parents=True, exist_ok=True)


PRODUCTS = demo.products


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Serve the whole demo, some names in it longer than anybody would wish."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "products", without_pictures)
        patch.setattr(demo, "pictures", no_pictures)
        for command in (["load_demo"], ["index"], ["encode"], ["import_knowledge", "--demo"],
                        ["simulate"], ["load_marketing"]):  # fmt: skip
            call_command(*command)
        with as_everyone():
            for kind in (Campaign, Segment):
                last = kind.objects.latest("pk")  # type: ignore[attr-defined]
                kind.objects.filter(pk=last.pk).update(name=LONG)  # type: ignore[attr-defined]
        forget()
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        market.empty()


@pytest.fixture(scope="module")
def found(site: str) -> dict[str, list[Found]]:
    """Return every page that a link leads to, for each person."""
    return {email: crawl(client(email), starts) for email, starts in STARTS.items()}


def client(email: str) -> Client:
    """Return a client in which somebody is signed in, or nobody is."""
    made = Client()
    if email:
        made.force_login(User.objects.get(email=email))
    return made


@pytest.fixture
def window(site: str, browser: Browser) -> Iterator[Callable[[str, str], Visit]]:
    """Return a function that opens a window for somebody in a language."""
    opened: list[Visit] = []

    def open_window(email: str, language: str) -> Visit:
        opened.append(Visit(browser, site, language=language, reduced_motion="reduce"))
        if email:
            opened[-1].sign_in(email)
        return opened[-1]

    yield open_window
    for one in opened:
        one.context.close()


# One half of the pages is looked at in English by day on a desk, the other in Chinese by night on
# a phone: both ways of all of them were seen to hold, and took 24 minutes on a busy machine.
LOOKS = {"en": (1280, "light"), "zh-hans": (360, "dark")}


def faults(visit: Visit, path: str, language: str) -> list[str]:
    """Return what is wrong with one page: too wide, barring somebody, complaining, calling out."""
    width, theme = LOOKS[language]
    visit.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page = visit.go(path)
    wrong = looking.too_wide(page, width) + looking.barriers(page)
    if page.locator("h1").count() != 1:
        wrong.append("not one heading")
    return [f"{path} {text}" for text in [*wrong, *visit.complaints, *visit.strangers]]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("email", STARTS, ids=lambda email: email.partition("@")[0] or "nobody")
def test_every_page_is_wide_enough_and_open_to_all(
    found: dict[str, list[Found]], window: Callable[[str, str], Visit], email: str, language: str
) -> None:
    """No page scrolls sideways, bars anybody, complains, or calls a stranger."""
    visit = window(email, language)
    wrong: list[str] = []
    for one in found[email][list(LOOKS).index(language) :: 2]:
        visit.complaints.clear()
        visit.strangers.clear()
        wrong += faults(visit, one.path, language)
    assert wrong == []


def test_every_template_is_looked_at(found: dict[str, list[Found]]) -> None:
    """A page that no link leads to stands in the gallery, or in the list above."""
    met = {name for pages in found.values() for one in pages for name in one.templates}
    met |= {template for template, _build in PAGES.values()}
    every = {str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html")}
    assert sorted(name for name in every - met if not APART.search(name)) == []
