"""A forecast of a shop: what it is made of, what its rows say, and that it is done once."""

import datetime
import uuid

import pytest
from django.utils import timezone

from catalog.models import Coupon, Order, OrderLine, PriceChange, PriceList, Variant
from marketing.models import Demand, ForecastRun
from marketing.stocking.forecasting import KEPT_RUNS, begin, forecast, forecast_now
from marketing.stocking.gathering import past_of
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_merchant
from tests.marketing.stocking.conftest import DAYS, Store


def order(store: Store, *, state: str, quantity: int, days_ago: int) -> None:
    """Save an order of mugs."""
    loom = store.people.loom
    shopper = Shopper.objects.create(user=None)
    with as_merchant(loom):
        made = Order.objects.create(
            merchant=loom, shopper=shopper, checkout=uuid.uuid4(), state=state, currency="CNY",
            items_amount=10, total_amount=10, email="sam@example.com", payment_provider="test",
            placed_at=timezone.now() - datetime.timedelta(days=days_ago),
        )  # fmt: skip
        OrderLine.objects.create(
            merchant=loom, order=made, variant=Variant.objects.get(product=store.mug), sku="MUG-1",
            titles={"en": "Mug"}, quantity=quantity, unit_amount=10,
        )  # fmt: skip


def test_orders_count_and_cancelled_ones_do_not(store: Store) -> None:
    loom, today = store.people.loom, timezone.localdate()
    with as_merchant(loom):
        before = past_of(loom, today)
    order(store, state="paid", quantity=7, days_ago=3)
    order(store, state="cancelled", quantity=50, days_ago=3)
    order(store, state="paid", quantity=90, days_ago=0)
    with as_merchant(loom):
        after = past_of(loom, today)
    assert before and after
    assert before.products == [store.mug.pk, store.lamp.pk]
    assert after.history.counts.shape == (2, DAYS)
    assert (after.history.counts - before.history.counts).sum() == 7
    assert after.history.counts[0, -3] - before.history.counts[0, -3] == 7


def test_promotions_are_days_of_coupons_and_of_lowered_prices(store: Store) -> None:
    loom, now = store.people.loom, timezone.now()

    def ago(days: int) -> datetime.datetime:
        return now - datetime.timedelta(days=days)

    with as_merchant(loom):
        variant = Variant.objects.get(product=store.mug)
        prices = PriceList.objects.get(merchant=loom)
        PriceChange.objects.filter(variant=variant).delete()
        PriceChange.objects.bulk_create(
            PriceChange(merchant=loom, price_list=prices, variant=variant, amount=amount,
                        changed_at=ago(days))
            for days, amount in ((110, 100), (60, 80), (50, 100), (5, 70))
        )  # fmt: skip
        for code, begins, ends in (("SHORT", 30, 28), ("LONG", 100, 20)):
            Coupon.objects.create(
                merchant=loom, code=code, kind="percent", value=10, starts_at=ago(begins),
                ends_at=ago(ends),
            )  # fmt: skip
        past = past_of(loom, timezone.localdate())
    assert past and past.history.promoted is not None and past.history.shop is not None
    days = {DAYS - int(day) for day in past.history.promoted[0].nonzero()[0]}
    assert days == {
        *range(51, 61),
        *range(-13, 6),
    }  # until two weeks from now, where it still holds
    assert not past.history.promoted[1].any()
    assert {DAYS - int(day) for day in past.history.shop.nonzero()[0]} == {28, 29, 30}


def test_a_run_has_a_row_for_each_product_that_sold(store: Store) -> None:
    loom = store.people.loom
    run = forecast_now(loom, by=store.people.mei)
    assert (run.state, run.number, run.products, run.days) == ("done", 1, 2, DAYS)
    with as_merchant(loom):
        rows = {one.product_id: one for one in Demand.objects.newest(loom)}
    assert set(rows) == {store.mug.pk, store.lamp.pk}
    mug = rows[store.mug.pk]
    assert len(mug.ahead) == 56 and len(mug.history) == DAYS // 7
    assert 60 < sum(mug.ahead[:28]) < 110  # three a day were sold
    assert 3 < sum(rows[store.lamp.pk].ahead[:28]) < 15
    assert run.mase is not None and run.mase < 1
    assert set(run.bounds) == {"band", "80", "90", "95", "98"}


def test_asking_twice_queues_once_and_doing_it_twice_changes_nothing(store: Store) -> None:
    loom = store.people.loom
    first, second = begin(loom), begin(loom)
    assert first.pk == second.pk
    with as_merchant(loom):
        claimed = ForecastRun.objects.claim(first.pk)
        assert ForecastRun.objects.claim(first.pk) is None
    forecast(claimed)
    forecast(claimed)
    with as_merchant(loom):
        assert Demand.objects.filter(run=first).count() == 2


def test_only_the_newest_runs_are_kept(store: Store) -> None:
    for _time in range(KEPT_RUNS + 2):
        run = forecast_now(store.people.loom)
    with as_merchant(store.people.loom):
        numbers = list(ForecastRun.objects.values_list("number", flat=True))
    assert run.number == KEPT_RUNS + 2
    assert numbers == [7, 6, 5, 4, 3]


def test_a_shop_without_sales_gets_an_empty_forecast(store: Store) -> None:
    run = forecast_now(store.people.rival)
    assert (run.state, run.products, run.mase) == ("done", 0, None)


@pytest.mark.parametrize("table", ["demand", "forecastrun", "pastsale"])
def test_rows_are_their_shops_alone(store: Store, table: str) -> None:
    from django.apps import apps

    forecast_now(store.people.loom)
    model = apps.get_model("marketing", table)
    assert not model._default_manager.exists()
    with as_merchant(store.people.rival):
        assert not model._default_manager.exists()
    with as_merchant(store.people.loom):
        assert model._default_manager.exists()
