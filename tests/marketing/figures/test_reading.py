"""Every figure of a scripted day equals the count by hand, at its edges too, and of one shop."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketing.figures.reading import (
    Asked,
    Filter,
    as_reader,
    count_rows,
    measure,
    params_of,
    parted,
    parted_sql,
    rows_of,
    series_sql,
)
from marketing.figures.spans import before, between, preset
from profiles.measuring import FACTS, METRICS
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.factories import make_merchant
from tests.marketing.figures.scripted import BY_HAND, NOW, Day

TODAY = preset("today", NOW)


def close(value: Any) -> Any:
    """Return a number as it can be compared: shares to twelve places."""
    return None if value is None else round(float(value), 12)


def test_every_figure_equals_the_count_by_hand(day: Day) -> None:
    assert set(BY_HAND) == set(METRICS)
    found = measure(day.shop, METRICS.values(), TODAY)
    said = {
        code: {currency: close(value) for currency, value in one.now.total.items()}
        for code, one in found.items()
    }
    by_hand = {
        code: {currency: close(value) for currency, value in one.items()}
        for code, one in BY_HAND.items()
    }
    assert said == by_hand
    # Three buyers are too few to tell what helped them.
    assert {code for code, one in found.items() if one.now.few} == {
        "assisted_revenue", "assisted_share"
    }  # fmt: skip


def test_days_add_up_to_the_whole(day: Day) -> None:
    week = preset("7d", NOW)
    found = measure(day.shop, METRICS.values(), week)
    additive = [one for one in METRICS.values() if one.unit in ("count", "money") and not one.whole]
    for metric in additive:
        if metric.code == "buyers":  # somebody who orders on two days is one buyer
            continue
        series = found[metric.code].now
        assert {c: sum(d.values()) for c, d in series.days.items()} == series.total, metric.code
    assert sorted(found["orders"].now.days[""].items()) == [
        (datetime.date(2026, 6, 14), 2), (datetime.date(2026, 6, 15), 4)
    ]  # fmt: skip


def test_what_came_before_is_cut_at_the_same_time_of_day(day: Day) -> None:
    codes = ["orders", "revenue", "visits"]
    found = measure(
        day.shop, [METRICS[one] for one in codes], TODAY, before(TODAY, "previous", NOW)
    )
    earlier = {code: one.before.total if one.before else None for code, one in found.items()}
    # Of yesterday's two orders the one of 23:59:59 is later than three o'clock.
    assert earlier == {"orders": {"": 1}, "revenue": {"CNY": Decimal("40.00")}, "visits": {"": 1}}
    assert found["visits"].before is not None and found["visits"].before.few
    whole = preset("yesterday", NOW)
    assert measure(day.shop, [METRICS["orders"]], whole)["orders"].now.total == {"": 2}


def test_the_day_begins_where_the_market_is(day: Day, settings: Any) -> None:
    """At midnight in Shanghai it is still the day before in London, long the same in Auckland."""
    orders = [METRICS["orders"]]
    for zone, counted in (("Europe/London", 3), ("Pacific/Auckland", 5)):
        settings.TIME_ZONE = zone
        assert measure(day.shop, orders, preset("today", NOW))["orders"].now.total == {
            "": counted
        }, zone


def test_a_shop_without_anything(day: Day) -> None:
    empty = make_merchant("empty")
    found = measure(empty, METRICS.values(), TODAY, before(TODAY, "year", NOW))
    assert {code: one.now.total for code, one in found.items() if one.now.total} == {}
    asked = Asked(METRICS["units"], TODAY, "product")
    assert parted(empty, asked) == [] and count_rows(empty, asked) == (0, None)


def test_a_rival_sees_only_its_own(day: Day) -> None:
    found = measure(day.rival, METRICS.values(), TODAY)
    said = {code: one.now.total for code, one in found.items()}
    assert said["orders"] == {"": 1} and said["revenue"] == {"CNY": Decimal("5.00")}
    assert said["search_gaps"] == {"": 1} and said["handed"] == {} and said["reviews"] == {}
    assert found["shown"].now.few and found["shown"].now.people == 1


def test_parts_by_product_category_and_time(day: Day) -> None:
    units = METRICS["units"]
    parts = parted(day.shop, Asked(units, TODAY, "product"))
    assert [(one.value, one.figure) for one in parts] == [(day.cup.pk, 5), (day.pot.pk, 2)]
    sales = parted(day.shop, Asked(METRICS["item_sales"], TODAY, "category", ascending=True))
    assert {(one.value, one.currency): one.figure for one in sales} == {
        ("home/tea", "CNY"): Decimal("100.00"), ("home/cups", "CNY"): Decimal("100.00"),
        ("home/tea", "USD"): Decimal("15.00"),
    }  # fmt: skip
    hours = parted(day.shop, Asked(METRICS["orders"], TODAY, "hour"))
    assert {one.value: one.figure for one in hours} == {0: 1, 9: 1, 10: 1, 14: 1}
    week = preset("7d", NOW)
    days = parted(day.shop, Asked(METRICS["orders"], week, "day"))
    assert [one.value.day for one in days] == [14, 15]


def test_filters_narrow_what_is_counted(day: Day) -> None:
    cups = (Filter("product", [day.cup.pk]),)
    units = METRICS["units"]
    [one] = parted(day.shop, Asked(units, TODAY, filters=cups))
    assert (one.figure, one.rows) == (5, 2)
    [one] = parted(day.shop, Asked(units, TODAY, filters=(Filter("day", NOW.date()),)))
    assert one.figure == 7
    earlier = before(TODAY, "previous", NOW)
    [one] = parted(day.shop, Asked(units, TODAY, filters=cups, before=earlier))
    assert (one.figure, one.earlier) == (5, 2)
    best = parted(day.shop, Asked(units, TODAY, "product", before=earlier, limit=2))
    assert [(one.value, one.figure, one.earlier) for one in best] == [
        (day.cup.pk, 5, 2), (day.pot.pk, 2, 0)
    ]  # fmt: skip


def test_the_rows_behind_a_figure_make_it(day: Day) -> None:
    asked = Asked(METRICS["revenue"], TODAY)
    rows = rows_of(day.shop, asked, limit=10)
    assert [row["total"] for row in rows] == [Decimal("15"), Decimal("50"), Decimal("140")]
    assert count_rows(day.shop, asked) == (3, None)
    assert [row["total"] for row in rows_of(day.shop, asked, limit=1, offset=2)] == [140]
    shown = Asked(METRICS["shown"], TODAY)
    rows = rows_of(day.shop, shown, limit=10)
    assert [(row["product"], row["times"], row["opened"]) for row in rows] == [(day.pot.pk, 6, 4)]
    assert count_rows(day.shop, shown) == (1, 6)


def test_no_row_of_a_shopper_says_who(day: Day) -> None:
    names = {str(one.pk) for one in Shopper.objects.all()}
    for metric in METRICS.values():
        for row in rows_of(day.shop, Asked(metric, TODAY), limit=50):
            if FACTS[metric.facts].market:
                assert not names & {str(value) for value in row.values()}


def test_sql_that_is_shown_gives_the_figure(day: Day) -> None:
    """Of all facts, by every dimension they have: the SQL runs, and its parts are its own."""
    one_each = {metric.facts: metric for metric in METRICS.values()}
    for metric in one_each.values():
        for dimension in (*FACTS[metric.facts].dimensions, *TIMES_OF):
            code = dimension if isinstance(dimension, str) else dimension.code
            asked = Asked(metric, TODAY, code)
            sql, params = parted_sql(asked)
            with as_reader(day.shop, market=asked.facts.market) as cursor:
                cursor.execute(sql, params_of(day.shop, TODAY) | params)
                assert len(cursor.fetchall()) == len(parted(day.shop, asked))


TIMES_OF = ("day", "week", "month", "weekday", "hour")


def test_one_query_for_each_kind_of_facts(day: Day) -> None:
    with CaptureQueriesContext(connection) as seen, as_everyone():
        measure(day.shop, METRICS.values(), TODAY, before(TODAY, "year", NOW))
    asked = [one["sql"] for one in seen.captured_queries if one["sql"].startswith("WITH f")]
    assert len(asked) == len({one.facts for one in METRICS.values()}) == 12


def test_overlapping_periods_count_twice(day: Day) -> None:
    long = between(datetime.date(2024, 6, 1), NOW.date(), NOW)
    found = measure(day.shop, [METRICS["orders"]], long, before(long, "year", NOW))["orders"]
    assert found.now.total == {"": 6} and found.before is not None
    assert found.before.total == {}
    assert "f.span" in series_sql(FACTS["orders"], [METRICS["orders"]], 2)
