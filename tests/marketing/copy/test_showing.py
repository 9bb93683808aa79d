"""What was approved is what shoppers, apps and feeds get, with whose words they are."""

import csv
import json
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.feeds.exporting import export_file
from catalog.models import ProductText
from catalog.search.market import forget
from shopguide.accounts.tenancy import as_merchant
from tests.marketing.copy.conftest import WORDS, Desk
from tests.marketing.copy.test_life import do, published, withdraw
from tests.people import browser

pytestmark = pytest.mark.django_db
PAGE, API = "/p/loom/HD-1/", "/api/v1/products/loom/HD-1/"
POINTS = "Soft inside\nRed as a <b>fire</b> engine"


def read(path: str, language: str = "en") -> str:
    forget()
    response = browser(language=language).get(path, headers={"Accept-Language": language})
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_them_and_says_who_wrote_them(desk: Desk) -> None:
    with CaptureQueriesContext(connection) as before:
        assert "written with AI" not in read(PAGE) and "data-provenance" not in read(PAGE)
    title = published(desk)
    points = published(desk, channel="bullets", parts={"bullets": POINTS})
    published(desk, channel="seo", parts={"title": "Red hoodie, cotton", "meta": "In stock."})
    with CaptureQueriesContext(connection) as after:
        page = read(PAGE)
    assert len(after) * 2 <= len(before) + 2, "two pages were read before, one now"
    assert f'data-provenance="generated">{WORDS}</h1>' in page
    assert "<li>Soft inside</li>" in page and "Red as a &lt;b&gt;fire" in page
    assert "<title>Red hoodie, cotton" in page and 'content="In stock."' in page
    assert "The title was written with AI and approved by the shop." in page
    assert "The selling points were written with AI" in page
    chinese = read(PAGE, "zh-hans")
    assert "Soft inside" not in chinese and "data-provenance" not in chinese
    with as_merchant(desk.loom):
        ProductText.objects.filter(locale="en").update(title="By hand", provenance="merchant")
    assert 'data-provenance="generated">By hand' not in read(PAGE)
    do(desk.people.mei, withdraw, points, examine=None)
    assert "Soft inside" not in read(PAGE) and title.pk


def test_apps_and_feeds_get_the_same(desk: Desk, tmp_path: Path) -> None:
    published(desk)
    published(desk, channel="bullets", parts={"bullets": POINTS})
    said = json.loads(read(API))
    assert said["title"] == WORDS and said["generated"] == ["bullets", "title"]
    assert said["selling_points"] == POINTS.split("\n")
    own, google = tmp_path / "own.jsonl", tmp_path / "google.xml"
    export_file(desk.loom, own, format="own")
    one = json.loads(own.read_text(encoding="utf-8").splitlines()[0])
    assert one["generated"] == {"bullets": ["en"], "title": ["en"]}
    assert one["selling_points"] == {"en": POINTS.split("\n")}
    export_file(desk.loom, google, format="google", language="en")
    assert (
        "<g:structured_title><g:digital_source_type>trained_algorithmic_media"
        f"</g:digital_source_type><g:content>{WORDS}</g:content></g:structured_title>"
    ) in google.read_text(encoding="utf-8")
    sheet, shopify = tmp_path / "own.csv", tmp_path / "shopify.csv"
    export_file(desk.loom, sheet, format="own")
    row = next(csv.DictReader(sheet.open(encoding="utf-8")))
    assert row["generated"] == "title:en"
    export_file(desk.loom, shopify, format="shopify", language="en")
    row = next(csv.DictReader(shopify.open(encoding="utf-8")))
    assert row["Written by a model (product.metafields.shopguide.generated)"] == "title"
    export_file(desk.loom, tmp_path / "own.xlsx", format="own")
    with zipfile.ZipFile(tmp_path / "own.xlsx") as book:
        assert b"title:en" in book.read("xl/worksheets/sheet1.xml")
    response = browser(desk.people.ana).get("/merchant/loom/copy/export.csv")
    table = response.content.decode("utf-8-sig")
    assert f"HD-1,title,en,title,{WORDS},generated," in table and "bullets" in table
    assert browser(desk.people.rui).get("/merchant/loom/copy/export.csv").status_code == 404
