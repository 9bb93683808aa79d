"""A shop with customers who agreed to offers, and campaigns of two words."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from catalog.indexing import index_products
from catalog.models import Order, Product
from catalog.search.market import forget
from marketing.models import Campaign, CampaignStage
from marketing.reaching.gathering import gather
from profiles.consenting import choose
from profiles.contacting import change_contact
from profiles.models import Purpose, Segment
from shopguide.accounts.models import Merchant, Shopper, User
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_merchant, make_product
from tests.committing import committed_rows
from tests.profiles.conftest import shelves

__all__ = ["committed_rows", "shelves"]

WORDS = {
    "en": {"subject": "Tea for winter", "body": "A pot that keeps warm.",
           "title": "Tea for winter", "line": "A pot that keeps warm."},
    "zh-hans": {"subject": "冬天喝茶", "body": "保温的茶壶。",
                "title": "冬天喝茶", "line": "保温的茶壶。"},
}  # fmt: skip
Sender = Callable[..., Campaign]


@pytest.fixture
def shop(db: None) -> Merchant:
    """Return a shop with a live product."""
    made = make_merchant("loom", email="hello@loom.example", currencies=["CNY"])
    make_product(made, "POT", title="Clay teapot")
    index_products(made)
    forget()
    return made


def make_customer(
    shop: Merchant, name: str, *, agreed: bool | None = True, known: bool = False, **chosen: Any
) -> Shopper:
    """Save somebody with a proven address who bought here once; never quiet unless chosen."""
    user = User.objects.create_user(f"{name}@example.com")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    shopper = Shopper.objects.create(user=user)
    if agreed is not None:
        choose(shopper, {Purpose.MARKETING: agreed, Purpose.PERSONALISATION: known})
    change_contact(shopper, {"quiet_from": 0, "quiet_until": 0, "push": True, "site": True,
                             "language": "en"} | chosen)  # fmt: skip
    place(shop, shopper, days=20)
    return shopper


def place(shop: Merchant, shopper: Shopper, *, days: float = 0) -> Order:
    """Save an order of so many days ago."""
    with as_everyone():
        return Order.objects.create(
            merchant=shop, shopper=shopper, currency="CNY", items_amount=Decimal(99),
            total_amount=Decimal(99), email="x@example.com", payment_provider="x",
            address={"country": "CN"}, placed_at=timezone.now() - datetime.timedelta(days=days),
        )  # fmt: skip


def make_campaign(shop: Merchant, **fields: Any) -> Campaign:
    """Save a campaign to everybody the shop knows, due now."""
    number = Campaign.objects.count()
    with as_merchant(shop):
        segment, _new = Segment.objects.get_or_create(
            merchant=shop, name=f"All {number}", defaults={"rule": {}}
        )
        now = timezone.now()
        values = {
            "name": "Winter", "segment": segment, "ways": ["email"], "texts": WORDS, "holdout": 0,
            "stage": CampaignStage.SCHEDULED, "starts_at": now, "salt": "salt",
            "until": now + datetime.timedelta(days=2),
            "products": [one.pk for one in Product.objects.filter(merchant=shop, sku="POT")],
        }  # fmt: skip
        return Campaign.objects.create(merchant=shop, **values | fields)


def under_way(shop: Merchant, **fields: Any) -> Campaign:
    """Save a campaign and gather its people."""
    made = make_campaign(shop, **fields)
    gather(made.pk)
    return made
