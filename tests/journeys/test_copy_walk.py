"""Copy in Chromium: a weak text is found, written anew, mended, approved by another, and live."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from catalog.search.market import forget
from marketing.copy import tasks
from marketing.models import CopyRules, Draft
from shopguide.accounts.models import Membership, Merchant, Role, User
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product
from tests.conftest import FULL
from tests.journeys import market
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]
SHOP = "/merchant/copywalk/"
# Fifty in two minutes is the promise; the ordinary run decides on a few.
MANY = 50 if FULL else 4
SECONDS = 120


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Serve a shop of two people, with a thin text and drafts that wait."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks.write_brief, "delay", tasks.write_brief.run)
        patch.setattr("catalog.tasks.index_products.delay", lambda _pk: None)
        shop = Merchant.objects.create(slug="copywalk", name_en="Walk", currencies=["CNY"])
        for name, role in (("mei", Role.OWNER), ("edda", Role.EDITOR)):
            user = User.objects.create_user(f"{name}@walk.example.com")
            Membership.objects.create(user=user, merchant=shop, role=role)
        hoodie = make_product(
            shop, "HD-1", title="Cotton hoodie", description="Soft.", stock=3, title_zh="棉卫衣",
            attributes={"material": ["cotton"], "season": ["winter"], "weight_g": 480},
        )  # fmt: skip
        with as_merchant(shop):
            CopyRules.objects.create(merchant=shop, four_eyes=True, threshold=0.0)
            Draft.objects.bulk_create(
                Draft(merchant=shop, product=hoodie, channel="title", locale="en",
                      state="submitted", writer="realiser", made_by=user,
                      parts={"title": f"Cotton hoodie, {word}"})
                for word in ["in cotton"] * MANY
            )  # fmt: skip
        forget()
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        market.empty()


def sign_in(window: Visit, name: str) -> Page:
    """Open a window in which somebody is signed in."""
    client = Client()
    client.force_login(User.objects.get(email=f"{name}@walk.example.com"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    window.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": window.site}]
    )
    return window.page


def test_from_a_weak_text_to_the_shop_window(site: str, visit: Open) -> None:
    edda = sign_in(visit(site, language="en"), "edda")
    edda.goto(f"{SHOP}improve/")
    thin = edda.locator(".copy-row", has_text="Thin").first
    thin.get_by_role("button", name="Write better descriptions").click()
    edda.get_by_role("link", name="Compare and edit").first.click()
    field = edda.locator("[name='part:description']")
    field.fill("The best hoodie in the world. It is made of cotton.")
    expect(edda.locator("#checked mark.blocked").first).to_be_visible()
    field.fill("A hoodie for winter. It is made of cotton and weighs 480 g.")
    expect(edda.locator("#checked mark")).to_have_count(0)
    expect(edda.locator("#checked")).to_contain_text("Kept at")
    edda.get_by_role("button", name="Submit for approval").click()
    expect(edda.locator("main")).to_contain_text("Your shop wants somebody else to approve it")
    mei = sign_in(visit(site, language="en"), "mei")
    mei.goto(edda.url.replace(site, ""))
    mei.get_by_role("button", name="Approve and publish").click()
    mei.get_by_role("link", name="View in the shop").click()
    about = mei.locator(".prose[data-provenance=generated]")
    expect(about).to_contain_text("weighs 480 g")
    expect(mei.locator("main")).to_contain_text("written with AI and approved by the shop")


def test_many_are_decided_by_keys_alone(site: str, visit: Open) -> None:
    mei = sign_in(visit(site, language="en"), "mei")
    mei.goto(f"{SHOP}copy/review/")
    expect(mei.locator("[data-review]")).to_have_count(MANY)
    mei.keyboard.press("r")
    mei.keyboard.type("Says too little")
    mei.keyboard.press("Enter")
    decided = mei.locator("[data-review].decided")
    # The first decision of a process reads its dictionaries.
    expect(decided).to_have_count(1, timeout=30_000)
    mei.keyboard.press("u")
    expect(decided).to_have_count(0)
    mei.keyboard.press("k")
    for number in range(1, MANY + 1):
        mei.keyboard.press("a")
        expect(decided).to_have_count(number, timeout=SECONDS * 1000 // MANY)
    expect(mei.locator("[data-review] .badge").last).to_have_text(re.compile("Live"))
