"""The orders over the demo market place: what is shown as chosen is what holds."""

import pytest
from django.utils import translation

from catalog.presenting.results import sorts_of
from catalog.search.market import Market
from tests.catalog.presenting.test_needs import frame_of

pytestmark = pytest.mark.django_db


def chosen(market: Market, url: str) -> tuple[str, dict[str, str]]:
    """Return the order that is shown as chosen, and where each order leads."""
    with translation.override("en"):
        orders = sorts_of(frame_of(market, url))
    (one,) = [order["code"] for order in orders if order["selected"]]
    return one, {order["code"]: order["url"] for order in orders}


def test_an_order_that_was_said_is_shown_where_it_holds_over_all(demo_market: Market) -> None:
    assert chosen(demo_market, "/search/?q=shoes")[0] == "relevance"
    assert chosen(demo_market, "/search/?q=cheapest hoodie")[0] == "price_asc"
    parted, ways = chosen(demo_market, "/search/?q=cheap waterproof shoes")
    assert parted == "relevance" and "sort=price_asc" in ways["price_asc"]
    exact, back = chosen(demo_market, ways["price_asc"])
    assert exact == "price_asc"
    assert chosen(demo_market, back["relevance"])[0] == "relevance"
