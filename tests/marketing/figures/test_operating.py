"""An operator's figures: all shops added up, by week, for operators alone."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import Order, Review
from marketing.figures.market import MARKET
from profiles.measuring import FACTS, METRICS
from shopguide.accounts.models import User
from shopguide.accounts.tenancy import as_everyone
from tests.marketing.figures.scripted import NOW, Day
from tests.people import browser, make_user

PAGE = "/operator/figures/"


@pytest.fixture(autouse=True)
def at_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be three in the afternoon of the scripted day."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture(scope="module")
def crew(day: Day) -> dict[str, Client]:
    """Return the browsers of an operator, and of somebody who buys."""
    operator = User.objects.create_superuser("op@example.com", "long-enough-for-this")
    return {"op": browser(operator), "sam": browser(make_user("sam"))}


def tiles(response: Any) -> dict[str, str]:
    """Return the tiles of a page by their ids."""
    return {
        tile["id"]: tile["value"] for group in response.context["groups"] for tile in group["tiles"]
    }


def test_all_shops_are_added_up(day: Day, crew: dict[str, Client]) -> None:
    page = crew["op"].get(PAGE)
    shown = tiles(page)
    with as_everyone():
        orders = list(Order.objects.filter(placed_at__lt=NOW))
        stars = list(Review.objects.filter(written_at__lt=NOW).values_list("stars", flat=True))
    assert len({one.merchant_id for one in orders}) == 2, "the day is one of two shops"
    assert shown["orders"] == str(len(orders))
    taken = sum(o.total_amount for o in orders if o.currency == "CNY" and o.state != "cancelled")
    assert shown["revenue-CNY"] == f"CN¥{taken:,}"
    assert shown["stars"] == f"{sum(stars) / len(stars):.2f}"
    weeks = [row["cells"] for row in page.context["weeks"]["rows"]]
    assert sum(int(cells[0]["text"]) for cells in weeks) == len(orders)
    assert {len(cells) for cells in weeks} == {len(page.context["weeks"]["heads"])}


def test_each_figure_has_its_weeks_its_counts_and_its_sql(
    day: Day, crew: dict[str, Client]
) -> None:
    assert not any(one in METRICS.values() for one in MARKET.values()), "no shop can read them"
    for code, metric in MARKET.items():
        page = crew["op"].get(f"{PAGE}{code}/")
        assert page.status_code == 200, code
        assert "merchant_id =" not in page.context["page"]["sql"], "nobody's shop is asked for"
        assert str(metric.meaning) and FACTS[metric.facts].market
    shops = crew["op"].get(f"{PAGE}orders/?by=shop").context["page"]["parts"]
    assert {one["name"] for one in shops} == {day.shop.name, day.rival.name}
    told = b"".join(crew["op"].get(f"{PAGE}orders.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert told.startswith("\ufeffday,shop,times,currency,total")


def test_only_operators_and_odd_addresses(day: Day, crew: dict[str, Client]) -> None:
    for path in (PAGE, f"{PAGE}orders/", f"{PAGE}orders.csv"):
        assert crew["sam"].get(path).status_code == 404
        assert Client().get(path).status_code == 302
        assert crew["op"].post(path).status_code == 405
    assert crew["op"].get(f"{PAGE}nothing/").status_code == 404
    for odd in ("?range=%00", "?since=9999-99-99", "?by=';--", "?page=99999999999999999999"):
        assert crew["op"].get(f"{PAGE}orders/{odd}").status_code == 200
