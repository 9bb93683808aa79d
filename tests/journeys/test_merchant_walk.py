"""A merchant's walk in Chromium: a file with errors comes in, is repaired, edited and put first."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import override_settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from catalog import tasks
from catalog.indexing import index_products
from catalog.search.market import forget
from shopguide.accounts.models import Membership, Merchant, Role, User
from tests.conftest import FULL
from tests.journeys import looking, market
from tests.journeys.conftest import PATIENCE_MS, Visit

pytestmark = [
    pytest.mark.browser,
    # Minutes on a busy machine: each step has tests of its own in the ordinary run.
    pytest.mark.skipif(not FULL, reason="the whole walk is part of make test-all"),
]
Open = Callable[..., Visit]
# A shop for each test: they come in any order.
SHOP, LARGE = "/merchant/walk/", "/merchant/large/"
FILE = """Nr;Bezeichnung;Einzelpreis;Bestand
MUG-1;Enamel mug blue;19.90;5
MUG-2;Enamel mug red;cheap;3
MUG-3;Enamel mug green;21.00;4
POT-1;Tea pot;49.00;many
"""
ROWS, CLICKS = 1000, 4
MEANINGS = {"Nr": "sku", "Bezeichnung": "title", "Einzelpreis": "price", "Bestand": "stock"}


def work(args: tuple[int], **_how: Any) -> None:
    """Do at once what the bell asks a worker to do."""
    tasks.import_catalog(*args)


def index(pk: int) -> None:
    """Bring the shop's search up to date at once."""
    index_products(Merchant.objects.get(pk=pk))
    forget()


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve two empty shops whose worker is the request itself."""
    uploads = tmp_path_factory.mktemp("uploads")
    told = override_settings(UPLOAD_ROOT=uploads)
    with django_db_blocker.unblock(), told, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks.import_catalog, "apply_async", work)
        patch.setattr(tasks.index_products, "delay", index)
        patch.setattr(tasks.draw_pictures, "delay", lambda _pk: None)
        patch.setattr("catalog.views._results.query_vector", lambda _text: None)
        owner = User.objects.create_user(market.OWNER, market.PASSWORD)
        EmailAddress.objects.create(user=owner, email=market.OWNER, verified=True, primary=True)
        for name in ("Walk", "Large"):
            shop = Merchant.objects.create(slug=name.lower(), name_en=name, currencies=["CNY"])
            Membership.objects.create(user=owner, merchant=shop, role=Role.OWNER)
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        market.empty()


def sign_in(window: Visit) -> Page:
    """Sign the owner in."""
    page = window.go("/accounts/login/")
    page.locator("#id_login").fill(market.OWNER)
    page.locator("#id_password").fill(market.PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/")
    return page


def bring(page: Page, file: Path) -> None:
    """Upload a file of unknown columns, say what they are, look, and import."""
    page.locator("input[name=file]").set_input_files(file)
    page.get_by_role("button", name="Upload and check").click()
    page.wait_for_url("**/columns/")
    for number, name in enumerate(MEANINGS):
        page.locator(f"select[name=c{number}]").select_option(MEANINGS[name])
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("button", name="Import now").click()


def repair(page: Page, folder: Path) -> None:
    """Take the bad rows down, mend them, and import them."""
    expect(page.locator(".counts .bad")).to_have_text("2")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download the rows").click()
    text = Path(taken.value.path()).read_text("utf-8-sig")
    assert text.count("\n") == 3 and "This is not a price." in text
    (folder / "mended.csv").write_text(text.replace("cheap", "20.00").replace("many", "2"))
    page.locator("#repair").locator("xpath=..").locator("input[type=file]").set_input_files(
        folder / "mended.csv"
    )
    page.get_by_role("button", name="Import the mended rows").click()
    expect(page.locator(".counts")).to_contain_text("2")
    assert page.locator(".counts .bad").count() == 0


def edit(page: Page) -> None:
    """Change cells by keys and by pasting, look at what changes, and save."""
    page.get_by_role("link", name="Edit as a table").click()
    rows = page.locator("[data-grid] tbody tr")
    expect(rows).to_have_count(4)
    price = page.locator("input[aria-label^='Price CNY · POT-1']")
    price.fill("45.00")
    price.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Price")
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "18.50\\t9\\n");
            const cell = document.querySelector("input[aria-label^='Price CNY · MUG-1']");
            cell.focus();
            cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
        }"""
    )
    expect(page.locator("[data-grid-count]")).to_contain_text("3")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".changes tbody tr")).to_have_count(3)
    page.get_by_role("button", name="Save 3 changes").click()
    expect(page.locator("main")).to_contain_text("3 cells edited in the grid")


def test_from_a_file_to_the_first_place(site: str, visit: Open, tmp_path: Path):
    """Upload, columns, check, import, bad rows repaired, table, pin, and a shopper sees it."""
    window = visit(site, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = sign_in(window)
    (tmp_path / "spring.csv").write_text(FILE)
    window.go(f"{SHOP}imports/new/")
    bring(page, tmp_path / "spring.csv")
    repair(page, tmp_path)
    page.get_by_role("link", name="See the products").click()
    edit(page)
    window.go(f"{SHOP}search/?q=enamel+mug")
    page.locator(".preview-row", has_text="MUG-1").get_by_role("button", name="Pin").click()
    expect(page.locator(".preview-row").first).to_contain_text("MUG-1")
    assert looking.barriers(page) == []
    shopper = visit(site).go("/s/walk/?q=enamel+mug")
    first = shopper.locator(".card").first
    expect(first).to_contain_text("Enamel mug blue")
    expect(first).to_contain_text("18.50")
    assert window.complaints == [] and window.strangers == []


def test_a_thousand_rows_are_found_within_four_clicks(site: str, visit: Open, tmp_path: Path):
    """From the empty form to the last row found by a shopper: three clicks; the time is told."""
    rows = [f"ROW-{n},Plain basket {n},{20 + n % 9}.50,{n % 7 + 1}" for n in range(ROWS)]
    (tmp_path / "many.csv").write_text("\n".join(["sku,title_en,price_cny,stock", *rows]))
    window = visit(site, viewport={"width": 1280, "height": 800})
    page, shopper = sign_in(window), visit(site)
    window.go(f"{LARGE}imports/new/")
    begun = time.monotonic()
    page.locator("input[name=file]").set_input_files(tmp_path / "many.csv")  # the first click
    clicks = 1
    for name in ("Upload and check", "Import now"):
        page.get_by_role("button", name=name).click()
        clicks += 1
    expect(page.locator(".counts")).to_contain_text(f"New{ROWS}", timeout=PATIENCE_MS)
    shopper.go(f"/s/large/?q=ROW-{ROWS - 1}")
    expect(shopper.page.locator(".card").first).to_contain_text(f"Plain basket {ROWS - 1}")
    took = time.monotonic() - begun
    print(f"{ROWS} rows: {clicks} clicks, {took:.1f} s")
    assert clicks <= CLICKS
    assert window.complaints == []
