"""Buying in a browser: cart, checkout, orders, the shop's side; with what goes wrong."""

import re
import uuid
from html import unescape

import pytest
from django.test import Client
from django.utils.translation import override

from catalog.address_form import PlaceForm
from catalog.models import Order, Price, ShippingMethod, Stock, Variant
from catalog.presenting.cards import product_url
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import COOKIE
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.orders.conftest import ADDRESS, make_coupon
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db
FORM = ADDRESS | {"email": "lin@example.com", "payment": "test", "order": "1"}
ODD = ["", "0", "-1", "x", "9" * 40, "1.5", "\x00", "💥", "' OR 1=1 --"]


@pytest.fixture
def shop(window: Window) -> Window:
    """Let the loom ship."""
    with as_merchant(window.loom):
        ShippingMethod.objects.create(
            merchant=window.loom, code="parcel", name_en="Parcel", currency="CNY", amount="8.00"
        )
    return window


def variant(sku: str) -> Variant:
    with as_everyone():
        return Variant.objects.get(sku=sku)


def put(client: Client, sku: str = "HD-1-N", quantity: object = 1) -> None:
    client.post("/cart/add/", {"variant": variant(sku).pk, "quantity": quantity, "next": "/"})


def page_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return unescape(response.content.decode())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"\s+value="([^"]*)"', page)
    assert found
    return found[1]


def ordered(client: Client, **fields: str) -> "re.Match[str] | None":
    page = page_of(client, "/checkout/")
    form = FORM | {name: hidden(page, name) for name in ("checkout", "expected")}
    response = client.post("/checkout/", form | fields)
    return re.fullmatch(r"/orders/(.+)/", response.get("Location", ""))


def number_of(client: Client) -> str:
    put(client)
    found = ordered(client)
    assert found
    return found[1]


# --- The cart ----------------------------------------------------------------------------------
def test_looking_keeps_nothing(shop: Window) -> None:
    client = browser(language="en")
    assert "The cart is empty" in page_of(client, "/cart/")
    assert COOKIE not in client.cookies
    assert not Shopper.objects.exists()


def test_what_is_put_there_waits_without_an_account(shop: Window) -> None:
    client = browser(language="en")
    put(client, quantity=2)
    page = page_of(client, "/cart/")
    assert "Red Fleece Hoodie" in page and "Navy" in page and "CN¥206.00" in page
    assert client.cookies[COOKIE]["httponly"] and client.cookies["cart"].value == "2"
    assert "Cart" in page_of(client, "/") and "购物车" in page_of(client, "/?lang=zh-hans")
    assert "The cart is empty" in page_of(browser(language="en"), "/cart/")


def test_the_product_page_offers_what_can_be_bought(shop: Window) -> None:
    client = browser(language="zh-hans")
    navy, sold_out = (product_url("loom", "HD/1", variant(sku).pk) for sku in ("HD-1-N", "HD-1-L"))
    assert "加入购物车" in page_of(client, navy)
    assert "加入购物车" not in page_of(client, sold_out)


def test_a_refusal_is_said_where_it_came_from(shop: Window) -> None:
    client = browser(language="en")
    sent = {"variant": variant("HD-1-N").pk, "quantity": 10, "next": "/search/"}
    response = client.post("/cart/add/", sent, follow=True)
    assert response.redirect_chain == [("/search/", 302)]
    assert "Only 9 left." in response.content.decode()
    assert client.post("/cart/add/", sent | {"next": "https://evil.example/"})["Location"] == "/"


def test_lines_change_and_leave(shop: Window) -> None:
    client = browser(language="en")
    put(client)
    line = hidden(page_of(client, "/cart/"), "line")
    client.post("/cart/change/", {"line": line, "quantity": 3})
    assert "CN¥305.00" in page_of(client, "/cart/")
    client.post("/cart/change/", {"line": line, "remove": 1})
    assert "The cart is empty" in page_of(client, "/cart/")


def test_a_strangers_line_stays(shop: Window) -> None:
    client, stranger = browser(language="en"), browser(language="en")
    put(client)
    put(stranger)
    stranger.post("/cart/change/", {"line": hidden(page_of(client, "/cart/"), "line"), "remove": 1})
    assert "Red Fleece Hoodie" in page_of(client, "/cart/")


def test_coupons_come_and_go(shop: Window) -> None:
    make_coupon(shop.loom, "TEN")
    client = browser(language="en")
    put(client)
    client.post("/cart/code/", {"code": "ten"})
    assert "−CN¥9.90" in page_of(client, "/cart/")
    client.post("/cart/code/", {"code": "TEN", "drop": 1})
    assert "−CN¥" not in page_of(client, "/cart/")
    assert "No shop knows this code now" in unescape(
        client.post("/cart/code/", {"code": "NONE"}, follow=True).content.decode()
    )


@pytest.mark.parametrize("odd", ODD)
def test_odd_input_is_no_failure(shop: Window, odd: str) -> None:
    client = browser(language="en")
    put(client)
    for path, names in {
        "/cart/add/": ["variant", "quantity", "next"], "/cart/change/": ["line", "quantity"],
        "/cart/code/": ["code"],
        "/checkout/": [*FORM, "checkout", "expected", "method-1", f"method-{odd}"],
    }.items():  # fmt: skip
        for name in names:
            assert client.post(path, FORM | {name: odd}).status_code < 500, (path, name)
    assert client.get(f"/orders/{odd.strip() or 'x'}/").status_code in (404, 200)


@pytest.mark.parametrize("path", ["add", "change", "code"])
def test_looking_changes_nothing(shop: Window, path: str) -> None:
    assert browser().get(f"/cart/{path}/").status_code == 405


# --- The checkout --------------------------------------------------------------------------------
def test_an_empty_cart_has_no_checkout(shop: Window) -> None:
    assert browser().get("/checkout/")["Location"] == "/cart/"


def test_ordering_takes_the_stock_and_shows_the_order(shop: Window) -> None:
    client = browser(language="en")
    number = number_of(client)
    page = page_of(client, f"/orders/{number}/")
    for text in ("Red Fleece Hoodie", "CN¥107.00", "林小雨", "Paid", "Colour: Navy"):
        assert text in page, text
    assert number in page_of(client, "/orders/")
    assert "The cart is empty" in page_of(client, "/cart/")
    with as_everyone():
        assert Stock.objects.get(variant__sku="HD-1-N").quantity == 8


def test_sending_it_twice_orders_once(shop: Window) -> None:
    client = browser(language="en")
    put(client)
    page = page_of(client, "/checkout/")
    form = FORM | {name: hidden(page, name) for name in ("checkout", "expected")}
    first = client.post("/checkout/", form)
    put(client)
    assert client.post("/checkout/", form)["Location"] == first["Location"]
    with as_everyone():
        assert Order.objects.count() == 1


def test_another_total_than_was_seen_is_said_and_not_ordered(shop: Window) -> None:
    client = browser(language="en")
    put(client)
    page = page_of(client, "/checkout/")
    with as_everyone():
        Price.objects.filter(variant__sku="HD-1-N").update(amount="120.00")
    form = FORM | {"checkout": str(uuid.uuid4()), "expected": hidden(page, "expected")}
    response = client.post("/checkout/", form)
    assert response.status_code == 409
    text = unescape(response.content.decode())
    assert "Something in the cart has changed" in text and "CN¥128.00" in text
    assert 'value="林小雨"' in text  # nothing typed is lost


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("email", "nobody", "valid email"), ("name", "", "required"), ("country", "XX", "valid"),
        ("phone", "call me", "Write digits"), ("postal_code", "12", "postal codes"),
        ("payment", "gold", "how you want to pay"),
    ],
)  # fmt: skip
def test_mistakes_are_named(shop: Window, field: str, value: str, says: str) -> None:
    client = browser(language="en")
    put(client)
    page = page_of(client, "/checkout/")
    form = FORM | {name: hidden(page, name) for name in ("checkout", "expected")}
    response = client.post("/checkout/", form | {field: value})
    assert response.status_code in (409, 422)
    assert says in unescape(response.content.decode())


@pytest.mark.parametrize(("country", "needed"), [("CN", False), ("US", True), ("GB", False)])
def test_a_postal_code_is_called_optional_only_where_it_is(country: str, needed: bool) -> None:
    with override("en"):
        form = PlaceForm(FORM | {"country": country, "postal_code": ""})
    assert form.fields["postal_code"].required is needed
    assert form.errors == ({"postal_code": ["This field is required."]} if needed else {})
    assert "required" not in str(form["postal_code"])  # another country may be chosen in the page


def test_where_the_shop_does_not_ship_is_said(shop: Window) -> None:
    with as_merchant(shop.loom):
        ShippingMethod.objects.update(countries=["CN"])
    client = browser(language="en")
    put(client)
    response = client.post("/checkout/", FORM | {"country": "JP", "order": ""})
    assert "does not ship there" in unescape(client.post(
        "/checkout/", {k: v for k, v in (FORM | {"country": "JP"}).items() if k != "order"}
    ).content.decode())  # fmt: skip
    assert response.status_code in (409, 422)


# --- Orders --------------------------------------------------------------------------------------
def test_a_strangers_order_is_nowhere(shop: Window) -> None:
    number = number_of(browser(language="en"))
    for client in (browser(), browser(shop.people.sam), browser(shop.people.rui)):
        assert client.get(f"/orders/{number}/").status_code == 404
        assert client.post(f"/orders/{number}/cancel/").status_code == 404


def test_cancelling_gives_everything_back(shop: Window) -> None:
    client = browser(language="en")
    number = number_of(client)
    client.post(f"/orders/{number}/cancel/")
    page = page_of(client, f"/orders/{number}/")
    assert "Cancelled" in page and "Refunded" in page
    with as_everyone():
        assert Stock.objects.get(variant__sku="HD-1-N").quantity == 9
    client.post(f"/orders/{number}/cancel/")
    assert "no longer let you cancel" in page_of(client, f"/orders/{number}/")


def test_signing_in_brings_cart_and_orders_along(shop: Window) -> None:
    sam = shop.people.sam
    sam.set_password("a-long-password-1")
    sam.save()
    at_home, abroad = browser(language="en"), browser(language="en")
    number = number_of(at_home)
    put(at_home, quantity=2)
    for client in (at_home, abroad):
        sent = {"login": sam.email, "password": "a-long-password-1"}
        assert client.post("/accounts/login/", sent).status_code == 302
        assert number in page_of(client, "/orders/")
        assert "CN¥206.00" in page_of(client, "/cart/")
    assert Shopper.objects.get().user == sam
    at_home.post("/accounts/logout/")
    assert "The cart is empty" in page_of(at_home, "/cart/")


# --- The shop's side -----------------------------------------------------------------------------
def test_the_shop_sees_and_ships_its_orders(shop: Window) -> None:
    shopper, mei = browser(language="en"), browser(shop.people.mei, "en")
    number = number_of(shopper)
    listed = page_of(mei, "/merchant/loom/orders/")
    assert number in listed and "林小雨" in listed and "1 order" in listed
    step = f"/merchant/loom/orders/{number}/step/"
    mei.post(step, {"state": "packed"})
    mei.post(step, {"state": "shipped", "carrier": "SF Express", "tracking": "SF-1", "note": "Bye"})
    page = page_of(shopper, f"/orders/{number}/")
    for text in ("Shipped", "SF Express", "SF-1", "Bye"):
        assert text in page
    said = unescape(mei.post(step, {"state": "packed"}, follow=True).content.decode())
    assert "in another state by now: Shipped" in said
    assert page_of(mei, "/merchant/loom/orders/?state=placed").count(number) == 0
    assert number in page_of(mei, f"/merchant/loom/orders/?q={number[:4]}")


@pytest.mark.parametrize("person", ["rui", "sam"])
def test_others_get_404(shop: Window, person: str) -> None:
    number = number_of(browser())
    client = browser(getattr(shop.people, person))
    assert client.get("/merchant/loom/orders/").status_code == 404
    assert client.get(f"/merchant/loom/orders/{number}/").status_code == 404
    sent = client.post(f"/merchant/loom/orders/{number}/step/", {"state": "packed"})
    assert sent.status_code == 404
    assert browser(shop.people.rui).get(f"/merchant/rival/orders/{number}/").status_code == 404


def test_an_analyst_reads_and_does_not_ship(shop: Window) -> None:
    number = number_of(browser())
    ana = browser(shop.people.ana)
    assert ana.get(f"/merchant/loom/orders/{number}/").status_code == 200
    sent = ana.post(f"/merchant/loom/orders/{number}/step/", {"state": "packed"})
    assert sent.status_code == 404


def test_anonymous_people_sign_in(shop: Window) -> None:
    assert "/accounts/login/" in browser().get("/merchant/loom/orders/")["Location"]
