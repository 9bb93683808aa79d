"""Demo data of stock: deterministic, done once, and only for demo shops; the commands around it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from marketing.models import DeliveryNote, Demand, Incoming, PastSale
from marketing.stocking.demonstrating import demonstrate
from marketing.stocking.tasks import make_forecast, ring_forecasts
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product
from tests.people import make_people

pytestmark = pytest.mark.django_db


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (PastSale, Incoming, DeliveryNote, Demand))


def test_demo_shops_are_filled_once() -> None:
    people = make_people()
    people.loom.is_demo = True
    people.loom.save()
    for number in range(8):
        make_product(people.loom, f"P-{number}")
    make_product(people.rival, "R-1")
    assert demonstrate() == {"forecasts": 8, "delivery notes": 8}
    with as_merchant(people.loom):
        before = counts()
        assert before[0] > 300 and before[1] >= 1 and before[3] == 8
        assert DeliveryNote.objects.waiting().count() == 6
    assert demonstrate() == {} == demonstrate("rival")
    with as_merchant(people.loom):
        assert counts() == before
    out = StringIO()
    call_command("forecast_demand", "--merchant", "loom", "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert (found["products"], found["days"], len(found["advice"])) == (8, 200, 8)
    assert found["mase"] < 1 and len(found["advice"][0]["ahead"]) == 56


def test_the_nightly_ring_begins_one_forecast_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    people = make_people()
    product = make_product(people.loom, "P-1")
    with as_merchant(people.loom):
        PastSale.objects.create(merchant=people.loom, product=product, day="2026-01-05", quantity=3)
    rung: list[int] = []
    monkeypatch.setattr(make_forecast, "delay", rung.append)
    ring_forecasts()
    ring_forecasts()
    assert len(rung) == 1
    make_forecast(rung[0])
    make_forecast(rung[0])
    with as_merchant(people.loom):
        assert Demand.objects.count() == 1


def test_commands_say_what_they_cannot_do() -> None:
    with pytest.raises(CommandError, match="no shop"):
        call_command("forecast_demand", "--merchant", "nowhere")
    out = StringIO()
    call_command("parse_address", "张三 13800138000 杭州市西湖区文三路1号", "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert (found["region"], found["street"], found["missing"]) == ("浙江省", "文三路1号", [])
