"""The pages of segments, campaigns, messages and what is passed on: for whom they are, and how."""

from __future__ import annotations

import datetime
import uuid
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from catalog.indexing import index_products
from catalog.models import Product
from catalog.search.market import forget
from marketing.models import Campaign, CampaignStage, GroupItem, Notice, Send, ShareLink
from marketing.reaching import grouping, passing_on
from marketing.reaching.grouping import NotGrouped
from marketing.reaching.measuring import Arm, Brought, brought, freeze, lift_of
from marketing.reaching.noticing import note_opened
from marketing.reaching.segment_form import PRESETS, fields_of, rule_of
from marketing.reaching.sending import send_due
from marketing.reaching.stopping import word_for
from profiles.consenting import held
from profiles.contacting import mute, muted_by
from profiles.experiments.statistics import Count
from profiles.models import Muted, Purpose, Segment
from profiles.segments.grammar import read
from shopguide.accounts.models import Merchant, Shopper, User
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_product
from tests.marketing.reaching.conftest import (
    make_campaign,
    make_customer,
    place,
    under_way,
)
from tests.people import People, browser, make_people

pytestmark = pytest.mark.django_db
# Words that the product's facts bear out.
PLAIN = {"subject": "Clay teapot", "body": "Clay teapot from Loom.", "title": "Clay teapot",
         "line": "Clay teapot from Loom."}  # fmt: skip
FORM = {"name": "Winter", "how": "all", "act": "save"}


@pytest.fixture
def people(db: None) -> People:
    """Return the named people, their shops with a product each."""
    made = make_people()
    for shop in (made.loom, made.rival):
        make_product(shop, "POT", title="Clay teapot", brand="Aster")
        index_products(shop)
    forget()
    return made


def text(response: Any) -> str:
    """Return a page as text."""
    return unescape(response.content.decode())


def written(people: People, **more: str) -> dict[str, Any]:
    """Return a campaign as a form sends it."""
    with as_merchant(people.loom):
        segment, _new = Segment.objects.get_or_create(merchant=people.loom, name="All")
    words = {f"en_{part}": said for part, said in PLAIN.items()}
    return {"name": "Winter", "segment": segment.pk, "ways": ["email", "push"], "skus": "POT",
            "holdout": "0", "cap": "2", "window_days": "7", "goes_on": "3",
            "act": "save"} | words | more  # fmt: skip


def test_a_segment_is_drawn_counted_changed_and_put_away(people: People) -> None:
    for number in range(6):
        make_customer(people.loom, f"p{number}")
    mei = browser(people.mei)
    page = mei.post("/merchant/loom/segments/new/", FORM | {"act": "count", "orders_least": "1"})
    assert "6 people" in text(page) and "1 or more" in text(page)
    part = mei.post("/merchant/loom/segments/new/", FORM | {"orders_least": "2"} | {"act": ""},
                    HTTP_HX_REQUEST="true")  # fmt: skip
    assert "0 people" in text(part) and "<html" not in text(part)
    assert mei.post("/merchant/loom/segments/new/", FORM | {"orders_least": "1"}).status_code == 302
    again = mei.post("/merchant/loom/segments/new/", FORM)
    assert again.status_code == 422 and "of this name already" in text(again)
    with as_merchant(people.loom):
        one = Segment.objects.get()
    assert one.rule == {"all": [{"is": "orders", "least": 1}]} and one.made_by == people.mei
    address = f"/merchant/loom/segments/{one.pk}/"
    assert 'value="1"' in text(mei.get(address))
    mei.post(address, FORM | {"name": "Newer", "stages": ["gone"], "without": "30"})
    assert "Newer" in text(mei.get("/merchant/loom/segments/"))
    like = FORM | {"name": "Like them", "seed": one.pk, "most": "20"}
    made = mei.post("/merchant/loom/segments/new/", like)
    assert made.status_code == 302
    with as_merchant(people.loom):
        alike = Segment.objects.get(name="Like them")
    assert 'value="20"' in text(mei.get(f"/merchant/loom/segments/{alike.pk}/"))
    mei.post(address, {"act": "archive"})
    with as_merchant(people.loom):
        assert Segment.objects.filter(archived_at=None).count() == 2  # in use by the other


@pytest.mark.parametrize(
    "sent",
    [
        {"spent_least": "9", "spent_most": "1"}, {"did_within": "0"}, {"bought_brand": "Nobody"},
        {"name": ""}, {"name": "x" * 81}, {"stages": ["x"]}, {"seed": "999"},
        {"did_least": "9" * 30}, {"name": "a\x00"},
    ],
)  # fmt: skip
def test_odd_segments_are_refused(people: People, sent: dict[str, Any]) -> None:
    page = browser(people.mei).post("/merchant/loom/segments/new/", FORM | sent)
    assert page.status_code == 422
    with as_merchant(people.loom):
        assert not Segment.objects.exists()


def test_every_preset_goes_through_the_form_and_back() -> None:
    for _name, rule in PRESETS.values():
        filled = fields_of(rule)
        assert filled is not None and read(rule_of(filled)) in (read(rule), read({"all": [rule]}))
    assert fields_of({"not": {"any": [{"is": "seen"}]}}) is None


def test_a_campaign_is_written_previewed_released_and_cancelled(people: People) -> None:
    ann = make_customer(people.loom, "ann")
    edda = browser(people.edda)
    assert edda.post("/merchant/loom/campaigns/new/", written(people)).status_code == 302
    with as_merchant(people.loom):
        one = Campaign.objects.get()
    address = f"/merchant/loom/campaigns/{one.pk}/"
    preview = text(edda.get(f"{address}preview/?as=en"))
    assert "Clay teapot from Loom." in preview and "99" in preview
    assert "Nothing more from Loom" in preview and str(ann.pk) not in preview
    edda.post(f"{address}act/", {"act": "release"})
    with as_everyone():
        one.refresh_from_db()
    assert one.stage == CampaignStage.SCHEDULED and one.released_by == people.edda
    assert edda.get(f"{address}edit/").status_code == 302  # no more changes
    edda.post(f"{address}act/", {"act": "cancel"})
    edda.post(f"{address}act/", {"act": "copy"})
    with as_everyone():
        assert sorted(Campaign.objects.values_list("stage", flat=True)) == ["cancelled", "draft"]
    assert "Cancelled" in text(edda.get("/merchant/loom/campaigns/"))


def test_words_without_a_fact_keep_a_campaign_back(people: People) -> None:
    make_customer(people.loom, "ann")
    mei = browser(people.mei)
    bad = written(people, en_body="The best teapot in the world. It cures headaches.")
    mei.post("/merchant/loom/campaigns/new/", bad)
    with as_merchant(people.loom):
        one = Campaign.objects.get()
    page = text(mei.get(f"/merchant/loom/campaigns/{one.pk}/"))
    assert "Before it can go out" in page and "Release it" not in page
    mei.post(f"/merchant/loom/campaigns/{one.pk}/act/", {"act": "release"})
    with as_everyone():
        one.refresh_from_db()
    assert one.stage == CampaignStage.DRAFT


def test_where_four_eyes_are_wanted_another_person_releases(people: People) -> None:
    from marketing.models import CopyRules

    with as_merchant(people.loom):
        CopyRules.objects.create(merchant=people.loom, four_eyes=True)
    browser(people.edda).post("/merchant/loom/campaigns/new/", written(people))
    with as_merchant(people.loom):
        one = Campaign.objects.get()
    for person, stage in (("edda", "draft"), ("mei", "scheduled")):
        client = browser(getattr(people, person))
        client.post(f"/merchant/loom/campaigns/{one.pk}/act/", {"act": "release"})
        with as_everyone():
            assert Campaign.objects.get().stage == stage


@pytest.mark.parametrize(
    "sent",
    [
        {"skus": "NONE"}, {"skus": ""}, {"skus": ",".join("abcdefg")}, {"ways": []},
        {"en_subject": ""}, {"en_title": ""}, {"segment": "999999"}, {"holdout": "99"},
        {"cap": "0"}, {"starts_at": "soon"}, {"name": "a\x00"}, {"en_body": "x" * 20_000},
    ],
)  # fmt: skip
def test_odd_campaigns_are_refused(people: People, sent: dict[str, Any]) -> None:
    page = browser(people.mei).post("/merchant/loom/campaigns/new/", written(people) | sent)
    assert page.status_code == 422
    with as_merchant(people.loom):
        assert not Campaign.objects.exists()


def test_the_outcome_is_orders_of_both_sides_in_the_window(shop: Merchant) -> None:
    start = timezone.now() - datetime.timedelta(days=3)
    one = make_campaign(shop, stage=CampaignStage.RUNNING, started_at=start, window_days=2)
    for number in range(6):
        shopper = Shopper.objects.create()
        with as_everyone():
            Send.objects.create(campaign=one, merchant=shop, shopper=shopper,
                                way="" if number % 2 else "push",
                                state="held" if number % 2 else "sent")  # fmt: skip
        if number < 3:
            place(shop, shopper, days=2.5)  # within
        place(shop, shopper, days=0.5)  # after
        place(shop, shopper, days=9)  # before
    found = brought(one)
    assert (found.reached, found.held) == (Arm(3, 2, 2, "198.00"), Arm(3, 1, 1, "99.00"))
    freeze(one)
    with as_everyone():
        Send.objects.all().delete()
        one.refresh_from_db()
    assert brought(one) == found and isinstance(brought(one), Brought)


def test_the_interval_is_newcombes() -> None:
    # Newcombe 1998, table II, example (a): 56/70 against 48/80, method 10: .0524 to .3339.
    found = lift_of(Count(80, 48), Count(70, 56))
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)
    assert found.better and not found.worse
    assert not lift_of(Count(50, 9), Count(50, 30)).enough


@pytest.mark.parametrize("person", ["rui", "sam", "ana"])
def test_others_get_404(people: People, person: str) -> None:
    campaign = make_campaign(people.loom)
    client = browser(getattr(people, person))
    one, its = f"campaigns/{campaign.pk}", f"segments/{campaign.segment_id}/"
    for path in ("segments/", "segments/new/", its, "campaigns/new/", f"{one}/edit/",
                 f"{one}/preview/"):  # fmt: skip
        assert client.get(f"/merchant/loom/{path}").status_code == 404
    assert client.post(f"/merchant/loom/campaigns/{campaign.pk}/act/").status_code == 404
    reads = 200 if person == "ana" else 404
    assert client.get("/merchant/loom/campaigns/").status_code == reads
    assert client.get(f"/merchant/loom/campaigns/{campaign.pk}/").status_code == reads
    rival = browser(people.rui).get(f"/merchant/rival/campaigns/{campaign.pk}/")
    assert rival.status_code == 404


# --- Shoppers -------------------------------------------------------------------------------------
def own(shopper: Shopper) -> Client:
    """Return a shopper's browser."""
    return browser(User.objects.get(pk=shopper.user_id))


def test_messages_are_read_put_away_and_stopped(shop: Merchant) -> None:
    ann = make_customer(shop, "ann")
    under_way(shop, ways=["push", "site"])
    send_due()
    client = own(ann)
    assert "Tea for winter" in text(client.get("/offers/"))
    assert "Tea for winter" in text(client.get("/offers/banner/"))
    with as_everyone():
        first, second = Notice.objects.order_by("pk")
    client.post("/offers/change/", {"act": "away", "what": str(first.number)})
    assert text(client.get("/offers/")).count("A pot that keeps warm.") == 1
    for what in ("x", str(uuid.uuid4()), str(first.number)):
        assert client.post("/offers/change/", {"act": "seen", "what": what}).status_code == 404
    client.post("/offers/change/", {"act": "read"})
    assert "Tea for winter" not in text(client.get("/offers/banner/"))
    client.post("/offers/change/", {"act": "mute", "what": str(shop.pk)})
    page = text(client.get("/offers/"))
    assert "A pot that keeps warm." not in page and "Shops that may not write" in page
    client.post("/offers/change/", {"act": "unmute", "what": str(shop.pk)})
    assert muted_by(ann) == [] and str(second.number)
    stranger = browser()
    assert stranger.post(
        "/offers/change/", {"act": "seen", "what": str(second.number)}
    ).status_code == 404  # fmt: skip


def test_ways_and_the_consent_are_chosen_on_one_page(shop: Merchant) -> None:
    client = browser()
    sent = {"agreed": "on", "push": "on", "quiet_from": "22", "quiet_until": "8",
            "zone": "Asia/Tokyo", "language": "en"}  # fmt: skip
    assert client.post("/offers/ways/", sent).status_code == 302
    with as_everyone():
        one = Shopper.objects.get().contact
    assert (one.email, one.push, one.quiet_from, one.zone) == (False, True, 22, "Asia/Tokyo")
    assert held(one.shopper).marketing
    for wrong in ({"quiet_from": "24"}, {"zone": "Moon/Base"}, {"language": "xx"}):
        assert client.post("/offers/ways/", sent | wrong).status_code == 422
    client.post("/offers/ways/", {"quiet_from": "22", "quiet_until": "8"})
    assert not held(one.shopper).marketing


def test_a_letters_word_works_without_signing_in_and_without_a_token(shop: Merchant) -> None:
    ann = make_customer(shop, "ann")
    under_way(shop)
    with as_everyone():
        word = word_for(Send.objects.get())
    client = Client(enforce_csrf_checks=True)
    address = f"/offers/stop/{word}/"
    assert client.get(address).status_code == 200 and muted_by(ann) == []
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with as_everyone():
        assert Muted.objects.filter(shopper=ann, merchant=shop).exists()
    client.post(address, {"what": "everything"})
    assert not held(ann).marketing
    assert client.get(f"/offers/stop/{word}x/").status_code == 404


def test_a_link_in_a_message_leads_to_its_shop_only(shop: Merchant) -> None:
    ann = make_customer(shop, "ann", known=True)
    under_way(shop)
    with as_everyone():
        one, pot = Send.objects.get(), Product.objects.get()
    client = own(ann)
    assert client.get(f"/offers/{one.token}/open/{pot.pk}/").url.startswith("/p/loom/POT")  # type: ignore[attr-defined]
    for number in (0, 10**9, 10**25):
        assert client.get(f"/offers/{one.token}/open/{number}/").url == "/s/loom/"  # type: ignore[attr-defined]
    assert client.get(f"/offers/{uuid.uuid4()}/open/0/").status_code == 404
    assert note_opened(one.token) and not note_opened(one.token)


def test_a_shared_link_counts_without_names_and_dies_at_once(shop: Merchant) -> None:
    ann, bob, cem = (
        make_customer(shop, name, known=name != "cem") for name in ("ann", "bob", "cem")
    )
    with as_everyone():
        pot = Product.objects.get()
    client = own(ann)
    made = client.post("/shared/make/", {"product": pot.pk})
    assert made.status_code == 302
    with as_everyone():
        link = ShareLink.objects.get()
    assert browser().get(f"/shared/{link.code}/").status_code == 302
    assert not passing_on.note_followed(link.code, ann)
    assert all(passing_on.note_followed(link.code, one) for one in (bob, cem, None))
    for shopper in (bob, cem):
        order = place(shop, shopper)
        with as_everyone():
            order.lines.create(merchant=shop, variant=pot.variants.first(), sku="POT", titles={},
                               quantity=1, unit_amount=99)  # fmt: skip
    (row,) = passing_on.passed_on(ann)
    assert (row.link.opened, row.ordered) == (3, 1)  # cem did not agree to be known
    assert passing_on.shared_of(shop) == (1, 3, 1)
    assert "opened 3 times" in text(client.get("/shared/"))
    assert own(bob).post("/shared/revoke/", {"code": link.code}).status_code == 404
    client.post("/shared/revoke/", {"code": link.code})
    assert browser().get(f"/shared/{link.code}/").status_code == 404
    assert not passing_on.note_followed(link.code, bob)
    assert client.post("/shared/make/", {"product": "9" * 30}).status_code == 302


def test_a_list_with_others_is_its_owners(shop: Merchant) -> None:
    ann, bob = make_customer(shop, "ann"), make_customer(shop, "bob")
    with as_everyone():
        pot = Product.objects.get()
    group = grouping.open_list(ann, "Us")
    address = f"/lists/with-others/{group.code}/"
    client, other = own(ann), own(bob)
    with pytest.raises(NotGrouped):
        grouping.add(group.code, bob, pot.pk)
    other.post(f"{address}act/", {"act": "join", "name": "Bob"})
    other.post(f"{address}act/", {"act": "add", "product": pot.pk, "note": "for tea"})
    page = text(client.get(address))
    assert "Clay teapot" in page and "put here by Bob" in page and "for tea" in page
    with as_everyone():
        member = group.members.get()
    assert other.post(f"{address}act/", {"act": "out", "member": member.pk}).status_code == 404
    client.post(f"{address}act/", {"act": "out", "member": member.pk})
    assert other.get(address).status_code == 404
    with as_everyone():
        assert not GroupItem.objects.exists()
    client.post(f"{address}act/", {"act": "close"})
    assert browser().get(address).status_code == 404 and client.get(address).status_code == 200
    moved = client.post(f"{address}act/", {"act": "reopen"}).url  # type: ignore[attr-defined]
    assert moved != address and browser().get(moved).status_code == 200
    assert browser().get(address).status_code == 404


def test_the_api_says_what_the_pages_say(shop: Merchant) -> None:
    ann = make_customer(shop, "ann")
    under_way(shop, ways=["push"])
    send_due()
    from marketing.api import reaching
    from marketing.reaching.noticing import notices_of

    (one,) = notices_of(ann)
    shown = reaching.notice_shown(one)
    assert shown["title"] == "Tea for winter" and shown["read"] is False
    assert reaching.contact_shown(ann)["push"] is True
    assert reaching.contact_shown(ann)["agreed"] == held(ann).marketing
    assert Purpose.MARKETING.label == "Offers from shops"


def test_what_a_browser_shared_and_chose_is_the_persons_who_signs_in(shop: Merchant) -> None:
    from shopguide.joining import join

    ann, browser_of = make_customer(shop, "ann"), Shopper.objects.create()
    with as_everyone():
        pot = Product.objects.get()
    link, group = passing_on.share(browser_of, pot.pk), grouping.open_list(browser_of, "Us")
    mine = passing_on.share(ann, pot.pk)
    mute(browser_of, shop)
    join(browser_of, User.objects.get(pk=ann.user_id))
    assert passing_on.followed(mine.code) and not passing_on.followed(link.code)
    assert [one.pk for one in grouping.lists_of(ann)] == [group.pk]
    assert [one.merchant for one in muted_by(ann)] == [shop]
