"""What a shop's own systems are told: the life of orders, returns, stock, reviews and chats."""

from typing import Any

import pytest

from assistant.handing_over import hand_over, resolve, take_back
from assistant.models import Conversation
from catalog.models import BuyerReview, Order, Refund, Stock
from catalog.opinions.writing import Words, add_picture, decide, delete
from catalog.opinions.writing import write as review
from catalog.orders.keeping import advance
from catalog.orders.paying_back import pay_back
from catalog.orders.refunding import refund
from catalog.orders.returning import announce, approve, ask, receive, withdraw
from shopguide.accounts.models import (
    Kind,
    Merchant,
    Shopper,
    Webhook,
    WebhookDelivery,
    WebhookEvent,
)
from shopguide.accounts.tenancy import as_everyone, as_merchant, as_shopper
from tests.catalog.orders.conftest import make_shop
from tests.catalog.orders.test_returning import asking, bought

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers a bell here."""
    monkeypatch.setattr("shopguide.accounts.delivering.ring", lambda merchant: None)


def listening(shop: Merchant, *kinds: str) -> Webhook:
    """Save an address of the shop."""
    with as_merchant(shop):
        return Webhook.objects.create(merchant=shop, url="https://example.com/", kinds=list(kinds))


def told(shop: Merchant, about: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Return what was told, in its order."""
    with as_merchant(shop):
        rows = WebhookEvent.objects.filter(about__startswith=about).order_by("pk")
        return [(one.kind, one.content) for one in rows]


def kinds(shop: Merchant, about: str) -> list[str]:
    """Return the kinds of what was told."""
    return [kind for kind, _content in told(shop, about)]


def test_an_order_and_its_return_are_told_to_the_end(shop: Merchant, shopper: Shopper) -> None:
    listening(shop)
    order = bought(shop, shopper)
    back = announce(approve(ask(order, asking(order, {"MUG": 1}))), carrier="SF", tracking="SF1")
    refund(receive(back))
    with as_everyone():
        due = Refund.objects.get()
    pay_back(due.pk)
    withdraw(ask(order, asking(order, {"BOWL": 1})))
    assert kinds(shop, f"order:{order.number}") == [
        "order.placed", "order.paid", "order.packed", "order.shipped", "order.delivered",
        "refund.paid",
    ]  # fmt: skip
    assert kinds(shop, f"return:{back.number}") == [
        "return.asked", "return.approved", "return.sent", "return.received", "return.refunded",
    ]  # fmt: skip
    assert kinds(shop, "return:")[-2:] == ["return.asked", "return.withdrawn"]
    (_kind, content) = told(shop, f"return:{back.number}")[2]
    assert content["lines"] == [{"sku": "MUG", "quantity": 1}]
    (_kind, paid) = told(shop, f"order:{order.number}")[-1]
    assert (paid["amount"], paid["return"]) == ("40.00", back.number)
    said = str(told(shop))
    assert not [one for one in (str(shopper.pk), order.email, "SF1") if one in said]
    with as_merchant(shop):
        assert WebhookDelivery.objects.count() == WebhookEvent.objects.count()


def test_stock_is_told_however_it_moves(shop: Merchant, shopper: Shopper) -> None:
    listening(shop, "stock.out", "stock.back", "stock.low")
    order = bought(shop, shopper)  # five mugs, two of them sold
    assert told(shop) == [("stock.low", {"sku": "MUG", "product": "MUG", "left": 3, "before": 5,
                                         "variant": told(shop)[0][1]["variant"]})]  # fmt: skip
    with as_everyone():
        mugs = Stock.objects.get(variant__sku="MUG")
        for count in (2, 0, 0, 9):
            Stock.objects.filter(pk=mugs.pk).update(quantity=count)
        assert Order.objects.get(pk=order.pk)
    assert [(kind, said["left"]) for kind, said in told(shop)] == [
        ("stock.low", 3), ("stock.out", 0), ("stock.back", 9)
    ]  # fmt: skip
    assert {one for one, _said in told(shop, f"variant:{mugs.variant_id}")} == {
        "stock.low", "stock.out", "stock.back"
    }  # fmt: skip


def test_a_shop_that_listens_to_other_things_is_told_nothing_of_stock(
    shop: Merchant, shopper: Shopper
) -> None:
    listening(shop, "order.placed")
    listening(make_shop("rival"))
    bought(shop, shopper)
    assert kinds(shop, "") == ["order.placed"]
    assert told(make_rival()) == []


def make_rival() -> Merchant:
    """Return the other shop."""
    return Merchant.objects.get(slug="rival")


def test_reviews_are_told_and_never_their_words(shop: Merchant, shopper: Shopper) -> None:
    listening(shop)
    order = bought(shop, shopper)
    with as_merchant(shop):
        line = order.lines.select_related("variant").get(sku="MUG")
    own = review(order, line, Words(5, "Warm", "Holds much."))
    add_picture(own, "none/none.webp")
    with as_everyone():
        held = BuyerReview.objects.get()
    delete(decide(held, show=True))
    assert [(kind, said["state"]) for kind, said in told(shop, "review:")] == [
        ("review.written", "shown"), ("review.changed", "held"), ("review.decided", "shown"),
        ("review.deleted", "shown"),
    ]  # fmt: skip
    assert "Warm" not in str(told(shop)) and "Holds much" not in str(told(shop))


def test_a_chat_is_told_when_people_get_it_and_never_what_was_said(
    shop: Merchant, shopper: Shopper
) -> None:
    listening(shop)
    with as_shopper(shopper):
        chat = Conversation.objects.create(shopper=shopper, language="en")
        assert hand_over(chat, shop, reason="asked", summary="“My secret”")
        assert not hand_over(chat, shop, reason="asked", summary="again")
    with as_merchant(shop):
        resolve(chat)
    with as_shopper(shopper):
        take_back(chat)
        take_back(chat)
    assert kinds(shop, "chat:") == ["chat.handed_over", "chat.resolved", "chat.taken_back"]
    assert "secret" not in str(told(shop)) and str(shopper.pk) not in str(told(shop))


def test_every_kind_can_be_told_and_is_documented(shop: Merchant, shopper: Shopper) -> None:
    from tests.services import ROOT

    page = (ROOT / "docs" / "webhooks.md").read_text("utf-8")
    assert [kind for kind in Kind.values if f"`{kind}`" not in page] == []
    listening(shop)
    order = bought(shop, shopper, state="paid")
    advance(order, "cancelled")
    assert kinds(shop, f"order:{order.number}")[-1] == "order.cancelled"
