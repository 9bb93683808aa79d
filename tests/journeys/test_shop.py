"""The real pages on a demo shop, walked through in Chromium as a shopper and as its owner."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from catalog.models import CatalogImport, ShippingMethod
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.conftest import FULL
from tests.journeys import looking, market
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
PRODUCT = f"/p/{market.SHOP}/CL-HD-201/"
PATHS = [
    "/",
    "/search/?q=hoodie",
    "/search/?q=%E8%BF%9E%E8%A1%A3%E8%A3%99",
    "/search/?q=leather+tent+under+%241",
    "/c/clothing/",
    f"/s/{market.SHOP}/",
    PRODUCT,
    "/accounts/login/",
    "/nowhere/",
]
WINDOWS = [("zh-hans", "dark"), *([("en", "light")] if FULL else [])]
PORTALS = [("en", "dark"), *([("zh-hans", "light")] if FULL else [])]
PORTAL = ["/merchant/cloudloom/products/", "/merchant/cloudloom/imports/"]
PORTAL += ["/merchant/cloudloom/imports/new/", "/accounts/email/"]

# Controls of a page that, brought into view by the shortest way, lie under the assistant's bar.
UNDER_THE_BAR = """() => {
  const bar = document.querySelector(".ask-launcher");
  return [...document.querySelectorAll("main :is(a[href], button, summary)")]
    .filter(one => one.checkVisibility() && one.getClientRects().length)
    .filter(one => {
      one.scrollIntoView({block: "nearest", behavior: "instant"});
      const box = one.getClientRects()[0], edge = bar.getBoundingClientRect();
      return box.bottom > edge.top + 1 && box.top < edge.bottom - 1;
    })
    .map(one => one.textContent.trim().slice(0, 40));
}"""


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve the market place with one demo shop in it; there is no worker behind it."""
    with django_db_blocker.unblock():
        market.fill(tmp_path_factory.mktemp("catalogue"))
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


def looks_right(window: Visit, paths: list[str]) -> list[str]:
    """Return what is wrong with pages on a phone and on a desk."""
    wrong = []
    for path in paths:
        page = window.go(path)
        found = looking.too_wide(page, 1280) + looking.too_wide(page, 360)
        found += looking.barriers(page)
        if page.locator("h1").count() != 1:
            found.append("not one heading")
        wrong += [f"{path}: {text}" for text in found]
    return wrong


@pytest.mark.parametrize(("language", "theme"), WINDOWS)
def test_shop_window_looks_right(site: str, visit: Open, language: str, theme: str):
    """No page scrolls sideways, bars anybody, complains, or calls a stranger."""
    window = visit(site, language=language, color_scheme=theme, reduced_motion="reduce")
    assert looks_right(window, PATHS) == []
    assert window.complaints == []
    assert window.strangers == []


@pytest.mark.parametrize(("language", "theme"), PORTALS)
def test_portal_looks_right(site: str, visit: Open, language: str, theme: str):
    """The same for the owner's pages."""
    window = visit(site, language=language, color_scheme=theme, reduced_motion="reduce")
    sign_in(window)
    with as_merchant(Merchant.objects.get(slug=market.SHOP)):
        job = CatalogImport.objects.latest("pk")
    assert looks_right(window, [*PORTAL, f"/merchant/cloudloom/imports/{job.pk}/"]) == []
    assert window.complaints == []


def test_shopping_without_javascript(site: str, visit: Open):
    """Search, narrow, open a product and choose a variant with links and forms alone."""
    page = visit(site, java_script_enabled=False, viewport=PHONE).go("/")
    page.locator("input[name=q]").fill("hoodie")
    page.locator("input[name=q]").press("Enter")
    assert page.locator(".card").count() >= 3
    page.locator("label[for=show-filters]").click()
    page.locator(".facet-value", has_text="Gray").first.click()
    assert "colour=" in page.url
    page.locator(".card a").first.click()
    assert "/p/cloudloom/" in page.url
    page.locator(".option[href]").first.click()
    assert page.locator(".option[aria-current=true]").count() == 1
    assert "?o-" in page.url


@pytest.mark.parametrize(("height", "fixed"), [(740, True), (256, False)])
def test_on_a_phone_the_way_to_the_assistant_lies_on_nothing(
    site: str, visit: Open, height: int, fixed: bool
):
    """It is a bar along the edge, below the last line of a page; in a low window a part of it."""
    page = visit(site, viewport={"width": 320, "height": height}).go(PRODUCT)
    page.wait_for_load_state("networkidle")  # shelves arrive after the page
    assert page.evaluate(UNDER_THE_BAR) == []
    bar = page.locator(".ask-launcher").bounding_box()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    last = page.locator(".site-footer a").last.bounding_box()
    assert bar and last and bar["width"] == 320
    assert (bar["y"] + bar["height"] == height) is fixed
    assert last["y"] + last["height"] <= (bar["y"] if fixed else height)


def test_filter_then_back(site: str, visit: Open):
    """A filter swaps the results, its address can be shared, Back restores what was there."""
    window = visit(site, viewport=DESK)
    page = window.go("/c/clothing/")
    before = page.locator("#found").inner_text()
    page.evaluate("scrollTo(0, 400)")
    page.evaluate("document.querySelector('.facet-value[id^=colour-]').click()")
    page.wait_for_url("**colour=**")
    page.locator(".facet-value[aria-current]").wait_for()
    after, address = page.locator("#found").inner_text(), page.url
    assert after != before
    page.go_back()
    expect(page.locator("#found")).to_have_text(before)
    assert abs(page.evaluate("scrollY") - 400) < 50
    page.goto(address)
    assert page.locator("#found").inner_text() == after
    assert window.complaints == []


def test_a_chip_is_taken_away(site: str, visit: Open):
    """What was understood stands as chips; taking one away asks again without it."""
    page = visit(site).go("/search/?q=hoodie+under+%2430")
    chip = page.locator(".chip.need", has_text="$30")
    few = page.locator(".card").count()
    chip.click()
    page.wait_for_load_state()
    assert page.locator(".chip.need", has_text="$30").count() == 0
    assert page.locator(".card").count() > few > 0


def test_language_keeps_the_page(site: str, visit: Open):
    """The switch shows the same page in the other language, with its money."""
    page = visit(site).go("/search/?q=hoodie")
    assert "$" in page.locator(".price").first.inner_text()
    page.locator("header a[hreflang=zh-hans]").click()
    assert "q=hoodie" in page.url
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    assert "¥" in page.locator(".price").first.inner_text()


def test_variant_is_chosen_in_place(site: str, visit: Open):
    """An option changes picture, price and stock without leaving the page."""
    page = visit(site, viewport=DESK).go(PRODUCT)
    page.evaluate("window.stayed = true")
    for number in range(1, page.locator(".buy [role=group]").count() + 1):
        page.locator(f"#option-{number} ~ .row a[href]").first.click()
        page.locator(f"#option-{number} strong").wait_for()
    assert page.evaluate("window.stayed") is True
    assert "o-" in page.url
    assert page.locator(".stock .badge").inner_text().strip() != ""


def tab_to(page: Page, selector: str, most: int = 160) -> None:
    """Press Tab until the focus is on what the selector names."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"Tab never reaches {selector}")


def test_what_is_wrong_with_a_form_is_said_by_the_page(site: str, visit: Open):
    """All of it at once, in the page's language, with the focus; not by the browser in its own."""
    page = visit(site, language="zh-hans", locale="en-GB").go("/accounts/signup/")
    page.locator("main form button[type=submit]").click()
    errors = page.locator("[data-errors]")
    expect(errors).to_be_focused()
    assert errors.locator("li").count() >= 2
    assert re.fullmatch(r"[^A-Za-z]+", errors.inner_text())


def test_from_a_search_to_an_order_by_keyboard_alone(site: str, visit: Open):
    """Search, choose, put into the cart, fill the form in and order, and never touch a mouse."""
    shop = Merchant.objects.get(slug=market.SHOP)
    with as_merchant(shop):
        ShippingMethod.objects.get_or_create(
            merchant=shop, code="parcel", name_en="Parcel", currency="USD", amount="5.00"
        )
    window = visit(site, viewport=DESK, reduced_motion="reduce")
    page = window.go("/")
    page.keyboard.press("/")
    page.keyboard.type("hoodie")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=hoodie")
    tab_to(page, ".card-title a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/p/cloudloom/**")
    to_cart = "form[action='/cart/add/']"
    while page.locator(to_cart).count() == 0:
        chosen = page.locator(".option[aria-current]").count()
        page.evaluate("document.activeElement.blur()")
        tab_to(page, f"[id^=option-{chosen + 1}-][href]:not(.gone)")
        page.keyboard.press("Enter")
        expect(page.locator(".option[aria-current]")).to_have_count(chosen + 1)
    tab_to(page, f"{to_cart} button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cart/")
    tab_to(page, "a[href='/checkout/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/checkout/")
    said = {
        "email": "lin@example.com", "name": "Lin", "phone": "+1 555 010 0000",
        "city": "Springfield", "street": "1 Main Street", "postal_code": "12345",
    }  # fmt: skip
    for field, value in said.items():
        tab_to(page, f"main [name={field}]")
        page.keyboard.type(value)
        if field == "phone":
            tab_to(page, "main [name=country]")
            page.keyboard.type("United States")
    tab_to(page, "button[name=order]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/orders/**")
    assert page.locator(".steps li").count() >= 1
    assert window.complaints == []


def test_owner_uploads_a_catalogue(site: str, visit: Open, tmp_path: Path):
    """An upload becomes a job whose page can be left and come back to; two presses make one."""
    file = tmp_path / "spring.csv"
    file.write_text("sku,title_en,price_usd,stock\nUP-1,Linen cap,19.90,4\nUP-2,,x,1\n")
    page = sign_in(visit(site, viewport=DESK))
    page.goto("/merchant/cloudloom/imports/new/")
    page.locator("input[name=file]").set_input_files(file)
    page.get_by_role("button", name="Import without a check").dblclick()
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    assert page.locator("h1").inner_text() == "spring.csv"
    assert page.locator("#progress .badge").inner_text() == "Waiting"
    page.goto("/merchant/cloudloom/imports/")
    assert page.locator("td", has_text="spring.csv").count() == 1
