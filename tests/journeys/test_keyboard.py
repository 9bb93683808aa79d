"""The twelve main flows by keyboard alone, in the full run: nobody touches a mouse.

Find; choose; keep for later; cart and coupon; sign up; order; ask the assistant; choose about
privacy. For the shop: send an order; settle a return. Then give back, and review.
"""

import pytest

from catalog.models import BuyerReview, Order, Return, WishItem
from profiles.models import Consent
from shopguide.accounts.tenancy import as_everyone
from tests.conftest import FULL
from tests.journeys import market
from tests.journeys.keyboard import Keys
from tests.journeys.test_buying import DESK, Open, site

__all__ = ["site"]
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not FULL, reason="in the full run")]
EMAIL = "keys@example.com"
ADDRESS = {"name": "Lin", "phone": "+86 138 0000 0000", "city": "Hangzhou", "street": "Wensan 1"}


def finds_and_chooses(keys: Keys) -> None:
    """Search, open the first product found, choose its options, keep it for later."""
    page = keys.page
    page.keyboard.press("/")
    page.keyboard.type("hoodie")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys.enter(".card-title a")
    while page.locator("form[action='/cart/add/']").count() == 0:
        chosen = page.locator(".option[aria-current]").count()
        page.evaluate("document.activeElement.blur()")
        keys.reach(f"[id^=option-{chosen + 1}-][href]:not(.gone)")
        page.keyboard.press("Enter")
        page.locator(".option[aria-current]").nth(chosen).wait_for()
    keys.enter("form[action='/lists/change/'] button")


def signs(keys: Keys, email: str, *, up: bool) -> None:
    """Sign up or in."""
    keys.write("#id_email" if up else "#id_login", email)
    for field in ("#id_password1", "#id_password2") if up else ("#id_password",):
        keys.write(field, market.PASSWORD)
    keys.enter("main form button[type=submit]")


def orders(keys: Keys, base: str) -> str:
    """Put it into the cart, sign up, use a coupon, order; return the order's number."""
    page = keys.page
    keys.enter("form[action='/cart/add/'] button")
    page.goto(f"{base}/accounts/signup/")
    signs(keys, EMAIL, up=True)
    page.goto(f"{base}/cart/")
    keys.write("input[name=code]", "cloud10")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys.enter("a[href='/checkout/']")
    for name, value in ADDRESS.items():
        keys.write(f"main input[name={name}]", value)
        if name == "phone":
            keys.choose("main select[name=country]", "CN")
    keys.enter("button[name=order]")
    page.wait_for_url("**/orders/*/")
    return page.url.rstrip("/").rpartition("/")[2]


def asks_and_decides(keys: Keys, base: str) -> None:
    """Ask the assistant; switch personal recommendations on."""
    page = keys.page
    page.goto(f"{base}/ask/")
    keys.write("#ask-text", "Where is my order?")
    page.keyboard.press("Enter")
    page.locator("text=Where is my order?").first.wait_for()
    page.goto(f"{base}/privacy/")
    keys.reach("input[name=personalisation]")
    keys.tick("personalisation")
    keys.enter("form:has(input[name=personalisation]) button[type=submit]")


def ships(keys: Keys, base: str, number: str) -> None:
    """Pack, send and deliver, as the shop."""
    page = keys.page
    page.goto(f"{base}/accounts/login/")
    signs(keys, market.OWNER, up=False)
    page.goto(f"{base}/merchant/{market.SHOP}/orders/")
    keys.enter(f"main a[href$='/orders/{number}/']")
    for step in ("packed", "shipped", "delivered"):
        if step == "shipped":
            keys.write("#carrier", "SF")
            keys.write("#tracking", "SF1234567890")
        keys.enter(f"button[name=state][value={step}]")


def gives_back(keys: Keys, base: str, number: str) -> str:
    """Ask for a return; return its number."""
    page = keys.page
    page.goto(f"{base}/orders/{number}/")
    keys.enter(f"main a[href$='/orders/{number}/return/']")
    keys.write("input[name^=quantity-]", "1")
    keys.choose("select[name=condition]", "unused")
    keys.enter("main form button[type=submit]")
    with as_everyone():
        return str(Return.objects.get(order__number=number).number)


def settles(keys: Keys, base: str, back: str) -> None:
    """Approve, receive and pay back, as the shop."""
    keys.page.goto(f"{base}/merchant/{market.SHOP}/returns/")
    keys.enter(f"main a[href$='/returns/{back}/']")
    for step in ("approved", "received", "refunded"):
        keys.enter(f"button[name=state][value={step}]")


def reviews(keys: Keys, base: str, number: str) -> None:
    """Review what was bought."""
    page = keys.page
    page.goto(f"{base}/orders/{number}/")
    keys.enter("main a[href$='/review/']")
    keys.choose("input[name=stars]", "4")
    keys.write("textarea[name=body]", "Warm and soft.")
    keys.enter("main form button[type=submit]")


def test_the_main_flows_by_keyboard_alone(site: str, visit: Open) -> None:
    shopper, owner = (
        visit(site, viewport=DESK, reduced_motion="reduce") for _who in ("shopper", "owner")
    )
    keys, shop = Keys(shopper.page), Keys(owner.page)
    shopper.go("/")
    finds_and_chooses(keys)
    number = orders(keys, site)
    asks_and_decides(keys, site)
    ships(shop, site, number)
    back = gives_back(keys, site, number)
    settles(shop, site, back)
    reviews(keys, site, number)
    with as_everyone():
        order = Order.objects.get(number=number)
        assert (order.state, order.discount_amount > 0) == ("delivered", True)
        assert Return.objects.get(number=back).state == "refunded"
        assert BuyerReview.objects.get(line__order=order).stars == 4
        assert WishItem.objects.filter(shopper=order.shopper).exists()
        assert Consent.objects.filter(purpose="personalisation", given=True).exists()
    assert shopper.complaints == owner.complaints == []
