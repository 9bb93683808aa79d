"""What these tests share: a small shop, and somebody who asks."""

from collections.abc import Callable, Iterator

import pytest

from assistant.answering import answer
from assistant.models import Conversation, Message
from catalog.indexing import index_products
from catalog.search.market import forget
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper
from tests.catalog.factories import make_category, make_product
from tests.people import People, make_people

Say = Callable[..., Message]


@pytest.fixture
def people(db: None) -> People:
    """Return everybody, and three shirts and a mug in Loom."""
    found = make_people()
    shirts = make_category("clothing/t-shirts", name_en="T-shirts", name_zh="T恤")
    mugs = make_category("home/mugs", name_en="Mugs", name_zh="马克杯")
    for sku, title, chinese, price, category in (
        ("T1", "Plain Cotton T-Shirt", "纯棉T恤", "59.00", shirts),
        ("T2", "Striped Cotton T-Shirt", "条纹棉T恤", "79.00", shirts),
        ("T3", "Linen T-Shirt", "亚麻T恤", "129.00", shirts),
        ("M1", "Stoneware Mug", "粗陶马克杯", "39.00", mugs),
    ):
        make_product(
            found.loom, sku, title=title, title_zh=chinese, price=price, category=category,
            attributes={"weight_g": 150} if sku != "M1" else {},
        )  # fmt: skip
    index_products(found.loom)
    forget()
    return found


@pytest.fixture
def shopper(people: People) -> Shopper:
    """Return somebody without an account."""
    return Shopper.objects.create()


@pytest.fixture
def say(shopper: Shopper) -> Iterator[Say]:
    """Say something in one conversation, and return the answer as it was kept."""
    kept: list[Conversation] = []

    def speak(text: str, language: str = "zh-hans", **page: int) -> Message:
        with as_shopper(shopper):
            if not kept:
                kept.append(
                    Conversation.objects.create(shopper=shopper, language=language, currency="CNY")
                )
            made = kept[0].ask(text, page=page or None)
        assert made is not None
        with as_everyone():
            rows = Message.objects.select_related("conversation__shopper__user")
            claimed = rows.claim(made.pk)
        assert answer(claimed)
        with as_shopper(shopper):
            return Message.objects.select_related("conversation__merchant").get(pk=made.pk)

    yield speak
    forget()
