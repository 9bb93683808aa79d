"""The pages of stock advice: the list, its file, a product, terms, goods on their way, sales."""

import csv
import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketing.models import Demand, ForecastRun, Incoming, PastSale, StockTerms
from marketing.stocking.forecasting import forecast_now
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product
from tests.marketing.stocking.conftest import Store
from tests.people import browser

PAGE = "/merchant/loom/stock/"
TERMS = {"lead_days": 10, "cover_days": 20, "service": 90, "pack": 6}


@pytest.fixture(autouse=True)
def no_worker(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Ring nobody; return the ids that would have been rung for."""
    rung: list[int] = []
    monkeypatch.setattr("marketing.stocking.views.stock.make_forecast.delay", rung.append)
    return rung


@pytest.fixture
def told(store: Store) -> Store:
    """Return the shop with a forecast."""
    forecast_now(store.people.loom)
    return store


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_list_says_what_to_order_first(told: Store) -> None:
    response = browser(told.people.ana).get(PAGE)
    page = text(response)
    assert [row["sku"] for row in response.context["page"]["rows"]] == ["MUG-1", "LMP-1", "VAS-1"]
    assert page.index("Reorder now") < page.index("More than enough")
    assert "Tried on past months" in page
    assert "No sales yet" in page


def test_filters_fragment_and_odd_questions(told: Store) -> None:
    ana = browser(told.people.ana)
    assert len(ana.get(PAGE, {"state": "order"}).context["page"]["rows"]) == 1
    assert len(ana.get(PAGE, {"q": "lmp"}).context["page"]["rows"]) == 1
    part = ana.get(PAGE, {"q": "lmp"}, headers={"HX-Request": "true"}).content.decode()
    assert "LMP-1" in part and "<html" not in part
    for odd in ("x", "-1", "9" * 40, "\0", "'", "<b>", "../"):
        for name in ("state", "q", "page"):
            assert ana.get(PAGE, {name: odd}).status_code == 200


def test_the_list_costs_the_same_for_many_products(told: Store) -> None:
    ana = browser(told.people.ana)
    ana.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        ana.get(PAGE)
    for number in range(6):
        make_product(told.people.loom, f"NEW-{number}")
    with CaptureQueriesContext(connection) as many:
        ana.get(PAGE)
    assert len(many) == len(few) <= 30


def test_in_chinese(told: Store) -> None:
    page = browser(told.people.ana, "zh-hans").get(PAGE).content.decode()
    assert "立即补货" in page and "马克杯" in page
    detail = browser(told.people.ana, "zh-hans").get(f"{PAGE}{told.mug.pk}/").content.decode()
    assert "安全库存" in detail


def test_a_product_shows_every_sum(told: Store) -> None:
    response = browser(told.people.ana).get(f"{PAGE}{told.mug.pk}/")
    page, advice = text(response), response.context["advice"]
    assert f"rounded up: {advice.reorder_point}." in page
    assert f"order {advice.quantity} pieces" in page
    with as_merchant(told.people.loom):
        demand = Demand.objects.newest(told.people.loom).get(product=told.mug)
    assert advice.lead_mean == pytest.approx(sum(demand.ahead[:14]))
    rows = response.context["chart"].rows
    assert len(rows) == len(demand.history) + 8
    assert [row.low for row in rows[: len(demand.history)]] == [""] * len(demand.history)


def test_a_product_that_never_sold_says_so(told: Store) -> None:
    page = text(browser(told.people.ana).get(f"{PAGE}{told.vase.pk}/"))
    assert "Nothing of it has been sold yet" in page


def test_the_file_has_the_same_numbers(told: Store) -> None:
    make_product(told.people.loom, "=1+1", title="=cmd()")
    response = browser(told.people.ana).get("/merchant/loom/stock.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0]["sku"] == "MUG-1" and rows[0]["state"] == "order"
    assert int(rows[0]["order"]) > 0
    assert not any(row["sku"].startswith("=") for row in rows)
    only = browser(told.people.ana).get("/merchant/loom/stock.csv", {"state": "order"})
    assert len(only.content.decode().splitlines()) == 2


def test_before_a_forecast_the_page_says_what_to_do(store: Store) -> None:
    assert "No forecast yet" in text(browser(store.people.ana).get(PAGE))
    assert browser(store.people.ana).get(f"{PAGE}{store.mug.pk}/").status_code == 200


def test_asking_for_a_forecast_rings_once(store: Store, no_worker: list[int]) -> None:
    edda = browser(store.people.edda)
    for _time in range(2):
        assert edda.post(f"{PAGE}forecast/").status_code == 302
    assert len(set(no_worker)) == 1
    assert "is being made" in text(edda.get(PAGE))


def test_terms_of_the_shop_and_of_a_product(told: Store) -> None:
    edda = browser(told.people.edda)
    assert edda.post(f"{PAGE}terms/", TERMS).status_code == 302
    advice = edda.get(f"{PAGE}{told.mug.pk}/").context["advice"]
    assert (advice.terms.lead_days, advice.terms.own, advice.quantity % 6) == (10, False, 0)
    assert edda.post(f"{PAGE}{told.mug.pk}/terms/", TERMS | {"lead_days": 3}).status_code == 302
    advice = edda.get(f"{PAGE}{told.mug.pk}/").context["advice"]
    assert (advice.terms.lead_days, advice.terms.own) == (3, True)
    assert edda.post(f"{PAGE}{told.mug.pk}/terms/", {"usual": "1"}).status_code == 302
    assert edda.get(f"{PAGE}{told.mug.pk}/").context["advice"].terms.lead_days == 10
    for odd in ({"lead_days": 0}, {"service": 99}, {"pack": "x"}, {"cover_days": 10**9}):
        assert edda.post(f"{PAGE}terms/", TERMS | odd).status_code == 422
        assert edda.post(f"{PAGE}{told.mug.pk}/terms/", TERMS | odd).status_code == 422
    with as_merchant(told.people.loom):
        assert StockTerms.objects.count() == 1


def test_goods_on_their_way_count_until_they_are_closed(told: Store) -> None:
    edda, url = browser(told.people.edda), f"{PAGE}{told.mug.pk}/"
    needed = edda.get(url).context["advice"].quantity
    day = timezone.localdate() + datetime.timedelta(days=3)
    sent = {"quantity": needed, "expected_on": day.isoformat()}
    assert edda.post(f"{url}incoming/", sent).status_code == 302
    after = edda.get(url).context["advice"]
    assert (after.on_way, after.quantity) == (needed, 0)
    with as_merchant(told.people.loom):
        pk = Incoming.objects.get().pk
    assert edda.post(f"{url}incoming/{pk}/arrived/").status_code == 302
    assert edda.post(f"{url}incoming/{pk}/arrived/").status_code == 404
    assert edda.get(url).context["advice"].quantity == needed
    for odd in ({"quantity": 0}, {"expected_on": "1999-01-01"}, {"expected_on": "x"}):
        assert edda.post(f"{url}incoming/", sent | odd).status_code == 422


def test_former_sales_are_brought_along(store: Store, no_worker: list[int]) -> None:
    table = (
        "货号,日期,数量\nVAS-1,2026-01-05,3\nVAS-1,2026/01/05,2\nNONE,2026-01-05,1\n"
        "VAS-1,2026-13-01,1\nVAS-1,2026-01-06,many\n\n"
    )
    edda = browser(store.people.edda)
    file = SimpleUploadedFile("sales.csv", table.encode("gb18030"))
    page = text(edda.post(f"{PAGE}sales/", {"file": file}, follow=True))
    assert "1 day of sales is kept." in page and "3 lines were left out." in page
    assert len(no_worker) == 1
    with as_merchant(store.people.loom):
        assert PastSale.objects.get(product=store.vase).quantity == 5
    again = SimpleUploadedFile("sales.csv", "sku;day;quantity\nVAS-1;2026-01-05;9".encode("utf-16"))
    edda.post(f"{PAGE}sales/", {"file": again})
    with as_merchant(store.people.loom):
        assert PastSale.objects.get(product=store.vase).quantity == 9


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"a,b,c\n1,2,3", b"\x00" * 50, b'sku,day,quantity\n"']
)
def test_odd_tables_are_refused_or_bring_nothing(store: Store, content: bytes) -> None:
    file = SimpleUploadedFile("sales.csv", content)
    response = browser(store.people.edda).post(f"{PAGE}sales/", {"file": file})
    assert response.status_code in (302, 422)
    with as_merchant(store.people.loom):
        assert not PastSale.objects.filter(product=store.vase).exists()


def test_doors(told: Store) -> None:
    people, url = told.people, f"{PAGE}{told.mug.pk}/"
    posts = [
        f"{PAGE}forecast/",
        f"{PAGE}terms/",
        f"{PAGE}sales/",
        f"{url}terms/",
        f"{url}incoming/",
    ]
    for path in (PAGE, url, "/merchant/loom/stock.csv"):
        assert browser(people.rui).get(path).status_code == 404
        assert browser(people.sam).get(path).status_code == 404
        assert browser().get(path).status_code == 302
        assert browser(people.ana).post(path).status_code == 405
    for path in posts:
        assert browser(people.ana).post(path, TERMS).status_code == 404
        assert browser(people.rui).post(path, TERMS).status_code == 404
        assert browser(people.edda).get(path).status_code == 405
    edda = browser(people.edda)
    for pk in (told.rival_mug.pk, 10**9):
        assert edda.get(f"{PAGE}{pk}/").status_code == 404
        assert edda.post(f"{PAGE}{pk}/incoming/", {"quantity": 1}).status_code == 404
    with as_merchant(people.loom):
        assert ForecastRun.objects.count() == 1
