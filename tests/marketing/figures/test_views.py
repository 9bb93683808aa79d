"""The pages of figures: what they show, to whom, and what they answer to odd addresses."""

import csv
import io
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketing.figures.reading import as_reader
from profiles.measuring import METRICS
from shopguide.accounts.models import Membership, Role
from tests.marketing.figures.scripted import NOW, Day
from tests.people import browser, make_user

PAGE = "merchant_figures"


@pytest.fixture(autouse=True)
def at_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be three in the afternoon of the scripted day."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture(scope="module")
def crew(day: Day) -> dict[str, Client]:
    """Return the browsers of everybody: the shop's people, its rival, and somebody who buys."""
    made = {}
    for name, shop, role in (
        ("ana", day.shop, Role.ANALYST),
        ("tom", day.shop, Role.AGENT),
        ("rui", day.rival, Role.OWNER),
    ):
        person = make_user(name)
        Membership.objects.create(user=person, merchant=shop, role=role)
        made[name] = browser(person)
    made["sam"] = browser(make_user("sam"))
    return made


def values(response: Any) -> dict[str, str]:
    """Return the tiles of a page by their ids."""
    return {
        tile["id"]: tile["value"] for group in response.context["groups"] for tile in group["tiles"]
    }


def test_the_page_shows_what_was_counted(day: Day, crew: dict[str, Client]) -> None:
    page = crew["ana"].get(reverse(PAGE, args=["loom"]), {"range": "today"})
    shown = values(page)
    assert shown["orders"] == "4" and shown["revenue-CNY"] == "CN¥190.00"
    assert shown["revenue-USD"] == "$15.00" and shown["conversion"] == "16.7%"
    assert shown["first_response"] == "2 min 0 s" and shown["assisted_share"].startswith("fewer")
    text = page.content.decode()
    assert "Asia/Shanghai, UTC+08:00" in text and "up to the same time of day" in text
    assert [bar.kept for bar in page.context["funnel"]] == [None, 66.7, 75.0, 33.3]
    for metric in METRICS.values():
        assert text.count(str(metric.meaning).replace("'", "&#x27;")) >= 1, metric.code


def test_in_chinese(day: Day, crew: dict[str, Client]) -> None:
    crew["ana"].cookies["language"] = "zh-hans"
    page = crew["ana"].get(reverse(PAGE, args=["loom"]), {"range": "today"}).content.decode()
    crew["ana"].cookies["language"] = "en"
    for word in ("销售额", "转化率", "退货率", "按 Asia/Shanghai"):
        assert word in page


def test_the_page_of_one_figure_adds_up(day: Day, crew: dict[str, Client]) -> None:
    where = reverse("merchant_figure", args=["loom", "units"])
    page = crew["ana"].get(where, {"range": "today", "by": "product"})
    parts = [(part["name"], part["value"]) for part in page.context["page"]["parts"]]
    assert parts == [("Cup", "5"), ("Clay pot", "2")]
    assert page.context["total"] == len(page.context["rows"]) == 4
    assert "sum(f.quantity)" in page.context["page"]["sql"]
    assert str(day.shop.pk) in page.context["page"]["sql"]


@pytest.mark.parametrize("code", sorted({one.facts: one.code for one in METRICS.values()}.values()))
def test_every_figure_has_its_page(day: Day, crew: dict[str, Client], code: str) -> None:
    page = crew["ana"].get(reverse("merchant_figure", args=["loom", code]), {"range": "7d"})
    assert page.status_code == 200
    assert [len(row) for row in page.context["rows"]] == [
        len(page.context["columns"])
    ] * len(page.context["rows"])  # fmt: skip


def rows_of(response: Any) -> list[dict[str, str]]:
    """Read the rows of a file."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_all_figures_as_a_table(day: Day, crew: dict[str, Client]) -> None:
    where = reverse("merchant_figures_csv", args=["loom"])
    rows = rows_of(crew["ana"].get(where, {"range": "today"}))
    whole = {(row["figure"], row["currency"]): row["value"] for row in rows if not row["day"]}
    assert whole["orders", ""] == "4" and whole["revenue", "CNY"] == "190.00"
    assert ("assisted_revenue", "CNY") not in whole
    assert {row["day"] for row in rows if row["figure"] == "orders"} == {"", "2026-06-15"}


def test_the_rows_of_a_figure_as_a_table(day: Day, crew: dict[str, Client]) -> None:
    where = reverse("merchant_figure_csv", args=["loom", "revenue"])
    response = crew["ana"].get(where, {"range": "today"})
    assert 'filename="revenue-loom-20260615-20260615.csv"' in response["Content-Disposition"]
    rows = rows_of(response)
    assert [row["total"] for row in rows] == ["15.00", "50.00", "140.00"]
    assert rows[0]["currency"] == "USD" and rows[0]["at"] == "2026-06-15T14:59:00+08:00"
    few = crew["ana"].get(reverse("merchant_figure_csv", args=["loom", "assisted_revenue"]))
    assert rows_of(few) == []


def test_who_may_read(day: Day, crew: dict[str, Client], client: Client) -> None:
    pages = [reverse(PAGE, args=["loom"]), reverse("merchant_figures_csv", args=["loom"]),
             reverse("merchant_figure", args=["loom", "orders"]),
             reverse("merchant_figure_csv", args=["loom", "orders"])]  # fmt: skip
    for page in pages:
        assert crew["tom"].get(page).status_code == 200
        assert crew["rui"].get(page).status_code == crew["sam"].get(page).status_code == 404
        assert client.get(page).status_code == 302
        assert crew["ana"].post(page).status_code == 405


def test_agents_read_no_money(day: Day, crew: dict[str, Client]) -> None:
    shown = values(crew["tom"].get(reverse(PAGE, args=["loom"]), {"range": "today"}))
    assert "orders" in shown and not [one for one in shown if "revenue" in one]
    assert crew["tom"].get(reverse("merchant_figure", args=["loom", "revenue"])).status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        {"since": "9999-99-99", "until": "0000-00-00", "page": "99999999999999999999"},
        {"since": "1970-01-01", "against": "year", "by": "hour", "page": "7"},
        {"by": "currency'; DROP TABLE x; --", "range": "28d"},
    ],
)
def test_odd_addresses(day: Day, crew: dict[str, Client], asked: dict[str, str]) -> None:
    for where in (PAGE, "merchant_figures_csv"):
        assert crew["ana"].get(reverse(where, args=["loom"]), asked).status_code == 200
    for code in ("revenue", "visits", "search_gaps"):
        where = reverse("merchant_figure", args=["loom", code])
        assert crew["ana"].get(where, asked).status_code == 200
    assert crew["ana"].get("/merchant/loom/figures/nothing/").status_code == 404
    assert crew["ana"].get("/merchant/loom/figures/'x/").status_code == 404


def test_a_page_asks_as_often_whatever_there_is(
    day: Day, crew: dict[str, Client], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(70) as seen:
        crew["ana"].get(reverse(PAGE, args=["loom"]), {"range": "90d"})
    begin = ("WITH f", "\nSELECT p.id")
    figures = [one["sql"] for one in seen.captured_queries if one["sql"].startswith(begin)]
    assert len(figures) == 15  # twelve kinds of facts, three lists of products


def test_what_takes_too_long_is_no_error(
    day: Day, crew: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def asleep(*_args: object, **_named: object) -> object:
        with as_reader(day.shop, market=False) as cursor:
            cursor.execute("SELECT set_config('statement_timeout', '20ms', true)")
            cursor.execute("SELECT pg_sleep(1)")
        return {}

    monkeypatch.setattr("marketing.figures.views.measure", asleep)
    where = reverse(PAGE, args=["loom"])
    with transaction.atomic():
        page = crew["ana"].get(where, {"range": "90d"})
        assert page.status_code == 302 and page["Location"].endswith("?range=7d")
        late = crew["ana"].get(where, {"range": "7d"})
    assert late.status_code == 503 and "took too long" in late.content.decode()
