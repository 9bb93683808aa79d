"""The demo's conversations: from what people looked at, once, and counted by the figures."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from assistant import demonstrating
from assistant.demonstrating import WRITER, converse
from assistant.models import Conversation, Message
from catalog.demonstrating import afterwards, forget_searches
from catalog.models import SearchCount, Variant
from catalog.models.back import Return
from profiles.models import Event, Kind
from profiles.simulating.populating import line_of, place
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.factories import make_product
from tests.people import make_people

pytestmark = pytest.mark.django_db
MANY = 12


@pytest.fixture
def shoppers() -> list[Shopper]:
    """Return people who opened a demo shop's hoodie and bought it a fortnight ago."""
    people, now = make_people(), timezone.now()
    hoodie = make_product(people.loom, "HD-1", title="Hoodie", title_zh="卫衣", stock=99)
    with as_everyone():
        type(people.loom).objects.filter(pk=people.loom.pk).update(is_demo=True)
        variant = Variant.objects.select_related("product__category").get(product=hoodie)
        made = [Shopper.objects.create() for _number in range(MANY)]
        for one in made:
            at = now - timedelta(days=1)
            Event.objects.create(shopper=one, kind=Kind.VIEW, product=hoodie.pk, at=at)
            line = line_of(variant, Decimal(10))
            then = now - timedelta(days=14)
            place(one, one.pk, [line], at=then, until=now)
    return made


def test_people_have_talked_about_what_they_opened_once(shoppers: list[Shopper]) -> None:
    """Each message says that it is the demo's; a second run adds nothing."""
    numbers, now = [one.pk for one in shoppers], timezone.now()
    told = converse(numbers, now)
    with as_everyone():
        talks = list(Conversation.objects.filter(shopper__in=numbers))
        said = list(Message.objects.filter(conversation__in=talks))
    assert 0 < told["chats"] == len(talks) < MANY and told["messages"] == len(said)
    assert {one.writer for one in said if one.voice == "assistant"} == {WRITER}
    assert all(one.trace == {"demo": True} and one.state == "done" for one in said)
    assert all(one.created_at == one.said_at < now for one in talks)
    assert converse(numbers, now) == {"chats": 0, "messages": 0}


def test_handed_over_talks_have_an_answer(
    shoppers: list[Shopper], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person answered after they were handed over, and they are no work for anybody."""
    monkeypatch.setattr(demonstrating, "HANDED", 1.0)
    converse([one.pk for one in shoppers], timezone.now())
    with as_everyone():
        talks = list(Conversation.objects.all())
    assert talks and all(one.merchant_id and one.handling == "resolved" for one in talks)
    assert all(one.handed_at < one.replied_at == one.resolved_at for one in talks)


def test_things_came_back_and_were_searched_for_once(
    shoppers: list[Shopper], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not after today, each of a delivered order; searches go again when they are taken out."""
    from catalog import demonstrating as module

    monkeypatch.setattr(module, "BACK", 1.0)
    numbers, now = [one.pk for one in shoppers], timezone.now()
    told = afterwards(numbers, now)
    with as_everyone():
        backs = list(Return.objects.select_related("order", "refund").prefetch_related("lines"))
        counts = list(SearchCount.objects.all())
    assert told["returns"] == len(backs) == MANY
    assert all(one.order.placed_at < one.asked_at <= now and one.lines.count() for one in backs)
    paid = [one for one in backs if one.state == "refunded"]
    assert paid and all(one.refund.amount == one.order.total_amount for one in paid)
    assert {one.order.payment_state for one in paid} == {"refunded"}
    assert all(one.asked_at < one.refund.finished_at <= now for one in paid)
    assert not any(hasattr(one, "refund") for one in backs if one.state != "refunded")
    assert sum(one.asked for one in counts) == told["searches"] > 0
    assert all(one.empty <= one.asked and one.clicks <= one.asked - one.empty for one in counts)
    assert afterwards(numbers, now) == {"returns": 0, "searches": 0}
    assert forget_searches() == len(counts)
