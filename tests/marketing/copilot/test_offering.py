"""Coupons and campaigns: read from a sentence, shown, made on a yes, taken back while unused."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.models import Coupon
from marketing.copilot import deciding
from marketing.copilot.offering import segment_named
from marketing.copilot.offers import offer_in
from marketing.copilot.plans import Change, Misunderstood, Named, Plan
from marketing.copilot.proposing import propose, shown
from marketing.models import Campaign, Proposal
from profiles.models import Segment
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product
from tests.people import People, make_people

SAID = [
    ("give a 10% coupon for orders over $50 for two weeks", "10", "%", "minimum=50;days=14;"),
    ("create a coupon: 15% off", "15", "%", ""),
    ("offer a $5 voucher", "5", "USD", ""),
    ("make a coupon of 20 yuan off over 200", "20", "CNY", "minimum=200;"),
    ("发一张满200减20的优惠券", "20", "", "minimum=200;"),
    ("做一张8折券 有效两周", "20", "%", "days=14;"),
    ("发一张九五折优惠券 有效7天", "5", "%", "days=7;"),
    ("发优惠券10%", "10", "%", ""),
]


@pytest.mark.parametrize(("text", "amount", "unit", "more"), SAID)
def test_a_coupon_is_read_as_it_was_asked_for(text: str, amount: str, unit: str, more: str) -> None:
    assert offer_in(text) == (Change("campaign", "coupon", amount, unit, more), "")


@pytest.mark.parametrize(
    ("text", "people", "about"),
    [("email active customers about the clay pot", "active customers", "the clay pot"),
     ("send a campaign about lumo to the regulars", "regulars", "lumo"),
     ("给老朋友发邮件介绍紫砂壶", "老朋友", "紫砂壶")],
)  # fmt: skip
def test_a_campaign_is_read_with_its_people(text: str, people: str, about: str) -> None:
    assert offer_in(text) == (Change("campaign", "message", more=f"segment={people};"), about)


@pytest.mark.parametrize(
    "text", ["紫砂壶打8折", "lower the price of x by 10%", "coupons given", ""]
)
def test_what_is_no_offer_is_left_to_others(text: str) -> None:
    assert offer_in(text) is None


@pytest.fixture
def people(db: None) -> People:
    """Return everybody, a hoodie and a group of customers."""
    crew = make_people()
    make_product(crew.loom, "HD-1", title="Hoodie", title_zh="卫衣", stock=3,
                 description="Soft inside, with two pockets for cold hands. Weighs 400 g.",
                 attributes={"material": ["cotton"], "feature": ["warm"]})  # fmt: skip
    with as_merchant(crew.loom):
        Segment.objects.create(merchant=crew.loom, name="老朋友 · Active", rule={})
    return crew


def asked(crew: People, change: Change, names: tuple[Named, ...] = ()) -> Any:
    """Propose a change as the editor."""
    with as_merchant(crew.loom):
        return propose(crew.loom, Plan("change", change=change, names=names), by=crew.edda)


def test_a_coupon_is_made_on_a_yes_and_goes_again(people: People) -> None:
    proposal = asked(people, Change("campaign", "coupon", "10", "%", "minimum=50;days=7;"))
    assert isinstance(proposal, Proposal) and not Coupon.objects.exists()
    assert {row["after"] for row in shown(proposal)} >= {"OFF10", "10%", "7 days"}
    deciding.apply(people.loom, proposal.pk, by=people.edda)
    made = Coupon.objects.get()
    assert (made.code, made.kind, made.value, made.minimum) == ("OFF10", "percent", 10, 50)
    assert made.ends_at and made.starts_at and (made.ends_at - made.starts_at).days == 7
    with pytest.raises(deciding.NotNow):
        deciding.apply(people.loom, proposal.pk, by=people.edda)
    deciding.undo(people.loom, proposal.pk, by=people.edda)
    assert not Coupon.objects.exists()


def test_a_used_coupon_stays(people: People) -> None:
    proposal = asked(people, Change("campaign", "coupon", "5", "%"))
    deciding.apply(people.loom, proposal.pk, by=people.edda)
    with as_merchant(people.loom):
        Coupon.objects.update(used=1)
    with pytest.raises(deciding.NotNow, match="used"):
        deciding.undo(people.loom, proposal.pk, by=people.edda)
    assert Coupon.objects.get().used == 1


def test_a_code_is_given_out_once(people: People) -> None:
    first, second = (asked(people, Change("campaign", "coupon", "10", "%")) for _each in range(2))
    deciding.apply(people.loom, first.pk, by=people.edda)
    with pytest.raises(deciding.NotNow, match="changed"):
        deciding.apply(people.loom, second.pk, by=people.edda)
    third = asked(people, Change("campaign", "coupon", "10", "%"))
    assert third.change["code"] == "OFF10-2"


@pytest.mark.parametrize("amount", ["0", "95"])
def test_what_no_coupon_can_take_off_is_told(people: People, amount: str) -> None:
    found = asked(people, Change("campaign", "coupon", amount, "%"))
    assert isinstance(found, Misunderstood) and found.why == "amount"
    assert not Proposal.objects.exists()


def test_a_campaign_is_a_draft_that_nobody_got(people: People) -> None:
    with as_merchant(people.loom):
        hoodie = people.loom.products.get()
    named = (Named("product", (hoodie.pk,), "Hoodie"),)
    proposal = asked(people, Change("campaign", "message", more="segment=老朋友;"), named)
    assert isinstance(proposal, Proposal) and not Campaign.objects.exists()
    deciding.apply(people.loom, proposal.pk, by=people.edda)
    with as_merchant(people.loom):
        made = Campaign.objects.get()
    assert made.stage == "draft" and made.products == [hoodie.pk] and not made.starts_at
    assert made.texts["en"]["subject"] and made.texts["en"]["body"]
    deciding.undo(people.loom, proposal.pk, by=people.edda)
    assert not Campaign.objects.exists()


def test_people_nobody_knows_are_told(people: People) -> None:
    found = asked(people, Change("campaign", "message", more="segment=astronauts;"))
    assert isinstance(found, Misunderstood) and found.why == "segment"
    assert found.instead == ("老朋友 · Active",)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("老朋友", 1), ("active customers", 1), ("好久不见的人", 2), ("nobody", None), ("", None)],
)
def test_groups_are_found_by_either_name(wanted: str, found: int | None) -> None:
    known = [Segment(pk=1, name="老朋友 · Active"), Segment(pk=2, name="好久不见 · Drifting away")]
    one = segment_named(known, wanted)
    assert (one.pk if one else None) == found
