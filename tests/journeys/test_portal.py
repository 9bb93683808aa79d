"""The portal's frame as a person uses it: palette, keys, drawer without JavaScript, narrow menu."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys import looking
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


def test_palette_by_keyboard_alone(gallery: str, visit: Open):
    """Ctrl+K opens it, arrows choose and wrap, Enter goes there, Escape gives the focus back."""
    page = visit(gallery, viewport=DESK).go("merchant/today/")
    page.locator("[data-palette-open]").focus()
    page.keyboard.press("Control+k")
    box = page.locator("#palette-text")
    expect(box).to_be_focused()
    page.keyboard.type("shoe")
    options = page.locator("#palette [role=option]")
    expect(options).to_have_count(3)
    expect(box).to_have_attribute("aria-activedescendant", "option-pages-1")
    expect(page.locator("#announcer")).to_contain_text("3 found")
    assert looking.barriers(page) == []
    page.keyboard.press("ArrowUp")
    expect(box).to_have_attribute("aria-activedescendant", "option-products-2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "option-products-1")
    page.keyboard.press("Escape")
    expect(page.locator("[data-palette-open]")).to_be_focused()
    page.keyboard.press("Control+k")
    expect(options).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/merchant/product/")


def test_keys_outside_of_fields_and_switched_off(gallery: str, visit: Open):
    """Letters walk and go, never while writing, and not at all once they are switched off."""
    window = visit(gallery, viewport=DESK)
    page = window.go("merchant/products/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('tbody tr') !== null")
    page.keyboard.press("/")
    expect(page.locator("#product-filter")).to_be_focused()
    page.keyboard.type("go?")
    expect(page.locator("#product-filter")).to_have_value("go?")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url("**/m/tingbu/orders/")
    window.context.add_cookies([{"name": "keys", "value": "off", "url": gallery}])
    page = window.go("merchant/products/")
    for key in ("?", "g", "i"):
        page.keyboard.press(key)
    expect(page.locator("#keys")).to_be_hidden()
    assert page.url.endswith("/merchant/products/")


def test_drawer_opens_without_javascript(gallery: str, visit: Open):
    """On a telephone the menu is the browser's own drawer."""
    page = visit(gallery, viewport=PHONE, java_script_enabled=False).go("merchant/products/")
    expect(page.locator("#portal-nav")).to_be_hidden()
    page.locator(".portal-bar .drawer-switch").click()
    expect(page.locator("#portal-nav a[aria-current=page]")).to_be_visible()
    page.locator("#portal-nav .drawer-switch").click()
    expect(page.locator("#portal-nav")).to_be_hidden()


def test_narrow_menu_is_remembered(gallery: str, visit: Open):
    """The button narrows the menu at once; the next page comes narrow, each link with its name."""
    window = visit(gallery, viewport=DESK)
    page = window.go("merchant/products/")
    page.locator("[data-narrow] button").click()
    expect(page.locator("[data-narrow] button")).to_have_attribute("aria-pressed", "true")
    page = window.go("merchant/today/")
    assert page.locator("#portal-nav").evaluate("e => e.offsetWidth") < 80
    assert page.get_by_role("link", name="Orders", exact=True).count() == 1
    page.locator("[data-narrow] button").click()
    assert page.locator("#portal-nav").evaluate("e => e.offsetWidth") > 180
