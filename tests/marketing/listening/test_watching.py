"""A cycle of listening: from words to an alert in its place, once, with what was said."""

import pytest
from django.core import mail
from django.utils import timezone

from catalog.models import Product
from catalog.opinions.judges import WordJudge
from catalog.opinions.judging import judge_reviews
from marketing.listening.judging import judge_mentions
from marketing.listening.quoting import quotes_of
from marketing.listening.telling import send_due
from marketing.listening.turning import changed_shops, weigh_shop
from marketing.models import AlertWatch, Mention, OpinionAlert, Suspicion
from shopguide.accounts.models import Membership, Merchant
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_merchant, make_product
from tests.marketing.listening.factories import (
    days_ago,
    make_mention,
    make_quiet,
    make_review,
    plant,
)
from tests.people import People, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def shop(people: People) -> Merchant:
    return people.loom


@pytest.fixture
def products(shop: Merchant) -> list[Product]:
    made = [make_product(shop, f"A-{n}", title=f"Hoodie {n}") for n in range(4)]
    make_quiet(made)
    return made


def cycle(shop: Merchant) -> list[OpinionAlert]:
    """Judge and weigh, as the workers do."""
    judge = WordJudge()
    judge_reviews(shop, judge=judge)
    judge_mentions(shop, judge=judge)
    return weigh_shop(shop)


def test_a_planted_burst_is_told_in_one_cycle_with_product_aspect_and_words(
    shop: Merchant, products: list[Product]
) -> None:
    assert cycle(shop) == []
    plant(products[2])
    (alert,) = cycle(shop)
    assert (alert.product_id, alert.aspect, alert.state) == (products[2].pk, "smell", "open")
    assert alert.seen == 8 and alert.expected < 1 and alert.doubtful == 0
    with as_merchant(shop):
        quotes = quotes_of(alert)
    assert len(quotes) == 8 and any("异味" in one.quote for one in quotes)
    assert alert.answer_language == "zh-hans" and "Hoodie 2" in alert.answer
    assert "15 天内退货，运费由本店承担" in alert.answer
    assert {one["verdict"] for one in alert.answer_claims} == {"supported"}


def test_weighing_again_changes_nothing_and_more_words_let_it_grow(
    shop: Merchant, products: list[Product]
) -> None:
    plant(products[0])
    (alert,) = cycle(shop)
    assert cycle(shop) == []
    make_review(products[0], "异味很大，退了", stars=1)
    assert cycle(shop) == []
    with as_merchant(shop):
        alert.refresh_from_db()
        assert OpinionAlert.objects.count() == 1
    assert alert.seen == 9 and any(key.startswith("review:") for key in alert.voices)


def test_a_closed_alert_is_not_raised_by_the_same_days(
    people: People, shop: Merchant, products: list[Product]
) -> None:
    plant(products[0], days=1)
    (alert,) = cycle(shop)
    with as_merchant(shop):
        alert.close(by=people.mei, outcome="mended", note="new glue")
    assert cycle(shop) == []
    with as_merchant(shop):
        assert [one.outcome for one in OpinionAlert.objects.all()] == ["mended"]


def test_copied_complaints_are_doubted_but_not_passed_over(
    shop: Merchant, products: list[Product]
) -> None:
    for _n in range(12):
        make_mention(products[1], "这个卫衣异味太重了根本没法穿，大家千万别买")
    (alert,) = cycle(shop)
    assert alert.seen == 12 and alert.doubtful == 11
    with as_merchant(shop):
        assert Suspicion.objects.filter(reasons__contains=["copy"]).count() == 11


def test_complaints_of_long_ago_in_a_file_of_today_are_told_of_their_day(
    shop: Merchant, products: list[Product]
) -> None:
    plant(products[3], days=12)
    (alert,) = cycle(shop)
    assert alert.last_day == timezone.localdate(days_ago(12))


def test_members_who_asked_are_written_to_once(
    people: People, shop: Merchant, products: list[Product]
) -> None:
    with as_merchant(shop):
        AlertWatch.objects.create(merchant=shop, user=people.mei)
        AlertWatch.objects.create(merchant=shop, user=people.edda)
        Membership.objects.filter(user=people.edda).delete()
    plant(products[0])
    cycle(shop)
    assert send_due() == 1 and send_due() == 0
    (letter,) = mail.outbox
    assert letter.to == [people.mei.email] and "Hoodie 0" in letter.subject
    assert f"/merchant/{shop.slug}/" in letter.body


def test_only_shops_that_hear_something_new_are_rung(
    shop: Merchant, products: list[Product]
) -> None:
    make_merchant("silent")
    judge_mentions(shop, judge=WordJudge())
    assert changed_shops() == [shop.pk]
    weigh_shop(shop)
    assert changed_shops() == []
    with as_merchant(shop):
        Mention.objects.filter(product=products[0])[0:1].get().delete()
    assert changed_shops() == [shop.pk]


def test_judging_is_renewed_by_other_words_alone(shop: Merchant, products: list[Product]) -> None:
    judge = WordJudge()
    assert judge_mentions(shop, judge=judge) > 50
    assert judge_mentions(shop, judge=judge) == 0
    with as_everyone():
        Mention.objects.filter(product=products[0]).update(text="太差了，很失望")
        changed = Mention.objects.filter(product=products[0]).count()
    assert judge_mentions(shop, judge=judge) == changed
    with as_merchant(shop):
        told = Mention.objects.filter(product=products[0]).values_list("feeling", flat=True)
        assert set(told) == {"negative"}
