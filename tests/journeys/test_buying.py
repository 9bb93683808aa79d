"""From a search without an account to a review: the whole way, in both languages."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from catalog.letters import send_due
from catalog.models import Coupon, Order, Return, ShippingMethod
from catalog.opinions.judges import WordJudge
from catalog.opinions.judging import judge_reviews
from catalog.orders.keeping import advance
from catalog.orders.refunding import refund
from catalog.orders.returning import approve, receive
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.conftest import FULL
from tests.journeys import looking, market
from tests.journeys.conftest import PATIENCE_MS, Visit

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 800}
# Where pictures of each page are put, for whoever wants to look at them.
SHOTS = os.environ.get("SHOPGUIDE_SHOTS", "")
WORDS = {
    "en": {
        "search": "hoodie", "place": "Order now", "again": "Return or exchange",
        "review": "Warm and soft, washed it five times.", "money": "$",
    },
    "zh-hans": {
        "search": "卫衣", "place": "提交订单", "again": "退货或换货",
        "review": "很暖和，洗了五次也没变形。", "money": "¥",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve one demo shop that ships and has a coupon."""
    with django_db_blocker.unblock():
        market.fill(tmp_path_factory.mktemp("catalogue"))
        shop = Merchant.objects.get(slug=market.SHOP)
        with as_merchant(shop):
            for currency, amount in (("CNY", "8.00"), ("USD", "6.00")):
                ShippingMethod.objects.create(
                    merchant=shop, code="parcel", name_zh="普通快递", name_en="Standard parcel",
                    currency=currency, amount=amount,
                )  # fmt: skip
            Coupon.objects.create(merchant=shop, code="CLOUD10", kind="percent", value="10")
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        market.empty()


class Walk:
    """A window in which one language is spoken; keeps pictures if they are wanted."""

    def __init__(self, window: Visit, language: str, name: str) -> None:
        self.window, self.page, self.language, self.name = window, window.page, language, name
        self.words, self.count = WORDS[language], 0
        self.page.set_default_timeout(PATIENCE_MS if FULL else 15_000)

    def shoot(self, what: str) -> None:
        """Keep a picture of the page as it stands."""
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.count += 1
            file = f"{self.language}-{self.name}-{self.count:02d}-{what}.png"
            self.page.screenshot(path=Path(SHOTS) / file, full_page=True)

    def press(self, selector: str) -> None:
        """Press what sends a form and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()


def sign(walk: Walk, email: str, *, up: bool) -> None:
    """Sign up or in, in the page's own forms."""
    page = walk.page
    page.goto(f"{walk.window.site}/accounts/{'signup' if up else 'login'}/")
    page.locator("#id_email" if up else "#id_login").fill(email)
    for field in ("#id_password1", "#id_password2") if up else ("#id_password",):
        page.locator(field).fill(market.PASSWORD)
    walk.press("main form button[type=submit]")


def chosen(walk: Walk, path: str) -> bool:
    """Open a product and choose the first of each option; tell whether it can be bought so."""
    page = walk.window.go(path)
    for number in range(1, page.locator(".buy [role=group]").count() + 1):
        page.locator(f"#option-{number} ~ .row a[href]").first.click()
        page.locator(f"#option-{number} strong").wait_for()
    return page.locator("form[action='/cart/add/'] button").count() == 1


def buys(walk: Walk, email: str) -> str:
    """Search, choose what can be bought, and order it; return the order's number."""
    page = walk.window.go("/")
    page.locator("input[name=q]").fill(walk.words["search"])
    with page.expect_navigation():
        page.locator("input[name=q]").press("Enter")
    found = [card.get_attribute("href") or "" for card in page.locator(".card a").all()]
    assert any(chosen(walk, path) for path in found), "nothing that was found can be bought"
    walk.shoot("product")
    return orders(walk, email)


def orders(walk: Walk, email: str) -> str:
    """Put the chosen product into the cart, sign up, use a coupon, order; return the number."""
    page = walk.page
    walk.press("form[action='/lists/change/'] button")
    walk.press("form[action='/cart/add/'] button")
    walk.shoot("cart")
    sign(walk, email, up=True)
    page = walk.window.go("/cart/")
    assert page.locator(".line").count() == 1, "the cart is lost at sign-up"
    page.locator("input[name=code]").first.fill("cloud10")
    walk.press("form[action='/cart/code/'] button")
    assert "CLOUD10" in page.locator("main").inner_text()
    walk.press("a[href='/checkout/']")
    for name, value in (("name", "林小雨"), ("phone", "+86 138 0000 0000"), ("city", "杭州"),
                        ("street", "文三路 1 号")):  # fmt: skip
        page.locator(f"input[name={name}]").fill(value)
    page.locator("select[name=country]").select_option("CN")
    page.locator("input[name=keep_address]").check()
    walk.shoot("checkout")
    walk.press("button[name=order]")
    page.wait_for_url("**/orders/*/")
    assert "−" in page.locator(".sums").first.inner_text()
    walk.shoot("order")
    return page.url.rstrip("/").rpartition("/")[2]


def handled(number: str) -> Order:
    """Let the order go its way by the verbs that the portal's buttons call."""
    with as_everyone():
        order = Order.objects.get(number=number)
    for step in ("packed", "shipped", "delivered"):
        order = advance(order, step, carrier="SF", tracking="SF1234567890")
    return order


def handled_back(number: str) -> None:
    """Let a return go its way by the verbs that the portal's buttons call."""
    with as_everyone():
        back = Return.objects.get(number=number)
    refund(receive(approve(back)))


def ships(walk: Walk, number: str) -> None:
    """Let the merchant, who is signed in, pack, ship and deliver."""
    page = walk.window.go(f"/merchant/{market.SHOP}/orders/{number}/")
    for step in ("packed", "shipped", "delivered"):
        if step == "shipped":
            page.locator("#carrier").fill("SF")
            page.locator("#tracking").fill("SF1234567890")
        walk.press(f"button[name=state][value={step}]")
    walk.shoot("merchant-order")


def gives_back(walk: Walk, number: str) -> str:
    """Ask for a return by the rules; return its number."""
    page = walk.window.go(f"/orders/{number}/")
    walk.shoot("delivered")
    page.get_by_role("link", name=walk.words["again"]).click()
    page.locator("select[name=condition]").select_option("used")
    page.locator("input[name^=quantity-]").fill("1")
    walk.press("main form button[type=submit]")
    assert page.locator(".notice.bad").count() == 1, "used things do not come back for a whim"
    walk.shoot("refused")
    page.locator("select[name=condition]").select_option("unused")
    page.locator("input[name^=quantity-]").fill("1")
    walk.press("main form button[type=submit]")
    walk.shoot("asked")
    found = re.search(r"return-([\w-]+)", page.locator("article.panel").get_attribute("id") or "")
    assert found
    return found[1]


def settles(walk: Walk, number: str) -> None:
    """Let the merchant approve, receive and pay back."""
    walk.window.go(f"/merchant/{market.SHOP}/returns/")
    walk.shoot("merchant-returns")
    walk.window.go(f"/merchant/{market.SHOP}/returns/{number}/")
    for step in ("approved", "received", "refunded"):
        walk.shoot(f"merchant-return-{step}")
        walk.press(f"button[name=state][value={step}]")
    walk.shoot("merchant-return-done")


def reviews(walk: Walk, number: str) -> None:
    """Write a review, and read it on the product's page."""
    page = walk.window.go(f"/orders/{number}/")
    assert walk.words["money"] in page.locator("article.panel").inner_text()
    walk.shoot("refunded")
    page.locator("a[href$='/review/']").click()
    page.locator("input[name=stars][value='4']").check()
    page.locator("textarea[name=body]").fill(walk.words["review"])
    walk.shoot("review")
    walk.press("main form button[type=submit]")


WALKS = [("en", False), ("zh-hans", True)] if FULL else [("zh-hans", True)]


@pytest.mark.parametrize(("language", "script"), WALKS)
def test_from_search_to_review(site: str, visit: Open, language: str, script: bool) -> None:
    """Anonymous search, cart, sign-up, coupon, order, shipping, return by the rules, review."""
    size = PHONE if language == "en" else DESK
    shopper = Walk(
        visit(site, language=language, java_script_enabled=script, viewport=size),
        language, "shopper",
    )  # fmt: skip
    email = f"lin.{language}@example.com"
    number = buys(shopper, email)
    # One language walks through the portal too, the other spares its time.
    merchant = Walk(visit(site, language=language, viewport=DESK), language, "merchant")
    if script:
        sign(merchant, market.OWNER, up=False)
        ships(merchant, number)
        settles(merchant, gives_back(shopper, number))
    else:
        handled(number)
        handled_back(gives_back(shopper, number))
    reviews(shopper, number)
    shop = Merchant.objects.get(slug=market.SHOP)
    judge_reviews(shop, judge=WordJudge())
    sent = send_due()
    assert sent == 6  # placed, shipped, delivered, return asked for, approved, money back
    with as_everyone():
        order = Order.objects.get(number=number)
        assert order.email and order.language == language and order.shopper.user.email == email
        sku = order.lines.get().variant.product.sku
    page = shopper.window.go(f"/p/{market.SHOP}/{sku}/")
    assert shopper.words["review"] in page.locator("#reviews").inner_text()
    shopper.shoot("product-reviewed")
    assert page.locator("form[action='/lists/change/'] button[aria-pressed=true]").count() == 1
    wrong = look_at(shopper, number) if FULL else []
    assert wrong + merchant.window.complaints + shopper.window.strangers == []


def look_at(walk: Walk, number: str) -> list[str]:
    """Return what is wrong with the pages of the way, on a phone."""
    wrong = []
    paths = [
        f"/orders/{number}/", f"/orders/{number}/return/", f"/orders/{number}/print/", "/lists/",
        "/account/addresses/", "/account/returns/", "/account/reviews/",
    ]  # fmt: skip
    for path in paths:
        page: Page = walk.window.go(path)
        walk.shoot(re.sub(r"\W+", "-", path.replace(number, "")))
        found = looking.too_wide(page, 360) + looking.barriers(page)
        page.set_viewport_size(DESK)
        wrong += [f"{path}: {text}" for text in found]
    return wrong
