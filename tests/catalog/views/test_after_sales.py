"""What follows an order, in a browser: both sides, what is refused, and nobody else."""

import datetime
import io
import re
import uuid
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from catalog.models import (
    Address,
    Alert,
    BuyerReview,
    ExchangeRate,
    Order,
    PolicyVersion,
    Return,
    Review,
    ShippingMethod,
    Variant,
)
from catalog.orders.asking import Asking, Item
from catalog.orders.carting import add
from catalog.orders.keeping import advance
from catalog.orders.paying import Test
from catalog.orders.placing import place
from catalog.orders.returning import approve, ask
from catalog.presenting.cards import product_url
from catalog.presenting.estimating import forget_rates
from shopguide.accounts.models import Membership, Role, Shopper, User
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.orders.conftest import ADDRESS, wish_of
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db
HOODIE = product_url("loom", "HD/1")
ODD = ["", "-1", "x", "9" * 40, "\x00", "💥", "' OR 1=1 --"]
FORM = {"kind": "refund", "reason": "changed_mind", "condition": "sealed", "way": "original"}


class Sale:
    """An order of Sam's for two hoodies, delivered unless told otherwise; and its people."""

    def __init__(self, window: Window, *, steps: int = 3) -> None:
        self.window, self.people = window, window.people
        with as_merchant(window.loom):
            ShippingMethod.objects.get_or_create(
                merchant=window.loom, code="parcel", currency="CNY", defaults={"amount": "8.00"}
            )
        self.shopper, _new = Shopper.objects.get_or_create(user=window.people.sam)
        with as_everyone():
            variant = Variant.objects.get(sku="HD-1-N")
        add(self.shopper, variant.pk, 2, currency="CNY")
        (order,) = place(self.shopper, wish_of(self.shopper), Test())
        for step in ("packed", "shipped", "delivered")[:steps]:
            order = advance(order, step)
        self.order, self.url = order, f"/orders/{order.number}/"
        with as_merchant(window.loom):
            self.line = order.lines.get().pk
        self.sam, self.mei = browser(window.people.sam), browser(window.people.mei)
        agent, _new = User.objects.get_or_create(email="agent@example.com")
        stranger, _new = User.objects.get_or_create(email="stranger@example.com")
        Membership.objects.get_or_create(user=agent, merchant=window.loom, role=Role.AGENT)
        self.agent = browser(agent)
        self.others = [browser(), browser(window.people.rui), browser(stranger)]

    def asked(self) -> Return:
        return ask(self.order, Asking((Item(self.line),)))


@pytest.fixture
def sale(window: Window) -> Sale:
    """Return a delivered order."""
    return Sale(window)


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return unescape(response.content.decode())


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "PNG")
    file.seek(0)
    file.name = "red.png"
    return file


# --- Returns, by the shopper --------------------------------------------------------------------
def test_a_shopper_asks_and_the_shop_pays_back(sale: Sale, settings: object) -> None:
    page = text_of(sale.sam, sale.url)
    assert "Return until" in page and "Return or exchange" in page and "Write a review" in page
    page = text_of(sale.sam, f"{sale.url}return/")
    key = re.search(r'name="key"\s+value="([^"]+)"', page)
    assert key and "Warranty until" in page
    sent = FORM | {"key": key[1], f"quantity-{sale.line}": 1, "note": "<b>Too red</b>"}
    for _twice in range(2):
        response = sale.sam.post(f"{sale.url}return/", sent | {"pictures": picture()})
        assert response["Location"] == sale.url
    with as_everyone():
        back = Return.objects.get()
    assert back.number in text_of(sale.sam, sale.url)
    assert back.number in text_of(sale.sam, "/account/returns/")
    where = f"/merchant/loom/returns/{back.number}/"
    page = text_of(sale.agent, where)
    assert b"&lt;b&gt;Too red" in sale.agent.get(where).content
    assert "CN¥99.00" in page and "Goes back" in page
    shot = sale.agent.get(re.findall(rf'src="({where}pictures/\d+/)"', page)[0])
    assert (shot.status_code, shot["Content-Type"]) == (200, "image/webp")
    assert Image.open(io.BytesIO(b"".join(shot))).size == (40, 30)  # type: ignore[arg-type]
    for state in ("approved", "received", "refunded"):
        sale.agent.post(f"{where}step/", {"state": state, "note": "Fine"})
    page = text_of(sale.sam, sale.url)
    assert "CN¥99.00 goes back to you." in page and "Fine" in page and "Partly refunded" in page
    response = sale.agent.post(f"{where}step/", {"state": "refunded"}, follow=True)
    assert "in another state by now: Money back" in unescape(response.content.decode())


def test_the_only_thing_there_is_comes_back(sale: Sale) -> None:
    def field() -> str:
        page = text_of(sale.sam, f"{sale.url}return/")
        return re.findall(rf'<input[^>]*name="quantity-{sale.line}"[^>]*>', page)[0]

    assert " value=" not in field(), "one of two, or both"
    sale.asked()
    assert 'value="1"' in field()


def test_the_rules_answer_at_once(sale: Sale) -> None:
    key = uuid.uuid4()
    sent = FORM | {"key": key, f"quantity-{sale.line}": 1}
    refused = sale.sam.post(f"{sale.url}return/", sent | {"condition": "used"})
    assert refused.status_code == 409
    assert "Red Fleece Hoodie: Unused, with tags and packaging" in refused.content.decode()
    refused = sale.sam.post(f"{sale.url}return/", sent | {"kind": "exchange"})
    assert (refused.status_code, "no more can be sent" in refused.content.decode()) == (409, True)
    for odd in ODD:
        for field in (f"quantity-{sale.line}", "kind", "reason", "condition", "way", "key"):
            answer = sale.sam.post(f"{sale.url}return/", sent | {field: odd})
            assert answer.status_code in (409, 422), (field, odd)
    answer = sale.sam.post(f"{sale.url}return/", sent | {"pictures": io.BytesIO(b"no picture")})
    assert answer.status_code == 409
    with as_everyone():
        assert not Return.objects.exists()


def test_what_cannot_come_back_any_more_says_why(
    sale: Sale, monkeypatch: pytest.MonkeyPatch
) -> None:
    field = f'name="quantity-{sale.line}"'
    form = text_of(sale.sam, f"{sale.url}return/")
    assert field in form and "This was possible until" not in form
    later = timezone.now() + datetime.timedelta(days=300)
    monkeypatch.setattr("catalog.orders.asking.timezone", SimpleNamespace(now=lambda: later))
    form = text_of(sale.sam, f"{sale.url}return/")
    assert "This was possible until" in form and "Nothing of this order can come back now" in form
    assert field not in form
    to_rules = re.compile(rf'class="button plain"\s+href="{sale.url}return/"')
    assert to_rules.search(text_of(sale.sam, sale.url)), "the rules can be read all the same"


def test_a_shopper_sends_it_or_keeps_it(sale: Sale) -> None:
    back = approve(sale.asked())
    sent = f"{sale.url}returns/{back.number}/sent/"
    sale.sam.post(sent, {"carrier": "SF", "tracking": "SF9"})
    assert "SF SF9" in text_of(sale.sam, sale.url)
    sale.sam.post(f"{sale.url}returns/{back.number}/withdraw/")
    page = text_of(sale.sam, sale.url)
    assert "Withdrawn" in page and "Keep it after all" not in page
    answer = sale.sam.post(sent, {"carrier": "SF"}, follow=True).content.decode()
    assert "in another state by now" in answer


def test_address_and_invoice(window: Window) -> None:
    sale = Sale(window, steps=0)
    answer = sale.sam.post(f"{sale.url}address/", ADDRESS | {"street": "龙井路 2 号"})
    assert answer["Location"] == sale.url and "龙井路 2 号" in text_of(sale.sam, sale.url)
    answer = sale.sam.post(f"{sale.url}address/", ADDRESS | {"country": "US", "postal_code": "1"})
    assert answer.status_code == 422
    abroad = ADDRESS | {"country": "US", "postal_code": "94110"}
    assert sale.sam.post(f"{sale.url}address/", abroad).status_code == 409
    said = {"title": "小雨公司", "tax_number": "91330106X", "email": "lin@example.com"}
    assert sale.sam.post(f"{sale.url}invoice/", said | {"tax_number": "<x>"}).status_code == 422
    assert sale.sam.post(f"{sale.url}invoice/", said)["Location"] == sale.url
    where = f"/merchant/loom/orders/{sale.order.number}/"
    assert "Number of the invoice for 小雨公司" in text_of(sale.agent, where)
    sale.agent.post(f"{where}invoice/", {"number": "2026-7"})
    assert "2026-7" in text_of(sale.sam, sale.url)
    assert "2026-7" in text_of(sale.sam, f"{sale.url}print/")
    assert sale.sam.post(f"{sale.url}invoice/", said).status_code == 409


# --- Nobody else --------------------------------------------------------------------------------
def test_what_is_somebody_elses_is_nobodys(sale: Sale) -> None:
    back = approve(sale.asked())
    own = [
        "return/", "address/", "invoice/", "print/", f"lines/{sale.line}/review/",
        f"returns/{back.number}/pictures/1/",
    ]  # fmt: skip
    posts = [
        "return/", "address/", "invoice/", f"lines/{sale.line}/review/",
        f"lines/{sale.line}/review/delete/", f"returns/{back.number}/sent/",
        f"returns/{back.number}/withdraw/",
    ]  # fmt: skip
    for other in sale.others:
        assert {other.get(sale.url + path).status_code for path in own} == {404}
        assert {other.post(sale.url + path).status_code for path in posts} == {404}
    second = Sale(sale.window)
    for path in (f"returns/{back.number}/sent/", f"lines/{sale.line}/review/"):
        assert second.sam.post(second.url + path).status_code == 404
    shop = [
        "returns/", f"returns/{back.number}/", "policies/", "reviews/", "orders.csv",
    ]  # fmt: skip
    for person in ("rui", "sam"):
        client = browser(getattr(sale.people, person))
        assert {client.get(f"/merchant/loom/{path}").status_code for path in shop} == {404}
        assert client.post(f"/merchant/loom/returns/{back.number}/step/").status_code == 404
    rival = browser(sale.people.rui)
    assert rival.get(f"/merchant/rival/returns/{back.number}/").status_code == 404
    assert rival.post(f"/merchant/rival/returns/{back.number}/step/").status_code == 404
    ana = browser(sale.people.ana)
    assert ana.get(f"/merchant/loom/returns/{back.number}/").status_code == 200
    assert ana.post(f"/merchant/loom/returns/{back.number}/step/").status_code == 404
    assert ana.get("/merchant/loom/policies/").status_code == 404
    assert "/accounts/login/" in browser().get("/merchant/loom/returns/")["Location"]
    for path in ("sent/", "withdraw/"):
        assert sale.sam.get(f"{sale.url}returns/{back.number}/{path}").status_code == 405


# --- The shop's side ----------------------------------------------------------------------------
def test_the_list_of_returns(sale: Sale) -> None:
    assert "Nothing comes back" in text_of(sale.mei, "/merchant/loom/returns/")
    back = sale.asked()
    assert back.number in text_of(sale.mei, "/merchant/loom/returns/")
    sale.mei.post(f"/merchant/loom/returns/{back.number}/step/", {"state": "rejected"})
    assert back.number not in text_of(sale.mei, "/merchant/loom/returns/")
    with CaptureQueriesContext(connection) as one:
        page = text_of(sale.mei, "/merchant/loom/returns/?state=all")
    assert back.number in page
    for _more in range(3):
        second = sale.asked()
        sale.mei.post(f"/merchant/loom/returns/{second.number}/step/", {"state": "rejected"})
    with CaptureQueriesContext(connection) as more:
        part = sale.mei.get("/merchant/loom/returns/?state=all", headers={"HX-Request": "true"})
    assert len(more) <= len(one) and b"<html" not in part.content
    for odd in ODD:
        assert (
            sale.mei.get("/merchant/loom/returns/", {"page": odd, "state": odd}).status_code == 200
        )
        form = {"state": odd, "kept": odd, "note": odd}
        step = sale.mei.post(f"/merchant/loom/returns/{second.number}/step/", form)
        assert step.status_code == 302


def policy_form(client: Client) -> dict[str, str | list[str]]:
    """Return the form of the policies' page as a browser would send it."""
    form = client.get("/merchant/loom/policies/").context["forms"]
    sent: dict[str, str | list[str]] = {"number": str(client.get(
        "/merchant/loom/policies/").context["page"]["number"])}  # fmt: skip
    for one in (form.terms, *form.rules, *form.warranties):
        for field in one:
            value = field.value()
            if field.name == "DELETE" or value is None or value is False or value == "":
                continue
            sent[field.html_name] = (
                [str(each) for each in value] if isinstance(value, list) else str(value)
            )
    for rows in (form.rules, form.warranties):
        for name, value in rows.management_form.initial.items():
            sent[f"{rows.prefix}-{name}"] = str(value)
    return sent


def test_rules_are_told_by_what_they_are_for(sale: Sale) -> None:
    page = text_of(sale.mei, "/merchant/loom/policies/")
    faulty = "Faulty, damaged, wrong or not as described"
    assert page.count(faulty) == 2 and page.count("All other goods") == 3, "told, and to be changed"
    assert "Underwear" in page and ">clothing/underwear" not in page, "a category that is gone"
    sent = policy_form(sale.mei)
    changed = sent | {"rules-3-skus": "HD/1", "rules-3-reasons": ["changed_mind"]}
    assert sale.mei.post("/merchant/loom/policies/", changed).status_code == 302
    page = text_of(sale.mei, "/merchant/loom/policies/")
    assert page.count("Red Fleece Hoodie · I changed my mind") == 2
    chinese = browser(sale.window.people.mei, "zh-hans")
    assert "其他商品" in text_of(chinese, "/merchant/loom/policies/")


def test_policies_are_written_in_versions(sale: Sale) -> None:
    assert "Return within 7 days." in text_of(sale.mei, "/merchant/loom/policies/")
    sent = policy_form(sale.mei)
    changed = sent | {"rules-3-return_days": "30", "rules-3-ORDER": "0", "automatic": "on"}
    assert sale.mei.post("/merchant/loom/policies/", changed).status_code == 302
    page = text_of(sale.mei, "/merchant/loom/policies/")
    assert "Return within 30 days." in page
    with as_merchant(sale.window.loom):
        version = PolicyVersion.objects.get()
        assert version.terms["rules"][0]["code"] == "standard" and version.terms["automatic"]
    stale = sale.mei.post("/merchant/loom/policies/", changed)  # somebody else was faster
    assert stale.status_code == 409 and "Somebody else" in stale.content.decode()
    assert "30 days" in text_of(browser(), HOODIE)
    removed = policy_form(sale.mei) | {f"rules-{at}-DELETE": "on" for at in range(4)}
    assert sale.mei.post("/merchant/loom/policies/", removed).status_code == 302
    assert "Nothing of this order can come back" not in text_of(sale.sam, f"{sale.url}return/")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("rules-0-return_days", "-1", "greater than or equal"),
        ("rules-0-code", "A b", "small letters"), ("rules-0-code", "standard", "one of this name"),
        ("rules-0-fee_percent", "101", "less than or equal"), ("cut_off", "25:00", "valid time"),
        ("closed", "someday", "Not a date"), ("workdays", "9", "not one of the available"),
        ("rules-0-ways", [], "how the money goes back"),
        ("warranties-0-months", "x", "whole number"),
        ("rules-TOTAL_FORMS", "9" * 9, ""), ("rules-0-skus", "\x00", "Null characters"),
    ],
)  # fmt: skip
def test_mistakes_in_policies_are_named(
    sale: Sale, field: str, value: str | list[str], says: str
) -> None:
    response = sale.mei.post("/merchant/loom/policies/", policy_form(sale.mei) | {field: value})
    assert response.status_code == 422
    assert says in unescape(response.content.decode())
    with as_merchant(sale.window.loom):
        assert not PolicyVersion.objects.exists()


# --- Reviews ------------------------------------------------------------------------------------
def test_a_buyer_reviews_and_the_shop_answers(sale: Sale) -> None:
    where = f"{sale.url}lines/{sale.line}/review/"
    assert "Delivered, not reviewed yet" in text_of(sale.sam, "/account/reviews/")
    for odd in ODD:
        assert sale.sam.post(where, {"stars": odd}).status_code == 422
    words = {"stars": "2", "title": "Thin", "body": "Not warm at all.", "author": "Sam"}
    assert sale.sam.post(where, words)["Location"] == sale.url
    page = text_of(browser(), HOODIE)
    assert "Not warm at all." in page and "Bought here" in page
    with as_everyone():
        review = Review.objects.get(body="Not warm at all.")
    sale.agent.post(f"/merchant/loom/reviews/{review.pk}/reply/", {"reply": "Sorry!<script>"})
    page = browser().get(HOODIE).content.decode()
    assert "The shop answers" in page and "Sorry!&lt;script&gt;" in page
    sale.sam.post(where, words | {"body": "See www.evil.example", "pictures": picture()})
    assert "evil.example" not in text_of(browser(), HOODIE)
    assert "Held for a look" in text_of(sale.sam, "/account/reviews/")
    assert "evil.example" in text_of(sale.agent, "/merchant/loom/reviews/")
    with as_everyone():
        own = BuyerReview.objects.get()
    decide = f"/merchant/loom/reviews/{own.pk}/decide/"
    assert browser(sale.people.rui).post(
        f"/merchant/rival/reviews/{own.pk}/decide/", {"decision": "show"}
    ).status_code == 404  # fmt: skip
    for _twice in range(2):
        sale.agent.post(decide, {"decision": "show"})
    assert ".webp" in text_of(browser(), HOODIE).split("evil.example")[1]
    sale.sam.post(f"{where}delete/")
    assert "evil.example" not in text_of(browser(), HOODIE)
    assert browser(sale.people.ana).post(decide).status_code == 404
    for person in (sale.sam, *sale.others[1:]):
        assert person.post(f"/merchant/loom/reviews/{review.pk}/reply/").status_code == 404


# --- What shoppers keep -------------------------------------------------------------------------
def test_the_heart_and_the_list(window: Window) -> None:
    client, stranger = browser(), browser()
    product = window.hoodie.pk
    assert "No favourites yet" in text_of(client, "/lists/")
    client.post("/lists/change/", {"product": product, "next": HOODIE})
    assert "Red Fleece Hoodie" in text_of(client, "/lists/")
    assert "Among your favourites" in text_of(client, HOODIE)
    assert "No favourites yet" in text_of(stranger, "/lists/")
    client.force_login(window.people.sam)
    client.cookies["language"] = "en"
    client.post("/lists/change/", {"product": product, "drop": "1"})
    for odd in ODD:
        answer = client.post("/lists/change/", {"product": odd, "next": "//evil.example"})
        assert (answer.status_code, answer["Location"]) == (302, "/")


def test_alerts_are_asked_for_and_stopped(window: Window) -> None:
    client = browser()
    sent = {"product": window.hoodie.pk, "kind": "price", "below": "80", "currency": "CNY",
            "email": "lin@example.com", "next": HOODIE}  # fmt: skip
    client.post("/alerts/add/", sent)
    page = text_of(client, "/lists/")
    assert "lin@example.com" in page and "CN¥80.00" in page
    with as_everyone():
        alert = Alert.objects.get()
    stop = f"/alerts/{alert.token}/stop/"
    strict = Client(enforce_csrf_checks=True)
    assert "Stop it" in text_of(strict, stop)
    assert strict.post(stop).status_code == 200  # one press in a mail reader
    assert "lin@example.com" not in text_of(client, "/lists/")
    assert client.get(f"/alerts/{uuid.uuid4()}/stop/").status_code == 404
    for field in ("product", "kind", "below", "currency", "email", "variant"):
        for odd in ODD:
            assert client.post("/alerts/add/", sent | {field: odd}).status_code == 302


def test_addresses_are_kept_and_used_at_the_checkout(window: Window) -> None:
    client, stranger = browser(), browser()
    assert client.post("/account/addresses/", ADDRESS | {"phone": "x"}).status_code == 422
    assert client.post("/account/addresses/", ADDRESS)["Location"] == "/account/addresses/"
    with as_everyone():
        pk = Address.objects.get().pk
    assert "文三路" in text_of(client, f"/account/addresses/{pk}/")
    client.post(f"/account/addresses/{pk}/", ADDRESS | {"street": "龙井路 2 号", "usual": "1"})
    assert "龙井路 2 号" in text_of(client, "/account/addresses/")
    for path in (f"/account/addresses/{pk}/", f"/account/addresses/{pk}/remove/"):
        assert stranger.post(path, ADDRESS).status_code == 404
    client.post("/cart/add/", {"variant": _variant(), "quantity": 1})
    page = text_of(client, "/checkout/")
    assert "龙井路 2 号" in page
    client.post(f"/account/addresses/{pk}/remove/")
    assert "龙井路" not in text_of(client, "/account/addresses/")


def _variant() -> int:
    with as_everyone():
        return Variant.objects.get(sku="HD-1-N").pk


def test_an_estimate_is_marked_as_one(window: Window, rates_anew: None) -> None:
    client = browser()
    client.cookies["currency"] = "EUR"
    assert "an estimate" not in text_of(client, HOODIE)
    ExchangeRate.objects.create(currency="CNY", per_dollar="7.2")
    ExchangeRate.objects.create(currency="EUR", per_dollar="0.9")
    forget_rates()
    page = text_of(client, HOODIE)
    assert "about €" in page and "an estimate" in page


# --- Orders as a table --------------------------------------------------------------------------
def test_orders_as_a_table(sale: Sale, fill: Callable[[int], None]) -> None:
    with as_everyone():
        Order.objects.update(address=ADDRESS | {"name": "=cmd()"})
    response = sale.mei.get("/merchant/loom/orders.csv")
    lines = b"".join(response).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]
    assert lines[0].startswith("order,placed_at") and len(lines) == 2
    assert sale.order.number in lines[1] and "'=cmd()" in lines[1] and ",206.00," in lines[1]
    none = sale.mei.get("/merchant/loom/orders.csv?state=placed")
    assert len(b"".join(none).splitlines()) == 1  # type: ignore[arg-type]
