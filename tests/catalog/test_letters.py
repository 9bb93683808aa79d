"""Letters: written with the news, sent once, in the shopper's language, never in a page."""

import datetime
import smtplib
import threading
from collections import Counter

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from catalog.letters import give_up_lost, send, send_due
from catalog.models import Letter, Order
from catalog.models.letter import LetterState
from catalog.orders.asking import Asking, Item
from catalog.orders.carting import add
from catalog.orders.informing import inform_of_state
from catalog.orders.keeping import advance, cancel
from catalog.orders.paying import Test
from catalog.orders.placing import place
from catalog.orders.refunding import refund
from catalog.orders.returning import approve, ask, reject
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.orders.conftest import make_shop, variant_of, wish_of


@pytest.fixture
def shop() -> Merchant:
    """Return a shop that ships."""
    return make_shop()


@pytest.fixture
def shopper() -> Shopper:
    """Return somebody who has no account."""
    return Shopper.objects.create()


def ordered(shop: Merchant, shopper: Shopper, language: str = "zh-hans") -> Order:
    add(shopper, variant_of(shop, "MUG").pk, 2, currency="CNY")
    (order,) = place(shopper, wish_of(shopper, language=language), Test())
    return order


def states() -> list[str]:
    with as_everyone():
        return list(Letter.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.django_db
def test_each_step_is_told_once_in_the_shoppers_language(shop: Merchant, shopper: Shopper) -> None:
    order = ordered(shop, shopper)
    assert mail.outbox == []
    with as_merchant(shop):
        inform_of_state(order)  # the same news again
    for step in ("packed", "shipped", "delivered"):
        order = advance(order, step, carrier="SF", tracking="SF1")
    with as_merchant(shop):
        item = Item(order.lines.get().pk, 1)
    refund(approve(ask(order, Asking((item,))), text="请寄回"))
    reject(ask(order, Asking((item,))), text="污渍")
    assert (send_due(), send_due()) == (9 - 1, 0)
    subjects = [one.subject for one in mail.outbox]
    assert len(set(subjects)) == len(subjects) == 8
    assert all(order.number in subjects[at] for at in (0, 1, 2))
    first = mail.outbox[0]
    html = str(first.alternatives[0][0])
    for text in (str(first.body), html):
        assert "Cotton T-shirt" in text and "88.00" in text and "文三路" in text
        assert f"http://localhost:8000/orders/{order.number}/" in text
    assert 'lang="zh-hans"' in html and first.to == ["lin@example.com"]
    assert not any("Your order" in subject for subject in subjects)
    assert any("污渍" in str(one.body) for one in mail.outbox)
    assert set(states()) == {LetterState.SENT}


@pytest.mark.django_db
def test_english_and_hostile_words(shop: Merchant, shopper: Shopper) -> None:
    order = ordered(shop, shopper, language="xx")
    cancel(order)
    with as_everyone():
        order.lines.update(titles={"en": "<script>x</script>\r\nBcc: a@b.c"})
        Letter.objects.filter(kind="cancelled").delete()
    assert send_due() == 1
    (letter,) = mail.outbox
    assert letter.subject == f"Your order {order.number}"
    assert "<script>" not in str(letter.alternatives[0][0])


@pytest.mark.django_db
def test_what_surely_stayed_here_is_tried_again(
    shop: Merchant, shopper: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered(shop, shopper)

    def closed(self: EmailBackend) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", closed)
        assert send_due() == 0
    assert (states(), send_due()) == ([LetterState.QUEUED], 0)
    with as_everyone():
        Letter.objects.update(due_at=timezone.now())
    assert (send_due(), len(mail.outbox)) == (1, 1)


@pytest.mark.django_db
def test_what_may_have_left_is_never_sent_again(
    shop: Merchant, shopper: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered(shop, shopper)

    def cut(self: EmailBackend, messages: object) -> int:
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", cut)
        assert send_due() == 0
    assert (states(), send_due(), mail.outbox) == ([LetterState.FAILED], 0, [])


@pytest.mark.django_db
def test_a_letter_lost_with_its_worker_is_given_up(shop: Merchant, shopper: Shopper) -> None:
    ordered(shop, shopper)
    with as_everyone():
        Letter.objects.update(
            state=LetterState.SENDING, due_at=timezone.now() - datetime.timedelta(minutes=1)
        )
    assert (give_up_lost(), states(), send_due()) == (1, [LetterState.FAILED], 0)


@pytest.mark.usefixtures("committed_rows")
def test_workers_at_once_send_once() -> None:
    shop, shopper = make_shop(), Shopper.objects.create()
    ordered(shop, shopper)
    with as_everyone():
        pk = Letter.objects.get().pk
    told: Counter[bool] = Counter()

    def work() -> None:
        told[send(pk)] += 1
        connection.close()

    workers = [threading.Thread(target=work) for _one in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (told, len(mail.outbox)) == ({True: 1, False: 5}, 1)
