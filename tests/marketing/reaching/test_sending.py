"""No message without consent, none in the quiet hours, none above a cap, none twice."""

from __future__ import annotations

import datetime
import threading
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from marketing.models import Campaign, CampaignStage, Notice, Send
from marketing.reaching.gathering import cancel, finish, gather
from marketing.reaching.noticing import banner_of, mark, notices_of
from marketing.reaching.sending import claim, give_up_lost, put_off, send, send_due
from marketing.reaching.stopping import reader_of, stop, word_for
from profiles.consenting import choose
from profiles.contacting import Manner, change_contact, loud_from, mute
from profiles.models import Consent, Purpose
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.marketing.reaching.conftest import make_campaign, make_customer, under_way

pytestmark = pytest.mark.django_db
# 23:00 in Shanghai, later than any row is made.
NIGHT = datetime.datetime(2036, 11, 22, 15, 0, tzinfo=datetime.UTC)


def clock(moment: datetime.datetime) -> AbstractContextManager[Any]:
    """Let it be some moment."""
    return patch("django.utils.timezone.now", return_value=moment)


def states(campaign: Campaign) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what became of each message, by person and way."""
    with as_everyone():
        rows = Send.objects.filter(campaign=campaign).select_related("shopper__user")
        return {
            (one.shopper.user.email.partition("@")[0], one.way): (one.state, one.why)
            for one in rows
        }


def test_one_letter_reaches_who_agreed_and_nobody_else(shop: Merchant) -> None:
    make_customer(shop, "ann")
    make_customer(shop, "bob", agreed=False)
    make_customer(shop, "cem", agreed=None)
    mute(make_customer(shop, "dan"), shop)
    campaign = under_way(shop)
    assert send_due() == 1 and send_due() == 0
    (message,) = mail.outbox
    assert message.to == ["ann@example.com"] and message.subject == "Tea for winter"
    assert message.reply_to == ["hello@loom.example"]
    assert "Clay teapot" in message.body and "99" in message.body
    html = message.alternatives[0][0]  # type: ignore[attr-defined]
    assert "Clay teapot" in html and "<img" not in html and "src=" not in html
    assert states(campaign) == {("ann", "email"): ("sent", "")}
    assert finish() == 1
    with as_everyone():
        campaign.refresh_from_db()
    assert campaign.stage == CampaignStage.DONE


def test_consent_is_looked_at_in_the_moment_of_sending(shop: Merchant) -> None:
    people = {name: make_customer(shop, name) for name in ("ann", "bob", "cem", "dan", "eve")}
    campaign = under_way(shop)
    choose(people["ann"], {Purpose.MARKETING: False})
    mute(people["bob"], shop)
    change_contact(people["cem"], {"email": False})
    with as_everyone():
        people["dan"].user.emailaddress_set.update(verified=False)  # type: ignore[union-attr]
        Consent.objects.filter(shopper=people["eve"]).delete()
    assert send_due() == 0 and mail.outbox == []
    assert {name: why for (name, _way), (_state, why) in states(campaign).items()} == {
        "ann": "no_consent", "bob": "muted", "cem": "way_off", "dan": "no_address",
        "eve": "no_consent",
    }  # fmt: skip


def test_who_is_held_out_gets_nothing(shop: Merchant) -> None:
    for number in range(12):
        make_customer(shop, f"p{number}")
    campaign = under_way(shop, holdout=50, ways=["email", "push"])
    send_due()
    held = {name for (name, way), (state, _why) in states(campaign).items() if state == "held"}
    reached = {name for (name, _way), (state, _why) in states(campaign).items() if state == "sent"}
    assert held and reached and not held & reached
    assert {message.to[0].partition("@")[0] for message in mail.outbox} == reached
    with as_everyone():
        assert Notice.objects.count() == len(reached)


def test_gathering_twice_writes_everybody_once(shop: Merchant) -> None:
    make_customer(shop, "ann")
    campaign = under_way(shop, ways=["email", "push", "site"])
    assert gather(campaign.pk) == 0
    with as_everyone():
        Campaign.objects.filter(pk=campaign.pk).update(stage=CampaignStage.SCHEDULED)
    gather(campaign.pk)
    assert len(states(campaign)) == 3


def test_caps_hold_across_campaigns_and_shops(shop: Merchant, settings: Any) -> None:
    settings.OUTREACH_MOST = 3
    ann = make_customer(shop, "ann")
    first, second, third = (under_way(shop, cap=2) for _n in range(3))
    send_due()
    assert [states(one)["ann", "email"] for one in (first, second, third)] == [
        ("sent", ""), ("sent", ""), ("skipped", "capped_shop")]  # fmt: skip
    fourth, fifth = under_way(shop, cap=9), under_way(shop, cap=9)
    send_due()
    assert states(fourth)["ann", "email"] == ("sent", "")
    assert states(fifth)["ann", "email"] == ("skipped", "capped_market")
    with as_everyone():  # a week later there is room again
        old = timezone.now() - datetime.timedelta(days=8)
        Send.objects.filter(shopper=ann).update(claimed_at=old)
    sixth = under_way(shop)
    assert send_due() == 1 and states(sixth)["ann", "email"] == ("sent", "")


def test_what_may_have_left_counts_and_is_never_sent_again(shop: Merchant) -> None:
    make_customer(shop, "ann")
    campaign = under_way(shop, cap=1)
    with as_everyone():
        pk = Send.objects.get().pk
        assert not isinstance(claim(pk), bool)  # and the worker dies
    assert send(pk) is False and mail.outbox == []
    other = under_way(shop, cap=1)
    send_due()
    assert states(other)["ann", "email"] == ("skipped", "capped_shop")
    with as_everyone():
        Send.objects.filter(pk=pk).update(claimed_at=timezone.now() - datetime.timedelta(hours=1))
    assert give_up_lost() == 1
    assert states(campaign)["ann", "email"] == ("failed", "lost")


def test_a_server_that_is_not_there_puts_letters_off(shop: Merchant, settings: Any) -> None:
    make_customer(shop, "ann")
    campaign = under_way(shop)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert send_due() == 0
    assert states(campaign)["ann", "email"] == ("waiting", "")
    with as_everyone():
        one = Send.objects.get()
    assert one.claimed_at is None and one.due_at > timezone.now()
    put_off(one.pk)  # nothing to put off any more


@pytest.mark.parametrize(
    ("zones", "start", "end", "at", "loud"),
    [
        (("Asia/Shanghai",), 21, 9, "2026-11-22T12:59:00+00:00", "2026-11-22T12:59:00+00:00"),
        (("Asia/Shanghai",), 21, 9, "2026-11-22T13:00:00+00:00", "2026-11-23T01:00:00+00:00"),
        (("Asia/Shanghai",), 21, 9, "2026-11-22T23:30:00+00:00", "2026-11-23T01:00:00+00:00"),
        (("Asia/Shanghai",), 0, 0, "2026-11-22T18:00:00+00:00", "2026-11-22T18:00:00+00:00"),
        (("Asia/Shanghai",), 12, 14, "2026-11-22T05:00:00+00:00", "2026-11-22T06:00:00+00:00"),
        # Quiet in New York or in Los Angeles is quiet.
        (("America/New_York", "America/Los_Angeles"), 21, 9,
         "2026-11-22T14:30:00+00:00", "2026-11-22T17:00:00+00:00"),
        (("America/New_York", "America/Los_Angeles"), 21, 9,
         "2026-11-23T02:30:00+00:00", "2026-11-23T17:00:00+00:00"),
        # The night in which clocks go forward, and the one in which they go back.
        (("Europe/Berlin",), 21, 9, "2026-03-28T22:00:00+00:00", "2026-03-29T07:00:00+00:00"),
        (("Europe/Berlin",), 21, 9, "2026-10-24T22:00:00+00:00", "2026-10-25T08:00:00+00:00"),
    ],
)  # fmt: skip
def test_quiet_hours_are_those_of_the_reader(
    zones: tuple[str, ...], start: int, end: int, at: str, loud: str
) -> None:
    manner = Manner(zones=zones, quiet_from=start, quiet_until=end)
    moment = datetime.datetime.fromisoformat(at)
    assert loud_from(moment, manner) == datetime.datetime.fromisoformat(loud)


def test_at_night_a_message_waits_for_the_morning(shop: Merchant) -> None:
    make_customer(shop, "ann", quiet_from=21, quiet_until=9, zone="Asia/Shanghai")
    with clock(NIGHT):
        campaign = under_way(shop, ways=["email", "site"])
        assert send_due() == 1  # what lies on the site wakes nobody
        assert states(campaign)["ann", "email"] == ("waiting", "")
    with clock(NIGHT + datetime.timedelta(hours=9, minutes=59)):
        assert send_due() == 0
    with clock(NIGHT + datetime.timedelta(hours=10, seconds=1)):
        assert send_due() == 1 and len(mail.outbox) == 1


def test_what_would_come_too_late_does_not_come(shop: Merchant) -> None:
    make_customer(shop, "ann", quiet_from=21, quiet_until=9, zone="Asia/Shanghai")
    with clock(NIGHT):
        campaign = under_way(shop, until=NIGHT + datetime.timedelta(hours=9))
        assert send_due() == 0
    assert states(campaign)["ann", "email"] == ("skipped", "late")


def test_a_cancelled_campaign_sends_nothing_more(shop: Merchant) -> None:
    for name in ("ann", "bob", "cem"):
        make_customer(shop, name)
    campaign = under_way(shop)
    send_due(most=1)
    assert cancel(campaign) == 2
    assert send_due() == 0 and len(mail.outbox) == 1
    assert sorted(states(campaign).values()) == [
        ("sent", ""), ("skipped", "cancelled"), ("skipped", "cancelled")]  # fmt: skip


def test_the_word_in_a_letter_stops_the_shop_at_once(shop: Merchant) -> None:
    ann = make_customer(shop, "ann")
    first, second = under_way(shop), under_way(shop)
    with as_everyone():
        sends = {one.campaign_id: one.pk for one in Send.objects.all()}
    assert send(sends[first.pk])
    header = mail.outbox[0].extra_headers
    assert header["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    word = header["List-Unsubscribe"].strip("<>").rstrip("/").rpartition("/")[2]
    reader = reader_of(word)
    assert reader and reader.shopper == ann and reader.merchant == shop
    assert reader_of(word + "x") is None and reader_of("") is None and reader_of("a:b") is None
    stop(reader)
    assert send(sends[second.pk]) is False and len(mail.outbox) == 1
    assert states(second)["ann", "email"] == ("skipped", "muted")
    with as_everyone():
        assert Send.objects.get(pk=sends[first.pk]).stopped_at


def test_the_list_holds_what_its_owner_agrees_to(shop: Merchant) -> None:
    ann, bob = make_customer(shop, "ann"), make_customer(shop, "bob")
    under_way(shop, ways=["push", "site"])
    assert send_due() == 4
    assert [one.title for one in notices_of(ann)] == ["Tea for winter"] * 2
    banner = banner_of(ann)
    assert banner and not mark(bob, banner.number) and mark(ann, banner.number)
    assert banner_of(ann) is None and len(notices_of(ann)) == 2
    mark(ann, banner.number, gone=True)
    assert len(notices_of(ann)) == 1
    choose(ann, {Purpose.MARKETING: False})
    mute(bob, shop)
    assert notices_of(ann) == notices_of(bob) == []
    assert banner_of(bob) is None


def test_letters_add_what_fits_who_agreed_to_be_known_only(
    shelves: dict[str, list[Any]], settings: Any
) -> None:
    from profiles.models import Event
    from profiles.taste.refreshing import taste_of

    shop = shelves["shoes"][0].merchant
    people = [make_customer(shop, "ann", known=True), make_customer(shop, "bob")]
    for shopper in people:
        with as_everyone():
            Event.objects.create(shopper=shopper, kind="view", product=shelves["shoes"][0].pk)
        taste_of(shopper)
    with as_merchant(shop):
        under_way(shop, personal=True, products=[shelves["mice"][0].pk])
    assert send_due() == 2
    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert "Because you looked at" in bodies["ann@example.com"]
    assert "Because you looked at" not in bodies["bob@example.com"]


@pytest.mark.django_db(transaction=True)
def test_caps_hold_for_workers_at_the_same_time(committed_rows: None) -> None:
    from tests.catalog.factories import make_merchant, make_product

    shop = make_merchant("loom")
    make_product(shop, "POT")
    people = [make_customer(shop, f"p{number}") for number in range(3)]
    for _n in range(6):
        under_way(shop, cap=2, ways=["email", "push"])
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        send_due()
        connection.close()

    workers = [threading.Thread(target=work) for _n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    send_due()
    with as_everyone():
        for shopper in people:
            mine = Send.objects.filter(shopper=shopper)
            assert mine.filter(state="sent").count() == 2
            assert mine.filter(state="skipped", why="capped_shop").count() == 10
        letters = Send.objects.filter(way="email", state="sent").count()
    assert len(mail.outbox) == letters


def test_a_campaign_in_the_future_waits(shop: Merchant) -> None:
    make_customer(shop, "ann")
    later = timezone.now() + datetime.timedelta(hours=1)
    campaign = make_campaign(shop, starts_at=later)
    assert gather(campaign.pk) == 0 and states(campaign) == {}


def test_a_word_is_of_one_shopper_and_one_shop(shop: Merchant) -> None:
    one = Send(shopper=Shopper.objects.create(), merchant=shop)
    other = Send(shopper=Shopper.objects.create(), merchant=shop)
    assert word_for(one) != word_for(other)
