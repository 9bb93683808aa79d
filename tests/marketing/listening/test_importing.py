"""Mentions find their product and are kept once; chats are heard while somebody agrees."""

from pathlib import Path

import pytest
from django.core.management import call_command

from catalog.models import Product
from marketing.listening.chatting import hear_chats
from marketing.listening.importing import import_mentions
from marketing.listening.matching import Names
from marketing.models import Mention, OpinionAlert
from profiles.consenting import choose
from profiles.models import Event, Purpose
from profiles.noting import note_said
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_merchant, make_product
from tests.marketing.listening.factories import SMELLS

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Merchant:
    return make_merchant("loom")


@pytest.fixture
def products(shop: Merchant) -> list[Product]:
    return [
        make_product(shop, "HD-201", title="Fleece Hoodie", title_zh="加绒连帽卫衣"),
        make_product(shop, "HD-202", title="Light Zip Hoodie", title_zh="薄款拉链卫衣"),
        make_product(shop, "MG-7", title="Green Mug", title_zh="青瓷杯"),
    ]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"code": "hd-201"}, 0), ({"text": "刚买的加绒连帽卫衣有味道"}, 0),
        ({"words": "青瓷杯"}, 2),
        ({"text": "my fleece hoodie smells"}, 0), ({"text": "sku HD-202 came late"}, 1),
        ({"words": "zip hoodie"}, 1), ({"words": "hoodie"}, None), ({"text": "卫衣不错"}, None),
        ({"code": "nope"}, None), ({"text": ""}, None), ({"text": "%_\\ '"}, None),
    ],
)  # fmt: skip
def test_the_product_that_is_meant(
    shop: Merchant, products: list[Product], said: dict[str, str], place: int | None
) -> None:
    with as_merchant(shop):
        found = Names.of(shop).find(**said)
    assert found == (None if place is None else products[place].pk)


def test_a_file_twice_is_a_file_once(
    shop: Merchant, products: list[Product], tmp_path: Path
) -> None:
    path = tmp_path / "said.csv"
    path.write_text(
        "text,time\n青瓷杯真好看,2026-11-01\n青瓷杯真好看,2026-11-01\n不错,2026-11-01\n"
    )
    first, again = (import_mentions(shop, path) for _n in range(2))
    assert (first.rows, first.created, first.repeated, first.unmatched) == (3, 2, 1, 1)
    assert (again.created, again.repeated) == (0, 3)


def test_the_command_finds_a_burst_in_a_file(
    shop: Merchant, products: list[Product], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "said.csv"
    lines = [f'"{text}",HD-201' for text in SMELLS]
    path.write_text("text,sku\n" + "\n".join(lines) + "\n")
    call_command("import_mentions", path, merchant="loom", json=True)
    assert '"new": 1' in capsys.readouterr().out
    with as_merchant(shop):
        (alert,) = OpinionAlert.objects.all()
    assert (alert.product_id, alert.aspect) == (products[0].pk, "smell")


def test_chats_are_heard_while_the_shopper_agrees(shop: Merchant, products: list[Product]) -> None:
    shopper = Shopper.objects.create()
    mug = products[2].pk
    assert note_said(shopper, mug, "it smells") is None
    choose(shopper, {Purpose.PERSONALISATION: True})
    assert note_said(shopper, mug, "it smells") is None
    choose(shopper, {Purpose.TRAINING: True})
    assert note_said(shopper, mug, "it smells, call 13812345678")
    assert hear_chats() == 1 and hear_chats() == 0
    with as_merchant(shop):
        (heard,) = Mention.objects.all()
    assert (heard.source, heard.product_id) == ("chat", mug) and "138" not in heard.text
    choose(shopper, {Purpose.TRAINING: False})
    hear_chats()
    with as_everyone():
        assert not Mention.objects.exists() and Event.objects.filter(kind="said").exists()
