"""A day in a shop as it was written down by hand, with its edges, and a rival beside it.

Monday 15 June 2026 in Shanghai, read at three in the afternoon. What each figure must be stands in
`BY_HAND`; the test of that name asks the database.
"""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from assistant.models import Conversation, Message
from catalog.models import Order, OrderLine, Product, Refund, Return, ReturnLine, Review
from catalog.models.insight import SearchCount
from profiles.models import Event, Kind
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.factories import make_category, make_merchant, make_product

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime.datetime(2026, 6, 15, 15, 0, tzinfo=ZONE)


def at(clock: str, day: int = 15) -> datetime.datetime:
    """Return a moment of June 2026 in Shanghai."""
    hour, minute, second = (int(one) for one in f"{clock}:00".split(":")[:3])
    return datetime.datetime(2026, 6, day, hour, minute, second, tzinfo=ZONE)


class Day:
    """The shop, its two products and six people; `play` writes the day."""

    def __init__(self) -> None:
        self.shop, self.rival = make_merchant("loom", currencies=["CNY"]), make_merchant("rival")
        tea, cups = make_category("home/tea"), make_category("home/cups")
        self.pot = make_product(self.shop, "POT", title="Clay pot", title_zh="紫砂壶", category=tea)
        self.cup = make_product(self.shop, "CUP", title="Cup", title_zh="茶杯", category=cups)
        self.theirs = make_product(self.rival, "POT", title="Their pot")
        self.people = [Shopper.objects.create() for _n in range(6)]

    def order(
        self,
        who: int,
        clock: str,
        *lines: tuple[Product, int, str],
        day: int = 15,
        shop: Merchant | None = None,
        **fields: Any,
    ) -> Order:
        """Write an order of some products, quantities and unit prices."""
        shop = shop or self.shop
        items = sum((Decimal(price) * count for _p, count, price in lines), Decimal(0))
        given = {"state": "paid", "currency": "CNY", "discount_amount": Decimal(0)} | fields
        made = Order.objects.create(
            merchant=shop, shopper=self.people[who], placed_at=at(clock, day), items_amount=items,
            total_amount=items - given["discount_amount"], email="x@example.com",
            payment_provider="delivery", address={"country": "CN", "city": "杭州市"}, **given,
        )  # fmt: skip
        for product, count, price in lines:
            OrderLine.objects.create(
                merchant=shop, order=made, variant=product.variants.get(), sku=product.sku,
                category=product.category.path if product.category else "",
                titles={"en": product.sku}, quantity=count, unit_amount=Decimal(price),
            )  # fmt: skip
        return made

    def deed(self, who: int, kind: Kind, product: Product, clock: str, day: int = 15) -> None:
        """Write what somebody did."""
        Event.objects.create(
            shopper=self.people[who], kind=kind, product=product.pk, at=at(clock, day),
            client_id=uuid.uuid4(), shelf="home" if kind == Kind.IMPRESSION else "",
        )  # fmt: skip

    def play(self) -> None:
        """Write everything down."""
        with as_everyone():
            self.orders()
            self.deeds()
            self.talk()
            self.rest()

    def orders(self) -> None:
        """Four orders today, one of them cancelled, one in dollars; yesterday and rivals beside."""
        first = self.order(0, "00:00", (self.pot, 1, "100.00"), (self.cup, 2, "20.00"))
        self.order(1, "09:30", (self.cup, 3, "20.00"), discount_amount=Decimal("10.00"))
        self.order(2, "10:00", (self.pot, 1, "100.00"), state="cancelled")
        self.order(3, "14:59", (self.pot, 1, "15.00"), currency="USD")
        self.order(4, "15:01", (self.pot, 9, "100.00"))  # not yet
        self.order(0, "23:59:59", (self.cup, 1, "20.00"), day=14)  # after this time of day
        self.order(5, "11:00", (self.cup, 2, "20.00"), day=14)
        self.order(1, "12:00", (self.theirs, 5, "1.00"), shop=self.rival)
        back = Return.objects.create(
            merchant=self.shop, order=first, kind="refund", reason="changed_mind", state="approved",
            condition="new", way="original", asked_at=at("12:00"),
        )  # fmt: skip
        line = first.lines.get(sku="CUP")
        ReturnLine.objects.create(
            merchant=self.shop, back=back, line=line, quantity=1, rule="any", payer="shop"
        )
        off = Return.objects.create(
            merchant=self.shop, order=first, kind="refund", reason="changed_mind", state="rejected",
            condition="new", way="original", asked_at=at("12:30"),
        )  # fmt: skip
        ReturnLine.objects.create(
            merchant=self.shop, back=off, line=first.lines.get(sku="POT"), quantity=1, rule="any",
            payer="shop",
        )  # fmt: skip
        Refund.objects.create(
            merchant=self.shop, order=first, back=back, amount=Decimal("20.00"), currency="CNY",
            way="original", state="done", finished_at=at("13:00"),
        )  # fmt: skip

    def deeds(self) -> None:
        """Six people saw the pot; three opened it, two took it along, one ordered."""
        for who in range(6):
            self.deed(who, Kind.IMPRESSION, self.pot, "08:00")
        for who in (0, 1, 2):
            self.deed(who, Kind.VIEW, self.pot, "08:05")
        for who in (0, 1):
            self.deed(who, Kind.CART, self.pot, "08:06")
        self.deed(3, Kind.PURCHASE, self.pot, "14:59")
        self.deed(4, Kind.IMPRESSION, self.theirs, "08:00")
        self.deed(5, Kind.VIEW, self.cup, "08:00", day=14)
        self.deed(5, Kind.IMPRESSION, self.cup, "07:30", day=14)

    def talk(self) -> None:
        """Six conversations about the shop, one handed over; one about the rival."""
        for who in range(6):
            chat = Conversation.objects.create(
                shopper=self.people[who], page={"merchant": self.shop.pk}
            )
            moment = {"created_at": at("08:30")}
            if who == 3:
                moment |= {
                    "merchant": self.shop, "handling": "agent", "handed_at": at("08:40"),
                    "replied_at": at("08:42"), "stars": 5,
                }  # fmt: skip
            Conversation.objects.filter(pk=chat.pk).update(**moment)
            message = Message.objects.create(
                conversation=chat, voice="assistant", state="done", thumb=1 if who < 4 else -1,
                products=[{"sku": self.pot.sku, "product": self.pot.pk, "reason": ""}],
            )  # fmt: skip
            Message.objects.filter(pk=message.pk).update(created_at=at("08:31"))
        Conversation.objects.create(shopper=self.people[0], page={"merchant": self.rival.pk})

    def rest(self) -> None:
        """Three reviews, and searches in the shop and in the market place."""
        for number, (stars, clock, day) in enumerate(
            [(5, "01:00", 15), (1, "02:00", 15), (4, "23:00", 14)]
        ):
            Review.objects.create(
                merchant=self.shop, product=self.pot, stars=stars, source_id=str(number),
                written_at=at(clock, day),
            )  # fmt: skip
        for shop, place, query, asked, empty, clicks in (
            (self.shop, "shop", "teapot", 8, 0, 4),
            (self.shop, "shop", "kettle", 2, 2, 0),
            (self.shop, "market", "pot", 7, 0, 2),
            (self.rival, "shop", "kettle", 50, 50, 0),
        ):
            SearchCount.objects.create(
                merchant=shop, place=place, day=timezone.localdate(NOW), locale="en", key=query,
                query=query, asked=asked, empty=empty, clicks=clicks,
            )  # fmt: skip


# What each figure is that day up to three o'clock, counted by hand.
BY_HAND: dict[str, dict[str, object]] = {
    "orders": {"": 4},
    # 140 + 50 in yuan; the cancelled 100 is out, and so is what comes at 15:01.
    "revenue": {"CNY": Decimal("190.00"), "USD": Decimal("15.00")},
    "average_order": {"CNY": Decimal("95.00"), "USD": Decimal("15.00")},
    "units": {"": 7},
    "item_sales": {"CNY": Decimal("200.00"), "USD": Decimal("15.00")},
    "buyers": {"": 4},
    "repeat_orders": {"": Decimal("0.25")},  # person 0 had ordered the evening before
    "discounts": {"CNY": Decimal("10.00"), "USD": Decimal("0.00")},
    "cancelled": {"": Decimal("0.25")},
    "return_rate": {"": Decimal(1) / 7},  # one of seven items; the rejected return is none
    "returns": {"": 2},
    "refunded": {"CNY": Decimal("20.00")},
    "reviews": {"": 2},
    "stars": {"": Decimal("3")},
    "low_reviews": {"": Decimal("0.5")},
    "searches": {"": 10},
    "search_gaps": {"": Decimal("0.2")},
    "search_opened": {"": Decimal("0.5")},
    "first_page": {"": 7},
    "shown": {"": 6},
    "clicks": {"": 4},  # three views and one purchase within the day
    "ctr": {"": Decimal(4) / 6},
    "visits": {"": 6},
    "opening_visits": {"": 4},
    "cart_visits": {"": 3},
    "order_visits": {"": 1},
    "conversion": {"": Decimal(1) / 6},
    # The pot was shown by the assistant at 08:31 to all; only the dollar order of a pot came after.
    # Person 0's order of midnight came before, person 1 ordered cups only.
    "assisted_revenue": {"CNY": 0, "USD": Decimal("15.00")},
    "assisted_share": {"": Decimal(1) / 3},
    "chats": {"": 6},
    "deflection": {"": Decimal(5) / 6},
    "handed": {"": 1},
    "first_response": {"": 120.0},
    "csat": {"": Decimal("1")},
    "thumbs": {"": Decimal(4) / 6},
}
