"""Many products at once: exact sums, undo as a whole, nothing twice, nobody's edit lost."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.editing import bulk
from catalog.editing.bulk import begin, begin_undo, run
from catalog.models import BulkEdit, Price, PriceList, Product, SearchOffer, Stock, Warehouse
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_category, make_merchant, make_product
from tests.people import make_user

pytestmark = pytest.mark.django_db
Kind = BulkEdit.Kind


@pytest.fixture
def shop() -> Merchant:
    """Return a shop with three products, the last without a price."""
    shop = make_merchant()
    make_product(shop, "A1", title="Red mug", price="10.05", stock=3)
    make_product(shop, "A2", title="Blue mug", price="99.99", stock=0)
    make_product(shop, "B1", title="Plate", price=None, status="draft")
    return shop


@pytest.fixture
def mei(db: None) -> User:
    """Return the person who does it."""
    return make_user("mei")


def job_of(shop: Merchant, mei: User, kind: str, change: dict[str, Any], **chosen: Any) -> BulkEdit:
    """Write a bulk edit of all products down, claimed as a worker would."""
    with as_merchant(shop):
        job = begin(shop, kind, change, chosen or {"newest": 10**12}, by=mei)
    return claimed(job)


def claimed(job: BulkEdit) -> BulkEdit:
    """Claim a job."""
    with as_everyone():
        taken: BulkEdit = BulkEdit.objects.claim(job.pk)
    return taken


def price_change(shop: Merchant, mode: str, amount: str) -> dict[str, Any]:
    """Return a change of prices in the shop's yuan."""
    with as_merchant(shop):
        prices = PriceList.objects.get(merchant=shop, currency="CNY")
    return {"mode": mode, "amount": amount, "price_list": prices.pk, "currency": "CNY"}


def prices(shop: Merchant) -> dict[str, str]:
    """Return all prices by SKU."""
    with as_merchant(shop):
        rows = Price.objects.filter(merchant=shop).values_list("variant__sku", "amount")
        return {sku: str(amount) for sku, amount in rows}


def undo(shop: Merchant, job: BulkEdit, mei: User) -> BulkEdit:
    """Take a bulk edit back."""
    with as_merchant(shop):
        back = begin_undo(job, by=mei)
    back = claimed(back)
    run(back)
    return back


@pytest.mark.parametrize(
    ("mode", "amount", "expected"),
    [
        ("percent", "-10", {"A1": "9.05", "A2": "89.99"}),  # 9.045 and 89.991
        ("percent", "-100", {"A1": "0.00", "A2": "0.00"}),
        ("add", "0.05", {"A1": "10.10", "A2": "100.04"}),
        ("set", "7.5", {"A1": "7.50", "A2": "7.50", "B1": "7.50"}),
    ],
)
def test_prices_move_exactly_and_come_back(
    shop: Merchant, mei: User, mode: str, amount: str, expected: dict[str, str]
) -> None:
    before = prices(shop)
    job = job_of(shop, mei, Kind.PRICE, price_change(shop, mode, amount))
    run(job)
    assert prices(shop) == expected
    assert (job.total, job.changed, job.refused) == (3, len(expected), 3 - len(expected))
    assert {str(one) for one in SearchOffer.objects.exclude(amount=None)
            .values_list("amount", flat=True)} <= set(expected.values())  # fmt: skip
    back = undo(shop, job, mei)
    assert (back.changed, back.refused) == (len(expected), 0)
    assert prices(shop) == before


def test_a_former_price_that_is_no_longer_higher_goes_and_comes_back(
    shop: Merchant, mei: User
) -> None:
    with as_merchant(shop):
        Price.objects.filter(variant__sku="A1").update(was=Decimal("12.00"))
    job = job_of(shop, mei, Kind.PRICE, price_change(shop, "add", "5"))
    run(job)
    with as_merchant(shop):
        assert Price.objects.get(variant__sku="A1").was is None
    undo(shop, job, mei)
    with as_merchant(shop):
        assert Price.objects.get(variant__sku="A1").was == Decimal("12.00")


def test_a_price_below_zero_is_refused_by_product(shop: Merchant, mei: User) -> None:
    job = job_of(shop, mei, Kind.PRICE, price_change(shop, "add", "-50"))
    run(job)
    assert prices(shop) == {"A1": "10.05", "A2": "49.99"}
    with as_merchant(shop):
        reasons = set(job.rows.exclude(reason="").values_list("product__sku", "reason"))
    assert reasons == {
        ("A1", "The price would fall below zero or be too high."),
        ("B1", "It has no price in this currency."),
    }


def test_stock_status_category_and_brand(shop: Merchant, mei: User) -> None:
    with as_merchant(shop):
        place = Warehouse.objects.get(merchant=shop).pk
    tops = make_category("mugs")
    changes: list[tuple[str, dict[str, Any]]] = [
        (Kind.STOCK, {"mode": "add", "quantity": 2, "warehouse": place}),
        (Kind.STATUS, {"value": "live"}),
        (Kind.CATEGORY, {"value": tops.pk}),
        (Kind.BRAND, {"value": "Loom"}),
    ]
    done = []
    for kind, change in changes:
        done.append(job_of(shop, mei, kind, change))
        run(done[-1])
    with as_merchant(shop):
        stock = dict(Stock.objects.values_list("variant__sku", "quantity"))
        rows = set(Product.objects.of(shop).values_list("status", "category", "brand"))
    assert stock == {"A1": 5, "A2": 2, "B1": 7}
    assert rows == {("live", tops.pk, "Loom")}
    for job in reversed(done):
        undo(shop, job, mei)
    with as_merchant(shop):
        assert dict(Stock.objects.values_list("variant__sku", "quantity"))["B1"] == 5
        assert set(Product.objects.of(shop).values_list("sku", "status", "category", "brand")) == {
            ("A1", "live", None, ""), ("A2", "live", None, ""), ("B1", "draft", None, ""),
        }  # fmt: skip


def test_undo_leaves_alone_what_somebody_changed_since(shop: Merchant, mei: User) -> None:
    job = job_of(shop, mei, Kind.BRAND, {"value": "Loom"})
    run(job)
    with as_merchant(shop):
        Product.objects.filter(sku="A1").update(brand="Edda's")
    back = undo(shop, job, mei)
    assert (back.changed, back.refused) == (2, 1)
    with as_merchant(shop):
        brands = dict(Product.objects.of(shop).values_list("sku", "brand"))
    assert brands == {"A1": "Edda's", "A2": "", "B1": ""}


def test_an_edit_is_taken_back_once(shop: Merchant, mei: User) -> None:
    job = job_of(shop, mei, Kind.BRAND, {"value": "Loom"})
    run(job)
    with as_merchant(shop):
        assert begin_undo(job, by=mei).pk == begin_undo(job, by=mei).pk


def test_a_killed_run_goes_on_and_nothing_is_done_twice(
    shop: Merchant, mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 1)
    job = job_of(shop, mei, Kind.PRICE, price_change(shop, "add", "1"))

    def die() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(job, progress=die)
    assert prices(shop) == {"A1": "11.05", "A2": "99.99"}
    with as_merchant(shop):
        run(BulkEdit.objects.select_related("merchant").get(pk=job.pk))
    assert prices(shop) == {"A1": "11.05", "A2": "100.99"}


def test_only_what_the_list_counted(shop: Merchant, mei: User) -> None:
    with as_merchant(shop):
        newest = Product.objects.of(shop).get(sku="A2").pk
    job = job_of(shop, mei, Kind.BRAND, {"value": "X"}, q="mug", status="live", newest=newest)
    make_product(shop, "A9", title="Late mug")
    assert job.total == 2
    run(job)
    with as_merchant(shop):
        assert set(Product.objects.filter(brand="X").values_list("sku", flat=True)) == {"A1", "A2"}


def test_another_shop_is_never_touched(shop: Merchant, mei: User) -> None:
    rival = make_merchant("rival")
    theirs = make_product(rival, "R1")
    job = job_of(shop, mei, Kind.BRAND, {"value": "X"}, ids=[theirs.pk])
    run(job)
    assert (job.total, job.changed) == (0, 0)
    with as_merchant(rival):
        assert Product.objects.get(pk=theirs.pk).brand == ""


def test_statements_do_not_grow(shop: Merchant, mei: User) -> None:
    counts = []
    for more in (0, 30):
        for number in range(more):
            make_product(shop, f"M{number}", price="5.00")
        job = job_of(shop, mei, Kind.PRICE, price_change(shop, "add", "1"))
        with CaptureQueriesContext(connection) as queries:
            run(job)
        counts.append(len(queries))
    assert counts[0] == counts[1]
