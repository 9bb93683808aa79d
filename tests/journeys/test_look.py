"""Every page, looked at as a careful person would: widths, themes, languages, keyboard, print.

On made-up contexts that hold the worst that may come (`gallery.py`). The same checks serve real
pages: hand their paths and another site to the functions of `looking.py`.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.conftest import FULL
from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.gallery import PAGES

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]

PATHS = [*PAGES, "style/", "accounts/login/", "accounts/signup/", "accounts/password/reset/"]
LANGUAGES = ["en", "zh-hans"]
DESK = {"width": 1280, "height": 800}
THEMES = ["light", "dark"]
# The short run looks at every other page in English and at the rest in Chinese, examines one theme
# at one width for each language; the full run crosses them all. 320: 1280 pixels at 400 % zoom.
WIDTHS = [320, 360, 768, 1024, 1280, 1600] if FULL else [320, 1280]
CROSSED = [
    (path, language)
    for number, path in enumerate(PATHS)
    for language in (LANGUAGES if FULL else [LANGUAGES[number % 2]])
]
ALL = [(width, theme) for width in (360, 768, 1280) for theme in THEMES]
EXAMINED = {"en": ALL if FULL else [(360, "dark")], "zh-hans": ALL if FULL else [(1280, "light")]}
STILL = 0.02  # the most that may move by itself while a page loads


@pytest.fixture(scope="module")
def windows(gallery: str, browser: Browser) -> Iterator[dict[str, Visit]]:
    """Open one window for each language, which goes from page to page."""
    made = {
        language: Visit(browser, gallery, language=language, reduced_motion="reduce")
        for language in LANGUAGES
    }
    yield made
    for window in made.values():
        window.context.close()


@pytest.mark.parametrize(("path", "language"), CROSSED)
def test_page_is_clean_wide_and_accessible(windows: dict[str, Visit], path: str, language: str):
    """No sideways scrolling, no barrier, no complaint, no stranger, no shift, on any page."""
    window = windows[language]
    window.page.set_viewport_size(DESK)  # type: ignore[arg-type]
    window.page.emulate_media(color_scheme="light")
    window.page.goto("about:blank")
    window.complaints.clear()
    window.strangers.clear()
    page = window.go(path)
    shift = looking.layout_shift(page)
    if shift > STILL:  # a machine out of breath; what is the page's own shift comes again
        page.reload(wait_until="load")
        shift = looking.layout_shift(page)
    wrong = [text for width in WIDTHS for text in looking.too_wide(page, width)]
    wrong += looking.uncontrolled(page)
    for width, theme in EXAMINED[language]:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        wrong += [f"{width} {theme}: {text}" for text in looking.barriers(page)]
    assert wrong == []
    assert window.complaints == []
    assert window.strangers == []
    assert shift <= STILL
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert not re.search(r"[<>]|[{%]%|None", page.locator("body").inner_text()), "raw markup"


@pytest.mark.parametrize("width", [360, 1280] if FULL else [360])
@pytest.mark.parametrize(
    "path", ["", "search/", "product/", "merchant/products/", "merchant/import/new/"]
)
def test_keyboard_reaches_everything_in_order(gallery: str, visit: Open, path: str, width: int):
    """Tab visits every control once, in reading order, none of them under the header."""
    page = visit(gallery, viewport={"width": width, "height": 740}).go(path)
    assert looking.lost_stops(page) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("path", ["", "search/", "product/"] if FULL else ["product/"])
def test_focus_can_be_seen(gallery: str, visit: Open, path: str, theme: str):
    """A focused control looks different from the same control without focus."""
    page = visit(gallery, color_scheme=theme, reduced_motion="reduce").go(path)
    assert looking.invisible_focus(page, most=60 if FULL else 25) == []


def test_theme_is_kept_without_a_flash(gallery: str, visit: Open):
    """The switch works at once, and the server renders the choice into the next page."""
    page = visit(gallery, color_scheme="light").go("product/")
    page.locator("summary.header-action").first.click()
    page.locator("button[name=theme][value=dark]").click()
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) == "rgb(20, 18, 15)"
    page.goto("/search/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate(colour) == "rgb(20, 18, 15)"
    page.locator("summary.header-action").first.click()
    page.locator("button[name=theme][value='']").click()
    assert page.evaluate(colour) == "rgb(250, 248, 245)"


def test_without_javascript(gallery: str, visit: Open):
    """Search, filters, theme, currency, language and options work as plain links and forms."""
    page = visit(gallery, java_script_enabled=False, viewport={"width": 360, "height": 740}).go("")
    page.locator("input[name=q]").fill("mug")
    page.locator("input[name=q]").press("Enter")
    assert page.url.endswith("/search/?q=mug")
    assert not page.locator(".facets").is_visible()
    page.locator("label[for=show-filters]").click()
    assert page.locator(".facets").is_visible()
    page.locator("summary.header-action").first.click()
    page.locator("button[name=theme][value=dark]").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.url.endswith("/search/?q=mug")
    page.locator("summary.header-action").first.click()
    page.locator("button[name=currency][value=JPY]").click()
    assert page.locator("button[name=currency][value=JPY]").get_attribute("aria-pressed") == "true"
    page.locator("header a[hreflang=zh-hans]").click()
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    assert "q=mug" in page.url


def test_search_box(gallery: str, visit: Open):
    """The slash takes the focus, suggestions come while typing, arrows and Enter choose one."""
    page = visit(gallery).go("product/")
    page.keyboard.press("/")
    page.keyboard.type("mug")
    box = page.locator("#search-text")
    page.locator("#suggestions [role=option]").first.wait_for(timeout=1000)
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "suggestion-2"
    assert looking.barriers(page) == []
    page.keyboard.press("Escape")
    assert not page.locator("#suggestions").is_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/")


def test_results_are_swapped_in_place(gallery: str, visit: Open):
    """A filter changes only the results, keeps the focus, says the count and has an address."""
    page = visit(gallery, viewport=DESK).go("category/")
    page.evaluate("window.stayed = true")
    page.locator("#colour-colour0").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/")
    expect(page.locator("#announcer")).to_contain_text("321")
    assert page.evaluate("window.stayed") is True
    assert page.evaluate("document.activeElement.id") == "colour-colour0"
    page.go_back()
    page.wait_for_url("**/category/")
    assert page.locator("h1").text_content() == "Shoes"


def test_double_press_is_one_act(gallery: str, visit: Open):
    """A form that is sent already is not sent again, and says that it is busy."""
    window = visit(gallery)
    page = window.go("accounts/login/wrong/")
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    page.route("**/accounts/login/", answer)
    page.locator("#id_login").fill("a@example.com")
    page.locator("#id_password").fill("secret-secret")
    button = page.locator("main form button[type=submit]")
    button.dblclick(no_wait_after=True)
    page.wait_for_timeout(200)
    assert sent == ["POST"]
    assert button.get_attribute("aria-busy") == "true"


def test_form_errors_take_the_focus(gallery: str, visit: Open):
    """The summary of what is wrong is focused and leads to the fields."""
    page = visit(gallery).go("accounts/login/wrong/")
    assert page.evaluate("document.activeElement.matches('[data-errors]')")
    page.locator("[data-errors] a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_login"
    assert page.locator("#id_login").input_value() == "nobody"


def test_gallery_swipes_and_zooms(gallery: str, visit: Open):
    """Thumbnails lead to pictures, a click enlarges one, Escape closes it and gives focus back."""
    page = visit(gallery, reduced_motion="reduce").go("product/")
    page.locator(".thumb").nth(2).click()
    expect(page.locator(".thumb").nth(2)).to_have_attribute("aria-current", "true")
    link = page.locator(".gallery-track a").nth(2)
    link.press("Enter")
    assert page.locator("dialog[open] img").get_attribute("src").endswith("/picture/shoe-2.svg")  # type: ignore[union-attr]
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_toasts_wait_and_errors_stay(gallery: str, visit: Open):
    """A lost connection is said once, stays, and can be dismissed."""
    window = visit(gallery)
    page = window.go("category/")
    window.context.set_offline(True)
    for _ in range(2):
        page.locator("#colour-colour0").click()
        page.wait_for_timeout(150)
    toast = page.locator(".toast.bad")
    assert toast.count() == 1
    toast.locator("button").click()
    assert toast.count() == 0


def test_without_a_network_there_is_our_page(gallery: str, visit: Open):
    """Whoever has been here before gets our page, styled, when the network is gone."""
    window = visit(gallery, service_workers="allow", color_scheme="light")
    page = window.go("product/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    window.context.set_offline(True)
    page.goto("/search/")
    assert page.locator("h1").inner_text() == "You are offline"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(250, 248, 245)"


def test_progress_is_polled_until_it_is_over(gallery: str, visit: Open):
    """A running import asks again every second, a finished one does not."""
    page = visit(gallery).go("merchant/import/")
    with page.expect_request("**/merchant/import/", timeout=2500) as asked:
        pass
    assert asked.value.headers["hx-request"] == "true"
    assert page.locator("#progress[hx-trigger]").count() == 1
    page.goto("/merchant/import/failed/")
    assert page.locator("#progress[hx-trigger]").count() == 0


def test_forced_colours_print_and_less_motion(gallery: str, visit: Open):
    """High contrast keeps the edges of controls, print leaves the furniture out, nothing moves."""
    page = visit(gallery, forced_colors="active", reduced_motion="reduce").go("search/")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.card-picture')).borderStyle")
        == "solid"
    )
    duration = "getComputedStyle(document.querySelector('.card-picture img')).transitionDuration"
    assert page.evaluate(duration) == "0s"
    page.emulate_media(media="print")
    assert not page.locator(".site-header").is_visible()
    assert page.locator(".card").first.is_visible()


def test_chinese_has_room_to_breathe(gallery: str, visit: Open):
    """Chinese text has a line height of at least 1.6, also inside an English page."""
    leading = """e => { const style = getComputedStyle(e);
                        return parseFloat(style.lineHeight) / parseFloat(style.fontSize); }"""
    page = visit(gallery, language="zh-hans").go("product/")
    for selector in ("body", ".prose", ".card-title", ".hero > p"):
        if page.locator(selector).count():
            assert page.locator(selector).first.evaluate(leading) >= 1.6, selector
    page = visit(gallery, language="en").go("product/")
    assert page.locator(".review[lang=zh-Hans] .prose").evaluate(leading) >= 1.6
