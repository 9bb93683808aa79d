"""Segments and campaigns of the demo: people who agreed, one campaign that is over, one draft.

For `load_marketing_demo`. Only simulated shoppers and the demo's own are touched; doing it twice
changes nothing. The lift is planted: of those reached some order once more.
"""

from __future__ import annotations

import datetime
import random
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone

from catalog.models import Coupon, SearchOffer, Variant
from marketing.models import Campaign, CampaignStage, Notice, Send, SendState
from marketing.reaching.gathering import messages
from marketing.reaching.measuring import freeze
from profiles.models import Consent, Contact, Segment
from profiles.segments.counting import Wanted, members
from profiles.segments.grammar import All
from profiles.simulating.populating import PEOPLE, demo_shopper, line_of, number_of, place, read
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone

NAMES = uuid.UUID("0f0b6d3e-6f55-4a2e-8d5e-3a44c9b1d001")
WORDING = "demo"
AGO = datetime.timedelta(days=9)
# Of those reached so many order again within the window, of those held out so many.
AGAIN, ANYWAY = 0.58, 0.26
SEGMENTS: Sequence[tuple[str, dict[str, Any]]] = (
    ("老朋友 · Active customers", {"is": "stage", "stages": ["new", "active"]}),
    ("好久不见 · Drifting away", {"is": "stage", "stages": ["lapsing"]}),
    ("看过没买 · Looked, never bought", {"is": "stage", "stages": ["looking"]}),
    ("近三月来过 · Here in three months", {"is": "seen", "within": 90}),
)
WORDS = {
    "zh-hans": {
        "subject": "给你留了两样，来看看", "preview": "看看用不用得上。",
        "body": "谢谢你光顾我们的店。\n我们挑了两样给你看，价格和库存以页面为准。",
        "title": "给你留了两样", "line": "点开看看用不用得上。",
    },
    "en": {
        "subject": "Something set aside for you", "preview": "See whether you can use it.",
        "body": "Thank you for visiting our shop.\nWe have picked something for you to look at."
                " Prices and stock are as the page says.",
        "title": "Something set aside", "line": "See whether you can use it.",
    },
}  # fmt: skip


def demonstrate(slug: str = "") -> dict[str, int]:
    """Fill one shop of the demo, the one with most orders if none is named; return what is new."""
    shops = Merchant.objects.filter(is_demo=True)
    with as_everyone():
        shop = shops.filter(slug=slug).first() if slug else busiest(shops)
        if shop is None or Campaign.objects.filter(merchant=shop).exists():
            return {"segments": 0, "campaigns": 0}
        agree()
        segments = [
            Segment.objects.create(merchant=shop, name=name, rule=rule) for name, rule in SEGMENTS
        ]
        Segment.objects.create(
            merchant=shop, name="像老朋友的人 · Like active customers", seed=segments[0], most=20
        )
        products = about(shop)
        if not products:
            return {"segments": len(segments) + 1, "campaigns": 0}
        finished(shop, segments[3], products)
        draft(shop, segments[1], products)
    return {"segments": len(segments) + 1, "campaigns": 2}


def busiest(shops: Any) -> Merchant | None:
    """Return the demo's own portal shop: the one its login owns."""
    mine = shops.filter(memberships__user__email="merchant@example.com").order_by("pk")
    found: Merchant | None = mine.first() or shops.order_by("slug").first()
    return found


def agree() -> None:
    """Let simulated shoppers and the demo's own agree to offers, most of them to app and site."""
    mine = demo_shopper()
    numbers = [number_of(n) for n in range(PEOPLE)] + ([mine.pk] if mine else [])
    chosen = Consent.objects.filter(purpose="marketing", shopper__in=numbers)
    done = set(chosen.values_list("shopper", flat=True))
    people = Shopper.objects.filter(pk__in=numbers).exclude(pk__in=done).order_by("pk")
    drawn = [(one, random.Random(f"{one.pk} agrees")) for one in people]  # noqa: S311
    Consent.objects.bulk_create(
        Consent(shopper=one, purpose="marketing", via="demo", wording=WORDING,
                given=one == mine or chance.random() < 0.85)
        for one, chance in drawn
    )  # fmt: skip
    Contact.objects.bulk_create(
        [Contact(shopper=one, push=chance.random() < 0.8, site=True, language="zh-hans")
         for one, chance in drawn],
        ignore_conflicts=True,
    )  # fmt: skip


def about(shop: Merchant) -> list[int]:
    """Return two live products that are in stock, the cheapest."""
    rows = SearchOffer.objects.filter(merchant=shop, in_stock=True, currency="CNY")
    found = rows.order_by("amount", "product").values_list("product", flat=True)
    return list(dict.fromkeys(found))[:2]


def finished(shop: Merchant, segment: Segment, products: list[int]) -> Campaign:
    """Save a campaign whose window is over, with what it brought."""
    start = (timezone.now() - AGO).replace(hour=3, minute=0, second=0, microsecond=0)
    coupon = Coupon.objects.filter(merchant=shop, active=True).order_by("pk").first()
    made = Campaign.objects.create(
        merchant=shop, name="十一月问候 · November greeting", segment=segment,
        ways=["email", "push", "site"], texts=WORDS, products=products, coupon=coupon,
        personal=True, holdout=50, salt="demo-november-5", stage=CampaignStage.DONE,
        starts_at=start, started_at=start, until=start + datetime.timedelta(days=3),
        ended_at=start + datetime.timedelta(days=3), made_at=start - datetime.timedelta(days=1),
    )  # fmt: skip
    people = members(Wanted(shop.pk, All()))
    Send.objects.bulk_create(
        [became(one, number) for number, one in enumerate(messages(made, people))],
        ignore_conflicts=True,
    )
    notices(made)
    bought(shop, made, products[0])
    freeze(made)
    return made


def became(one: Send, number: int) -> Send:
    """Say what became of a message of the past: simulated shoppers have no address."""
    if one.state == SendState.HELD:
        return one
    chance = random.Random(f"{one.shopper_id} {one.way}")  # noqa: S311
    moment = (one.campaign.started_at or timezone.now()) + datetime.timedelta(minutes=number % 240)
    reached = chance.random() < (0.0 if one.way == "email" else 0.85)
    if not reached:
        one.state = SendState.SKIPPED
        one.why = "no_address" if one.way == "email" else "way_off"
        return one
    one.state, one.claimed_at, one.sent_at = SendState.SENT, moment, moment
    if chance.random() < 0.25:
        one.clicked_at = moment + datetime.timedelta(hours=2)
    return one


def notices(made: Campaign) -> None:
    """Lay the message into the list of the demo's shopper, as if it had come today."""
    mine = demo_shopper()
    now = timezone.now()
    if mine is None:
        return
    Notice.objects.create(
        shopper=mine, merchant=made.merchant, title=WORDS["zh-hans"]["title"],
        body=WORDS["zh-hans"]["line"], language="zh-hans", banner=True,
        path=reverse("shop", args=[made.merchant.slug]), until=now + datetime.timedelta(days=30),
    )  # fmt: skip


def bought(shop: Merchant, made: Campaign, product: int) -> None:
    """Let some order within the window, of those reached more."""
    variant = read(Variant.objects.filter(product=product).values_list("pk", flat=True)[:1])[0]
    price = SearchOffer.objects.filter(product=product, currency="CNY").order_by("amount").first()
    amount = (price.amount if price else None) or Decimal(50)
    rows = Send.objects.filter(campaign=made).values_list("shopper", "state").order_by("shopper")
    held = {shopper: state == SendState.HELD for shopper, state in rows}
    people = Shopper.objects.select_related("user").in_bulk(held)
    for shopper, out in held.items():
        chance = random.Random(f"{shopper} november")  # noqa: S311
        if chance.random() < (ANYWAY if out else AGAIN):
            at = (made.started_at or timezone.now()) + datetime.timedelta(
                hours=chance.uniform(1, 150)
            )
            buyer, checkout = people[shopper], uuid.uuid5(NAMES, f"{shopper}")
            place(buyer, checkout, [line_of(variant, amount)], at=at, until=timezone.now())


def draft(shop: Merchant, segment: Segment, products: list[int]) -> None:
    """Save a draft that waits to be looked at."""
    Campaign.objects.create(
        merchant=shop, name="好久不见 · We have missed you", segment=segment,
        ways=["email", "push"], texts=WORDS, products=products, personal=True, salt="demo-missed",
        until=timezone.now() + datetime.timedelta(days=3),
    )  # fmt: skip
