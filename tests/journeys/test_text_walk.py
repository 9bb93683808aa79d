"""A text's life in Chromium: asked for, mended, approved, planned, live, tried and put back."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from catalog import tasks as catalogue
from catalog.indexing import index_products
from catalog.search.market import forget
from marketing.copy import tasks
from marketing.models import CopyRules, Draft, Trial
from marketing.trials.running import USUAL
from shopguide.accounts.models import Membership, Merchant, Role, User
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.conftest import FULL
from tests.journeys import market
from tests.journeys.conftest import Visit
from tests.marketing.trials.conftest import crowd

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not FULL, reason="its parts are walked in the ordinary run"),
]
Open = Callable[..., Visit]
SHOP = "/merchant/textwalk/"
HEAD = "sku,title_en,description_en,price_cny,stock,attr_material,attr_season,attr_weight_g\n"
ROW = "HD-1,Cotton hoodie,Soft.,259.00,30,cotton,winter,480\n"
FIRST = "A hoodie for winter. It is made of cotton and weighs 480 g."
SECOND = "Made of cotton, for winter: 480 g."


def take_in(args: tuple[int], **_how: Any) -> None:
    """Do at once what the bell asks a worker to do."""
    catalogue.import_catalog(*args)


def index(pk: int) -> None:
    """Bring the shop's search up to date at once."""
    index_products(Merchant.objects.get(pk=pk))
    forget()


@pytest.fixture
def site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve an empty shop of two people in which nobody approves their own words."""
    told = override_settings(UPLOAD_ROOT=tmp_path_factory.mktemp("uploads"))
    with django_db_blocker.unblock(), told, pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue.import_catalog, "apply_async", take_in)
        patch.setattr(catalogue.index_products, "delay", index)
        patch.setattr(catalogue.draw_pictures, "delay", lambda _pk: None)
        patch.setattr(tasks.write_brief, "delay", tasks.write_brief.run)
        patch.setattr("catalog.views._results.query_vector", lambda _text: None)
        shop = Merchant.objects.create(slug="textwalk", name_en="Walk", currencies=["CNY"])
        for name, role in (("mei", Role.OWNER), ("edda", Role.EDITOR)):
            user = User.objects.create_user(f"{name}@text.example.com")
            Membership.objects.create(user=user, merchant=shop, role=role)
        with as_merchant(shop):
            CopyRules.objects.create(merchant=shop, four_eyes=True, threshold=0.0)
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        market.empty()


def brought(page: Page, folder: Path) -> None:
    """Import a file, and find its product."""
    file = folder / "spring.csv"
    file.write_text(HEAD + ROW)
    page.goto(f"{SHOP}imports/new/")
    page.locator("input[name=file]").set_input_files(file)
    page.get_by_role("button", name="Import without a check").click()
    expect(page.locator("#progress .badge")).to_have_text("Done")


def mended(page: Page, place: int, words: str) -> str:
    """Write a variant anew and send it for approval; return its address."""
    page.get_by_role("link", name="Compare and edit").nth(place).click()
    page.locator("[name='part:description']").fill(words)
    expect(page.locator("#checked")).to_contain_text("Kept at")
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator("main")).to_contain_text("Your shop wants somebody else to approve it")
    return page.url


def tried(page: Page, draft: str) -> None:
    """Try an approved text on shoppers until it has won, and adopt it."""
    page.goto(draft)
    page.get_by_role("link", name="Try it on shoppers").click()
    page.fill("[name=hypothesis]", "Short is better.")
    page.check("[name=lift][value='0.5']")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Nobody has met it yet")).to_be_visible()
    with as_everyone():
        trial = Trial.objects.select_related("experiment").prefetch_related("arms").get()
    arm = next(code for code in dict(trial.experiment.arms) if code != USUAL)
    for days, (usual, better) in ((3, (30, 60)), (1, (35, 90))):
        crowd(trial, USUAL, 250, usual, days_ago=days, kind=trial.experiment.metric)
        crowd(trial, arm, 250, better, days_ago=days, kind=trial.experiment.metric)
    page.reload()
    expect(page.get_by_role("heading", name="Text B does better")).to_be_visible()
    page.get_by_role("button", name="Adopt it").click()
    expect(page.get_by_role("heading", name="Text B is what everybody reads")).to_be_visible()


def reads(window: Visit, words: str) -> None:
    """See in the shop window that a text stands there."""
    page = window.go("/p/textwalk/HD-1/")
    expect(page.locator("main")).to_contain_text(words)


def test_from_a_file_to_a_verdict_and_back(site: str, visit: Open, tmp_path: Path) -> None:
    """Import, weak text, variants, edit, second person, live, experiment, verdict, roll back."""
    owner, editor, shopper = visit(site), visit(site), visit(site)
    mei, edda = owner.sign_in("mei@text.example.com"), editor.sign_in("edda@text.example.com")
    brought(mei, tmp_path)
    edda.goto(f"{SHOP}improve/")
    thin = edda.locator(".copy-row", has_text="Thin").first
    thin.get_by_role("button", name="Write better descriptions").click()
    brief = edda.url
    mei.goto(mended(edda, 0, FIRST))
    mei.get_by_role("button", name="Approve and publish").click()
    mei.get_by_role("link", name="View in the shop").click()
    expect(mei.locator(".prose[data-provenance=generated]")).to_have_text(FIRST)
    edda.goto(brief)
    draft = mended(edda, 1, SECOND)
    mei.goto(draft)
    mei.get_by_role("button", name="Approve only").click()
    expect(mei.get_by_role("button", name="Publish now")).to_be_visible()
    tried(mei, draft)
    reads(shopper, SECOND)
    mei.get_by_role("button", name="Roll back").click()
    expect(mei.get_by_role("heading", name="Rolled back")).to_be_visible()
    reads(shopper, FIRST)
    assert owner.complaints + editor.complaints + owner.strangers + editor.strangers == []


def planned(page: Page) -> None:
    """Plan a text for tomorrow; then let it be tomorrow for the sweep."""
    tomorrow = timezone.localtime() + datetime.timedelta(days=1)
    page.fill("[name=at]", tomorrow.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Plan", exact=True).click()
    expect(page.locator("main")).to_contain_text("It goes live on")
    tasks.publish_planned()
    page.reload()
    expect(page.get_by_role("button", name="Take the plan away")).to_be_visible()
    later = timezone.now() + datetime.timedelta(days=1, minutes=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("marketing.models.draft.timezone.now", lambda: later)
        tasks.publish_planned()


def test_from_a_brief_to_a_former_text(site: str, visit: Open, tmp_path: Path) -> None:
    """Brief, variants, difference, edit, sent back, approved, planned, live, history, restored."""
    owner, editor, shopper = visit(site), visit(site), visit(site)
    mei, edda = owner.sign_in("mei@text.example.com"), editor.sign_in("edda@text.example.com")
    brought(mei, tmp_path)
    edda.goto(f"{SHOP}copy/new/")
    edda.get_by_role("link", name="Cotton hoodie").click()
    edda.select_option("[name=channel]", "description")
    edda.get_by_role("button", name="Write variants").click()
    expect(edda.locator(".copy-variants > li")).not_to_have_count(0)
    draft = mended(edda, 0, FIRST)
    expect(edda.locator("#checked ins").first).to_be_visible()
    expect(edda.locator("#checked").get_by_text("Soft.")).to_be_visible()
    mei.goto(draft)
    mei.fill("[name=reason]", "Say the weight first.")
    mei.get_by_role("button", name="Send back").click()
    edda.goto(draft)
    expect(edda.locator("main")).to_contain_text("Say the weight first.")
    edda.locator("[name='part:description']").fill(SECOND)
    expect(edda.locator("#checked")).to_contain_text("Kept at")
    edda.get_by_role("button", name="Submit for approval").click()
    mei.reload()
    mei.get_by_role("button", name="Approve only").click()
    planned(mei)
    reads(shopper, SECOND)
    mei.reload()
    mei.get_by_role("link", name="versions so far").click()
    expect(mei.locator(".copy-versions > li")).to_have_count(2)
    mei.get_by_role("button", name="Restore").click()
    expect(mei.locator("main")).to_contain_text("The former text is live again.")
    expect(mei.locator(".copy-versions > li")).to_have_count(3)
    reads(shopper, "Soft.")
    with as_everyone():
        assert Draft.objects.get(pk=int(draft.rstrip("/").rpartition("/")[2])).state == "replaced"
    assert owner.complaints + editor.complaints + owner.strangers + editor.strangers == []
