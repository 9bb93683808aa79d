"""Voices for tests: mentions as a file would bring them, reviews, and shops that are quiet."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

from django.utils import timezone

from catalog.models import Product, Review
from catalog.text.languages import language_of
from marketing.models import Mention, OpinionAlert
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

NUMBERS = itertools.count(1)
SMELLS = (
    "打开包装一股刺鼻的异味，熏得头疼", "有异味，洗了两遍还是有", "味道刺鼻，散了三天都没散掉",
    "一股塑料味，孩子不肯穿", "异味太重了，根本没法用", "胶味很浓，不敢放卧室",
    "刚收到就闻到难闻的味道",
    "Strong chemical smell out of the box", "It stinks even after two washes",
    "有股味，客服说晾晾就好，晾了一周还在",
)  # fmt: skip
CONTENT = ("质量很好，穿着舒服", "颜色漂亮，物流快", "Good quality, fits well", "很满意，会再来")


def make_alert(product: Product, **fields: Any) -> OpinionAlert:
    """Save an alert about a product's smell."""
    day = timezone.localdate()
    values: dict[str, Any] = {"aspect": "smell", "first_day": day, "last_day": day, "seen": 9,
                              "expected": 0.3, "p": 1e-9}  # fmt: skip
    with as_merchant(product.merchant_id):
        return OpinionAlert.objects.create(
            merchant_id=product.merchant_id, product=product, **(values | fields)
        )


def days_ago(days: float) -> datetime.datetime:
    """Return a moment so many days ago."""
    return timezone.now() - datetime.timedelta(days=days)


def make_mention(product: Product, text: str, *, days: float = 0, **fields: Any) -> Mention:
    """Save a mention of a product."""
    values: dict[str, Any] = {
        "source": "social", "key": f"m{next(NUMBERS)}", "language": language_of(text).language,
    }  # fmt: skip
    with as_merchant(product.merchant_id):
        return Mention.objects.create(
            merchant_id=product.merchant_id, product=product, text=text, said_at=days_ago(days),
            **(values | fields),
        )  # fmt: skip


def make_review(product: Product, text: str, *, days: float = 0, stars: int = 4) -> Review:
    """Save a review of a product."""
    with as_merchant(product.merchant_id):
        return Review.objects.create(
            merchant_id=product.merchant_id, product=product, stars=stars, body=text,
            source_id=f"r{next(NUMBERS)}", written_at=days_ago(days), language="zh-hans",
        )  # fmt: skip


def make_quiet(products: list[Product], *, weeks: int = 8) -> None:
    """Let people be content with products for weeks: a mention a day or so."""
    rows = []
    for place, product in enumerate(products):
        for day in range(3, weeks * 7, 2):
            rows.append(
                Mention(
                    merchant_id=product.merchant_id, product=product, source="social",
                    key=f"q{next(NUMBERS)}", text=CONTENT[(day + place) % len(CONTENT)],
                    said_at=days_ago(day + 0.1),
                )
            )  # fmt: skip
    with as_merchant(products[0].merchant_id):
        Mention.objects.bulk_create(rows)


def plant(product: Product, *, count: int = 8, days: float = 0) -> list[Mention]:
    """Let people complain of a product's smell on one day."""
    return [make_mention(product, SMELLS[n % len(SMELLS)], days=days) for n in range(count)]


def shop_products(shop: Merchant) -> list[Product]:
    """Return a shop's products."""
    with as_merchant(shop):
        return list(Product.objects.filter(merchant=shop).order_by("pk"))
