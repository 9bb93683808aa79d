"""Products as a table of cells: looked at, saved all or none, pasted into, taken back."""

import json
import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import BulkEdit, Price, Product, ProductText, Stock, Variant, Warehouse
from shopguide.accounts.models import User
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.factories import make_product
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db
PAGE = "/merchant/loom/products/grid/"


class Grid:
    """The grid in somebody's browser: its cells as a page shows them."""

    def __init__(self, person: User) -> None:
        self.client = browser(person)
        self.fields: dict[str, str] = {}
        self.page = ""

    def open(self, query: str = "") -> "Grid":
        """Open the table."""
        return self.read(self.client.get(PAGE + query))

    def read(self, response: Any) -> "Grid":
        """Read the fields of the last form with cells."""
        self.response = response
        self.page = response.content.decode()
        _before, found, form = self.page.rpartition('name="base"')
        if not found:
            return self
        self.fields = {"base": unescape(form.split('"')[1])}
        for tag in re.findall(r"<input[^>]*>", form):
            name = re.search(r'name="(\d+/[^"]+)"', tag)
            value = re.search(r'value="([^"]*)"', tag)
            if name:
                self.fields[name[1]] = unescape(value[1]) if value else ""
        chosen = r'<select[^>]*?name="(\d+/[^"]+)".*?value="(\w+)" selected'
        self.fields |= dict(re.findall(chosen, form, re.S))
        return self

    def send(self, then: str, **changes: str) -> "Grid":
        """Send the form with some cells changed."""
        fields = self.fields | changes | {"then": then}
        return self.read(self.client.post(PAGE, fields))


def variant(sku: str) -> Variant:
    """Return a variant."""
    with as_everyone():
        return Variant.objects.get(sku=sku)


def cell(sku: str, kind: str) -> str:
    """Return the name of a variant's cell."""
    one = variant(sku)
    with as_everyone():
        place = "CNY" if kind == "price" else str(Warehouse.objects.get(merchant=one.merchant).pk)
    return f"{one.product_id}/{kind}:{one.pk}:{place}"


def of_product(sku: str, key: str) -> str:
    """Return the name of a product's cell."""
    with as_everyone():
        return f"{Product.objects.get(sku=sku).pk}/{key}"


def amount(sku: str) -> Decimal:
    """Return a variant's price."""
    with as_everyone():
        return Price.objects.get(variant__sku=sku).amount


def level(sku: str) -> int:
    """Return a variant's stock."""
    with as_everyone():
        return Stock.objects.get(variant__sku=sku).quantity


def title(sku: str) -> ProductText:
    """Return a product's English text."""
    with as_everyone():
        return ProductText.objects.get(product__sku=sku, locale="en", arm="")


def test_look_then_save_then_take_back(window: Window) -> None:
    grid = Grid(window.people.edda).open()
    assert grid.fields[cell("TS-1", "price")] == "59.00"
    changes = {
        cell("TS-1", "price"): "49.5", cell("HD-1-N", "stock"): "12",
        of_product("TS-1", "title:en"): "Sky T-shirt", of_product("DR-1", "status"): "live",
    }  # fmt: skip
    look = grid.send("look", **changes)
    assert look.response.status_code == 200 and amount("TS-1") == 59
    assert re.search(r'class="was">59.00</span>.*?<strong>49.5', look.page, re.S)
    assert look.fields.keys() == {"base", *changes}, "only what changes is sent on"
    saved = look.send("save")
    assert (amount("TS-1"), level("HD-1-N")) == (Decimal("49.50"), 12)
    assert title("TS-1").title == "Sky T-shirt" and title("TS-1").approved_by == window.people.edda
    with as_merchant(window.loom):
        job = BulkEdit.objects.get()
        assert (job.kind, job.total, job.changed, job.state) == ("grid", 3, 3, "done")
        assert Product.objects.get(sku="DR-1").status == "live"
    assert saved.response["Location"] == f"/merchant/loom/products/bulk/{job.pk}/"
    client = browser(window.people.mei)
    assert "4 cells edited in the grid" in client.get(saved.response["Location"]).content.decode()
    client.post(f"/merchant/loom/products/bulk/{job.pk}/undo/")
    assert (amount("TS-1"), level("HD-1-N")) == (59, 9)
    assert title("TS-1").title == "Blue T-shirt" and title("TS-1").approved_by is None
    with as_merchant(window.loom):
        assert Product.objects.get(sku="DR-1").status == "draft"


def test_a_wrong_cell_is_named_and_nothing_is_saved(window: Window) -> None:
    grid = Grid(window.people.mei).open()
    changes = {cell("TS-1", "price"): "cheap", cell("HD-1-N", "stock"): "12"}
    look = grid.send("look", **changes)
    assert look.response.status_code == 422 and "Write digits only" in look.page
    assert look.send("save").response.status_code == 422
    assert (amount("TS-1"), level("HD-1-N")) == (59, 9)
    mended = look.send("check", **{cell("TS-1", "price"): "60"})
    assert mended.response.status_code == 200 and "Save 2 changes" in mended.page
    mended.send("save")
    assert (amount("TS-1"), level("HD-1-N")) == (60, 12)


def test_what_somebody_changed_meanwhile_is_shown_before_it_is_replaced(window: Window) -> None:
    mei, edda = Grid(window.people.mei).open(), Grid(window.people.edda).open()
    name = cell("TS-1", "price")
    mei.send("look", **{name: "70"}).send("save")
    clash = edda.send("save", **{name: "80", cell("NP-1", "stock"): "3"})
    assert clash.response.status_code == 409 and "changed meanwhile" in clash.page
    assert amount("TS-1") == 70 and level("NP-1") == 5
    clash.send("save")
    assert amount("TS-1") == 80 and level("NP-1") == 3


def test_a_new_price_and_an_emptied_one(window: Window) -> None:
    grid = Grid(window.people.mei).open()
    grid.send("look", **{cell("NP-1", "price"): "15"}).send("save")
    assert amount("NP-1") == 15
    again = Grid(window.people.mei).open()
    again.send("look", **{cell("NP-1", "price"): ""}).send("save")
    with as_everyone():
        assert not Price.objects.filter(variant__sku="NP-1").exists()


def test_the_last_title_stays(window: Window) -> None:
    look = Grid(window.people.mei).open().send("look", **{of_product("TS-1", "title:en"): ""})
    assert look.response.status_code == 422
    assert "Write a title in at least one language." in look.page
    look.send("check", **{of_product("TS-1", "title:en"): "Azure"}).send("save")
    assert title("TS-1").title == "Azure"


def test_rows_are_pasted_with_or_without_names(window: Window) -> None:
    mei = Grid(window.people.mei)
    rows = "Article number\tPrice CNY\tStock\tstatus\nTS-1\t¥61.00\t7\t草稿\nHD-1-N\t\t11\t\n"
    look = mei.read(mei.client.post(PAGE, {"then": "paste", "rows": rows}))
    assert look.response.status_code == 200, look.page
    look.send("save")
    assert (amount("TS-1"), level("TS-1"), level("HD-1-N"), amount("HD-1-N")) == (61, 7, 11, 99)
    with as_merchant(window.loom):
        assert Product.objects.get(sku="TS-1").status == "draft"
    plain = mei.read(mei.client.post(PAGE, {"then": "paste", "rows": "TS-1,Blue,,live"}))
    plain.send("save")
    assert title("TS-1").title == "Blue"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "One column must be the article number.|Nothing in these rows"),
        ("NOPE\tx", "None of your variants has the number NOPE."),
        ("RV-1\tx", "None of your variants has the number RV-1."),
        ("title_en\tprice_cny\nx\t3", "One column must be the article number."),
        ("sku\tstatus\nTS-1\tlive", "Nothing in these rows differs"),
        ('\0\tx\n"open', "None of your variants"),
        ("x\n" * 6000, "too many rows"),
    ],
)
def test_rows_that_change_nothing_say_why(window: Window, rows: str, said: str) -> None:
    response = browser(window.people.mei).post(PAGE, {"then": "paste", "rows": rows})
    assert response.status_code == 422
    assert re.search(said, response.content.decode())
    with as_merchant(window.loom):
        assert not BulkEdit.objects.exists()


def test_rows_of_one_product_that_disagree_are_told(window: Window) -> None:
    rows = "sku\tstatus\nHD-1-L\tdraft\nHD-1-N\tarchived\n"
    page = browser(window.people.mei).post(PAGE, {"then": "paste", "rows": rows}).content.decode()
    assert "An earlier row says something else of this product." in page


def test_foreign_and_odd_cells_change_nothing(window: Window) -> None:
    rival = variant("RV-1")
    mine = variant("TS-1")
    names = [
        f"{rival.product_id}/status", f"{mine.product_id}/price:{rival.pk}:CNY",
        f"{mine.product_id}/related", f"{mine.product_id}/sku:{mine.pk}", "x/status", "/",
        "9" * 30 + "/status",
    ]  # fmt: skip
    client = browser(window.people.mei)
    base = json.dumps(dict.fromkeys(names, "0" * 12))
    sent = dict.fromkeys(names, "1") | {"base": base, "then": "save"}
    assert client.post(PAGE, sent).status_code == 302
    for odd in ("", "[", "[]", '{"1/status": 3}', "[" * 100_000):
        assert client.post(PAGE, {"then": "save", "base": odd}).status_code == 302
    with as_everyone():
        assert Product.objects.get(sku="RV-1").status == "live"
        assert not BulkEdit.objects.exists() and variant("TS-1").sku == "TS-1"


def test_roles_methods_and_odd_addresses(window: Window) -> None:
    for person in (window.people.ana, window.people.rui, window.people.sam):
        assert browser(person).get(PAGE).status_code == 404
        assert browser(person).post(PAGE, {"then": "save"}).status_code == 404
    assert browser().get(PAGE)["Location"].startswith("/accounts/login/")
    mei = browser(window.people.mei)
    assert mei.put(PAGE).status_code == 405
    for query in ("?q=%00", "?page=999", "?status=x", "?q=" + "x" * 999):
        assert mei.get(PAGE + query).status_code == 200
    assert mei.get("/merchant/nobody/products/grid/").status_code == 404
    only = Grid(window.people.mei).open("?q=TS-1&status=live")
    assert {name.partition("/")[0] for name in only.fields if "/" in name} == {
        str(variant("TS-1").product_id)
    }
    assert "以表格编辑" in browser(window.people.mei, "zh-hans").get(PAGE).content.decode()


def test_query_count_does_not_grow(window: Window) -> None:
    mei = browser(window.people.mei)
    counts = []
    for number in range(2):
        make_product(window.loom, f"MORE-{number}", title=f"More {number}")
        mei.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            mei.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
